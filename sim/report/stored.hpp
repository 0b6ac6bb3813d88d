// SPDX-License-Identifier: Apache-2.0
// A finished result folder, read again: to add replications to it, or to compare it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/experiment/remains.hpp"
#include "sim/experiment/results.hpp"

#include "sim/report/csv_read.hpp"
#include "sim/report/manifest.hpp"
#include "sim/report/resume.hpp"
#include "sim/report/table.hpp"

namespace truce::report {

/// The command that wrote a result folder: run, compare, sweep or sensitivity. Throws WorldError if
/// it has no manifest of truce.
std::string kind_of(const std::filesystem::path& folder);

/// Throws WorldError unless the folder has these files as they were written; companions don't
/// matter.
void check_unchanged(const std::filesystem::path& folder, std::span<const Written> files);

/// The rows of a table of a finished result as they were before they were written. Throws
/// WorldError if its columns are not those of `sheet`.
std::vector<std::vector<Cell>> text_rows(const std::filesystem::path& folder, const Sheet& sheet);

/// The result of `truce run` in a folder, whole and unchanged.
class Stored {
 public:
  /// Reads the manifest and its scenario, and checks every file against it. Throws WorldError if
  /// one is missing or was changed since, or if the result is that of another version of truce,
  /// whose replications would not go with ours.
  explicit Stored(const std::filesystem::path& folder);

  const Finished& finished() const { return finished_; }
  const scenario::Loaded& loaded() const { return loaded_; }

  const std::filesystem::path& folder() const { return folder_; }
  /// What is kept beside the tables.
  experiment::Remains remains() const { return read_resume(folder_); }

 private:
  std::filesystem::path folder_;
  Finished finished_;
  scenario::Loaded loaded_;
};

/// The rows of replications.csv of a finished run, one after another.
class StoredRows {
 public:
  /// Throws WorldError if its columns are not these.
  StoredRows(const Stored& stored, std::span<const model::Column> columns);

  /// Reads the next one; false at the end.
  bool next();
  std::uint64_t replication() const { return replication_ - 1; }
  const std::vector<double>& values() const { return values_; }

 private:
  CsvReader reader_;
  std::uint64_t replication_;
  std::vector<double> values_;
};

}  // namespace truce::report
