// SPDX-License-Identifier: Apache-2.0
// Addresses of cells, "B7", and formulas that move along with their rows.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce::exchange::book {

// ECMA-376, part 1, 18.3.1.4 and 18.3.1.73; the limits of every spreadsheet program in use.
inline constexpr std::uint32_t most_columns = 16384;
inline constexpr std::uint32_t most_rows = 1048576;

/// A cell; rows and columns count from 1.
struct Place {
  std::uint32_t row = 1;
  std::uint32_t column = 1;
  auto operator<=>(const Place&) const = default;
};

/// A rectangle of cells, both corners included.
struct Area {
  Place first;
  Place last;
  bool operator==(const Area&) const = default;

  std::uint32_t rows() const { return last.row - first.row + 1; }
  std::uint32_t columns() const { return last.column - first.column + 1; }
  bool has(Place place) const {
    return place.row >= first.row && place.row <= last.row && place.column >= first.column &&
           place.column <= last.column;
  }
  bool meets(const Area& other) const {
    return first.row <= other.last.row && other.first.row <= last.row &&
           first.column <= other.last.column && other.first.column <= last.column;
  }
};

/// "B"
std::string column_letters(std::uint32_t column);
/// "B7"
std::string text_of(Place place);
/// "A1:C9"; "A1" of a single cell.
std::string text_of(const Area& area);

/// Reads "B7"; nothing if it is no cell of a sheet.
std::optional<Place> parse_place(std::string_view text);
/// Reads "A1:C9" or "A1"; nothing if it is something else or upside down.
std::optional<Area> parse_area(std::string_view text);

/// The formula as it reads that many rows further down: rows of addresses move, unless a $ holds
/// them; names of tables, sheets and functions, and texts, stay. Nothing if an address would leave
/// the sheet.
std::optional<std::string> moved_down(std::string_view formula, std::int64_t rows);
/// Whether the formula would read differently in another row.
bool depends_on_row(std::string_view formula);

/// Cells that a formula points at by address.
struct Pointed {
  std::string sheet;  ///< empty if it names none: the formula's own
  Area area;
};
/// What a formula points at by address, Summary!B2:B41; not whole columns, which no row leaves.
std::vector<Pointed> pointed_at(std::string_view formula);

}  // namespace truce::exchange::book
