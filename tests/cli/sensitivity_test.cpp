// SPDX-License-Identifier: Apache-2.0
// `truce sensitivity` of sweeps of every design and of runs with drawn parameters: known answers
// from end to end, tables without a hole, and clear words about what can't be analysed.
#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "tests/cli/sweep_fixture.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Troops pledged are the sum of both pledges, whatever the luck.
constexpr std::string_view factors_of_pledges = R"(factors:
  monitors: {path: contributors.norway.pledges.monitors.troops, set: {uniform: [0 troops, 100 troops]}}
  guards: {path: contributors.poland.pledges.guards.troops, set: {uniform: [0 troops, 200 troops]}}
  desks: {path: coordination.desks, values: [1, 2]}
)";

class SensitivityOf : public SweepFixture {
 protected:
  /// A study with these factors, three of them, and design; played into `out`.
  void play(const std::string& factors, const std::string& design, const std::string& out,
            int replications = 2) {
    study("study: 1\nname: A study\nscenario: small.yaml\nseed: 3\nnote: \"assumption: all\"\n" +
          ("replications: " + std::to_string(replications)) + "\n" + factors + "design: " + design +
          "\n");
    const auto ended = sweep({"--out", out, "--quiet"});
    ASSERT_EQ(ended.code, 0) << ended.err;
  }
  Ended analyse(Words words) {
    words.insert(words.begin(), "sensitivity");
    return truce(folder_.path(), std::move(words));
  }
  /// The cell of the only row that has these cells somewhere.
  std::string cell(const std::string& file, const Words& with, const std::string& column) {
    const auto table = rows(file);
    const auto place = std::ranges::find(table[0], column) - table[0].begin();
    for (const auto& row : table) {
      const bool found = std::ranges::all_of(
          with, [&](const std::string& one) { return std::ranges::find(row, one) != row.end(); });
      if (found) return row.at(static_cast<std::size_t>(place));
    }
    return "no such row";
  }
  double number(const std::string& file, const Words& with, const std::string& column = "value") {
    return parse_number(cell(file, with, column)).value_or(-999);
  }
  void expect_no_holes(const std::string& folder) {
    const auto dictionary = rows(folder + "/dictionary.csv");
    for (const auto* file : {"sensitivity.csv", "tornado.csv", "variance.csv", "left_out.csv"}) {
      const auto all = text(folder + "/" + file);
      EXPECT_FALSE(has(all, "nan")) << file;
      EXPECT_FALSE(has(all, "inf")) << file;
      const auto header = cells_of(all).front();
      for (const auto& column : header) {
        EXPECT_TRUE(std::ranges::any_of(
            dictionary, [&](const Words& row) { return row[0] == file && row[1] == column; }))
            << file << " " << column;
      }
    }
    const auto described = manifest(folder);
    for (const auto& file : described["files"]) {
      EXPECT_TRUE(fs::exists(folder_.path() / folder / file["file"].get<std::string>()));
    }
  }
};

TEST_F(SensitivityOf, APlaneIsKnownFromEndToEnd) {
  play(std::string(factors_of_pledges), "{method: sobol, points: 64}", "s", 3);
  const auto ended = analyse({"s", "--outcome", "troops_pledged", "--out", "a"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  expect_no_holes("a");
  const std::string file = "a/sensitivity.csv";
  EXPECT_NEAR(number(file, {"guards", "src"}), 2 / std::sqrt(5.0), 0.02);
  EXPECT_NEAR(number(file, {"monitors", "src"}), 1 / std::sqrt(5.0), 0.02);
  EXPECT_NEAR(number(file, {"r_squared"}), 1.0, 1e-4);  // troops are whole
  EXPECT_EQ(cell(file, {"guards", "src"}, "rank"), "1");
  EXPECT_EQ(cell(file, {"monitors", "src"}, "rank"), "2");
  EXPECT_EQ(cell(file, {"desks", "src"}, "rank"), "3");
  EXPECT_EQ(cell(file, {"desks", "pawn_median"}, "note"), "below the threshold of a dummy");
  EXPECT_NEAR(number("a/variance.csv", {"troops_pledged"}, "parameters"), 1.0, 1e-9);
  EXPECT_TRUE(has(ended.out, "sobol: 64 points of 3 factors, 3 replications of each on the same"));
  EXPECT_TRUE(has(ended.out, "more of it: higher"));
  EXPECT_LT(ended.out.find("guards"), ended.out.find("monitors"));
  // One alone: its coefficient is 1.
  play(
      "factors:\n  guards: {path: contributors.poland.pledges.guards.troops, set: {uniform: [0 "
      "troops, 200 troops]}}\n",
      "{method: latin_hypercube, points: 20}", "t");
  ASSERT_EQ(analyse({"t", "--outcome", "troops_pledged", "--out", "b", "--quiet"}).out, "");
  EXPECT_NEAR(number("b/sensitivity.csv", {"guards", "src"}), 1.0, 1e-4);
}

TEST_F(SensitivityOf, EveryDesignHasItsOwnAnalyses) {
  struct Case {
    std::string design;
    std::set<std::string> methods;
  };
  write_file(folder_.path() / "points.csv",
             "monitors,guards,desks\n10,50,1\n20,10,2\n35,90,1\n40,120,2\n55,20,2\n60,150,1\n"
             "70,40,2\n85,110,1\n90,70,2\n99,190,1\n5,180,2\n");
  const std::vector<Case> cases{
      {"{method: saltelli, points: 32}", {"sobol", "regression", "ranks", "pawn"}},
      {"{method: morris, trajectories: 5, levels: 4}", {"morris"}},
      {"{method: latin_hypercube, points: 64}", {"regression", "ranks", "pawn", "slices"}},
      {"{method: sobol, points: 64}", {"regression", "ranks", "pawn", "slices"}},
      {"{method: factorial, levels: 3}", {"regression", "ranks", "pawn", "levels"}},
      {"{method: one_at_a_time}", {"tornado"}},
      {"{method: table, file: points.csv}", {"regression", "ranks", "pawn"}}};
  for (std::size_t k = 0; k < cases.size(); ++k) {
    SCOPED_TRACE(cases[k].design);
    const auto from = "s" + std::to_string(k), to = "a" + std::to_string(k);
    play(std::string(factors_of_pledges), cases[k].design, from);
    const auto ended =
        analyse({from, "--outcome", "troops_pledged", "--outcome", "detected_share", "--out", to});
    ASSERT_EQ(ended.code, 0) << ended.err;
    expect_no_holes(to);
    std::set<std::string> methods;
    for (const auto& row : rows(to + "/sensitivity.csv")) {
      if (row[4] != "method") methods.insert(row[4]);
    }
    EXPECT_EQ(methods, cases[k].methods);
    EXPECT_EQ(manifest(to)["kind"], "sensitivity");
    std::istringstream lines(ended.out);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
    EXPECT_LT(ended.out.find("    guards"), ended.out.find("    monitors")) << ended.out;
  }
  EXPECT_NEAR(number("a5/tornado.csv", {"troops_pledged", "guards"}, "swing"), 180.0, 1.01);
  EXPECT_EQ(cell("a5/tornado.csv", {"troops_pledged", "guards"}, "rank"), "1");
  EXPECT_EQ(number("a5/tornado.csv", {"troops_pledged", "desks"}, "swing"), 0.0);
  EXPECT_NEAR(number("a0/sensitivity.csv", {"troops_pledged", "guards", "total"}), 0.8, 0.1);
  EXPECT_EQ(number("a0/sensitivity.csv", {"troops_pledged", "chance", "total"}), 0.0);
  EXPECT_NEAR(number("a4/sensitivity.csv", {"troops_pledged", "guards", "first_order"}), 0.8, 0.01);
  // The same again is the same to the byte, but for what the manifest says of the run.
  ASSERT_EQ(analyse({"s2", "--outcome", "troops_pledged", "--outcome", "detected_share", "--out",
                     "again"})
                .code,
            0);
  EXPECT_EQ(text("a2/sensitivity.csv"), text("again/sensitivity.csv"));
  auto one = manifest("a2"), other = manifest("again");
  one.erase("run");
  other.erase("run");
  EXPECT_EQ(one, other);
}

TEST_F(SensitivityOf, WordsHaveNoCoefficients) {
  play(
      "factors:\n  grade: {path: incident_types.shelling.grade, values: [minor, serious, grave]}\n"
      "  guards: {path: contributors.poland.pledges.guards.troops, set: {uniform: [0 troops, 200 "
      "troops]}}\n",
      "{method: latin_hypercube, points: 66}", "s");
  ASSERT_EQ(analyse({"s", "--outcome", "incidents.minor", "--out", "a"}).code, 0);
  EXPECT_EQ(cell("a/sensitivity.csv", {"grade", "src"}, "value"), "no such row");
  EXPECT_EQ(cell("a/sensitivity.csv", {"grade", "pawn_median"}, "rank"), "1");
  EXPECT_EQ(cell("a/sensitivity.csv", {"grade", "pawn_median"}, "clear"), "yes");
  EXPECT_GT(number("a/sensitivity.csv", {"grade", "first_order"}), 0.9);
  EXPECT_TRUE(has(text("a/left_out.csv"), "its values are words"));
}

/// Two parameters, one of which does nothing.
constexpr std::string_view drawn = R"(parameters:
  heat: {value: {uniform: [1 /day, 9 /day]}}
  idle: {value: {uniform: [0, 0.4]}}
)";

TEST_F(SensitivityOf, ARunRanksWhatDoesNothingLastAndSaysSo) {
  const auto scenario = with(small_scenario, "{rate: 2 /day,", "{rate: $heat,");
  write_file(folder_.path() / "drawn.yaml", scenario + std::string(drawn));
  ASSERT_EQ(
      truce(folder_.path(), {"run", "drawn.yaml", "--replications", "200", "--out", "r", "--quiet"})
          .code,
      0);
  const auto ended = analyse({"r", "--outcome", "incidents"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const std::string file = "results/r.sensitivity/sensitivity.csv";
  for (const auto* measure : {"src", "srrc", "prcc", "pawn_median", "pawn_max", "first_order"}) {
    EXPECT_EQ(cell(file, {"heat", measure}, "rank"), "1") << measure;
    EXPECT_EQ(cell(file, {"idle", measure}, "rank"), "2") << measure;
    EXPECT_EQ(cell(file, {"heat", measure}, "clear"), "yes") << measure;
    EXPECT_EQ(cell(file, {"idle", measure}, "clear"), "no") << measure;
  }
  EXPECT_EQ(cell(file, {"idle", "pawn_median"}, "note"), "below the threshold of a dummy");
  EXPECT_TRUE(has(ended.out, "200 replications, in each of which 2 parameters are drawn"));
  EXPECT_TRUE(has(ended.out, "parameters explain at least ")) << ended.out;
  EXPECT_TRUE(has(ended.out, "not clear")) << ended.out;
  // A second time it does not take the place of the first.
  ASSERT_EQ(analyse({"r", "--outcome", "incidents", "--top", "1"}).code, 0);
  EXPECT_TRUE(fs::exists(folder_.path() / "results/r.sensitivity-2/manifest.json"));
}

TEST_F(SensitivityOf, WarnsOfParametersThatGoTogether) {
  const auto scenario = with(small_scenario, "{rate: 2 /day,", "{rate: $heat,");
  write_file(
      folder_.path() / "drawn.yaml",
      scenario + std::string(drawn) + "correlations: [{between: [heat, idle], rank: 0.6}]\n");
  ASSERT_EQ(
      truce(folder_.path(), {"run", "drawn.yaml", "--replications", "100", "--out", "r", "--quiet"})
          .code,
      0);
  const auto ended = analyse({"r", "--outcome", "incidents", "--out", "a"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_TRUE(has(ended.out, "warning: heat and idle go together (rank correlation 0.6)"))
      << ended.out;
  EXPECT_EQ(cell("a/sensitivity.csv", {"heat", "first_order"}, "value"), "no such row");
  EXPECT_EQ(cell("a/sensitivity.csv", {"heat", "src"}, "note"), "goes together with idle");
  EXPECT_TRUE(has(text("a/left_out.csv"), "inputs that do not go together"));
}

TEST_F(SensitivityOf, RefusesWhatSaysNothing) {
  const auto expect_error = [&](const Ended& ended, int code, const Words& parts) {
    EXPECT_EQ(ended.code, code) << ended.err;
    EXPECT_EQ(ended.out, "");
    for (const auto& part : parts) EXPECT_TRUE(has(ended.err, part)) << part << "\n" << ended.err;
  };
  expect_error(analyse({}), 2, {"no result folder is given"});
  expect_error(analyse({"a", "b"}), 2, {"unexpected argument 'b'"});
  expect_error(analyse({"nowhere"}), 1, {"nowhere/manifest.json", "is this a result folder?"});
  expect_error(analyse({"nowhere", "--top", "0"}), 2, {"'0' is not a whole number from 1"});

  play(std::string(factors_of_pledges), "{method: latin_hypercube, points: 3}", "few");
  expect_error(analyse({"few"}), 2, {"3 points of 3 factors are too few", "latin_hypercube"});
  play(
      "factors:\n  desks: {path: coordination.desks, values: [1, 2]}\n  teams: {path: "
      "cells.near.teams, values: [2, 4]}\n",
      "{method: lockstep}", "lock");
  expect_error(analyse({"lock"}), 2, {"moves all factors at once", "use factorial"});
  play(std::string(factors_of_pledges), "{method: one_at_a_time}", "once", 1);
  expect_error(analyse({"once"}), 2, {"played once", "--replications 20 or more"});

  play(std::string(factors_of_pledges), "{method: latin_hypercube, points: 30}", "good");
  expect_error(analyse({"good", "--outcome", "detected_shar"}), 2,
               {"there is no outcome 'detected_shar'", "Did you mean 'detected_share'?"});
  expect_error(analyse({"good", "--outcome", "factors.guards"}), 2, {"there is no outcome"});
  ASSERT_EQ(analyse({"good", "--out", "a"}).code, 0);
  expect_error(analyse({"good", "--out", "a"}), 2, {"a"});
  ASSERT_EQ(analyse({"good", "--out", "a", "--force"}).code, 0);
  expect_error(analyse({"a"}), 2, {"is the result of truce sensitivity", "truce sweep"});

  ASSERT_EQ(
      truce(folder_.path(), {"run", "small.yaml", "--replications", "16", "--out", "r", "--quiet"})
          .code,
      0);
  expect_error(analyse({"r"}), 2, {"none of whose parameters is drawn", "truce sweep"});
  ASSERT_EQ(truce(folder_.path(), {"compare", "small.yaml", "--what-if", "x: coordination.desks=1",
                                   "--replications", "16", "--out", "c", "--quiet"})
                .code,
            0);
  expect_error(analyse({"c"}), 2, {"is the result of truce compare", "c/base"});

  auto changed = text("good/points.csv");
  changed[changed.size() / 2] = changed[changed.size() / 2] == '1' ? '2' : '1';
  write_file(folder_.path() / "good/points.csv", changed);
  expect_error(analyse({"good"}), 1, {"good/points.csv", "was changed since truce wrote it"});
}

}  // namespace
}  // namespace truce::test
