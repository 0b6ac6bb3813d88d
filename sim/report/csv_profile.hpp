// SPDX-License-Identifier: Apache-2.0
// The ways to write comma-separated values: one for programs, others for the spreadsheets that
// guess separator, decimal sign and encoding from where their user lives.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace truce::report {

/// Which characters separate columns and decimals, and whom the file is for.
class CsvProfile {
 public:
  /// Excel takes a file without a byte order mark for one in the code page of its country, and
  /// opens no more rows than a sheet has.
  enum class Reader : std::uint8_t { any, excel };

  /// `separator` of columns: comma, semicolon or tab; `decimal`: point or comma. They must differ,
  /// lest 1,5 be one number or two. `name` must outlive it.
  CsvProfile(std::string_view name, char separator, char decimal, Reader reader);

  std::string_view name() const { return name_; }
  char separator() const { return separator_; }
  char decimal() const { return decimal_; }
  bool has_byte_order_mark() const { return reader_ == Reader::excel; }
  bool is_for_excel() const { return reader_ == Reader::excel; }

  /// Reads a number as the profile writes it; nothing of any other text.
  std::optional<double> number(std::string_view text) const;

 private:
  std::string_view name_;
  char separator_;
  char decimal_;
  Reader reader_;
};

/// Comma and decimal point, no mark: how results are written.
const CsvProfile& rfc4180();
/// All that have a name: rfc4180, excel (the same with a byte order mark), excel-eu (semicolon,
/// decimal comma, mark), tsv (tab).
std::span<const CsvProfile> csv_profiles();
/// Null if there is none of that name.
const CsvProfile* find_csv_profile(std::string_view name);

/// What stands at the head of a file with a byte order mark.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace truce::report
