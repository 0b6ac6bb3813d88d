// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sweep_files.hpp"

#include <utility>

#include "sim/experiment/block.hpp"

#include "sim/report/digest.hpp"
#include "sim/report/file.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/tables.hpp"
#include "sim/report/version.hpp"

namespace truce::report {

SweepFiles::SweepFiles(const std::filesystem::path& target, Existing existing,
                       const scenario::Study& study, const scenario::StudyScenario& scenario,
                       const experiment::Design& design, const experiment::SweepPlan& plan,
                       const Detail& detail, Companions companions)
    : folder_(target, existing),
      companions_(std::move(companions)),
      study_(study),
      scenario_(scenario),
      design_(design),
      plan_(plan),
      detail_(detail),
      points_sheet_(points_sheet(design, study.factors, plan.columns, detail)),
      replications_sheet_(sweep_replications_sheet(study.factors, plan.columns)),
      points_(folder_.path(), points_sheet_),
      replications_(folder_.path(), replications_sheet_) {}

void SweepFiles::row(const experiment::Point& point, std::uint64_t replication,
                     std::span<const double> values) {
  replications_.row(sweep_replication_row(point, replication, plan_.seed, values));
}

void SweepFiles::point(const experiment::Point& point, std::span<const stats::Moments> moments) {
  points_.row(
      point_row(design_, point, first_of(plan_, point), plan_.replications, moments, detail_));
}

void SweepFiles::finish(const experiment::SweepResults& results, const RunRecord& record) {
  const auto& folder = folder_.path();
  std::vector<Written> files{points_.close(), replications_.close()};
  const auto factors = factors_table(study_.factors, scenario_);
  files.push_back(write_csv(folder, factors));
  std::vector<Sheet> sheets{points_sheet_, replications_sheet_};
  sheets.push_back({factors.file, factors.fields});
  const auto assumptions = assumptions_table(scenario_.loaded().assumptions);
  files.push_back(write_csv(folder, assumptions));
  sheets.push_back({assumptions.file, assumptions.fields});
  files.push_back(write_csv(folder, dictionary_table(sheets, {})));
  close_result(folder, companions_, files, [&](std::span<const Written> written) {
    return manifest(results, record, written);
  });
  folder_.commit();
}

std::string SweepFiles::manifest(const experiment::SweepResults& results, const RunRecord& record,
                                 std::span<const Written> files) const {
  const auto resolved = scenario::write(scenario_.loaded());
  Json json;
  json["truce"] = {{"version", version()}, {"compiler", compiler()}, {"build_type", build_type()}};
  json["kind"] = "sweep";
  json["status"] = ending_text(results.ending);
  if (results.failure) {
    json["failure"] = {{"replication", results.failure->replication},
                       {"message", results.failure->what}};
  }
  json["name"] = study_.name;
  json["seed"] = plan_.seed;
  json["first"] = plan_.first;
  json["replications"] = plan_.replications;
  json["points"] = results.points;
  json["points_planned"] = design_.points.size();
  json["points_left_out"] = design_.left_out;
  json["block_size"] = experiment::block_size;
  json["csv"] = csv_dialect;
  json["study"] = scenario_json(scenario::write(study_));
  json["variations"] = record.variations;
  json["overlays"] = record.overlays;
  json["overrides"] = record.overrides;
  json["digest"] = sha256(scenario::to_yaml(resolved));
  json["files"] = files_json(files);
  json["scenario"] = scenario_json(resolved);
  json["run"] = run_json(record);
  return json_text(json);
}

const std::filesystem::path& SweepFiles::leave() {
  folder_.leave();
  return folder_.path();
}

}  // namespace truce::report
