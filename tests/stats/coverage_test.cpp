// SPDX-License-Identifier: Apache-2.0
// Intervals do what they say: over 2,000 experiments whose truth is known, they contain it as
// often as they claim. What may differ by chance follows from the binomial distribution.
#include <cmath>
#include <cstdint>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

#include "sim/stats/interval.hpp"
#include "sim/stats/quantile.hpp"

#include "tests/support/binomial.hpp"
#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

constexpr std::uint64_t experiments = 2'000;

bool contains(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

TEST(Coverage, OfStudentIntervalsOfNormalMeans) {
  for (const double level : {0.5, 0.8, 0.95, 0.99}) {
    for (const int n : {2, 5, 30}) {
      test::Noise noise{static_cast<std::uint64_t>(n)};
      std::uint64_t hits = 0;
      for (std::uint64_t i = 0; i != experiments; ++i) {
        Moments sample;
        for (int k = 0; k != n; ++k) sample.add(3.0 + 2.0 * normal_quantile(noise.uniform()));
        hits += contains(*student_interval(sample, level), 3.0) ? 1U : 0U;
      }
      EXPECT_TRUE(test::expect_binomial(hits, experiments, level)) << "n = " << n;
    }
  }
}

/// Counts of successes are whole numbers, so that coverage can't be exactly the level: the exact
/// probability that the interval contains p.
double wilson_coverage(std::uint64_t n, double p, double level) {
  const boost::math::binomial successes{static_cast<double>(n), p};
  double coverage = 0.0;
  for (std::uint64_t k = 0; k <= n; ++k) {
    if (!contains(*wilson_interval(k, n, level), p)) continue;
    coverage += boost::math::pdf(successes, static_cast<double>(k));
  }
  return coverage;
}

TEST(Coverage, OfWilsonIntervals) {
  test::Noise noise{11};
  for (const double p : {0.02, 0.2, 0.5, 0.9}) {
    for (const std::uint64_t n : {20U, 100U}) {
      std::uint64_t hits = 0;
      for (std::uint64_t i = 0; i != experiments; ++i) {
        std::uint64_t successes = 0;
        for (std::uint64_t k = 0; k != n; ++k) successes += noise.uniform() < p ? 1U : 0U;
        hits += contains(*wilson_interval(successes, n, 0.95), p) ? 1U : 0U;
      }
      EXPECT_TRUE(test::expect_binomial(hits, experiments, wilson_coverage(n, p, 0.95)));
    }
  }
}

// Coverage averaged over p is close to the level, unlike that of the interval
// share -+ z sqrt(share (1 - share) / n), which Newcombe (1998) finds at 88 %.
TEST(Coverage, OfWilsonIntervalsOnAverageOverP) {
  double sum = 0.0;
  constexpr int steps = 999;
  for (int i = 1; i <= steps; ++i) sum += wilson_coverage(30, i / (steps + 1.0), 0.95);
  EXPECT_NEAR(sum / steps, 0.95, 0.01);
}

TEST(Coverage, OfOrderStatisticIntervals) {
  test::Noise noise{13};
  for (const double p : {0.5, 0.9}) {
    constexpr std::uint64_t n = 50;
    const double truth = -std::log1p(-p);
    const auto ranks = quantile_ranks(n, p, 0.95);
    ASSERT_TRUE(ranks);
    const boost::math::binomial below{static_cast<double>(n), p};
    double claimed = 0.0;
    for (std::uint64_t k = ranks->low; k != ranks->high; ++k) {
      claimed += boost::math::pdf(below, static_cast<double>(k));
    }
    EXPECT_GE(claimed, 0.95);
    std::uint64_t hits = 0;
    for (std::uint64_t i = 0; i != experiments; ++i) {
      Quantiles sample;
      for (std::uint64_t k = 0; k != n; ++k) sample.add(noise.exponential());
      hits += contains(*sample.interval(p, 0.95), truth) ? 1U : 0U;
    }
    EXPECT_TRUE(test::expect_binomial(hits, experiments, claimed)) << "p = " << p;
  }
}

}  // namespace
}  // namespace truce::stats
