// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/scenario_file.hpp"

#include "sim/core/problem.hpp"

#include "sim/scenario/document.hpp"

namespace truce::cli {

scenario::Loaded read_scenario(const ScenarioOptions& options) {
  auto document = scenario::load(options.file);
  Problems problems;
  for (const auto& override_text : options.overrides) {
    scenario::set_value(document, override_text, problems);
  }
  if (problems.empty()) return scenario::read(document);
  try {
    scenario::read(document);
  } catch (const ScenarioError& error) {
    for (const auto& problem : error.problems()) problems.add(problem);
  }
  throw ScenarioError(problems.all());
}

}  // namespace truce::cli
