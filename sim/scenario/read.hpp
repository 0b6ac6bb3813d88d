// SPDX-License-Identifier: Apache-2.0
// From text to a validated scenario, and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/expression.hpp"
#include "sim/scenario/rules.hpp"
#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// One value of the scenario with where it comes from: a row of assumptions.csv.
struct Assumption {
  std::string path;          ///< e.g. sectors.donetsk.incidents.rate
  std::string value;         ///< as written, "20 days", "{uniform: [20 days, 60 days]}"
  std::string_view meaning;  ///< of the field, a literal of its description
  std::string source;        ///< cited source, own or of the nearest enclosing entity; may be empty
  std::string note;          ///< likewise
  std::string confidence;    ///< low, medium, high, or empty
  bool numeric = false;      ///< whether the value is a number, quantity, date or distribution
  Position at;
  bool written = true;           ///< false of a default
  std::vector<Former> replaced;  ///< what earlier layers had here, oldest first
  /// Of a number or quantity, what it is in the canonical unit; of a parameter that stands there,
  /// that of its median.
  std::optional<random::Distribution> law;
  Dimension dimension{};
};

/// A value in which parameters stand.
struct Expression {
  std::string path;
  Node node;             ///< as written
  bool drawn = false;    ///< whether it differs from replication to replication
  bool effects = false;  ///< whether it is a mapping of effects
  Range range;           ///< of what it may be, if it is a single quantity
};

/// A scenario with the provenance of its values. Where parameters stand that are drawn, the
/// scenario has their medians: see realisation.hpp for that of a replication.
struct Loaded {
  Scenario scenario;
  std::vector<Assumption> assumptions;  ///< in the order of the file's sections
  std::vector<Expression> expressions;
  Origins origins;  ///< where each value was written
};

/// Reads the tree strictly: unknown keys, wrong or missing units, values out of range, references
/// to nothing, explosive branching, unreachable hubs. Throws ScenarioError with all problems.
Loaded read(const Node& root);

/// The same of a composed document; problems tell how their text came in.
Loaded read(const Document& document);

/// The scenario with its parameters where they stand, without variations and what else does not
/// change what is played: what a manifest keeps.
Node write(const Loaded& loaded);
/// The scenario written out in full, defaults included, in canonical units: reads back as the
/// same scenario. Formatting, comments and key order of the source file leave no trace in it.
Node write(const Scenario& scenario);

}  // namespace truce::scenario
