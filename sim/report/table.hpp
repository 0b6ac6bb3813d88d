// SPDX-License-Identifier: Apache-2.0
// Tables: named columns with unit, type and meaning, and rows of cells. Every file of results is
// one, and the data dictionary is made of their columns.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/describe.hpp"
#include "sim/core/time.hpp"

namespace truce::report {

enum class Type : std::uint8_t { text, integer, number, date };

/// A column.
struct Field {
  std::string name;
  std::string unit;
  Type type = Type::text;
  std::string meaning;
};

/// A cell; std::monostate is an empty one.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, Date>;

/// The columns of a file.
struct Sheet {
  std::string file;  ///< its name, e.g. summary.csv
  std::vector<Field> fields;
};

struct Table : Sheet {
  std::vector<std::vector<Cell>> rows;  ///< rows[row][field]
};

}  // namespace truce::report

namespace truce {
template <>
struct EnumNames<report::Type> {
  static constexpr std::array<std::string_view, 4> names{"text", "integer", "number", "date"};
};
}  // namespace truce
