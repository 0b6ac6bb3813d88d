// SPDX-License-Identifier: Apache-2.0
// Before a run is begun: what it will take, and no if the machine can't hold it.
#pragma once

#include <filesystem>
#include <string>

#include "sim/model/player.hpp"

#include "sim/experiment/run.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// Plays the first few replications on trial, if there are many, and throws ScenarioError with
/// Code::run_too_large if the disk of `target` would not take replications.csv or the run would
/// take longer than experiment::longest_run. Nothing is written. Unless quiet, tells what a run of
/// some minutes will take. `where` is what the number of replications is called: "--replications".
void judge(const experiment::Plan& plan, const model::Player& player,
           const std::filesystem::path& target, const std::string& where, Loudness loudness);

}  // namespace truce::cli
