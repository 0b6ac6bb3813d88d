// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/data_package.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "sim/exchange/table_facts.hpp"

namespace truce::exchange {
namespace {

/// Letters, digits and hyphens, as names of packages and resources must be.
std::string package_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    if (upper || plain) {
      word += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!word.empty() && word.back() != '-') {
      word += '-';
    }
  }
  while (word.ends_with('-')) word.pop_back();
  return word;
}

/// The name of the scenario or study; of a comparison that of its base.
std::string title_of(const Result& result) {
  const auto& manifest = result.manifest();
  if (const auto name = manifest.find("name"); name != manifest.end() && name->is_string()) {
    return name->get<std::string>();
  }
  const auto scenarios = manifest.find("scenarios");
  if (scenarios == manifest.end() || !scenarios->is_array() || scenarios->empty()) return {};
  return scenarios->front().value("title", "");
}

std::string_view schema_type(report::Type type) {
  switch (type) {
    case report::Type::integer:
      return "integer";
    case report::Type::number:
      return "number";
    case report::Type::date:
      return "date";
    case report::Type::text:
      break;
  }
  return "string";
}

Json fields_json(const StoredTable& table, const report::CsvProfile& profile) {
  auto fields = Json::array();
  for (const auto& field : table.fields) {
    Json one{{"name", field.name}, {"type", schema_type(field.type)}};
    if (field.type == report::Type::number && profile.decimal() != '.') {
      one["decimalChar"] = std::string(1, profile.decimal());
    }
    if (!field.unit.empty()) one["unit"] = field.unit;
    if (!field.meaning.empty()) one["description"] = field.meaning;
    fields.push_back(std::move(one));
  }
  return fields;
}

bool has_column(const StoredTable& table, std::string_view name) {
  return std::ranges::any_of(table.fields, [&](const auto& field) { return field.name == name; });
}

/// `whole`: the tables that stand in one file, to whose rows others can lead.
Json schema_json(const StoredTable& table, std::string_view kind,
                 const std::set<std::string>& whole, const report::CsvProfile& profile) {
  Json schema{{"fields", fields_json(table, profile)}, {"missingValues", Json::array({""})}};
  const auto facts = table_facts(kind, table.name());
  const auto known = [&](std::string_view name) { return has_column(table, name); };
  if (!facts.primary.empty() && std::ranges::all_of(facts.primary, known)) {
    schema["primaryKey"] = std::vector<std::string>(facts.primary.begin(), facts.primary.end());
  }
  for (const auto& key : facts.foreign) {
    const auto target = std::string(key.table);
    if (!known(key.column) || !whole.contains(target)) continue;
    schema["foreignKeys"].push_back(
        {{"fields", Json::array({key.column})},
         {"reference", {{"resource", target}, {"fields", Json::array({key.referenced})}}}});
  }
  return schema;
}

Json dialect_json(const report::CsvProfile& profile) {
  constexpr double version = 1.2;
  return {{"csvddfVersion", version},
          {"delimiter", std::string(1, profile.separator())},
          {"lineTerminator", "\r\n"},
          {"quoteChar", "\""},
          {"doubleQuote", true},
          {"skipInitialSpace", false},
          {"header", true}};
}

}  // namespace

std::string data_package_text(const Result& result, std::span<const PackagedFile> files,
                              const report::CsvProfile& profile, std::string_view scenario) {
  const auto kind = scenario.empty() ? result.kind() : std::string("run");
  const auto& manifest = result.manifest();
  Json package;
  auto title = title_of(result);
  if (!scenario.empty()) title += (title.empty() ? "" : ": ") + std::string(scenario);
  package["profile"] = "tabular-data-package";
  package["name"] = package_word("truce " + kind + " " + title);
  if (!title.empty()) package["title"] = title;
  package["truce"] = {{"kind", kind}};
  for (const auto* key : {"truce", "seed", "digest"}) {
    const auto found = manifest.find(key);
    if (found == manifest.end()) continue;
    package["truce"][key == std::string_view("truce") ? "made_by" : key] = *found;
  }
  std::set<std::string> whole;
  for (const auto& file : files) {
    if (file.whole) whole.insert(file.table->name());
  }
  package["resources"] = Json::array();
  for (const auto& file : files) {
    const auto& name = file.written.file;
    package["resources"].push_back(
        {{"profile", "tabular-data-resource"},
         {"name", package_word(name.substr(0, name.rfind('.')))},
         {"path", name},
         {"description", table_facts(kind, file.table->name()).meaning},
         {"format", "csv"},
         {"mediatype", profile.separator() == '\t' ? "text/tab-separated-values" : "text/csv"},
         {"encoding", "utf-8"},
         {"bytes", file.written.bytes},
         {"hash", "sha256:" + file.written.sha256},
         {"dialect", dialect_json(profile)},
         {"schema", schema_json(*file.table, kind, whole, profile)}});
  }
  constexpr int indent = 1;
  return package.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string data_package_text(const Result& result) {
  std::map<std::string, const StoredTable*> own;
  for (const auto& table : result.tables()) {
    if (table.scenario().empty()) own[table.file] = &table;
  }
  std::vector<PackagedFile> files;
  for (const auto& item : result.manifest().at("files")) {
    const auto found = own.find(item.at("file").get<std::string>());
    if (found == own.end()) continue;
    files.push_back({found->second,
                     {found->first, item.at("rows").get<std::uint64_t>(),
                      item.at("columns").get<std::uint64_t>(),
                      item.at("bytes").get<std::uint64_t>(), item.at("sha256").get<std::string>()},
                     true});
  }
  return data_package_text(result, files, report::rfc4180());
}

}  // namespace truce::exchange
