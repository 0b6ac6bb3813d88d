// SPDX-License-Identifier: Apache-2.0
#include "sim/report/stored.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

#include <nlohmann/json.hpp>

#include "sim/core/problem.hpp"

#include "sim/scenario/document.hpp"

#include "sim/report/companions.hpp"
#include "sim/report/file.hpp"
#include "sim/report/version.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

/// Columns of replications.csv before those of outcomes: replication, seed_key, status.
constexpr std::size_t keys = 3;

scenario::Loaded scenario_of(const Finished& finished, const fs::path& folder) {
  scenario::Document document;
  document.root = scenario::parse(finished.scenario, (folder / manifest_name).string());
  return scenario::read(document);
}

}  // namespace

std::string kind_of(const fs::path& folder) {
  const auto path = folder / manifest_name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw WorldError(path.string(), "can't be read; is this a result folder?");
  const auto json = nlohmann::ordered_json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("truce")) {
    throw WorldError(path.string(), "is not a manifest of truce");
  }
  const auto kind = json.find("kind");
  return kind != json.end() && kind->is_string() ? kind->get<std::string>() : "run";
}

void check_unchanged(const fs::path& folder, std::span<const Written> files) {
  for (const auto& file : files) {
    if (is_companion(file.file)) continue;
    if (sha256_of_file(folder / file.file) != file.sha256) {
      throw WorldError((folder / file.file).string(), "was changed since truce wrote it");
    }
  }
}

std::vector<std::vector<Cell>> text_rows(const fs::path& folder, const Sheet& sheet) {
  CsvReader reader(folder / sheet.file);
  const bool same = std::ranges::equal(reader.header(), sheet.fields, {}, {}, &Field::name);
  if (!same) reader.fail("has not the columns of this version of truce: run it again");
  std::vector<std::vector<Cell>> rows;
  while (reader.next()) {
    auto& row = rows.emplace_back();
    for (const auto& text : reader.row()) row.emplace_back(plain_text(text));
  }
  return rows;
}

Stored::Stored(const fs::path& folder)
    : folder_(folder), finished_(read_manifest(folder)), loaded_(scenario_of(finished_, folder)) {
  if (finished_.version != version() || finished_.compiler != compiler()) {
    throw WorldError(folder.string(), "is the result of truce " + finished_.version + " (" +
                                          finished_.compiler + "), and this is " +
                                          std::string(version()) + " (" + compiler() +
                                          "): run it again");
  }
  check_unchanged(folder, finished_.files);
}

StoredRows::StoredRows(const Stored& stored, std::span<const model::Column> columns)
    : reader_(stored.folder() / "replications.csv"),
      replication_(stored.finished().first),
      values_(columns.size()) {
  const auto& header = reader_.header();
  bool same = header.size() == columns.size() + keys;
  for (std::size_t c = 0; same && c < columns.size(); ++c) same = header[c + keys] == columns[c].id;
  if (!same) reader_.fail("has not the columns of the scenario in the manifest");
}

bool StoredRows::next() {
  if (!reader_.next()) return false;
  for (std::size_t c = 0; c < values_.size(); ++c) values_[c] = reader_.number(c + keys);
  ++replication_;
  return true;
}

}  // namespace truce::report
