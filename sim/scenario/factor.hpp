// SPDX-License-Identifier: Apache-2.0
// One thing that a study varies: where it stands in the scenario, and what it may be there.
//
// A value of a factor is a quantile of its distribution, x = F^-1(u), or, of a list of k values,
// the one at floor(k u): a larger u is a larger or later value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/quantity.hpp"

#include "sim/random/distribution.hpp"

#include "sim/scenario/document.hpp"

namespace truce::scenario {

/// What is done to what stands at the paths of a factor.
enum class Act : std::uint8_t {
  set,    ///< the value takes its place
  times,  ///< it is multiplied by the value
};

/// A value of a factor.
struct FactorValue {
  std::string text;              ///< as --set takes it: "0.3", "20 days", "lead"
  std::optional<double> number;  ///< if the factor is numeric: in the canonical unit
  bool operator==(const FactorValue&) const = default;
};

struct Factor {
  std::string name;
  std::vector<std::string> paths;
  std::string parameter;  ///< of the scenario, if that is what it is about; then paths has its path
  Act act = Act::set;
  std::optional<random::Distribution> law;  ///< in the canonical unit of `dimension`
  std::vector<FactorValue> listed;          ///< instead of a law
  std::string written;                      ///< law or list, as it stands in the study
  bool numeric = true;
  Dimension dimension{};
  std::string unit;  ///< unit of numbers that have none, if one is given
  std::string source, note, confidence;
  Position at;

  /// Whether it is known what it may be; not of a factor whose values stand in a table, nor of a
  /// parameter before the scenario is known.
  bool has_values() const { return law.has_value() || !listed.empty(); }
};

/// The value of a number in the canonical unit of a factor.
FactorValue value_of(const Factor& factor, double number);
/// The value at u in (0, 1). Contract: it is known what the factor may be.
FactorValue value_at(const Factor& factor, double u);
/// Its values as levels: all that are listed, or the medians of `levels` equally likely strata of
/// the distribution. Contract: as above, and one level at least.
std::vector<FactorValue> levels_of(const Factor& factor, std::size_t levels);
/// The median of the distribution, or the value listed first. Contract: as above.
FactorValue middle_of(const Factor& factor);

/// Gives the values that stand in a table or list their numbers, if all of them are numbers of one
/// dimension, which becomes the factor's: whether they are.
bool number_values(std::vector<FactorValue>& values, Dimension& dimension);

/// A value of a scenario on one line, as YAML that reads back the same.
std::string flow_text(const Node& node);

}  // namespace truce::scenario
