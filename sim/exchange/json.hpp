// SPDX-License-Identifier: Apache-2.0
// A result as one JSON file, for programs and notebooks: all tables with units and meanings, and
// the manifest.
//
//   {"format": 1,
//    "manifest": {...},
//    "tables": {"summary": {"columns": [{"name", "type", "unit", "meaning"}, ...],
//                           "rows": [[...], ...]}, ...},
//    "scenarios": {"base": {"summary": {...}, ...}, ...}}
//
// "scenarios" is there if scenarios that are compared have tables of their own. Numbers have as
// many digits as it takes to read back the same double, and all digits of whole numbers; what is
// absent is null; dates are "2026-07-01". Text is that of the CSV files: what a spreadsheet would
// take for a formula has its apostrophe, so that it still matches them. UTF-8; what is none is
// replaced.
#pragma once

#include <filesystem>

#include "sim/exchange/result.hpp"

namespace truce::exchange {

/// The version of what is described above.
inline constexpr int json_format = 1;

/// Writes a new file, row by row. Throws WorldError if it exists or can't be written, or if the
/// result can't be read.
void write_json(const Result& result, const std::filesystem::path& file);

}  // namespace truce::exchange
