// SPDX-License-Identifier: Apache-2.0
// The rows of a sheet, one after another, with their cells by column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/refill_place.hpp"

namespace truce::exchange::book {

struct SheetCell {
  Place place;
  pugi::xml_node node;

  /// What the formula in it covers; only itself unless it is one of arrays or a table of data.
  Area covered() const;
  /// Whether there is a value, a text or a formula in it.
  bool holds_something() const;
};

/// Reads rows. Throws WorldError for rows and cells that are out of order or in no place.
class RowReader {
 public:
  RowReader(const Package& package, std::string sheet)
      : package_(package), sheet_(std::move(sheet)) {}

  /// Reads the next row, and forgets the one before.
  void read(std::string_view row);

  std::uint32_t number() const { return number_; }
  pugi::xml_node node() const { return document_.first_child(); }
  const std::vector<SheetCell>& cells() const { return cells_; }

 private:
  [[noreturn]] void fail(const std::string& what) const;

  const Package& package_;
  std::string sheet_;
  pugi::xml_document document_;
  std::uint32_t number_ = 0;
  std::vector<SheetCell> cells_;
};

}  // namespace truce::exchange::book
