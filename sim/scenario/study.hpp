// SPDX-License-Identifier: Apache-2.0
// A study: a question asked of a scenario by playing it at many points of what is uncertain or
// could be decided. One YAML file: which scenario, which factors, at which points, how often.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/describe.hpp"
#include "sim/core/problem.hpp"

#include "sim/scenario/compose.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/factor.hpp"

namespace truce::scenario {

/// How the points of a study are chosen; see experiment/design.hpp.
enum class Method : std::uint8_t {
  factorial,
  one_at_a_time,
  lockstep,
  latin_hypercube,
  sobol,
  morris,
  saltelli,
  table
};

struct DesignSpec {
  Method method = Method::factorial;
  std::uint64_t points = 0;        ///< of a sample; rows of saltelli
  std::uint64_t replicates = 1;    ///< independent scramblings of sobol
  std::uint64_t trajectories = 0;  ///< of morris
  std::uint64_t levels = 0;        ///< of a distribution: factorial; of the grid: morris
  double low = 5.0;                ///< [%] quantile of the low value of one_at_a_time
  double high = 95.0;              ///< [%]
  std::string file;                ///< of table, as this program opens it
  Position at;
};

/// A change of the scenario at all points.
struct Setting {
  std::string path;
  Node value;
  Position at;
};

/// A condition as it stands in the study.
struct WrittenCondition {
  std::string text;
  Position at;
};

struct Study {
  std::string file;  ///< in which it stands; empty if the command line says all
  std::string name;
  std::string question;
  Recipe recipe;  ///< the scenario's file and variations, and what the command line lays over them
  std::vector<Setting> settings;
  std::optional<std::uint64_t> replications;  ///< at each point
  std::optional<std::uint64_t> seed;
  std::vector<Factor> factors;
  DesignSpec design;
  std::vector<WrittenCondition> where;
  std::vector<Code> silenced;  ///< warnings
};

/// Reads the tree of a study strictly. Files that it names count from its folder and must lie in it
/// or below, unless `reach` is anywhere. Throws ScenarioError with all problems.
Study read_study(const Node& root, Reach reach);

/// A factor from the command line: "crisis.spread=0.05,0.15" or
/// "crisis.spread={uniform: [0.05, 0.25]}". It is called like its path.
std::optional<Factor> read_factor_option(const std::string& text, Problems& problems);

/// Warnings of the study: factors that have neither source nor note.
std::vector<Problem> lint(const Study& study);

/// The study written out in full, with the distributions of its factors in canonical units.
Node write(const Study& study);

/// Whether the text is that of a study rather than of a scenario.
bool is_study(const Node& root);

}  // namespace truce::scenario

namespace truce {
template <>
struct EnumNames<scenario::Method> {
  static constexpr std::array<std::string_view, 8> names{
      "factorial", "one_at_a_time", "lockstep", "latin_hypercube",
      "sobol",     "morris",        "saltelli", "table"};
};
template <>
struct EnumNames<scenario::Act> {
  static constexpr std::array<std::string_view, 2> names{"set", "times"};
};
}  // namespace truce
