// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/database.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <SQLiteCpp/SQLiteCpp.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/report/file.hpp"

#include "sim/exchange/database_plan.hpp"
#include "sim/exchange/utf8.hpp"

namespace truce::exchange {
namespace {

struct Binding {
  SQLite::Statement& statement;
  int place;

  void operator()(std::monostate) const { statement.bind(place); }
  void operator()(const std::string& text) const { statement.bindNoCopy(place, text); }
  void operator()(std::int64_t whole) const { statement.bind(place, whole); }
  void operator()(double number) const { statement.bind(place, number); }
  void operator()(Date date) const { statement.bind(place, to_string(date)); }
};

void insert(SQLite::Statement& statement, std::span<const report::Cell> cells) {
  int place = 0;
  for (const auto& cell : cells) std::visit(Binding{statement, ++place}, cell);
  statement.exec();
  statement.reset();
}

report::Cell text_cell(std::string_view text) {
  return text.empty() ? report::Cell{} : report::Cell{std::string(text)};
}

constexpr std::string_view descriptions = R"(
CREATE TABLE table_info (table_name TEXT PRIMARY KEY, kind TEXT NOT NULL, "rows" INTEGER,
  meaning TEXT) STRICT;
CREATE TABLE column_info (table_name TEXT REFERENCES table_info (table_name), column_name TEXT,
  position INTEGER NOT NULL, file TEXT, csv_column TEXT, type TEXT NOT NULL, unit TEXT,
  meaning TEXT, PRIMARY KEY (table_name, column_name)) STRICT;
CREATE TABLE entry_info (table_name TEXT, column_name TEXT, entry TEXT, type TEXT, unit TEXT,
  meaning TEXT, PRIMARY KEY (table_name, column_name, entry),
  FOREIGN KEY (table_name, column_name) REFERENCES column_info (table_name, column_name)) STRICT;
CREATE TABLE manifest (key TEXT PRIMARY KEY, value TEXT) STRICT;
)";

/// An entry of a column, as dictionaries tell it: a series of a timeline.
struct Entry {
  std::string table;
  std::string column;
  std::vector<report::Cell> cells;  ///< entry, type, unit, meaning
};

/// The entries of all dictionaries, each once.
std::vector<Entry> entries_of(const Result& result) {
  std::vector<Entry> entries;
  std::set<std::tuple<std::string, std::string, std::string>> known;
  for (const auto& dictionary : result.tables()) {
    if (dictionary.name() != "dictionary") continue;
    const std::string prefix = dictionary.scenario().empty() ? "" : "run_";
    const auto all = read_all(result, dictionary);
    const auto place = [&](std::string_view name) { return dictionary.column(name); };
    for (const auto& row : all.rows) {
      const auto text = [&](std::string_view name) {
        const auto* found = std::get_if<std::string>(&row[place(name)]);
        return found == nullptr ? std::string() : *found;
      };
      const auto entry = text("entry");
      if (entry.empty()) continue;
      const auto file = text("file");
      const auto table = prefix + file.substr(0, file.rfind('.'));
      if (!known.emplace(table, text("column"), entry).second) continue;
      entries.push_back({table,
                         text("column"),
                         {entry, row[place("type")], row[place("unit")], row[place("meaning")]}});
    }
  }
  return entries;
}

/// Writes the database; made for one result.
class Scribe {
 public:
  Scribe(SQLite::Database& database, const Result& result, std::size_t most_columns)
      : database_(database),
        result_(result),
        most_columns_(most_columns),
        tables_(plan_tables(result, most_columns)),
        entries_(entries_of(result)) {}

  void write() {
    database_.exec(std::string(descriptions));
    for (const auto& table : tables_) {
      for (std::size_t part = 0; part < table.parts.size(); ++part) {
        database_.exec(create_statement(table, part));
      }
      const auto rows = write_rows(table);
      describe(table, rows);
    }
    write_entries();
    write_manifest();
    write_views();
  }

 private:
  std::int64_t write_rows(const PlannedTable& table) {
    std::vector<SQLite::Statement> statements;
    for (std::size_t part = 0; part < table.parts.size(); ++part) {
      statements.emplace_back(database_, insert_statement(table, part));
    }
    std::int64_t count = 0;
    std::vector<report::Cell> cells;
    for (const auto& source : table.sources) {
      Rows rows(result_, *source.table);
      for (; rows.next(); ++count) {
        for (std::size_t part = 0; part < table.parts.size(); ++part) {
          cells.clear();
          for (const auto place : table.parts[part].columns) {
            if (table.has_scenario && place == 0) {
              cells.emplace_back(source.scenario);
            } else {
              const auto from = source.from[place];
              cells.push_back(from ? rows.cells()[*from] : report::Cell{});
            }
          }
          insert(statements[part], cells);
        }
      }
    }
    return count;
  }

  void describe(const PlannedTable& table, std::int64_t rows) {
    SQLite::Statement one(database_, "INSERT INTO table_info VALUES (?, 'table', ?, ?)");
    SQLite::Statement column(database_, "INSERT INTO column_info VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t part = 0; part < table.parts.size(); ++part) {
      const auto& made = table.parts[part];
      const auto meaning =
          part == 0 ? table.meaning : "More columns of " + table.name() + ", by the same key.";
      insert(one, std::vector<report::Cell>{made.name, rows, text_cell(meaning)});
      std::int64_t position = 0;
      for (const auto place : made.columns) {
        const auto& [name, field] = table.columns[place];
        const bool added = table.has_scenario && place == 0;
        insert(column, std::vector<report::Cell>{
                           made.name, name, ++position, added ? report::Cell{} : table.file,
                           added ? report::Cell{} : field.name, std::string(name_of(field.type)),
                           text_cell(field.unit), text_cell(field.meaning)});
      }
    }
  }

  void write_entries() {
    SQLite::Statement statement(
        database_,
        "INSERT INTO entry_info SELECT table_name, column_name, ?, ?, ?, ? FROM column_info "
        "WHERE table_name = ? AND csv_column = ?");
    for (const auto& entry : entries_) {
      auto cells = entry.cells;
      cells.emplace_back(entry.table);
      cells.emplace_back(entry.column);
      insert(statement, cells);
    }
  }

  void write_manifest() {
    SQLite::Statement statement(database_, "INSERT INTO manifest VALUES (?, ?)");
    const auto flat = result_.manifest().flatten();
    for (const auto& [key, value] : flat.items()) {
      report::Cell cell;
      if (value.is_string()) {
        cell = valid_utf8(value.get<std::string>());
      } else if (!value.is_null()) {
        cell = value.dump();
      }
      insert(statement, std::vector<report::Cell>{valid_utf8(key), cell});
    }
  }

  void write_views() {
    std::vector<std::string> series;
    for (const auto& entry : entries_) {
      if (entry.column != "series" || !entry.table.ends_with("timeline")) continue;
      series.push_back(std::get<std::string>(entry.cells.front()));
    }
    SQLite::Statement statement(database_, "INSERT INTO table_info VALUES (?, 'view', NULL, ?)");
    for (const auto& view : plan_views(tables_, series, most_columns_)) {
      database_.exec("CREATE VIEW " + quoted_name(view.name) + " AS " + view.query);
      insert(statement, std::vector<report::Cell>{view.name, view.meaning});
    }
  }

  SQLite::Database& database_;
  const Result& result_;
  std::size_t most_columns_;
  std::vector<PlannedTable> tables_;
  std::vector<Entry> entries_;
};

}  // namespace

void write_database(const Result& result, const std::filesystem::path& file,
                    std::size_t most_columns) {
  if (report::is_there(file)) throw WorldError(file.string(), "exists already");
  try {
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    // Nothing is rolled back: a file that is not finished is thrown away.
    database.exec(
        "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; "
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; "
        "PRAGMA foreign_keys = ON; PRAGMA user_version = " +
        std::to_string(database_format));
    SQLite::Transaction transaction(database);
    Scribe(database, result, most_columns).write();
    transaction.commit();
    SQLite::Statement check(database, "PRAGMA foreign_key_check");
    TRUCE_ENSURE(!check.executeStep(), "what a row of the database leads to is there");
  } catch (const SQLite::Exception& error) {
    throw WorldError(file.string(), error.what());
  }
}

}  // namespace truce::exchange
