// SPDX-License-Identifier: Apache-2.0
// truce validate: what is wrong with a scenario, or what it holds.
#include <algorithm>
#include <optional>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"
#include "sim/core/time.hpp"

#include "sim/report/narrative.hpp"
#include "sim/report/problem_text.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace {

/// What several variations share is told once.
void add_new(std::vector<Problem>& problems, const Problem& problem) {
  const auto text = to_string(problem);
  if (std::ranges::none_of(problems, [&](const auto& one) { return to_string(one) == text; })) {
    problems.push_back(problem);
  }
}

}  // namespace

ExitCode validate(const Arguments& arguments) {
  const auto options = read_validate_options(arguments);
  if (!options) {
    say(validate_help());
    return ExitCode::done;
  }
  std::vector<Problem> problems;
  std::vector<Problem> warnings;
  std::optional<scenario::Loaded> read;
  const auto attempt = [&](const ScenarioOptions& one) {
    try {
      auto checked = check_scenario(one);
      for (const auto& warning : checked.warnings) add_new(warnings, warning);
      return std::optional(std::move(checked.loaded));
    } catch (const ScenarioError& error) {
      for (const auto& problem : error.problems()) add_new(problems, problem);
      return std::optional<scenario::Loaded>();
    }
  };
  read = attempt(options->scenario);
  if (read) {
    for (const auto& name : read->scenario.variations.names()) {
      auto varied = options->scenario;
      varied.recipe.variations.push_back(name);
      attempt(varied);
    }
  }
  if (options->format == OutputFormat::json) {
    auto all = warnings;
    all.insert(all.end(), problems.begin(), problems.end());
    say(report::problems_json(all));
    return problems.empty() ? ExitCode::done : ExitCode::usage;
  }
  tell_warnings(warnings);
  if (!problems.empty()) throw ScenarioError(problems);
  const auto& loaded = *read;
  const auto& scenario = loaded.scenario;
  std::size_t pledges = 0;
  for (const auto id : scenario.contributors.ids()) {
    pledges += scenario.contributors[id].pledges.size();
  }
  double line = 0.0;
  for (const auto id : scenario.sectors.ids()) line += scenario.sectors[id].length.value;
  const auto numbers = std::ranges::count_if(loaded.assumptions, &scenario::Assumption::numeric);
  const auto documented = std::ranges::count_if(loaded.assumptions, [](const auto& assumption) {
    return assumption.numeric && !(assumption.source.empty() && assumption.note.empty());
  });
  const auto end = scenario.start +
                   std::chrono::floor<std::chrono::days>(resolve(scenario.horizon, scenario.start));
  const auto count = [](auto n, const std::string& what) {
    return report::grouped(static_cast<double>(n), 0) + " " + what + (n == 1 ? "" : "s");
  };
  say(printable(options->scenario.recipe.file, 400) + ": ok\n  " + printable(scenario.name, 90) +
      "\n  " + to_string(scenario.start) + " to " + to_string(end) + "\n  " +
      count(scenario.contributors.size(), "contributor") + " with " + count(pledges, "pledge") +
      ", " + count(scenario.places.size(), "place") + ", " + count(scenario.routes.size(), "leg") +
      ", " + count(scenario.hubs.size(), "hub") + "\n  " +
      count(scenario.sectors.size(), "sector") + " with " + report::grouped(line, 0) +
      " km of line, " + count(scenario.cells.size(), "cell") + ", " +
      count(scenario.sensors.size(), "sensor kind") + "\n  " + count(numbers, "number") + ", " +
      report::grouped(static_cast<double>(documented), 0) + " with a source or a note\n  " +
      count(scenario.parameters.size(), "parameter") + ", " +
      count(scenario.variations.size(), "variation") + "\n");
  return ExitCode::done;
}

}  // namespace truce::cli
