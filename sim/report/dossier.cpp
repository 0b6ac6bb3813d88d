// SPDX-License-Identifier: Apache-2.0
#include "sim/report/dossier.hpp"

#include <vector>

#include "sim/report/file.hpp"
#include "sim/report/tables.hpp"

namespace truce::report {

Dossier::Dossier(const std::filesystem::path& target, Existing existing,
                 std::span<const model::Column> columns, std::uint64_t seed)
    : folder_(target, existing),
      seed_(seed),
      sheet_(replications_sheet(columns)),
      replications_(folder_.path(), sheet_) {}

void Dossier::row(std::uint64_t replication, std::span<const double> values) {
  replications_.row(replication_row(replication, seed_, values));
}

void Dossier::finish(const experiment::Results& results, const scenario::Loaded& loaded,
                     const RunRecord& record) {
  std::vector<Written> files;
  std::vector<Sheet> sheets;
  const auto save = [&](const Table& table) {
    files.push_back(write_csv(folder_.path(), table));
    sheets.push_back(table);
  };
  save(summary_table(results));
  files.push_back(replications_.close());
  sheets.push_back(sheet_);
  save(timeline_table(results, loaded.scenario.start));
  if (loaded.scenario.crisis) save(survival_table(results));
  save(assumptions_table(loaded.assumptions));
  save(dictionary_table(sheets, results.series));
  File manifest(folder_.path() / manifest_name);
  manifest.write(manifest_text(results, loaded, files, record));
  manifest.close();
  folder_.commit();
}

const std::filesystem::path& Dossier::leave() {
  folder_.leave();
  return folder_.path();
}

}  // namespace truce::report
