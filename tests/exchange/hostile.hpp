// SPDX-License-Identifier: Apache-2.0
// A result folder whose cells are the hardest ones there are, for the tests of all formats.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/report/table.hpp"

namespace truce::exchange {

/// Text that careless programs execute, cut, or take for something else.
const std::vector<std::string>& hostile_texts();
/// Numbers that lose bits easily.
const std::vector<double>& hostile_numbers();

/// Writes tables as a result of a kind into a new folder, with dictionary and manifest.
void write_result(const std::filesystem::path& folder, const std::string& kind,
                  const std::vector<report::Table>& tables);

/// A run with such cells: cells.csv (a text, a number, a whole number and a date a row), and
/// replications.csv with two columns that differ in the case of a letter.
void write_hostile(const std::filesystem::path& folder);

}  // namespace truce::exchange
