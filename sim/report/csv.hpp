// SPDX-License-Identifier: Apache-2.0
// Comma-separated values that every spreadsheet reads the same way, and none executes.
//
// RFC 4180: commas, a header line, lines ended by CR LF, quotes around text that needs them and
// doubled within. UTF-8 without a byte order mark; other profiles differ in separators and mark
// alone. Numbers have a decimal point and as many digits as it takes to read back the same double;
// what is absent or not finite is an empty cell, never "nan".
//
// Text that a spreadsheet would take for a formula (first character = + - @, tab, CR, LF or NUL,
// also after blanks and in their full-width forms) gets a leading apostrophe, unless it is a plain
// number (OWASP, "CSV Injection"; CWE-1236). So does text in which such follows apostrophes, so
// that it can be undone: of a text that is apostrophes and then what looks like a formula, take the
// first apostrophe away; leave all other texts as they are (plain_text). It is the same text in
// every profile. A NUL, which many readers take for the end, becomes the replacement character.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/report/csv_profile.hpp"
#include "sim/report/file.hpp"
#include "sim/report/table.hpp"

namespace truce::report {

/// A cell as it stands in the file.
std::string csv_text(const Cell& cell, const CsvProfile& profile = rfc4180());

/// The text that was written as `harmless`, as a reader finds it: without what was put before it.
std::string plain_text(std::string_view harmless);

/// Writes a table row by row; WorldError if it can't be written.
class CsvWriter {
 public:
  /// Writes the header of `sheet` to a new file in `folder`.
  CsvWriter(const std::filesystem::path& folder, const Sheet& sheet,
            const CsvProfile& profile = rfc4180());

  /// Writes a row with a cell for each field.
  void row(std::span<const Cell> cells);
  Written close();

 private:
  void line(std::span<const Cell> cells);

  CsvProfile profile_;
  std::string name_;
  std::size_t columns_;
  std::uint64_t rows_ = 0;
  std::string line_;
  File file_;
};

/// Writes a whole table.
Written write_csv(const std::filesystem::path& folder, const Table& table,
                  const CsvProfile& profile = rfc4180());

}  // namespace truce::report
