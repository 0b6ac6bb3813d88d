// SPDX-License-Identifier: Apache-2.0
// Tabulated quantile functions against the functions themselves.
#include "sim/random/sampler.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace truce::random {
namespace {

/// Laws with a table, from nearly normal to very uneven ones.
std::vector<Distribution> tabulated() {
  std::vector<Distribution> laws;
  for (const double shape : {0.5, 1.0, 2.5, 6.25, 50.0, 400.0}) {
    laws.emplace_back(Gamma{shape, 3.0 / shape});
  }
  for (const auto& [a, b] : {std::pair{1.5, 4.5}, {3.0, 3.0}, {0.8, 0.9}, {5.0, 1.0}}) {
    laws.emplace_back(ScaledBeta{2.0, 9.0, a, b});
  }
  for (const double sigma : {0.1, 0.5, 1.0, 1.5}) laws.emplace_back(Lognormal{20.0, sigma});
  return laws;
}

/// Probabilities everywhere: near both ends, about the edges of the table and of its octaves.
std::vector<double> probabilities() {
  std::vector<double> all;
  for (int k = 1; k <= 52; ++k) {
    const double edge = std::ldexp(1.0, -k);
    for (const double p :
         {edge, std::nextafter(edge, 0.0), std::nextafter(edge, 1.0), edge * 1.37}) {
      if (p >= 1) continue;
      all.push_back(p);
      if (1 - p < 1) all.push_back(1 - p);
    }
  }
  for (int i = 1; i < 5000; ++i) all.push_back(i / 5000.0);
  return all;
}

TEST(QuantileTable, IsTheQuantileFunction) {
  for (const auto& law : tabulated()) {
    const auto table = QuantileTable::of(law);
    ASSERT_TRUE(table) << law.kind().index() << ", mean " << law.mean();
    Tables tables;
    const Sampler sampler(law, tables);
    const double sd = std::sqrt(law.variance());
    for (const double u : probabilities()) {
      ASSERT_NEAR(sampler.quantile(u), law.quantile(u), 1e-10 * sd)
          << law.kind().index() << ", mean " << law.mean() << ", u = " << u;
    }
  }
}

TEST(QuantileTable, Ascends) {
  for (const auto& law : tabulated()) {
    const auto table = QuantileTable::of(law);
    double before = law.quantile(0x1p-10);
    for (int i = 1; i < 99'999; ++i) {
      const double u = 0x1p-10 + (1 - 0x1p-9) * i / 99'999;
      const double x = (*table)(u);
      ASSERT_GT(x, before) << law.kind().index() << ", u = " << u;
      before = x;
    }
  }
}

TEST(QuantileTable, IsMadeOnlyWhereItPaysAndFits) {
  EXPECT_FALSE(QuantileTable::of(Distribution(Constant{3.0})));
  EXPECT_FALSE(QuantileTable::of(Distribution(Exponential{3.0})));
  EXPECT_FALSE(QuantileTable::of(Distribution(Poisson{3.0})));
  // So uneven that the polynomials would miss it by more than they may.
  EXPECT_FALSE(QuantileTable::of(Distribution(ScaledBeta{0.0, 1.0, 0.02, 0.02})));
}

TEST(Sampler, DrawsTheSameWhateverTablesWereThere) {
  Tables tables;
  const Sampler first(Distribution(Gamma{2.0, 1.5}), tables);
  const Sampler other(Distribution(Gamma{2.0, 2.5}), tables);
  const Sampler second(Distribution(Gamma{2.0, 1.5}), tables);
  Tables none;
  const Sampler alone(Distribution(Gamma{2.0, 1.5}), none);
  Stream a({1, 0}, 7), b({1, 0}, 7), c({1, 0}, 7);
  for (int i = 0; i < 1000; ++i) {
    const double x = first.sample(a);
    EXPECT_EQ(x, second.sample(b));
    EXPECT_EQ(x, alone.sample(c));
  }
  EXPECT_NE(first.quantile(0.3), other.quantile(0.3));
}

TEST(Sampler, DrawsNothingForAConstant) {
  Tables tables;
  const Sampler sampler(Distribution(Constant{4.0}), tables);
  Stream stream({1, 0}, 7);
  Stream untouched({1, 0}, 7);
  EXPECT_EQ(sampler.sample(stream), 4.0);
  EXPECT_EQ(stream.bits(), untouched.bits());
}

}  // namespace
}  // namespace truce::random
