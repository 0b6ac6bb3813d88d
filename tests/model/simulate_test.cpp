// SPDX-License-Identifier: Apache-2.0
// One replication as a whole: a pure function of scenario and key, and what must add up in every
// single one.
#include "sim/model/simulate.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/model/deployment.hpp"
#include "tests/verification/given.hpp"

namespace truce::model {
namespace {

using verification::at_end_of_day;
using verification::Given;

/// All values of a replication, bit by bit: absent values equal each other.
std::vector<std::uint64_t> bits_of(const Replication& replication, const Given& given) {
  std::vector<std::uint64_t> bits;
  for (const double value : outcome_row(replication.outcome, given.scenario())) {
    bits.push_back(std::bit_cast<std::uint64_t>(value));
  }
  for (const double value : replication.timeline.values) {
    bits.push_back(std::bit_cast<std::uint64_t>(value));
  }
  return bits;
}

template <class Values>
double sum(const Values& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

TEST(Simulate, IsAPureFunctionOfScenarioAndKey) {
  const Given given(deployment("120 days"));
  const Given again(deployment("120 days"));
  const auto first = bits_of(given.play(5, 3), given);
  given.play(5, 4);  // leaves no trace
  EXPECT_EQ(first, bits_of(given.play(5, 3), given));
  EXPECT_EQ(first, bits_of(again.play(5, 3), again));
  EXPECT_NE(first, bits_of(given.play(5, 4), given));
  EXPECT_NE(first, bits_of(given.play(6, 3), given));
}

TEST(Simulate, FillsADayOfTheTimelineForEachDayOfTheHorizon) {
  for (const auto& [horizon, days] :
       {std::pair{"40 days", 40U}, {"40.25 days", 41U}, {"6 h", 1U}}) {
    const Given given(deployment(horizon, "2026-07-01"));
    const auto timeline = given.play(1).timeline;
    EXPECT_EQ(timeline.days, days) << horizon;
    EXPECT_EQ(timeline.days, given.theatre().days) << horizon;
    EXPECT_EQ(timeline.values.size(), days * series_count) << horizon;
  }
}

void expect_share(double value, const char* what) {
  if (std::isnan(value)) return;
  EXPECT_GE(value, 0.0) << what;
  EXPECT_LE(value, 1.0 + 1e-12) << what;
}

void expect_to_add_up(const Outcome& o) {
  EXPECT_EQ(sum(o.incidents_by_sector), o.incidents);
  EXPECT_EQ(sum(o.incidents_by_type), o.incidents);
  EXPECT_EQ(sum(o.incidents_by_grade), o.incidents);
  EXPECT_EQ(sum(o.recorded_violations_by_sector), o.recorded_violations);
  // Every case that was opened is somewhere.
  EXPECT_EQ(o.cases_opened,
            o.cases_handled + o.cases_expired + o.cases_denied + o.cases_open_at_end);
  EXPECT_LE(o.cases_opened, o.incidents);
  EXPECT_LE(o.cases_verified, o.cases_opened);
  EXPECT_LE(o.cases_attributed, o.cases_verified);
  EXPECT_LE(o.cases_handled, o.cases_verified);
  EXPECT_LE(o.recorded_violations, o.violations);
  EXPECT_NEAR(sum(o.troops_in_place_by_function), o.troops_in_place, 1e-6);
  EXPECT_NEAR(sum(o.troops_in_place_by_contributor), o.troops_in_place, 1e-6);
  EXPECT_NEAR(sum(o.troops_in_place_by_hub), o.troops_in_place, 1e-6);
  EXPECT_EQ(sum(o.troops_pledged_by_contributor), o.troops_pledged);
  EXPECT_LE(o.troops_peak, o.troops_pledged);
  EXPECT_NEAR(sum(o.sustainment_gap_by_contributor), o.sustainment_gap, 1e-6);
  EXPECT_LE(o.full_capability, o.initial_capability);
  for (const auto& [value, what] : {std::pair{o.delivered_share, "delivered_share"},
                                    {o.detected_share, "detected_share"},
                                    {o.verified_share, "verified_share"},
                                    {o.attributed_share, "attributed_share"},
                                    {o.follow_up_share, "follow_up_share"},
                                    {o.coverage, "coverage"},
                                    {o.teams_at_work, "teams_at_work"},
                                    {o.desk_utilisation, "desk_utilisation"}}) {
    expect_share(value, what);
  }
  for (const double share : o.hub_occupancy) expect_share(share, "hub_occupancy");
  for (const double share : o.sensor_availability) expect_share(share, "sensor_availability");
}

void expect_to_match(const Timeline& timeline, const Outcome& o) {
  double incidents = 0.0, recorded = 0.0, verified = 0.0;
  for (std::size_t day = 1; day <= timeline.days; ++day) {
    incidents += at_end_of_day(timeline, day, "incidents");
    recorded += at_end_of_day(timeline, day, "recorded_violations");
    verified += at_end_of_day(timeline, day, "cases_verified");
    EXPECT_LE(at_end_of_day(timeline, day, "coverage"), 1.0 + 1e-12);
    EXPECT_LE(at_end_of_day(timeline, day, "team_queue"),
              at_end_of_day(timeline, day, "open_cases"));
  }
  for (const double value : timeline.values) ASSERT_GE(value, -1e-9) << "nothing is negative";
  EXPECT_EQ(incidents, o.incidents);
  EXPECT_EQ(recorded, o.recorded_violations);
  EXPECT_EQ(verified, o.cases_verified);
  EXPECT_EQ(at_end_of_day(timeline, timeline.days, "open_cases"), o.cases_open_at_end);
}

TEST(Simulate, AddsUpInEveryReplication) {
  for (const char* horizon : {"200 days", "77.7 days", "11 days"}) {
    const Given given(deployment(horizon));
    for (std::uint64_t r = 0; r < 100; ++r) {
      SCOPED_TRACE("horizon " + std::string(horizon) + ", replication " + std::to_string(r));
      const auto replication = given.play(2, r);
      expect_to_add_up(replication.outcome);
      expect_to_match(replication.timeline, replication.outcome);
      if (HasFailure()) return;
    }
  }
}

// Everything that the identities above speak of does happen.
TEST(Simulate, ABitOfEverythingHappens) {
  const Given given(deployment("200 days"));
  double refused = 0, gap = 0, extended = 0, expired = 0, denied = 0, handled = 0, follow_ups = 0;
  for (std::uint64_t r = 0; r < 100; ++r) {
    const auto o = given.outcome(2, r);
    refused += o.pledges_refused;
    gap += o.sustainment_gap;
    extended += o.tours_extended;
    expired += o.cases_expired;
    denied += o.cases_denied;
    handled += o.cases_handled;
    follow_ups += o.follow_up_share;
  }
  for (const double value : {refused, gap, extended, expired, denied, handled, follow_ups}) {
    EXPECT_GT(value, 0.0);
  }
}

// Without a coordination cell, a verified case is closed.
TEST(Simulate, WithoutDesksVerifiedCasesAreClosed) {
  std::string text = deployment("100 days");
  const auto at = text.find("coordination:");
  text.erase(at, text.find("capability:") - at);
  const Given given(text);
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto o = given.outcome(3, r);
    EXPECT_EQ(o.cases_opened,
              o.cases_verified + o.cases_expired + o.cases_denied + o.cases_open_at_end);
    EXPECT_EQ(o.cases_handled, 0);
    EXPECT_TRUE(std::isnan(o.desk_wait));
  }
}

TEST(Simulate, WithoutACeasefireNothingThatWaitsForItHappens) {
  for (const char* moment : {"never", "2026-12-24"}) {
    const Given given(deployment("100 days", moment));
    const auto o = given.outcome(4);
    EXPECT_TRUE(std::isnan(o.ceasefire_day)) << moment;
    EXPECT_EQ(o.incidents, 0);
    EXPECT_TRUE(std::isnan(o.incidents_per_day));
    EXPECT_EQ(o.initial_capability, 0);
    EXPECT_TRUE(std::isnan(o.initial_capability_day));
    // The pledge that does not wait is there from day 2 on; means run from the start.
    EXPECT_EQ(o.troops_peak, 20);
    EXPECT_NEAR(o.troops_in_place, 20 * 98 / 100.0, 1e-9);
  }
}

TEST(Simulate, WithoutTroopsThereIsNoDayOfTheirPeak) {
  const Given given(verification::from_the_start("50 days") +
                    std::string(verification::quiet_line));
  const auto o = given.outcome(1);
  EXPECT_TRUE(std::isnan(o.days_to_peak_90));
  EXPECT_EQ(o.troops_peak, 0);
  EXPECT_TRUE(std::isnan(o.delivered_share));
  EXPECT_TRUE(std::isnan(o.detected_share)) << "there was no incident";
}

TEST(Simulate, StopsWhenThereAreTooManyEvents) {
  const Given given(deployment("200 days"));
  EXPECT_THROW(simulate(given.scenario(), given.theatre(), {1, 1}, {.in_total = 100}),
               engine::RunAway);
  const auto replication = simulate(given.scenario(), given.theatre(), {1, 1});
  const auto events = static_cast<std::uint64_t>(replication.outcome.events);
  EXPECT_NO_THROW(simulate(given.scenario(), given.theatre(), {1, 1}, {.in_total = events}));
}

}  // namespace
}  // namespace truce::model
