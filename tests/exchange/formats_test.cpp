// SPDX-License-Identifier: Apache-2.0
// Every format has every cell of the result, to the last bit and character.
#include <algorithm>
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

#include "sim/report/csv.hpp"

#include "sim/exchange/csv_folder.hpp"
#include "sim/exchange/data_package.hpp"
#include "sim/exchange/database.hpp"
#include "sim/exchange/database_plan.hpp"
#include "sim/exchange/json.hpp"
#include "sim/exchange/result.hpp"
#include "sim/exchange/utf8.hpp"
#include "tests/exchange/hostile.hpp"
#include "tests/report/files.hpp"

namespace truce::exchange {
namespace {

namespace fs = std::filesystem;
using test::read_file;
using test::TemporaryFolder;

class Formats : public ::testing::Test {
 protected:
  Formats() { write_hostile(folder_.path() / "result"); }

  fs::path at(const std::string& name) const { return folder_.path() / name; }

  /// Whether Python finds the same in the exports as in the result.
  bool python_agrees(const std::vector<std::string>& exports) const {
    std::string command =
        std::string(TRUCE_PYTHON) + " " + TRUCE_EXPORT_READER + " " + at("result").string();
    for (const auto& one : exports) command += " " + at(one).string();
    return std::system(command.c_str()) == 0;
  }

  CsvFolder write_csv(const std::string& profile, const SheetLimits& limits = {}) const {
    fs::create_directory(at(profile));
    return write_csv_folder(Result(at("result")), *report::find_csv_profile(profile), at(profile),
                            limits);
  }

  TemporaryFolder folder_;
};

TEST_F(Formats, PythonReadsTheSameFromAll) {
  const Result result(at("result"));
  std::vector<std::string> exports{"r.json", "r.sqlite", "narrow.sqlite"};
  write_json(result, at("r.json"));
  write_database(result, at("r.sqlite"));
  write_database(result, at("narrow.sqlite"), 4);
  for (const auto& profile : report::csv_profiles()) {
    exports.emplace_back(profile.name());
    write_csv(exports.back());
  }
  EXPECT_TRUE(python_agrees(exports));
}

TEST_F(Formats, PythonWouldSeeADifference) {
  const Result result(at("result"));
  write_json(result, at("r.json"));
  auto text = read_file(at("r.json"));
  text.replace(text.find("0.30000000000000004"), 19, "0.30000000000000000");
  test::write_file(at("r.json"), text);
  EXPECT_FALSE(python_agrees({"r.json"}));
}

TEST_F(Formats, RowsThatASheetDoesNotTakeGoOnInAnotherFile) {
  const auto done = write_csv("excel-eu", {.rows = 4, .columns = 3});
  ASSERT_EQ(done.splits.size(), 3U);  // the dictionary too
  EXPECT_EQ(done.splits[1].file, "replications.csv");
  EXPECT_EQ(
      done.splits[1].parts,
      (std::vector<std::string>{"replications-1.csv", "replications-2.csv", "replications-3.csv"}));
  EXPECT_EQ(std::ranges::count(done.too_wide, "replications.csv"), 1);
  EXPECT_TRUE(python_agrees({"excel-eu"}));
  const auto manifest = Json::parse(read_file(at("excel-eu/manifest.json")));
  EXPECT_EQ(manifest["split"][1]["parts"].size(), 3U);
  EXPECT_EQ(manifest["profile"], "excel-eu");
}

TEST_F(Formats, RowsThatJustFitStayInOneFile) {
  const auto done = write_csv("excel", {.rows = 8});
  EXPECT_TRUE(std::ranges::none_of(
      done.splits, [](const auto& split) { return split.file == "replications.csv"; }));
  EXPECT_TRUE(fs::exists(at("excel/replications.csv")));
}

TEST_F(Formats, LimitsOfSheetsAreNotThoseOfPrograms) {
  const auto done = write_csv("tsv", {.rows = 4, .columns = 3});
  EXPECT_TRUE(done.splits.empty());
  EXPECT_TRUE(done.too_wide.empty());
}

TEST_F(Formats, TheDefaultProfileGivesTheSameBytes) {
  write_csv("rfc4180");
  for (const auto* name : {"cells.csv", "replications.csv", "dictionary.csv"}) {
    EXPECT_EQ(read_file(at("result") / name), read_file(at("rfc4180") / name)) << name;
  }
  // A package of the result folder itself says the same.
  EXPECT_EQ(data_package_text(Result(at("result"))), read_file(at("rfc4180/datapackage.json")));
}

TEST_F(Formats, TheSameResultGivesTheSameBytes) {
  const Result result(at("result"));
  write_database(result, at("a.sqlite"));
  write_database(result, at("b.sqlite"));
  EXPECT_EQ(read_file(at("a.sqlite")), read_file(at("b.sqlite")));
  write_json(result, at("a.json"));
  write_json(result, at("b.json"));
  EXPECT_EQ(read_file(at("a.json")), read_file(at("b.json")));
}

TEST_F(Formats, NothingExistingIsOverwritten) {
  const Result result(at("result"));
  test::write_file(at("kept"), "kept");
  EXPECT_THROW(write_json(result, at("kept")), WorldError);
  EXPECT_THROW(write_database(result, at("kept")), WorldError);
  EXPECT_THROW(write_database(result, at("nowhere/x.sqlite")), WorldError);
  EXPECT_EQ(read_file(at("kept")), "kept");
}

TEST_F(Formats, ADataPackageTellsUnitsAndKeys) {
  const auto package = Json::parse(data_package_text(Result(at("result"))));
  EXPECT_EQ(package["name"], "truce-run-hostile-result");
  const auto& cells = package["resources"][0];
  EXPECT_EQ(cells["path"], "cells.csv");
  EXPECT_EQ(cells["schema"]["fields"][1]["unit"], "unit of the row");
  EXPECT_EQ(cells["schema"]["fields"][3]["type"], "date");
  EXPECT_FALSE(cells["schema"].contains("primaryKey"));
  EXPECT_EQ(package["resources"][1]["schema"]["primaryKey"], Json::array({"replication"}));
}

TEST(Sweeps, RowsLeadToThePointsThatTheyAreOf) {
  const TemporaryFolder folder;
  report::Table points{{"points.csv", {{"point", "", report::Type::integer, ""}}},
                       {{std::int64_t{1}}, {std::int64_t{2}}}};
  points.fields.push_back({"mean.x", "km", report::Type::number, ""});
  for (auto& row : points.rows) row.emplace_back(0.5);
  report::Table replications{{"replications.csv",
                              {{"point", "", report::Type::integer, ""},
                               {"replication", "", report::Type::integer, ""},
                               {"x", "km", report::Type::number, ""}}},
                             {{std::int64_t{1}, std::int64_t{0}, 0.5}}};
  write_result(folder.path() / "good", "sweep", {points, replications});
  const auto package = Json::parse(data_package_text(Result(folder.path() / "good")));
  EXPECT_EQ(package["resources"][1]["schema"]["foreignKeys"][0]["reference"]["resource"], "points");
  EXPECT_NO_THROW(write_database(Result(folder.path() / "good"), folder.path() / "good.sqlite"));
  // One that leads nowhere is refused.
  replications.rows.push_back({std::int64_t{3}, std::int64_t{0}, 0.5});
  write_result(folder.path() / "bad", "sweep", {points, replications});
  EXPECT_THROW(write_database(Result(folder.path() / "bad"), folder.path() / "bad.sqlite"),
               WorldError);
}

TEST(Plan, TablesThatAreTooWideGoOnWithTheSameKey) {
  const TemporaryFolder folder;
  write_hostile(folder.path() / "r");
  const Result result(folder.path() / "r");
  const auto tables = plan_tables(result, 4);
  const auto wide =
      std::ranges::find_if(tables, [](const auto& one) { return one.name() == "replications"; });
  ASSERT_NE(wide, tables.end());
  ASSERT_EQ(wide->parts.size(), 2U);
  EXPECT_EQ(
      create_statement(*wide, 0),
      "CREATE TABLE \"replications\" (\"replication\" INTEGER, \"incidents.North\" REAL, "
      "\"incidents.north_2\" REAL, \"incidents.east\" REAL, PRIMARY KEY (\"replication\")) STRICT");
  EXPECT_EQ(create_statement(*wide, 1),
            "CREATE TABLE \"replications_2\" (\"replication\" INTEGER, \"incidents.west\" REAL, "
            "PRIMARY KEY (\"replication\"), FOREIGN KEY (\"replication\") REFERENCES "
            "\"replications\" (\"replication\")) STRICT");
}

TEST(Utf8, BytesThatAreNoneAreReplaced) {
  EXPECT_EQ(valid_utf8("a\u00e9\u20ac\U0001F54A"), "a\u00e9\u20ac\U0001F54A");
  EXPECT_EQ(valid_utf8("a\xff"
                       "b"),
            "a\uFFFDb");
  EXPECT_EQ(valid_utf8("\xc0\x80"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(valid_utf8("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xe2\x82"), "\uFFFD\uFFFD");  // cut
}

TEST(Utf8, NamesOfFilesBecomeTextInEveryFormat) {
  const TemporaryFolder folder;
  report::Table table{
      {"t.csv", {{"file", "", report::Type::text, ""}, {"n", "", report::Type::integer, ""}}},
      {{std::string("\xff.yaml"), std::int64_t{1}}}};
  write_result(folder.path() / "r", "run", {table});
  const Result result(folder.path() / "r");
  write_json(result, folder.path() / "r.json");
  const auto json = Json::parse(read_file(folder.path() / "r.json"));
  EXPECT_EQ(json["tables"]["t"]["rows"][0][0], "\uFFFD.yaml");
  EXPECT_EQ(read_all(result, *result.find("t")).rows[0][0], report::Cell("\uFFFD.yaml"));
}

TEST(Result, StaysInItsFolder) {
  const TemporaryFolder folder;
  write_hostile(folder.path() / "r");
  auto manifest = Json::parse(read_file(folder.path() / "r/manifest.json"));
  for (const auto* name : {"../r/cells.csv", "./cells.csv"}) {
    manifest["files"][0]["file"] = name;
    test::write_file(folder.path() / "r/manifest.json", manifest.dump());
    EXPECT_THROW(Result{folder.path() / "r"}, WorldError) << name;
  }
}

}  // namespace
}  // namespace truce::exchange
