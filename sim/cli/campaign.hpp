// SPDX-License-Identifier: Apache-2.0
// What the commands that play many replications have in common.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/run.hpp"
#include "sim/experiment/statistic.hpp"
#include "sim/experiment/stopping.hpp"

#include "sim/report/manifest.hpp"

#include "sim/cli/exit_code.hpp"
#include "sim/cli/interrupt.hpp"
#include "sim/cli/options.hpp"
#include "sim/cli/progress.hpp"

namespace truce::cli {

/// A file's name without its extension, of letters that any file system takes.
std::string stem_of(const std::string& file);
/// `out` if given, else results/STEM, or the first of results/STEM-2, ... that is free.
std::filesystem::path target_of(const std::optional<std::string>& out, const std::string& stem,
                                report::Existing existing);

/// Throws UsageError if the results would take the place of what they are made from.
void check_not_among(const std::filesystem::path& target,
                     std::span<const std::filesystem::path> inputs);

/// What makes the same scenario again on the command line.
Arguments words_of(const scenario::Recipe& recipe);

/// What made the scenario of a finished result.
scenario::Recipe recipe_of(const report::RunRecord& record);

/// The plan of a scenario alone, but for the number of replications.
experiment::Plan plan_of(const CampaignOptions& options, const scenario::Recipe& recipe,
                         const scenario::Scenario& scenario, const model::Player& player);
/// Plays a replication; the player must outlive it.
experiment::Play play_of(const model::Player& player);

ProgressStyle progress_style(Loudness loudness);

ExitCode exit_code_of(experiment::Ending ending);

/// Reads what is asked of results with these columns. Throws ScenarioError with all that is wrong.
struct Asked {
  std::vector<experiment::Precision> precision;
  std::vector<experiment::Requirement> requirements;
};
/// `sides`: whether there are scenarios between which a difference can be asked for.
enum class Sides : std::uint8_t { one, several };
Asked read_asked(const CampaignOptions& options, std::span<const model::Column> columns,
                 Sides sides = Sides::one);

/// When a campaign of this plan may stop; without --precision never before its end. Sets how many
/// replications the plan has at most.
experiment::Stopping stopping_of(const CampaignOptions& options, const Asked& asked,
                                 experiment::Plan& plan);

/// Throws UsageError unless more replications are wanted than there are.
void check_longer(std::uint64_t wanted, std::uint64_t there, const std::string& folder);

/// "truce COMMAND ARGUMENTS"
std::string command_of(const std::string& command, const Arguments& arguments);

/// Measures how long a campaign takes.
class Stopwatch {
 public:
  /// Notes when it began and ended.
  void stop(report::RunRecord& record) const;

 private:
  std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
  // The other clock may be set meanwhile.
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Plays one scenario, with progress, until its end, a signal, or enough precision.
experiment::Results play_alone(
    experiment::Arm arm, const experiment::Stopping& stopping, Loudness loudness,
    const Interrupt& interrupt,
    const std::function<void(std::uint64_t, std::span<const double>)>& row);

std::vector<report::Reached> precision_reached(const experiment::Stopping& stopping,
                                               const experiment::Estimates& estimates);

/// The screenful about a run, unless it shall be quiet.
void tell_run(const experiment::Results& results, const scenario::Scenario& scenario,
              const report::RunRecord& record, const std::string& folder, Loudness loudness);

/// Tells of tables with more rows than a sheet holds, which a spreadsheet would cut.
void tell_size(std::uint64_t rows, Loudness loudness);

/// Tells targets that were not reached and requirements; the exit code that follows from all.
ExitCode verdict_on(const experiment::Results& results, const Asked& asked,
                    const report::RunRecord& record);
/// Tells what is not as precise as it should be; whether all is.
bool tell_precision(std::span<const report::Reached> precision);

/// What was written until something went wrong stays, and the error tells where.
template <class Files, class Work>
auto guarded(Files& files, Work work) {
  const auto left = [&] {
    return "what was written until then is in " + printable(files.leave().string(), 400);
  };
  try {
    return work();
  } catch (const WorldError& error) {
    throw WorldError(error.what(), left());
  } catch (const UsageError& error) {
    throw UsageError(std::string(error.what()) + ": " + left());
  } catch (...) {
    files.leave();
    throw;
  }
}

/// Tells each requirement and how it fares; whether all are met.
bool tell_requirements(
    std::span<const experiment::Requirement> requirements,
    const std::function<experiment::Estimate(const experiment::Requirement&)>& estimate,
    const std::string& of);

}  // namespace truce::cli
