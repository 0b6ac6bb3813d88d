// SPDX-License-Identifier: Apache-2.0
// What a user gets to read when a scenario can't be used: place, path, what was found, what would
// be accepted; all mistakes at once; and nothing is begun.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

/// "x.yaml:LINE:COLUMN: error[" of the first `part` of a text.
std::string place_of(std::string_view text, std::string_view part) {
  const auto place = text.find(part);
  const auto before = text.substr(0, place);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto column = place - (before.rfind('\n') + 1) + 1;
  return "x.yaml:" + std::to_string(line) + ":" + std::to_string(column) + ": error[";
}

class BadInput : public ::testing::Test {
 protected:
  Ended run(std::string_view text, std::vector<std::string> more = {}) {
    write_file(folder_.path() / "x.yaml", text);
    more.insert(more.begin(), {"run", "x.yaml", "--out", "out/results"});
    return truce(folder_.path(), std::move(more));
  }

  /// The program ends with `code`, says each of `parts` in one line, and has made nothing.
  void expect_refused(const Ended& ended, const std::vector<std::string>& parts, int code = 2) {
    EXPECT_EQ(ended.code, code) << ended.err;
    EXPECT_EQ(ended.out, "");
    bool found = false;
    std::size_t start = 0;
    while (start < ended.err.size()) {
      const auto end = ended.err.find('\n', start);
      const auto line = ended.err.substr(start, end - start);
      found = found || std::ranges::all_of(parts, [&](const auto& part) {
                return line.find(part) != std::string::npos;
              });
      start = end + 1;
    }
    EXPECT_TRUE(found) << ended.err;
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "out/results"));
  }

  TemporaryFolder folder_;
};

TEST_F(BadInput, TheGoodOneIsGood) {
  const auto ended = run(small_scenario, {"--replications", "1"});
  EXPECT_EQ(ended.code, 0) << ended.err;
}

TEST_F(BadInput, UnknownKey) {
  const auto text = with(small_scenario, "access_denied: 0.1", "acces_denied: 0.1");
  expect_refused(run(text), {place_of(text, "acces_denied"), "sectors.east.acces_denied",
                             "unknown key", "Did you mean 'access_denied'?"});
}

TEST_F(BadInput, WrongUnit) {
  const auto text = with(small_scenario, "length: 150 km", "length: 150 days");
  expect_refused(run(text), {place_of(text, "150 days"), "sectors.east.length", "150 days", "km"});
}

TEST_F(BadInput, MissingUnit) {
  const auto text = with(small_scenario, "length: 150 km", "length: 150");
  expect_refused(run(text), {place_of(text, "150\n"), "sectors.east.length", "'150'", "km"});
}

TEST_F(BadInput, NameThatASpreadsheetTurnsIntoADate) {
  const auto text = with(small_scenario, "  norway:\n", "  SEPT1:\n");
  expect_refused(run(text), {place_of(text, "SEPT1:"), "'SEPT1' can't be a name", "a date"});
}

TEST_F(BadInput, NameThatBeginsLikeAFormula) {
  const auto text = with(small_scenario, "  norway:\n", "  \"=norway\":\n");
  expect_refused(run(text), {place_of(text, "\"=norway\":"), "'=norway' can't be a name"});
}

TEST_F(BadInput, DuplicateKey) {
  const auto text = with(small_scenario, "  south:\n", "  east:\n");
  const auto second = text.rfind("  east:\n") + 2;
  expect_refused(run(text),
                 {place_of(text, text.substr(second)), "duplicate key 'east'", "first on line"});
}

TEST_F(BadInput, ReferenceToNothing) {
  const auto text = with(small_scenario, "hubs: [camp]", "hubs: [champ]");
  expect_refused(run(text), {place_of(text, "champ"), "contributors.poland.pledges.guards.hubs.0",
                             "no 'champ'", "Did you mean 'camp'?"});
}

TEST_F(BadInput, NegativeCount) {
  const auto text = with(small_scenario, "teams: 4", "teams: -4");
  expect_refused(run(text), {place_of(text, "-4"), "cells.near.teams", "-4", "0"});
}

TEST_F(BadInput, ProbabilityAboveOne) {
  const auto text = with(small_scenario, "access_denied: 0.1", "access_denied: 1.2");
  expect_refused(run(text), {place_of(text, "1.2"), "sectors.east.access_denied", "1.2", "1"});
}

TEST_F(BadInput, ExplosiveBranching) {
  auto text = with(small_scenario, "branching: 0.4", "branching: 0.9");
  text =
      with(text, "{rate: 1 /day}", "{rate: 1 /day, branching: 0.9}\n    spills_into: {east: 1.3}");
  // 0.9 + sqrt(0.1 * 1.3) = 1.26
  expect_refused(run(text), {"x.yaml:", "sectors", "spectral radius 1.26", "below 1"});
}

TEST_F(BadInput, UnreachableHub) {
  const auto text = with(small_scenario, "  track: {from: town, to: camp, time: 1 day}\n", "");
  expect_refused(run(text), {place_of(text, "camp]"), "contributors.poland.pledges.guards.hubs.0",
                             "can't be reached", "depot"});
}

TEST_F(BadInput, MissingFile) {
  const auto ended = truce(folder_.path(), {"run", "nowhere.yaml", "--out", "out/results"});
  expect_refused(ended, {"nowhere.yaml", "no such file"}, 1);
}

TEST_F(BadInput, UnwritableFolder) {
  write_file(folder_.path() / "file", "mine");
  for (const auto* out : {"file/results", "/proc/results"}) {
    write_file(folder_.path() / "x.yaml", small_scenario);
    const auto ended = truce(folder_.path(), {"run", "x.yaml", "--out", out});
    expect_refused(ended, {"error: ", out == std::string("file/results") ? "file" : out}, 1);
    EXPECT_EQ(ended.err.find("replications"), std::string::npos) << ended.err;  // none was played
  }
  EXPECT_EQ(read_file(folder_.path() / "file"), "mine");
}

TEST_F(BadInput, AllMistakesAtOnce) {
  auto text = with(small_scenario, "length: 150 km", "length: 150 days");
  text = with(text, "access_denied: 0.1", "access_denied: 1.2");
  text = with(text, "teams: 4", "teams: -4");
  text = with(text, "desks: 2", "desk: 2");
  const auto ended = run(text, {"--set", "sectors.eats.length=1 km"});
  for (const auto& path : {"sectors.east.length", "sectors.east.access_denied", "cells.near.teams",
                           "coordination.desk", "coordination.desks", "sectors.eats.length"}) {
    expect_refused(ended, {std::string("]: ") + path + ": "});
  }
}

TEST_F(BadInput, WrongOverrides) {
  expect_refused(run(small_scenario, {"--set", "sectors.eats.length=1 km"}),
                 {"--set sectors.eats.length=1 km", "no 'eats'", "Did you mean 'east'?"});
  expect_refused(run(small_scenario, {"--set", "sectors.east.length"}), {"path=value"});
  expect_refused(run(small_scenario, {"--set", "sectors.east.length=1 hour"}),
                 {"sectors.east.length", "1 hour", "km"});
  expect_refused(run(small_scenario, {"--horizon", "12 troops"}),
                 {"error[T0206]: horizon: ", "12 troops", "months"});
}

TEST_F(BadInput, ValidateSaysTheSame) {
  const auto text = with(small_scenario, "teams: 4", "teams: -4");
  const auto by_run = run(text);
  const auto by_validate = truce(folder_.path(), {"validate", "x.yaml"});
  EXPECT_EQ(by_validate.code, 2);
  EXPECT_EQ(by_validate.err, by_run.err);
}

TEST_F(BadInput, ExistingResultsAreLeftAlone) {
  ASSERT_EQ(run(small_scenario, {"--replications", "1"}).code, 0);
  const auto results = folder_.path() / "out/results";
  const auto before = read_file(results / "manifest.json");
  const auto again = run(small_scenario, {"--replications", "2"});
  EXPECT_EQ(again.code, 2);
  EXPECT_NE(again.err.find("out/results exists already"), std::string::npos) << again.err;
  const auto bad = with(small_scenario, "teams: 4", "teams: -4");
  EXPECT_EQ(run(bad, {"--force"}).code, 2);
  EXPECT_EQ(read_file(results / "manifest.json"), before);
  EXPECT_EQ(run(small_scenario, {"--replications", "2", "--force"}).code, 0);
  EXPECT_NE(read_file(results / "manifest.json"), before);
}

}  // namespace
}  // namespace truce::test
