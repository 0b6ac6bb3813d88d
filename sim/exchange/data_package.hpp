// SPDX-License-Identifier: Apache-2.0
// A description of CSV files that programs know how to read: a Tabular Data Package.
//
// datapackage.json (Frictionless Data: Tabular Data Package, Table Schema, CSV Dialect 1.2) tells
// of every file its separator, its columns with type, unit and meaning, its checksum, and by which
// columns rows are found and lead to those of other files.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/csv_profile.hpp"
#include "sim/report/file.hpp"

#include "sim/exchange/result.hpp"

namespace truce::exchange {

inline constexpr std::string_view data_package_name = "datapackage.json";

/// A file that holds a table, or a part of one.
struct PackagedFile {
  const StoredTable* table = nullptr;
  report::Written written;  ///< its name without that of the scenario's folder
  bool whole = true;
};

/// The text of datapackage.json of a folder with these files, in a profile: of the result's own
/// tables or, if a scenario is named, of that scenario's.
std::string data_package_text(const Result& result, std::span<const PackagedFile> files,
                              const report::CsvProfile& profile, std::string_view scenario = {});

/// That of the result folder itself: its own tables, with sizes and checksums as its manifest has
/// them.
std::string data_package_text(const Result& result);

}  // namespace truce::exchange
