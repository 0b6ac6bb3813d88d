// SPDX-License-Identifier: Apache-2.0
// Which combinations of factors are meant: "spread < defusal", "delay <= 20 days", "rule != lead".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/core/problem.hpp"

#include "sim/scenario/factor.hpp"

namespace truce::scenario {

/// What stands on a side of a comparison.
struct Operand {
  std::optional<std::size_t> factor;  ///< its place among the factors
  std::optional<double> number;       ///< in the canonical unit
  Dimension dimension{};              ///< of the number
  std::string word;                   ///< neither: a listed value
};

enum class Comparator : std::uint8_t { below, at_most, above, at_least, equal, unequal };

/// A comparison of two operands.
struct Condition {
  Operand left;
  Comparator comparator = Comparator::below;
  Operand right;
  std::string text;  ///< as written
  Position at;
};

/// Reads a comparison; nothing, with a problem, if it is none, names no factor, or compares what
/// has no order. Factors must know what they may be.
std::optional<Condition> read_condition(const std::string& text, const Position& at,
                                        std::span<const Factor> factors, Problems& problems);

/// Whether a point, with a value for each factor, is meant.
bool holds(const Condition& condition, std::span<const FactorValue> values);

}  // namespace truce::scenario
