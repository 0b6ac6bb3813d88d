// SPDX-License-Identifier: Apache-2.0
#include "sim/report/dossier.hpp"

#include "sim/experiment/remains.hpp"

#include "sim/report/csv_read.hpp"
#include "sim/report/file.hpp"
#include "sim/report/resume.hpp"
#include "sim/report/tables.hpp"

namespace truce::report {
namespace {

/// The rows of a table of a file, as they were before they were written.
std::vector<std::vector<Cell>> text_rows(const std::filesystem::path& path) {
  CsvReader reader(path);
  std::vector<std::vector<Cell>> rows;
  while (reader.next()) {
    auto& row = rows.emplace_back();
    for (const auto& text : reader.row()) row.emplace_back(plain_text(text));
  }
  return rows;
}

}  // namespace

RunFiles::RunFiles(const std::filesystem::path& folder, std::span<const model::Column> columns,
                   std::uint64_t seed)
    : folder_(folder),
      seed_(seed),
      sheet_(replications_sheet(columns)),
      replications_(folder_, sheet_) {}

void RunFiles::row(std::uint64_t replication, std::span<const double> values) {
  replications_.row(replication_row(replication, seed_, values));
}

std::vector<Written> RunFiles::finish(const experiment::Results& results,
                                      const scenario::Loaded& loaded, const RunRecord& record) {
  std::vector<Written> files;
  std::vector<Sheet> sheets;
  const auto save = [&](const Table& table) {
    files.push_back(write_csv(folder_, table));
    sheets.push_back(table);
  };
  save(summary_table(results));
  files.push_back(replications_.close());
  sheets.push_back(sheet_);
  save(timeline_table(results, loaded.scenario.start));
  if (loaded.scenario.crisis) save(survival_table(results));
  auto assumptions = assumptions_table(loaded.assumptions);
  if (record.goes_on_from) {
    // What is read of a manifest knows no sources any more.
    assumptions.rows = text_rows(*record.goes_on_from / assumptions.file);
  }
  save(assumptions);
  save(dictionary_table(sheets, results.series));
  files.push_back(write_resume(folder_, experiment::remains_of(results)));
  files.push_back(write_text(folder_, std::string(manifest_name),
                             manifest_text(results, loaded, files, record)));
  return files;
}

Dossier::Dossier(const std::filesystem::path& target, Existing existing,
                 std::span<const model::Column> columns, std::uint64_t seed)
    : folder_(target, existing), files_(folder_.path(), columns, seed) {}

void Dossier::finish(const experiment::Results& results, const scenario::Loaded& loaded,
                     const RunRecord& record) {
  files_.finish(results, loaded, record);
  folder_.commit();
}

const std::filesystem::path& Dossier::leave() {
  folder_.leave();
  return folder_.path();
}

}  // namespace truce::report
