// SPDX-License-Identifier: Apache-2.0
#include "sim/report/manifest.hpp"

#include <fstream>

#include <nlohmann/json.hpp>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"
#include "sim/core/time.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/experiment/block.hpp"
#include "sim/experiment/summary.hpp"

#include "sim/report/digest.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/version.hpp"

namespace truce::report {
namespace {

/// A scalar of the canonical scenario: numbers and truth values as such, all else as text.
Json scalar(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  if (const auto whole = parse_integer(text); whole && std::to_string(*whole) == text) {
    return *whole;
  }
  if (const auto number = parse_number(text); number && shortest(*number) == text) return *number;
  return text;
}

/// "2026-07-01T06:30:00Z"
std::string time_text(std::chrono::system_clock::time_point moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(moment - day));
  const auto two = [](auto part) {
    const auto text = std::to_string(part.count());
    return text.size() < 2 ? "0" + text : text;
  };
  return to_string(day) + "T" + two(time.hours()) + ":" + two(time.minutes()) + ":" +
         two(time.seconds()) + "Z";
}

double seconds_between(std::chrono::system_clock::time_point a,
                       std::chrono::system_clock::time_point b) {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::milliseconds>(b - a).count()) /
         1000.0;
}

}  // namespace

std::string_view ending_text(experiment::Ending ending) {
  switch (ending) {
    case experiment::Ending::complete:
      return "complete";
    case experiment::Ending::interrupted:
      return "interrupted";
    case experiment::Ending::failed:
      break;
  }
  return "failed";
}

Json scenario_json(const scenario::Node& node) {
  using Kind = scenario::Node::Kind;
  switch (node.kind) {
    case Kind::scalar:
      return scalar(node.text);
    case Kind::list: {
      auto list = Json::array();
      for (const auto& item : node.items) list.push_back(scenario_json(item));
      return list;
    }
    case Kind::mapping: {
      auto mapping = Json::object();
      for (const auto& entry : node.entries) mapping[entry.key] = scenario_json(entry.value);
      return mapping;
    }
    case Kind::empty:
      break;
  }
  return nullptr;
}

Json precision_json(std::span<const Reached> precision) {
  auto list = Json::array();
  for (const auto& one : precision) {
    list.push_back({{"target", one.target},
                    {"half_width", one.half_width ? Json(*one.half_width) : Json(nullptr)},
                    {"reached", one.reached}});
  }
  return list;
}

Json files_json(std::span<const Written> files) {
  auto list = Json::array();
  for (const auto& file : files) {
    list.push_back({{"file", file.file},
                    {"rows", file.rows},
                    {"columns", file.columns},
                    {"bytes", file.bytes},
                    {"sha256", file.sha256}});
  }
  return list;
}

Json run_json(const RunRecord& record) {
  return {{"command", record.command},
          {"scenario_file", record.scenario_file},
          {"threads", record.threads},
          {"started", time_text(record.started)},
          {"finished", time_text(record.finished)},
          {"elapsed_seconds", seconds_between(record.started, record.finished)}};
}

std::string json_text(const Json& json) {
  constexpr int indent = 2;
  // File names and command lines need not be UTF-8; JSON must.
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string manifest_text(const experiment::Results& results, const scenario::Loaded& loaded,
                          std::span<const Written> files, const RunRecord& record) {
  const auto resolved = scenario::write(loaded);
  Json json;
  json["truce"] = {{"version", version()}, {"compiler", compiler()}, {"build_type", build_type()}};
  json["kind"] = "run";
  json["status"] = ending_text(results.ending);
  if (results.failure) {
    json["failure"] = {{"replication", results.failure->replication},
                       {"message", results.failure->what}};
  }
  json["name"] = loaded.scenario.name;
  json["seed"] = results.seed;
  json["first"] = results.first;
  json["replications"] = results.replications;
  json["replications_planned"] = results.planned;
  if (!record.precision.empty()) json["precision"] = precision_json(record.precision);
  json["block_size"] = experiment::block_size;
  json["confidence_level"] = experiment::confidence;
  json["csv"] = csv_dialect;
  json["variations"] = record.variations;
  json["overlays"] = record.overlays;
  json["overrides"] = record.overrides;
  json["digest"] = sha256(scenario::to_yaml(resolved));
  json["files"] = files_json(files);
  json["scenario"] = scenario_json(resolved);
  json["run"] = run_json(record);
  return json_text(json);
}

Finished read_manifest(const std::filesystem::path& folder) {
  const auto path = folder / manifest_name;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw WorldError(path.string(), "can't be read; is this a result folder?");
  try {
    const auto json = Json::parse(file);
    const auto kind = json.value("kind", "run");
    if (kind != "run") {
      throw WorldError(path.string(), "is the result of truce " + kind + ", not of truce run");
    }
    Finished one;
    one.scenario = json.at("scenario").dump(1);
    one.digest = json.at("digest").get<std::string>();
    one.version = json.at("truce").at("version").get<std::string>();
    one.compiler = json.at("truce").at("compiler").get<std::string>();
    one.status = json.at("status").get<std::string>();
    one.seed = json.at("seed").get<std::uint64_t>();
    one.first = json.at("first").get<std::uint64_t>();
    one.replications = json.at("replications").get<std::uint64_t>();
    using Words = std::vector<std::string>;
    one.record.scenario_file = json.at("run").at("scenario_file").get<std::string>();
    one.record.variations = json.at("variations").get<Words>();
    one.record.overlays = json.at("overlays").get<Words>();
    one.record.overrides = json.at("overrides").get<Words>();
    for (const auto& item : json.at("files")) {
      one.files.push_back({item.at("file").get<std::string>(), item.at("rows").get<std::uint64_t>(),
                           item.at("columns").get<std::uint64_t>(),
                           item.at("bytes").get<std::uint64_t>(),
                           item.at("sha256").get<std::string>()});
    }
    return one;
  } catch (const Json::exception& error) {
    throw WorldError(path.string(), std::string("is not a manifest of truce: ") + error.what());
  }
}

std::optional<std::vector<std::string>> manifest_files(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const auto json = Json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object() || !json.contains("truce") || !json.contains("files")) return std::nullopt;
  std::vector<std::string> names;
  for (const auto& item : json["files"]) {
    if (!item.is_object() || !item.contains("file") || !item["file"].is_string()) {
      return std::nullopt;
    }
    names.push_back(item["file"].get<std::string>());
  }
  return names;
}

}  // namespace truce::report
