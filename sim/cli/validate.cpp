// SPDX-License-Identifier: Apache-2.0
// truce validate: what is wrong with a scenario, or what it holds.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
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
class Found {
 public:
  void add(Problem problem, const std::string& variation) {
    if (!told_.insert(to_string(problem)).second) return;
    const std::string how = "in variation " + variation;
    if (!variation.empty() && std::ranges::find(problem.trail, how) == problem.trail.end()) {
      problem.trail.push_back(how);
    }
    all_.push_back(std::move(problem));
  }
  const std::vector<Problem>& all() const { return all_; }

 private:
  std::vector<Problem> all_;
  std::set<std::string> told_;
};

}  // namespace

ExitCode validate(const Arguments& arguments) {
  const auto options = read_validate_options(arguments);
  if (!options) {
    say(validate_help());
    return ExitCode::done;
  }
  Found problems;
  Found warnings;
  const auto attempt = [&](const ScenarioOptions& one, const std::string& variation) {
    try {
      auto checked = check_scenario(one);
      for (const auto& warning : checked.warnings) warnings.add(warning, variation);
      return std::optional(std::move(checked.loaded));
    } catch (const ScenarioError& error) {
      for (const auto& problem : error.problems()) problems.add(problem, variation);
      return std::optional<scenario::Loaded>();
    }
  };
  const auto read = attempt(options->scenario, "");
  if (read) {
    for (const auto& name : read->scenario.variations.names()) {
      auto varied = options->scenario;
      varied.recipe.variations.push_back(name);
      attempt(varied, name);
    }
  }
  if (options->format == OutputFormat::json) {
    auto all = warnings.all();
    all.insert(all.end(), problems.all().begin(), problems.all().end());
    say(report::problems_json(all));
    return problems.all().empty() ? ExitCode::done : ExitCode::usage;
  }
  tell_warnings(warnings.all());
  if (!problems.all().empty()) throw ScenarioError(problems.all());
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
