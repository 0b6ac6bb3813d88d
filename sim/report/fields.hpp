// SPDX-License-Identifier: Apache-2.0
// Columns and cells as the tables of results write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/stats/interval.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

inline constexpr std::string_view own_unit = "unit of the row";

inline Field text(std::string name, std::string meaning) {
  return {std::move(name), "", Type::text, std::move(meaning)};
}
inline Field whole(std::string name, std::string meaning) {
  return {std::move(name), "", Type::integer, std::move(meaning)};
}
/// In the unit that stands in the row.
inline Field number(std::string name, std::string meaning) {
  return {std::move(name), std::string(own_unit), Type::number, std::move(meaning)};
}
/// Without dimension: a share, a chance, a ratio.
inline Field share(std::string name, std::string meaning) {
  return {std::move(name), "", Type::number, std::move(meaning)};
}

inline Cell cell(std::string_view text) {
  return text.empty() ? Cell{} : Cell{std::string(text)};
}
inline Cell cell(const std::optional<double>& value) {
  return value ? Cell{*value} : Cell{};
}
inline Cell count(std::uint64_t n) {
  return static_cast<std::int64_t>(n);
}
inline Cell low(const std::optional<stats::Interval>& interval) {
  return interval ? Cell{interval->low} : Cell{};
}
inline Cell high(const std::optional<stats::Interval>& interval) {
  return interval ? Cell{interval->high} : Cell{};
}

}  // namespace truce::report
