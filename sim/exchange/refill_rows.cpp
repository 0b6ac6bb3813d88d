// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_rows.hpp"

#include "sim/core/text.hpp"

#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {

Area SheetCell::covered() const {
  const auto formula = node.child("f");
  const std::string_view type = formula.attribute("t").value();
  if (type == "array" || type == "dataTable") {
    if (const auto area = parse_area(formula.attribute("ref").value())) return *area;
  }
  return {place, place};
}

bool SheetCell::holds_something() const {
  return node.child("f") || node.child("is") || !node.child("v").text().empty();
}

void RowReader::fail(const std::string& what) const {
  package_.fail("is damaged: the sheet " + printable(sheet_) + " has " + what);
}

void RowReader::read(std::string_view row) {
  const auto parsed =
      document_.load_buffer(row.data(), row.size(), parse_kept, pugi::encoding_utf8);
  const auto after = "behind row " + std::to_string(number_);
  if (!parsed) fail("XML " + after + " that can't be read: " + parsed.description());
  const auto given = node().attribute("r");
  const auto number = given ? parse_integer(given.value()).value_or(0) : number_ + 1;
  if (number <= number_ || number > most_rows) {
    fail("a row '" + printable(given.value()) + "' " + after);
  }
  number_ = static_cast<std::uint32_t>(number);
  cells_.clear();
  std::uint32_t last = 0;
  for (const auto& cell : node().children("c")) {
    const auto name = cell.attribute("r");
    const auto place = name ? parse_place(name.value()) : Place{number_, last + 1};
    if (!place || place->row != number_ || place->column <= last || place->column > most_columns) {
      fail("a cell '" + printable(name.value()) + "' in row " + std::to_string(number_) +
           ", where it can't be");
    }
    last = place->column;
    cells_.push_back({*place, cell});
  }
}

}  // namespace truce::exchange::book
