// SPDX-License-Identifier: Apache-2.0
#include "sim/report/dossier.hpp"

#include <utility>

#include "sim/experiment/remains.hpp"

#include "sim/report/file.hpp"
#include "sim/report/resume.hpp"
#include "sim/report/stored.hpp"
#include "sim/report/tables.hpp"

namespace truce::report {
RunFiles::RunFiles(const std::filesystem::path& folder, std::span<const model::Column> columns,
                   std::uint64_t seed, Companions companions)
    : folder_(folder),
      companions_(std::move(companions)),
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
    assumptions.rows = text_rows(*record.goes_on_from, assumptions);
  }
  save(assumptions);
  save(dictionary_table(sheets, results.series));
  files.push_back(write_resume(folder_, experiment::remains_of(results)));
  close_result(folder_, companions_, files, [&](std::span<const Written> written) {
    return manifest_text(results, loaded, written, record);
  });
  return files;
}

Dossier::Dossier(const std::filesystem::path& target, Existing existing,
                 std::span<const model::Column> columns, std::uint64_t seed, Companions companions)
    : folder_(target, existing), files_(folder_.path(), columns, seed, std::move(companions)) {}

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
