// SPDX-License-Identifier: Apache-2.0
#include "sim/report/comparison_files.hpp"

#include <fstream>
#include <utility>

#include "sim/core/problem.hpp"

#include "sim/experiment/block.hpp"

#include "sim/report/file.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/tables.hpp"
#include "sim/report/version.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

std::string comparison_manifest(std::span<const ContenderNote> contenders, bool has_runs,
                                const experiment::Results& base, std::span<const Written> files,
                                const ComparisonRecord& record) {
  Json json;
  json["truce"] = {{"version", version()}, {"compiler", compiler()}, {"build_type", build_type()}};
  json["kind"] = "compare";
  json["status"] = ending_text(base.ending);
  json["seed"] = base.seed;
  json["first"] = base.first;
  json["replications"] = base.replications;
  json["replications_planned"] = base.planned;
  json["block_size"] = experiment::block_size;
  json["confidence_level"] = experiment::confidence;
  json["csv"] = csv_dialect;
  json["has_runs"] = has_runs;
  json["scenarios"] = Json::array();
  for (const auto& one : contenders) {
    json["scenarios"].push_back({{"scenario", one.name},
                                 {"title", one.title},
                                 {"file", one.file},
                                 {"differs", one.differs},
                                 {"digest", one.digest}});
  }
  json["outcomes"] = record.outcomes;
  json["requirements"] = record.requirements;
  json["required"] = Json::array();
  for (const auto& one : record.required) {
    json["required"].push_back(
        {{"condition", one.condition}, {"scenario", one.scenario}, {"verdict", one.verdict}});
  }
  json["precision"] = precision_json(record.precision);
  json["files"] = files_json(files);
  json["run"] = run_json(record.run);
  return json_text(json);
}

}  // namespace

ComparisonFiles::ComparisonFiles(const fs::path& target, Existing existing, Companions companions,
                                 Companions of_runs)
    : folder_(target, existing), companions_(std::move(companions)), of_runs_(std::move(of_runs)) {}

RunFiles& ComparisonFiles::begin(const std::string& name, std::span<const model::Column> columns,
                                 std::uint64_t seed) {
  const auto path = folder_.path() / name;
  std::error_code error;
  fs::create_directory(path, error);
  if (error) throw WorldError(path.string(), error.message());
  runs_.push_back(std::make_unique<RunFiles>(path, columns, seed, of_runs_));
  return *runs_.back();
}

void ComparisonFiles::add(const std::string& name, std::span<const Written> files) {
  for (auto file : files) {
    file.file = name + "/" + file.file;
    files_.push_back(std::move(file));
  }
  sync_folder(folder_.path() / name);
}

void ComparisonFiles::finish(const Findings& findings, std::span<const ContenderNote> contenders,
                             const experiment::Results& base, Date start,
                             const ComparisonRecord& record) {
  std::vector<std::string> names;
  for (const auto& one : contenders) names.push_back(one.name);
  std::vector<Written> files;
  std::vector<Sheet> sheets;
  const auto save = [&](const Table& table) {
    files.push_back(write_csv(folder_.path(), table));
    sheets.push_back(table);
  };
  save(contenders_table(contenders));
  save(compare_table(findings.outcomes, names));
  save(best_table(findings.outcomes, names));
  save(quantiles_table(findings.outcomes, names));
  if (!findings.survival.empty()) save(survival_compare_table(findings.survival, names));
  save(timeline_compare_table(findings.days, base.series, names, start));
  save(dictionary_table(sheets, base.series, "timeline_compare.csv"));
  files.insert(files.end(), files_.begin(), files_.end());
  close_result(folder_.path(), companions_, files, [&](std::span<const Written> written) {
    return comparison_manifest(contenders, !files_.empty(), base, written, record);
  });
  folder_.commit();
}

const fs::path& ComparisonFiles::leave() {
  folder_.leave();
  return folder_.path();
}

FinishedComparison read_comparison_manifest(const fs::path& folder) {
  const auto path = folder / manifest_name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw WorldError(path.string(), "can't be read; is this a result folder?");
  try {
    const auto json = Json::parse(file);
    FinishedComparison one;
    one.has_runs = json.at("has_runs").get<bool>();
    one.replications = json.at("replications").get<std::uint64_t>();
    one.outcomes = json.at("outcomes").get<std::vector<std::string>>();
    one.requirements = json.at("requirements").get<std::vector<std::string>>();
    for (const auto& item : json.at("scenarios")) {
      const auto word = [&](const char* key) { return item.at(key).get<std::string>(); };
      one.contenders.push_back(
          {word("scenario"), word("title"), word("file"), word("differs"), word("digest")});
    }
    return one;
  } catch (const Json::exception& error) {
    throw WorldError(path.string(), std::string("is no manifest of a comparison: ") + error.what());
  }
}

}  // namespace truce::report
