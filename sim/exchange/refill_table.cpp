// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_table.hpp"

#include <algorithm>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {
namespace {

[[noreturn]] void refuse_table(const FoundTable& table, const std::string& why) {
  throw UsageError("the table " + printable(table.name) + " of the workbook " + why);
}

Area body_of(const Area& area, bool header, bool totals) {
  Area body = area;
  body.first.row += header ? 1 : 0;
  body.last.row -= totals ? 1 : 0;
  return body;
}

/// Removes what hides rows; the arrows of the filter stay.
void show_all_rows(pugi::xml_node filter) {
  filter.remove_child("sortState");
  for (auto column = filter.child("filterColumn"); column;) {
    const auto next = column.next_sibling("filterColumn");
    const bool says_more = column.attribute("hiddenButton") || column.attribute("showButton");
    while (column.first_child()) column.remove_child(column.first_child());
    if (!says_more) filter.remove_child(column);
    column = next;
  }
}

}  // namespace

Area FoundTable::body() const {
  return body_of(area, header, totals);
}

Area Filling::body() const {
  return body_of(area, table.header, table.totals);
}

FoundTable read_table_part(Package& package, const std::string& part) {
  const auto document = package.xml(part);
  const auto node = document.child("table");
  FoundTable table;
  table.part = part;
  const auto shown = node.attribute("displayName") ? "displayName" : "name";
  table.name = unescaped(node.attribute(shown).value());
  const auto fail = [&](const std::string& what) {
    package.fail("is damaged: the table " + printable(table.name) + " (" + printable(part) + ") " +
                 what);
  };
  if (!node || table.name.empty()) fail("has no name");
  const std::string ref = node.attribute("ref").value();
  const auto area = parse_area(ref);
  if (!area) fail("stands in '" + printable(ref) + "', which is no place of a sheet");
  table.area = *area;
  table.header = node.attribute("headerRowCount").as_uint(1) != 0;
  table.totals = node.attribute("totalsRowCount").as_uint(0) != 0;
  table.linked =
      std::string_view(node.attribute("tableType").as_string("worksheet")) != "worksheet";
  for (const auto& one : node.child("tableColumns").children("tableColumn")) {
    const auto formula = one.child("calculatedColumnFormula");
    table.columns.push_back({unescaped(one.attribute("name").value()), formula.text().get(),
                             is_on(formula.attribute("array"))});
  }
  if (table.columns.size() != table.area.columns()) {
    fail("has " + std::to_string(table.columns.size()) + " columns, but stands in " + ref);
  }
  const auto least = 1U + (table.header ? 1U : 0U) + (table.totals ? 1U : 0U);
  if (table.area.rows() < least) fail("has no row of data in " + ref);
  return table;
}

bool same_name(const std::string& a, const std::string& b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

Filling plan_filling(const FoundTable& table, const report::Table& data) {
  if (!table.header) refuse_table(table, "has no header row. Show it, so that columns have names");
  if (table.linked) {
    refuse_table(table,
                 "is filled from another source, which would overwrite what truce writes."
                 " Cut that link");
  }
  Filling filling;
  filling.table = table;
  filling.data = &data;
  bool any = false;
  for (const auto& column : table.columns) {
    auto& how = filling.columns.emplace_back();
    const auto field = std::ranges::find(data.fields, column.name, &report::Field::name);
    if (field != data.fields.end()) {
      how.field = static_cast<std::size_t>(field - data.fields.begin());
      any = true;
    } else {
      how.formula = column.formula;
      how.is_array = column.is_array;
    }
  }
  if (!any) refuse_table(table, "has none of the columns of the result's");
  const auto rows = std::max<std::size_t>(data.rows.size(), 1);  // a table without rows is none
  filling.area = table.area;
  if (rows > most_rows - table.body().first.row + 1) {
    refuse_table(table, "would have " + std::to_string(rows) + " rows from row " +
                            std::to_string(table.body().first.row) + " on; a sheet ends at row " +
                            std::to_string(most_rows));
  }
  if (table.totals && rows != table.body().rows()) {
    refuse_table(table,
                 "has a row of totals, which would have to move from row " +
                     std::to_string(table.area.last.row) +
                     "; formulas that point at its cells would point at others. Switch the row of"
                     " totals off, and put totals above the table or on a sheet of their own");
  }
  filling.area.last.row =
      table.body().first.row + static_cast<std::uint32_t>(rows) - (table.totals ? 0 : 1);
  return filling;
}

void update_table_part(Package& package, const Filling& filling) {
  auto document = package.xml(filling.table.part);
  auto node = document.child("table");
  node.attribute("ref").set_value(text_of(filling.area).c_str());
  node.remove_attribute("insertRow");
  node.remove_attribute("insertRowShift");
  node.remove_child("sortState");
  if (auto filter = node.child("autoFilter")) {
    auto area = filling.area;
    area.last.row = filling.body().last.row;
    filter.attribute("ref").set_value(text_of(area).c_str());
    show_all_rows(filter);
  }
  auto column = node.child("tableColumns").child("tableColumn");
  for (const auto& how : filling.columns) {
    // Where values go there is no formula any more.
    if (how.field) column.remove_child("calculatedColumnFormula");
    column = column.next_sibling("tableColumn");
  }
  package.replace(filling.table.part, document);
}

}  // namespace truce::exchange::book
