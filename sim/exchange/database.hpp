// SPDX-License-Identifier: Apache-2.0
// A result as one SQLite database, for those who ask with SQL.
//
// Each table of the result is a table of the database (STRICT: INTEGER, REAL, TEXT; dates are texts
// "2026-07-01"), with its primary key and with foreign keys to the tables that it leads to. The
// tables of scenarios that are compared stand together in run_summary, run_replications, ..., with
// a column "scenario"; a column that some of them lack is NULL there. Beside them:
//
//   table_info(table_name, kind, rows, meaning)   tables and views; rows of a view are NULL
//   column_info(table_name, column_name, position, file, csv_column, type, unit, meaning)
//   entry_info(table_name, column_name, entry, type, unit, meaning)   e.g. the series of a timeline
//   manifest(key, value)    key: JSON Pointer (RFC 6901), "/truce/version"
//   outcome_summary, timeline_means, verdicts, ranked_inputs    views, where there is such a table
//
// Names are those of the CSV files. Where two columns differ only in the case of letters, the
// second gets _2 behind its name; csv_column tells what it is called there. A table with more
// columns than SQLite takes (2000) goes on in NAME_2, NAME_3, ... with the same key. Text is that
// of the CSV files: what a spreadsheet would take for a formula has its apostrophe. What is absent
// is NULL.
//
// The same result gives the same bytes with the same version of SQLite.
#pragma once

#include <cstddef>
#include <filesystem>

#include "sim/exchange/result.hpp"

namespace truce::exchange {

/// The version of what is described above: user_version of the database.
inline constexpr int database_format = 1;

/// Columns that a table of SQLite may have.
inline constexpr std::size_t most_database_columns = 2000;

/// Writes a new file in one transaction, row by row. Throws WorldError if it exists or can't be
/// written, or if the result can't be read.
void write_database(const Result& result, const std::filesystem::path& file,
                    std::size_t most_columns = most_database_columns);

}  // namespace truce::exchange
