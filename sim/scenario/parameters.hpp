// SPDX-License-Identifier: Apache-2.0
// The knobs of a scenario: named values that stand wherever a quantity stands, as $name. Those with
// a distribution are drawn once a replication; some are correlated.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/terms.hpp"

namespace truce::scenario {

/// What a parameter is for: an uncertain fact of the world, a lever of the planner, or neither.
enum class ParameterKind : std::uint8_t { uncertain, decision, fixed };

/// The value of a parameter: a constant or distribution of whatever dimension, in its canonical
/// unit, or an expression of other parameters.
struct Worth {
  random::Distribution law;
  Dimension dimension{};
  Node written;             ///< as it stands in the file
  bool expression = false;  ///< whether it is made of other parameters
};

struct ParameterSpec {
  Worth value;
  std::optional<ParameterKind> kind;
  std::string unit;

  /// A parameter may be written as its bare value: `heat: {uniform: [1, 2]}`.
  static constexpr std::string_view shorthand = "value";

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("value", self.value, needed,
          "The value or its distribution, with its unit; drawn once a replication. It may be made "
          "of other parameters.");
    visit("kind", self.kind, optional,
          "uncertain (a fact of the world that is not known), decision (a lever) or fixed; "
          "uncertain if it has a distribution, else fixed.");
    visit("unit", self.unit, optional, "Unit of the numbers in value that have none.");
  }

  /// The kind that holds when none is written.
  ParameterKind what() const {
    if (kind) return *kind;
    return value.expression || value.law.constant() ? ParameterKind::fixed
                                                    : ParameterKind::uncertain;
  }
  /// Whether it differs from replication to replication of its own accord.
  bool drawn() const { return !value.expression && !value.law.constant(); }
};

/// Whether some parameter has its unit beside it.
bool lack_units(const Node& parameters);
/// Gives the numbers of parameters that have no unit the one that stands beside them.
void apply_units(Node& parameters);

/// The same of one value, which may be a distribution.
void add_units(Node& value, const std::string& unit);

/// That two parameters tend to be high together.
struct CorrelationSpec {
  std::vector<Ref<ParameterSpec>> between;
  double rank = 0.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("between", self.between, needed, "Two parameters that are drawn.");
    visit("rank", self.rank, needed | between_open(-1, 1),
          "Rank correlation (Spearman) of their draws.");
  }
};

/// One change of a variation: a path, and the value that is merged there.
struct Changes {
  Node written;
};

/// A named what-if inside a scenario.
struct VariationSpec {
  std::string summary;
  Changes set;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("summary", self.summary, optional, "The question that it asks.");
    visit("set", self.set, needed,
          "What differs: a path and a value each, as for --set; a step may be *.");
  }
};

/// Which warnings are meant to be so.
struct LintSpec {
  std::vector<std::string> silence;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("silence", self.silence, optional, "Warnings that are not told, by name or code.");
  }
};

}  // namespace truce::scenario

namespace truce {
template <>
struct EnumNames<scenario::ParameterKind> {
  static constexpr std::array<std::string_view, 3> names{"uncertain", "decision", "fixed"};
};
}  // namespace truce
