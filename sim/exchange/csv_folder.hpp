// SPDX-License-Identifier: Apache-2.0
// A result written as CSV once more, in the profile of whoever opens it.
//
// All tables under their names, those of scenarios in their folders, a datapackage.json in each,
// and a manifest that tells the profile, checksums and what it was made from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/report/csv_profile.hpp"

#include "sim/exchange/result.hpp"

namespace truce::exchange {

/// The kind in the manifest of such a folder.
inline constexpr std::string_view export_kind = "export";

/// What a sheet of Excel takes; a header is one of its rows.
struct SheetLimits {
  std::uint64_t rows = 1'048'576;
  std::size_t columns = 16'384;
};

/// What became of a result that does not fit a sheet.
struct CsvFolder {
  /// A table that is written as several files, each with the header: NAME-1.csv, NAME-2.csv, ...
  struct Split {
    std::string file;                ///< "replications.csv"
    std::vector<std::string> parts;  ///< "replications-1.csv", ...
  };
  std::vector<Split> splits;
  std::vector<std::string> too_wide;  ///< files with more columns than a sheet
  std::size_t tables = 0;
  std::uint64_t bytes = 0;  ///< of all tables
};

/// Writes all into a folder that exists and is empty. `limits` hold for profiles that are for
/// Excel. Throws WorldError.
CsvFolder write_csv_folder(const Result& result, const report::CsvProfile& profile,
                           const std::filesystem::path& folder, const SheetLimits& limits = {});

}  // namespace truce::exchange
