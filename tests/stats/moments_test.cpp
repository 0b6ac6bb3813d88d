// SPDX-License-Identifier: Apache-2.0
// Moments against certified values, and merged against sequential.
#include "sim/stats/moments.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

Moments of(const std::vector<double>& values) {
  Moments moments;
  for (const double value : values) moments.add(value);
  return moments;
}

TEST(Moments, OfFiveNumbers) {
  const Moments moments = of({4.0, 1.0, 5.0, 2.0, 3.0});
  EXPECT_EQ(moments.count(), 5U);
  EXPECT_DOUBLE_EQ(*moments.mean(), 3.0);
  EXPECT_DOUBLE_EQ(*moments.variance(), 2.5);
  EXPECT_DOUBLE_EQ(*moments.sd(), std::sqrt(2.5));
  EXPECT_DOUBLE_EQ(*moments.standard_error(), std::sqrt(0.5));
  EXPECT_EQ(*moments.min(), 1.0);
  EXPECT_EQ(*moments.max(), 5.0);
}

TEST(Moments, OfNothingAreAbsent) {
  const Moments moments;
  EXPECT_EQ(moments.mean(), std::nullopt);
  EXPECT_EQ(moments.min(), std::nullopt);
  EXPECT_EQ(moments.max(), std::nullopt);
  EXPECT_EQ(moments.variance(), std::nullopt);
}

TEST(Moments, OfOneValueHaveNoSpread) {
  const Moments moments = of({-7.0});
  EXPECT_EQ(moments.mean(), -7.0);
  EXPECT_EQ(moments.min(), -7.0);
  EXPECT_EQ(moments.max(), -7.0);
  EXPECT_EQ(moments.variance(), std::nullopt);
  EXPECT_EQ(moments.sd(), std::nullopt);
  EXPECT_EQ(moments.standard_error(), std::nullopt);
}

// NIST Statistical Reference Datasets, univariate, NumAcc4: 10000000.2, then 10000000.1 and
// 10000000.3 in turn, 1,001 values; certified mean 10000000.2, standard deviation 0.1. The sum of
// squares minus the squared sum loses every digit here.
TEST(Moments, KeepTheDigitsOfNistNumAcc4) {
  Moments moments;
  moments.add(10000000.2);
  for (int i = 0; i != 500; ++i) {
    moments.add(10000000.1);
    moments.add(10000000.3);
  }
  EXPECT_NEAR(*moments.mean(), 10000000.2, 1e-8);
  EXPECT_NEAR(*moments.sd(), 0.1, 1e-8);
}

TEST(Moments, MergedAreThoseOfTheWhole) {
  test::Noise noise{1};
  Moments whole;
  Moments merged;
  for (int block = 0; block != 100; ++block) {
    Moments part;
    for (int i = 0; i != block % 17; ++i) {
      const double value = 1000.0 + noise.exponential();
      whole.add(value);
      part.add(value);
    }
    merged.merge(part);
  }
  EXPECT_EQ(merged.count(), whole.count());
  EXPECT_NEAR(*merged.mean(), *whole.mean(), 1e-10);
  EXPECT_NEAR(*merged.variance(), *whole.variance(), 1e-10);
  EXPECT_EQ(merged.min(), whole.min());
  EXPECT_EQ(merged.max(), whole.max());
}

TEST(Moments, MergedWithNothingStayTheSameBits) {
  const Moments moments = of({0.1, 0.2, 0.7});
  Moments left = moments;
  left.merge(Moments{});
  EXPECT_EQ(left, moments);
  Moments right;
  right.merge(moments);
  EXPECT_EQ(right, moments);
}

TEST(Moments, RefuseWhatIsNotFinite) {
  Moments moments;
  EXPECT_THROW(moments.add(std::numeric_limits<double>::infinity()), ContractViolation);
  EXPECT_THROW(moments.add(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
  EXPECT_EQ(moments.count(), 0U);
}

}  // namespace
}  // namespace truce::stats
