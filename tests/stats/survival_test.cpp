// SPDX-License-Identifier: Apache-2.0
// How long something lasts: published numbers, hand-made cases, merging, and whether the intervals
// cover the truth as often as they claim.
#include "sim/stats/survival.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

using std::chrono::hours;

Duration days(int n) {
  return n * one_day;
}

SurvivalPoint at(const Survival& survival, Duration time) {
  return survival.at(std::array{time}, 0.95).front();
}
SurvivalPoint::Estimate estimate(const Survival& survival, Duration time) {
  return at(survival, time).estimate.value();
}

// Weeks in remission of 21 patients given 6-MP: Freireich and others, Blood 21 (1963) 699; here
// they are days, and the relapses take turns at two causes.
Survival remissions() {
  Survival survival(days(35), 2);
  std::size_t cause = 0;
  for (const int end : {6, 6, 6, 7, 10, 13, 16, 22, 23}) survival.add_end(days(end), cause++ % 2);
  for (const int end : {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}) {
    survival.add_censored(days(end));
  }
  return survival;
}

// Klein and Moeschberger, Survival Analysis, tables 4.1 and 4.2; intervals as published for
// log(-log S).
TEST(Survival, GivesPublishedNumbers) {
  struct Row {
    int day;
    std::uint64_t at_risk;
    double lasts, error, low, high;
  };
  const auto survival = remissions();
  for (const auto& row :
       {Row{6, 21, 0.8571, 0.0764, 0.6197, 0.9516}, Row{7, 17, 0.8067, 0.0869, 0.5631, 0.9228},
        Row{10, 15, 0.7529, 0.0963, 0.5032, 0.8894}, Row{13, 12, 0.6902, 0.1068, 0.4316, 0.8491},
        Row{16, 11, 0.6275, 0.1141, 0.3675, 0.8049}, Row{22, 7, 0.5378, 0.1282, 0.2678, 0.7468},
        Row{23, 6, 0.4482, 0.1346, 0.1881, 0.6801}}) {
    const auto point = at(survival, days(row.day));
    EXPECT_EQ(point.at_risk, row.at_risk) << row.day;
    EXPECT_NEAR(point.estimate->lasts.value, row.lasts, 5e-5) << row.day;
    EXPECT_NEAR(std::sqrt(point.estimate->variance), row.error, 5e-5) << row.day;
    EXPECT_NEAR(point.estimate->lasts.interval.low, row.low, 5e-5) << row.day;
    EXPECT_NEAR(point.estimate->lasts.interval.high, row.high, 5e-5) << row.day;
  }
  // Nothing ends between: the same hour before and after.
  EXPECT_EQ(estimate(survival, days(10) - hours{1}).lasts.value,
            estimate(survival, days(7)).lasts.value);
  EXPECT_EQ(estimate(survival, days(35)).lasts.value, estimate(survival, days(23)).lasts.value);
  // Integral of the steps, and the sum of Klein and Moeschberger, 4.5.2.
  EXPECT_NEAR(estimate(survival, days(35)).restricted_mean, 23.2874, 5e-5);
  EXPECT_NEAR(estimate(survival, days(35)).restricted_mean_error, 2.8275, 5e-5);
}

TEST(Survival, SharesOutWhatEndedAmongCauses) {
  const auto survival = remissions();
  for (int day = 0; day <= 35; ++day) {
    const auto now = estimate(survival, days(day));
    EXPECT_NEAR(now.lasts.value + now.ends[0].value + now.ends[1].value, 1.0, 1e-12);
  }
  // Causes 0, 1, 0 at day 6 of 21; 1 at day 7 of 17.
  const auto now = estimate(survival, days(7));
  EXPECT_NEAR(now.ends[0].value, 2.0 / 21, 1e-12);
  EXPECT_NEAR(now.ends[1].value, 1.0 / 21 + 18.0 / 21 / 17, 1e-12);
}

// Equal to the delta method of Marubini and Valsecchi, Analysing Survival Data (1995), 10.3:
// a sum over all ends, not a recursion.
TEST(Survival, HasTheVarianceOfTheSumOverEnds) {
  const auto survival = remissions();
  struct End {
    double n, d, by_cause, before;  // before: S just before
  };
  const std::array ends{End{21, 3, 1, 1.0},          End{17, 1, 1, 18.0 / 21},
                        End{15, 1, 0, 0.8067226891}, End{12, 1, 1, 0.7529411765},
                        End{11, 1, 0, 0.6901960784}, End{7, 1, 1, 0.6274509804},
                        End{6, 1, 0, 0.5378151261}};
  double chance = 0.0, variance = 0.0;
  for (const auto& end : ends) chance += end.before * end.by_cause / end.n;
  double until = 0.0;
  for (const auto& end : ends) {
    until += end.before * end.by_cause / end.n;
    const double later = chance - until;
    variance +=
        later * later * end.d / (end.n * (end.n - end.d)) +
        end.before * end.before * end.by_cause * (end.n - end.by_cause) / std::pow(end.n, 3) -
        2 * later * end.before * end.by_cause / (end.n * end.n);
  }
  const auto now = estimate(survival, days(23)).ends[1];
  EXPECT_NEAR(now.value, chance, 1e-9);
  const double not_so = 1.0 - chance;
  const double factor =
      std::exp(normal_quantile(0.975) * std::sqrt(variance) / (not_so * -std::log(not_so)));
  EXPECT_NEAR(now.interval.low, 1.0 - std::pow(not_so, 1.0 / factor), 1e-8);
  EXPECT_NEAR(now.interval.high, 1.0 - std::pow(not_so, factor), 1e-8);
}

TEST(Survival, WithoutCensoringIsAShare) {
  Survival survival(days(100), 2);
  double sum = 0.0, squares = 0.0;
  constexpr int n = 50;
  for (int i = 1; i <= n; ++i) {
    survival.add_end(days(2 * i), i % 5 == 0 ? 1 : 0);
    sum += 2.0 * i;
    squares += 4.0 * i * i;
  }
  const auto middle = estimate(survival, days(40));
  EXPECT_EQ(at(survival, days(40)).ended, 20u);
  EXPECT_EQ(at(survival, days(40)).at_risk, 31u);  // with the one that ends
  EXPECT_NEAR(middle.lasts.value, 0.6, 1e-12);
  EXPECT_NEAR(middle.variance, 0.6 * 0.4 / n, 1e-12);
  EXPECT_NEAR(middle.ends[1].value, 4.0 / n, 1e-12);
  // log(-log 0.92) with the variance of a share.
  const double error = std::sqrt(0.08 * 0.92 / n) / (0.92 * -std::log(0.92));
  const double factor = std::exp(1.959963984540054 * error);
  EXPECT_NEAR(middle.ends[1].interval.low, 1.0 - std::pow(0.92, 1.0 / factor), 1e-9);
  EXPECT_NEAR(middle.ends[1].interval.high, 1.0 - std::pow(0.92, factor), 1e-9);
  const auto last = estimate(survival, days(100));
  EXPECT_EQ(last.lasts.value, 0.0);
  EXPECT_NEAR(last.restricted_mean, sum / n, 1e-9);
  EXPECT_NEAR(last.restricted_mean_error, std::sqrt((squares / n - sum * sum / n / n) / n), 1e-9);
}

// Without a variance, the interval is that of none or all of those whose fate is known.
TEST(Survival, HasIntervalsWhereNoneOrAllEnded) {
  Survival survival(days(10), 2);
  for (int i = 0; i < 30; ++i) survival.add_end(days(5), 0);
  for (int i = 0; i < 10; ++i) survival.add_censored(days(2));
  const auto none = estimate(survival, days(2));
  EXPECT_EQ(none.lasts.value, 1.0);
  EXPECT_EQ(none.lasts.interval, *wilson_interval(40, 40, 0.95));
  EXPECT_EQ(none.ends[0].interval, *wilson_interval(0, 40, 0.95));
  EXPECT_EQ(none.restricted_mean, 2.0);
  EXPECT_EQ(none.restricted_mean_error, 0.0);
  EXPECT_EQ(estimate(survival, days(3)).lasts.interval, *wilson_interval(30, 30, 0.95));
  for (const int day : {5, 10}) {  // known for ever after
    const auto all = estimate(survival, days(day));
    EXPECT_EQ(all.lasts.value, 0.0);
    EXPECT_EQ(all.lasts.interval, *wilson_interval(0, 30, 0.95));
    EXPECT_EQ(all.ends[0].value, 1.0);
    EXPECT_EQ(all.ends[0].interval, *wilson_interval(30, 30, 0.95));
    EXPECT_EQ(all.ends[1].value, 0.0);
    EXPECT_EQ(all.ends[1].interval, *wilson_interval(0, 30, 0.95));
    EXPECT_EQ(all.restricted_mean, 5.0);
  }
  EXPECT_EQ(at(survival, days(10)).at_risk, 0u);
}

TEST(Survival, IsUnknownBeyondTheLastObservation) {
  Survival survival(days(10), 1);
  EXPECT_FALSE(at(survival, days(0)).estimate);
  survival.add_end(days(1), 0);
  survival.add_censored(days(4));
  EXPECT_TRUE(at(survival, days(4)).estimate);
  EXPECT_FALSE(at(survival, days(4) + hours{1}).estimate);
  EXPECT_EQ(at(survival, days(10)).ended, 1u);
}

TEST(Survival, CountsInHoursEndsFirst) {
  Survival survival(days(1), 1);
  survival.add_end(Duration{1}, 0);  // a millisecond belongs to the hour that ends it
  survival.add_censored(hours{1});
  survival.add_end(hours{2}, 0);
  survival.add_end(hours{0}, 0);
  EXPECT_NEAR(estimate(survival, hours{0}).lasts.value, 3.0 / 4, 1e-15);
  EXPECT_NEAR(estimate(survival, hours{1}).lasts.value, 3.0 / 4 * 2 / 3, 1e-15);
  EXPECT_EQ(estimate(survival, hours{2}).lasts.value, 0.0);
}

TEST(Survival, EndsBeyondTheHorizonAreCensoredThere) {
  Survival beyond(days(2), 1), within(days(2), 1);
  beyond.add_end(days(2) + Duration{1}, 0);
  beyond.add_censored(days(900));
  within.add_censored(days(2));
  within.add_censored(days(2));
  EXPECT_EQ(beyond, within);
  EXPECT_EQ(beyond.count(), 2u);
}

TEST(Survival, MergesToTheBitInAnyOrder) {
  test::Noise noise{3};
  Survival all(days(200), 2);
  std::vector<Survival> parts(7, Survival(days(200), 2));
  for (std::size_t i = 0; i < 5'000; ++i) {
    const auto length = from_days(100.0 * noise.exponential());
    const double kind = noise.uniform();
    for (auto* to : {&all, &parts[(i * i) % 7]}) {
      if (kind < 0.3) {
        to->add_censored(length);
      } else {
        to->add_end(length, kind < 0.5 ? 0 : 1);
      }
    }
  }
  Survival forward(days(200), 2), backward(days(200), 2);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    forward.merge(parts[i]);
    backward.merge(parts[parts.size() - 1 - i]);
  }
  EXPECT_EQ(all.count(), 5'000u);
  EXPECT_EQ(forward, all);
  EXPECT_EQ(backward, all);
  EXPECT_EQ(estimate(forward, days(77)).restricted_mean_error,
            estimate(all, days(77)).restricted_mean_error);
}

TEST(Survival, RefusesWhatMakesNoSense) {
  EXPECT_THROW(Survival(Duration{-1}, 1), ContractViolation);
  EXPECT_THROW(Survival(days(1), 0), ContractViolation);
  Survival survival(days(1), 2);
  EXPECT_THROW(survival.add_end(Duration{-1}, 0), ContractViolation);
  EXPECT_THROW(survival.add_censored(Duration{-1}), ContractViolation);
  EXPECT_THROW(survival.add_end(days(1), 2), ContractViolation);
  EXPECT_THROW(survival.merge(Survival(days(2), 2)), ContractViolation);
  EXPECT_THROW(survival.merge(Survival(days(1), 1)), ContractViolation);
  EXPECT_THROW(at(survival, Duration{1}), ContractViolation);
  EXPECT_THROW(at(survival, days(2)), ContractViolation);
  EXPECT_THROW(survival.at(std::array{days(1), days(0)}, 0.95), ContractViolation);
}

// Two exponential causes, rates 2 : 1, and exponential censoring. 2,000 experiments make an error
// of 0.005 in the share; the rest is what 60 observations leave of the asymptotics.
TEST(Survival, IntervalsCoverTheTruthAsOftenAsTheyClaim) {
  constexpr int experiments = 2'000;
  constexpr double mean = 50.0, t = 30.0;
  const double lasts = std::exp(-t / mean), ends = (1.0 - lasts) * 2.0 / 3.0;
  const double restricted_mean = mean * (1.0 - lasts);
  std::array<int, 3> hits{};
  test::Noise noise{17};
  for (int i = 0; i < experiments; ++i) {
    Survival survival(days(30), 2);
    for (int k = 0; k < 60; ++k) {
      const double length = mean * noise.exponential();
      const double seen = 60.0 * noise.exponential();
      const std::size_t cause = noise.uniform() < 2.0 / 3.0 ? 0 : 1;
      if (seen < length) {
        survival.add_censored(from_days(seen));
      } else {
        survival.add_end(from_days(length), cause);
      }
    }
    const auto now = estimate(survival, days(30));
    const auto contains = [](const Interval& in, double x) {
      return in.low <= x && x <= in.high ? 1 : 0;
    };
    hits[0] += contains(now.lasts.interval, lasts);
    hits[1] += contains(now.ends[0].interval, ends);
    const double half = 1.959963984540054 * now.restricted_mean_error;
    hits[2] += contains({now.restricted_mean - half, now.restricted_mean + half}, restricted_mean);
  }
  for (const int hit : hits) EXPECT_NEAR(hit / double{experiments}, 0.95, 0.02);
}

}  // namespace
}  // namespace truce::stats
