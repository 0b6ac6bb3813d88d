// SPDX-License-Identifier: Apache-2.0
// Columns and cells as the tables of results write them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
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

/// A seed as text: a spreadsheet keeps 15 digits of a number, and rounds the rest away.
inline Cell seed_key(std::uint64_t seed) {
  return "s" + std::to_string(seed);
}

/// How the numbers of a row fare, in words, since an empty cell does not say why.
inline Field status_field(std::string_view about) {
  return text("status", "ok; absent: some of " + std::string(about) +
                            " are empty, since they never came about or too little is known of "
                            "them; not finite: some are empty since no number can hold them.");
}
/// Of values of which those that are absent are not a number.
inline std::string_view status_of(std::span<const double> values) {
  if (std::ranges::any_of(values, [](double x) { return std::isinf(x); })) return "not finite";
  if (std::ranges::any_of(values, [](double x) { return std::isnan(x); })) return "absent";
  return "ok";
}
/// Adds the column, which tells of these columns.
inline void add_status(Table& table, std::initializer_list<std::string_view> columns) {
  std::vector<std::size_t> places;
  std::string about;
  for (const auto name : columns) {
    const auto found = std::ranges::find(table.fields, name, &Field::name);
    places.push_back(static_cast<std::size_t>(found - table.fields.begin()));
    about += (about.empty() ? "" : ", ") + std::string(name);
  }
  table.fields.push_back(status_field(about));
  for (auto& row : table.rows) {
    std::vector<double> values;
    for (const auto place : places) {
      if (const auto* value = std::get_if<double>(&row[place])) {
        values.push_back(*value);
      } else if (std::holds_alternative<std::monostate>(row[place])) {
        values.push_back(std::nan(""));
      }
    }
    row.emplace_back(std::string(status_of(values)));
  }
}

}  // namespace truce::report
