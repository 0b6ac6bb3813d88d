// SPDX-License-Identifier: Apache-2.0
// Collapse of the ceasefire: when, whether for good, and what it does to those in place.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"
#include "tests/verification/troubled.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

// Each incident starts a crisis with chance p = 0.02, at 0.3 a day; nobody decides, so that two
// days later comes the collapse: it survives day t with probability exp(-mu p (t - 2)).
TEST(Collapse, SurvivalIsExponentialWithoutAnswers) {
  const double rate = 0.3 * 0.02;
  const Given given(line_in_crisis("2 years", "0.3", "0.02", two_days + "spread: 1"));
  const std::uint64_t n = 4'000;
  model::BySurvivalDay held{};
  double days = 0.0;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto o = given.outcome(161, r);
    for (std::size_t i = 0; i < held.size(); ++i) held[i] += o.holds_at[i];
    days += o.ceasefire_days;
    EXPECT_EQ(o.ceasefire_holds, o.collapses == 0 ? 1 : 0);
    EXPECT_EQ(o.final_collapse, o.collapses);
    if (o.collapses > 0) {
      EXPECT_EQ(o.collapse_day, o.ceasefire_days);
    }
  }
  const auto size = static_cast<double>(n);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const double survival = std::exp(-rate * (model::survival_days[i] - 2));
    EXPECT_TRUE(expect_within_sigma(held[i] / size, survival, binomial_error(survival, size)))
        << model::survival_days[i] << " days";
  }
  // Restricted mean: 2 + (1 - exp(-r T))/r with T = 731 - 2; its second moment is 2 times the
  // integral of t S(t).
  const double horizon = 731, left = horizon - 2, gone = std::exp(-rate * left);
  const double mean = 2 + (1 - gone) / rate;
  const double beyond = (1 - gone * (1 + rate * left)) / (rate * rate);  // of t exp(-r t)
  const double second = 4 + 2 * (2 * (1 - gone) / rate + beyond);
  EXPECT_TRUE(expect_within_sigma(days / size, mean, std::sqrt((second - mean * mean) / size)));
}

// Restored five days after a collapse with chance 0.6, if a fact (0.5) holds and 100 reassurance
// troops are in place, which they are from day 50 on; else it is final.
TEST(Collapse, IsRestoredByForceAndFacts) {
  const Given given(line_in_crisis("200 days", "0.02", "1",
                                   two_days +
                                       "spread: 1, restoration: {needs: [backstop], troops: 100 "
                                       "troops, probability: 0.6, time: 5 days}") +
                    R"(
facts:
  backstop: {probability: 0.5}
places:
  town: {at: [50, 36.5], country: UA}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: reassurance, troops: 100 troops, from: town, hubs: [town], notice_to_move: 50 days}
)");
  double early = 0, late = 0, late_restored = 0;
  for (std::uint64_t r = 0; r < 6'000; ++r) {
    const auto collapsed = given.outcome(166, r);
    const auto restored = given.days_of<model::CeasefireIsRestored>(166, r);
    if (!(collapsed.collapse_day < 195)) continue;  // no collapse, or restored too late to be seen
    if (collapsed.collapse_day < 50) {
      early += 1;
      EXPECT_TRUE(restored.empty()) << "without troops it is final";
      EXPECT_EQ(collapsed.final_collapse, 1);
      continue;
    }
    late += 1;
    late_restored += restored.empty() ? 0 : 1;
    if (!restored.empty()) {
      EXPECT_NEAR(restored.front(), collapsed.collapse_day + 5, exactly);
    }
  }
  ASSERT_GT(early, 1'000);
  EXPECT_TRUE(expect_within_sigma(late_restored / late, 0.3, binomial_error(0.3, late)));
}

// Twelve days after the final collapse the monitors in the country are gone; guards and those next
// door stay. From the collapse on no team in the country is at work.
TEST(Collapse, EvacuatesMonitorsAfterFinalCollapse) {
  const Given given(in_place("spread: 1, evacuation: 12 days"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(168, r);
    const double fell = replication.outcome.collapse_day;
    if (!(fell < 80) || fell < 4) continue;
    ++tested;
    for (std::size_t day = 5; day <= 100; ++day) {
      const auto at = static_cast<double>(day);
      SCOPED_TRACE("replication " + std::to_string(r) + ", day " + std::to_string(day));
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "troops.monitoring"),
                at < fell + 12 ? 220 : 20);
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "troops.reassurance"), 300);
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"), at < fell ? 27 : 2);
    }
    for (const double day : given.days_of<model::UnitWithdraws>(168, r)) {
      EXPECT_NEAR(day, fell + 12, exactly);
    }
    EXPECT_EQ(replication.outcome.pledges_withdrawn, 1);
  }
  EXPECT_GT(tested, 10);
}

// A replication may end with the collapse: later days have no values, and rates run to its end.
TEST(Collapse, EndsTheReplicationIfSoAsked) {
  const Given given(in_place("spread: 1, ends_with_collapse: true"));
  const Given goes_on(in_place("spread: 1"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(169, r);
    const auto& o = replication.outcome;
    if (!(o.collapse_day < 99)) continue;
    ++tested;
    const double fell = o.collapse_day;
    double incidents = 0.0;
    for (std::size_t day = 1; day <= 100; ++day) {
      const double today = at_end_of_day(replication.timeline, day, "incidents");
      EXPECT_EQ(std::isnan(today), static_cast<double>(day) > fell) << "day " << day;
      if (!std::isnan(today)) incidents += today;
    }
    EXPECT_GE(o.incidents, incidents);
    EXPECT_NEAR(o.incidents_per_day, o.incidents / fell, 1e-9);
    EXPECT_NEAR(o.troops_in_place, 520 * std::max(0.0, fell - 3.5) / fell, 1e-3);
    EXPECT_EQ(o.pledges_withdrawn, 0) << "nobody is seen to leave";
    double before = 0;
    for (const auto& incident : goes_on.incidents(169, r)) before += incident.day <= fell ? 1 : 0;
    EXPECT_EQ(o.incidents, before);
    EXPECT_EQ(goes_on.outcome(169, r).collapse_day, fell);
    EXPECT_TRUE(std::isnan(o.holds_at[0]) || o.holds_at[0] == (fell <= 91 ? 0 : 1));
    EXPECT_EQ(o.holds_at[0], goes_on.outcome(169, r).holds_at[0]);
  }
  EXPECT_GT(tested, 10);
}

// Restored after six days: teams are in for these days only, and out again afterwards.
TEST(Collapse, KeepsTeamsInDuringACollapse) {
  const Given given(in_place("spread: 1, restoration: {probability: 1, time: 6 days}"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(170, r);
    std::vector<std::pair<double, double>> spans;
    for (const double day : given.days_of<model::CeasefireIsRestored>(170, r)) {
      spans.emplace_back(day - 6, day);
    }
    if (spans.empty()) continue;
    ++tested;
    for (std::size_t day = 5; static_cast<double>(day) <= spans.back().second; ++day) {
      const auto at = static_cast<double>(day);
      const bool in = std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
        return at >= span.first && at < span.second;
      });
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"), in ? 2 : 27)
          << "replication " << r << ", day " << day;
    }
  }
  EXPECT_GT(tested, 10);
}

}  // namespace
}  // namespace truce::verification
