// SPDX-License-Identifier: Apache-2.0
// Reads comma-separated values, row by row: the tables of a result, and those of other programs.
//
// RFC 4180: commas, fields in quotes where they hold commas, quotes or line ends; lines may end
// with CR LF or LF. A byte order mark is skipped. Other separators as a profile says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "sim/report/csv_profile.hpp"

namespace truce::report {

class CsvReader {
 public:
  /// Opens a file and reads the names of its columns. Throws WorldError if it can't be read or has
  /// none.
  explicit CsvReader(std::filesystem::path path, const CsvProfile& profile = rfc4180());

  const std::vector<std::string>& header() const { return header_; }
  /// Reads the next row; false at the end. Throws WorldError, with the line, for a row that has not
  /// as many fields as the header, and for quotes that don't close.
  bool next();
  /// The fields of the row read last.
  const std::vector<std::string>& row() const { return row_; }
  /// The field as a number; not a number (absent) if it is empty. Throws WorldError if it is text.
  double number(std::size_t field) const;
  std::uint64_t line() const { return line_; }
  [[noreturn]] void fail(const std::string& what) const;

 private:
  bool read_fields(std::vector<std::string>& fields);

  std::filesystem::path path_;
  CsvProfile profile_;
  std::ifstream file_;
  std::vector<char> buffer_;
  std::vector<std::string> header_;
  std::vector<std::string> row_;
  std::uint64_t line_ = 0;
};

}  // namespace truce::report
