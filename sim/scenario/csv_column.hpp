// SPDX-License-Identifier: Apache-2.0
// Observations that stand in a table beside the scenario: one column of numbers of a CSV file.
//
// CSV as RFC 4180 has it: commas, quotation marks where a field holds commas or line ends, the
// first row names the columns. Numbers have a decimal point and no unit.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "sim/core/code.hpp"

namespace truce::scenario {

/// Why a table can't be used.
struct TableError : std::runtime_error {
  TableError(Code kind, const std::string& what, std::string wanted)
      : std::runtime_error(what), code(kind), accepted(std::move(wanted)) {}
  Code code;
  std::string accepted;
};

/// The numbers of a column of a CSV file, in order, at least one. The path counts from the folder
/// of the scenario file and may not lead out of that folder, not by symbolic links either. Throws
/// TableError; also for a file of more than 16 MiB or a million rows, and for anything but a
/// regular file.
std::vector<double> csv_column(const std::string& scenario_file, const std::string& path,
                               const std::string& column);

}  // namespace truce::scenario
