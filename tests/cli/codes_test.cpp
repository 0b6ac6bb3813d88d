// SPDX-License-Identifier: Apache-2.0
// Each code has a mistake that leads to it, and all that the program says of it, to the letter, in
// codes.txt. After an intended change: TRUCE_RENEW=1 cli_test --gtest_filter=Codes.*, and read what
// changed.
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/code.hpp"

#include "tests/cli/program.hpp"
#include "tests/scenario/samples.hpp"

namespace truce::test {
namespace {

/// What is done to a good scenario, x.yaml, before it is validated.
struct Mistake {
  Code code;
  std::vector<std::string> arguments{};  ///< of truce validate x.yaml
  std::string from{};                    ///< text that is replaced; all of it if empty
  std::string to{};
  std::string other{};  ///< what stands in other.yaml
  std::string study{};  ///< what stands in x.study.yaml, which is then planned instead
};

std::vector<std::string> set(std::vector<std::string> assignments) {
  std::vector<std::string> words;
  for (auto& one : assignments) words.insert(words.end(), {"--set", std::move(one)});
  return words;
}

/// A study with one factor, f.
Mistake study(Code code, const std::string& factor,
              const std::string& design = "{method: factorial}", const std::string& where = "") {
  Mistake mistake{code};
  mistake.other = "truce: 1\n";
  mistake.study =
      "study: 1\nname: A study\nscenario: x.yaml\nreplications: 2\nfactors:\n  f: " + factor +
      "\ndesign: " + design + "\n" + (where.empty() ? "" : "where: [\"" + where + "\"]\n");
  return mistake;
}

std::vector<Mistake> mistakes() {
  using enum Code;
  const std::string nul(1, '\0');
  const std::string line = "horizon: 18 months\n";
  return {
      {not_yaml, {}, line, "horizon: [18 months\n"},
      {not_utf8, {}, line, "horizon: \xff\n"},
      {not_utf8, {}, line, "horizon: " + nul + "\n"},
      {duplicate_key, {}, line, line + line},
      {merge_key, {}, line, line + "<<: {summary: x}\n"},
      {unknown_tag, {}, line, "horizon: !span 18 months\n"},
      {too_deep, {}, line, "horizon: " + std::string(70, '[') + std::string(70, ']') + "\n"},
      {too_large, {}, line, "horizon: [" + std::string(600'000, ',') + "]\n"},
      {second_document, {}, line, line + "---\ntruce: 1\n"},
      {endless_alias, {}, line, "horizon: &a [*a]\n"},
      {bad_key, {}, line, line + "[a]: 1\n"},
      {unknown_key, {}, line, line + "horizn: 3 months\n"},
      {missing_key, {}, line, ""},
      {wrong_shape, set({"places=[a]"})},
      {bad_name, set({"facts.9lives={probability: 1}"})},
      {not_a_number, set({"sectors.north.length=long"})},
      {unknown_unit, set({"sectors.north.length=40 miles"})},
      {wrong_unit, {}, "length: 40 km", "length: 40"},
      {out_of_range, set({"sectors.north.access_denied=1.2"})},
      {not_a_choice, set({"coordination.decision_rule=majorty"})},
      {not_a_date, set({"start=2026-02-30"})},
      {not_a_distribution, set({"hubs.town.opens_after={gama: {mean: 20 days, cv: 0.4}}"})},
      {bad_distribution, set({"hubs.town.opens_after={gamma: {mean: 20 days}}"})},
      {range_of_distribution, set({"facts.backstop.probability={uniform: [0.5, 1.5]}"})},
      {not_true_or_false, set({"crisis.ends_with_collapse=maybe"})},
      {not_whole, set({"cells.north-1.teams=2.5"})},
      {not_a_point, set({"places.base.at=[95, 22]"})},
      {not_an_effect, set({"layers.assistance.effects={crisis.spread: 2}"})},
      {empty_text, {}, "hubs: [town, port]", "hubs: [town, \"\"]"},
      {bad_table,
       {},
       "opens_after: {gamma: {mean: 20 days, cv: 0.4}}",
       "opens_after: {empirical: {csv: other.yaml, column: days, unit: days}}",
       "dayz\n3\n"},
      {no_such_entity, set({"cells.north-1.hub=twon"})},
      {no_such_quantity, set({"layers.assistance.effects={crisis.spred: {times: 2}}"})},
      {wrong_unit_of_effect, set({"layers.assistance.effects={crisis.patience: {plus: 3}}"})},
      {unreachable_hub, set({"routes.base-town=~"})},
      {broken_route, set({"contributors.coalition.pledges.monitors.route=[base-port]"})},
      {unusable_pledge, set({"contributors.coalition.pledges.guards.station=remote"})},
      {waits_for_itself, set({"contributors.coalition.pledges.guards.conditions={after: {x: "
                              "{pledge: coalition.monitors}}}"})},
      {explosive_branching,
       set({"sectors.north.incidents.branching=0.95", "sectors.south.spills_into={north: 0.6}"})},
      {named_twice, set({"cells.north-1.watches=[north, north]"})},
      {nothing_left, set({"cells.north-1.watches=[]"})},
      {not_counted_in_whole, set({"incident_types.fire.violations={exponential: 12}"})},
      {missing_section, set({"verification=~"})},
      {belong_together, set({"shocks.winter.by=3 days"})},
      {impossible_order, set({"ceasefire.takes_effect=2026-06-01"})},
      {extends_itself, {}, "", "extends: other.yaml\nname: A\n", "extends: x.yaml\nname: B\n"},
      {missing_file, {}, "", "extends: nowhere.yaml\nname: A\n"},
      {outside_folder, {}, "", "extends: ../secret.yaml\nname: A\n"},
      {outside_folder, {}, "", "extends: /dev/zero\nname: A\n"},
      {nothing_to_remove, set({"shocks.wintre=~"})},
      {needed_by_all, set({"start=~"})},
      {no_value, set({"start="})},
      {looks_like_a_slip, {"--with", "other.yaml"}, line, line, "hubs: {twon: {beds: 3 troops}}\n"},
      {changes_nothing, {"--with", "other.yaml"}, line, line, "hubs: {town: {}}\n"},
      {bad_path, set({"sectors.nort.length=4 km"})},
      {bad_assignment, set({"horizon"})},
      {no_such_variation, {"--variation", "closd"}},
      {no_such_parameter, set({"sectors.south.incidents.rate=$heta"})},
      {bad_expression, set({"sectors.south.incidents.rate={plus: [$heat, 3 days]}"})},
      {parameter_cycle,
       set({"parameters.beds.value={times: [2, $rooms]}", "parameters.rooms=$beds"})},
      {not_per_replication,
       set({"parameters.h={uniform: [1 days, 2 days]}", "experiment.seed=$haste"})},
      {bad_correlation, set({"correlations=[{between: [heat, heat], rank: 0.5}]"})},
      {impossible_correlations,
       set({"parameters.third={uniform: [0, 1]}",
            "correlations=[{between: [heat, haste], rank: 0.9}, {between: [haste, third], rank: "
            "0.9}, {between: [heat, third], rank: -0.9}]"})},
      {unwatched_sector, set({"cells.north-1.watches=[north]"})},
      {hub_never_opens, set({"hubs.port.opens_after=900 days"})},
      {too_few_beds, set({"hubs.town.beds=20 troops"})},
      {pledge_too_late, set({"contributors.coalition.pledges.monitors.notice_to_move=900 days"})},
      {pool_too_small, set({"contributors.coalition.pledges.monitors.dwell=30 months"})},
      {slow_reception, set({"hubs.town.reception=0.5 troops/day"})},
      {unused_parameter, set({"lint=~"})},
      {unlikely_range,
       set({"facts.backstop.probability={normal: {mean: 0.9, sd: 0.4, min: 0, max: 1}}"})},
      {blind_sensor, set({"sensors.camera.detects={fire: 0, shelling: 0}"})},
      {absent_member, set({"coordination.decision_rule=all", "shocks.recall=~",
                           "shocks.gone={at: 30 days, members_out: [chair]}"})},
      {unknown_warning, set({"lint.silence=[unused-paramter]"})},
      study(bad_factor, "{path: coordination.decision_rule, times: {uniform: [1, 2]}}"),
      study(bad_design, "{path: crisis.spread, values: [0.1, 0.2], note: x}",
            "{method: factorial, points: 3}"),
      study(bad_condition, "{path: crisis.spread, values: [0.1, 0.2], note: x}",
            "{method: factorial}", "f < 3 days"),
      study(nothing_satisfies, "{path: crisis.spread, values: [0.1, 0.2], note: x}",
            "{method: factorial}", "f > 0.3"),
      study(bad_design_table, "{path: crisis.spread, note: x}",
            "{method: table, file: other.yaml}"),
      {not_a_study, {}, {}, {}, {}, "truce: 1\n"},
      study(undocumented_factor, "{path: crisis.spread, values: [0.1, 0.2]}"),
      study(points_left_out, "{path: crisis.spread, set: {uniform: [0, 1]}, note: x}",
            "{method: latin_hypercube, points: 10}", "f < 0.7"),
      study(correlation_left_out, "{parameter: heat, note: x}"),
  };
}

std::string golden_file() {
  return std::string(TRUCE_CLI_TESTS) + "/codes.txt";
}

/// All that is said of all mistakes.
std::string all_told() {
  std::string text;
  for (const auto& mistake : mistakes()) {
    const TemporaryFolder folder;
    std::string scenario(scenario::test::full_text);
    if (!mistake.from.empty()) {
      scenario = scenario::test::replaced(scenario, mistake.from, mistake.to);
    } else if (!mistake.to.empty()) {
      scenario = mistake.to;
    }
    write_file(folder.path() / "x.yaml", scenario);
    if (!mistake.other.empty()) write_file(folder.path() / "other.yaml", mistake.other);
    std::vector<std::string> words{"validate", "x.yaml"};
    if (!mistake.study.empty()) {
      write_file(folder.path() / "x.study.yaml", mistake.study);
      words = {"sweep", "x.study.yaml", "--plan"};
    }
    words.insert(words.end(), mistake.arguments.begin(), mistake.arguments.end());
    const auto ended = truce(folder.path(), words);
    const auto& code = text_of(mistake.code);
    const bool warning = severity_of(mistake.code) == Severity::warning;
    EXPECT_EQ(ended.code, warning ? 0 : 2) << code.id << ": " << ended.err;
    EXPECT_NE(ended.err.find("[" + std::string(code.id) + "]"), std::string::npos)
        << code.id << ": " << ended.err;
    EXPECT_LT(ended.err.size(), 6000U) << code.id;
    text += "== " + std::string(code.id) + "\n" + ended.err;
  }
  return text;
}

TEST(Codes, AreToldToTheLetter) {
  const auto told = all_told();
  if (std::getenv("TRUCE_RENEW") != nullptr) {
    std::ofstream(golden_file(), std::ios::binary) << told;
    GTEST_SKIP() << "renewed";
  }
  std::ifstream file(golden_file(), std::ios::binary);
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(told, expected.str());
}

TEST(Codes, AreAllCovered) {
  std::set<std::string_view> covered;
  for (const auto& mistake : mistakes()) covered.insert(text_of(mistake.code).id);
  for (const auto& code : codes()) {
    // Seventeen files in a line, options, comparisons, and what is told in hours and bytes of the
    // machine have tests of their own.
    if (code.code == Code::long_chain || code.code == Code::bad_option ||
        code.code == Code::run_too_large || code.code == Code::not_comparable) {
      continue;
    }
    EXPECT_TRUE(covered.contains(code.id)) << code.id;
  }
}

TEST(Codes, AreExplained) {
  const TemporaryFolder folder;
  for (const auto& code : codes()) {
    const auto ended = truce(folder.path(), {"explain", std::string(code.id)});
    EXPECT_EQ(ended.code, 0);
    EXPECT_TRUE(ended.out.starts_with(std::string(code.id) + " " + std::string(code.name)));
    EXPECT_GT(ended.out.size(), 60U) << code.id;
  }
}

}  // namespace
}  // namespace truce::test
