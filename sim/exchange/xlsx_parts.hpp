// SPDX-License-Identifier: Apache-2.0
// Pieces of XLSX files that its writer shares with its charts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <xlsxwriter.h>

#include "sim/exchange/book.hpp"

namespace truce::exchange {

/// Throws WorldError with the library's words unless all went well.
void check_xlsx(lxw_error error);

/// Text as a cell or title can hold it: valid UTF-8, no characters that XML forbids.
std::string xlsx_text(const std::string& text);

/// The same, cut if it is longer than a cell can hold, which the text then says.
std::string cell_text(const std::string& text);

/// Characters of UTF-8 text.
std::size_t length_of(std::string_view text);

/// ASCII letters in lower case.
std::string in_lower_case(std::string text);

/// The greatest absolute value of the numbers of a row, and of each column of a page; 0 of none.
double greatest_of(const std::vector<report::Cell>& cells);
std::vector<double> greatest_of_columns(const Page& page);

/// A number's format, "#,##0.0", by the size of the greatest of those that look alike.
const char* number_format(double greatest);

/// Adds the charts of a page to the right of its table.
void add_charts(lxw_workbook* workbook, lxw_worksheet* sheet, const Page& page);

/// The column in which the charts of a page begin.
std::size_t chart_column(const Page& page);

}  // namespace truce::exchange
