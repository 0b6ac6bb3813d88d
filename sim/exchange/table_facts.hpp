// SPDX-License-Identifier: Apache-2.0
// What is known of the tables of results beside their columns: what a row is, by which columns it
// is found, and which of them lead to rows of other tables.
#pragma once

#include <span>
#include <string_view>

namespace truce::exchange {

/// A column whose every value is one of those of another table's column.
struct ForeignKey {
  std::string_view column;
  std::string_view table;
  std::string_view referenced;
};

struct TableFacts {
  std::string_view kind;   ///< of the result: run, compare, sweep, sensitivity
  std::string_view table;  ///< "summary"
  std::string_view meaning;
  /// Columns that no two rows share and every row has; none if that is not so.
  std::span<const std::string_view> primary;
  std::span<const ForeignKey> foreign;
};

/// The facts of a table of a kind of result; of one that is not known, an empty meaning and no
/// keys. The tables of a scenario that is compared are those of a run.
TableFacts table_facts(std::string_view kind, std::string_view table);

}  // namespace truce::exchange
