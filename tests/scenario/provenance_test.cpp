// SPDX-License-Identifier: Apache-2.0
// Where each number comes from: given in place, inherited from what encloses it, or a default.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::problems_of;
using test::read_text;
using test::replaced;
using test::small_text;

const Assumption& row(const Loaded& loaded, const std::string& path) {
  const auto found = std::find_if(loaded.assumptions.begin(), loaded.assumptions.end(),
                                  [&](const auto& a) { return a.path == path; });
  if (found == loaded.assumptions.end()) throw std::logic_error("no row for " + path);
  return *found;
}

TEST(Provenance, StandsWithTheValue) {
  const Loaded loaded =
      read_text(replaced(small_text, "length: 40 km",
                         "length: {value: 40 km, source: a map, note: measured, confidence: low}"));
  const auto& length = row(loaded, "sectors.north.length");
  EXPECT_EQ(length.value, "40 km");
  EXPECT_EQ(length.source, "a map");
  EXPECT_EQ(length.note, "measured");
  EXPECT_EQ(length.confidence, "low");
  EXPECT_TRUE(length.numeric);
  EXPECT_EQ(length.meaning, "Length of the line in the sector, with its bends.");
  EXPECT_EQ(length.at.line, 35);
  EXPECT_EQ(length.at.column, 21);
  // Its neighbours have none.
  EXPECT_EQ(row(loaded, "sectors.north.access_denied").source, "");
}

// What the command line puts in place of a value is not the source's any more.
TEST(Provenance, IsNotThatOfAValueReplaced) {
  std::string text = replaced(small_text, "  north:\n", "  north:\n    source: a report\n");
  text = replaced(text, "length: 40 km", "length: {value: 40 km, source: a map}");
  Node root = parse(text, "small.yaml");
  Problems problems;
  set_value(root, "sectors.north.length.value=50 km", problems);
  set_value(root, "sectors.north.incidents={rate: 2 /day, branching: {value: 0.1, source: mine}}",
            problems);
  ASSERT_TRUE(problems.empty());
  const Loaded loaded = read(root);
  const auto& length = row(loaded, "sectors.north.length");
  EXPECT_EQ(length.value, "50 km");
  EXPECT_EQ(length.source, "");
  EXPECT_EQ(length.note, "given by --set sectors.north.length.value=50 km");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.rate").source, "");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.branching").source, "mine");
  // Its neighbours keep theirs.
  EXPECT_EQ(row(loaded, "sectors.north.from").source, "a report");
}

TEST(Provenance, IsInheritedFromWhatEncloses) {
  std::string text = replaced(small_text, "  north:\n",
                              "  north:\n    source: a report\n    confidence: medium\n");
  text = replaced(text, "incidents: {rate", "incidents: {note: a guess, rate");
  text = replaced(text, "branching: 0.4", "branching: {value: 0.4, source: a paper}");
  const Loaded loaded = read_text(text);
  EXPECT_EQ(row(loaded, "sectors.north.length").source, "a report");
  EXPECT_EQ(row(loaded, "sectors.north.length").confidence, "medium");
  // The nearest entry counts as a whole: a note without source does not keep the outer source.
  EXPECT_EQ(row(loaded, "sectors.north.incidents.rate").note, "a guess");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.rate").source, "");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.branching").source, "a paper");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.branching").note, "");
  EXPECT_EQ(row(loaded, "sectors.north.incidents.decay").note, "a guess");
  EXPECT_EQ(row(loaded, "sectors.north.access_denied").source, "a report");
  EXPECT_EQ(row(loaded, "sensors.camera.swath").source, "");
}

TEST(Provenance, OfTheNumbersByName) {
  const Loaded loaded = read_text(replaced(small_text, "{fire: 0.4, shelling: 0.5}",
                                           "{fire: {value: 0.4, source: a trial}, shelling: 0.5}"));
  EXPECT_EQ(row(loaded, "sensors.camera.detects.fire").source, "a trial");
  EXPECT_EQ(row(loaded, "sensors.camera.detects.shelling").source, "");
}

TEST(Provenance, OfDefaultsIsTheProgram) {
  const Loaded loaded =
      read_text(replaced(small_text, "  north-1:\n", "  north-1:\n    source: a plan\n"));
  const auto& size = row(loaded, "cells.north-1.team_size");
  EXPECT_EQ(size.value, "8 troops");
  EXPECT_EQ(size.note, "default of truce");
  EXPECT_EQ(size.source, "");
  EXPECT_EQ(row(loaded, "cells.north-1.teams").source, "a plan");
}

TEST(Provenance, HasARowForEachValueOnce) {
  const Loaded loaded = read_text(test::full_text);
  std::set<std::string> paths;
  std::size_t numeric = 0;
  for (const auto& assumption : loaded.assumptions) {
    EXPECT_TRUE(paths.insert(assumption.path).second) << assumption.path;
    EXPECT_FALSE(assumption.meaning.empty()) << assumption.path;
    EXPECT_FALSE(assumption.at.file.empty()) << assumption.path;
    if (assumption.numeric) ++numeric;
  }
  EXPECT_TRUE(row(loaded, "start").numeric);
  EXPECT_TRUE(row(loaded, "places.base.at").numeric);
  EXPECT_TRUE(row(loaded, "contributors.coalition.pledges.monitors.troops").numeric);
  EXPECT_FALSE(row(loaded, "name").numeric);
  EXPECT_FALSE(row(loaded, "hubs.town.place").numeric);
  EXPECT_FALSE(row(loaded, "incident_types.fire.grade").numeric);
  EXPECT_FALSE(row(loaded, "contributors.coalition.pledges.monitors.conditions.ceasefire").numeric);
  EXPECT_GT(numeric, 80U);
}

TEST(Provenance, IsRefusedIfItMakesNoSense) {
  EXPECT_EQ(
      problems_of(
          replaced(small_text, "length: 40 km", "length: {value: 40 km, confidence: sure}")),
      (std::vector<std::string>{"test.yaml:35:40: error[T0205]: sectors.north.length.confidence: "
                                "'sure' is not a confidence. "
                                "Accepted: low, medium, high."}));
  EXPECT_EQ(
      problems_of(replaced(small_text, "length: 40 km", "length: {value: 40 km, source: [a]}")),
      (std::vector<std::string>{
          "test.yaml:35:36: error[T0103]: sectors.north.length.source: a list stands here. Text is "
          "needed."}));
}

}  // namespace
}  // namespace truce::scenario
