// SPDX-License-Identifier: Apache-2.0
// What truce compare and truce extend share: scenarios side by side, and what is found.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/run.hpp"

#include "sim/report/comparison_files.hpp"

#include "sim/cli/campaign.hpp"

namespace truce::cli {

/// Outcomes of these columns that are headlines: those asked for, or the usual ones that there are.
/// Throws UsageError for one that is in no scenario.
std::vector<std::string> headlines_of(std::span<const std::string> wanted,
                                      std::span<const experiment::Contender> contenders);

/// Plays all arms on the same luck, with progress; each replication goes to `take`.
std::vector<experiment::Results> play_together(
    std::vector<experiment::Arm> arms, const experiment::Stopping& stopping,
    const experiment::Comparison& comparison, Loudness loudness, const Interrupt& interrupt,
    const std::function<void(std::uint64_t, std::span<const std::span<const double>>)>& take);

/// All that a comparison finds.
report::Findings findings_of(experiment::Comparison& comparison,
                             std::span<const experiment::Results> results);

/// Estimates for --precision and --require: a mean or quantile of each scenario, a difference of
/// each what-if or of the one that is named.
experiment::Estimates estimates_between(std::span<const experiment::Results> results,
                                        const experiment::Comparison& comparison);

/// Tells what was asked for; notes it in the record; the exit code that follows.
ExitCode verdict_between(std::span<const experiment::Results> results,
                         const experiment::Comparison& comparison, const Asked& asked,
                         report::ComparisonRecord& record);

/// Adds replications to the result of truce compare.
ExitCode extend_comparison(const ExtendOptions& options, const Arguments& arguments);

}  // namespace truce::cli
