// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/csv_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/digest.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/version.hpp"

#include "sim/exchange/data_package.hpp"

namespace truce::exchange {
namespace fs = std::filesystem;
namespace {

/// A text as it was before it was made harmless, since the writer does that again.
report::Cell unescaped(const report::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? cell : report::Cell{report::plain_text(*text)};
}

report::Sheet sheet_of(const StoredTable& table, const std::string& file) {
  report::Sheet sheet{file, table.fields};
  for (auto& field : sheet.fields) field.name = report::plain_text(field.name);
  return sheet;
}

std::string part_name(const StoredTable& table, std::uint64_t part) {
  return table.name() + "-" + std::to_string(part) + ".csv";
}

/// Writes a table in one file, or in parts of so many rows.
std::vector<PackagedFile> write_table(const Result& result, const StoredTable& table,
                                      const report::CsvProfile& profile, const fs::path& folder,
                                      std::optional<std::uint64_t> most_rows) {
  const bool whole = !most_rows || table.rows <= *most_rows;
  std::vector<PackagedFile> files;
  Rows rows(result, table);
  std::vector<report::Cell> cells;
  bool more = rows.next();
  do {
    const auto name = whole ? table.name() + ".csv" : part_name(table, files.size() + 1);
    report::CsvWriter writer(folder, sheet_of(table, name), profile);
    for (std::uint64_t n = 0; more && (whole || n < *most_rows); ++n) {
      cells.clear();
      for (const auto& cell : rows.cells()) cells.push_back(unescaped(cell));
      writer.row(cells);
      more = rows.next();
    }
    files.push_back({&table, writer.close(), whole});
  } while (more);
  return files;
}

std::string manifest_digest(const Result& result) {
  const auto path = result.folder() / report::manifest_name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw WorldError(path.string(), "can't be read");
  return report::sha256(std::string(std::istreambuf_iterator<char>(file), {}));
}

std::string describe(const report::CsvProfile& profile) {
  const std::string separator = profile.separator() == ','   ? "comma"
                                : profile.separator() == ';' ? "semicolon"
                                                             : "tab";
  return "UTF-8 " + std::string(profile.has_byte_order_mark() ? "with" : "without") +
         " byte order mark, " + separator + ", decimal " +
         (profile.decimal() == ',' ? "comma" : "point") +
         ", lines end with CR LF. Empty cells are absent values. Text that a spreadsheet would "
         "take "
         "for a formula has an apostrophe before it.";
}

std::string export_manifest(const Result& result, const report::CsvProfile& profile,
                            const CsvFolder& done, std::span<const report::Written> files) {
  Json json;
  json["truce"] = {{"version", report::version()},
                   {"compiler", report::compiler()},
                   {"build_type", report::build_type()}};
  json["kind"] = export_kind;
  json["profile"] = profile.name();
  json["csv"] = describe(profile);
  json["source"] = {{"folder", result.folder().string()},
                    {"kind", result.kind()},
                    {"manifest_sha256", manifest_digest(result)}};
  json["split"] = Json::array();
  for (const auto& split : done.splits) {
    json["split"].push_back({{"file", split.file}, {"parts", split.parts}});
  }
  json["files"] = report::files_json(files);
  return report::json_text(json);
}

}  // namespace

CsvFolder write_csv_folder(const Result& result, const report::CsvProfile& profile,
                           const fs::path& folder, const SheetLimits& limits) {
  TRUCE_EXPECT(limits.rows > 1, "a sheet has a header and at least one row");
  std::optional<std::uint64_t> most_rows;
  if (profile.is_for_excel()) most_rows = limits.rows - 1;
  CsvFolder done;
  std::vector<report::Written> all;
  std::vector<std::string> scenarios{""};
  const auto named = result.scenarios();
  scenarios.insert(scenarios.end(), named.begin(), named.end());
  for (const auto& scenario : scenarios) {
    const auto place = folder / scenario;
    std::error_code error;
    fs::create_directories(place, error);
    if (error) throw WorldError(place.string(), error.message());
    const auto prefix = scenario.empty() ? "" : scenario + "/";
    std::vector<PackagedFile> files;
    for (const auto& table : result.tables()) {
      if (table.scenario() != scenario) continue;
      const auto parts = write_table(result, table, profile, place, most_rows);
      if (!parts.front().whole) {
        auto& split = done.splits.emplace_back(CsvFolder::Split{table.file, {}});
        for (const auto& part : parts) split.parts.push_back(prefix + part.written.file);
      }
      if (profile.is_for_excel() && table.fields.size() > limits.columns) {
        done.too_wide.push_back(table.file);
      }
      files.insert(files.end(), parts.begin(), parts.end());
      ++done.tables;
    }
    std::vector<report::Written> written;
    for (const auto& file : files) {
      written.push_back(file.written);
      done.bytes += file.written.bytes;
    }
    written.push_back(report::write_text(place, std::string(data_package_name),
                                         data_package_text(result, files, profile, scenario)));
    for (auto& file : written) {
      file.file.insert(0, prefix);
      all.push_back(std::move(file));
    }
    if (!scenario.empty()) report::sync_folder(place);
  }
  report::write_text(folder, std::string(report::manifest_name),
                     export_manifest(result, profile, done, all));
  return done;
}

}  // namespace truce::exchange
