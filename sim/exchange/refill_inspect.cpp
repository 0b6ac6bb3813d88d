// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_inspect.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/exchange/refill_place.hpp"
#include "sim/exchange/refill_rows.hpp"

namespace truce::exchange::book {
namespace {

/// Text of <si> or <is>: plain, or in runs of different fonts.
std::string text_of_item(const pugi::xml_node& item) {
  std::string text = item.child("t").text().get();
  for (const auto& run : item.children("r")) text += run.child("t").text().get();
  return unescaped(text);
}

/// Blanks and line ends as one blank: programs differ in what they make of them in names.
std::string with_single_blanks(std::string_view text) {
  std::string single;
  for (const char c : trim(text)) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) {
      single += c;
    } else if (!single.ends_with(' ')) {
      single += ' ';
    }
  }
  return single;
}

/// What the cells of a column of the planner's own say of its formula.
struct Followed {
  std::string formula;  ///< of the first cell
  bool is_array = false;
  std::uint32_t cells = 0;       ///< that follow it, the first included
  std::set<std::string> shared;  ///< numbers of formulas shared that are this one
};

class Inspection {
 public:
  Inspection(const Package& package, Strings& strings, std::string sheet,
             std::span<Filling> fillings)
      : package_(package),
        strings_(strings),
        sheet_(std::move(sheet)),
        fillings_(fillings),
        reader_(package, sheet_) {
    for (const auto& filling : fillings_) followed_.emplace_back(filling.columns.size());
    for (const auto& filling : fillings_) headers_.emplace_back(filling.columns.size());
  }

  void run(const SheetText& text) {
    for (const auto& merged : tags_of(text.tail, "mergeCell")) check_merged(merged);
    for (const auto row : text.rows) {
      reader_.read(row);
      for (const auto& cell : reader_.cells()) take(cell);
    }
    check_shared();
    for (std::size_t i = 0; i < fillings_.size(); ++i) {
      check_header(i);
      check_room(i);
      settle_formulas(i);
    }
  }

 private:
  [[noreturn]] void refuse(const Filling& filling, const std::string& why) const {
    throw UsageError("the table " + printable(filling.table.name) + " on the sheet " +
                     printable(sheet_) + " " + why);
  }

  void check_merged(std::string_view tag) const {
    pugi::xml_document document;
    // The element may go on behind its tag, which is no matter.
    document.load_buffer(tag.data(), tag.size(), pugi::parse_default, pugi::encoding_utf8);
    const auto area = parse_area(document.first_child().attribute("ref").value());
    if (!area) return;
    for (const auto& filling : fillings_) {
      if (!area->meets(filling.table.area) && !area->meets(filling.area)) continue;
      refuse(filling, "meets the merged cells " + text_of(*area) + ". Unmerge them");
    }
  }

  void take(const SheetCell& cell) {
    const auto formula = cell.node.child("f");
    bool goes = false;  // whether the cell is replaced
    for (std::size_t i = 0; i < fillings_.size(); ++i) {
      auto& filling = fillings_[i];
      if (!filling.table.area.has(cell.place) && filling.body().has(cell.place) &&
          cell.holds_something()) {
        in_the_way_.try_emplace(i, cell.place);
      }
      goes = goes || filling.table.body().has(cell.place) || filling.body().has(cell.place);
      if (filling.table.area.has(cell.place)) take_of_table(i, cell);
    }
    if (!formula) return;
    check_covered(cell);
    if (std::string_view(formula.attribute("t").value()) != "shared") return;
    const std::string number = formula.attribute("si").value();
    if (!goes) {
      shared_kept_.emplace(number, cell.place);
    } else if (!formula.text().empty()) {
      shared_gone_.emplace(number, cell.place);
    }
  }

  void take_of_table(std::size_t i, const SheetCell& cell) {
    auto& filling = fillings_[i];
    const auto column = cell.place.column - filling.area.first.column;
    if (cell.place.row == filling.area.first.row) headers_[i][column] = text_of_cell(cell);
    const auto body = filling.table.body();
    if (!body.has(cell.place)) return;
    const auto below = cell.place.row - body.first.row;
    if (below == 0) filling.columns[column].style = cell.node.attribute("s").value();
    if (!filling.columns[column].field) follow(followed_[i][column], cell, below);
  }

  std::string text_of_cell(const SheetCell& cell) {
    const std::string_view type = cell.node.attribute("t").value();
    if (type == "inlineStr") return text_of_item(cell.node.child("is"));
    const std::string value = cell.node.child("v").text().get();
    return type == "s" ? strings_.at(value) : unescaped(value);
  }

  static void follow(Followed& followed, const SheetCell& cell, std::uint32_t below) {
    const auto formula = cell.node.child("f");
    const std::string_view type = formula.attribute("t").value();
    const std::string number = formula.attribute("si").value();
    const std::string text = formula.text().get();
    if (below == 0) {
      followed.formula = text;
      followed.is_array = type == "array";
    }
    const bool same = text.empty() ? type == "shared" && followed.shared.contains(number)
                                   : moved_down(followed.formula, below) == text;
    if (!same || followed.formula.empty()) return;
    ++followed.cells;
    if (type == "shared") followed.shared.insert(number);
  }

  void check_covered(const SheetCell& cell) const {
    const auto covered = cell.covered();
    if (covered.first == covered.last) return;
    for (const auto& filling : fillings_) {
      if (!covered.meets(filling.table.area) && !covered.meets(filling.area)) continue;
      refuse(filling, "meets the cells " + text_of(covered) + ", which the formula in " +
                          text_of(cell.place) + " fills together. Move that formula elsewhere");
    }
  }

  void check_shared() const {
    for (const auto& [number, place] : shared_gone_) {
      const auto kept = shared_kept_.find(number);
      if (kept == shared_kept_.end()) continue;
      throw UsageError("the formula in " + text_of(kept->second) + " on the sheet " +
                       printable(sheet_) + " is kept as a copy of the one in " + text_of(place) +
                       ", which gets new values. Enter the formula in " + text_of(kept->second) +
                       " anew, and fill it on from there");
    }
  }

  void check_header(std::size_t i) const {
    const auto& filling = fillings_[i];
    for (std::size_t c = 0; c < filling.columns.size(); ++c) {
      const auto& name = filling.table.columns[c].name;
      const bool same = with_single_blanks(headers_[i][c]) == with_single_blanks(name);
      if (!filling.columns[c].field || same) continue;
      const Place place{filling.area.first.row,
                        filling.area.first.column + static_cast<std::uint32_t>(c)};
      package_.fail("is damaged: the table " + printable(filling.table.name) +
                    " should have the column " + printable(name) + " in cell " + text_of(place) +
                    " of the sheet " + printable(sheet_) + ", where there is '" +
                    printable(headers_[i][c]) + "'");
    }
  }

  void check_room(std::size_t i) const {
    const auto found = in_the_way_.find(i);
    if (found == in_the_way_.end()) return;
    refuse(fillings_[i], "would grow to " + text_of(fillings_[i].area) + ", over what stands in " +
                             text_of(found->second) + ". Move that elsewhere");
  }

  // A formula by names of columns reads the same in every row. One with addresses, and one that the
  // spreadsheet program told of no column (LibreOffice tells none), is taken from the cells, if all
  // of them have it.
  void settle_formulas(std::size_t i) {
    auto& filling = fillings_[i];
    for (std::size_t c = 0; c < filling.columns.size(); ++c) {
      auto& column = filling.columns[c];
      if (column.field || (!column.formula.empty() && !depends_on_row(column.formula))) continue;
      const auto& followed = followed_[i][c];
      const auto body = filling.table.body();
      if (followed.cells != body.rows()) {
        refuse(filling, "has a column " + printable(filling.table.columns[c].name) +
                            " that is not one of the result's and has no formula that holds for"
                            " all of its rows; its values could not go along with new rows. Move it"
                            " out of the table, have a formula fill it, or, if truce wrote it for"
                            " another scenario, delete the column");
      }
      if (filling.data->rows.empty()) {
        refuse(filling, "would have no rows, and with them the formula of its column " +
                            printable(filling.table.columns[c].name) + " would be gone");
      }
      column.formula = followed.formula;
      column.is_array = followed.is_array;
      column.formula_row = depends_on_row(column.formula) ? body.first.row : 0;
    }
  }

  const Package& package_;
  Strings& strings_;
  std::string sheet_;
  std::span<Filling> fillings_;
  RowReader reader_;
  std::vector<std::vector<Followed>> followed_;    ///< by filling and column
  std::vector<std::vector<std::string>> headers_;  ///< likewise
  std::map<std::size_t, Place> in_the_way_;        ///< by filling, the first cell
  std::map<std::string, Place> shared_gone_;       ///< formulas that are replaced, by number
  std::map<std::string, Place> shared_kept_;       ///< cells that are not, by the number they use
};

}  // namespace

std::string Strings::at(std::string_view number) {
  if (!items_) {
    text_ = part_.empty() ? "" : package_.text(part_);
    items_ = part_.empty() ? std::vector<std::string_view>{} : split_strings(text_);
    if (!items_) package_.fail("is damaged: " + printable(part_) + " can't be read");
  }
  const auto index = parse_integer(number);
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= items_->size()) {
    package_.fail("is damaged: a cell has the text of number '" + printable(number) +
                  "', which there is not");
  }
  const auto item = (*items_)[static_cast<std::size_t>(*index)];
  pugi::xml_document document;
  document.load_buffer(item.data(), item.size(), parse_kept, pugi::encoding_utf8);
  return text_of_item(document.first_child());
}

void inspect_sheet(const Package& package, Strings& strings, const std::string& sheet,
                   const SheetText& text, std::span<Filling> fillings) {
  Inspection(package, strings, sheet, fillings).run(text);
}

}  // namespace truce::exchange::book
