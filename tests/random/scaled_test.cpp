// SPDX-License-Identifier: Apache-2.0
// A law times a factor: each quantile times the factor, and no other law than that.
#include "sim/random/scaled.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/random/laws.hpp"

namespace truce::random {
namespace {

std::vector<test::Law> laws_of_quantities() {
  auto laws = test::continuous_laws();
  for (auto& law : test::count_laws()) {
    if (law.name == "discrete") laws.push_back(law);
  }
  const auto add = [&](const std::string& name, Distribution law) {
    laws.push_back({name, std::move(law), {}, 0, 0});
  };
  add("constant", Distribution(Constant{-3.5}));
  add("quantiles", elicited(Quantiles{{5, 50, 95}, {10, 20, 60}}));
  add("truncated", truncated(Distribution(Gamma{2, 10}), 5, 40));
  add("truncated above", truncated(Distribution(Lognormal{8, 0.5}), -infinity, 12));
  add("mixture", Distribution(Mixture{{Distribution(Uniform{1, 2}), Distribution(Constant{5}),
                                       truncated(Distribution(Gamma{2, 3}), 1, 9)},
                                      {1, 2, 3}}));
  return laws;
}

TEST(Scaled, MultipliesEveryQuantileOfEveryLawOfQuantities) {
  std::size_t kinds = 0;
  for (const auto& law : laws_of_quantities()) {
    ++kinds;
    for (const double factor : {0.04, 1.0, 1.7, 365.24}) {
      const auto times = scaled(law.law, factor);
      EXPECT_EQ(times.kind().index(), law.law.kind().index()) << law.name;
      for (const double u : {1e-9, 0.01, 0.2, 0.5, 0.77, 0.99, 1 - 1e-9}) {
        const double expected = factor * law.law.quantile(u);
        EXPECT_NEAR(times.quantile(u), expected, 1e-9 * (factor + std::abs(expected)))
            << law.name << " times " << factor << " at " << u;
      }
      EXPECT_NEAR(times.mean(), factor * law.law.mean(),
                  1e-9 * factor * (1 + std::abs(law.law.mean())))
          << law.name;
      EXPECT_NEAR(times.variance(), factor * factor * law.law.variance(),
                  1e-7 * factor * factor * (1 + law.law.variance()))
          << law.name;
    }
  }
  EXPECT_GE(kinds, 26U);
}

TEST(Scaled, RefusesCountsAlsoInsideOthers) {
  for (const auto& law : test::count_laws()) {
    if (law.name == "discrete") continue;
    EXPECT_THROW(scaled(law.law, 2), std::invalid_argument) << law.name;
    EXPECT_THROW(scaled(Distribution(Mixture{{Distribution(Constant{1}), law.law}, {1, 1}}), 2),
                 std::invalid_argument)
        << law.name;
  }
  EXPECT_THROW(scaled(truncated(Distribution(Poisson{12}), 3, 20), 2), std::invalid_argument);
  try {
    scaled(Distribution(Poisson{12}), 2);
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_NE(std::string(error.what()).find("no unit"), std::string::npos) << error.what();
  }
}

TEST(Scaled, RefusesWhatIsNoFactor) {
  for (const double factor : {0.0, -1.0, infinity, std::nan("")}) {
    EXPECT_THROW(scaled(Distribution(Uniform{1, 2}), factor), std::invalid_argument) << factor;
  }
}

}  // namespace
}  // namespace truce::random
