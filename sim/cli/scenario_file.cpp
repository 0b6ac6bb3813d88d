// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/scenario_file.hpp"

#include <algorithm>

#include "sim/core/problem.hpp"

#include "sim/scenario/compose.hpp"
#include "sim/scenario/lint.hpp"

#include "sim/report/problem_text.hpp"

#include "sim/cli/console.hpp"

namespace truce::cli {
namespace {

constexpr std::size_t most_warnings = 100;

}  // namespace

scenario::Document document_of(const ScenarioOptions& options) {
  return scenario::compose(options.recipe);
}

Checked check_scenario(const ScenarioOptions& options) {
  Problems problems;
  const auto document = scenario::compose(options.recipe, problems);
  if (problems.empty()) {
    Checked checked{scenario::read(document), {}};
    auto warnings = scenario::lint(checked.loaded);
    std::erase_if(warnings, [&](const auto& warning) {
      return std::ranges::find(options.silenced, warning.code) != options.silenced.end();
    });
    checked.warnings = scenario::with_trail(warnings, document).problems();
    return checked;
  }
  try {
    scenario::read(document);
  } catch (const ScenarioError& error) {
    for (const auto& problem : error.problems()) problems.add(problem);
  }
  throw scenario::with_trail(problems.all(), document);
}

scenario::Loaded read_scenario(const ScenarioOptions& options, Loudness loudness) {
  auto checked = check_scenario(options);
  if (loudness == Loudness::normal) tell_warnings(checked.warnings);
  return std::move(checked.loaded);
}

void tell_warnings(std::span<const Problem> warnings) {
  std::string text;
  const auto told = std::min(warnings.size(), most_warnings);
  for (const auto& warning : warnings.first(told)) text += report::problem_text(warning);
  if (told < warnings.size()) {
    text += "... and " + std::to_string(warnings.size() - told) + " more warnings\n";
  }
  complain(text);
}

}  // namespace truce::cli
