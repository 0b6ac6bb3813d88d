// SPDX-License-Identifier: Apache-2.0
// Looks at a sheet before its tables are refilled: what styles and formulas their columns have, and
// whether anything stands in the way.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/refill_table.hpp"
#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {

/// The texts that the cells of a workbook share; read when one is first asked for.
class Strings {
 public:
  Strings(Package& package, std::string part) : package_(package), part_(std::move(part)) {}
  /// Throws WorldError if there is no text of that number.
  std::string at(std::string_view number);

 private:
  Package& package_;
  std::string part_;
  std::string text_;
  std::optional<std::vector<std::string_view>> items_;
};

/// Completes the fillings of a sheet. Throws UsageError, with the cell, for what stands in the way,
/// WorldError if the tables are not where they say.
void inspect_sheet(const Package& package, Strings& strings, const std::string& sheet,
                   const SheetText& text, std::span<Filling> fillings);

}  // namespace truce::exchange::book
