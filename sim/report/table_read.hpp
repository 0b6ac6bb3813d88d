// SPDX-License-Identifier: Apache-2.0
// Reads tables that people made with other programs: CSV files, and the first sheet of XLSX files.
//
// Office Open XML (ECMA-376): a ZIP archive of XML parts. Of a sheet only the cells' values are
// read: texts, shared and inline, numbers, truth values. A formula counts by the value that the
// spreadsheet program left beside it. A cell with an error, or a formula without a value, is
// refused rather than taken to be empty.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>

#include "sim/core/text_table.hpp"

namespace truce::report {

/// Why a table can't be read, with the place in it.
struct UnreadableTable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Bytes that a table may have: of a CSV file, of an XLSX file, and of what is packed in that.
inline constexpr std::uintmax_t most_csv_bytes = 16U << 20U;
inline constexpr std::uintmax_t most_packed_bytes = 64U << 20U;
inline constexpr std::uintmax_t most_unpacked_bytes = 64U << 20U;

/// Reads a file by its extension, .csv or .xlsx. The first row that is not empty names the columns;
/// empty rows are left out, and so are columns without a name that hold nothing. Throws
/// UnreadableTable.
TextTable read_table(const std::filesystem::path& file);

/// The first sheet of a workbook, likewise.
TextTable read_workbook(const std::filesystem::path& file);

}  // namespace truce::report
