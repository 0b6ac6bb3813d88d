// SPDX-License-Identifier: Apache-2.0
// A scenario file and the changes that the command line makes to it.
#pragma once

#include "sim/scenario/read.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// Loads, changes and reads a scenario, and tells its warnings unless it shall be quiet. Throws
/// WorldError if the file can't be read, ScenarioError with the problems of the changes and of the
/// changed scenario.
scenario::Loaded read_scenario(const ScenarioOptions& options,
                               Loudness loudness = Loudness::normal);

}  // namespace truce::cli
