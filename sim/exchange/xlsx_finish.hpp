// SPDX-License-Identifier: Apache-2.0
// What the library cannot write: lines over bands, intervals of different length, and all digits of
// a number.
//
// DrawingML charts (ECMA-376, part 1, 21.2) know both: a plot area with an area chart and a line
// chart on the same axes, and error bars whose lengths stand in cells. They are put into the charts
// that the library has written. Of numbers it writes 16 digits, where some doubles need 17.
#pragma once

#include <filesystem>

#include "sim/exchange/book.hpp"

namespace truce::exchange {

/// Finishes the charts and the numbers of a workbook just written. Throws WorldError if it can't be
/// read or written.
void finish_xlsx(const Book& book, const std::filesystem::path& file);

}  // namespace truce::exchange
