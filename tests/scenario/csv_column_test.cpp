// SPDX-License-Identifier: Apache-2.0
// Columns of CSV files: what RFC 4180 allows is read, everything else is refused with the row, and
// no path leads out of the folder of the scenario.
#include "sim/scenario/csv_column.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace truce::scenario {
namespace {

namespace fs = std::filesystem;

class CsvColumn : public testing::Test {
 protected:
  CsvColumn() {
    root_ = fs::temp_directory_path() / ("truce-csv-" + std::to_string(::getpid()));
    fs::create_directories(root_ / "scenarios" / "data");
  }
  ~CsvColumn() override { fs::remove_all(root_); }

  fs::path folder() const { return root_ / "scenarios"; }
  void write(const fs::path& file, std::string_view text) const {
    std::ofstream(file, std::ios::binary) << text;
  }
  std::vector<double> read(const std::string& path, const std::string& column) const {
    return csv_column((folder() / "scenario.yaml").string(), path, column);
  }
  std::vector<double> of(std::string_view text, const std::string& column = "days") const {
    write(folder() / "t.csv", text);
    return read("t.csv", column);
  }
  std::string refusal(const std::string& path, const std::string& column = "days",
                      Code code = Code::bad_table) const {
    try {
      read(path, column);
    } catch (const TableError& error) {
      EXPECT_EQ(error.code, code) << error.what();
      return std::string(error.what()) + "|" + error.accepted;
    }
    return "accepted";
  }
  std::string refused(std::string_view text, const std::string& column = "days") const {
    write(folder() / "t.csv", text);
    const auto said = refusal("t.csv", column);
    return said.substr(0, said.find('|'));
  }

  fs::path root_;
};

using Values = std::vector<double>;

TEST_F(CsvColumn, ReadsWhatTheStandardAllows) {
  EXPECT_EQ(of("days\n1\n2.5\n"), (Values{1, 2.5}));
  EXPECT_EQ(of("site,days\nA,1\nB,-2e3"), (Values{1, -2000}));
  EXPECT_EQ(of("site,days\r\nA,1\r\nB,2\r\n"), (Values{1, 2}));
  EXPECT_EQ(of("site,days\n\"A, with a comma\",1\n\"B \"\"b\"\"\n on two lines\",\"2\"\n"),
            (Values{1, 2}));
  EXPECT_EQ(of("\xef\xbb\xbf"
               "days,site\n 7 ,A\n\n"),
            (Values{7}));
  EXPECT_EQ(of("\"days\", site\n7,A\n"), (Values{7}));
  write(folder() / "data" / "deep.csv", "days\n3\n");
  EXPECT_EQ(read("data/deep.csv", "days"), (Values{3}));
  EXPECT_EQ(read("data/../data/deep.csv", "days"), (Values{3}));
}

TEST_F(CsvColumn, RefusesBadTablesWithTheRow) {
  EXPECT_EQ(refused(""), "'t.csv' is empty");
  EXPECT_EQ(refused("\n\n"), "'t.csv' is empty");
  EXPECT_EQ(refused("days\n"), "'t.csv' has no rows below the names of its columns");
  EXPECT_EQ(refused("days\n1\nabc\n"),
            "row 3 of 't.csv' has 'abc' in column 'days', which is not a number");
  for (const auto* bad : {"1,5", "0x10", "nan", "inf", "1 day", "''", "010"}) {
    EXPECT_EQ(refused("days;x\n" + std::string(bad) + "\n", "days;x").substr(0, 15),
              "row 2 of 't.csv")
        << bad;
  }
  EXPECT_EQ(refused("days,x\n,1\n"),
            "row 2 of 't.csv' has '' in column 'days', which is not a number");
  EXPECT_EQ(refused("days,x\n1,2\n3\n"), "row 3 of 't.csv' has 1 fields, the first row 2");
  EXPECT_EQ(refused("days,x\n1,2,3\n"), "row 2 of 't.csv' has 3 fields, the first row 2");
  EXPECT_EQ(refused("days\n1\n\n2\n"),
            "row 3 of 't.csv' has '' in column 'days', which is not a number");
  EXPECT_EQ(refused("days\n\"1\n2"), "row 2 of 't.csv' has a quotation mark that is not closed");
  EXPECT_EQ(refused("days\n\"1\"2\n"),
            "row 2 of 't.csv' has something after a closing quotation mark");
  EXPECT_EQ(refused("days\n1\"2\n"), "row 2 of 't.csv' has a quotation mark inside a field");
  EXPECT_EQ(refused("days,days\n1,2\n"), "'t.csv' has more than one column 'days'");
}

TEST_F(CsvColumn, KnowsItsColumns) {
  write(folder() / "t.csv", "delay,site\n1,2\n");
  EXPECT_EQ(refusal("t.csv", "dealy"),
            "'t.csv' has no column 'dealy'|Did you mean 'delay'? It has: delay, site.");
  EXPECT_EQ(refusal("t.csv", "zzzzz"), "'t.csv' has no column 'zzzzz'|It has: delay, site.");
}

TEST_F(CsvColumn, StaysInItsFolder) {
  write(root_ / "outside.csv", "days\n1\n");
  fs::create_directories(root_ / "scenarios-2");
  write(root_ / "scenarios-2" / "near.csv", "days\n1\n");
  fs::create_symlink(root_ / "outside.csv", folder() / "link.csv");
  fs::create_directory_symlink(root_, folder() / "up");
  const auto outside = [&](const std::string& path) {
    EXPECT_EQ(refusal(path, "days", Code::outside_folder),
              "'" + path +
                  "' lies outside the folder of the scenario|Copy the file beside the "
                  "scenario.");
  };
  outside("../outside.csv");
  outside("../scenarios-2/near.csv");
  outside("link.csv");
  outside("up/outside.csv");
  outside("../no-such-file.csv");
  EXPECT_EQ(refusal((folder() / "t.csv").string(), "days", Code::outside_folder).substr(0, 2),
            "'/");
  // A link that stays inside is fine.
  write(folder() / "data" / "deep.csv", "days\n3\n");
  fs::create_symlink(folder() / "data" / "deep.csv", folder() / "inner.csv");
  EXPECT_EQ(read("inner.csv", "days"), (Values{3}));
}

TEST_F(CsvColumn, ReadsFilesOnly) {
  EXPECT_EQ(refusal("none.csv", "days", Code::missing_file),
            "there is no file 'none.csv'|The path counts from the folder of the scenario file.");
  EXPECT_EQ(refusal("data"), "'data' is not a file|");
  EXPECT_EQ(refusal("").substr(0, 20), "no CSV file is named");
  std::ofstream(folder() / "large.csv") << "days\n";
  fs::resize_file(folder() / "large.csv", (16U << 20U) + 1);
  EXPECT_EQ(refusal("large.csv", "days", Code::too_large), "'large.csv' is larger than 16 MiB|");
  std::string rows = "days\n";
  for (int i = 0; i != 1'000'000; ++i) rows += "1\n";
  write(folder() / "rows.csv", rows);
  EXPECT_EQ(refusal("rows.csv", "days", Code::too_large),
            "'rows.csv' has more than 1,000,000 rows|");
}

}  // namespace
}  // namespace truce::scenario
