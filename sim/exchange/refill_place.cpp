// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_place.hpp"

#include "sim/core/text.hpp"

namespace truce::exchange::book {
namespace {

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Characters of names, numbers and addresses; those of other alphabets are bytes above 127.
bool is_of_word(char c) {
  return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '$' || c == '\\' || c == '?' ||
         static_cast<unsigned char>(c) > 127;
}

/// 2 of "B" and "$b".
std::uint32_t column_number(std::string_view letters) {
  std::uint32_t column = 0;
  for (const char c : letters) {
    if (c == '$') continue;
    column = column * 26 + static_cast<std::uint32_t>(c & ~0x20) - 'A' + 1;
  }
  return column;
}

/// An address in a formula, "$B7", taken apart; of "7:9" the part "7", of "B:C" the part "B".
struct Address {
  std::string_view column;  ///< with its $
  std::string_view row;     ///< with its $
};

std::optional<Address> parse_address(std::string_view word) {
  std::size_t i = word.starts_with('$') ? 1 : 0;
  const std::size_t letters = i;
  while (i < word.size() && is_letter(word[i])) ++i;
  const std::size_t end = i > letters ? i : 0;  // "$7" has no column
  if (i - letters > 3 || column_number(word.substr(0, end)) > most_columns) return std::nullopt;
  i = end;
  if (i < word.size() && word[i] == '$') ++i;
  const std::size_t digits = i;
  while (i < word.size() && is_digit(word[i])) ++i;
  if (i != word.size() || (i == digits && digits != end)) return std::nullopt;
  if (i > digits) {
    const auto row = parse_integer(word.substr(digits));
    if (!row || *row < 1 || *row > most_rows) return std::nullopt;
  }
  return Address{word.substr(0, end), word.substr(end)};
}

/// A piece of a formula.
struct Piece {
  std::string_view text;
  std::optional<Address> address;  ///< if it is (part of) one
};

/// Takes a formula apart into addresses and all else.
class Pieces {
 public:
  explicit Pieces(std::string_view formula) : formula_(formula) {}

  std::optional<Piece> next() {
    if (at_ == formula_.size()) return std::nullopt;
    const std::size_t begin = at_;
    const char c = formula_[at_];
    if (c == '"' || c == '\'') return Piece{quoted(c), {}};
    if (c == '[') return Piece{brackets(), {}};
    if (!is_of_word(c)) {
      ++at_;
      return Piece{formula_.substr(begin, 1), {}};
    }
    while (at_ < formula_.size() && is_of_word(formula_[at_])) ++at_;
    const auto word = formula_.substr(begin, at_ - begin);
    const char before = begin > 0 ? formula_[begin - 1] : ' ';
    const char after = at_ < formula_.size() ? formula_[at_] : ' ';
    // LOG10(, Sheet1!, Table1[
    if (after == '(' || after == '!' || after == '[') return Piece{word, {}};
    auto address = parse_address(word);
    const bool whole = address && !address->column.empty() && !address->row.empty();
    if (!whole && before != ':' && after != ':') address.reset();  // a number, a name
    return Piece{word, address};
  }

 private:
  // Quotes are doubled within.
  std::string_view quoted(char quote) {
    const std::size_t begin = at_;
    while (at_ < formula_.size() && formula_[at_] == quote) {
      const auto end = formula_.find(quote, at_ + 1);
      at_ = end == std::string_view::npos ? formula_.size() : end + 1;
    }
    return formula_.substr(begin, at_ - begin);
  }

  // In brackets an apostrophe takes the meaning from the character behind it.
  std::string_view brackets() {
    const std::size_t begin = at_;
    int depth = 0;
    for (; at_ < formula_.size(); ++at_) {
      const char c = formula_[at_];
      if (c == '\'' && at_ + 1 < formula_.size()) {
        ++at_;
      } else if (c == '[') {
        ++depth;
      } else if (c == ']' && --depth == 0) {
        ++at_;
        break;
      }
    }
    return formula_.substr(begin, at_ - begin);
  }

  std::string_view formula_;
  std::size_t at_ = 0;
};

/// "Summary" of Summary!, "It's" of 'It''s'!
std::string sheet_name(std::string_view text) {
  if (text.size() < 2 || text.front() != '\'') return std::string(text);
  std::string name;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    name += text[i];
    if (text[i] == '\'') ++i;  // doubled
  }
  return name;
}

/// The cells of an address; whole rows of "7".
Area area_of(const Address& address) {
  Area area{{1, 1}, {most_rows, most_columns}};
  if (!address.column.empty()) {
    area.first.column = area.last.column = column_number(address.column);
  }
  if (!address.row.empty()) {
    const auto digits = address.row.substr(address.row.front() == '$' ? 1 : 0);
    area.first.row = area.last.row = static_cast<std::uint32_t>(parse_integer(digits).value_or(1));
  }
  return area;
}

}  // namespace

std::string column_letters(std::uint32_t column) {
  std::string letters;
  for (std::uint32_t n = column; n > 0; n = (n - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (n - 1) % 26));
  }
  return letters;
}

std::string text_of(Place place) {
  return column_letters(place.column) + std::to_string(place.row);
}

std::string text_of(const Area& area) {
  if (area.first == area.last) return text_of(area.first);
  return text_of(area.first) + ":" + text_of(area.last);
}

std::optional<Place> parse_place(std::string_view text) {
  const auto address = parse_address(text);
  if (!address || address->column.empty() || address->row.empty() ||
      text.find('$') != std::string_view::npos) {
    return std::nullopt;
  }
  if (address->column.front() > 'Z') return std::nullopt;  // names of cells are in capitals
  const auto column = column_number(address->column);
  return Place{static_cast<std::uint32_t>(parse_integer(address->row).value_or(0)), column};
}

std::optional<Area> parse_area(std::string_view text) {
  const auto colon = text.find(':');
  const auto first = parse_place(text.substr(0, colon));
  const auto last = colon == std::string_view::npos ? first : parse_place(text.substr(colon + 1));
  if (!first || !last || first->row > last->row || first->column > last->column) {
    return std::nullopt;
  }
  return Area{*first, *last};
}

std::optional<std::string> moved_down(std::string_view formula, std::int64_t rows) {
  std::string moved;
  Pieces pieces(formula);
  while (const auto piece = pieces.next()) {
    const auto& address = piece->address;
    if (!address || address->row.empty() || address->row.front() == '$') {
      moved += piece->text;
      continue;
    }
    const auto row = parse_integer(address->row).value_or(0) + rows;
    if (row < 1 || row > most_rows) return std::nullopt;
    moved += address->column;
    moved += std::to_string(row);
  }
  return moved;
}

bool depends_on_row(std::string_view formula) {
  Pieces pieces(formula);
  while (const auto piece = pieces.next()) {
    if (piece->address && !piece->address->row.empty() && piece->address->row.front() != '$') {
      return true;
    }
  }
  return false;
}

std::vector<Pointed> pointed_at(std::string_view formula) {
  std::vector<Pointed> found;
  std::string_view before;  // the piece before this one
  std::string sheet;
  bool goes_on = false;  // whether a colon would make a range of the last one found
  Pieces pieces(formula);
  while (const auto piece = pieces.next()) {
    const auto text = piece->text;
    if (piece->address && !piece->address->row.empty()) {
      const auto area = area_of(*piece->address);
      if (before == ":" && goes_on) {
        found.back().area.last = area.last;
      } else {
        found.push_back({sheet, area});
      }
      goes_on = true;
    } else if (text == "!") {
      sheet = sheet_name(before);
    } else if (text != ":") {
      sheet.clear();
      goes_on = false;
    }
    before = text;
  }
  return found;
}

}  // namespace truce::exchange::book
