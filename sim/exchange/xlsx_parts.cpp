// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/xlsx_parts.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/core/problem.hpp"

#include "sim/exchange/utf8.hpp"

namespace truce::exchange {
namespace {

/// Whether text begins with what stands for a character in XLSX, "_x000D_".
bool is_escape(std::string_view text) {
  constexpr std::size_t size = 7;
  return text.size() >= size && text.starts_with("_x") && text[size - 1] == '_' &&
         text.substr(2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// Of the character that begins with a byte of UTF-8, how many units of UTF-16 it takes, by which
/// spreadsheets count; none if the byte is not the first of a character.
std::size_t utf16_units(unsigned char byte) {
  if ((byte & 0xC0U) == 0x80U) return 0;
  return byte >= 0xF0U ? 2 : 1;
}

}  // namespace

void check_xlsx(lxw_error error) {
  if (error != LXW_NO_ERROR) throw WorldError("the workbook", ::lxw_strerror(error));
}

std::string xlsx_text(const std::string& text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  const auto valid = valid_utf8(text);
  std::string safe;
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const auto rest = std::string_view(valid).substr(i);
    const auto byte = static_cast<unsigned char>(valid[i]);
    if (byte == '\r') {
      safe += "_x000D_";  // by itself it would be read as a line feed
    } else if (byte < 0x20U && byte != '\t' && byte != '\n') {
      safe += replacement;
    } else if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      safe += replacement;
      i += 2;
    } else if (is_escape(rest)) {
      // Readers would take it for a character (ECMA-376, part 1, 22.9.2.19).
      safe += "_x005F_";
    } else {
      safe += valid[i];
    }
  }
  return safe;
}

std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string cell_text(const std::string& text) {
  constexpr std::size_t kept = 32'000;
  const auto safe = xlsx_text(text);
  std::size_t length = 0;
  std::size_t end = safe.size();  // of what is kept
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const auto units = utf16_units(static_cast<unsigned char>(safe[i]));
    if (units > 0 && length + units > kept) end = std::min(end, i);
    length += units;
  }
  if (length <= most_cell_text) return safe;
  return safe.substr(0, end) + " ... [" + std::to_string(length_of(safe.substr(end))) +
         " more characters, which a cell can't hold: see the CSV file]";
}

std::string in_lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

double greatest_of(const std::vector<report::Cell>& cells) {
  double greatest = 0.0;
  for (const auto& cell : cells) {
    const auto* value = std::get_if<double>(&cell);
    if (value != nullptr && std::isfinite(*value)) {
      greatest = std::max(greatest, std::abs(*value));
    }
  }
  return greatest;
}

std::vector<double> greatest_of_columns(const Page& page) {
  std::vector<double> greatest(page.data.fields.size());
  for (const auto& row : page.data.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const auto* value = std::get_if<double>(&row[c]);
      if (value != nullptr && std::isfinite(*value)) {
        greatest[c] = std::max(greatest[c], std::abs(*value));
      }
    }
  }
  return greatest;
}

const char* number_format(double greatest) {
  if (greatest >= 1000.0) return "#,##0";
  if (greatest >= 100.0) return "0.0";
  if (greatest >= 1.0) return "0.00";
  if (greatest >= 0.01 || greatest == 0.0) return "0.0000";
  return "0.00E+00";
}

}  // namespace truce::exchange
