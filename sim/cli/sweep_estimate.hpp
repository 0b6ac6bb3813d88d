// SPDX-License-Identifier: Apache-2.0
// Before a sweep is begun: what it will take, and no if the machine can't hold it.
#pragma once

#include <filesystem>
#include <string>

#include "sim/scenario/study_scenario.hpp"

#include "sim/experiment/sweep.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// Plays a replication of some points on trial, and throws ScenarioError with Code::run_too_large
/// if the disk of `target` would not take the tables or the sweep would take longer than
/// experiment::longest_run. A sweep of few replications is played on trial only if it is wanted to
/// tell. Returns what it will take in words, "about 40 seconds on 2 threads, ...", or nothing if
/// nobody knows. Nothing is written.
std::string judge_sweep(const experiment::SweepPlan& plan, const experiment::Design& design,
                        const scenario::StudyScenario& scenario,
                        const std::filesystem::path& target, const SweepOptions& options);

}  // namespace truce::cli
