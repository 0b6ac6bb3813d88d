// SPDX-License-Identifier: Apache-2.0
// Writes a sheet with new rows in its tables, and without the old values of formulas.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/refill_place.hpp"
#include "sim/exchange/refill_table.hpp"
#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {

/// The number by which a workbook knows a day: of the calendar that begins in 1900, with its 29th
/// of February 1900 that never was, or of the one that begins in 1904. Nothing before, and beyond
/// 9999.
std::optional<std::int64_t> serial_number(Date date, bool from_1904);

struct SheetChange {
  std::string sheet;  ///< its name, for messages
  std::span<const Filling> fillings;
  bool from_1904 = false;
  /// Told of every formula that stays.
  std::function<void(Place, std::string_view formula)> formula;
};

/// The text of the sheet; nothing if it is the same as before. Throws UsageError for a text that is
/// too long for a cell.
std::optional<std::string> changed_sheet(const Package& package, const SheetText& text,
                                         const SheetChange& change);

}  // namespace truce::exchange::book
