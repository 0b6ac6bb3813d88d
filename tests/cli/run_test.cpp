// SPDX-License-Identifier: Apache-2.0
// `truce run` from scenario to results: the same on any number of threads, and again from its own
// manifest.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const std::vector<std::string> csv_files{"assumptions.csv", "dictionary.csv", "replications.csv",
                                         "summary.csv", "timeline.csv"};

class Run : public ::testing::Test {
 protected:
  Run() { write_file(folder_.path() / "small.yaml", small_scenario); }

  Ended run(std::vector<std::string> more) {
    more.insert(more.begin(), {"run", "small.yaml"});
    return truce(folder_.path(), std::move(more));
  }
  std::string text(const std::string& file) { return read_file(folder_.path() / file); }
  Json manifest(const std::string& results) {
    return Json::parse(text(results + "/manifest.json"));
  }
  /// The rows of a file, without the header.
  std::vector<std::string> rows(const std::string& file) {
    std::vector<std::string> lines;
    const auto all = text(file);
    for (std::size_t start = all.find("\r\n") + 2; start < all.size();) {
      const auto end = all.find("\r\n", start);
      lines.push_back(all.substr(start, end - start));
      start = end + 2;
    }
    return lines;
  }

  TemporaryFolder folder_;
};

TEST_F(Run, WritesAllFilesAndAScreenful) {
  const auto ended = run({});
  ASSERT_EQ(ended.code, 0) << ended.err;
  auto files = csv_files;
  files.insert(files.end(), {"datapackage.json", "manifest.json", "results.xlsx", "resume.bin.gz"});
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(folder_.path() / "results/small")) {
    found.push_back(entry.path().filename().string());
  }
  std::ranges::sort(files);
  std::ranges::sort(found);
  EXPECT_EQ(found, files);
  const auto json = manifest("results/small");
  EXPECT_EQ(json["status"], "complete");
  EXPECT_EQ(json["seed"], 7);           // the scenario's
  EXPECT_EQ(json["replications"], 64);  // likewise
  EXPECT_EQ(rows("results/small/replications.csv").size(), 64u);
  EXPECT_NE(ended.out.find("Small, 2026-07-01 to 2026-08-30"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("Files in results/small/"), std::string::npos) << ended.out;
  // In a log, progress comes in lines.
  EXPECT_NE(ended.err.find("64 of 64 replications"), std::string::npos) << ended.err;
  EXPECT_EQ(ended.err.find('\r'), std::string::npos);
  EXPECT_LE(std::ranges::count(ended.err, '\n'), 12);
}

TEST_F(Run, IsQuietWhenTold) {
  const auto ended = run({"--quiet"});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err, "");
  EXPECT_TRUE(fs::exists(folder_.path() / "results/small/manifest.json"));
}

TEST_F(Run, NumbersItsFoldersUnlessToldWhere) {
  ASSERT_EQ(run({"--quiet", "--replications", "1"}).code, 0);
  ASSERT_EQ(run({"--quiet", "--replications", "2"}).code, 0);
  ASSERT_EQ(run({"--quiet", "--replications", "3"}).code, 0);
  EXPECT_EQ(manifest("results/small")["replications"], 1);
  EXPECT_EQ(manifest("results/small-2")["replications"], 2);
  EXPECT_EQ(manifest("results/small-3")["replications"], 3);
  ASSERT_EQ(run({"--quiet", "--replications", "4", "--force"}).code, 0);
  EXPECT_EQ(manifest("results/small")["replications"], 4);
}

TEST_F(Run, GivesTheSameFilesOnAnyNumberOfThreads) {
  ASSERT_EQ(run({"--replications", "1e2", "--threads", "1", "--out", "one"}).code, 0);
  auto one = manifest("one");
  EXPECT_EQ(one["replications"], 100);
  one.erase("run");
  for (const std::string threads : {"2", "5"}) {
    ASSERT_EQ(run({"--replications", "100", "--threads", threads, "--out", threads}).code, 0);
    for (const auto& file : csv_files) EXPECT_EQ(text("one/" + file), text(threads + "/" + file));
    auto other = manifest(threads);
    other.erase("run");
    EXPECT_EQ(one, other);
  }
}

TEST_F(Run, TellsHowLongTheCeasefireHoldsIfThereAreCrises) {
  std::string fragile(small_scenario);
  const auto insert = [&](const std::string& after, const std::string& text) {
    fragile.insert(fragile.find(after) + after.size(), text);
  };
  insert("shelling: {share: 0.8, ", "crisis: 0.01, ");
  insert("coordination: {desks: 2, work: 3 h", ", members: {slow: {response: 3 days}}");
  fragile +=
      "crisis: {patience: 1 day, defusal: 0.5, breakdown_lasts: 5 days, breakdown_rate: 2, "
      "spread: 0.5, collapse_rate: 3}\n";
  write_file(folder_.path() / "small.yaml", fragile);
  const auto ended = run({"--threads", "1", "--out", "one"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("Days until collapse or day 50 [days]"), std::string::npos) << ended.out;
  EXPECT_EQ(rows("one/survival.csv").size(), 61u);  // days 0 to 60
  EXPECT_TRUE(rows("one/survival.csv").front().starts_with("0,64,0,1,"))
      << rows("one/survival.csv").front();
  EXPECT_NE(text("one/dictionary.csv").find("survival.csv,restricted_mean_se,,days,number,"),
            std::string::npos);
  const auto files = manifest("one")["files"];
  const auto listed = std::ranges::find(
      files, "survival.csv", [](const Json& file) { return file["file"].get<std::string>(); });
  ASSERT_NE(listed, files.end());
  EXPECT_EQ((*listed)["rows"], 61);
  EXPECT_EQ((*listed)["bytes"], text("one/survival.csv").size());
  ASSERT_EQ(run({"--threads", "3", "--out", "three"}).code, 0);
  EXPECT_EQ(text("one/survival.csv"), text("three/survival.csv"));
  // A folder with it can be replaced like any other.
  ASSERT_EQ(run({"--out", "three", "--force"}).code, 0);
}

TEST_F(Run, FilesAreAsTheManifestSays) {
  ASSERT_EQ(run({"--out", "x"}).code, 0);
  const auto json = manifest("x");
  ASSERT_EQ(json["files"].size(), csv_files.size() + 3);
  for (const auto& file : json["files"]) {
    const std::string name = file["file"];
    const auto content = text("x/" + name);
    EXPECT_EQ(content.size(), file["bytes"]) << name;
    if (!name.ends_with(".csv")) continue;
    EXPECT_EQ(std::ranges::count(content, '\r'), file["rows"].get<long>() + 1) << name;
    const auto header = content.substr(0, content.find("\r\n"));
    EXPECT_EQ(std::ranges::count(header, ',') + 1, file["columns"]) << name;
    EXPECT_EQ(content.find("nan"), std::string::npos) << name;
    EXPECT_EQ(content.find(",inf"), std::string::npos) << name;
  }
}

TEST_F(Run, PlaysTheScenarioOfItsManifestAgain) {
  ASSERT_EQ(run({"--out", "first", "--set", "sectors.east.access_denied=0.5", "--set",
                 "cells.near.teams=1"})
                .code,
            0);
  const auto json = manifest("first");
  EXPECT_EQ(json["overrides"],
            Json::array({"sectors.east.access_denied=0.5", "cells.near.teams=1"}));
  write_file(folder_.path() / "again.json", json["scenario"].dump());
  const auto ended = truce(folder_.path(), {"run", "again.json", "--out", "second"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(manifest("second")["digest"], json["digest"]);
  EXPECT_EQ(text("second/summary.csv"), text("first/summary.csv"));
  EXPECT_EQ(text("second/replications.csv"), text("first/replications.csv"));
}

TEST_F(Run, ReplaysOneReplication) {
  ASSERT_EQ(run({"--out", "all"}).code, 0);
  ASSERT_EQ(run({"--out", "one", "--first", "41", "--replications", "1"}).code, 0);
  EXPECT_EQ(rows("one/replications.csv").at(0), rows("all/replications.csv").at(41));
  EXPECT_EQ(manifest("one")["first"], 41);
}

TEST_F(Run, AnOverrideChangesTheResult) {
  ASSERT_EQ(run({"--out", "a"}).code, 0);
  ASSERT_EQ(run({"--out", "b", "--set", "sectors.east.incidents.rate=20 /day"}).code, 0);
  ASSERT_EQ(run({"--out", "c", "--seed", "8"}).code, 0);
  ASSERT_EQ(run({"--out", "d", "--horizon", "30 days"}).code, 0);
  ASSERT_EQ(run({"--out", "e", "--set", "horizon=30 days"}).code, 0);
  EXPECT_NE(text("a/summary.csv"), text("b/summary.csv"));
  EXPECT_NE(manifest("a")["digest"], manifest("b")["digest"]);
  EXPECT_NE(text("a/summary.csv"), text("c/summary.csv"));
  EXPECT_EQ(manifest("a")["digest"], manifest("c")["digest"]);
  EXPECT_EQ(rows("a/timeline.csv").size(), 2 * rows("d/timeline.csv").size());
  EXPECT_EQ(text("d/summary.csv"), text("e/summary.csv"));
}

TEST_F(Run, TheExampleOfTheReadmeWorks) {
  const std::vector<std::string> sets{"sectors.luhansk.access_denied=0.2",
                                      "contributors.france.pledges.land.troops=4000 troops"};
  const auto readme = read_file(std::string(TRUCE_SCENARIOS) + "/../README.md");
  std::vector<std::string> words{
      "run",    std::string(TRUCE_SCENARIOS) + "/paris-2026.yaml", "--replications", "1", "--out",
      "what-if"};
  for (const auto& set : sets) {
    EXPECT_NE(readme.find("--set \"" + set + "\""), std::string::npos);
    words.insert(words.end(), {"--set", set});
  }
  const auto ended = truce(folder_.path(), words);
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto json = manifest("what-if");
  EXPECT_EQ(json["scenario"]["contributors"]["france"]["pledges"]["land"]["troops"], "4000 troops");
  EXPECT_EQ(json["scenario"]["sectors"]["luhansk"]["access_denied"], 0.2);
}

TEST_F(Run, EveryScenarioOfTheProjectRuns) {
  std::size_t scenarios = 0;
  for (const auto& entry : fs::directory_iterator(TRUCE_SCENARIOS)) {
    if (entry.path().extension() != ".yaml") continue;
    if (entry.path().string().ends_with(".study.yaml")) continue;
    ++scenarios;
    const auto ended = truce(folder_.path(), {"run", entry.path().string(), "--replications", "4"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    // The screenful is one.
    EXPECT_LE(std::ranges::count(ended.out, '\n'), 60) << ended.out;
    std::size_t longest = 0;
    for (std::size_t start = 0; start < ended.out.size();) {
      const auto end = ended.out.find('\n', start);
      longest = std::max(longest, end - start);
      start = end + 1;
    }
    EXPECT_LE(longest, 100u) << ended.out;
  }
  EXPECT_GE(scenarios, 2u);
}

}  // namespace
}  // namespace truce::test
