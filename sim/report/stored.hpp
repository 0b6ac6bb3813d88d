// SPDX-License-Identifier: Apache-2.0
// A finished result folder, read again: to add replications to it, or to compare it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/read.hpp"

#include "sim/experiment/results.hpp"

#include "sim/report/manifest.hpp"

namespace truce::report {

/// The command that wrote a result folder: run, compare, sweep or sensitivity. Throws WorldError if
/// it has no manifest of truce.
std::string kind_of(const std::filesystem::path& folder);

/// The result of `truce run` in a folder, whole and unchanged.
class Stored {
 public:
  /// Reads the manifest and its scenario, and checks every file against it. Throws WorldError if
  /// one is missing or was changed since, or if the result is that of another version of truce,
  /// whose replications would not go with ours.
  explicit Stored(const std::filesystem::path& folder);

  const Finished& finished() const { return finished_; }
  const scenario::Loaded& loaded() const { return loaded_; }

  using Row = std::function<void(std::uint64_t replication, std::span<const double> values)>;
  /// Gives the rows of replications.csv, up to `most` of them, one after another. Throws WorldError
  /// if its columns are not these.
  void rows(std::span<const model::Column> columns, std::uint64_t most, const Row& row) const;
  /// The results of its whole blocks, whose rows are given to `row`.
  experiment::Results results(std::vector<model::Column> columns, std::vector<model::Series> series,
                              const Row& row) const;

 private:
  std::filesystem::path folder_;
  Finished finished_;
  scenario::Loaded loaded_;
};

}  // namespace truce::report
