// SPDX-License-Identifier: Apache-2.0
// A named table of a workbook: where it stands, what columns it has, and what will fill them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/report/table.hpp"

#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/refill_place.hpp"

namespace truce::exchange::book {

/// A column of a table as the workbook has it.
struct TableColumn {
  std::string name;
  std::string formula;    ///< that fills the column down; empty if there is none
  bool is_array = false;  ///< whether the formula is one of arrays
};

/// A table as the workbook has it.
struct FoundTable {
  std::string part;  ///< xl/tables/table1.xml
  std::string name;  ///< by which formulas call it
  Area area;         ///< with header and totals
  bool header = true;
  bool totals = false;
  bool linked = false;  ///< filled from elsewhere, by a query or a map of XML
  std::vector<TableColumn> columns;

  /// The rows of data; there is always one, be it empty.
  Area body() const;
};

/// Reads the part of a table. Throws WorldError for one that contradicts itself.
FoundTable read_table_part(Package& package, const std::string& part);

/// Whether two names mean the same table: capitals don't count.
bool same_name(const std::string& a, const std::string& b);

/// What fills a column.
struct ColumnFilling {
  std::optional<std::size_t> field;  ///< of the result; else a formula does:
  std::string formula;               ///< as it reads in row `formula_row`
  std::uint32_t formula_row = 0;     ///< 0: it reads the same in every row
  bool is_array = false;
  std::string style;  ///< of the cells, as the first of them had it
};

/// A table and what will fill it.
struct Filling {
  FoundTable table;
  const report::Table* data = nullptr;
  std::vector<ColumnFilling> columns;
  Area area;  ///< the table afterwards

  Area body() const;
};

/// Matches columns by name. Throws UsageError for a table that can't be refilled as it is, or has
/// too many rows for a sheet. Columns with neither a value nor one formula are left for the sheet
/// to tell.
Filling plan_filling(const FoundTable& table, const report::Table& data);

/// Writes the new place into the part of the table and removes its filters, so that no new row is
/// hidden.
void update_table_part(Package& package, const Filling& filling);

}  // namespace truce::exchange::book
