// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/database_plan.hpp"

#include <algorithm>
#include <map>

#include "sim/core/contract.hpp"

#include "sim/exchange/table_facts.hpp"

namespace truce::exchange {
namespace {

/// The type that holds values of both.
report::Type common_type(report::Type a, report::Type b) {
  using enum report::Type;
  if (a == b) return a;
  const auto is_number = [](report::Type type) { return type == integer || type == number; };
  return is_number(a) && is_number(b) ? number : text;
}

std::optional<std::size_t> place_of(const std::vector<PlannedColumn>& columns,
                                    std::string_view name) {
  const auto found =
      std::ranges::find_if(columns, [&](const auto& one) { return one.field.name == name; });
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

const report::Field& scenario_field() {
  static const report::Field field{"scenario", "", report::Type::text,
                                   "Scenario that the row is about: a row of the table scenarios."};
  return field;
}

/// All columns that any of the sources has, in the order in which they come.
void join_columns(PlannedTable& table) {
  std::map<std::string, std::size_t> places;
  UniqueNames names;
  const auto add = [&](const report::Field& field) {
    const auto [found, is_new] = places.try_emplace(field.name, table.columns.size());
    if (is_new) {
      table.columns.push_back({names.add(field.name), field});
    } else {
      auto& type = table.columns[found->second].field.type;
      type = common_type(type, field.type);
    }
  };
  if (table.has_scenario) add(scenario_field());
  for (const auto& source : table.sources) {
    for (const auto& field : source.table->fields) add(field);
  }
  for (auto& source : table.sources) {
    source.from.resize(table.columns.size());
    for (std::size_t i = 0; i < source.table->fields.size(); ++i) {
      source.from[places.at(source.table->fields[i].name)] = i;
    }
  }
}

void find_keys(PlannedTable& table, const TableFacts& facts) {
  std::vector<std::size_t> primary;
  for (const auto name : facts.primary) {
    if (const auto place = place_of(table.columns, name)) primary.push_back(*place);
  }
  if (!primary.empty() && primary.size() == facts.primary.size()) {
    if (table.has_scenario) primary.insert(primary.begin(), 0);
    table.primary = std::move(primary);
  }
  if (table.has_scenario) table.references.push_back({0, "scenarios", "scenario"});
  for (const auto& key : facts.foreign) {
    if (const auto place = place_of(table.columns, key.column)) {
      table.references.push_back({*place, std::string(key.table), std::string(key.referenced)});
    }
  }
}

/// Puts the columns into as many parts as it takes, each of which has the key.
void divide(PlannedTable& table, const std::string& name, std::size_t most_columns) {
  // Without a key the parts could not be joined again; such tables have few columns.
  TRUCE_EXPECT(table.columns.size() <= most_columns ||
                   (!table.primary.empty() && table.primary.size() < most_columns),
               "a table with more columns than a database takes has a key");
  table.parts.push_back({name, table.primary});
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (std::ranges::find(table.primary, i) != table.primary.end()) continue;
    if (table.parts.back().columns.size() == most_columns) {
      table.parts.push_back({name + "_" + std::to_string(table.parts.size() + 1), table.primary});
    }
    table.parts.back().columns.push_back(i);
  }
}

std::string type_name(report::Type type) {
  switch (type) {
    case report::Type::integer:
      return "INTEGER";
    case report::Type::number:
      return "REAL";
    case report::Type::text:
    case report::Type::date:
      break;
  }
  return "TEXT";
}

std::string names_of(const PlannedTable& table, const std::vector<std::size_t>& places) {
  std::string text;
  for (const auto place : places) {
    text += (text.empty() ? "" : ", ") + quoted_name(table.columns[place].name);
  }
  return text;
}

PlannedTable plan_table(const std::string& name, std::string_view kind,
                        std::vector<PlannedSource> sources, std::size_t most_columns) {
  PlannedTable table;
  const auto& first = *sources.front().table;
  table.has_scenario = !sources.front().scenario.empty();
  table.file = first.name() + ".csv";
  table.sources = std::move(sources);
  const auto facts = table_facts(kind, first.name());
  table.meaning = facts.meaning;
  join_columns(table);
  find_keys(table, facts);
  divide(table, name, most_columns);
  return table;
}

}  // namespace

std::vector<PlannedTable> plan_tables(const Result& result, std::size_t most_columns) {
  std::vector<PlannedTable> plan;
  // In the order in which they come first.
  std::vector<std::pair<std::string, std::vector<PlannedSource>>> runs;
  for (const auto& table : result.tables()) {
    const auto name = table.name();
    if (name == "dictionary") continue;  // see column_info
    PlannedSource source{&table, table.scenario(), {}};
    if (source.scenario.empty()) {
      plan.push_back(plan_table(name, result.kind(), {std::move(source)}, most_columns));
      continue;
    }
    auto found = std::ranges::find_if(runs, [&](const auto& run) { return run.first == name; });
    if (found == runs.end()) found = runs.insert(runs.end(), {name, {}});
    found->second.push_back(std::move(source));
  }
  for (auto& [name, sources] : runs) {
    plan.push_back(plan_table("run_" + name, "run", std::move(sources), most_columns));
  }
  // Nothing leads to a table that is not there.
  for (auto& table : plan) {
    std::erase_if(table.references, [&](const auto& reference) {
      return std::ranges::none_of(
          plan, [&](const auto& other) { return other.name() == reference.table; });
    });
  }
  std::ranges::stable_partition(plan, [](const auto& table) { return table.references.empty(); });
  return plan;
}

std::string UniqueNames::add(std::string_view name) {
  const auto lower = [](std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
  };
  std::string unique(name);
  for (int n = 2; !taken_.insert(lower(unique)).second; ++n) {
    unique = std::string(name) + "_" + std::to_string(n);
  }
  return unique;
}

std::string quoted_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + '"';
}

std::string quoted_text(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + '\'';
}

std::string create_statement(const PlannedTable& table, std::size_t part) {
  const auto& made = table.parts[part];
  std::string text = "CREATE TABLE " + quoted_name(made.name) + " (";
  for (const auto place : made.columns) {
    const auto& column = table.columns[place];
    text += (place == made.columns.front() ? "" : ", ") + quoted_name(column.name) + " " +
            type_name(column.field.type);
  }
  if (!table.primary.empty()) text += ", PRIMARY KEY (" + names_of(table, table.primary) + ")";
  const auto refer = [&](const std::string& columns, const std::string& other,
                         const std::string& referenced) {
    text += ", FOREIGN KEY (" + columns + ") REFERENCES " + quoted_name(other) + " (" + referenced +
            ")";
  };
  if (part == 0) {
    for (const auto& reference : table.references) {
      refer(names_of(table, {reference.column}), reference.table,
            quoted_name(reference.referenced));
    }
  } else {
    const auto key = names_of(table, table.primary);
    refer(key, table.name(), key);
  }
  return text + ") STRICT";
}

std::string insert_statement(const PlannedTable& table, std::size_t part) {
  const auto& made = table.parts[part];
  std::string text = "INSERT INTO " + quoted_name(made.name) + " VALUES (?";
  for (std::size_t i = 1; i < made.columns.size(); ++i) text += ",?";
  return text + ")";
}

}  // namespace truce::exchange
