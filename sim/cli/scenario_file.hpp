// SPDX-License-Identifier: Apache-2.0
// A scenario file and the changes that the command line makes to it.
#pragma once

#include "sim/scenario/read.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// Loads and changes a scenario, without reading its values. Throws WorldError if a file can't be
/// read, ScenarioError with the problems of the changes.
scenario::Document document_of(const ScenarioOptions& options);

/// Loads, changes and reads a scenario. Throws WorldError if the file can't be read, ScenarioError
/// with the problems of the changes and of the changed scenario.
scenario::Loaded read_scenario(const ScenarioOptions& options);

}  // namespace truce::cli
