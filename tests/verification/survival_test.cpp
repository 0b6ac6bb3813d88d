// SPDX-License-Identifier: Apache-2.0
// Incidents come at rate mu, each starts a crisis with probability p, and nobody decides before
// patience ends: the ceasefire lives for an exponential time with rate mu p.
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sim/experiment/run.hpp"
#include "sim/experiment/summary.hpp"

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using experiment::cause_of;
using test::expect_within_sigma;
using enum model::CeasefireEnd;

constexpr double rate = 2.0 * 0.02;  // a day
constexpr std::uint64_t replications = 10'000;

/// `restoration`: the lines of section crisis that are about it.
std::string fragile(const std::string& takes_effect, const std::string& restoration = "") {
  return "truce: 1\nname: Fragile\nstart: 2026-07-01\nhorizon: 60 days\n"
         "ceasefire: {takes_effect: " +
         takes_effect + "}\n" + R"(
incident_types:
  shot: {share: 1, grade: minor, crisis: 0.02}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 2 /day}}
coordination:
  desks: 1
  work: 1 h
  members: {slow: {response: 30 days}}
crisis:
  patience: 1 s
  defusal: 1
  breakdown_lasts: 1 day
  breakdown_rate: 1
  spread: 1
  collapse_rate: 1
)" + restoration;
}

experiment::Results results_of(const Given& given, std::uint64_t seed) {
  experiment::Plan plan;
  plan.seed = seed;
  plan.replications = replications;
  plan.threads = 2;
  plan.columns = model::outcome_columns(given.scenario());
  const auto& series = model::timeline_series();
  plan.series.assign(series.begin(), series.end());
  return experiment::run(plan, [&](random::ReplicationKey key) {
    auto played = given.play(key.seed, key.replication);
    return experiment::Played{model::outcome_row(played.outcome, given.scenario()),
                              std::move(played.timeline), played.ceasefire};
  });
}

double holds(double day) {
  return std::exp(-rate * day);
}
double restricted_mean(double day) {
  return (1.0 - holds(day)) / rate;
}
/// Of the shorter of an exponential time and a day.
double restricted_sd(double day) {
  const double squares = 2.0 / (rate * rate) * (1.0 - holds(day) * (1.0 + rate * day));
  return std::sqrt(squares - restricted_mean(day) * restricted_mean(day));
}

TEST(CeasefireSurvival, IsExponentialWhereEveryCrisisIsACollapse) {
  const auto days = experiment::survival_by_day(results_of(Given(fragile("2026-07-01")), 21));
  ASSERT_EQ(days.size(), 61u);
  const auto n = static_cast<double>(replications);
  EXPECT_EQ(days[0].at_risk, replications);
  for (const std::size_t day : {1U, 5U, 15U, 30U, 60U}) {
    const auto& now = days[day].estimate.value();
    const double s = holds(static_cast<double>(day));
    EXPECT_TRUE(expect_within_sigma(now.lasts.value, s, std::sqrt(s * (1 - s) / n))) << day;
    // The program's own error is the binomial one, since all are observed to the horizon.
    EXPECT_NEAR(now.variance, now.lasts.value * (1 - now.lasts.value) / n, 1e-12);
    EXPECT_NEAR(now.ends[cause_of(collapsed_for_good)].value, 1 - now.lasts.value, 1e-12);
    EXPECT_EQ(now.ends[cause_of(collapsed_and_restored)].value, 0.0);
    const double mean = restricted_mean(static_cast<double>(day));
    const double sd = restricted_sd(static_cast<double>(day));
    // Times are rounded up to hours: up to 1/24 of a day too late, half of it on average.
    EXPECT_TRUE(expect_within_sigma(now.restricted_mean - (1 - s) / 48, mean, sd / std::sqrt(n)));
    EXPECT_NEAR(now.restricted_mean_error * std::sqrt(n) / sd, 1.0, 0.1) << day;
  }
}

// Ceasefires that begin late are watched for less: of 60 days the share that still holds at the end
// says nothing of day 50. Watched on day t are those that began before day 60 - t, a share 1 - t
// / 55.
TEST(CeasefireSurvival, AllowsForThoseWatchedForLess) {
  const Given given(fragile("{uniform: [5 days, 60 days]}"));
  const auto days = experiment::survival_by_day(results_of(given, 22));
  for (const std::size_t day : {5U, 20U, 40U, 50U}) {
    const auto t = static_cast<double>(day);
    // Greenwood: S^2 integral of rate / (n P(held so far and watched)).
    double sum = 0.0;
    constexpr int steps = 10'000;
    for (int i = 0; i < steps; ++i) {
      const double u = (i + 0.5) / steps * t;
      sum += rate / (holds(u) * (1.0 - u / 55.0)) * t / steps;
    }
    const double error = holds(t) * std::sqrt(sum / static_cast<double>(replications));
    const auto& now = days[day].estimate.value();
    EXPECT_TRUE(expect_within_sigma(now.lasts.value, holds(t), error)) << day;
    EXPECT_NEAR(std::sqrt(now.variance) / error, 1.0, 0.15) << day;
    EXPECT_LT(now.lasts.interval.low, now.lasts.value);
    EXPECT_GT(now.lasts.interval.high, now.lasts.value);
  }
  EXPECT_EQ(days[0].at_risk, replications);
  EXPECT_FALSE(days[56].estimate);  // beyond what anybody watched
}

TEST(CeasefireSurvival, KnowsWhatIsRestored) {
  const Given always(fragile("2026-07-01", "  restoration: {probability: 1, time: 1 day}\n"));
  const auto all = experiment::survival_by_day(results_of(always, 23));
  const auto& last = all.back().estimate.value();
  // Those restored beyond the horizon, too.
  EXPECT_NEAR(last.ends[cause_of(collapsed_and_restored)].value, 1 - last.lasts.value, 1e-12);
  EXPECT_EQ(last.ends[cause_of(collapsed_for_good)].value, 0.0);
  EXPECT_GT(all.back().ended, replications / 2);

  // A later collapse that is final doesn't count.
  const Given often(fragile("2026-07-01", "  restoration: {probability: 0.7, time: 1 day}\n"));
  const auto days = experiment::survival_by_day(results_of(often, 24));
  for (const std::size_t day : {5U, 20U, 60U}) {
    const auto& now = days[day].estimate.value();
    const double ends = 1 - holds(static_cast<double>(day));
    const auto n = static_cast<double>(replications);
    const auto error = [&](double chance) { return std::sqrt(chance * (1 - chance) / n); };
    EXPECT_TRUE(expect_within_sigma(now.ends[cause_of(collapsed_and_restored)].value, 0.7 * ends,
                                    error(0.7 * ends)));
    EXPECT_TRUE(expect_within_sigma(now.ends[cause_of(collapsed_for_good)].value, 0.3 * ends,
                                    error(0.3 * ends)));
  }
}

TEST(CeasefireSurvival, IsNothingWithoutCeasefireOrCrises) {
  EXPECT_FALSE(Given(fragile("never")).play(25).ceasefire);
  EXPECT_FALSE(Given(from_the_start("60 days") + std::string(quiet_line)).play(25).ceasefire);
  const auto results = results_of(Given(fragile("never")), 25);
  EXPECT_FALSE(results.ceasefires);
  const auto days = experiment::survival_by_day(results);
  ASSERT_EQ(days.size(), 61u);
  EXPECT_EQ(days[0].at_risk, 0u);
  EXPECT_FALSE(days[0].estimate);
}

}  // namespace
}  // namespace truce::verification
