// SPDX-License-Identifier: Apache-2.0
// What truce compare and truce extend share: scenarios side by side, and what is found.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

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

/// Adds the values of one replication to the comparison and to the files of each scenario.
inline auto taker(experiment::Comparison& comparison, std::span<report::RunFiles* const> files) {
  return [&comparison, files](std::uint64_t replication,
                              std::span<const std::span<const double>> rows) {
    comparison.add(rows);
    for (std::size_t i = 0; i < files.size(); ++i) files[i]->row(replication, rows[i]);
  };
}

/// Tells replications that failed; whether there are results nevertheless.
bool tell_failures(std::span<const experiment::Results> results);

/// The screenful about a comparison.
std::string comparison_text(const report::Findings& findings,
                            std::span<const report::ContenderNote> notes,
                            const experiment::Results& base, const report::ComparisonRecord& record,
                            const std::filesystem::path& folder);

/// Adds replications to the result of truce compare.
ExitCode extend_comparison(const ExtendOptions& options, const Arguments& arguments);

}  // namespace truce::cli
