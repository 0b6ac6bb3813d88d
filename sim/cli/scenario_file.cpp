// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/scenario_file.hpp"

#include <algorithm>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/compose.hpp"
#include "sim/scenario/lint.hpp"

#include "sim/cli/console.hpp"

namespace truce::cli {
namespace {

constexpr std::size_t longest_line = 4000;

void tell_warnings(const scenario::Loaded& loaded, const scenario::Document& document,
                   const std::vector<Code>& silenced) {
  auto warnings = scenario::lint(loaded);
  std::erase_if(warnings, [&](const auto& warning) {
    return std::ranges::find(silenced, warning.code) != silenced.end();
  });
  for (const auto& warning : scenario::with_trail(warnings, document).problems()) {
    complain(printable(to_string(warning), longest_line) + "\n");
  }
}

}  // namespace

scenario::Loaded read_scenario(const ScenarioOptions& options, Loudness loudness) {
  Problems problems;
  const auto document = scenario::compose(options.recipe, problems);
  if (problems.empty()) {
    auto loaded = scenario::read(document);
    if (loudness == Loudness::normal) tell_warnings(loaded, document, options.silenced);
    return loaded;
  }
  try {
    scenario::read(document);
  } catch (const ScenarioError& error) {
    for (const auto& problem : error.problems()) problems.add(problem);
  }
  throw scenario::with_trail(problems.all(), document);
}

}  // namespace truce::cli
