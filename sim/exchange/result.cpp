// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/result.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/manifest.hpp"
#include "sim/report/stored.hpp"

#include "sim/exchange/utf8.hpp"

namespace truce::exchange {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view extension = ".csv";
constexpr std::string_view dictionary_name = "dictionary.csv";

Json read_json(const fs::path& folder) {
  const auto path = folder / report::manifest_name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw WorldError(path.string(), "can't be read; is this a result folder?");
  auto json = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("truce") || !json.contains("files")) {
    throw WorldError(path.string(), "is not a manifest of truce");
  }
  return json;
}

std::optional<report::Type> type_of(std::string_view name) {
  constexpr auto& names = EnumNames<report::Type>::names;
  const auto* found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<report::Type>(found - names.begin());
}

/// Whether a file of a manifest lies in the folder, or in a folder in it, and nowhere else.
bool stays_inside(const std::string& file) {
  const fs::path path(file);
  return path.is_relative() && std::ranges::none_of(path, [](const auto& step) {
           return step == ".." || step == "." || step.empty();
         });
}

/// The columns of all files of a folder, by file.
std::map<std::string, std::vector<report::Field>> fields_of(const fs::path& dictionary) {
  report::CsvReader reader(dictionary);
  const std::vector<std::string> wanted{"file", "column", "entry", "unit", "type", "meaning"};
  if (reader.header() != wanted) {
    throw WorldError(dictionary.string(), "is not a dictionary of this version of truce");
  }
  std::map<std::string, std::vector<report::Field>> fields;
  while (reader.next()) {
    const auto& row = reader.row();
    if (!row[2].empty()) continue;  // an entry of a column
    const auto type = type_of(row[4]);
    if (!type) reader.fail("'" + printable(row[4]) + "' is not a type of column");
    fields[row[0]].push_back({row[1], row[3], *type, row[5]});
  }
  return fields;
}

report::Cell read_cell(const report::CsvReader& reader, const std::string& text,
                       const report::Field& field) {
  const auto fail = [&]() {
    reader.fail("'" + printable(text) + "' is not of the type " + std::string(name_of(field.type)) +
                " (column " + printable(field.name) + ")");
  };
  if (text.empty()) return {};
  switch (field.type) {
    case report::Type::text:
      return valid_utf8(text);
    case report::Type::integer: {
      const auto whole = parse_integer(text);
      if (!whole) fail();
      return *whole;
    }
    case report::Type::number: {
      const auto number = parse_number(text);
      if (!number) fail();
      return *number;
    }
    case report::Type::date:
      break;
  }
  const auto date = parse_date(text);
  if (!date) fail();
  return *date;
}

}  // namespace

std::string StoredTable::name() const {
  const auto slash = file.rfind('/');
  const auto begin = slash == std::string::npos ? 0 : slash + 1;
  return file.substr(begin, file.size() - extension.size() - begin);
}

std::string StoredTable::scenario() const {
  const auto slash = file.rfind('/');
  return slash == std::string::npos ? "" : file.substr(0, slash);
}

std::size_t StoredTable::column(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &report::Field::name);
  if (found == fields.end()) {
    throw WorldError(file, "has no column " + std::string(name) + "; an older truce wrote it");
  }
  return static_cast<std::size_t>(found - fields.begin());
}

Result::Result(fs::path folder) : folder_(std::move(folder)), manifest_(read_json(folder_)) {
  try {
    std::vector<report::Written> files;
    for (const auto& item : manifest_.at("files")) {
      files.push_back({item.at("file").get<std::string>(), item.at("rows").get<std::uint64_t>(),
                       item.at("columns").get<std::uint64_t>(),
                       item.at("bytes").get<std::uint64_t>(),
                       item.at("sha256").get<std::string>()});
    }
    report::check_unchanged(folder_, files);
  } catch (const Json::exception& error) {
    throw WorldError((folder_ / report::manifest_name).string(),
                     std::string("is not a manifest of truce: ") + error.what());
  }
  read_tables();
}

Result::Result(fs::path folder, Json manifest)
    : folder_(std::move(folder)), manifest_(std::move(manifest)) {
  read_tables();
}

std::string Result::kind() const {
  return manifest_.value("kind", "run");
}

void Result::read_tables() {
  std::map<std::string, std::map<std::string, std::vector<report::Field>>> known;
  for (const auto& item : manifest_.at("files")) {
    StoredTable table;
    table.file = item.at("file").get<std::string>();
    if (!table.file.ends_with(extension)) continue;
    if (!stays_inside(table.file)) {
      throw WorldError((folder_ / report::manifest_name).string(),
                       "lists '" + printable(table.file) + "', which is not in the folder");
    }
    table.rows = item.at("rows").get<std::uint64_t>();
    const auto scenario = table.scenario();
    if (!known.contains(scenario)) {
      known[scenario] = fields_of(folder_ / scenario / dictionary_name);
    }
    table.fields = known[scenario][fs::path(table.file).filename().string()];
    tables_.push_back(std::move(table));
  }
  std::ranges::stable_partition(tables_,
                                [](const auto& table) { return table.scenario().empty(); });
}

const StoredTable* Result::find(std::string_view name, std::string_view scenario) const {
  const auto found = std::ranges::find_if(tables_, [&](const auto& table) {
    return table.name() == name && table.scenario() == scenario;
  });
  return found == tables_.end() ? nullptr : &*found;
}

std::vector<std::string> Result::scenarios() const {
  std::vector<std::string> names;
  for (const auto& table : tables_) {
    const auto scenario = table.scenario();
    if (!scenario.empty() && (names.empty() || names.back() != scenario)) {
      names.push_back(scenario);
    }
  }
  return names;
}

Rows::Rows(const Result& result, const StoredTable& table)
    : table_(table), reader_(result.folder() / table.file), cells_(table.fields.size()) {
  std::vector<std::string> names;
  for (const auto& field : table.fields) names.push_back(field.name);
  if (reader_.header() != names) {
    throw WorldError((result.folder() / table.file).string(),
                     "has not the columns that its dictionary tells");
  }
}

bool Rows::next() {
  if (!reader_.next()) return false;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    cells_[i] = read_cell(reader_, reader_.row()[i], table_.fields[i]);
  }
  return true;
}

report::Table read_all(const Result& result, const StoredTable& table) {
  report::Table all;
  all.file = table.file;
  all.fields = table.fields;
  all.rows.reserve(table.rows);
  Rows rows(result, table);
  while (rows.next()) all.rows.push_back(rows.cells());
  return all;
}

}  // namespace truce::exchange
