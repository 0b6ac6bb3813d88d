// SPDX-License-Identifier: Apache-2.0
// All that a run leaves behind, in one folder: replications as they come, the rest at the end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/experiment/results.hpp"

#include "sim/report/companions.hpp"
#include "sim/report/csv.hpp"
#include "sim/report/folder.hpp"
#include "sim/report/manifest.hpp"

namespace truce::report {

/// The tables of one scenario's results, in a folder that is being made.
class RunFiles {
 public:
  /// Begins replications.csv. Throws WorldError if it can't be written.
  RunFiles(const std::filesystem::path& folder, std::span<const model::Column> columns,
           std::uint64_t seed, Companions companions = {});

  /// Adds a replication to replications.csv.
  void row(std::uint64_t replication, std::span<const double> values);
  /// Writes all other files, companions and manifest last, and tells what all of them hold.
  std::vector<Written> finish(const experiment::Results& results, const scenario::Loaded& loaded,
                              const RunRecord& record);

 private:
  std::filesystem::path folder_;
  Companions companions_;
  std::uint64_t seed_;
  Sheet sheet_;
  CsvWriter replications_;
};

/// The files of a run. Made before the first replication, so that a folder that can't be written
/// is found before any work is done.
class Dossier {
 public:
  /// Throws what Folder throws.
  Dossier(const std::filesystem::path& target, Existing existing,
          std::span<const model::Column> columns, std::uint64_t seed, Companions companions = {});

  void row(std::uint64_t replication, std::span<const double> values) {
    files_.row(replication, values);
  }
  /// Writes all other files and gives the folder its name.
  void finish(const experiment::Results& results, const scenario::Loaded& loaded,
              const RunRecord& record);
  /// The folder under its temporary name; leaves it there when the rest can't be written.
  const std::filesystem::path& leave();
  const std::filesystem::path& target() const { return folder_.target(); }

 private:
  Folder folder_;
  RunFiles files_;
};

}  // namespace truce::report
