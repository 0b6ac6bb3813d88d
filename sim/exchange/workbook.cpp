// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/workbook.hpp"

#include <algorithm>
#include <string>

#include "sim/core/problem.hpp"

#include "sim/exchange/book_pages.hpp"
#include "sim/exchange/xlsx.hpp"

namespace truce::exchange {
namespace {

/// Cuts a page to what a sheet holds, and says so. Its charts would point beyond.
void fit_sheet(Page& page) {
  auto& data = page.data;
  const auto rows = data.rows.size();
  const auto columns = data.fields.size();
  if (rows < most_sheet_rows && columns <= most_sheet_columns) return;
  const auto kept_rows = std::min(rows, most_sheet_rows - 1);
  const auto kept_columns = std::min(columns, most_sheet_columns);
  data.rows.resize(kept_rows);
  data.fields.resize(kept_columns);
  for (auto& row : data.rows) row.resize(kept_columns);
  page.charts.clear();
  page.words.reset();
  page.rest += std::string(page.rest.empty() ? "" : "; ") +
               "a sheet holds no more than the first " + std::to_string(kept_rows) + " of " +
               std::to_string(rows) + " rows and " + std::to_string(kept_columns) + " of " +
               std::to_string(columns) + " columns: all are in " +
               (data.file.empty() ? "the CSV files" : data.file);
}

}  // namespace

Book book_of(const Result& result, const WorkbookOptions& options) {
  Book book;
  const auto kind = result.kind();
  if (kind == "run") {
    fill_run_book(book, result, options);
  } else if (kind == "compare") {
    fill_compare_book(book, result, options);
  } else if (kind == "sweep") {
    fill_sweep_book(book, result, options);
  } else if (kind == "sensitivity") {
    fill_sensitivity_book(book, result, options);
  } else {
    throw WorldError(result.folder().string(),
                     "is the result of '" + kind + "', which this version of truce does not know");
  }
  book.pages.push_back(dictionary_page(result));
  book.pages.push_back(manifest_page(result));
  for (auto& page : book.pages) fit_sheet(page);
  // Names and questions are the planner's own text, which the first sheet has from the manifest.
  book.title = harmless(book.title);
  for (auto& line : book.about) line.text = harmless(line.text);
  return book;
}

void write_workbook(const Result& result, const std::filesystem::path& file,
                    const WorkbookOptions& options) {
  write_xlsx(book_of(result, options), file);
}

}  // namespace truce::exchange
