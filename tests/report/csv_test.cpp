// SPDX-License-Identifier: Apache-2.0
// Cells as spreadsheets read them: quoting, numbers, and text that wants to be a formula.
#include "sim/report/csv.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/report/csv_read.hpp"

#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

using test::read_file;
using test::TemporaryFolder;
using test::write_file;

using namespace std::string_literals;

TEST(CsvText, LeavesPlainTextAlone) {
  for (const auto& text : {"donetsk"s, "cell-1"s, "it's so"s, "Incidents a day"s, "Łódź"s, ""s}) {
    EXPECT_EQ(csv_text(text), text);
  }
}

TEST(CsvText, QuotesWhatWouldBreakARow) {
  EXPECT_EQ(csv_text("a,b"s), "\"a,b\"");
  EXPECT_EQ(csv_text("say \"no\""s), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_text("two\nlines"s), "\"two\nlines\"");
  EXPECT_EQ(csv_text("two\r\nlines"s), "\"two\r\nlines\"");
  EXPECT_EQ(csv_text(" blank"s), "\" blank\"");
  EXPECT_EQ(csv_text("blank "s), "\"blank \"");
}

TEST(CsvText, DisarmsFormulas) {
  EXPECT_EQ(csv_text("=1+1"s), "\"'=1+1\"");
  EXPECT_EQ(csv_text("=HYPERLINK(\"http://x\",\"y\")"s),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  for (const auto& text : {"=cmd|' /C calc'!A0"s, "+1+cmd"s, "-2+3+cmd|x"s, "@SUM(1)"s, "\tx"s,
                           "\rx"s, "\nx"s, "  =1+1"s, "\xEF\xBC\x9D"s + "1", "\xEF\xBC\x8B"s + "1",
                           "\xEF\xBC\x8D"s + "1", "\xEF\xBC\xA0"s + "x", "-5 days"s, "\0=1"s}) {
    EXPECT_TRUE(csv_text(text).starts_with("\"'")) << text;
    EXPECT_TRUE(csv_text(text).ends_with("\"")) << text;
  }
  EXPECT_EQ(csv_text("\0x"s).find('\0'), std::string::npos);
}

TEST(CsvText, CanBeUndone) {
  for (const auto& text :
       {"=1+1"s, "'=1+1"s, "''=1+1"s, "'"s, "''"s, "'x"s, "' =1"s, " '=1"s, "-5"s, "'-5"s, "x"s,
        "-5 days"s, "'-5 days"s, ""s, "' "s, "\xEF\xBF\xBDx"s, "'\xEF\xBF\xBDx"s}) {
    const auto path_name = "t.csv"s;
    const TemporaryFolder folder;
    write_csv(folder.path(), {{path_name, {{"a", "", Type::text, ""}, {"b", "", Type::text, ""}}},
                              {{text, "end"s}}});
    CsvReader reader(folder.path() / path_name);
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(plain_text(reader.row()[0]), text);
  }
}

TEST(CsvText, IsNotTheSameForTwoTexts) {
  EXPECT_NE(csv_text("=1"s), csv_text("'=1"s));
  EXPECT_NE(csv_text("'=1"s), csv_text("''=1"s));
}

TEST(CsvText, IsTheSameHarmlessTextInEveryProfile) {
  for (const auto& profile : csv_profiles()) {
    EXPECT_EQ(csv_text("=1+1"s, profile), "\"'=1+1\"") << profile.name();
    EXPECT_EQ(csv_text("-0.5"s, profile), "-0.5") << profile.name();
    EXPECT_EQ(csv_text("-0,5 x"s, profile).substr(0, 2), "\"'") << profile.name();
  }
}

TEST(CsvText, LeavesNumbersNumbers) {
  EXPECT_EQ(csv_text(-0.5), "-0.5");
  EXPECT_EQ(csv_text("-0.5"s), "-0.5");
  EXPECT_EQ(csv_text("+7"s), "+7");
  EXPECT_EQ(csv_text(0.1), "0.1");
  EXPECT_EQ(csv_text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(csv_text(-0.0), "0");
  EXPECT_EQ(csv_text(std::int64_t{20260106}), "20260106");
  EXPECT_EQ(csv_text(*parse_date("2026-07-01")), "2026-07-01");
}

TEST(CsvText, LeavesEmptyWhatIsNoNumber) {
  EXPECT_EQ(csv_text(Cell{}), "");
  EXPECT_EQ(csv_text(std::nan("")), "");
  EXPECT_EQ(csv_text(std::numeric_limits<double>::infinity()), "");
  EXPECT_EQ(csv_text(-std::numeric_limits<double>::infinity()), "");
}

TEST(CsvWriter, WritesRowsAndTellsWhatItWrote) {
  const TemporaryFolder folder;
  Table table;
  table.file = "t.csv";
  table.fields = {{"a", "", Type::text, ""}, {"b", "km", Type::number, ""}};
  table.rows = {{"x"s, 1.5}, {Cell{}, Cell{}}};
  const auto written = write_csv(folder.path(), table);
  const auto text = read_file(folder.path() / "t.csv");
  EXPECT_EQ(text, "a,b\r\nx,1.5\r\n,\r\n");
  EXPECT_EQ(written.file, "t.csv");
  EXPECT_EQ(written.rows, 2u);
  EXPECT_EQ(written.columns, 2u);
  EXPECT_EQ(written.bytes, text.size());
  EXPECT_EQ(written.sha256, sha256(text));
}

TEST(CsvWriter, WritesMoreThanItsBuffer) {
  const TemporaryFolder folder;
  CsvWriter writer(folder.path(), {"t.csv", {{"a", "", Type::text, ""}}});
  const std::string word(1000, 'w');
  for (int i = 0; i < 1000; ++i) writer.row(std::vector<Cell>{word});
  const auto written = writer.close();
  const auto text = read_file(folder.path() / "t.csv");
  EXPECT_EQ(text.size(), 3u + 1000u * 1002u);
  EXPECT_EQ(written.bytes, text.size());
  EXPECT_EQ(written.sha256, sha256(text));
}

TEST(CsvWriter, RefusesARowOfTheWrongLength) {
  const TemporaryFolder folder;
  CsvWriter writer(folder.path(), {"t.csv", {{"a", "", Type::text, ""}}});
  EXPECT_THROW(writer.row(std::vector<Cell>(2)), ContractViolation);
}

TEST(File, OverwritesNothing) {
  const TemporaryFolder folder;
  write_file(folder.path() / "kept", "old");
  EXPECT_THROW(File(folder.path() / "kept"), WorldError);
  std::filesystem::create_symlink(folder.path() / "elsewhere", folder.path() / "link");
  EXPECT_THROW(File(folder.path() / "link"), WorldError);
  EXPECT_EQ(read_file(folder.path() / "kept"), "old");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "elsewhere"));
}

TEST(Digest, IsSha256) {
  // FIPS 180-4 example, and the empty text.
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace truce::report
