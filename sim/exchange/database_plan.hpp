// SPDX-License-Identifier: Apache-2.0
// Which tables a database of a result has, with which columns, keys and views: all that is decided
// before the first row is written.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/exchange/result.hpp"

namespace truce::exchange {

/// Names that differ by more than the case of letters, since SQLite takes north and North for one:
/// the second of two gets _2 behind it.
class UniqueNames {
 public:
  std::string add(std::string_view name);

 private:
  std::set<std::string> taken_;
};

/// A column of a database.
struct PlannedColumn {
  std::string name;     ///< in the database, unique however letters are cased
  report::Field field;  ///< as in the CSV file
};

/// Where rows of a table come from.
struct PlannedSource {
  const StoredTable* table = nullptr;
  std::string scenario;                          ///< whose; empty of the result's own
  std::vector<std::optional<std::size_t>> from;  ///< the place of each column there, if it has it
};

/// A table of the result, which in the database is one or, if it has too many columns, several.
struct PlannedTable {
  /// The first has the name of the table, the others NAME_2, NAME_3, ... and the same key columns.
  struct Part {
    std::string name;
    std::vector<std::size_t> columns;  ///< the key's first
  };
  /// A column that leads to one of another table.
  struct Reference {
    std::size_t column = 0;
    std::string table;
    std::string referenced;
  };

  std::string meaning;
  std::string file;  ///< "summary.csv"
  std::vector<PlannedColumn> columns;
  std::vector<std::size_t> primary;
  std::vector<Reference> references;
  std::vector<Part> parts;
  std::vector<PlannedSource> sources;
  /// Tables of scenarios that are compared have a column for the scenario before all others.
  bool has_scenario = false;

  const std::string& name() const { return parts.front().name; }
};

struct PlannedView {
  std::string name;
  std::string meaning;
  std::string query;
};

/// The tables of a result, those that others lead to first.
std::vector<PlannedTable> plan_tables(const Result& result, std::size_t most_columns);

/// The views of these tables. `series`: those of the timeline, in its order.
std::vector<PlannedView> plan_views(const std::vector<PlannedTable>& tables,
                                    const std::vector<std::string>& series,
                                    std::size_t most_columns);

/// A name as SQL has it, in quotation marks.
std::string quoted_name(std::string_view name);
/// A text as SQL has it.
std::string quoted_text(std::string_view text);

/// CREATE TABLE of a part.
std::string create_statement(const PlannedTable& table, std::size_t part);
/// INSERT of a row of a part.
std::string insert_statement(const PlannedTable& table, std::size_t part);

}  // namespace truce::exchange
