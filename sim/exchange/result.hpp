// SPDX-License-Identifier: Apache-2.0
// A result folder as tables that know their columns: what every other format is made from.
//
// Types and units come from the folder's own dictionary.csv, values from its CSV files, which keep
// every bit of a number. What is made from them is thus the same whether the folder has just been
// written or is read years later.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/report/csv_read.hpp"
#include "sim/report/table.hpp"

namespace truce::exchange {

using Json = nlohmann::ordered_json;

/// A table of a result folder.
struct StoredTable
    : report::Sheet {  // file: "summary.csv"; of a scenario's own: "base/summary.csv"
  std::uint64_t rows = 0;

  /// "summary"
  std::string name() const;
  /// The folder in the folder, of a scenario that is compared; empty of the result's own tables.
  std::string scenario() const;
  /// The place of a column. Throws WorldError if there is none.
  std::size_t column(std::string_view name) const;
};

/// A result folder, finished or in the making.
class Result {
 public:
  /// A finished one. Throws WorldError if it has no manifest of truce, or if a file is missing or
  /// was changed since it was written.
  explicit Result(std::filesystem::path folder);
  /// One in the making, with the manifest that it will have but for files yet to come.
  Result(std::filesystem::path folder, Json manifest);

  const std::filesystem::path& folder() const { return folder_; }
  const Json& manifest() const { return manifest_; }
  /// run, compare, sweep or sensitivity.
  std::string kind() const;
  /// Its own tables in the order of the manifest, then those of the scenarios compared.
  std::span<const StoredTable> tables() const { return tables_; }
  /// The table of that name ("summary"), of a scenario if one is named; null if there is none.
  const StoredTable* find(std::string_view name, std::string_view scenario = {}) const;
  /// The scenarios that have tables of their own, in the order of the manifest.
  std::vector<std::string> scenarios() const;

 private:
  void read_tables();

  std::filesystem::path folder_;
  Json manifest_;
  std::vector<StoredTable> tables_;
};

/// The rows of a table, one after another.
class Rows {
 public:
  /// Throws WorldError if the file can't be read or its columns are not those of the dictionary.
  Rows(const Result& result, const StoredTable& table);

  /// Reads the next row; false at the end. Throws WorldError, with the line, for a cell that is not
  /// of its column's type.
  bool next();
  const std::vector<report::Cell>& cells() const { return cells_; }

 private:
  const StoredTable& table_;
  report::CsvReader reader_;
  std::vector<report::Cell> cells_;
};

/// All rows at once, for tables that do not grow with the number of replications.
report::Table read_all(const Result& result, const StoredTable& table);

}  // namespace truce::exchange
