// SPDX-License-Identifier: Apache-2.0
// The story of one replication as text, CSV or JSON lines, and its days as a table.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/model/story.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

enum class TraceFormat : std::uint8_t { text, csv, jsonl };

/// Which events are told: all, or those of some kinds, or of entities whose name contains a word.
struct TraceFilter {
  std::vector<std::string> kinds;
  std::vector<std::string> entities;
  bool digest = false;  ///< leave out what there are thousands of
};
bool passes(const TraceFilter& filter, const model::Telling& telling);

/// The line before all others; empty where there is none.
std::string trace_header(TraceFormat format);
/// One event as a line.
std::string trace_line(const model::Telling& telling, Date start, TraceFormat format);

/// The state at the end of each day, a column for each series of the timeline, as lines of CSV.
std::string day_table(const model::Timeline& timeline, Date start);

/// What is needed to play a replication of a finished result again.
struct Replay {
  std::string scenario;  ///< text that reads as the resolved scenario
  std::uint64_t seed = 0;
  std::uint64_t first = 0;         ///< replication of the result
  std::uint64_t replications = 0;  ///< how many it has
  std::string version{};           ///< of the program that made it
};
/// Reads the manifest of a result folder. Throws WorldError if there is none that can be read.
Replay replay_of(const std::filesystem::path& folder);

}  // namespace truce::report

namespace truce {
template <>
struct EnumNames<report::TraceFormat> {
  static constexpr std::array<std::string_view, 3> names{"text", "csv", "jsonl"};
};
}  // namespace truce
