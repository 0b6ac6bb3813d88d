// SPDX-License-Identifier: Apache-2.0
// Puts a new result into the tables of a planner's own workbook, and leaves all else as it is.
//
// An analyst has sheets of formulas, charts and notes beside the tables that truce wrote
// (tblSummary, tblReplications). After another run the tables get the new rows, and formulas that
// name them (tblSummary[mean], INDEX and MATCH, SUMIFS, pivots) go on working: their old values are
// taken away, so that the spreadsheet program works them out when it opens the file, and no old
// number can be taken for a new one.
//
// Office Open XML (ECMA-376). What would have to be guessed is refused, and then nothing is
// written: a column of the planner's own that holds values, a table that would grow over something,
// a totals row that would have to move. Addresses of cells in formulas, names and charts
// (Summary!B2:B41) stay as they are, and are told if they now miss rows.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/report/table.hpp"

namespace truce::exchange {

/// A table by the name that it has in workbooks.
struct NamedTable {
  std::string name;  ///< "tblSummary"
  report::Table data;
};

/// What became of the tables of a workbook, in its order.
struct Refilled {
  std::vector<std::string> tables;    ///< filled
  std::vector<std::string> missing;   ///< named tbl..., but none of the result's: left as they were
  std::vector<std::string> left_out;  ///< "tblSummary[se]": not in the workbook's table
  /// "Notes!B3", "a chart on Notes", "name Means": what points by address at some rows of a filled
  /// table, but not at all that it has now; the first 100.
  std::vector<std::string> by_address;
};

/// Writes `workbook` with the new data to `out`, which may be the same file; a file of that name is
/// replaced at once, when all is written. Throws WorldError if the workbook can't be read or is
/// damaged, UsageError for what the planner has to change in it first.
Refilled refill(const std::filesystem::path& workbook, const std::filesystem::path& out,
                std::span<const NamedTable> tables);

}  // namespace truce::exchange
