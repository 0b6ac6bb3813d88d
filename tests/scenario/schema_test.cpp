// SPDX-License-Identifier: Apache-2.0
// The JSON Schema against the reader: a validator that shares no code with truce accepts what the
// reader accepts, and refuses what the reader refuses, but for what no schema can know.
#include "sim/scenario/schema.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"

#include "tests/report/files.hpp"
#include "tests/scenario/mutants.hpp"
#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using truce::test::read_file;
using truce::test::TemporaryFolder;
using truce::test::write_file;

const std::filesystem::path shipped(TRUCE_SCENARIOS);

std::vector<std::filesystem::path> shipped_scenarios() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(shipped)) {
    if (entry.path().extension() != ".yaml") continue;
    if (!entry.path().string().ends_with(".study.yaml")) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What the independent validator says of each file, in their order: "valid" or "invalid ...".
std::vector<std::string> validated(const std::filesystem::path& folder,
                                   const std::vector<std::string>& names) {
  write_file(folder / "schema.json", json_schema());
  std::string command =
      "cd '" + folder.string() + "' && '" TRUCE_PYTHON "' '" TRUCE_VALIDATOR "' schema.json";
  for (const auto& name : names) command += " '" + name + "'";
  command += " >verdicts 2>&1";
  const int code = std::system(command.c_str());  // NOLINT(concurrency-mt-unsafe)
  const std::string said = read_file(folder / "verdicts");
  EXPECT_EQ(code, 0) << said << "\nscripts/setup test installs what the validator needs";
  std::vector<std::string> lines;
  std::istringstream stream(said);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  lines.resize(names.size());
  return lines;
}

/// What the reader finds wrong in a file.
std::vector<Problem> problems_in(const std::filesystem::path& file) {
  try {
    read(load(file.string()));
  } catch (const ScenarioError& error) {
    return error.problems();
  }
  return {};
}

/// Why no schema can see a problem; nothing if it should.
std::optional<std::string> beyond_schemas(const Problem& problem, bool what_if) {
  static const std::map<Code, std::string> reasons{
      {Code::no_such_entity, "names that lead nowhere"},
      {Code::no_such_quantity, "names that lead nowhere"},
      {Code::unreachable_hub, "routes"},
      {Code::broken_route, "routes"},
      {Code::unusable_pledge, "keys tied to other keys"},
      {Code::waits_for_itself, "order of waiting"},
      {Code::explosive_branching, "matrix of branching"},
      {Code::named_twice, "names listed twice, also with a source"},
      {Code::nothing_left, "sums of shares"},
      {Code::not_counted_in_whole, "values of a distribution"},
      {Code::range_of_distribution, "values of a distribution"},
      {Code::missing_section, "keys tied to other keys"},
      {Code::belong_together, "keys tied to other keys"},
      {Code::impossible_order, "sizes of two values"},
      {Code::missing_file, "files"},
      {Code::bad_table, "files"},
      {Code::no_such_parameter, "names that lead nowhere"},
      {Code::parameter_cycle, "order of waiting"},
      {Code::not_per_replication, "whether parameters are drawn"},
      {Code::bad_correlation, "whether parameters are drawn"},
      {Code::impossible_correlations, "matrix of correlations"}};
  static const std::map<Code, std::string> of_what_ifs{
      {Code::missing_key, "what the other file has"},
      {Code::nothing_to_remove, "what the other file has"},
      {Code::looks_like_a_slip, "what the other file has"},
      {Code::changes_nothing, "what the other file has"}};
  if (const auto found = reasons.find(problem.code); found != reasons.end()) return found->second;
  if (const auto found = of_what_ifs.find(problem.code); what_if && found != of_what_ifs.end()) {
    return found->second;
  }
  const std::string_view what = problem.what;
  const auto value = what.substr(std::min<std::size_t>(1, what.size()), what.find('\'', 1) - 1);
  if (problem.code == Code::out_of_range && !parse_number(value)) return "sizes with a unit";
  if (what.ends_with(", with the parameters at their medians") ||
      (problem.code == Code::not_whole && what.ends_with(" need not be a whole number"))) {
    return "values of parameters";
  }
  if (problem.code == Code::bad_expression && what.ends_with(" does not fit what it is added to")) {
    return "units of parameters";
  }
  const bool parametric = read_file(problem.at.file).find('$') != std::string::npos;
  if ((problem.code == Code::wrong_unit_of_effect && parametric) ||
      (problem.code == Code::wrong_unit && problem.path.starts_with("parameters."))) {
    return "units of parameters";
  }
  if (problem.code == Code::bad_distribution && what.find(" is no distribution: ") != what.npos) {
    return "parameters tied to each other";
  }
  return std::nullopt;
}

TEST(Schema, OfTheRepositoryIsThatOfTheProgram) {
  EXPECT_TRUE(read_file(shipped / "truce.schema.json") == json_schema())
      << "renew it: truce schema > scenarios/truce.schema.json";
  EXPECT_TRUE(read_file(shipped / "REFERENCE.md") == reference_page())
      << "renew it: truce schema --markdown > scenarios/REFERENCE.md";
  for (const auto& file : shipped_scenarios()) {
    EXPECT_TRUE(read_file(file).starts_with("# yaml-language-server: $schema=truce.schema.json\n"))
        << file;
  }
}

constexpr std::string_view hours = "hours,seen\n6,2\n12.5,1\n30,1\n";

/// The sample with every key, with all kinds of distributions and parameters in all kinds of
/// values; it reads the table `hours.csv` beside it.
std::string parametric_text() {
  std::string text(test::full_text);
  const std::pair<std::string_view, std::string_view> edits[] = {
      {"horizon: 18 months", "horizon: {value: {plus: [$span, 30 days]}, source: a plan}"},
      {"  beds: {value: 80,", R"(  span: {value: 540 days, kind: fixed}
  runs: {value: 200}
  latitude: 50.04
  calm: {times: [$heat, {plus: [$haste, 1]}, 50 %]}
  same: $calm
  elicited: {value: {quantiles: {p5: 10, p50: 20, p95: 60}}, unit: days}
  observed: {empirical: {csv: hours.csv, column: hours, unit: h, weights: seen}}
  mixed: {mixture: [{weight: 3, of: 1 km}, {weight: 1, of: {truncated: {of: {gamma: {mean: 2 km,
          cv: 0.5}}, max: 9 km}}}]}
  counted: {poisson: {mean: 12, min: 1, max: 99}}
  beds: {value: 80,)"},
      {"at: [50.04, 22.00]", "at: [$latitude, {times: [11, 2]}]"},
      {"takes_effect: {uniform: [5 days, 20 days]}", "takes_effect: $elicited"},
      {"beds: 80 troops", "beds: $beds"},
      {"opens_after: {gamma: {mean: 20 days, cv: 0.4}}",
       "opens_after: {gamma: {mean: {times: [$haste, 20 days]}, cv: 0.4, max: 90 days}}"},
      {"repair: {gamma: {mean: 10 days, cv: 0.7}}",
       "repair: {quantiles: {p0: 1 day, p10: 3 days, p50: $elicited, p99.5: 90 days}}"},
      {"{normal: {mean: 10 days, sd: 5 days, min: 0 days}}",
       "{truncated: {of: {normal: {mean: 10 days, cv: 0.5}}, min: 0 days, max: 20 days}}"},
      {"troops: {discrete: {values: [40 troops, 60 troops], weights: [1, 3]}}",
       "troops: {empirical: {values: [60 troops, 40 troops, $beds], weights: [1, 3, 1]}}"},
      {"contingents: 2", "contingents: {times: [2, 1]}"},
      {"violations: {poisson: 20}",
       "violations: {mixture: [{weight: 0.7, of: {poisson: 20}}, {weight: 30 %, of: $counted}]}"},
      {"rate: {lognormal: {median: 1 /day, p95: 2.5 /day}}", "rate: {times: [$calm, 0.5]}"},
      {"daily_sd: 0.6", "daily_sd: {times: [0.3, $haste]}"},
      {"analysis: {erlang: {stages: 2, mean: 12 h}}",
       "analysis: {empirical: {csv: hours.csv, column: hours, unit: h}}"},
      {"work: {lognormal: {median: 8 h, p95: 30 h}}",
       "work: {lognormal: {median: 8 h, p95: 30 h, min: 1 h, max: 60 h}}"},
      {"crisis.defusal: {plus: 0.02}", "crisis.defusal: {plus: {times: [$haste, 0.02]}}"},
      {"sectors.*.access_denied: 0.5}",
       "sectors.*.access_denied: $haste, layers.assistance: ~, costs: {hub_building: 1 EUR}}"},
      {"replications: 200", "replications: $runs"}};
  for (const auto& [from, to] : edits) text = test::replaced(text, from, to);
  return text;
}

TEST(Schema, AcceptsAllThatIsShippedAndEveryKey) {
  const TemporaryFolder folder;
  std::vector<std::string> names{"full.yaml"};
  write_file(folder.path() / "full.yaml", test::full_text);
  names.emplace_back("parametric.yaml");
  write_file(folder.path() / "parametric.yaml", parametric_text());
  write_file(folder.path() / "hours.csv", hours);
  std::string problems;
  for (const auto& problem : problems_in(folder.path() / "parametric.yaml")) {
    problems += to_string(problem) + "\n";
  }
  EXPECT_EQ(problems, "");
  for (const auto& file : shipped_scenarios()) names.push_back(file.string());
  ASSERT_GE(names.size(), 10U);
  const auto verdicts = validated(folder.path(), names);
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(verdicts[i], "valid") << names[i];
}

/// Mutants of all shipped scenarios, and of the sample with every key.
struct Trial {
  std::string file;
  std::string how;
  bool what_if = false;
};

std::vector<Trial> write_mutants(const std::filesystem::path& folder, std::size_t count) {
  auto files = shipped_scenarios();
  for (const auto& file : files) {
    std::filesystem::copy_file(file, folder / file.filename());
  }
  write_file(folder / "full.yaml", test::full_text);
  files.emplace_back(folder / "full.yaml");
  write_file(folder / "parametric.yaml", parametric_text());
  write_file(folder / "hours.csv", hours);
  files.emplace_back(folder / "parametric.yaml");
  std::vector<Trial> trials;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::size_t share = (count - trials.size()) / (files.size() - i);
    const Node original = load_alone(files[i].string());
    for (const auto& mutant : test::mutants_of(original, share, i)) {
      const std::string name = "mutant-" + std::to_string(trials.size()) + ".yaml";
      write_file(folder / name, mutant.text);
      trials.push_back({name, files[i].filename().string() + ": " + mutant.how,
                        original.find("extends") != nullptr});
    }
  }
  return trials;
}

TEST(Schema, AgreesWithTheReaderOn500Mutants) {
  constexpr std::size_t count = 500;
  const TemporaryFolder folder;
  const auto trials = write_mutants(folder.path(), count);
  ASSERT_EQ(trials.size(), count);
  std::vector<std::string> names;
  for (const auto& trial : trials) names.push_back(trial.file);
  const auto verdicts = validated(folder.path(), names);
  std::map<std::string, std::size_t> counts;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const auto problems = problems_in(folder.path() / trials[i].file);
    const bool valid = verdicts[i] == "valid";
    if (problems.empty()) {
      ++counts["accepted by both"];
      EXPECT_TRUE(valid) << trials[i].how
                         << "\n  the reader accepts it, the schema: " << verdicts[i];
      continue;
    }
    if (!valid) {
      ++counts["refused by both"];
      continue;
    }
    for (const auto& problem : problems) {
      EXPECT_TRUE(beyond_schemas(problem, trials[i].what_if))
          << trials[i].how << "\n  the schema accepts it, the reader: " << to_string(problem);
    }
    const auto reason = beyond_schemas(problems.front(), trials[i].what_if);
    ++counts["refused by the reader alone: " + reason.value_or("?")];
  }
  for (const auto& [name, n] : counts) std::cout << "  " << n << " " << name << "\n";
  EXPECT_GE(counts["refused by both"], 300U);
  EXPECT_GE(counts["accepted by both"], 60U);
}

}  // namespace
}  // namespace truce::scenario
