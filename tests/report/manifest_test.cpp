// SPDX-License-Identifier: Apache-2.0
// The manifest tells what was run, so that it can be run again.
#include "sim/report/manifest.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/report/digest.hpp"

#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

using test::read_file;
using test::TemporaryFolder;
using test::write_file;

using Json = nlohmann::ordered_json;

RunRecord record() {
  return {.scenario_file = "sample.yaml",
          .overrides = {"horizon=90 days"},
          .command = "truce run sample.yaml",
          .threads = 2,
          .started = std::chrono::system_clock::time_point(std::chrono::seconds(1'782'907'505)),
          .finished =
              std::chrono::system_clock::time_point(std::chrono::milliseconds(1'782'907'515'500))};
}

Json manifest(const experiment::Results& results = sample_results()) {
  const std::vector<Written> files{{"summary.csv", 5, 31, 1000, "ab12"}};
  return Json::parse(manifest_text(results, sample_scenario(), files, record()));
}

std::string canonical(const scenario::Scenario& scenario) {
  return scenario::to_yaml(scenario::write(scenario));
}

TEST(Manifest, TellsWhatWasRun) {
  const auto json = manifest();
  EXPECT_EQ(json["status"], "complete");
  EXPECT_FALSE(json.contains("failure"));
  EXPECT_EQ(json["seed"], 20260106);
  EXPECT_EQ(json["first"], 0);
  EXPECT_EQ(json["replications"], 40);
  EXPECT_EQ(json["block_size"], 16);
  EXPECT_EQ(json["overrides"], Json::array({"horizon=90 days"}));
  EXPECT_EQ(json["files"][0]["file"], "summary.csv");
  EXPECT_EQ(json["files"][0]["rows"], 5);
  EXPECT_EQ(json["files"][0]["columns"], 31);
  EXPECT_EQ(json["files"][0]["sha256"], "ab12");
  EXPECT_FALSE(json["truce"]["version"].get<std::string>().empty());
  EXPECT_FALSE(json["truce"]["compiler"].get<std::string>().empty());
  EXPECT_EQ(json["run"]["threads"], 2);
  EXPECT_EQ(json["run"]["started"], "2026-07-01T12:05:05Z");
  EXPECT_EQ(json["run"]["finished"], "2026-07-01T12:05:15Z");
  EXPECT_EQ(json["run"]["elapsed_seconds"], 10.5);
}

TEST(Manifest, DiffersOnlyInItsRunWhenTheRunDiffers) {
  auto other = record();
  other.threads = 7;
  other.command = "truce run sample.yaml --threads 7";
  other.finished += std::chrono::seconds(3);
  const auto scenario = sample_scenario();
  auto a = Json::parse(manifest_text(sample_results(), scenario, {}, record()));
  auto b = Json::parse(manifest_text(sample_results(), scenario, {}, other));
  EXPECT_NE(a, b);
  a.erase("run");
  b.erase("run");
  EXPECT_EQ(a, b);
}

TEST(Manifest, HoldsTheScenarioInFull) {
  const auto original = sample_scenario().scenario;
  const auto json = manifest();
  EXPECT_EQ(json["digest"], sha256(canonical(original)));
  const auto again =
      scenario::read(scenario::parse(json["scenario"].dump(), "manifest.json")).scenario;
  EXPECT_EQ(canonical(again), canonical(original));
  EXPECT_EQ(json["scenario"]["cells"]["cell-1"]["teams"], 4);
  EXPECT_EQ(json["scenario"]["cells"]["cell-1"]["team_size"], "8 troops");  // a default
}

TEST(Manifest, TellsHowARunEnded) {
  auto results = sample_results();
  results.planned = 100;
  results.ending = experiment::Ending::interrupted;
  EXPECT_EQ(manifest(results)["status"], "interrupted");
  EXPECT_EQ(manifest(results)["replications_planned"], 100);
  results.ending = experiment::Ending::failed;
  results.failure = {.replication = 47, .what = "why"};
  EXPECT_EQ(manifest(results)["status"], "failed");
  EXPECT_EQ(manifest(results)["failure"]["replication"], 47);
  EXPECT_EQ(manifest(results)["failure"]["message"], "why");
}

TEST(Manifest, IsUtf8WhateverTheCommandLine) {
  auto odd = record();
  odd.command = "truce run \xff\xfe.yaml";
  EXPECT_NO_THROW(Json::parse(manifest_text(sample_results(), sample_scenario(), {}, odd)));
}

TEST(Manifest, ListsItsFilesToWhoeverAsks) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "manifest.json";
  const std::vector<Written> files{{"a.csv", 0, 0, 0, ""}, {"b.csv", 0, 0, 0, ""}};
  write_file(path, manifest_text(sample_results(), sample_scenario(), files, record()));
  EXPECT_EQ(manifest_files(path), (std::vector<std::string>{"a.csv", "b.csv"}));
  EXPECT_FALSE(manifest_files(folder.path() / "nowhere"));
  for (const auto* text : {"", "[]", "{}", R"({"truce": 1})", R"({"truce": 1, "files": [1]})"}) {
    write_file(path, text);
    EXPECT_FALSE(manifest_files(path)) << text;
  }
}

}  // namespace
}  // namespace truce::report
