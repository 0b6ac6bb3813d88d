// SPDX-License-Identifier: Apache-2.0
// From text to a validated scenario, and back.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// One value of the scenario with where it comes from: a row of assumptions.csv.
struct Assumption {
  std::string path;        ///< e.g. sectors.donetsk.incidents.rate
  std::string value;       ///< as written, "20 days", "{uniform: [20 days, 60 days]}"
  std::string meaning;     ///< of the field
  std::string source;      ///< cited source, own or of the nearest enclosing entity; may be empty
  std::string note;        ///< likewise
  std::string confidence;  ///< low, medium, high, or empty
  bool numeric = false;    ///< whether the value is a number, quantity, date or distribution
  Position at;
};

/// A scenario with the provenance of its values.
struct Loaded {
  Scenario scenario;
  std::vector<Assumption> assumptions;  ///< in the order of the file's sections
};

/// Reads the tree strictly: unknown keys, wrong or missing units, values out of range, references
/// to nothing, explosive branching, unreachable hubs. Throws ScenarioError with all problems.
Loaded read(const Node& root);

/// The scenario written out in full, defaults included, in canonical units: reads back as the
/// same scenario. Formatting, comments and key order of the source file leave no trace in it.
Node write(const Scenario& scenario);

}  // namespace truce::scenario
