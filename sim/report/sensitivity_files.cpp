// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sensitivity_files.hpp"

#include "sim/report/file.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/sensitivity_tables.hpp"
#include "sim/report/stored.hpp"
#include "sim/report/tables.hpp"
#include "sim/report/version.hpp"

namespace truce::report {
namespace {

std::string sensitivity_manifest(const experiment::Sensitivity& all, const StoredSample& stored,
                                 const stats::Bootstrap& bootstrap, std::span<const Written> files,
                                 const RunRecord& record) {
  const auto& source = stored.source;
  Json json;
  json["truce"] = {{"version", version()}, {"compiler", compiler()}, {"build_type", build_type()}};
  json["kind"] = "sensitivity";
  json["status"] = "complete";
  json["name"] = source.name;
  json["source"] = {{"kind", source.kind},
                    {"design", source.design},
                    {"digest", source.digest},
                    {"manifest_sha256", source.manifest_digest}};
  json["points"] = stored.sample.points;
  json["points_played"] = source.points;
  json["points_planned"] = source.points_planned;
  json["replications"] = stored.sample.replications;
  json["inputs"] = Json::array();
  for (const auto& input : stored.sample.inputs) json["inputs"].push_back(input.name);
  json["outcomes"] = Json::array();
  for (const auto& one : stored.sample.outcomes) json["outcomes"].push_back(one.column.id);
  json["seed"] = bootstrap.seed;
  json["bootstrap_samples"] = bootstrap.samples;
  json["confidence_level"] = bootstrap.level;
  json["warnings"] = source.notes;
  for (const auto& warning : all.warnings) json["warnings"].push_back(warning);
  json["csv"] = csv_dialect;
  json["files"] = files_json(files);
  json["run"] = run_json(record);
  return json_text(json);
}

}  // namespace

void write_sensitivity(Folder& folder, const experiment::Sensitivity& all,
                       const StoredSample& stored, const stats::Bootstrap& bootstrap,
                       const RunRecord& record, const Companions& companions) {
  std::vector<Written> files;
  std::vector<Sheet> sheets;
  const auto save = [&](const Table& table) {
    files.push_back(write_csv(folder.path(), table));
    sheets.push_back(table);
  };
  save(sensitivity_table(all, stored.sample));
  save(tornado_table(all, stored.sample));
  save(variance_table(all));
  save(left_out_table(all));
  auto assumptions = assumptions_table({});
  std::error_code ignored;
  if (std::filesystem::exists(stored.source.folder / assumptions.file, ignored)) {
    assumptions.rows = text_rows(stored.source.folder, assumptions);
    save(assumptions);
  }
  files.push_back(write_csv(folder.path(), dictionary_table(sheets, {})));
  close_result(folder.path(), companions, files, [&](std::span<const Written> written) {
    return sensitivity_manifest(all, stored, bootstrap, written, record);
  });
  folder.commit();
}

}  // namespace truce::report
