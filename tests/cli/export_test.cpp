// SPDX-License-Identifier: Apache-2.0
// truce export, as a user would call it: where exports go, what they hold, and what is refused.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Export : public ::testing::Test {
 protected:
  Export() {
    write_file(at("x.yaml"), with(small_scenario, "name: Small", "name: \"=1+1; \\\"Small\\\"\""));
    EXPECT_EQ(call({"run", "x.yaml", "--replications", "20", "--out", "results/x", "--quiet"}).code,
              0);
  }

  fs::path at(const std::string& name) const { return folder_.path() / name; }
  Ended call(const std::vector<std::string>& words) const { return truce(folder_.path(), words); }

  /// Whether Python finds the same in the exports as in the result.
  bool python_agrees(const std::string& result, const std::vector<std::string>& exports) const {
    std::string command =
        std::string(TRUCE_PYTHON) + " " + TRUCE_EXPORT_READER + " " + at(result).string();
    for (const auto& one : exports) command += " " + at(one).string();
    return std::system(command.c_str()) == 0;
  }

  /// Names in the folder of the results, in order.
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(at("results"))) {
      all.push_back(entry.path().filename().string());
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(Export, StandsBesideTheResult) {
  const auto ended = call({"export", "results/x/", "--as", "json", "--as", "sqlite", "--as", "csv",
                           "--csv-profile", "excel-eu", "--as", "json"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.err, "");
  EXPECT_TRUE(has(ended.out, "results/x.json: 5 tables")) << ended.out;
  EXPECT_TRUE(has(ended.out, "results/x.csv-excel-eu: 5 tables")) << ended.out;
  EXPECT_EQ(names(), (std::vector<std::string>{"x", "x.csv-excel-eu", "x.json", "x.sqlite"}));
  EXPECT_TRUE(
      python_agrees("results/x", {"results/x.json", "results/x.sqlite", "results/x.csv-excel-eu"}));
  EXPECT_TRUE(has(read_file(at("results/x.csv-excel-eu/summary.csv")), "outcome;breakdown"));
}

TEST_F(Export, TheResultMayBeTheCurrentFolder) {
  const auto ended = truce(at("results/x"), {"export", ".", "--as", "json", "--quiet"});
  // The program's output is caught in files there, which are none of the result.
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_EQ(ended.out, "");
  EXPECT_TRUE(fs::exists(at("results/x.json")));
}

TEST_F(Export, OfAComparisonHasAllScenarios) {
  ASSERT_EQ(call({"compare", "x.yaml", "--what-if", "more: cells.near.teams=9", "--what-if",
                  "third: sectors.third={length: 20 km, incidents: {rate: 1 /day}, from: [47, 36], "
                  "to: [46, 35]}; cells.far.watches=[east, south, third]",
                  "--replications", "20", "--out", "results/c", "--quiet"})
                .code,
            0);
  const auto ended = call({"export", "results/c", "--as", "json", "--as", "sqlite", "--as", "csv"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_TRUE(
      python_agrees("results/c", {"results/c.json", "results/c.sqlite", "results/c.csv-rfc4180"}));
  EXPECT_TRUE(fs::exists(at("results/c.csv-rfc4180/more/datapackage.json")));
  const auto own = nlohmann::json::parse(read_file(at("results/c.csv-rfc4180/datapackage.json")));
  for (const auto& resource : own["resources"]) {
    EXPECT_FALSE(has(resource["path"].get<std::string>(), "/"));
  }
}

TEST_F(Export, OfASweepAndOfItsSensitivity) {
  ASSERT_EQ(call({"sweep", "x.yaml", "--factor", "cells.near.teams=4,8", "--factor",
                  "cells.far.teams=2,3", "--replications", "20", "--out", "results/s", "--quiet"})
                .code,
            0);
  ASSERT_EQ(call({"sensitivity", "results/s", "--out", "results/d", "--quiet"}).code, 0);
  for (const std::string name : {"results/s", "results/d"}) {
    const auto ended = call(
        {"export", name, "--as", "json", "--as", "sqlite", "--as", "csv", "--csv-profile", "tsv"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_TRUE(python_agrees(name, {name + ".json", name + ".sqlite", name + ".csv-tsv"}));
  }
}

TEST_F(Export, NothingIsOverwrittenWithoutForce) {
  const std::vector<std::string> words{"export", "results/x", "--as", "json", "--as", "csv"};
  ASSERT_EQ(call(words).code, 0);
  const auto before = read_file(at("results/x.json"));
  const auto again = call(words);
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(has(again.err, "results/x.json exists already")) << again.err;
  auto forced = words;
  forced.emplace_back("--force");
  EXPECT_EQ(call(forced).code, 0);
  EXPECT_EQ(read_file(at("results/x.json")), before);
  EXPECT_EQ(names(), (std::vector<std::string>{"x", "x.csv-rfc4180", "x.json"}));
  // What is no export, nor a file, is not replaced even so.
  write_file(at("results/x.csv-rfc4180/mine.txt"), "mine");
  EXPECT_EQ(call(forced).code, 2);
  fs::create_directory(at("results/folder"));
  EXPECT_EQ(
      call({"export", "results/x", "--as", "json", "--out", "results/folder", "--force"}).code, 2);
  EXPECT_EQ(read_file(at("results/x.csv-rfc4180/mine.txt")), "mine");
}

TEST_F(Export, WhatIsNotFinishedLeavesNothing) {
  // The second of two can't be made: neither is.
  write_file(at("results/x.sqlite"), "kept");
  EXPECT_EQ(call({"export", "results/x", "--as", "json", "--as", "sqlite"}).code, 2);
  EXPECT_EQ(names(), (std::vector<std::string>{"x", "x.sqlite"}));
  write_file(at("results/x/summary.csv"), "id\r\n");
  const auto ended = call({"export", "results/x", "--as", "json"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_TRUE(has(ended.err, "summary.csv: was changed since truce wrote it")) << ended.err;
  EXPECT_EQ(names(), (std::vector<std::string>{"x", "x.sqlite"}));
}

TEST_F(Export, AFullDiskLeavesNothing) {
  for (const std::string format : {"json", "sqlite", "csv"}) {
    // Files may not grow beyond 20 kB, hence writing fails as it does on a full disk.
    const auto ended = truce(folder_.path(), {"export", "results/x", "--as", format}, [] {
      const rlimit limit{20'000, 20'000};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    });
    EXPECT_EQ(ended.code, 1) << ended.err;
    EXPECT_TRUE(has(ended.err, "error: results/x.")) << ended.err;
    EXPECT_EQ(names(), (std::vector<std::string>{"x"})) << format;
  }
}

TEST_F(Export, AnExportIsNoResult) {
  ASSERT_EQ(call({"export", "results/x", "--as", "csv", "--csv-profile", "excel-eu"}).code, 0);
  const auto ended = call({"export", "results/x.csv-excel-eu", "--as", "json"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(has(ended.err, "is an export itself")) << ended.err;
}

TEST_F(Export, WhatCantBeUnderstoodIsToldWithTheChoices) {
  struct Case {
    std::vector<std::string> words;
    int code;
    std::string says;
  };
  const std::vector<Case> cases{
      {{"export"}, 2, "no result folder is given"},
      {{"export", "results/x"}, 2, "no format is given: --as csv, xlsx, json, sqlite"},
      {{"export", "results/x", "--as", "pdf"}, 2, "unknown format 'pdf': csv, xlsx, json, sqlite"},
      {{"export", "results/x", "y", "--as", "json"}, 2, "unexpected argument 'y'"},
      {{"export", "results/x", "--as", "csv", "--csv-profile", "french"},
       2,
       "unknown profile 'french': rfc4180, excel, excel-eu, tsv"},
      {{"export", "results/x", "--as", "json", "--csv-profile", "tsv"}, 2, "is of --as csv"},
      {{"export", "results/x", "--as", "json", "--as", "csv", "--out", "y"}, 2, "of one format"},
      {{"export", "results/x", "--as", "json", "--out", "results/x"}, 2, "is the result itself"},
      {{"export", "results/x", "--as", "csv", "--out", "results/x", "--force"},
       2,
       "is the result itself"},
      {{"export", "results/x", "--as", "json", "--out", "results/x/a/b.json"},
       2,
       "would lie in a result"},
      {{"export", "results", "--as", "json"}, 1, "is this a result folder?"},
      {{"export", "x.yaml", "--as", "json"}, 1, "is this a result folder?"}};
  for (const auto& [words, code, says] : cases) {
    const auto ended = call(words);
    EXPECT_EQ(ended.code, code) << says;
    EXPECT_TRUE(has(ended.err, says)) << ended.err;
    EXPECT_EQ(ended.out, "");
  }
  EXPECT_EQ(names(), (std::vector<std::string>{"x"}));
}

TEST_F(Export, NeverReplacesAResult) {
  ASSERT_EQ(call({"run", "x.yaml", "--replications", "20", "--out", "results/y", "--quiet"}).code,
            0);
  const auto ended = call({"export", "results/x", "--as", "csv", "--out", "results/y", "--force"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_TRUE(has(ended.err, "is a result, which no export replaces")) << ended.err;
  EXPECT_TRUE(fs::exists(at("results/y/resume.bin.gz")));
}

TEST_F(Export, AWorkbookThatWasSavedOrDeletedIsMadeAgain) {
  write_file(at("results/x/results.xlsx"), "saved by another program");
  EXPECT_EQ(call({"export", "results/x", "--as", "xlsx"}).code, 0);
  fs::remove(at("results/x/results.xlsx"));
  EXPECT_EQ(call({"export", "results/x", "--as", "xlsx", "--force"}).code, 0);
  EXPECT_EQ(call({"extend", "results/x", "--replications", "40", "--quiet"}).code, 0);
  EXPECT_TRUE(fs::exists(at("results/x/results.xlsx")));
}

TEST_F(Export, FillsOnesOwnWorkbookAndKeepsWhatItWas) {
  ASSERT_EQ(call({"export", "results/x", "--example", "--out", "mine.xlsx"}).code, 0);
  const auto was = read_file(at("mine.xlsx"));
  for (const std::string before : {"mine.before.xlsx", "mine.before-2.xlsx"}) {
    const auto ended = call({"export", "results/x", "--into", "mine.xlsx"});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_TRUE(has(ended.out, before)) << ended.out;
    EXPECT_TRUE(fs::exists(at(before)));
  }
  EXPECT_EQ(read_file(at("mine.before.xlsx")), was);
}

TEST_F(Export, FillsNothingThatWouldLose) {
  ASSERT_EQ(call({"export", "results/x", "--example", "--out", "mine.xlsx"}).code, 0);
  ASSERT_EQ(call({"export", "results/x", "--as", "xlsx", "--out", "copy.xlsx"}).code, 0);
  const auto was = read_file(at("mine.xlsx"));
  const auto refused = [&](const std::vector<std::string>& more, const std::string& says) {
    std::vector<std::string> words{"export", "results/x"};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = call(words);
    EXPECT_NE(ended.code, 0) << says;
    EXPECT_TRUE(has(ended.err, says)) << ended.err;
    EXPECT_EQ(read_file(at("mine.xlsx")), was);
  };
  refused({"--into", "results/x/results.xlsx"}, "would lie in a result");
  refused({"--into", "mine.xlsx", "--out", "results/x/new.xlsx"}, "would lie in a result");
  refused({"--into", "copy.xlsx"}, "is the workbook of a result");
  refused({"--into", "none.xlsx", "--example"}, "there is no such file");
  EXPECT_FALSE(fs::exists(at("results/x.example.xlsx")));
  write_file(at(".~lock.mine.xlsx#"), "");
  refused({"--into", "mine.xlsx"}, "is open in a spreadsheet program");
  fs::remove(at(".~lock.mine.xlsx#"));
  fs::permissions(at("mine.xlsx"), fs::perms::owner_read);
  refused({"--into", "mine.xlsx"}, "is read-only");
}

}  // namespace
}  // namespace truce::test
