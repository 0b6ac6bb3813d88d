// SPDX-License-Identifier: Apache-2.0
// Differences of quantiles on the same luck: where they are known, and how often intervals hold.
#include "sim/stats/quantile_difference.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/quantile.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

TEST(QuantileDifference, IsThatOfTheSampleQuantiles) {
  Normals normal{51};
  std::vector<double> from, to;
  Quantiles x, y;
  for (int i = 0; i != 50; ++i) {
    from.push_back(normal());
    to.push_back(2.0 + normal());
    x.add(from.back());
    y.add(to.back());
  }
  const auto found = quantile_difference(from, to, 0.8, 0.95).value();
  EXPECT_EQ(found.n, 50U);
  EXPECT_DOUBLE_EQ(found.difference, *y.quantile(0.8) - *x.quantile(0.8));
  EXPECT_LT(found.interval.low, found.difference);
  EXPECT_GT(found.interval.high, found.difference);
}

TEST(QuantileDifference, OfTheSameArmsIsZero) {
  Normals normal{52};
  std::vector<double> from, shifted;
  for (int i = 0; i != 40; ++i) {
    from.push_back(std::exp(normal()));
    shifted.push_back(from.back() + 1.0);
  }
  const auto same = quantile_difference(from, from, 0.9, 0.95).value();
  EXPECT_EQ(same.difference, 0.0);
  EXPECT_EQ(same.interval, (Interval{0.0, 0.0}));
  EXPECT_EQ(same.correlation, 1.0);
  const auto moved = quantile_difference(from, shifted, 0.9, 0.95).value();
  EXPECT_NEAR(moved.interval.low, 1.0, 1e-12);
  EXPECT_NEAR(moved.interval.high, 1.0, 1e-12);
  const auto still = quantile_difference(std::vector<double>(40, 3.0), from, 0.5, 0.95).value();
  EXPECT_EQ(still.correlation, 0.0);
}

// Values at the quantile count half: sides 2, 1, 1, 0 and 2, 1, 0, 1 have a correlation of 1/2.
TEST(QuantileDifference, SharesTiesBetweenTheSides) {
  std::vector<double> from, to;
  for (int i = 0; i != 20; ++i) {
    from.insert(from.end(), {0.0, 1.0, 1.0, 2.0});
    to.insert(to.end(), {0.0, 1.0, 2.0, 1.0});
  }
  EXPECT_DOUBLE_EQ(quantile_difference(from, to, 0.5, 0.95)->correlation, 0.5);
}

// With one arm of a single value it is the order-statistic interval of the other, but for the
// normal limit and the points: 50.5 -+ 1.96 sqrt(25) for the median of 1 to 100.
TEST(QuantileDifference, FromAConstantIsTheIntervalOfOneArm) {
  std::vector<double> to;
  for (int i = 1; i <= 100; ++i) to.push_back(i);
  const auto found = quantile_difference(std::vector<double>(100, 0.0), to, 0.5, 0.95).value();
  EXPECT_NEAR(found.interval.low, 50.5 - 1.96 * 5.0, 0.3);
  EXPECT_NEAR(found.interval.high, 50.5 + 1.96 * 5.0, 0.3);
}

TEST(QuantileDifference, OfTooLittleIsAbsent) {
  EXPECT_FALSE(quantile_difference(std::vector{1.0, 2.0}, std::vector{2.0, 3.0}, 0.5, 0.95));
  const std::vector<double> few(20, 1.0);
  EXPECT_TRUE(quantile_difference(few, few, 0.5, 0.95));
  EXPECT_FALSE(quantile_difference(few, few, 0.95, 0.95));
  EXPECT_THROW(static_cast<void>(quantile_difference(few, {}, 0.5, 0.95)), ContractViolation);
  const std::vector<double> wild(20, std::numeric_limits<double>::infinity());
  EXPECT_THROW(static_cast<void>(quantile_difference(few, wild, 0.5, 0.95)), ContractViolation);
}

/// Coverage over experiments of `n` pairs that `pair` draws.
template <typename Draw>
testing::AssertionResult quantile_covers(const std::string& of, int n, double p, double truth,
                                         double low, double high, Draw&& draw) {
  std::vector<double> from, to;
  return covers(
      of,
      [&] {
        from.clear();
        to.clear();
        for (int i = 0; i != n; ++i) {
          const std::pair<double, double> pair = draw();
          from.push_back(pair.first);
          to.push_back(pair.second);
        }
        return holds(quantile_difference(from, to, p, 0.95).value().interval, truth);
      },
      low, high);
}

// Exact enough at both ends of correlation: independent arms, and one a multiple of the other.
TEST(CoverageOfQuantileDifference, IndependentOrAMultiple) {
  Normals normal{53};
  EXPECT_TRUE(quantile_covers("median, independent", 160, 0.5, 0.3, 0.94, 0.97, [&] {
    return std::pair{std::exp(normal()), 1.3 * std::exp(normal())};
  }));
  for (const double p : {0.5, 0.9}) {
    const double truth = 0.3 * std::exp(normal_quantile(p));
    EXPECT_TRUE(quantile_covers("multiple " + std::to_string(p), 160, p, truth, 0.94, 0.965, [&] {
      const double x = std::exp(normal());
      return std::pair{x, 1.3 * x};
    }));
  }
}

// Conservative by design between: differences of resampled quantiles spread more than those of
// quantiles, since a resample has values more than once and jumps over others; this vanishes with
// n^(1/4) only. 0.5 % of misses are left at least.
TEST(CoverageOfQuantileDifference, Correlated) {
  Normals normal{54};
  const auto correlated = [&] {
    const double a = normal();
    const double b = 0.9 * a + std::sqrt(0.19) * normal();
    return std::pair{std::exp(a), 1.3 * std::exp(b)};
  };
  for (const double p : {0.5, 0.9}) {
    const double truth = 0.3 * std::exp(normal_quantile(p));
    EXPECT_TRUE(
        quantile_covers("correlated " + std::to_string(p), 160, p, truth, 0.95, 0.995, correlated));
  }
}

// Counts, the true quantiles of which are whole numbers: intervals hold nearly always.
TEST(CoverageOfQuantileDifference, Counts) {
  Normals normal{55};
  // The medians of floor(10 exp(Z / 2)) and floor(13 exp(Z / 2)) lie at the jumps to 10 and 13, the
  // hardest place; 10.5 and 13.5 put them inside.
  EXPECT_TRUE(quantile_covers("counts", 160, 0.5, 3.0, 0.95, 1.0, [&] {
    const double a = normal();
    const double b = 0.9 * a + std::sqrt(0.19) * normal();
    return std::pair{std::floor(10.5 * std::exp(0.5 * a)), std::floor(13.5 * std::exp(0.5 * b))};
  }));
}

}  // namespace
}  // namespace truce::stats
