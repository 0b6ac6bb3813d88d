// SPDX-License-Identifier: Apache-2.0
// Variations of a scenario meet the same luck: what a variation does not touch stays exactly as it
// was, so that differences between variations are precise.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

constexpr std::string_view base = R"(
places:
  town: {at: [50.2, 36.5], country: UA}
hubs:
  town: {place: town, built_from: start}
contributors:
  coalition:
    pledges:
      monitors:
        {function: monitoring, troops: 24 troops, from: town, hubs: [town], notice_to_move: 5 days}
incident_types:
  shot: {share: 0.8, weight: 1, grade: minor, violations: {poisson: 5}, evidence_half_life: 2 days}
  shelling: {share: 0.2, weight: 3, grade: grave}
deterrence:
  monitoring: {effect: 0.2, half_effect_at: 1 troops/km, reach: 90 km}
sectors:
  north:
    {from: [50, 36], to: [50, 37], length: 100 km, spills_into: {centre: 0.2},
     incidents: {rate: 0.8 /day, branching: 0.3, decay: 0.5 /day}}
  centre:
    {from: [48, 36], to: [48, 37], length: 100 km,
     incidents: {rate: 0.5 /day, branching: 0.4, decay: 0.3 /day}}
  south:
    {from: [46, 36], to: [46, 37], length: 100 km,
     incidents: {rate: 0.6 /day, branching: 0.2, decay: 0.5 /day}}
sensors:
  camera: {swath: 5 km, detects: {shot: 0.5, shelling: 0.9}, time_to_failure: {exponential: 50 days},
           time_to_repair: 4 days}
cells:
  first: {hub: town, watches: [north, centre, south], teams: 2, sensors: {camera: 40}}
verification:
  work: {exponential: 1 day}
  analysis: 1 day
  expires_after: 15 days
  attribution: {in_country: 0.7, neighbouring: 0.5, remote: 0.3}
)";

/// The base with some of its text replaced.
std::string varied(std::string_view from = "", std::string_view to = "") {
  std::string text = from_the_start("300 days") + std::string(base);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}
std::string with_added(std::string_view section, std::string_view entry) {
  return varied(section, std::string(section) + std::string(entry));
}

std::vector<Occurrence> in(std::vector<Occurrence> all, model::SectorId sector) {
  std::erase_if(all, [&](const Occurrence& incident) { return incident.sector != sector; });
  return all;
}

/// Days of the baseline incidents of a sector, in order of their number.
std::vector<double> baseline_days(const std::vector<Occurrence>& all, model::SectorId sector) {
  std::vector<double> days;
  for (const auto& incident : in(all, sector)) {
    if (!incident.follow_up) days.push_back(incident.day);
  }
  return days;
}

TEST(CommonRandomNumbers, WhatIsAddedMovesNoIncident) {
  // What is added stands first, so that every id moves.
  const std::string sector = with_added("sectors:\n", R"(  rear:
    {from: [52, 30], to: [52, 31], length: 50 km, incidents: {rate: 2 /day, branching: 0.5}}
)");
  const std::string cell = with_added(
      "cells:\n", "  zero: {watches: [south, centre], teams: 3, sensors: {camera: 2}}\n");
  const std::string sensor =
      with_added("sensors:\n", "  radar: {swath: 1 km, detects: {shot: 0.1}}\n");
  const std::string pledge = with_added("contributors:\n", R"(  ally:
    pledges:
      force: {function: reassurance, troops: 500 troops, from: town, hubs: [town], tour: 90 days}
)");
  const Given before(varied());
  for (const std::string& text : {sector, cell, sensor, pledge}) {
    const Given after(text);
    for (std::uint64_t r = 0; r < 5; ++r) {
      const auto was = before.incidents(81, r);
      const auto is = after.incidents(81, r);
      for (const std::string_view name : {"north", "centre", "south"}) {
        auto old_ones = in(was, before.sector(name));
        for (auto& incident : old_ones) incident.sector = after.sector(name);
        ASSERT_GT(old_ones.size(), 100U);
        EXPECT_EQ(old_ones, in(is, after.sector(name))) << name;
      }
    }
  }
}

TEST(CommonRandomNumbers, WhatIsAddedChangesNoDetectionByOthers) {
  const Given before(varied());
  const Given after(varied("sensors: {camera: 40}}\n",
                           "sensors: {camera: 40}}\n"
                           "  far: {watches: [south], sensors: {camera: 3}}\n"));
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto was = before.outcome(82, r);
    const auto is = after.outcome(82, r);
    EXPECT_EQ(was.incidents, is.incidents);
    EXPECT_EQ(was.violations, is.violations);
    const auto north = before.sector("north"), south = before.sector("south");
    EXPECT_EQ(was.detected_share_by_sector[north], is.detected_share_by_sector[north]);
    EXPECT_GE(is.detected_share_by_sector[south], was.detected_share_by_sector[south]);
  }
}

TEST(CommonRandomNumbers, ARateMovesItsSectorAndThoseItSpillsInto) {
  const Given before(varied());
  const Given after(varied("rate: 0.8 /day", "rate: 1.2 /day"));
  const auto north = before.sector("north"), centre = before.sector("centre"),
             south = before.sector("south");
  int compared = 0;
  for (std::uint64_t r = 0; r < 10; ++r) {
    const auto was = before.incidents(83, r);
    const auto is = after.incidents(83, r);
    EXPECT_EQ(in(was, south), in(is, south));
    EXPECT_NE(in(was, centre), in(is, centre));
    EXPECT_EQ(baseline_days(was, centre), baseline_days(is, centre));
    // The k-th baseline incident of the sector itself comes at 0.8/1.2 of its time.
    const auto slow = baseline_days(was, north), fast = baseline_days(is, north);
    ASSERT_GT(fast.size(), slow.size());
    // Troops come on day 5 and slow both; until then the k-th one comes at 0.8/1.2 of its time.
    for (std::size_t k = 0; k < slow.size() && slow[k] < 5; ++k) {
      EXPECT_NEAR(fast[k], slow[k] * 0.8 / 1.2, 1e-6);
      ++compared;
    }
  }
  EXPECT_GT(compared, 10);
}

TEST(CommonRandomNumbers, MoreDeterrenceOnlyDelaysOrRemoves) {
  const Given before(varied());
  const Given after(varied("effect: 0.2", "effect: 0.7"));
  const auto north = before.sector("north"), centre = before.sector("centre");
  std::size_t removed = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto was = before.incidents(84, r);
    const auto is = after.incidents(84, r);
    const auto more = baseline_days(was, north), fewer = baseline_days(is, north);
    ASSERT_LE(fewer.size(), more.size());
    removed += more.size() - fewer.size();
    for (std::size_t k = 0; k < fewer.size(); ++k) EXPECT_GE(fewer[k], more[k]);
    EXPECT_EQ(baseline_days(was, centre), baseline_days(is, centre)) << "out of reach";
    EXPECT_LE(in(is, north).size(), in(was, north).size());
  }
  EXPECT_GT(removed, 100U);
}

// Incidents keep their type and violations when others come between them: with everything detected
// at once, every day has at least the violations that it had without the spill-over.
TEST(CommonRandomNumbers, IncidentsKeepTheirViolations) {
  const auto text = [](std::string_view spill) {
    return from_the_start("300 days") + R"(
incident_types:
  shot: {share: 0.5, grade: minor, violations: {negative_binomial: {mean: 12, dispersion: 0.4}}}
  shelling: {share: 0.5, grade: grave, violations: {poisson: 40}}
sensors:
  eye: {swath: 200 km, detects: {shot: 1, shelling: 1}}
cells:
  orbit: {watches: [north, centre], sensors: {eye: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
sectors:
  centre: {from: [48, 36], to: [48, 37], length: 100 km, incidents: {rate: 1 /day, branching: 0.3}}
  north: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 1 /day})" +
           std::string(spill) + "}\n";
  };
  const Given before(text("")), after(text(", spills_into: {centre: 0.4}"));
  for (std::uint64_t r = 0; r < 5; ++r) {
    const auto was = before.play(87, r), is = after.play(87, r);
    EXPECT_GT(is.outcome.incidents, was.outcome.incidents + 50);
    for (std::size_t day = 1; day <= 300; ++day) {
      ASSERT_GE(at_end_of_day(is.timeline, day, "recorded_violations"),
                at_end_of_day(was.timeline, day, "recorded_violations"))
          << "day " << day;
    }
  }
}

// Of two variations the difference has a variance far below that between independent replications.
TEST(CommonRandomNumbers, MakeDifferencesPrecise) {
  struct Question {
    std::string_view what;
    std::string text;
    double (*value)(const model::Outcome&);
    double least;
  };
  const Question questions[] = {
      {"a third team: cases verified", varied("teams: 2", "teams: 3"),
       [](const model::Outcome& o) { return o.cases_verified; }, 2},
      {"half as many cameras again: cases opened", varied("camera: 40", "camera: 60"),
       [](const model::Outcome& o) { return o.cases_opened; }, 4},
      {"a fifth more in the north: incidents", varied("rate: 0.8 /day", "rate: 0.96 /day"),
       [](const model::Outcome& o) { return o.incidents; }, 4},
      {"more deterrence: incidents", varied("effect: 0.2", "effect: 0.3"),
       [](const model::Outcome& o) { return o.incidents; }, 4},
  };
  const Given before(varied());
  std::vector<model::Outcome> same_luck, other_luck;
  for (std::uint64_t r = 0; r < 400; ++r) {
    same_luck.push_back(before.outcome(85, r));
    other_luck.push_back(before.outcome(86, r));
  }
  for (const Question& question : questions) {
    const Given after(question.text);
    stats::Moments paired, independent;
    for (std::uint64_t r = 0; r < 400; ++r) {
      const double is = question.value(after.outcome(85, r));
      paired.add(is - question.value(same_luck[r]));
      independent.add(is - question.value(other_luck[r]));
    }
    const double factor = independent.variance().value() / paired.variance().value();
    std::printf("%s: variance of the difference %.1f times smaller\n", question.what.data(),
                factor);
    EXPECT_GT(factor, question.least) << question.what;
  }
}

}  // namespace
}  // namespace truce::verification
