// SPDX-License-Identifier: Apache-2.0
// Comparisons of scenarios: none is found where there is none, however many are looked at, and a
// change in one place leaves all others as they were until its effects can reach them.
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/comparison.hpp"

#include "tests/support/binomial.hpp"

namespace truce::experiment {
namespace {

constexpr std::uint64_t replications = 32;
#ifdef NDEBUG
constexpr std::uint64_t seeds = 1'000;
#else
constexpr std::uint64_t seeds = 50;
#endif

scenario::Loaded small() {
  return scenario::read(scenario::parse(R"(
truce: 1
name: Small
start: 2026-07-01
horizon: 30 days
ceasefire: {takes_effect: 2026-07-01}
places: {town: {at: [50, 30], country: UA}}
hubs: {town: {place: town}}
incident_types: {shot: {grade: grave, share: 1, violations: 1, harm: {poisson: 0.1}, crisis: 0.05}}
sectors:
  north: {from: [50.2, 37.7], to: [49.9, 37.6], length: 40 km, incidents: {rate: 1 /day, branching: 0.4}}
  south: {from: [49.9, 37.6], to: [49.6, 37.5], length: 40 km, incidents: {rate: 1 /day, branching: 0.4}}
sensors: {camera: {swath: 3 km, detects: {shot: 0.5}}}
cells:
  north: {hub: town, watches: [north], teams: 2, sensors: {camera: 8}}
  south: {hub: town, watches: [south], teams: 2, sensors: {camera: 8}}
verification: {work: 8 h, analysis: 12 h, expires_after: 14 days, attribution: {in_country: 0.6, neighbouring: 0.4, remote: 0.3}}
coordination: {desks: 1, work: 3 h, members: {a: {response: 1 day}}}
crisis: {patience: 2 days, defusal: 0.5, breakdown_lasts: 5 days, breakdown_rate: 2, spread: 0.2, collapse_rate: 3}
)",
                                        "small.yaml"));
}

/// How many of so many seeds find something between a scenario and itself, the second played with
/// the luck of `other_seed`.
template <class OtherSeed>
std::uint64_t seeds_that_find_something(OtherSeed other_seed) {
  const auto loaded = small();
  const model::Player player(loaded);
  std::vector<std::string> headlines;
  for (const auto id : headline_outcomes()) headlines.emplace_back(id);
  std::uint64_t found = 0;
  std::uint64_t compared = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Comparison comparison({{"base", player.columns()}, {"twin", player.columns()}}, headlines);
    for (std::uint64_t r = 0; r < replications; ++r) {
      const auto base = player.play({seed, r}).row;
      const auto twin = player.play({other_seed(seed), r}).row;
      const std::vector<std::span<const double>> rows{base, twin};
      comparison.add(rows);
    }
    bool any = false;
    for (const auto& one : comparison.compare()) {
      if (!one.headline) continue;
      for (const auto& contrast : one.contrasts) {
        ++compared;
        any = any || contrast.word != Word::no_clear_difference;
      }
    }
    if (any) ++found;
  }
  EXPECT_GT(compared, seeds * 8);  // there is much in which it could be wrong
  return found;
}

TEST(IdenticalScenarios, OnTheSameLuckDifferInNothing) {
  EXPECT_EQ(seeds_that_find_something([](std::uint64_t seed) { return seed; }), 0u);
}

TEST(IdenticalScenarios, OnLuckOfTheirOwnAreToldApartAsSeldomAsPromised) {
  const auto found = seeds_that_find_something([](std::uint64_t seed) { return seed + 1'000'000; });
  // At most 5 % in truth: so many or more would have a probability of less than one in a million.
  const boost::math::binomial law{static_cast<double>(seeds), 0.05};
  const auto most = boost::math::quantile(boost::math::complement(law, 1e-6));
  EXPECT_LE(static_cast<double>(found), most);
  RecordProperty("seeds_that_find_something", std::to_string(found));
  // A test that never finds anything tests nothing; of fewer seeds there may be none.
  if (seeds >= 1'000) {
    EXPECT_GT(found, 0u);
  }
}

TEST(ACamera, LeavesAllOtherSectorsAsTheyWereToTheBit) {
  // Nothing acts back on incidents here but crises; so none breaks out.
  auto text = scenario::to_yaml(scenario::write(small().scenario));
  const auto quiet = [](scenario::Node document, double cameras) {
    scenario::Document whole;
    whole.root = std::move(document);
    scenario::Recipe recipe;
    recipe.changes = {"incident_types.shot.crisis=0",
                      "cells.north.sensors.camera=" + std::to_string(cameras)};
    return scenario::read(scenario::changed(std::move(whole), recipe));
  };
  const auto before = quiet(scenario::parse(text, "small.yaml"), 8);
  const auto after = quiet(scenario::parse(text, "small.yaml"), 12);
  const model::Player one(before), other(after);
  std::uint64_t moved = 0;
  for (std::uint64_t r = 0; r < 50; ++r) {
    const auto was = one.play({9, r}).row;
    const auto is = other.play({9, r}).row;
    for (std::size_t c = 0; c < was.size(); ++c) {
      const auto& column = one.columns()[c];
      const bool elsewhere =
          column.key == "south" || column.outcome == "incidents" || column.outcome == "violations";
      const bool same = was[c] == is[c] || (std::isnan(was[c]) && std::isnan(is[c]));
      if (elsewhere && column.breakdown != "cell") {
        EXPECT_TRUE(same) << column.id << " in replication " << r;
      }
      if (column.id == "detected_share.north" && !same) ++moved;
    }
  }
  EXPECT_GT(moved, 25u);  // but it sees more where it stands
}

}  // namespace
}  // namespace truce::experiment
