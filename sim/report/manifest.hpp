// SPDX-License-Identifier: Apache-2.0
// The manifest of a result folder: what was run with what, so that it can be run again, and what
// the files should look like, so that a damaged one is noticed.
//
// Only its object "run" depends on when, where and on how many threads a run took place: all else
// is the same for the same scenario, seed, replications and version.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/read.hpp"
#include "sim/scenario/scenario.hpp"

#include "sim/experiment/results.hpp"

#include "sim/report/csv.hpp"

namespace truce::report {

inline constexpr std::string_view manifest_name = "manifest.json";

/// A target of precision, and what came of it.
struct Reached {
  std::string target;                ///< as written
  std::optional<double> half_width;  ///< in the unit of the outcome
  bool reached = false;
};

/// How a run came about.
struct RunRecord {
  std::string scenario_file;
  std::vector<std::string> variations{};  ///< names
  std::vector<std::string> overlays{};    ///< files
  std::vector<std::string> overrides;     ///< "path=value", in the order of the command line
  std::string command;                    ///< the command line
  /// The folder of the result to which replications are added, if they are.
  std::optional<std::filesystem::path> goes_on_from{};
  /// What was asked to be known how well, and whether it is.
  std::vector<Reached> precision{};
  unsigned threads = 1;
  std::chrono::system_clock::time_point started;
  std::chrono::system_clock::time_point finished;
};

/// The manifest as JSON text. The resolved scenario in it, defaults included, reads as a scenario
/// file again; its digest is the SHA-256 of its canonical YAML.
std::string manifest_text(const experiment::Results& results, const scenario::Loaded& loaded,
                          std::span<const Written> files, const RunRecord& record);

/// What a manifest says of a finished run.
struct Finished {
  std::string scenario;  ///< text that reads as the resolved scenario
  std::string digest;
  std::string version;
  std::string compiler;
  std::string status;
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::uint64_t replications = 0;
  RunRecord record;
  std::vector<Written> files;
};
/// Reads the manifest of a result folder of `truce run`. Throws WorldError if there is none that
/// can be read, or if it is that of another kind of result.
Finished read_manifest(const std::filesystem::path& folder);

/// The files that a manifest lists; nothing if there is no such file, or it is no manifest.
std::optional<std::vector<std::string>> manifest_files(const std::filesystem::path& path);

}  // namespace truce::report
