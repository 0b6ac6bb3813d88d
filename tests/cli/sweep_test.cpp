// SPDX-License-Identifier: Apache-2.0
// `truce sweep` from study to folder: the rows of `truce run` with the same values, the same bytes
// on any number of threads, plans that write nothing, and what is kept when it ends early.
#include <algorithm>
#include <cmath>
#include <csignal>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "tests/cli/sweep_fixture.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;
using Sweep = SweepFixture;

TEST_F(Sweep, WritesTheSameBytesOnAnyNumberOfThreads) {
  ASSERT_EQ(sweep({"--out", "a", "--threads", "1"}).code, 0);
  const auto ended = sweep({"--out", "b", "--threads", "2"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  Words files;
  for (const auto& entry : fs::directory_iterator(folder_.path() / "a")) {
    files.push_back(entry.path().filename().string());
  }
  std::ranges::sort(files);
  EXPECT_EQ(files, (Words{"assumptions.csv", "datapackage.json", "dictionary.csv", "factors.csv",
                          "manifest.json", "points.csv", "replications.csv", "results.xlsx"}));
  for (const auto& file : files) {
    if (file == "manifest.json") continue;
    EXPECT_EQ(text("a/" + file), text("b/" + file)) << file;
  }
  auto a = manifest("a");
  auto b = manifest("b");
  a.erase("run");
  b.erase("run");
  EXPECT_EQ(a, b);
  EXPECT_EQ(a["kind"], "sweep");
  EXPECT_EQ(a["points"], 8);
  EXPECT_EQ(a["seed"], 11);
  EXPECT_EQ(a["study"]["scenario"], "small.yaml");
  EXPECT_EQ(a["study"]["design"]["replicates"], 1);
  EXPECT_EQ(a["scenario"]["sectors"]["east"]["incidents"]["rate"], "2 /day");
  EXPECT_NE(ended.out.find("8 points of 4 factors, 5 replications each: 40 in all"),
            std::string::npos)
      << ended.out;
}

TEST_F(Sweep, HasTheRowsOfARunWithTheSameValues) {
  ASSERT_EQ(sweep({"--out", "a", "--first", "30"}).code, 0);
  const auto points = rows("a/points.csv");
  const auto replications = rows("a/replications.csv");
  ASSERT_EQ(points.size(), 9U);
  ASSERT_EQ(replications.size(), 1U + 8 * 5);
  const auto& names = points[0];
  EXPECT_EQ((Words(names.begin(), names.begin() + 8)),
            (Words{"point", "replicate", "factors.incidents", "factors.denied", "factors.teams",
                   "factors.supply", "replications", "first"}));
  const auto& point = points[4];
  const double incidents = *parse_number(point[2]);
  const auto ended =
      truce(folder_.path(), {"run",
                             "small.yaml",
                             "--seed",
                             "11",
                             "--first",
                             "30",
                             "--replications",
                             "5",
                             "--out",
                             "b",
                             "--set",
                             "sectors.east.incidents.rate=" + shortest(2 * incidents) + " /day",
                             "--set",
                             "sectors.south.incidents.rate=" + shortest(incidents) + " /day",
                             "--set",
                             "sectors.east.access_denied=" + point[3],
                             "--set",
                             "cells.near.teams=" + point[4],
                             "--set",
                             "cells.far.teams=" + point[4],
                             "--set",
                             "hubs.camp.beds=" + point[5] + " troops"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto run = rows("b/replications.csv");
  ASSERT_EQ(run.size(), 6U);
  for (std::size_t k = 1; k < run.size(); ++k) {
    const auto& row = replications[5 * 3 + k];
    EXPECT_EQ(row[0], point[0]);
    EXPECT_EQ((Words(row.begin() + 1, row.begin() + 4)),
              (Words(run[k].begin(), run[k].begin() + 3)));
    EXPECT_EQ((Words(row.begin() + 8, row.end())), (Words(run[k].begin() + 3, run[k].end())));
  }
  // Mean, standard error and standard deviation are those of the run.
  const auto summary = rows("b/summary.csv");
  const auto found = std::ranges::find(names, "mean.detected_share");
  ASSERT_NE(found, names.end());
  const auto place = static_cast<std::size_t>(found - names.begin());
  EXPECT_EQ(names[place + 2], "sd.detected_share");
  bool seen = false;
  for (const auto& row : summary) {
    if (row[0] != "detected_share") continue;
    seen = true;
    EXPECT_EQ(point[place - 1], row[8]);   // n
    EXPECT_EQ(point[place], row[10]);      // mean
    EXPECT_EQ(point[place + 2], row[11]);  // sd
    EXPECT_NEAR(*parse_number(point[place + 1]), *parse_number(row[11]) / std::sqrt(5), 1e-12);
  }
  EXPECT_TRUE(seen);
}

TEST_F(Sweep, ReplaysAPointByTheCommandThatItTells) {
  study(replace(text("x.study.yaml"), "design: {method: sobol, points: 8}",
                "design: {method: factorial}"));
  write_file(folder_.path() / "small.yaml",
             with(with(small_scenario, "ceasefire: {takes_effect: 2026-07-11}",
                       "parameters: {late: {uniform: [0 days, 10 days]}}\n"
                       "ceasefire: {takes_effect: 2026-07-11}"),
                  "town: {place: town}",
                  "town: {place: town, opens_after: {uniform: [$late, 9.9 days]}}"));
  const auto ended = sweep({"--replications", "300", "--out", "a"});
  EXPECT_EQ(ended.code, 4) << ended.err;
  EXPECT_NE(ended.err.find("a replication failed"), std::string::npos) << ended.err;
  EXPECT_NE(ended.err.find("point 0: incidents = 0.75"), std::string::npos) << ended.err;
  const auto place = ended.err.find("replay: ");
  ASSERT_NE(place, std::string::npos);
  auto command = ended.err.substr(place + 8, ended.err.find('\n', place) - place - 8);
  EXPECT_TRUE(command.starts_with("truce run small.yaml --set ")) << command;
  command = std::string(TRUCE_PROGRAM) + command.substr(5) + " --out b";
  const auto again = Program(folder_.path(), {"/bin/sh", "-c", command}).wait();
  EXPECT_EQ(again.code, 4) << again.err;
  EXPECT_NE(again.err.find("a replication failed"), std::string::npos) << again.err;
}

TEST_F(Sweep, PlansAndWritesNothing) {
  const auto ended = sweep({"--plan", "--replications", "7"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  for (const auto* part :
       {"A study", "What matters?", "sobol, 8 points of 4 factors, 7 replications each: 56 in all",
        "takes about ", " of disk and up to ", "incidents: times {uniform: [0.5, 2]}",
        "sectors.east.incidents.rate: 2 /day; sectors.south.incidents.rate: 1 /day",
        "\n  7: ", "replications 0 to 6"}) {
    EXPECT_NE(ended.out.find(part), std::string::npos) << part << "\n" << ended.out;
  }
  EXPECT_FALSE(fs::exists(folder_.path() / "results"));
}

TEST_F(Sweep, PlansEveryStudyOfTheProject) {
  std::size_t studies = 0;
  for (const auto& entry : fs::directory_iterator(TRUCE_SCENARIOS)) {
    if (!entry.path().string().ends_with(".study.yaml")) continue;
    ++studies;
    const auto ended = truce(folder_.path(), {"sweep", entry.path().string(), "--plan"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_EQ(ended.err, "") << entry.path();
  }
  EXPECT_GE(studies, 1U);
}

TEST_F(Sweep, PlansTheStudyThatTheGuideShows) {
  const auto guide = read_file(std::string(TRUCE_SCENARIOS) + "/README.md");
  const auto begin = guide.find("\nstudy: 1\n");
  ASSERT_NE(begin, std::string::npos);
  study(guide.substr(begin + 1, guide.find("```", begin) - begin - 1));
  fs::copy_file(std::string(TRUCE_SCENARIOS) + "/paris-2026.yaml",
                folder_.path() / "paris-2026.yaml");
  const auto ended = sweep({"--plan"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.err.find("error"), std::string::npos) << ended.err;
}

TEST_F(Sweep, EachMethodPlays) {
  struct Case {
    std::string design;
    std::size_t points;
    std::string columns;
  };
  write_file(folder_.path() / "table.csv",
             "supply,teams,denied,incidents\r\n400,3,0.1,1\r\n300 "
             "troops,3,0.2,1.5\r\n");
  for (const auto& [design, points, columns] : std::vector<Case>{
           {"{method: factorial}", 36, "point,factors.incidents"},
           {"{method: factorial, levels: 2}", 16, "point,factors.incidents"},
           {"{method: one_at_a_time}", 7, "point,factor,factors.incidents"},
           {"{method: latin_hypercube, points: 5}", 5, "point,factors.incidents"},
           {"{method: sobol, points: 4, replicates: 2}", 8, "point,replicate,factors.incidents"},
           {"{method: morris, trajectories: 2}", 10,
            "point,trajectory,step,factor,by,factors.incidents"},
           {"{method: saltelli, points: 2}", 14, "point,row,block,factor,factors.incidents"},
           {"{method: table, file: table.csv}", 2, "point,factors.incidents"}}) {
    study(replace(std::string(study_text), "{method: sobol, points: 8}", design));
    const auto ended = sweep({"--replications", "1", "--out", "a", "--force"});
    ASSERT_EQ(ended.code, 0) << design << ended.err;
    EXPECT_EQ(rows("a/points.csv").size(), points + 1) << design;
    EXPECT_TRUE(text("a/points.csv").starts_with(columns)) << design;
    EXPECT_EQ(rows("a/replications.csv").size(), points + 1) << design;
  }
  // Distributions can't stand side by side; lists can.
  study(replace(std::string(study_text), "{method: sobol, points: 8}", "{method: lockstep}"));
  expect_refused(sweep(), {"error[T0702]: design: the factor incidents has a distribution"});
}

TEST_F(Sweep, TellsMoreOfOutcomesThatAreAskedFor) {
  ASSERT_EQ(sweep({"--out", "a", "--outcome", "incidents", "--outcome", "troops_at.30"}).code, 0)
      << sweep({"--out", "a", "--outcome", "incidents"}).err;
  const auto names = rows("a/points.csv")[0];
  for (const auto* name :
       {"se.incidents", "sd.incidents.east", "n.coverage", "sd.coverage", "se.troops_at.30"}) {
    EXPECT_NE(std::ranges::find(names, name), names.end()) << name;
  }
  EXPECT_EQ(std::ranges::find(names, "se.detected"), names.end());
  const std::set<std::string> unique(names.begin(), names.end());
  EXPECT_EQ(unique.size(), names.size());
  const auto dictionary = text("a/dictionary.csv");
  for (const auto& name : names) {
    EXPECT_NE(dictionary.find("points.csv," + name + ","), std::string::npos) << name;
  }
  const auto ended = sweep({"--out", "b", "--outcome", "coverge"});
  expect_refused(ended, {"error[T0601]: --outcome: there is no outcome 'coverge'.",
                         "Did you mean 'coverage'?"});
}

TEST_F(Sweep, VariesAScenarioWithoutAStudy) {
  const Words words{"sweep",          "small.yaml",
                    "--factor",       "sectors.east.access_denied=0.1,0.3",
                    "--factor",       "coordination.decision_rule=lead,any",
                    "--set",          "cells.near.teams=5",
                    "--replications", "3",
                    "--out",          "a"};
  const auto ended = truce(folder_.path(), words);
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto points = rows("a/points.csv");
  ASSERT_EQ(points.size(), 5U);
  EXPECT_EQ(points[0][1], "factors.sectors.east.access_denied");
  EXPECT_EQ(points[2][2], "any");
  EXPECT_EQ(manifest("a")["overrides"][0], "cells.near.teams=5");
  EXPECT_EQ(manifest("a")["name"], "Small");
  auto lockstep = words;
  lockstep.back() = "b";
  lockstep.insert(lockstep.end(), {"--design", "lockstep"});
  ASSERT_EQ(truce(folder_.path(), lockstep).code, 0);
  EXPECT_EQ(rows("b/points.csv").size(), 3U);
  const auto law =
      truce(folder_.path(),
            {"sweep", "small.yaml", "--factor", "sectors.east.access_denied={uniform: [0, 0.4]}",
             "--design", "one_at_a_time", "--replications", "2", "--out", "c"});
  ASSERT_EQ(law.code, 0) << law.err;
  EXPECT_EQ(rows("c/points.csv").size(), 4U);
  expect_refused(sweep({"--factor", "cells.near.teams=1,2"}), {"has factors of its own"});
  expect_refused(sweep({"--design", "lockstep"}), {"--design combines --factor"});
  expect_refused(truce(folder_.path(), {"sweep", "small.yaml"}),
                 {"small.yaml:1:1: error[T0706]", "add --factor PATH=VALUE,VALUE"});
  expect_refused(truce(folder_.path(), {"sweep"}), {"no study is given"});
}

TEST_F(Sweep, TakesTheOptionsOfScenarios) {
  write_file(folder_.path() / "small.yaml",
             std::string(small_scenario) +
                 "variations: {open: {set: {sectors.south.access_denied: 0}}}\n");
  write_file(folder_.path() / "over.yaml", "coordination: {desks: 3}\n");
  study(replace(text("x.study.yaml"), "replications: 5",
                "replications: 5\nvariation: open\nset: {horizon: 30 days}"));
  const auto ended =
      sweep({"--with", "over.yaml", "--set", "cells.near.team_size=7 troops", "--out", "a"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto json = manifest("a");
  EXPECT_EQ(json["scenario"]["coordination"]["desks"], 3);
  EXPECT_EQ(json["scenario"]["horizon"], "30 days");
  EXPECT_EQ(json["scenario"]["cells"]["near"]["team_size"], "7 troops");
  EXPECT_EQ(json["variations"], Json({"open"}));
  EXPECT_EQ(json["overrides"], Json({"horizon=30 days", "cells.near.team_size=7 troops"}));
}

TEST_F(Sweep, KeepsWholePointsWhenInterrupted) {
  study(replace(text("x.study.yaml"), "points: 8", "points: 2000"));
  Program program(folder_.path(),
                  truce_words({"sweep", "x.study.yaml", "--replications", "64", "--out", "a"}));
  ASSERT_TRUE(program.wait_for([&] {
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      const auto file = entry.path() / "replications.csv";
      std::error_code error;
      if (fs::exists(file, error) && fs::file_size(file, error) > 0 && !error) return true;
    }
    return false;
  }));
  program.send(SIGINT);
  const auto ended = program.wait();
  EXPECT_EQ(ended.code, 3) << ended.err;
  const auto points = rows("a/points.csv").size() - 1;
  EXPECT_GT(points, 0U);
  EXPECT_LT(points, 2000U);
  EXPECT_EQ(rows("a/replications.csv").size(), 1 + 64 * points);
  EXPECT_EQ(manifest("a")["status"], "interrupted");
  EXPECT_EQ(manifest("a")["points"], points);
  EXPECT_EQ(manifest("a")["points_planned"], 2000);
}

TEST_F(Sweep, LeavesOtherResultsAlone) {
  ASSERT_EQ(sweep({"--out", "a"}).code, 0);
  EXPECT_EQ(sweep({"--out", "a"}).code, 2);
  EXPECT_EQ(sweep({"--out", "a", "--force"}).code, 0);
  EXPECT_EQ(truce(folder_.path(), {"extend", "a", "--replications", "9"}).code, 1);
  const auto trace = truce(folder_.path(), {"trace", "--from", "a"});
  EXPECT_EQ(trace.code, 2);
  EXPECT_NE(trace.err.find("a scenario for each point"), std::string::npos) << trace.err;
}

TEST_F(Sweep, HelpShowsExamples) {
  const auto ended = sweep({"--help"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_NE(ended.out.find("truce sweep scenarios/minimal.study.yaml --plan"), std::string::npos);
}

}  // namespace
}  // namespace truce::test
