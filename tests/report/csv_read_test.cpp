// SPDX-License-Identifier: Apache-2.0
// Comma-separated values are read as RFC 4180 has them, and what is not so is told with its line.
#include "sim/report/csv_read.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

#include "sim/report/csv.hpp"

#include "tests/report/files.hpp"

namespace truce::report {
namespace {

using Row = std::vector<std::string>;

class CsvRead : public ::testing::Test {
 protected:
  CsvReader open(const std::string& text) {
    const auto path = folder_.path() / ("t" + std::to_string(++files_) + ".csv");
    test::write_file(path, text);
    return CsvReader(path);
  }
  test::TemporaryFolder folder_;
  int files_ = 0;
};

TEST_F(CsvRead, FieldsInQuotesHoldAnything) {
  auto reader = open("a,b\r\n\"x,\"\"y\"\"\",\"two\r\nlines\"\r\n,2.5\r\n");
  EXPECT_EQ(reader.header(), (Row{"a", "b"}));
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.row(), (Row{"x,\"y\"", "two\r\nlines"}));
  ASSERT_TRUE(reader.next());
  EXPECT_TRUE(std::isnan(reader.number(0)));
  EXPECT_EQ(reader.number(1), 2.5);
  EXPECT_FALSE(reader.next());
}

TEST_F(CsvRead, LineEndsAndByteOrderMarksOfOthersAreTaken) {
  auto reader = open(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n3,4");
  EXPECT_EQ(reader.header(), (Row{"a", "b"}));
  ASSERT_TRUE(reader.next());
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.row(), (Row{"3", "4"}));
  EXPECT_FALSE(reader.next());
}

TEST_F(CsvRead, WhatIsWrongIsToldWithItsLine) {
  const auto message = [](auto work) {
    try {
      work();
    } catch (const WorldError& error) {
      return std::string(error.what());
    }
    return std::string("nothing");
  };
  auto short_row = open("a,b\n1,2\n3\n");
  ASSERT_TRUE(short_row.next());
  EXPECT_NE(message([&] { short_row.next(); }).find(":3: has 1 fields"), std::string::npos);
  auto text = open("a\nx\n");
  ASSERT_TRUE(text.next());
  EXPECT_NE(message([&] { text.number(0); }).find("'x' is not a number (column a)"),
            std::string::npos);
  auto open_quote = open("a\n\"x\n");
  EXPECT_NE(message([&] { open_quote.next(); }).find("not closed"), std::string::npos);
  auto after_quote = open("a\n\"x\"y\n");
  EXPECT_NE(message([&] { after_quote.next(); }).find("after closing quotes"), std::string::npos);
  EXPECT_NE(message([&] { open(""); }).find("no header"), std::string::npos);
  EXPECT_NE(message([&] { CsvReader missing(folder_.path() / "none.csv"); }), "nothing");
}

TEST_F(CsvRead, WhatWeWriteComesBack) {
  Table table;
  table.file = "own.csv";
  table.fields = {{"text", "", Type::text, ""}, {"number", "", Type::number, ""}};
  table.rows = {{std::string("a \"b\", c\r\nd"), 0.1}, {std::string("plain"), 1e300}};
  write_csv(folder_.path(), table);
  CsvReader reader(folder_.path() / "own.csv");
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.row()[0], "a \"b\", c\r\nd");
  EXPECT_EQ(reader.number(1), 0.1);
  ASSERT_TRUE(reader.next());
  EXPECT_EQ(reader.number(1), 1e300);
}

}  // namespace
}  // namespace truce::report
