// SPDX-License-Identifier: Apache-2.0
// Workbooks made of books written by hand: what text, numbers and dates become in cells, what a
// table may be called, and what is said of rows and columns that a sheet can't hold.
#include "sim/exchange/xlsx.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/report/fields.hpp"

#include "sim/exchange/book_pages.hpp"
#include "sim/exchange/refill_package.hpp"
#include "sim/exchange/xlsx_parts.hpp"
#include "tests/exchange/hostile.hpp"
#include "tests/report/files.hpp"

namespace truce::exchange {
namespace {

using report::Cell;
using test::TemporaryFolder;
using namespace std::string_literals;

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

Page page_of(std::vector<report::Field> fields, std::vector<std::vector<Cell>> rows) {
  Page page;
  page.name = "Cells";
  page.table = "tblCells";
  page.purpose = "Cells.";
  page.data.fields = std::move(fields);
  page.data.rows = std::move(rows);
  page.rows_in_all = page.data.rows.size();
  return page;
}

/// A workbook of such pages, read part by part.
class Written {
 public:
  explicit Written(std::vector<Page> pages) : Written(book_of_pages(std::move(pages))) {}
  explicit Written(const Book& book) : file_(folder_.path() / "x.xlsx") { write_xlsx(book, file_); }

  static Book book_of_pages(std::vector<Page> pages) {
    Book book;
    book.title = "Cells";
    book.pages = std::move(pages);
    return book;
  }

  std::string part(const std::string& name) const { return book::Package(file_).text(name); }
  std::string sheet() const { return part("xl/worksheets/sheet2.xml"); }
  std::string table() const { return part("xl/tables/table1.xml"); }
  /// What stands in a cell of the first page: "<c ...>...</c>", without its style.
  std::string cell(const std::string& name) const {
    const auto text = sheet();
    const auto begin = text.find("<c r=\"" + name + "\"");
    if (begin == std::string::npos) return "";
    auto found = text.substr(begin, text.find("</c>", begin) - begin + 4);
    if (const auto style = found.find(" s=\""); style != std::string::npos) {
      found.erase(style, found.find('"', style + 4) - style + 1);
    }
    return found;
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path file_;
};

std::string number_cell(const std::string& name, const std::string& digits) {
  return "<c r=\"" + name + "\"><v>" + digits + "</v></c>";
}

bool is_text(const std::string& cell) {
  return cell.find("t=\"s\"") != std::string::npos;
}

TEST(Xlsx, TextIsWhatXmlAndReadersTake) {
  EXPECT_EQ(xlsx_text("plain \u00E9 \U0001F54A"), "plain \u00E9 \U0001F54A");
  EXPECT_EQ(xlsx_text("tab\tline\nend"), "tab\tline\nend");
  EXPECT_EQ(xlsx_text("a\r\nb"), "a_x000D_\nb");
  EXPECT_EQ(xlsx_text("bell\x07 nul\0 unit\x1f"s), "bell\uFFFD nul\uFFFD unit\uFFFD");
  EXPECT_EQ(xlsx_text("\x7f"), "\x7f");
  EXPECT_EQ(xlsx_text("a\xEF\xBF\xBE"
                      "b\xEF\xBF\xBF"
                      "c\xEF\xBF\xBD"),
            "a\uFFFDb\uFFFDc\uFFFD");
  EXPECT_EQ(xlsx_text("a\xFF"
                      "b\xC3"),
            "a\uFFFDb\uFFFD");
  EXPECT_EQ(xlsx_text("\xED\xA0\x80").find('\xED'), std::string::npos);  // half of a pair
  EXPECT_EQ(xlsx_text("_x0041_"), "_x005F_x0041_");
  EXPECT_EQ(xlsx_text("_x00aF_ _x005F_"), "_x005F_x00aF_ _x005F_x005F_");
  EXPECT_EQ(xlsx_text("__x0041__"), "__x005F_x0041__");
  EXPECT_EQ(xlsx_text("_x004_ _x00G1_ _X0041_ _x0041"), "_x004_ _x00G1_ _X0041_ _x0041");
}

TEST(Xlsx, TextLongerThanACellSaysSo) {
  const std::string longest(most_cell_text, 'x');
  EXPECT_EQ(cell_text(longest), longest);
  const auto cut = cell_text(longest + "yz");
  EXPECT_EQ(cut, longest.substr(0, 32'000) +
                     " ... [769 more characters, which a cell can't hold: see the CSV file]");
  // Bytes are no characters, and no character is cut in two.
  const auto wide = repeated("\u00E9", most_cell_text);
  EXPECT_EQ(cell_text(wide), wide);
  EXPECT_TRUE(cell_text(wide + "x").starts_with(repeated("\u00E9", 32'000) + " ... [768 more"));
  // Spreadsheets count those beyond U+FFFF twice.
  const auto doves = repeated("\U0001F54A", most_cell_text / 2);
  EXPECT_EQ(cell_text(doves), doves);
  EXPECT_TRUE(
      cell_text(doves + "\U0001F54A").starts_with(repeated("\U0001F54A", 16'000) + " ... [384 m"));
  EXPECT_TRUE(cell_text("x" + repeated("\U0001F54A", 20'000))
                  .starts_with("x" + repeated("\U0001F54A", 15'999) + " ... [4001 more"));
}

TEST(Xlsx, NumbersShowThreeDigitsOrMore) {
  const std::vector<std::pair<double, const char*>> cases{
      {0.0, "0.0000"}, {0.0099, "0.00E+00"}, {0.01, "0.0000"}, {0.999, "0.0000"}, {1.0, "0.00"},
      {99.9, "0.00"},  {100.0, "0.0"},       {999.9, "0.0"},   {1000.0, "#,##0"}, {1e20, "#,##0"}};
  for (const auto& [greatest, format] : cases) EXPECT_STREQ(number_format(greatest), format);
}

TEST(Xlsx, NumbersKeepEveryBit) {
  using Limits = std::numeric_limits<double>;
  const std::vector<std::pair<double, std::string>> cases{
      {0.1 + 0.2, "0.30000000000000004"},
      {18.142258958333336, "18.142258958333336"},
      {Limits::max(), "1.7976931348623157e+308"},
      {Limits::denorm_min(), "5e-324"},
      {-1e21, "-1e+21"},
      {-0.0, "0"},
      {1234567.0, "1234567"}};
  std::vector<std::vector<Cell>> rows;
  for (const auto& [number, digits] : cases) rows.push_back({"words", number, number});
  const Written book({page_of(
      {report::text("text", ""), report::number("x", ""), report::number("y", "")}, rows)});
  for (std::size_t i = 0; i < cases.size(); ++i) {
    for (const char* column : {"B", "C"}) {
      const auto name = column + std::to_string(i + 2);
      EXPECT_EQ(book.cell(name), number_cell(name, cases[i].second));
    }
  }
}

TEST(Xlsx, WhatIsNoNumberIsEmpty) {
  const Written book(
      {page_of({report::number("x", "")},
               {{std::nan("")}, {std::numeric_limits<double>::infinity()}, {Cell{}}, {0.5}})});
  for (const char* cell : {"A2", "A3", "A4"}) EXPECT_EQ(book.cell(cell), "") << cell;
  EXPECT_EQ(book.cell("A5"), number_cell("A5", "0.5"));
}

TEST(Xlsx, WholeNumbersThatADoubleCannotHoldStayText) {
  constexpr std::int64_t exact = std::int64_t{1} << 53U;
  const Written book(
      {page_of({report::whole("n", "")}, {{exact}, {-exact}, {exact + 1}, {-exact - 1}})});
  EXPECT_FALSE(is_text(book.cell("A2"))) << book.cell("A2");
  EXPECT_FALSE(is_text(book.cell("A3"))) << book.cell("A3");
  EXPECT_TRUE(is_text(book.cell("A4"))) << book.cell("A4");
  EXPECT_TRUE(is_text(book.cell("A5"))) << book.cell("A5");
  const auto words = book.part("xl/sharedStrings.xml");
  EXPECT_NE(words.find("<t>9007199254740993</t>"), std::string::npos);
  EXPECT_NE(words.find("<t>-9007199254740993</t>"), std::string::npos);
}

TEST(Xlsx, DatesThatASheetDoesNotKnowStayText) {
  const auto day = [](const char* text) { return Cell{parse_date(text).value()}; };
  const Written book({page_of(
      {{"date", "", report::Type::date, ""}},
      {{day("2026-07-01")}, {day("1900-03-01")}, {day("1899-12-31")}, {day("1850-01-01")}})});
  EXPECT_EQ(book.cell("A2"), number_cell("A2", "46204"));
  EXPECT_EQ(book.cell("A3"), number_cell("A3", "61"));
  EXPECT_TRUE(is_text(book.cell("A4"))) << book.cell("A4");
  EXPECT_TRUE(is_text(book.cell("A5"))) << book.cell("A5");
  EXPECT_NE(book.part("xl/sharedStrings.xml").find("<t>1850-01-01</t>"), std::string::npos);
  EXPECT_NE(book.part("xl/styles.xml").find("yyyy-mm-dd"), std::string::npos);
}

TEST(Xlsx, ColumnsThatDifferInCaseAloneGetAnotherName) {
  const Written book({page_of({report::number("Share", ""), report::number("share", ""),
                               report::number("SHARE", ""), report::number("share (2)", "")},
                              {{1.0, 2.0, 3.0, 4.0}})});
  const auto table = book.table();
  for (const char* name : {"Share", "share (2)", "SHARE (3)", "share (2) (2)"}) {
    EXPECT_NE(table.find(" name=\"" + std::string(name) + "\""), std::string::npos) << table;
  }
}

TEST(Xlsx, ATableWithoutRowsOpens) {
  auto page = page_of({report::text("x", ""), report::number("y", "")}, {});
  page.words = 0;
  const Written book({page});
  EXPECT_NE(book.table().find("ref=\"A1:B2\""), std::string::npos) << book.table();
  EXPECT_EQ(book.sheet().find("conditionalFormatting"), std::string::npos);
  EXPECT_EQ(book.cell("A2"), "");
}

TEST(Xlsx, SheetsHaveNamesThatASheetCanHave) {
  const auto named = [](const std::string& name, const std::string& table) {
    auto page = page_of({report::number("x", "")}, {{1.0}});
    page.name = name;
    page.table = table;
    return page;
  };
  EXPECT_NO_THROW(Written({named(std::string(31, 'x'), "tblX")}));
  EXPECT_THROW(Written({named(std::string(32, 'x'), "tblX")}), ContractViolation);
  EXPECT_THROW(Written({named("a", "tblA"), named("A", "tblB")}), ContractViolation);
  EXPECT_THROW(Written({named("README", "tblA")}), ContractViolation);
  EXPECT_THROW(Written({named("a:b", "tblA")}), ContractViolation);
  EXPECT_EQ(table_name("survival_compare"), "tblSurvivalCompare");
  EXPECT_EQ(table_name("left_out"), "tblLeftOut");
  EXPECT_EQ(table_name("best"), "tblBest");
}

TEST(Xlsx, AFileThatCannotBeWrittenIsTold) {
  const TemporaryFolder folder;
  const auto book = Written::book_of_pages({page_of({report::number("x", "")}, {{1.0}})});
  EXPECT_THROW(write_xlsx(book, folder.path() / "none/x.xlsx"), WorldError);
}

TEST(CappedPage, TellsWhichRowsAndColumnsThereAre) {
  const TemporaryFolder folder;
  report::Table small;
  small.file = "replications.csv";
  report::Table wide;
  wide.file = "points.csv";
  for (int c = 0; c < 5; ++c) small.fields.push_back(report::number("c" + std::to_string(c), ""));
  constexpr std::size_t columns = most_sheet_columns + 3;
  for (std::size_t c = 0; c < columns; ++c) {
    wide.fields.push_back(report::number("c" + std::to_string(c), ""));
  }
  for (int r = 0; r < 7; ++r) small.rows.emplace_back(5, Cell{r + 0.5});
  for (int r = 0; r < 2; ++r) wide.rows.emplace_back(columns, Cell{r + 0.5});
  write_result(folder.path() / "r", "run", {small, wide});
  const Result result(folder.path() / "r");
  const auto capped = [&](const char* name, std::uint64_t cells,
                          std::optional<std::uint64_t> rows = {}) {
    return capped_page(result, *result.find(name), "Page", "A page.", {cells, rows});
  };
  const auto expect = [](const Page& page, std::size_t rows, std::uint64_t in_all,
                         const std::string& rest) {
    EXPECT_EQ(page.data.rows.size(), rows);
    EXPECT_EQ(page.rows_in_all, in_all);
    EXPECT_EQ(page.rest, rest);
  };
  expect(capped("replications", 100), 7, 7, "");
  expect(capped("replications", 35), 7, 7, "");
  expect(capped("replications", 34), 6, 7, "the first 6; all 7 are in replications.csv");
  expect(capped("replications", 15), 3, 7, "the first 3; all 7 are in replications.csv");
  expect(capped("replications", 4), 1, 7, "the first 1; all 7 are in replications.csv");
  expect(capped("replications", 15, 5), 5, 7, "the first 5; all 7 are in replications.csv");
  expect(capped("replications", 15, 9), 7, 7, "");
  EXPECT_EQ(capped("replications", 15).data.rows[2][4], Cell{2.5});
  const std::string too_wide =
      "the first 16384 of 16387 columns, as many as a sheet holds; all are in points.csv";
  const auto page = capped("points", 500'000);
  expect(page, 2, 2, too_wide);
  EXPECT_EQ(page.data.fields.size(), most_sheet_columns);
  EXPECT_EQ(page.data.rows[1].size(), most_sheet_columns);
  expect(capped("points", most_sheet_columns), 1, 2,
         "the first 1; all 2 are in points.csv; " + too_wide);
  // The first sheet says it, and the file holds the last column.
  const Written book({page});
  EXPECT_NE(book.part("xl/sharedStrings.xml").find(too_wide), std::string::npos);
  EXPECT_EQ(book.cell("XFD3"), number_cell("XFD3", "1.5"));
}

}  // namespace
}  // namespace truce::exchange
