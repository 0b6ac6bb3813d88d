// SPDX-License-Identifier: Apache-2.0
// Where a parameter stands for a value: $name, {times: [$name, 2]}, {plus: [$name, 3 days]}.
//
// An expression is evaluated over the range of its parameters by interval arithmetic (Moore 1966),
// of which a single value is the special case: the same code serves the draw of a replication and
// the check that no draw can leave the range of a field.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "sim/core/quantity.hpp"

#include "sim/scenario/leaf.hpp"

namespace truce::scenario {

/// The values that something may take, in the canonical unit of its dimension.
struct Range {
  double least = 0.0;
  double most = 0.0;
  Dimension dimension{};
};

/// What parameters may be, by name.
using Valuation = std::map<std::string, Range, std::less<>>;

/// Whether parameters or operations stand anywhere in a value.
bool is_expression(const Node& node);
/// Whether the value as a whole is one, rather than something inside it.
bool is_whole_expression(const Node& node);
/// The names of the parameters in it.
std::set<std::string> mentioned(const Node& node);

/// The range of a whole expression; nothing, with a report, if it can't be evaluated.
std::optional<Range> evaluate(const Node& node, const Valuation& values, const Report& report);

/// The value with all expressions in it replaced by the least that they may be: by the value
/// itself, if all ranges are single values. Nothing if one can't be evaluated.
std::optional<Node> substitute(const Node& node, const Valuation& values, const Report& report);
/// The same for effects, in which `times` is also the name of an operation.
std::optional<Node> substitute_in_effects(const Node& node, const Valuation& values,
                                          const Report& report);

}  // namespace truce::scenario
