// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_sheet.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/exchange/refill_rows.hpp"

namespace truce::exchange::book {
namespace {

constexpr std::size_t longest_text = 32767;  // that a cell can hold, in every program in use

/// Writes the cells of a table, row by row.
class TableCells {
 public:
  TableCells(const Filling& filling, bool from_1904) : filling_(filling), from_1904_(from_1904) {
    for (std::size_t c = 0; c < filling.columns.size(); ++c) {
      const auto column = filling.area.first.column + static_cast<std::uint32_t>(c);
      letters_.push_back(column_letters(column));
      const auto& style = filling.columns[c].style;
      styles_.push_back(style.empty() ? "" : " s=\"" + style + "\"");
    }
  }

  void append(std::string& text, std::uint32_t row) const {
    const auto index = row - filling_.body().first.row;
    const bool empty = index >= filling_.data->rows.size();  // the one row of no rows
    for (std::size_t c = 0; c < filling_.columns.size(); ++c) {
      const auto& column = filling_.columns[c];
      const auto before = text.size();
      text += "<c r=\"";
      text += letters_[c];
      text += std::to_string(row);
      text += '"';
      text += styles_[c];
      bool holds = false;
      if (!empty) {
        holds = column.field ? append_value(text, filling_.data->rows[index][*column.field])
                             : append_formula(text, column, row, letters_[c]);
      }
      if (holds) {
        text += "</c>";
      } else if (!styles_[c].empty()) {
        text += "/>";
      } else {
        text.resize(before);
      }
    }
  }

 private:
  static bool append_formula(std::string& text, const ColumnFilling& column, std::uint32_t row,
                             const std::string& letters) {
    const auto below = static_cast<std::int64_t>(row) - column.formula_row;
    const auto formula =
        column.formula_row == 0 ? column.formula : moved_down(column.formula, below).value_or("");
    if (formula.empty()) throw UsageError("a formula would point outside of its sheet");
    pugi::xml_document document;
    auto node = document.append_child("f");
    if (column.is_array) {
      node.append_attribute("t").set_value("array");
      node.append_attribute("ref").set_value((letters + std::to_string(row)).c_str());
    }
    node.text().set(formula.c_str());
    text += '>';
    append_xml(text, node);
    return true;
  }

  bool append_value(std::string& text, const report::Cell& cell) const {
    if (const auto* words = std::get_if<std::string>(&cell)) return append_text(text, *words);
    if (const auto* date = std::get_if<Date>(&cell)) {
      const auto serial = serial_number(*date, from_1904_);
      return serial ? append_number(text, std::to_string(*serial))
                    : append_text(text, to_string(*date));
    }
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
      return append_number(text, std::to_string(*whole));
    }
    const auto* number = std::get_if<double>(&cell);
    if (number == nullptr || !std::isfinite(*number)) return false;
    return append_number(text, shortest(*number == 0.0 ? 0.0 : *number));  // no "-0"
  }

  static bool append_number(std::string& text, const std::string& number) {
    text += "><v>";
    text += number;
    text += "</v>";
    return true;
  }

  bool append_text(std::string& text, const std::string& words) const {
    if (words.empty()) return false;
    if (length_in_cell(words) > longest_text) {
      throw UsageError("the table " + filling_.table.name + " would get a text of more than " +
                       std::to_string(longest_text) +
                       " characters, which no cell can hold: " + printable(words));
    }
    text += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
    append_escaped(text, words);
    text += "</t></is>";
    return true;
  }

  const Filling& filling_;
  bool from_1904_;
  std::vector<std::string> letters_;
  std::vector<std::string> styles_;
};

class SheetWriter {
 public:
  SheetWriter(const Package& package, const SheetChange& change)
      : change_(change), reader_(package, change.sheet) {
    for (const auto& filling : change.fillings) {
      tables_.emplace_back(filling, change.from_1904);
      use(filling.area);
    }
  }

  std::optional<std::string> write(const SheetText& text) {
    const auto new_rows = rows_of_tables();
    auto next = new_rows.begin();
    for (const auto row : text.rows) {
      reader_.read(row);
      for (; next != new_rows.end() && *next < reader_.number(); ++next) append_new_row(*next);
      if (next != new_rows.end() && *next == reader_.number()) ++next;
      append_row(row);
    }
    for (; next != new_rows.end(); ++next) append_new_row(*next);
    if (!changed_) return std::nullopt;
    rows_.insert(0, with_dimension(text.head) + "<sheetData>");
    rows_ += "</sheetData>";
    rows_ += text.tail;
    return std::move(rows_);
  }

 private:
  std::vector<std::uint32_t> rows_of_tables() const {
    std::vector<std::uint32_t> rows;
    for (const auto& filling : change_.fillings) {
      const auto body = filling.body();
      for (auto row = body.first.row; row <= body.last.row; ++row) rows.push_back(row);
    }
    std::ranges::sort(rows);
    const auto same = std::ranges::unique(rows);
    rows.erase(same.begin(), same.end());
    return rows;
  }

  void use(const Area& area) {
    if (!used_) {
      used_ = area;
      return;
    }
    used_->first.row = std::min(used_->first.row, area.first.row);
    used_->first.column = std::min(used_->first.column, area.first.column);
    used_->last.row = std::max(used_->last.row, area.last.row);
    used_->last.column = std::max(used_->last.column, area.last.column);
  }

  /// Whether a row has, or had, data of a table.
  bool is_of_table(std::uint32_t row) const {
    return std::ranges::any_of(change_.fillings, [&](const Filling& filling) {
      const auto first = filling.body().first.row;
      const auto last = std::max(filling.body().last.row, filling.table.body().last.row);
      return row >= first && row <= last;
    });
  }

  bool is_replaced(Place place) const {
    return std::ranges::any_of(change_.fillings, [&](const Filling& filling) {
      return filling.body().has(place) || filling.table.body().has(place);
    });
  }

  /// Takes the value away from a cell that has it by a formula, its own or one that covers it.
  bool strip(const SheetCell& cell) {
    const auto formula = cell.node.child("f");
    if (formula) {
      if (change_.formula) change_.formula(cell.place, formula.text().get());
      const auto covered = cell.covered();
      if (covered.first != covered.last) covered_.push_back(covered);
    } else if (std::ranges::none_of(covered_, [&](const Area& a) { return a.has(cell.place); })) {
      return false;
    }
    auto node = cell.node;
    const bool is_text = std::string_view(node.attribute("t").value()) == "str";
    const auto value = node.child("v");
    const bool had_value = !value.text().empty() || (value && is_text) || node.child("is");
    node.remove_child("v");
    node.remove_child("is");
    node.remove_attribute("t");
    return had_value;
  }

  void append_row(std::string_view as_it_was) {
    const auto number = reader_.number();
    std::erase_if(covered_, [&](const Area& area) { return area.last.row < number; });
    const bool ours = is_of_table(number);
    bool stripped = false;
    const SheetCell* last = nullptr;
    for (const auto& cell : reader_.cells()) {
      if (ours && is_replaced(cell.place)) continue;
      stripped = strip(cell) || stripped;
      if (last == nullptr) use({cell.place, cell.place});
      last = &cell;
    }
    if (last != nullptr) use({last->place, last->place});
    auto node = reader_.node();
    const bool has_number = !change_.fillings.empty() && node.attribute("r");
    if (!ours && !stripped && (has_number || change_.fillings.empty())) {
      rows_ += as_it_was;
      return;
    }
    changed_ = true;
    // Rows without numbers count on from the one before, which may be another now.
    if (!node.attribute("r")) {
      node.prepend_attribute("r").set_value(std::to_string(number).c_str());
    }
    if (ours) {
      append_row_of_table(node);
    } else {
      append_xml(rows_, node);
    }
  }

  void append_row_of_table(pugi::xml_node node) {
    std::vector<std::pair<std::uint32_t, std::string>> pieces = table_pieces(reader_.number());
    for (const auto& cell : reader_.cells()) {
      auto kept = cell.node;
      if (!is_replaced(cell.place)) {
        if (!kept.attribute("r")) {
          kept.prepend_attribute("r").set_value(text_of(cell.place).c_str());
        }
        append_xml(pieces.emplace_back(cell.place.column, "").second, kept);
      }
      node.remove_child(kept);
    }
    node.remove_attribute("spans");
    node.remove_attribute("hidden");
    std::string rest;  // of the row, behind its cells
    for (const auto& child : node.children()) append_xml(rest, child);
    node.remove_children();
    append_xml(rows_, node);
    rows_.resize(rows_.rfind("/>"));
    rows_ += '>';
    append_pieces(pieces);
    rows_ += rest;
    rows_ += "</row>";
  }

  void append_new_row(std::uint32_t row) {
    changed_ = true;
    auto pieces = table_pieces(row);
    rows_ += "<row r=\"";
    rows_ += std::to_string(row);
    rows_ += "\">";
    append_pieces(pieces);
    rows_ += "</row>";
  }

  std::vector<std::pair<std::uint32_t, std::string>> table_pieces(std::uint32_t row) const {
    std::vector<std::pair<std::uint32_t, std::string>> pieces;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      const auto body = change_.fillings[i].body();
      if (row < body.first.row || row > body.last.row) continue;
      tables_[i].append(pieces.emplace_back(body.first.column, "").second, row);
    }
    return pieces;
  }

  void append_pieces(std::vector<std::pair<std::uint32_t, std::string>>& pieces) {
    std::ranges::sort(pieces);
    for (const auto& [column, cells] : pieces) rows_ += cells;
  }

  std::string with_dimension(std::string_view head) const {
    const auto tags = tags_of(head, "dimension");
    if (tags.empty() || change_.fillings.empty()) return std::string(head);
    const auto begin = static_cast<std::size_t>(tags.front().data() - head.data());
    const auto end = tags.front().ends_with("/>") ? "/>" : ">";
    return std::string(head.substr(0, begin)) + "<dimension ref=\"" + text_of(*used_) + "\"" + end +
           std::string(head.substr(begin + tags.front().size()));
  }

  const SheetChange& change_;
  RowReader reader_;
  std::vector<TableCells> tables_;
  std::optional<Area> used_;   ///< by cells
  std::vector<Area> covered_;  ///< cells that formulas fill together, of rows from here on
  std::string rows_;
  bool changed_ = false;
};

}  // namespace

std::optional<std::int64_t> serial_number(Date date, bool from_1904) {
  using namespace std::chrono;
  if (date >= sys_days{year{10000} / 1 / 1}) return std::nullopt;
  const auto since = [&](year_month_day start) { return (date - sys_days{start}).count(); };
  if (from_1904) {
    const auto days = since(year{1904} / 1 / 1);
    return days < 0 ? std::nullopt : std::optional<std::int64_t>(days);
  }
  const auto days = since(year{1899} / 12 / 31);
  if (days < 1) return std::nullopt;
  constexpr int last_before_the_gap = 59;  // 1900-02-28
  return days <= last_before_the_gap ? days : days + 1;
}

std::optional<std::string> changed_sheet(const Package& package, const SheetText& text,
                                         const SheetChange& change) {
  return SheetWriter(package, change).write(text);
}

}  // namespace truce::exchange::book
