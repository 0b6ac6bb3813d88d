// SPDX-License-Identifier: Apache-2.0
#include "sim/report/csv.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

namespace truce::report {
namespace {

/// Whether a spreadsheet might take the text for a formula.
bool looks_like_formula(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr std::array starts{"="sv, "+"sv, "-"sv, "@"sv, "\t"sv, "\r"sv, "\n"sv, "\0"sv,
                              // The full-width forms of = + - @.
                              "\xEF\xBC\x9D"sv, "\xEF\xBC\x8B"sv, "\xEF\xBC\x8D"sv,
                              "\xEF\xBC\xA0"sv};
  while (text.starts_with(' ')) text.remove_prefix(1);
  return std::ranges::any_of(starts, [&](std::string_view s) { return text.starts_with(s); });
}

std::string csv_string(const std::string& text) {
  std::string safe;
  if (looks_like_formula(text) && !parse_number(text)) safe = '\'';
  for (const char c : text) {
    // A NUL ends the text for many readers; the replacement character does not.
    if (c == '\0') {
      safe += "\xEF\xBF\xBD";
    } else {
      safe += c;
    }
  }
  const bool bare = !safe.starts_with(' ') && !safe.starts_with('\'') && !safe.ends_with(' ') &&
                    safe.find_first_of(",\"\r\n\t") == std::string::npos;
  if (bare) return safe;
  std::string quoted = "\"";
  for (const char c : safe) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

struct CellText {
  std::string operator()(std::monostate) const { return {}; }
  std::string operator()(const std::string& text) const { return csv_string(text); }
  std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
  std::string operator()(double number) const {
    if (!std::isfinite(number)) return {};
    return shortest(number == 0.0 ? 0.0 : number);  // no "-0"
  }
  std::string operator()(Date date) const { return to_string(date); }
};

}  // namespace

std::string csv_text(const Cell& cell) {
  return std::visit(CellText{}, cell);
}

CsvWriter::CsvWriter(const std::filesystem::path& folder, const Sheet& sheet)
    : name_(sheet.file), columns_(sheet.fields.size()), file_(folder / sheet.file) {
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
    if (&cell != cells.data()) line_ += ',';
    line_ += csv_text(cell);
  }
  line_ += "\r\n";
  file_.write(line_);
}

Written CsvWriter::close() {
  file_.close();
  return {name_, rows_, columns_, file_.bytes(), file_.sha256()};
}

Written write_csv(const std::filesystem::path& folder, const Table& table) {
  CsvWriter writer(folder, table);
  for (const auto& row : table.rows) writer.row(row);
  return writer.close();
}

}  // namespace truce::report
