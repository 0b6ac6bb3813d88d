// SPDX-License-Identifier: Apache-2.0
// The scenarios that come with the program: each loads, writes back, and can be played; the Paris
// case is as large as it claims, and says where each of its numbers comes from.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/lint.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/simulate.hpp"

namespace truce::scenario {
namespace {

std::vector<std::string> files() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(TRUCE_SCENARIOS_FOLDER)) {
    const auto file = entry.path().string();
    if (file.ends_with(".yaml") && !file.ends_with(".study.yaml")) found.push_back(file);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Loaded paris() {
  return read(load(TRUCE_SCENARIOS_FOLDER "/paris-2026.yaml"));
}

TEST(Scenarios, AreThere) {
  EXPECT_GE(files().size(), 2U);
}

TEST(Scenarios, LoadAndWriteBack) {
  for (const auto& file : files()) {
    const Scenario scenario = read(load(file)).scenario;
    const std::string once = to_yaml(write(scenario));
    EXPECT_EQ(to_yaml(write(read(parse(once, file)).scenario)), once) << file;
  }
}

// What is meant to be odd is silenced in the file, with a comment why.
TEST(Scenarios, HaveNoWarnings) {
  for (const auto& file : files()) {
    for (const auto& warning : lint(read(load(file)))) ADD_FAILURE() << to_string(warning);
  }
}

TEST(Scenarios, CanBePlayed) {
  for (const auto& file : files()) {
    const Scenario scenario = read(load(file)).scenario;
    const model::Theatre theatre(scenario);
    std::vector<double> events;
    for (const std::uint64_t replication : {0U, 1U}) {
      const auto played = model::simulate(
          scenario, theatre, {static_cast<std::uint64_t>(scenario.experiment.seed), replication});
      events.push_back(played.outcome.events);
      EXPECT_GT(events.back(), 10.0) << file;
      EXPECT_EQ(model::outcome_row(played.outcome, scenario).size(),
                model::outcome_columns(scenario).size())
          << file;
      EXPECT_GT(played.timeline.days, 0U) << file;
      EXPECT_EQ(played.timeline.values.size(), played.timeline.days * model::series_count) << file;
    }
    EXPECT_NE(events[0], events[1]) << file << " plays the same twice";
  }
}

TEST(Paris, IsTheWholeCoalitionCase) {
  const Scenario scenario = paris().scenario;
  EXPECT_GE(scenario.contributors.size(), 15U);
  EXPECT_GE(scenario.hubs.size(), 6U);
  EXPECT_GE(scenario.sectors.size(), 8U);
  EXPECT_GE(scenario.cells.size(), 1U);
  EXPECT_EQ(scenario.horizon.months, 25);  // two years of ceasefire and the weeks before it
  // Those who send none are there too, and every contributor has said something.
  std::size_t without_troops = 0;
  for (const auto id : scenario.contributors.ids()) {
    const auto& contributor = scenario.contributors[id];
    EXPECT_FALSE(contributor.position.empty()) << scenario.contributors.name(id);
    if (contributor.pledges.empty()) ++without_troops;
  }
  EXPECT_GE(without_troops, 1U);
  for (const auto id : scenario.sectors.ids()) {
    EXPECT_TRUE(scenario.sectors[id].measured_at.has_value()) << scenario.sectors.name(id);
  }
}

// A number has a source, or a note that says it is an assumption; defaults are the program's own,
// and `truce` is the version of the format.
TEST(Scenarios, SayWhereEveryNumberComesFrom) {
  for (const auto& file : files()) {
    const Loaded loaded = read(load(file));
    std::size_t numbers = 0;
    for (const auto& a : loaded.assumptions) {
      if (!a.numeric || a.note == "default of truce" || a.path == "truce") continue;
      ++numbers;
      EXPECT_TRUE(!a.source.empty() || a.note.find("assumption") != std::string::npos)
          << a.at.file << ":" << a.at.line << ": " << a.path << " = " << a.value;
    }
    EXPECT_GT(numbers, file.find("paris") == std::string::npos ? 20U : 500U) << file;
  }
}

// What-ifs on the Paris case extend it, ask a question, and say which outcome moves where.
TEST(Scenarios, WhatIfsAskAndClaim) {
  std::size_t what_ifs = 0;
  for (const auto& file : files()) {
    if (file.find("/paris-2026.") == std::string::npos || file.ends_with("/paris-2026.yaml")) {
      continue;
    }
    ++what_ifs;
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_NE(text.find("\n# What if "), std::string::npos) << file;
    EXPECT_NE(text.find("\n# Claim: "), std::string::npos) << file;
    EXPECT_NE(text.find("\nextends: paris-2026.yaml\n"), std::string::npos) << file;
    const auto loaded = read(load(file));
    EXPECT_NE(loaded.scenario.name, paris().scenario.name) << file;
    EXPECT_NE(to_yaml(write(loaded.scenario)), to_yaml(write(paris().scenario))) << file;
  }
  EXPECT_GE(what_ifs, 9U);
}

}  // namespace
}  // namespace truce::scenario
