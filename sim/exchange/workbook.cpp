// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/workbook.hpp"

#include "sim/core/problem.hpp"

#include "sim/exchange/book_pages.hpp"
#include "sim/exchange/xlsx.hpp"

namespace truce::exchange {

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
