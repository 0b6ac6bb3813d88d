// SPDX-License-Identifier: Apache-2.0
// Every profile is read back to the last bit, whatever stands in its cells.
#include "sim/report/csv_profile.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/csv_read.hpp"

#include "tests/report/files.hpp"

namespace truce::report {
namespace {

using namespace std::string_literals;
using enum CsvProfile::Reader;

const std::vector<double>& hard_numbers() {
  using Limits = std::numeric_limits<double>;
  static const std::vector<double> numbers{0.1,
                                           0.1 + 0.2,
                                           1.0 / 3.0,
                                           Limits::denorm_min(),
                                           -Limits::denorm_min(),
                                           Limits::min() / 3,
                                           Limits::min(),
                                           Limits::max(),
                                           Limits::lowest(),
                                           Limits::epsilon(),
                                           1e21,
                                           -1e-7,
                                           123456.789,
                                           9007199254740993.0,
                                           1e15,
                                           -2.5,
                                           1234567.0};
  return numbers;
}

const std::vector<std::string>& hard_texts() {
  static const std::vector<std::string> texts{"=HYPERLINK(\"x\")",
                                              "@SUM(1)",
                                              "+1+1",
                                              "-2+3",
                                              "say \"no\"",
                                              "a;b",
                                              "a,b",
                                              "a\tb",
                                              "two\nlines",
                                              "two\rlines",
                                              "two\r\nlines",
                                              "\r",
                                              " blank ",
                                              "'quoted'",
                                              std::string(300, 'x'),
                                              "\u0633\u0644\u0627\u0645",
                                              "\U0001F54A\uFE0F",
                                              "a\0b"s,
                                              "1,5",
                                              "1.5",
                                              "-1,5",
                                              ";",
                                              "\"",
                                              ","};
  return texts;
}

TEST(CsvProfile, RefusesSeparatorsThatCantBeToldApart) {
  EXPECT_THROW(CsvProfile("x", ',', ',', any), ContractViolation);
  EXPECT_THROW(CsvProfile("x", '.', ',', any), ContractViolation);
  EXPECT_THROW(CsvProfile("x", '"', '.', any), ContractViolation);
  EXPECT_THROW(CsvProfile("x", ';', '-', any), ContractViolation);
  EXPECT_NO_THROW(CsvProfile("x", '\t', ',', any));
}

TEST(CsvProfile, IsFoundByItsName) {
  EXPECT_EQ(rfc4180().name(), "rfc4180");
  ASSERT_NE(find_csv_profile("excel-eu"), nullptr);
  EXPECT_EQ(find_csv_profile("excel-eu")->separator(), ';');
  EXPECT_EQ(find_csv_profile("tsv")->separator(), '\t');
  EXPECT_EQ(find_csv_profile("Excel"), nullptr);
}

TEST(CsvProfile, ReadsEveryBitOfEveryNumber) {
  for (const auto& profile : csv_profiles()) {
    const test::TemporaryFolder folder;
    Table table{{"t.csv", {{"number", "", Type::number, ""}, {"x", "", Type::text, ""}}}, {}};
    for (const double number : hard_numbers()) table.rows.push_back({number, "x"s});
    write_csv(folder.path(), table, profile);
    CsvReader reader(folder.path() / "t.csv", profile);
    EXPECT_EQ(reader.header().front(), "number") << profile.name();
    for (const double number : hard_numbers()) {
      ASSERT_TRUE(reader.next());
      EXPECT_EQ(std::bit_cast<std::uint64_t>(reader.number(0)),
                std::bit_cast<std::uint64_t>(number))
          << profile.name() << " " << reader.row()[0];
    }
    EXPECT_FALSE(reader.next());
  }
}

TEST(CsvProfile, WritesNoNegativeZeroAndEveryDigitOfAnInteger) {
  for (const auto& profile : csv_profiles()) {
    EXPECT_EQ(csv_text(-0.0, profile), "0");
    EXPECT_EQ(csv_text(std::int64_t{9007199254740993}, profile), "9007199254740993");
    EXPECT_EQ(csv_text(std::numeric_limits<double>::quiet_NaN(), profile), "");
  }
}

TEST(CsvProfile, TextComesBackTheSameFromAll) {
  for (const auto& profile : csv_profiles()) {
    const test::TemporaryFolder folder;
    Table table{{"t.csv", {{"a;b,c\t\"d\"", "", Type::text, ""}, {"x", "", Type::number, ""}}}, {}};
    for (const auto& text : hard_texts()) table.rows.push_back({text, 1.5});
    write_csv(folder.path(), table, profile);
    CsvReader reader(folder.path() / "t.csv", profile);
    EXPECT_EQ(reader.header().front(), "a;b,c\t\"d\"") << profile.name();
    for (const auto& text : hard_texts()) {
      ASSERT_TRUE(reader.next()) << profile.name();
      auto expected = text;
      if (const auto nul = expected.find('\0'); nul != std::string::npos) {
        expected.replace(nul, 1, "\uFFFD");
      }
      EXPECT_EQ(plain_text(reader.row()[0]), expected) << profile.name();
      EXPECT_EQ(reader.number(1), 1.5);
    }
  }
}

TEST(CsvProfile, ADecimalPointIsNoNumberWhereCommasAre) {
  const auto& profile = *find_csv_profile("excel-eu");
  EXPECT_EQ(profile.number("1,5e-3"), 1.5e-3);
  EXPECT_EQ(profile.number("1.5"), std::nullopt);
  EXPECT_EQ(rfc4180().number("1,5"), std::nullopt);
}

TEST(CsvProfile, ByteOrderMarksAreForExcelAlone) {
  for (const auto& profile : csv_profiles()) {
    const test::TemporaryFolder folder;
    write_csv(folder.path(), Table{{"t.csv", {{"a", "", Type::text, ""}}}, {}}, profile);
    EXPECT_EQ(test::read_file(folder.path() / "t.csv").starts_with(byte_order_mark),
              profile.name().starts_with("excel"))
        << profile.name();
  }
}

}  // namespace
}  // namespace truce::report
