// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/scenario_file.hpp"

#include "sim/core/problem.hpp"

#include "sim/scenario/compose.hpp"

namespace truce::cli {

scenario::Document document_of(const ScenarioOptions& options) {
  return scenario::compose(options.recipe);
}

scenario::Loaded read_scenario(const ScenarioOptions& options) {
  Problems problems;
  const auto document = scenario::compose(options.recipe, problems);
  if (problems.empty()) return scenario::read(document);
  try {
    scenario::read(document);
  } catch (const ScenarioError& error) {
    for (const auto& problem : error.problems()) problems.add(problem);
  }
  throw scenario::with_trail(problems.all(), document);
}

}  // namespace truce::cli
