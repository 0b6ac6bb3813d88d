// SPDX-License-Identifier: Apache-2.0
// A finished sweep, or a run of a scenario whose parameters are drawn, read again as a sample of
// inputs and outcomes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/experiment/sensitivity.hpp"

namespace truce::report {

/// Where a sample comes from.
struct SampleSource {
  std::filesystem::path folder;
  std::string kind;             ///< sweep or run
  std::string name;             ///< of the study or scenario
  std::string design;           ///< "sobol"; of a run "drawn"
  std::string digest;           ///< of the scenario
  std::string manifest_digest;  ///< SHA-256 of the manifest
  std::uint64_t seed = 0;
  std::uint64_t points = 0;  ///< played
  std::uint64_t points_planned = 0;
  std::vector<std::string> notes;  ///< what whoever reads the analysis should know of the sample
};

struct StoredSample {
  SampleSource source;
  experiment::Sample sample;
};

/// The outcomes that a planner asks for first.
std::span<const std::string_view> explained_outcomes();

/// Reads the result and checks every file against its manifest. `outcomes` are ids; none: those of
/// explained_outcomes() that there are. An interrupted sweep gives its whole rows, trajectories or
/// levels. Throws WorldError if a file is missing or was changed, UsageError if the result is of
/// another kind, has no such outcome, or allows no analysis.
StoredSample read_sample(const std::filesystem::path& folder,
                         std::span<const std::string> outcomes);

}  // namespace truce::report
