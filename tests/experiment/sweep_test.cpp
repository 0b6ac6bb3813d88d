// SPDX-License-Identifier: Apache-2.0
// Points played on threads: the same whatever their number, whole points whatever ends it, and what
// is wrong with a point told before anything is played.
#include "sim/experiment/sweep.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/model/player.hpp"

#include "sim/experiment/run.hpp"

#include "tests/report/files.hpp"
#include "tests/scenario/samples.hpp"

namespace truce::experiment {
namespace {

using test::TemporaryFolder;
using test::write_file;

/// All that a sweep gave, as text that shows every bit.
struct Heard {
  std::vector<std::string> rows;
  std::vector<std::string> points;
};

class Sweeps : public ::testing::Test {
 protected:
  void SetUp() override { write_file(folder_.path() / "x.yaml", scenario::test::small_text); }

  scenario::Study study(const std::string& factors, const std::string& design) const {
    return scenario::read_study(
        scenario::parse("study: 1\nname: A\nscenario: x.yaml\nreplications: 1\nfactors:\n" +
                            factors + "design: " + design + "\n",
                        (folder_.path() / "x.study.yaml").string()),
        scenario::Reach::own_folder);
  }

  SweepPlan plan_of(std::uint64_t replications, unsigned threads) const {
    SweepPlan plan;
    plan.seed = 5;
    plan.first = 100;
    plan.replications = replications;
    plan.threads = threads;
    plan.command = [](const Point& point) { return "replay " + std::to_string(point.number); };
    return plan;
  }

  TemporaryFolder folder_;
  Heard heard_;

  SweepAudience listener() {
    heard_ = {};
    SweepAudience audience;
    audience.row = [this](const Point& point, std::uint64_t replication,
                          std::span<const double> row) {
      std::string text = std::to_string(point.number) + " " + std::to_string(replication);
      for (const double value : row) text += " " + std::to_string(value);
      heard_.rows.push_back(text);
    };
    audience.point = [this](const Point& point, std::span<const stats::Moments> moments) {
      std::string text = std::to_string(point.number);
      for (const auto& one : moments) {
        text += " " + std::to_string(one.count()) + " " + shortest(one.mean().value_or(-1)) + " " +
                shortest(one.sd().value_or(-1));
      }
      heard_.points.push_back(text);
    };
    return audience;
  }
};

constexpr const char* two_factors =
    "  rate: {path: sectors.north.incidents.rate, times: {uniform: [0.5, 2]}}\n"
    "  teams: {path: cells.north-1.teams, values: [3, 6]}\n";

TEST_F(Sweeps, AreTheSameOnAnyNumberOfThreads) {
  auto one = study(two_factors, "{method: saltelli, points: 3}");
  const scenario::StudyScenario scenario(one);
  const std::uint64_t replications = piece_size + 7;  // two pieces a point, the last one short
  const auto design = design_of(one, 5, replications);
  auto plan = plan_of(replications, 1);
  plan.columns = check_points(design, one.factors, scenario, 2);
  const auto alone = sweep(plan, design, one.factors, scenario, listener());
  EXPECT_EQ(alone.points, design.points.size());
  EXPECT_EQ(alone.ending, Ending::complete);
  const auto first = heard_;
  EXPECT_EQ(first.rows.size(), design.points.size() * replications);
  EXPECT_TRUE(first.rows.front().starts_with("0 100 "));
  EXPECT_TRUE(first.rows[replications].starts_with("1 " + std::to_string(100 + replications)));
  plan.threads = 4;
  sweep(plan, design, one.factors, scenario, listener());
  EXPECT_EQ(heard_.rows, first.rows);
  EXPECT_EQ(heard_.points, first.points);
}

TEST_F(Sweeps, HaveTheMomentsOfARunToTheLastBit) {
  auto one = study(two_factors, "{method: one_at_a_time}");
  const scenario::StudyScenario scenario(one);
  const std::uint64_t replications = piece_size + 7;
  const auto design = design_of(one, 5, replications);
  auto plan = plan_of(replications, 2);
  plan.columns = check_points(design, one.factors, scenario, 1);
  auto audience = listener();
  std::vector<std::vector<stats::Moments>> found;
  audience.point = [&](const Point&, std::span<const stats::Moments> moments) {
    found.emplace_back(moments.begin(), moments.end());
  };
  sweep(plan, design, one.factors, scenario, audience);
  ASSERT_EQ(found.size(), design.points.size());
  for (std::size_t p = 0; p < found.size(); ++p) {
    const auto loaded = scenario.at(design.points[p].values);
    const model::Player player(loaded);
    Plan same;
    same.seed = 5;
    same.first = 100;
    same.replications = replications;
    same.columns = player.columns();
    const auto& series = model::timeline_series();
    same.series.assign(series.begin(), series.end());
    const auto results = run(same, [&](random::ReplicationKey key) {
      auto played = player.play(key);
      return Played{std::move(played.row), std::move(played.replication.timeline), {}};
    });
    for (std::size_t c = 0; c < plan.columns.size(); ++c) {
      EXPECT_EQ(found[p][c], results.samples[c].moments) << plan.columns[c].id;
    }
  }
}

TEST_F(Sweeps, TellWhatIsWrongWithAPointOnce) {
  auto one = study(
      "  denied: {path: sectors.north.access_denied, values: [0.5, 1.5, 2]}\n"
      "  teams: {path: cells.north-1.teams, values: [3, 3.5]}\n",
      "{method: factorial}");
  const scenario::StudyScenario scenario(one);
  const auto design = design_of(one, 5, 1);
  try {
    check_points(design, one.factors, scenario, 2);
    FAIL();
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.problems().size(), 2U);
    const auto& teams = error.problems()[0];
    EXPECT_EQ(teams.path, "cells.north-1.teams");
    EXPECT_EQ(teams.trail, (std::vector<std::string>{"at point 1: denied = 0.5, teams = 3.5",
                                                     "and in 2 more points"}));
    EXPECT_EQ(teams.at.line, 7);
    const auto& denied = error.problems()[1];
    EXPECT_EQ(denied.code, Code::out_of_range);
    EXPECT_EQ(denied.trail.front(), "at point 2: denied = 1.5, teams = 3");
  }
}

TEST_F(Sweeps, HaveTheColumnsOfAllPoints) {
  auto one =
      study("  more: {path: hubs.port, values: [~, {place: town}]}\n", "{method: factorial}");
  write_file(folder_.path() / "x.yaml",
             scenario::test::replaced(scenario::test::small_text, "hubs:\n",
                                      "hubs:\n  port: {place: town}\n"));
  const scenario::StudyScenario scenario(one);
  const auto design = design_of(one, 5, 2);
  auto plan = plan_of(2, 1);
  plan.columns = check_points(design, one.factors, scenario, 1);
  const auto place = static_cast<std::size_t>(
      std::ranges::find(plan.columns, "troops_in_place.port", &model::Column::id) -
      plan.columns.begin());
  ASSERT_LT(place, plan.columns.size());
  auto audience = listener();
  std::vector<std::uint64_t> counts;
  audience.point = [&](const Point&, std::span<const stats::Moments> moments) {
    counts.push_back(moments[place].count());
  };
  sweep(plan, design, one.factors, scenario, audience);
  EXPECT_EQ(counts, (std::vector<std::uint64_t>{0, 2}));
  // Each value stands in the column of its name.
  audience.point = nullptr;
  std::vector<double> last;
  audience.row = [&](const Point&, std::uint64_t, std::span<const double> row) {
    last.assign(row.begin(), row.end());
  };
  for (auto& point : design.points) {
    const Design alone{{point}, 0, {}, {}};
    sweep(plan, alone, one.factors, scenario, audience);
    const auto loaded = scenario.at(point.values);
    const model::Player player(loaded);
    const auto played = player.play({5, 101});
    for (std::size_t c = 0; c < played.row.size(); ++c) {
      const auto& id = player.columns()[c].id;
      const auto found = std::ranges::find(plan.columns, id, &model::Column::id);
      const double value = last[static_cast<std::size_t>(found - plan.columns.begin())];
      EXPECT_TRUE(value == played.row[c] || (std::isnan(value) && std::isnan(played.row[c]))) << id;
    }
  }
}

TEST_F(Sweeps, KeepWholePointsWhenStopped) {
  auto one = study(two_factors, "{method: latin_hypercube, points: 40}");
  const scenario::StudyScenario scenario(one);
  const auto design = design_of(one, 5, 2);
  auto plan = plan_of(2, 1);
  plan.columns = check_points(design, one.factors, scenario, 1);
  std::atomic<bool> stop{false};
  auto audience = listener();
  audience.stop = &stop;
  const auto row = audience.row;
  audience.row = [&](const Point& point, std::uint64_t replication,
                     std::span<const double> values) {
    row(point, replication, values);
    if (point.number == 3) stop = true;
  };
  const auto results = sweep(plan, design, one.factors, scenario, audience);
  EXPECT_EQ(results.ending, Ending::interrupted);
  EXPECT_EQ(results.points, 4U);
  EXPECT_EQ(heard_.points.size(), 4U);
  EXPECT_EQ(heard_.rows.size(), 8U);
}

TEST_F(Sweeps, TellAReplicationThatFailsWithItsPoint) {
  auto text = scenario::test::replaced(scenario::test::small_text, "ceasefire:\n",
                                       "parameters: {late: {uniform: [0 days, 10 days]}}\n"
                                       "ceasefire:\n");
  text = scenario::test::replaced(text, "opens_after: 20 days",
                                  "opens_after: {uniform: [$late, 9.5 days]}");
  write_file(folder_.path() / "x.yaml", text);
  // With late above 9.5 days there is no such distribution.
  auto one = study(
      "  late: {parameter: late, values: [3 days, 9 days, 9.6 days]}\n"
      "  teams: {path: cells.north-1.teams, values: [3, 4]}\n",
      "{method: factorial}");
  const scenario::StudyScenario scenario(one);
  auto design = design_of(one, 5, 3);
  EXPECT_THROW(check_points(design, one.factors, scenario, 1), ScenarioError);
  auto drawn = study(two_factors, "{method: factorial}");
  const scenario::StudyScenario drawn_scenario(drawn);
  design = design_of(drawn, 5, 200);
  auto plan = plan_of(200, 2);
  plan.columns = check_points(design, drawn.factors, drawn_scenario, 1);
  const auto results = sweep(plan, design, drawn.factors, drawn_scenario, listener());
  EXPECT_EQ(results.ending, Ending::failed);
  EXPECT_EQ(results.points, 0U);
  ASSERT_TRUE(results.failure);
  const auto& failure = *results.failure;
  EXPECT_NE(failure.what.find("\n  point 0: rate = 0.75, teams = 3"), std::string::npos)
      << failure.what;
  EXPECT_NE(failure.what.find("\n  replay: replay 0 --seed 5 --first " +
                              std::to_string(failure.replication) + " --replications 1"),
            std::string::npos)
      << failure.what;
}

TEST_F(Sweeps, AreJudgedByTheirPoints) {
  auto one = study(two_factors, "{method: latin_hypercube, points: 50}");
  const scenario::StudyScenario scenario(one);
  const auto design = design_of(one, 5, 20);
  auto plan = plan_of(20, 4);
  plan.columns.resize(10);
  Pilot pilot;
  pilot.seconds = 3;
  pilot.row_bytes = 200;
  pilot.resident_bytes = 1e6;
  const auto effort = effort_of(plan, design, pilot, 300, {2, 1e12});
  EXPECT_DOUBLE_EQ(effort.seconds, 50 * 20 * 3 / 2.0);
  EXPECT_DOUBLE_EQ(effort.disk_bytes, 50 * 20 * 200 + 50 * 300.0);
  EXPECT_GT(effort.memory_bytes, 1e6 + 20 * 10 * 8);
  EXPECT_LT(effort.memory_bytes, 1e6 + 1e5);
}

}  // namespace
}  // namespace truce::experiment
