// SPDX-License-Identifier: Apache-2.0
// The folder of a comparison: tables of what differs, and in a folder for each scenario the results
// of truce run on it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/results.hpp"

#include "sim/report/companions.hpp"
#include "sim/report/compare_tables.hpp"
#include "sim/report/dossier.hpp"
#include "sim/report/folder.hpp"
#include "sim/report/manifest.hpp"

namespace truce::report {

/// A condition, and how it fares.
struct Required {
  std::string condition;
  std::string scenario;
  std::string verdict;
};

/// What is told of a comparison beside its numbers.
struct ComparisonRecord {
  std::vector<std::string> outcomes;  ///< headlines
  std::vector<std::string> requirements;
  std::vector<Required> required;
  std::vector<Reached> precision;
  RunRecord run;  ///< command, threads, times
};

/// What a comparison found.
struct Findings {
  std::vector<experiment::Compared> outcomes;
  std::vector<experiment::SurvivalContrast> survival;
  std::vector<std::vector<experiment::DayContrast>> days;  ///< by what-if
};

/// The tables of a comparison, in a folder that is being made.
class ComparisonFiles {
 public:
  /// `companions` go with the comparison, `of_runs` with the results of each scenario. Throws what
  /// Folder throws.
  ComparisonFiles(const std::filesystem::path& target, Existing existing,
                  Companions companions = {}, Companions of_runs = {});

  /// Begins the folder of a scenario's own results.
  RunFiles& begin(const std::string& name, std::span<const model::Column> columns,
                  std::uint64_t seed);
  /// Notes the files of such a folder once they are finished.
  void add(const std::string& name, std::span<const Written> files);
  /// Writes all tables and the manifest and gives the folder its name. `base` are the results of
  /// the base: seed, range, days and series.
  void finish(const Findings& findings, std::span<const ContenderNote> contenders,
              const experiment::Results& base, Date start, const ComparisonRecord& record);
  const std::filesystem::path& leave();
  const std::filesystem::path& path() const { return folder_.path(); }
  const std::filesystem::path& target() const { return folder_.target(); }

 private:
  Folder folder_;
  Companions companions_;
  Companions of_runs_;
  std::vector<std::unique_ptr<RunFiles>> runs_;
  std::vector<Written> files_;
};

/// What the manifest of a comparison says.
struct FinishedComparison {
  std::vector<ContenderNote> contenders;  ///< the base first
  std::vector<std::string> outcomes;
  std::vector<std::string> requirements;
  bool has_runs = false;  ///< whether the results of each scenario are in its folders
  std::uint64_t replications = 0;
};
/// Reads it; WorldError if it can't be read.
FinishedComparison read_comparison_manifest(const std::filesystem::path& folder);

}  // namespace truce::report
