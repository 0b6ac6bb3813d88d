// SPDX-License-Identifier: Apache-2.0
// The scenario of a study: composed once, and changed at each point as --set would change it.
//
// What a factor multiplies stands in the text: "6 /day" times 1.5 is "9 /day"; of a distribution
// that of the multiplied quantity takes its place (random/scaled.hpp); of an expression of
// parameters, {times: [expression, 1.5]}; where nothing is written, the default is multiplied.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/random/distribution.hpp"

#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/study.hpp"

namespace truce::scenario {

/// One change of a point, as --set takes it.
struct Change {
  std::string path;
  Node value;
  std::string text() const;  ///< "crisis.spread=0.15"
};

class StudyScenario {
 public:
  /// Composes and reads the scenario of a study, gives factors that are about its parameters their
  /// distributions, and finds what stands at all paths. The study must outlive it. Throws
  /// WorldError if a file can't be read, ScenarioError with all that is wrong.
  explicit StudyScenario(Study& study);

  /// The scenario as it stands, without any factor.
  const Loaded& loaded() const { return loaded_; }
  /// Warnings of how factors and scenario go together.
  const std::vector<Problem>& warnings() const { return warnings_; }
  /// What makes the scenario again on the command line.
  const Recipe& recipe() const { return recipe_; }
  /// What stands at the paths of a factor: "2 /day", or with several "a.b: 2 /day; c.d: 3 /day".
  std::string standing(std::size_t factor) const;

  /// The changes of a point, with a value for each factor. Throws ScenarioError if something can't
  /// be multiplied.
  std::vector<Change> changes(std::span<const FactorValue> values) const;
  /// The scenario of a point. Throws ScenarioError with all that is wrong with it.
  Loaded at(std::span<const FactorValue> values) const;

 private:
  /// Something that a factor multiplies.
  struct Target {
    std::string path;
    Node stands;                              ///< text, or an expression
    std::optional<random::Distribution> law;  ///< a distribution instead
    Dimension dimension{};
  };

  void settle_parameter(Factor& factor, Problems& problems);
  void settle_paths(std::size_t factor, Problems& problems);
  std::optional<Target> target_of(const Factor& factor, const std::string& place,
                                  Problems& problems) const;
  void refuse_overlaps(Problems& problems) const;
  void warn_of_correlations();
  Node multiplied(const Factor& factor, const Target& target, double by) const;

  Study& study_;
  Document document_;
  Loaded loaded_;
  Recipe recipe_;
  std::vector<std::vector<std::string>> places_;  ///< by factor, without wildcards
  std::vector<std::vector<Target>> targets_;      ///< by factor
  std::vector<Problem> warnings_;
};

}  // namespace truce::scenario
