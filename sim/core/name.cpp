// SPDX-License-Identifier: Apache-2.0
#include "sim/core/name.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "sim/core/text.hpp"

namespace truce {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Months as spreadsheets in English know them, the longer words first.
constexpr std::array<std::string_view, 24> months{
    "january", "february", "september", "november", "december", "october", "august", "march",
    "april",   "june",     "july",      "sept",     "jan",      "feb",     "mar",    "apr",
    "may",     "jun",      "jul",       "aug",      "sep",      "oct",     "nov",    "dec"};

}  // namespace

bool is_name(std::string_view text) {
  constexpr std::size_t longest = 64;
  return !text.empty() && text.size() <= longest && is_letter(text.front()) &&
         std::ranges::all_of(
             text, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool reads_as_value(std::string_view text) {
  std::string word(text);
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (word == "true" || word == "false" || parse_number(word)) return true;
  // Of a date there remain digits and what stands between them.
  const bool dated = std::ranges::any_of(months, [&](std::string_view month) {
    const auto at = word.find(month);
    if (at == std::string::npos) return false;
    word.erase(at, month.size());
    return true;
  });
  const bool plain = std::ranges::all_of(
      word, [](char c) { return is_digit(c) || c == '-' || c == '.' || c == '/' || c == ':'; });
  return plain && std::ranges::any_of(word, is_digit) &&
         (dated || std::ranges::any_of(word, [](char c) { return !is_digit(c); }));
}

std::optional<Problem> bad_name(std::string_view text, const Position& at,
                                const std::string& path) {
  const auto what = "'" + printable(text) + "' can't be a name";
  if (!is_name(text)) {
    return Problem{Code::bad_name, at, path, what,
                   "Names begin with a letter and hold letters, digits, _ and -, at most 64."};
  }
  if (!reads_as_value(text)) return std::nullopt;
  return Problem{Code::bad_name, at, path,
                 what + ": a spreadsheet would change it into a date, a number or a truth value",
                 "Write an underscore between word and number, or another word."};
}

}  // namespace truce
