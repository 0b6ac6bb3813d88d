// SPDX-License-Identifier: Apache-2.0
// Sobol' indices of functions that have them in closed form, chance among the inputs, and how often
// their intervals contain the truth.
#include "sim/stats/sobol_indices.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/random/points.hpp"

#include "sim/stats/moments.hpp"

#include "tests/stats/experiments.hpp"
#include "tests/stats/test_functions.hpp"
#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

TEST(TestFunctions, HaveThePublishedIndices) {
  const auto f = test::ishigami();
  EXPECT_NEAR(f.first[0], 0.3139, 5e-5);
  EXPECT_NEAR(f.first[1], 0.4424, 5e-5);
  EXPECT_NEAR(f.total[0], 0.5576, 5e-5);
  EXPECT_NEAR(f.total[2], 0.2437, 5e-5);
  const auto g = test::g_function();
  EXPECT_NEAR(g.first[0], 0.716, 5e-4);
  EXPECT_NEAR(g.total[0], 0.788, 1e-3);
}

TEST(SobolIndices, OfKnownFunctionsOnManyPoints) {
  for (const auto& f : {test::ishigami(), test::g_function()}) {
    const auto pair = random::saltelli(1U << 14U, f.inputs, 5);
    const auto indices = sobol_indices(test::outcomes_of(f, pair), {1, 20, 0.95});
    ASSERT_TRUE(indices);
    EXPECT_EQ(indices->rows, 1U << 14U);
    EXPECT_EQ(indices->dropped, 0U);
    EXPECT_NEAR(indices->mean, f.mean, 2e-3);
    EXPECT_NEAR(indices->variance / f.variance, 1.0, 2e-3);
    for (std::size_t i = 0; i < f.inputs; ++i) {
      EXPECT_NEAR(indices->first[i].value, f.first[i], 3e-3);
      EXPECT_NEAR(indices->total[i].value, f.total[i], 3e-3);
    }
    EXPECT_FALSE(indices->explained);
    EXPECT_TRUE(indices->first_of_mean.empty());
  }
}

TEST(SobolIndices, TellParametersFromChance) {
  const auto noisy = test::noisy_ishigami(), quiet = test::ishigami();
  auto outcomes = test::outcomes_of(noisy, random::saltelli(1U << 14U, 4, 6));
  outcomes.last_is_chance = true;
  const auto indices = sobol_indices(outcomes, {1, 20, 0.95});
  ASSERT_TRUE(indices);
  ASSERT_EQ(indices->first_of_mean.size(), 3U);
  EXPECT_NEAR(indices->first[3].value, noisy.first[3], 3e-3);
  EXPECT_NEAR(indices->total[3].value, noisy.total[3], 3e-3);
  EXPECT_NEAR(indices->total[0].value, noisy.total[0], 4e-3);
  EXPECT_NEAR(indices->explained->value, quiet.variance / noisy.variance, 3e-3);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(indices->first_of_mean[i].value, quiet.first[i], 4e-3);
  }
}

TEST(SobolIndices, DropRowsThatAreNotComplete) {
  const auto f = test::g_function();
  const auto pair = random::saltelli(64, f.inputs, 7);
  auto outcomes = test::outcomes_of(f, pair);
  const auto cut = [&](SobolOutcomes::Row& row) { row.erase(row.begin() + 3); };
  auto shorter = outcomes;
  cut(shorter.a);
  cut(shorter.b);
  std::ranges::for_each(shorter.mixed, cut);
  outcomes.mixed[2][3].reset();
  const auto indices = sobol_indices(outcomes, {1, 50, 0.95});
  const auto expected = sobol_indices(shorter, {1, 50, 0.95});
  ASSERT_TRUE(indices);
  EXPECT_EQ(indices->rows, 63U);
  EXPECT_EQ(indices->dropped, 1U);
  EXPECT_EQ(indices->mean, expected->mean);
  EXPECT_EQ(indices->total[1].interval, expected->total[1].interval);
  for (std::size_t r = 0; r < 64 - fewest_sobol_rows + 1; ++r) outcomes.b[r].reset();
  EXPECT_EQ(sobol_indices(outcomes, {1, 50, 0.95}).refused(), (Refused{Refusal::too_few}));
}

// What one input does alone is all there is: the other's index is 0, and estimates below 0 are not
// shown as such. Of two that act only together neither has a first-order index.
TEST(SobolIndices, NeverShowShareThatCannotBe) {
  test::Noise noise{3};
  bool unresolved = false;
  for (int i = 0; i < 40; ++i) {
    const test::KnownFunction f{2, [](auto u) { return (u[0] - 0.5) * (u[1] - 0.5); }, {}, {}};
    const random::Pair pair{test::independent_points(32, 2, noise),
                            test::independent_points(32, 2, noise)};
    const auto indices = sobol_indices(test::outcomes_of(f, pair), {1, 99, 0.95});
    for (const auto* shares : {&indices->first, &indices->total}) {
      for (const Share& share : *shares) {
        EXPECT_TRUE(0.0 <= share.interval.low && share.interval.low <= share.value &&
                    share.value <= share.interval.high && share.interval.high <= 1.0);
        EXPECT_TRUE(!share.unresolved || share.value == 0.0 || share.value == 1.0);
        unresolved = unresolved || share.unresolved;
      }
    }
  }
  EXPECT_TRUE(unresolved);
}

TEST(SobolIndices, DoNotHangOnShiftAndScaleAndRefuseConstants) {
  auto f = test::g_function();
  const auto pair = random::saltelli(64, f.inputs, 7);
  const auto before = sobol_indices(test::outcomes_of(f, pair), {1, 50, 0.95});
  f.value = [value = f.value](auto u) { return 1e6 - 1024.0 * value(u); };
  const auto after = sobol_indices(test::outcomes_of(f, pair), {1, 50, 0.95});
  for (std::size_t i = 0; i < f.inputs; ++i) {
    EXPECT_NEAR(before->first[i].value, after->first[i].value, 1e-9);
    EXPECT_NEAR(before->total[i].interval.high, after->total[i].interval.high, 1e-9);
  }
  f.value = [](auto) { return 0.1; };
  EXPECT_EQ(sobol_indices(test::outcomes_of(f, pair), {1, 50, 0.95}).refused(),
            (Refused{Refusal::constant_outcome}));
  EXPECT_THROW(sobol_indices({}, {}), ContractViolation);
  SobolOutcomes ragged{
      SobolOutcomes::Row(20, 1.0), SobolOutcomes::Row(20, 1.0), {SobolOutcomes::Row(19, 1.0)}};
  EXPECT_THROW(sobol_indices(ragged, {}), ContractViolation);
}

// The sum of squared errors of first-order indices is that of a reference written down from the two
// estimators that this one joins, and not above the better one of these by more than a tenth.
TEST(SobolIndices, ErrNoMoreThanTheEstimatorsTheyJoin) {
  for (const auto& f : {test::ishigami(), test::g_function(), test::noisy_ishigami()}) {
    test::Noise noise{8};
    double ours = 0.0, saltelli = 0.0, janon = 0.0;
    constexpr std::size_t n = 128;
    for (int e = 0; e < 300; ++e) {
      const random::Pair pair{test::independent_points(n, f.inputs, noise),
                              test::independent_points(n, f.inputs, noise)};
      const auto outcomes = test::outcomes_of(f, pair);
      const auto indices = sobol_indices(outcomes, {1, 2, 0.95});
      for (std::size_t i = 0; i < f.inputs; ++i) {
        double product = 0.0, difference = 0.0, squares = 0.0, sum = 0.0;
        for (std::size_t r = 0; r < n; ++r) {
          const double a = *outcomes.a[r] - indices->mean, b = *outcomes.b[r] - indices->mean;
          const double m = *outcomes.mixed[i][r] - indices->mean;
          difference += b * (m - a) / n;
          product += b * m / n;
          squares += (b * b + m * m) / (2.0 * n);
          sum += (b + m) / (2.0 * n);
        }
        const auto square = [&](double s) { return (s - f.first[i]) * (s - f.first[i]); };
        ours += square(indices->first[i].value);
        saltelli += square(std::max(0.0, difference / indices->variance));
        janon += square(std::max(0.0, (product - sum * sum) / (squares - sum * sum)));
      }
    }
    EXPECT_LT(ours, 1.1 * std::min(saltelli, janon));
    EXPECT_LT(ours, 0.8 * std::max(saltelli, janon));
  }
}

// With the mean taken for known, the index of one of two equal inputs would be too low by (1 + S)
// (1 - S) / (2 n) = 0.023 on 16 rows. What is left is the bias of a ratio, about S (1 - S^2) / n.
TEST(SobolIndices, AreNotBiasedByTheEstimatedMean) {
  const test::KnownFunction f{2, [](auto u) { return u[0] + u[1]; }, {}, {}};
  test::Noise noise{12};
  Moments values;
  for (int e = 0; e < 10'000; ++e) {
    const random::Pair pair{test::independent_points(16, 2, noise),
                            test::independent_points(16, 2, noise)};
    values.add(sobol_indices(test::outcomes_of(f, pair), {1, 2, 0.95})->first[0].value);
  }
  EXPECT_NEAR(*values.mean(), 0.5 - 0.5 * 0.75 / 16.0, 0.01);
}

/// Coverage of every kind of index of the noisy function at so many rows.
struct SobolCoverage {
  std::vector<test::Coverage> first{4}, total{4}, of_mean{3};
  test::Coverage explained;

  void add(const test::KnownFunction& f, const random::Pair& pair, std::uint64_t seed) {
    auto outcomes = test::outcomes_of(f, pair);
    outcomes.last_is_chance = true;
    const auto indices = sobol_indices(outcomes, {seed, 199, 0.95});
    for (std::size_t k = 0; k < 4; ++k) {
      first[k].add(indices->first[k].interval, f.first[k]);
      total[k].add(indices->total[k].interval, f.total[k]);
      if (k < 3)
        of_mean[k].add(indices->first_of_mean[k].interval, f.first[k] / (1.0 - f.total[3]));
    }
    explained.add(indices->explained->interval, 1.0 - f.total[3]);
  }
};

// On independent rows; measured 0.937 to 0.945 for first orders, 0.925 to 0.942 for totals, less on
// 64 rows (0.907 to 0.94), more on 256 (0.940 to 0.951). The third input has a first-order index of
// 0, which an interval within [0, 1] can only miss on one side: 97.5 %.
TEST(Coverage, OfSobolIndices) {
  const auto f = test::noisy_ishigami();
  SobolCoverage coverage;
  test::Noise noise{31};
  for (std::uint64_t i = 0; i != test::many_experiments; ++i) {
    coverage.add(
        f, {test::independent_points(128, 4, noise), test::independent_points(128, 4, noise)}, i);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_TRUE(k == 2 ? coverage.first[k].within(0.96, 0.985)
                       : coverage.first[k].within(0.93, 0.96));
    EXPECT_TRUE(coverage.total[k].within(0.92, 0.96)) << k;
    if (k < 3) {
      EXPECT_TRUE(k == 2 ? coverage.of_mean[k].within(0.96, 0.985)
                         : coverage.of_mean[k].within(0.93, 0.96));
    }
  }
  EXPECT_TRUE(coverage.explained.within(0.93, 0.96));
}

// On Sobol's points errors are smaller than those of independent rows, for which the intervals are:
// they cover more. Coverage is above 98 % for totals; of a first-order index it is no lower than
// 91 %, where the design has few points for a function of high frequency.
TEST(Coverage, OfSobolIndicesOnSobolPoints) {
  const auto f = test::noisy_ishigami();
  SobolCoverage coverage;
  for (std::uint64_t i = 0; i != test::many_experiments / 5; ++i) {
    coverage.add(f, random::saltelli(64, 4, i), i);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_TRUE(coverage.first[k].within(0.91, 1.0)) << k;
    EXPECT_TRUE(coverage.total[k].within(0.98, 1.0)) << k;
  }
  EXPECT_TRUE(coverage.explained.within(0.98, 1.0));
}

}  // namespace
}  // namespace truce::stats
