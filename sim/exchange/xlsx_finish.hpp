// SPDX-License-Identifier: Apache-2.0
// What the library cannot draw: lines over bands, and intervals of different length.
//
// DrawingML charts (ECMA-376, part 1, 21.2) know both: a plot area with an area chart and a line
// chart on the same axes, and error bars whose lengths stand in cells. They are put into the charts
// that the library has written.
#pragma once

#include <filesystem>

#include "sim/exchange/book.hpp"

namespace truce::exchange {

/// Finishes the charts of a workbook just written. Throws WorldError if it can't be read or
/// written.
void finish_charts(const Book& book, const std::filesystem::path& file);

}  // namespace truce::exchange
