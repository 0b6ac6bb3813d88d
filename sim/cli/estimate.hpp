// SPDX-License-Identifier: Apache-2.0
// Before a run is begun: what it will take, and no if the machine can't hold it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "sim/model/player.hpp"

#include "sim/experiment/effort.hpp"
#include "sim/experiment/run.hpp"

#include "sim/report/table.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// A trial ends with the replication in which it has taken so long.
inline constexpr std::chrono::milliseconds longest_trial{300};
/// Events after which a replication on trial is cut: it says enough, a second or so in. (A build
/// that checks the model's laws after each event takes far longer.)
#ifdef NDEBUG
inline constexpr std::uint64_t most_events = 3'000'000;
#else
inline constexpr std::uint64_t most_events = 100'000;
#endif
/// What takes longer is told so at its start [s].
inline constexpr double worth_telling = 180;

/// "4.4 TB", "46 days", "1,000".
std::string size_text(double bytes);
std::string span_text(double seconds);
std::string count_text(std::uint64_t count);
/// "8 threads of 2 cores"
std::string threads_text(unsigned threads, const experiment::Machine& machine);

/// This machine: its cores, and the disk that takes `target`, of the nearest folder above it that
/// exists; not finite if nobody can tell.
experiment::Machine machine_for(const std::filesystem::path& target);
/// Memory in use.
double resident_bytes();
/// Bytes of a row as a CSV file has it.
double bytes_of(std::span<const report::Cell> row);

/// Plays the first few replications on trial, if there are many, and throws ScenarioError with
/// Code::run_too_large if the disk of `target` would not take replications.csv or the run would
/// take longer than experiment::longest_run. Nothing is written. Unless quiet, tells what a run of
/// some minutes will take. `where` is what the number of replications is called: "--replications".
void judge(const experiment::Plan& plan, const model::Player& player,
           const std::filesystem::path& target, const std::string& where, Loudness loudness);

}  // namespace truce::cli
