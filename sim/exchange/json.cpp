// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/json.hpp"

#include <string>
#include <variant>

#include "sim/core/text.hpp"

#include "sim/report/file.hpp"

namespace truce::exchange {
namespace {

std::string dumped(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

struct JsonCell {
  std::string operator()(std::monostate) const { return "null"; }
  std::string operator()(const std::string& text) const { return dumped(text); }
  std::string operator()(std::int64_t whole) const { return std::to_string(whole); }
  std::string operator()(double number) const { return shortest(number); }
  std::string operator()(Date date) const { return '"' + to_string(date) + '"'; }
};

void write_columns(report::File& file, const StoredTable& table) {
  auto columns = Json::array();
  for (const auto& field : table.fields) {
    columns.push_back({{"name", field.name},
                       {"type", name_of(field.type)},
                       {"unit", field.unit},
                       {"meaning", field.meaning}});
  }
  file.write(dumped(columns));
}

void write_rows(report::File& file, const Result& result, const StoredTable& table) {
  Rows rows(result, table);
  std::string line;
  for (bool first = true; rows.next(); first = false) {
    line = first ? "\n[" : ",\n[";
    for (const auto& cell : rows.cells()) {
      if (&cell != rows.cells().data()) line += ", ";
      line += std::visit(JsonCell{}, cell);
    }
    line += ']';
    file.write(line);
  }
}

/// {"summary": {...}, ...}
void write_tables(report::File& file, const Result& result, const std::string& scenario) {
  file.write("{");
  bool first = true;
  for (const auto& table : result.tables()) {
    if (table.scenario() != scenario) continue;
    file.write(std::string(first ? "\n" : ",\n") + dumped(table.name()) + ": {\"columns\": ");
    write_columns(file, table);
    file.write(",\n\"rows\": [");
    write_rows(file, result, table);
    file.write("]}");
    first = false;
  }
  file.write("}");
}

}  // namespace

void write_json(const Result& result, const std::filesystem::path& path) {
  report::File file(path);
  file.write("{\"format\": " + std::to_string(json_format) + ",\n\"manifest\": ");
  file.write(dumped(result.manifest(), 1));
  file.write(",\n\"tables\": ");
  write_tables(file, result, {});
  const auto scenarios = result.scenarios();
  if (!scenarios.empty()) {
    file.write(",\n\"scenarios\": {");
    for (const auto& scenario : scenarios) {
      if (scenario != scenarios.front()) file.write(",");
      file.write("\n" + dumped(scenario) + ": ");
      write_tables(file, result, scenario);
    }
    file.write("}");
  }
  file.write("}\n");
  file.close();
}

}  // namespace truce::exchange
