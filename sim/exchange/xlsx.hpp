// SPDX-License-Identifier: Apache-2.0
// Writes a book as an XLSX file (Office Open XML, ECMA-376): real numbers and dates, named tables,
// native charts; no macros, no links to elsewhere, and text that is never taken for a formula.
//
// The same book gives the same bytes.
#pragma once

#include <filesystem>

#include "sim/exchange/book.hpp"

namespace truce::exchange {

/// Writes the file, which must not exist. Throws WorldError if it can't be written. Contract: pages
/// fit a sheet.
void write_xlsx(const Book& book, const std::filesystem::path& file);

}  // namespace truce::exchange
