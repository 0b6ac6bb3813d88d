// SPDX-License-Identifier: Apache-2.0
// Pages that the workbooks of several commands have, and pieces they are made of.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/exchange/book.hpp"
#include "sim/exchange/result.hpp"
#include "sim/exchange/workbook.hpp"

namespace truce::exchange {

/// Charts of a page at most, so that a sheet stays quick to open.
inline constexpr std::size_t most_charts = 24;

/// "tblSurvivalCompare" of "survival_compare".
std::string table_name(std::string_view name);

/// A page with all rows of a table.
Page whole_page(const Result& result, const StoredTable& table, std::string name,
                std::string purpose);

/// A page with the first rows of a table that grows with the number of replications.
Page capped_page(const Result& result, const StoredTable& table, std::string name,
                 std::string purpose, const WorkbookOptions& options);

/// The values of the scenario that a study varies, with their sources.
Page base_assumptions(const Result& result, const StoredTable& table);

/// Dictionary of all columns of the result, and the manifest but for what depends on when and how
/// fast it was made.
Page dictionary_page(const Result& result);
Page manifest_page(const Result& result);

/// Title, date and the lines that tell where the result comes from.
void tell_origin(Book& book, const Result& result, const std::string& question,
                 const std::string& answer);

/// Adds two columns to a page's table from which its charts draw a band: where it begins and how
/// high it is. Where an end is absent, the band is nothing at the value of `middle`.
void add_band(Page& page, std::size_t low, std::size_t high, std::size_t middle);

/// The number of a cell; nothing if it is absent.
std::optional<double> number_of(const report::Cell& cell);
/// Its text; empty if it is absent.
std::string text_of(const report::Cell& cell);

/// Runs of rows that have the same text in a column, in their order.
struct Run {
  std::string text;
  std::size_t first = 0;
  std::size_t end = 0;
};
std::vector<Run> runs_of(const report::Table& table, std::size_t column);

/// Sorts rows by the text of a column, in the order in which each appears first.
void gather_by(report::Table& table, std::size_t column);

/// Text of other origin as it would stand in a CSV file: with an apostrophe before it if a
/// spreadsheet might take it for a formula.
std::string harmless(const std::string& text);

/// Whole percent, "64 %"; three significant digits with a unit, "9.31 days".
std::string percent(double share);
std::string with_unit(double value, const std::string& unit);

/// A name that formulas may use: letters, digits and underscores, "truce_coverage_mean".
std::string cell_name(std::string_view outcome, std::string_view statistic);

// The books, each in a file of its own.
void fill_run_book(Book& book, const Result& result, const WorkbookOptions& options);
void fill_compare_book(Book& book, const Result& result, const WorkbookOptions& options);
void fill_sweep_book(Book& book, const Result& result, const WorkbookOptions& options);
void fill_sensitivity_book(Book& book, const Result& result, const WorkbookOptions& options);

}  // namespace truce::exchange
