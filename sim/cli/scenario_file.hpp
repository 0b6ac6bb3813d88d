// SPDX-License-Identifier: Apache-2.0
// A scenario file and the changes that the command line makes to it.
#pragma once

#include <span>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// Loads and changes a scenario, without reading its values. Throws WorldError if a file can't be
/// read, ScenarioError with the problems of the changes.
scenario::Document document_of(const ScenarioOptions& options);

/// A scenario, and what is odd in it.
struct Checked {
  scenario::Loaded loaded;
  std::vector<Problem> warnings;  ///< but for those that are silenced
};

/// Loads, changes and reads a scenario. Throws WorldError if the file can't be read, ScenarioError
/// with the problems of the changes and of the changed scenario.
Checked check_scenario(const ScenarioOptions& options);

/// The same for those who play it: tells its warnings first, unless they shall be quiet.
scenario::Loaded read_scenario(const ScenarioOptions& options, Loudness loudness);

/// Tells warnings on standard error.
void tell_warnings(std::span<const Problem> warnings);

}  // namespace truce::cli
