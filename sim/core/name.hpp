// SPDX-License-Identifier: Apache-2.0
// Names that users give to hubs, sectors, factors, what-ifs: they stand in paths, columns, files,
// and in cells of spreadsheets, which must leave them as they are.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/core/problem.hpp"

namespace truce {

/// Whether a name begins with a letter and holds letters, digits, _ and -, at most 64 (ASCII).
bool is_name(std::string_view text);

/// Whether a spreadsheet would take the text for a number, a date or a truth value, and change it:
/// "1-2", "2E5", "SEPT1", "mar-03", "1-may-2026", "true". In 2014 to 2020 about a third of the
/// papers in genetics with lists of genes had such errors (Abeysooriya et al., PLOS Computational
/// Biology, 2021).
bool reads_as_value(std::string_view text);

/// Why text can't name what stands at a place of a scenario or study; nothing if it can.
std::optional<Problem> bad_name(std::string_view text, const Position& at, const std::string& path);

}  // namespace truce
