// SPDX-License-Identifier: Apache-2.0
// results.xlsx: the result of a command as one workbook that an analyst opens and uses.
//
// Sheets: README (question, answer, origin, how to read), the assumptions, the tables of the
// command with the charts made from them, the dictionary, the manifest. Tables of replications are
// told up to a cap, which the first sheet states; nothing else is left out without a word there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "sim/exchange/book.hpp"
#include "sim/exchange/result.hpp"

namespace truce::exchange {

inline constexpr std::string_view workbook_name = "results.xlsx";

struct WorkbookOptions {
  /// Cells of a table of replications or points that are written at most, in whole rows; the
  /// sheet's own limit is never passed.
  std::uint64_t most_cells = 500'000;
  /// Rows of such a table that are written at most, instead.
  std::optional<std::uint64_t> rows{};
};

/// What the workbook of a result holds. Throws WorldError if the result can't be read.
Book book_of(const Result& result, const WorkbookOptions& options = {});

/// A workbook to make one's own from: sheets of formulas that read the tables of the result by
/// their names, and these tables. Throws WorldError if the result can't be read.
Book example_of(const Result& result, const WorkbookOptions& options = {});

/// Writes it to a file, which must not exist. Throws WorldError if it can't be written.
void write_workbook(const Result& result, const std::filesystem::path& file,
                    const WorkbookOptions& options = {});

}  // namespace truce::exchange
