// SPDX-License-Identifier: Apache-2.0
// The ways to write a distribution: names of parameters that analysts think in, and what they
// mean. One table serves the reader, the writer and the reference.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/random/distribution.hpp"

namespace truce::random {

/// What a parameter of a form is measured in.
enum class Role {
  quantity,  ///< the unit of the field in which the distribution stands
  number,    ///< dimensionless
};

struct Parameter {
  std::string_view name;
  Role role = Role::quantity;
};

/// One way to write one kind of distribution.
struct Form {
  std::string_view kind;                                      ///< key in the file, e.g. "gamma"
  std::vector<Parameter> parameters;                          ///< in the order of the list form
  Distribution (*build)(std::span<const double> parameters);  ///< throws std::invalid_argument
  std::string_view meaning;                                   ///< formula, for the reference
};

/// All forms. Those of one kind stand together; the first is the one that the writer uses.
std::span<const Form> forms();

/// A distribution written as kind and named parameters, in a form that `forms()` contains and
/// that builds the same distribution again. Constant has kind "constant". Those that no form has:
/// discrete, with its values and weights in turn; quantiles, with its percents and values in turn;
/// truncated, with the bounds that it has and one part; mixture, with a weight for each part.
struct Written {
  std::string_view kind;
  std::vector<std::pair<Parameter, double>> parameters;
  std::vector<Written> parts = {};
};
Written write(const Distribution& distribution);

}  // namespace truce::random
