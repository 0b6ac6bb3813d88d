// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/refill_book.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "sim/core/text.hpp"

#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {
namespace {

/// An attribute by the name behind its prefix, which is of the writer's choice: "r:id".
std::string prefixed_attribute(const pugi::xml_node& node, std::string_view name) {
  for (const auto& attribute : node.attributes()) {
    if (std::string_view(attribute.name()).ends_with(name)) return attribute.value();
  }
  return "";
}

/// The node that says how to calculate, in the place that ECMA-376, part 1, 18.2.27 gives it.
pugi::xml_node calculation(pugi::xml_node workbook) {
  if (auto found = workbook.child("calcPr")) return found;
  constexpr std::array before{"definedNames", "externalReferences", "functionGroups", "sheets"};
  for (const char* name : before) {
    if (const auto child = workbook.child(name)) {
      return workbook.insert_child_after("calcPr", child);
    }
  }
  return {};
}

void set_attribute(pugi::xml_node node, const char* name, const char* value) {
  auto attribute = node.attribute(name);
  if (!attribute) attribute = node.append_attribute(name);
  attribute.set_value(value);
}

/// "'It''s'!"
std::string quoted_sheet(std::string_view name) {
  std::string quoted = "'";
  for (const char c : name) quoted += c == '\'' ? "''" : std::string(1, c);
  return quoted + "'!";
}

/// Formulas <c:f> of the series of a chart.
struct SeriesFormulas : pugi::xml_tree_walker {
  std::vector<std::string> found;
  bool for_each(pugi::xml_node& node) override {
    const std::string_view name = node.name();
    if (name == "c:f" || name == "f" || name == "cx:f") found.emplace_back(node.text().get());
    return true;
  }
};

}  // namespace

Book::Book(Package& package) : package_(package) {
  for (const auto& relation : package_.relations("")) {
    if (relation.type == "officeDocument") part_ = relation.part;
  }
  if (part_.empty() || !package_.has(part_)) package_.fail("is no XLSX file: it has no workbook");
  if (part_.ends_with(".bin")) {
    package_.fail("is a workbook of the binary kind (.xlsb): save it as .xlsx");
  }
  const auto workbook = package_.xml(part_);
  from_1904_ = is_on(workbook.child("workbook").child("workbookPr").attribute("date1904"));
  find_sheets(workbook);
  check_names();
}

void Book::find_sheets(const pugi::xml_document& workbook) {
  const auto relations = package_.relations(part_);
  for (const auto& relation : relations) {
    if (relation.type == "sharedStrings") strings_ = relation.part;
  }
  for (const auto& node : workbook.child("workbook").child("sheets").children("sheet")) {
    const auto id = prefixed_attribute(node, ":id");
    const auto found = std::ranges::find(relations, id, &Relation::id);
    const std::string name = node.attribute("name").value();
    if (found == relations.end()) {
      package_.fail("is damaged: the sheet " + printable(name) + " is nowhere");
    }
    if (found->type != "worksheet") continue;  // a sheet that is one chart, or macros of old
    auto& sheet = sheets_.emplace_back(FoundSheet{name, found->part, {}});
    for (const auto& relation : package_.relations(sheet.part)) {
      if (relation.type == "table") {
        sheet.tables.push_back(read_table_part(package_, relation.part));
      }
    }
  }
  if (sheets_.empty()) package_.fail("has no sheets that truce can read");
}

void Book::check_names() const {
  std::vector<const FoundTable*> seen;
  for (const auto& sheet : sheets_) {
    for (const auto& table : sheet.tables) {
      for (const auto* other : seen) {
        if (!same_name(other->name, table.name)) continue;
        package_.fail("is damaged: two tables are named " + printable(table.name));
      }
      seen.push_back(&table);
    }
  }
}

void Book::renew_on_load() {
  auto workbook = package_.xml(part_);
  set_attribute(calculation(workbook.child("workbook")), "fullCalcOnLoad", "1");
  package_.replace(part_, workbook);
  for (const auto& relation : package_.relations(part_)) {
    if (relation.type == "calcChain") package_.drop(relation.part, part_);
    if (relation.type == "pivotCacheDefinition") {
      auto pivot = package_.xml(relation.part);
      set_attribute(pivot.child("pivotCacheDefinition"), "refreshOnLoad", "1");
      package_.replace(relation.part, pivot);
    }
  }
}

std::vector<OtherFormula> Book::other_formulas() {
  std::vector<OtherFormula> found;
  const auto workbook = package_.xml(part_);
  for (const auto& name : workbook.child("workbook").child("definedNames").children()) {
    // _xlnm.Print_Area and the like are settings, not formulas.
    const std::string_view called = name.attribute("name").value();
    if (called.empty() || called.starts_with("_xlnm.")) continue;
    found.push_back({"name " + printable(called), name.text().get()});
  }
  for (const auto& relation : package_.relations(part_)) {
    if (relation.type != "pivotCacheDefinition") continue;
    const auto pivot = package_.xml(relation.part);
    const auto source =
        pivot.child("pivotCacheDefinition").child("cacheSource").child("worksheetSource");
    const std::string area = source.attribute("ref").value();
    if (area.empty()) continue;  // it names a table, or comes from elsewhere
    found.push_back({"a pivot", quoted_sheet(source.attribute("sheet").value()) + area});
  }
  for (const auto& sheet : sheets_) {
    for (const auto& drawing : package_.relations(sheet.part)) {
      if (drawing.type != "drawing") continue;
      for (const auto& chart : package_.relations(drawing.part)) {
        if (!chart.type.starts_with("chart") || !package_.has(chart.part)) continue;
        auto document = package_.xml(chart.part);
        SeriesFormulas formulas;
        document.traverse(formulas);
        for (auto& formula : formulas.found) {
          found.push_back({"a chart on " + printable(sheet.name), std::move(formula)});
        }
      }
    }
  }
  return found;
}

}  // namespace truce::exchange::book
