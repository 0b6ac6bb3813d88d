// SPDX-License-Identifier: Apache-2.0
// The workbook around the sheets: which sheets and tables there are, and how it is made to work out
// everything anew.
#pragma once

#include <string>
#include <vector>

#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/refill_table.hpp"

namespace truce::exchange::book {

/// A sheet of cells.
struct FoundSheet {
  std::string name;
  std::string part;
  std::vector<FoundTable> tables;
};

/// A formula of a chart, a pivot or a name.
struct OtherFormula {
  std::string place;  ///< "a chart on Notes", "a pivot", "name Means"
  std::string formula;
};

class Book {
 public:
  /// Throws WorldError if there is no workbook in the package, or two tables have one name.
  explicit Book(Package& package);

  const std::vector<FoundSheet>& sheets() const { return sheets_; }
  /// Whether days are counted from 1904 on.
  bool from_1904() const { return from_1904_; }
  /// Where texts are that cells share; may be empty.
  const std::string& strings() const { return strings_; }

  /// Has formulas worked out and pivots made anew when the workbook is next opened.
  void renew_on_load();
  /// What names, pivots and charts are about.
  std::vector<OtherFormula> other_formulas();

 private:
  void find_sheets(const pugi::xml_document& workbook);
  void check_names() const;

  Package& package_;
  std::string part_;
  std::string strings_;
  std::vector<FoundSheet> sheets_;
  bool from_1904_ = false;
};

}  // namespace truce::exchange::book
