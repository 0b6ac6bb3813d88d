// SPDX-License-Identifier: Apache-2.0
#include "sim/report/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

namespace truce::report {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Whether a spreadsheet might take the text for a formula.
bool looks_like_formula(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr std::array starts{"="sv, "+"sv, "-"sv, "@"sv, "\t"sv, "\r"sv, "\n"sv,
                              // Where a NUL stood.
                              replacement,
                              // The full-width forms of = + - @.
                              "\xEF\xBC\x9D"sv, "\xEF\xBC\x8B"sv, "\xEF\xBC\x8D"sv,
                              "\xEF\xBC\xA0"sv};
  if (parse_number(text)) return false;
  while (text.starts_with(' ')) text.remove_prefix(1);
  return std::ranges::any_of(starts, [&](std::string_view s) { return text.starts_with(s); });
}

/// Whether the text is apostrophes, or none, and then what looks like a formula.
bool takes_apostrophe(std::string_view text) {
  while (text.starts_with('\'')) text.remove_prefix(1);
  return looks_like_formula(text);
}

std::string csv_string(const std::string& text, char separator) {
  std::string safe;
  for (const char c : text) {
    if (c == '\0') {
      safe += replacement;
    } else {
      safe += c;
    }
  }
  if (takes_apostrophe(safe)) safe.insert(0, 1, '\'');
  const bool bare = !safe.starts_with(' ') && !safe.starts_with('\'') && !safe.ends_with(' ') &&
                    safe.find_first_of("\"\r\n\t") == std::string::npos &&
                    safe.find(separator) == std::string::npos;
  if (bare) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

struct CellText {
  const CsvProfile& profile;

  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const {
    return csv_string(text, profile.separator());
  }
  std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
  std::string operator()(double number) const {
    if (!std::isfinite(number)) return {};
    auto text = shortest(number == 0.0 ? 0.0 : number);  // no "-0"
    std::ranges::replace(text, '.', profile.decimal());
    return text;
  }
  std::string operator()(Date date) const { return to_string(date); }
};

}  // namespace

std::string csv_text(const Cell& cell, const CsvProfile& profile) {
  return std::visit(CellText{profile}, cell);
}

std::string plain_text(std::string_view harmless) {
  const bool has_one = harmless.starts_with('\'') && takes_apostrophe(harmless);
  return std::string(has_one ? harmless.substr(1) : harmless);
}

CsvWriter::CsvWriter(const std::filesystem::path& folder, const Sheet& sheet,
                     const CsvProfile& profile)
    : profile_(profile),
      name_(sheet.file),
      columns_(sheet.fields.size()),
      file_(folder / sheet.file) {
  if (profile_.has_byte_order_mark()) file_.write(byte_order_mark);
  std::vector<Cell> header;
  for (const auto& field : sheet.fields) header.emplace_back(field.name);
  line(header);
}

void CsvWriter::row(std::span<const Cell> cells) {
  line(cells);
  ++rows_;
}

void CsvWriter::line(std::span<const Cell> cells) {
  TRUCE_EXPECT(cells.size() == columns_, "a row has a cell for each column");
  line_.clear();
  for (const auto& cell : cells) {
    if (&cell != cells.data()) line_ += profile_.separator();
    line_ += csv_text(cell, profile_);
  }
  line_ += "\r\n";
  file_.write(line_);
}

Written CsvWriter::close() {
  file_.close();
  return {name_, rows_, columns_, file_.bytes(), file_.sha256()};
}

Written write_csv(const std::filesystem::path& folder, const Table& table,
                  const CsvProfile& profile) {
  CsvWriter writer(folder, table, profile);
  for (const auto& row : table.rows) writer.row(row);
  return writer.close();
}

}  // namespace truce::report
