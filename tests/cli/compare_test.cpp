// SPDX-License-Identifier: Apache-2.0
// `truce compare` and `truce extend` from scenario to folder: what changes, byte for byte what one
// longer run would have written, and clear words about what can't be compared.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

class Compare : public ::testing::Test {
 protected:
  Compare() { write_file(folder_.path() / "small.yaml", small_scenario); }

  Ended run(std::vector<std::string> words) { return truce(folder_.path(), std::move(words)); }
  std::string text(const std::string& file) { return read_file(folder_.path() / file); }
  /// All files of a folder and the folders in it are the same, but for what manifests say of the
  /// run.
  void expect_same(const std::string& left, const std::string& right) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / left)) {
      if (entry.is_regular_file()) {
        names.push_back(entry.path().lexically_relative(folder_.path() / left).generic_string());
      }
    }
    ASSERT_GT(names.size(), 5u);
    std::ranges::sort(names);
    for (const auto& name : names) {
      const auto a = text(left + "/" + name);
      const auto b = text(right + "/" + name);
      if (!name.ends_with("manifest.json")) {
        EXPECT_TRUE(a == b) << name;
        continue;
      }
      auto one = Json::parse(a), other = Json::parse(b);
      for (auto* json : {&one, &other}) {
        json->erase("run");
        // Manifests in it differ in their own run.
        for (auto& file : (*json)["files"]) {
          if (file["file"].get<std::string>().ends_with("manifest.json")) file = nullptr;
        }
      }
      EXPECT_EQ(one, other) << name;
    }
  }
  /// The cells of a row of a table that begins so, by column.
  std::string cell(const std::string& file, const std::string& start, const std::string& column) {
    const auto all = text(file);
    const auto split = [](const std::string& line) {
      std::vector<std::string> cells(1);
      for (const char c : line) {
        if (c == ',') {
          cells.emplace_back();
        } else {
          cells.back() += c;
        }
      }
      return cells;
    };
    const auto header = split(all.substr(0, all.find("\r\n")));
    const auto at = all.find("\r\n" + start);
    if (at == std::string::npos) return "no row";
    const auto row = split(all.substr(at + 2, all.find("\r\n", at + 2) - at - 2));
    const auto place = std::ranges::find(header, column) - header.begin();
    return place < std::ssize(row) ? row[static_cast<std::size_t>(place)] : "no column";
  }

  TemporaryFolder folder_;
};

const std::string more_access = "open: sectors.*.access_denied=0";
const std::string less_access = "shut: sectors.*.access_denied=0.9";

TEST_F(Compare, TellsWhatChangesAndWhatDoesNot) {
  const auto ended = run({"compare", "small.yaml", "--what-if", less_access, "--what-if",
                          "same: experiment.replications=5", "--replications", "96", "--out", "c"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.out.find("shut worse:"), std::string::npos) << ended.out;
  EXPECT_NE(ended.out.find("same: nothing is clearly better or worse"), std::string::npos);
  const std::string row = "verified_share,Share verified,,";
  EXPECT_EQ(cell("c/compare.csv", row + "shut", "verdict"), "worse");
  EXPECT_EQ(cell("c/compare.csv", row + "same", "verdict"), "no clear difference");
  EXPECT_EQ(cell("c/compare.csv", row + "same", "difference"), "0");
  EXPECT_EQ(cell("c/compare.csv", row + "shut", "n"), "96");
  // Access does not touch what happens on the line.
  EXPECT_EQ(
      cell("c/compare.csv", "incidents_per_day,Incidents a day,incidents/day,shut", "difference"),
      "0");
  EXPECT_EQ(cell("c/best.csv", "verified_share,Share verified,,shut", "verdict"), "not the best");
  EXPECT_NE(text("c/scenarios.csv").find("access_denied"), std::string::npos);
}

TEST_F(Compare, HoldsTheResultsOfEachScenarioAsARunWouldHaveThem) {
  ASSERT_EQ(run({"compare", "small.yaml", "--what-if", less_access, "--replications", "40", "--out",
                 "c", "--quiet"})
                .code,
            0);
  // The comparison has a workbook for all.
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "40", "--out", "base", "--quiet",
                 "--no-workbook"})
                .code,
            0);
  ASSERT_EQ(run({"run", "small.yaml", "--set", "sectors.*.access_denied=0.9", "--replications",
                 "40", "--out", "shut", "--quiet", "--no-workbook"})
                .code,
            0);
  expect_same("c/base", "base");
  expect_same("c/shut", "shut");
}

TEST_F(Compare, IsTheSameOnAnyNumberOfThreads) {
  for (const std::string threads : {"1", "3"}) {
    ASSERT_EQ(run({"compare", "small.yaml", "--what-if", less_access, "--replications", "70",
                   "--threads", threads, "--out", "t" + threads, "--quiet"})
                  .code,
              0);
  }
  expect_same("t1", "t3");
}

TEST_F(Compare, FindsTheSameInResultsThatAreThereAlready) {
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "50", "--out", "base", "--quiet"}).code, 0);
  ASSERT_EQ(run({"run", "small.yaml", "--set", "sectors.*.access_denied=0.9", "--replications",
                 "50", "--out", "shut", "--quiet"})
                .code,
            0);
  ASSERT_EQ(run({"compare", "small.yaml", "--what-if", less_access, "--replications", "50", "--out",
                 "played", "--quiet"})
                .code,
            0);
  const auto ended = run({"compare", "base", "shut", "--out", "read", "--quiet"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  for (const std::string file :
       {"compare.csv", "best.csv", "quantiles.csv", "timeline_compare.csv"}) {
    EXPECT_TRUE(text("played/" + file) == text("read/" + file)) << file;
  }
}

TEST_F(Compare, StopsWhenADifferenceIsPreciseEnough) {
  const auto ended = run({"compare", "small.yaml", "--what-if", less_access, "--precision",
                          "difference(verified_share)=5 %", "--at-least", "128", "--replications",
                          "5000", "--out", "c"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  EXPECT_NE(ended.err.find("precision reached"), std::string::npos) << ended.err;
  const auto manifest = Json::parse(text("c/manifest.json"));
  EXPECT_LT(manifest["replications"], 5000);
  EXPECT_EQ(manifest["status"], "complete");
  EXPECT_TRUE(manifest["precision"][0]["reached"].get<bool>());
  EXPECT_LE(manifest["precision"][0]["half_width"].get<double>(), 0.05);
}

TEST_F(Compare, WhatCanNotBeComparedIsRefused) {
  const auto refused = [&](std::vector<std::string> words, const std::string& why) {
    words.insert(words.begin(), "compare");
    const auto ended = run(words);
    EXPECT_EQ(ended.code, 2) << ended.err;
    EXPECT_NE(ended.err.find(why), std::string::npos) << ended.err;
  };
  refused({"small.yaml"}, "nothing is compared");
  refused({}, "no scenario is given");
  refused({"small.yaml", "--what-if", "longer: horizon=90 days"}, "T0603");
  refused({"small.yaml", "--what-if", "no name"}, "write a name, a colon and changes");
  refused({"small.yaml", "--what-if", "a/b: x=1"}, "can't name a what-if");
  refused({"small.yaml", "--what-if", "base: horizon=60 days"}, "two things are called 'base'");
  refused({"small.yaml", "--what-if", less_access, "--outcome", "verifid_share"},
          "Did you mean 'verified_share'");
  refused({"small.yaml", "--what-if", less_access, "--require", "difference(coverage, sht) > 0"},
          "Did you mean 'shut'");
  refused({"small.yaml", "--what-if", "broken: sectors.nowhere.access_denied=0"}, "nowhere");
  refused({"small.yaml", "--variation", "absent"}, "absent");
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "20", "--out", "a", "--quiet"}).code, 0);
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "30", "--out", "b", "--quiet"}).code, 0);
  refused({"a", "b"}, "T0603");
  refused({"a", "small.yaml"}, "can't be compared in one");
  refused({"a"}, "two result folders at least");
  refused({"a", "a", "--out", "a", "--force"}, "is what is analysed");
  refused({"a", "a", "--what-if", more_access}, "compared as they are");
  for (const std::string name :
       {"best.csv", "Base", "-x", "manifest.json", "results.xlsx", "1-2", "mar-3"}) {
    refused({"small.yaml", "--what-if", name + ": sectors.*.access_denied=0"},
            name == "Base" ? "two things are called" : "can't name a what-if");
  }
  refused({"a", "b", "--replications", "9"}, "compared as they are");
}

TEST_F(Compare, ARequirementThatIsMissedHasItsExitCode) {
  const std::vector<std::string> words{"compare",        "small.yaml", "--what-if", less_access,
                                       "--replications", "32",         "--quiet",   "--require"};
  auto met = words, missed = words;
  met.insert(met.end(), {"difference(verified_share) < 0", "--out", "met"});
  missed.insert(missed.end(), {"verified_share >= 99 %", "--out", "missed"});
  EXPECT_EQ(run(met).code, 0);
  const auto ended = run(missed);
  EXPECT_EQ(ended.code, 6);
  EXPECT_NE(ended.err.find("required, but missed: shut: verified_share >= 99 %"), std::string::npos)
      << ended.err;
  EXPECT_EQ(Json::parse(text("missed/manifest.json"))["required"][1]["verdict"], "missed");
}

using Extend = Compare;

TEST_F(Extend, MakesWhatOneLongerRunWouldHaveWritten) {
  // 40 is not a whole number of blocks; 150 neither.
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "40", "--out", "short", "--quiet"}).code,
            0);
  ASSERT_EQ(run({"extend", "short", "--replications", "100", "--quiet"}).code, 0);
  ASSERT_EQ(run({"extend", "short", "--replications", "150", "--quiet"}).code, 0);
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "150", "--out", "long", "--quiet"}).code,
            0);
  expect_same("long", "short");
}

TEST_F(Extend, KeepsTextThatLooksLikeAFormula) {
  write_file(folder_.path() / "small.yaml",
             with(small_scenario, "  norway:\n", "  norway:\n    title: \"'=HYPERLINK(1)\"\n"));
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "16", "--out", "short", "--quiet"}).code,
            0);
  ASSERT_EQ(run({"extend", "short", "--replications", "32", "--quiet"}).code, 0);
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "32", "--out", "long", "--quiet"}).code, 0);
  EXPECT_NE(text("short/assumptions.csv").find("\"''=HYPERLINK(1)\""), std::string::npos);
  expect_same("long", "short");
}

TEST_F(Extend, AlsoOfAComparison) {
  const std::vector<std::string> words{"compare",   "small.yaml", "--what-if", less_access,
                                       "--what-if", more_access,  "--quiet"};
  auto short_one = words, long_one = words;
  short_one.insert(short_one.end(), {"--replications", "40", "--out", "short"});
  long_one.insert(long_one.end(), {"--replications", "90", "--out", "long"});
  ASSERT_EQ(run(short_one).code, 0);
  ASSERT_EQ(run(long_one).code, 0);
  const auto ended = run({"extend", "short", "--replications", "90", "--quiet"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  expect_same("long", "short");
}

TEST_F(Extend, LeavesThePartsOfAComparisonTogether) {
  ASSERT_EQ(run({"compare", "small.yaml", "--what-if", less_access, "--replications", "20", "--out",
                 "c", "--quiet"})
                .code,
            0);
  const auto ended = run({"extend", "c/base", "--replications", "40"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("is part of the comparison"), std::string::npos) << ended.err;
}

TEST_F(Compare, ADifferenceIsBetweenScenarios) {
  const auto ended = run({"run", "small.yaml", "--replications", "20", "--require",
                          "difference(coverage) > 0", "--out", "r"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("a difference is between scenarios"), std::string::npos) << ended.err;
  EXPECT_FALSE(fs::exists(folder_.path() / "r"));
}

TEST_F(Extend, RefusesWhatItCanNotGoOnFrom) {
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "40", "--out", "r", "--quiet"}).code, 0);
  const auto refused = [&](std::vector<std::string> words, int code, const std::string& why) {
    words.insert(words.begin(), "extend");
    const auto ended = run(words);
    EXPECT_EQ(ended.code, code) << ended.err;
    EXPECT_NE(ended.err.find(why), std::string::npos) << ended.err;
  };
  refused({"r", "--replications", "40"}, 2, "has 40 replications already");
  refused({"r"}, 2, "--replications or --precision");
  refused({"nowhere", "--replications", "50"}, 1, "is this a result folder");
  refused({"r", "--replications", "50", "--seed", "3"}, 2, "unknown option '--seed'");
  auto rows = text("r/replications.csv");
  rows[rows.size() - 3] = rows[rows.size() - 3] == '1' ? '2' : '1';
  fs::remove(folder_.path() / "r/replications.csv");
  write_file(folder_.path() / "r/replications.csv", rows);
  refused({"r", "--replications", "50"}, 1, "was changed since truce wrote it");
}

TEST_F(Compare, PrecisionOfADifferenceCountsALastBlockThatIsNotWhole) {
  // 20 replications: four are in a block of their own.
  const auto ended =
      run({"compare", "small.yaml", "--what-if", less_access, "--replications", "20", "--precision",
           "difference(verified_share)=0.000001", "--out", "c", "--quiet"});
  EXPECT_EQ(ended.code, 5) << ended.err;
  const auto told =
      Json::parse(text("c/manifest.json"))["precision"][0]["half_width"].get<double>();
  const std::string row = "verified_share,Share verified,,shut";
  const double low = std::stod(cell("c/compare.csv", row, "ci95_low"));
  const double high = std::stod(cell("c/compare.csv", row, "ci95_high"));
  EXPECT_NEAR(told, (high - low) / 2, 1e-12);
}

TEST_F(Extend, PrecisionThatCanNotBeReachedHasItsExitCode) {
  ASSERT_EQ(run({"run", "small.yaml", "--replications", "40", "--out", "r", "--quiet"}).code, 0);
  const auto ended = run({"extend", "r", "--replications", "60", "--precision",
                          "incidents_per_day=0.000001", "--quiet"});
  EXPECT_EQ(ended.code, 5);
  EXPECT_NE(ended.err.find("precision not reached"), std::string::npos);
  const auto manifest = Json::parse(text("r/manifest.json"));
  EXPECT_EQ(manifest["replications"], 60);  // what was played is kept
  EXPECT_FALSE(manifest["precision"][0]["reached"].get<bool>());
}

}  // namespace
}  // namespace truce::test
