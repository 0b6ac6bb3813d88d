// SPDX-License-Identifier: Apache-2.0
// Distribution functions against Boost.Math, both tails against the quantiles of their own side,
// and the values at which probability sits.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/random/laws.hpp"

namespace truce::random {
namespace {

using test::continuous_laws;
using test::count_laws;
using test::infinity;
using test::Law;

std::vector<Law> all_laws() {
  auto laws = continuous_laws();
  for (auto& law : count_laws()) laws.push_back(std::move(law));
  return laws;
}

const std::vector<double> probabilities{1e-9, 1e-6, 0.001, 0.05,  0.3,
                                        0.5,  0.7,  0.95,  0.999, 1 - 1e-6};

// Next to a bound that cuts a normal, its probability is a difference, in theory as here; that of
// a triangle whose mode is its end is one in theory.
double slack(const std::string& name) {
  return name.starts_with("normal, ") ? 1e-14 : name == "triangular, falling" ? 1e-16 : 0.0;
}

TEST(Cdf, IsThatOfTheory) {
  for (const auto& [name, law, cdf, mean, variance] : all_laws()) {
    for (const double u : probabilities) {
      const double x = law.quantile(u);
      EXPECT_NEAR(law.cdf(x), cdf(x), 1e-11 * cdf(x) + slack(name)) << name << " at " << x;
      EXPECT_NEAR(law.survival(x), 1 - cdf(x), 1e-13 + 1e-11 * (1 - cdf(x))) << name << " at " << x;
    }
    EXPECT_EQ(law.cdf(-infinity), 0.0) << name;
    EXPECT_EQ(law.survival(-infinity), 1.0) << name;
    EXPECT_EQ(law.cdf(infinity), 1.0) << name;
    EXPECT_EQ(law.survival(infinity), 0.0) << name;
    if (std::isfinite(law.least())) {
      EXPECT_EQ(law.cdf(std::nextafter(law.least(), -infinity)), 0.0) << name;
      EXPECT_EQ(law.survival(law.least() - 1), 1.0) << name;
    }
    if (std::isfinite(law.most())) {
      EXPECT_EQ(law.cdf(law.most()), 1.0) << name;
      EXPECT_EQ(law.survival(law.most()), 0.0) << name;
    }
  }
}

// With full digits in either tail, as far as x itself has digits.
TEST(Cdf, BothTailsInvertTheirQuantiles) {
  for (const auto& [name, law, cdf, mean, variance] : continuous_laws()) {
    for (const double p : {1e-30, 1e-12, 1e-6, 0.01, 0.2, 0.45, 0.6, 0.9}) {
      const double low = law.quantile(p);
      const double high = law.quantile_above(p);
      const double step = 4e-16;
      const double low_width =
          law.cdf(low + step * std::abs(low)) - law.cdf(low - step * std::abs(low));
      const double high_width =
          law.survival(high - step * std::abs(high)) - law.survival(high + step * std::abs(high));
      EXPECT_NEAR(law.cdf(low), p, 1e-10 * p + low_width + slack(name)) << name;
      EXPECT_NEAR(law.survival(high), p, 1e-10 * p + high_width + slack(name)) << name;
      EXPECT_NEAR(law.between(low, high), 1 - 2 * p, 1e-12 + low_width + high_width)
          << name << " (none if p is above 1/2)" << p;
      if (p >= 0.45) break;
    }
    EXPECT_NEAR(law.quantile_above(0.3), law.quantile(0.7),
                1e-12 * std::max(std::abs(law.quantile(0.7)),
                                 std::abs(law.least()) < 1e9 ? std::abs(law.least()) : 0.0))
        << name;
  }
}

TEST(Cdf, OfCountsStepsAtTheCounts) {
  for (const auto& [name, law, cdf, mean, variance] : count_laws()) {
    for (const double q : {1e-12, 1e-6, 0.01, 0.3, 0.6, 0.99}) {
      const double k = law.quantile_above(q);
      EXPECT_LE(law.survival(k), q * (1 + 1e-12)) << name;
      EXPECT_GE(law.survival(k, Edge::included), q * (1 - 1e-12)) << name;
      EXPECT_EQ(k, law.quantile(1 - q)) << name << " at " << q;
    }
    for (const double u : {0.01, 0.3, 0.6, 0.99}) {
      const double k = law.quantile(u);
      const double before = law.last_to(std::nextafter(k, -infinity));
      EXPECT_EQ(law.cdf(k, Edge::excluded), std::isinf(before) ? 0.0 : law.cdf(before)) << name;
      EXPECT_EQ(law.survival(k, Edge::included), std::isinf(before) ? 1.0 : law.survival(before))
          << name;
      EXPECT_NEAR(law.between(k, k), law.cdf(k) - law.cdf(k, Edge::excluded), 1e-12) << name;
    }
  }
}

TEST(Cdf, KnowsWhichValuesOccur) {
  const Distribution points(Discrete{{-2, 0, 0.5, 7}, {1, 0, 2, 0}});
  EXPECT_EQ(points.next_from(-5), -2.0);
  EXPECT_EQ(points.next_from(-2), -2.0);
  EXPECT_EQ(points.next_from(-1), 0.5);
  EXPECT_EQ(points.next_from(1), infinity);
  EXPECT_EQ(points.last_to(9), 0.5);
  EXPECT_EQ(points.last_to(0), -2.0);
  EXPECT_EQ(points.last_to(-3), -infinity);
  const Distribution count(Binomial{9, 0.5});
  EXPECT_EQ(count.next_from(2.2), 3.0);
  EXPECT_EQ(count.last_to(2.2), 2.0);
  EXPECT_EQ(count.next_from(9.5), infinity);
  EXPECT_EQ(count.last_to(-0.5), -infinity);
  const Distribution range(Uniform{2, 7});
  EXPECT_EQ(range.next_from(1), 2.0);
  EXPECT_EQ(range.next_from(3.5), 3.5);
  EXPECT_EQ(range.last_to(8), 7.0);
  const Distribution fixed(Constant{4});
  EXPECT_EQ(fixed.next_from(4), 4.0);
  EXPECT_EQ(fixed.last_to(3), -infinity);
  EXPECT_EQ(fixed.cdf(4), 1.0);
  EXPECT_EQ(fixed.cdf(4, Edge::excluded), 0.0);
  EXPECT_EQ(fixed.survival(4, Edge::included), 1.0);
}

}  // namespace
}  // namespace truce::random
