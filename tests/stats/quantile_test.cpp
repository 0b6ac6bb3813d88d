// SPDX-License-Identifier: Apache-2.0
// Quantiles: definition, ranks of intervals, and bins that neither lie nor grow.
#include "sim/stats/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

TEST(QuantilesExact, FollowTypeSeven) {
  // R: quantile(c(10, 1, 4, 2, 3), c(0, .25, .5, .9, 1)).
  Quantiles five;
  for (const double value : {10.0, 1.0, 4.0, 2.0, 3.0}) five.add(value);
  EXPECT_EQ(five.quantile(0.0), 1.0);
  EXPECT_EQ(five.quantile(0.25), 2.0);
  EXPECT_EQ(five.quantile(0.5), 3.0);
  EXPECT_DOUBLE_EQ(*five.quantile(0.9), 7.6);
  EXPECT_EQ(five.quantile(1.0), 10.0);
  // R: quantile(1:10, c(.25, .5)).
  Quantiles ten;
  for (int i = 10; i != 0; --i) ten.add(i);
  EXPECT_DOUBLE_EQ(*ten.quantile(0.25), 3.25);
  EXPECT_DOUBLE_EQ(*ten.quantile(0.5), 5.5);
  EXPECT_EQ(ten.value_at_rank(1), 1.0);
  EXPECT_EQ(ten.value_at_rank(7), 7.0);
  EXPECT_TRUE(ten.exact());
}

TEST(QuantilesExact, OfNothingAreAbsent) {
  const Quantiles none;
  EXPECT_EQ(none.quantile(0.5), std::nullopt);
  EXPECT_EQ(none.interval(0.5, 0.95), std::nullopt);
  EXPECT_THROW(static_cast<void>(none.value_at_rank(1)), ContractViolation);
}

// Ranks of 95 % intervals of the median as in tables of the sign test's interval, e.g. Dixon and
// Massey, Introduction to Statistical Analysis, table A-25: n = 6: 1, 10: 2, 20: 6, 100: 40.
TEST(QuantileRanks, OfTheMedianAsInTables) {
  EXPECT_EQ(quantile_ranks(5, 0.5, 0.95), std::nullopt);
  EXPECT_EQ(quantile_ranks(6, 0.5, 0.95), (Ranks{1, 6}));
  EXPECT_EQ(quantile_ranks(10, 0.5, 0.95), (Ranks{2, 9}));
  EXPECT_EQ(quantile_ranks(20, 0.5, 0.95), (Ranks{6, 15}));
  EXPECT_EQ(quantile_ranks(100, 0.5, 0.95), (Ranks{40, 61}));
}

// A bound beyond the greatest value is missed with probability p^n: 0.95^72 = 0.0249.
TEST(QuantileRanks, OfHighQuantilesNeedManyValues) {
  EXPECT_EQ(quantile_ranks(71, 0.95, 0.95), std::nullopt);
  ASSERT_TRUE(quantile_ranks(72, 0.95, 0.95));
  EXPECT_EQ(quantile_ranks(72, 0.95, 0.95)->high, 72U);
  EXPECT_EQ(quantile_ranks(71, 0.05, 0.95), std::nullopt);
  EXPECT_EQ(quantile_ranks(72, 0.05, 0.95)->low, 1U);
  EXPECT_EQ(quantile_ranks(0, 0.5, 0.95), std::nullopt);
}

// The probability summed term by term: at least the level, and each bound as tight as allowed.
TEST(QuantileRanks, ReachTheLevelAndNotMore) {
  for (const std::uint64_t n : {6U, 17U, 100U, 333U}) {
    for (const double p : {0.1, 0.5, 0.8}) {
      const auto ranks = quantile_ranks(n, p, 0.9);
      if (!ranks) continue;
      std::vector<double> mass(n + 1);
      for (std::uint64_t k = 0; k <= n; ++k) {
        const auto size = static_cast<double>(n);
        const auto hits = static_cast<double>(k);
        mass[k] =
            std::exp(std::lgamma(size + 1) - std::lgamma(hits + 1) - std::lgamma(size - hits + 1) +
                     hits * std::log(p) + (size - hits) * std::log1p(-p));
      }
      const auto sum = [&](std::uint64_t from, std::uint64_t end) {
        double total = 0.0;
        for (std::uint64_t k = from; k != end; ++k) total += mass[k];
        return total;
      };
      EXPECT_GE(sum(ranks->low, ranks->high), 0.9) << n << " " << p;
      EXPECT_LE(sum(0, ranks->low), 0.05);
      EXPECT_GT(sum(0, ranks->low + 1), 0.05);
      EXPECT_LE(sum(ranks->high, n + 1), 0.05);
      EXPECT_GT(sum(ranks->high - 1, n + 1), 0.05);
    }
  }
}

TEST(Quantiles, IntervalIsBetweenTheValuesOfItsRanks) {
  Quantiles quantiles;
  for (int i = 100; i != 0; --i) quantiles.add(10.0 * i);
  EXPECT_EQ(quantiles.interval(0.5, 0.95), (Interval{400.0, 610.0}));
}

TEST(Quantiles, RefuseImpossibleArguments) {
  Quantiles quantiles;
  quantiles.add(1.0);
  EXPECT_THROW(quantiles.add(std::numeric_limits<double>::infinity()), ContractViolation);
  EXPECT_THROW(quantiles.add(std::numeric_limits<double>::quiet_NaN()), ContractViolation);
  EXPECT_THROW(quantiles.merge(quantiles), ContractViolation);
  EXPECT_THROW(quantiles.merge(Quantiles(5)), ContractViolation);
  EXPECT_THROW(quantiles.merge(Quantiles(16384, 0.1)), ContractViolation);
  EXPECT_THROW(static_cast<void>(quantiles.value_at_rank(0)), ContractViolation);
  EXPECT_THROW(static_cast<void>(quantiles.value_at_rank(2)), ContractViolation);
  EXPECT_THROW(static_cast<void>(quantiles.quantile(1.1)), ContractViolation);
  EXPECT_THROW(static_cast<void>(quantiles.interval(0.0, 0.9)), ContractViolation);
  EXPECT_THROW(Quantiles(10, 0.0), ContractViolation);
  EXPECT_EQ(quantiles.count(), 1U);
}

/// Values of both signs over eight decades, some of them zero, some equal.
std::vector<double> wild(std::size_t n) {
  test::Noise noise{7};
  std::vector<double> values(n);
  for (double& value : values) {
    const double magnitude = std::pow(10.0, 8.0 * noise.uniform() - 3.0);
    const std::uint64_t kind = noise.bits() % 10;
    value = kind == 0 ? 0.0 : kind < 4 ? -magnitude : kind < 6 ? std::floor(magnitude) : magnitude;
  }
  return values;
}

TEST(QuantilesInBins, AreWithinTheRelativeWidth) {
  for (const double width : {0.001, 0.05}) {
    auto values = wild(50'000);
    Quantiles quantiles(1000, width);
    for (const double value : values) quantiles.add(value);
    EXPECT_FALSE(quantiles.exact());
    EXPECT_EQ(quantiles.count(), values.size());
    std::ranges::sort(values);
    double worst = 0.0;
    for (std::uint64_t k = 1; k <= values.size(); k += 7) {
      const double truth = values[k - 1];
      const double found = quantiles.value_at_rank(k);
      if (truth == 0.0) {
        EXPECT_EQ(found, 0.0);
      } else {
        worst = std::max(worst, std::abs(found - truth) / std::abs(truth));
      }
    }
    EXPECT_LT(worst, width);
    EXPECT_GT(worst, width / 100.0) << "nothing was in bins";
    EXPECT_EQ(quantiles.value_at_rank(1), values.front());
    EXPECT_EQ(quantiles.value_at_rank(values.size()), values.back());
    const double median = *quantiles.quantile(0.5);
    EXPECT_NEAR(median, values[values.size() / 2], width * std::abs(median));
  }
}

TEST(QuantilesInBins, AreExactForWholeNumbersUpTo2048) {
  Quantiles binned(10);
  Quantiles exact;
  for (int i = 0; i != 10'000; ++i) {
    const int value = i * 7919 % 4097 - 2048;
    binned.add(value);
    exact.add(value);
  }
  ASSERT_FALSE(binned.exact());
  ASSERT_TRUE(exact.exact());
  for (const double p : {0.0, 0.01, 0.3, 0.5, 0.77, 0.999, 1.0}) {
    EXPECT_EQ(binned.quantile(p), exact.quantile(p)) << p;
  }
  EXPECT_EQ(binned.interval(0.9, 0.95), exact.interval(0.9, 0.95));
}

TEST(QuantilesInBins, CollapseOnlyBeyondTheLimit) {
  Quantiles quantiles(100);
  for (int i = 0; i != 100; ++i) quantiles.add(0.1 * i);
  EXPECT_TRUE(quantiles.exact());
  quantiles.add(3.0);
  EXPECT_FALSE(quantiles.exact());
  EXPECT_EQ(quantiles.count(), 101U);
}

TEST(Quantiles, StateDoesNotDependOnHowTheValuesWereSplit) {
  const auto values = wild(3'000);
  for (const std::size_t limit :
       {std::size_t{0}, std::size_t{37}, std::size_t{1000}, std::size_t{5000}}) {
    Quantiles whole(limit);
    for (const double value : values) whole.add(value);
    for (const std::size_t block :
         {std::size_t{1}, std::size_t{16}, std::size_t{500}, std::size_t{2999}}) {
      Quantiles merged(limit);
      std::size_t from = 0;
      std::size_t end = 20;  // a short first part: still exact when one in bins follows
      while (from != values.size()) {
        Quantiles part(limit);
        for (; from != end; ++from) part.add(values[from]);
        merged.merge(part);
        end = std::min(from + block, values.size());
      }
      EXPECT_EQ(merged, whole) << "limit " << limit << ", blocks of " << block;
    }
  }
}

TEST(Quantiles, TreatBothZerosAsOne) {
  for (const std::size_t limit : {std::size_t{0}, std::size_t{5}}) {
    Quantiles zero(limit);
    zero.add(-0.0);
    EXPECT_FALSE(std::signbit(zero.value_at_rank(1)));
  }
}

TEST(Quantiles, StayWithinTheirMemory) {
  const auto values = wild(1'000'000);
  Quantiles quantiles;
  std::size_t most_while_exact = 0;
  for (const double value : values) {
    quantiles.add(value);
    if (quantiles.exact()) most_while_exact = std::max(most_while_exact, quantiles.memory_bytes());
  }
  EXPECT_LE(most_while_exact, 2 * 8 * 16384 + 200U);
  // Two signs, eight decades; vectors keep up to twice what they need.
  EXPECT_LE(quantiles.memory_bytes(), std::size_t{2 * 2 * 8 * 3402 * 32});
  EXPECT_GT(quantiles.memory_bytes(), std::size_t{8 * 3402 * 32}) << "the bound was not tried";
}

}  // namespace
}  // namespace truce::stats
