// SPDX-License-Identifier: Apache-2.0
// LibreOffice opens every table with the rows and columns that the manifest says.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace truce::test {
namespace {

namespace fs = std::filesystem;

/// Rows and columns of a CSV file, quotes respected; the columns of its widest row.
struct Size {
  long rows = 0;
  long columns = 0;
  bool operator==(const Size&) const = default;
};

Size size_of(const std::string& text) {
  Size size;
  long columns = 1;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',') ++columns;
    if (c == '\n') {
      ++size.rows;
      size.columns = std::max(size.columns, columns);
      columns = 1;
    }
  }
  return size;
}

TEST(Spreadsheet, OpensEveryTable) {
  const fs::path office = "/usr/bin/soffice";
  if (!fs::exists(office)) {
    // Where everything is to be tested, a missing program is a failure, not an excuse.
    ASSERT_EQ(std::getenv("CI"), nullptr) << "scripts/setup test installs LibreOffice";
    GTEST_SKIP() << "LibreOffice is not installed (scripts/setup test installs it)";
  }
  const TemporaryFolder folder;
  // Text that a careless writer would spoil a table with.
  auto text = with(small_scenario, "name: Small", "name: \"=1+1, \\\"Small\\\"\\nin two lines\"");
  text = with(text, "  norway:\n", "  norway:\n    title: \"=HYPERLINK(\\\"x\\\",\\\"y\\\")\"\n");
  text = with(text, "  poland:\n", "  poland:\n    position: \"two\\nlines, \\\"quoted\\\"\"\n");
  write_file(folder.path() / "x.yaml", text);
  const auto ended = truce(folder.path(), {"run", "x.yaml", "--out", "results"});
  ASSERT_EQ(ended.code, 0) << ended.err;
  const auto results = folder.path() / "results";
  auto manifest = nlohmann::ordered_json::parse(read_file(results / "manifest.json"));
  // All others are no tables.
  auto& listed = manifest["files"];
  listed.erase(std::remove_if(listed.begin(), listed.end(),
                              [](const auto& file) {
                                return !file["file"].template get<std::string>().ends_with(".csv");
                              }),
               listed.end());

  std::vector<std::string> words{
      office.string(),
      "-env:UserInstallation=file://" + (folder.path() / "home").string(),
      "--headless",
      "--norestore",
      "--infilter=CSV:44,34,76,1",
      "--convert-to",
      "csv:Text - txt - csv (StarCalc):44,34,76,1",
      "--outdir",
      (folder.path() / "read").string()};
  for (const auto& file : manifest["files"]) {
    words.push_back((results / file["file"].get<std::string>()).string());
  }
  const auto office_ended = Program(folder.path(), words).wait();
  ASSERT_EQ(office_ended.code, 0) << office_ended.err;
  for (const auto& file : manifest["files"]) {
    const auto name = file["file"].get<std::string>();
    const auto read = read_file(folder.path() / "read" / name);
    const Size expected{file["rows"].get<long>() + 1, file["columns"].get<long>()};
    EXPECT_EQ(size_of(read).rows, expected.rows) << name;
    EXPECT_EQ(size_of(read).columns, expected.columns) << name;
    EXPECT_EQ(read.find("Err:"), std::string::npos) << name;
    EXPECT_EQ(read.find("#NAME?"), std::string::npos) << name;
  }
  // The formula is text, and is the text that was written.
  const auto assumptions = read_file(folder.path() / "read/assumptions.csv");
  EXPECT_NE(assumptions.find("'=HYPERLINK("), std::string::npos);
}

}  // namespace
}  // namespace truce::test
