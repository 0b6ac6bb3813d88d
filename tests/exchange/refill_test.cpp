// SPDX-License-Identifier: Apache-2.0
// Workbooks made by libxlsxwriter get new rows, and truce reads them back.
#include "sim/exchange/refill.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/report/fields.hpp"
#include "sim/report/table_read.hpp"

#include "sim/exchange/refill_package.hpp"
#include "tests/report/files.hpp"

namespace truce::exchange {
namespace {

namespace fs = std::filesystem;
using report::Cell;
using test::read_file;
using test::TemporaryFolder;

/// Text for libxlsxwriter, which takes it as one that could be changed, and copies it.
char* unchanged(const char* text) {
  return const_cast<char*>(text);
}

/// tblA in A1:C4 (name, value, and twice, filled by a formula), tblB in E1:F6 (day, count), side by
/// side; tblC on a second sheet.
void make_workbook(const fs::path& path, bool twice_is_filled = true) {
  auto* book = ::workbook_new(path.c_str());
  auto* sheet = ::workbook_add_worksheet(book, "Results");
  auto* other = ::workbook_add_worksheet(book, "Mine");
  const auto column = [](const char* header, const char* formula = nullptr) {
    lxw_table_column made{};
    made.header = unchanged(header);
    made.formula = unchanged(formula);
    return made;
  };
  const auto add = [](lxw_worksheet* on, const char* name, lxw_row_t last, lxw_col_t first,
                      std::vector<lxw_table_column> columns) {
    std::vector<lxw_table_column*> list;
    for (auto& one : columns) list.push_back(&one);
    list.push_back(nullptr);
    lxw_table_options options{};
    options.name = unchanged(name);
    options.columns = list.data();
    const auto width = static_cast<lxw_col_t>(columns.size() - 1);
    EXPECT_EQ(
        ::worksheet_add_table(on, 0, first, last, static_cast<lxw_col_t>(first + width), &options),
        LXW_NO_ERROR);
  };
  add(sheet, "tblA", 3, 0,
      {column("name"), column("value"),
       twice_is_filled ? column("twice", "=tblA[@[value]]*2") : column("twice")});
  add(sheet, "tblB", 5, 4, {column("day"), column("count")});
  add(other, "tblC", 2, 0, {column("x")});
  ::worksheet_write_string(sheet, 1, 0, "old", nullptr);
  ::worksheet_write_number(sheet, 1, 1, 5, nullptr);
  ::worksheet_write_formula(other, 0, 3, "=SUM(tblA[value])", nullptr);
  ASSERT_EQ(::workbook_close(book), LXW_NO_ERROR);
}

report::Table table(std::vector<report::Field> fields, std::vector<std::vector<Cell>> rows) {
  report::Table made;
  made.fields = std::move(fields);
  made.rows = std::move(rows);
  return made;
}

NamedTable small_table(std::size_t rows) {
  std::vector<std::vector<Cell>> made;
  for (std::size_t i = 0; i < rows; ++i) {
    made.push_back({std::string("row ") + std::to_string(i), static_cast<double>(i) / 3.0, 1.0});
  }
  return {"tblA",
          table({report::text("name", ""), report::number("value", ""), report::number("se", "")},
                std::move(made))};
}

const Date first_day = parse_date("2026-07-01").value();

TEST(Refill, ReplacesTablesSideBySideBitForBit) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "mine.xlsx";
  make_workbook(path);
  const double most = std::numeric_limits<double>::max();
  const std::vector<NamedTable> tables{
      {"TBLB",
       table({report::whole("count", ""), report::text("day", "")},
             {{std::int64_t{7}, first_day}, {std::int64_t{-8}, parse_date("1850-01-01").value()}})},
      {"tblA", table({report::text("name", ""), report::number("value", "")},
                     {{"a", 0.1},
                      {"b", most},
                      {"c", 5e-324},
                      {"d", std::nan("")},
                      {std::monostate{}, -0.0},
                      {"", std::numeric_limits<double>::infinity()},
                      {"7", 1.0 / 3.0}})}};
  const auto told = refill(path, path, tables);
  EXPECT_EQ(told.tables, (std::vector<std::string>{"tblA", "tblB"}));
  EXPECT_EQ(told.missing, std::vector<std::string>{"tblC"});
  EXPECT_TRUE(told.left_out.empty());
  book::Package package(path);
  const auto sheet = package.text("xl/worksheets/sheet1.xml");
  const auto row = [&](int number) {
    const auto begin = sheet.find("<row r=\"" + std::to_string(number) + "\"");
    return sheet.substr(begin, sheet.find("</row>", begin) - begin);
  };
  const auto text = [](const std::string& cell, const std::string& words) {
    return "<c r=\"" + cell + "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">" + words +
           "</t></is></c>";
  };
  const auto twice = [](const std::string& cell) {
    return "<c r=\"" + cell + "\"><f>tblA[[#This Row],[value]]*2</f></c>";
  };
  EXPECT_EQ(row(2), "<row r=\"2\">" + text("A2", "a") + "<c r=\"B2\"><v>0.1</v></c>" + twice("C2") +
                        "<c r=\"E2\"><v>46204</v></c><c r=\"F2\"><v>7</v></c>");
  EXPECT_EQ(row(3), "<row r=\"3\">" + text("A3", "b") +
                        "<c r=\"B3\"><v>1.7976931348623157e+308</v></c>" + twice("C3") +
                        text("E3", "1850-01-01") + "<c r=\"F3\"><v>-8</v></c>");
  EXPECT_EQ(row(4),
            "<row r=\"4\">" + text("A4", "c") + "<c r=\"B4\"><v>5e-324</v></c>" + twice("C4"));
  EXPECT_EQ(row(5), "<row r=\"5\">" + text("A5", "d") + twice("C5"));
  EXPECT_EQ(row(6), "<row r=\"6\"><c r=\"B6\"><v>0</v></c>" + twice("C6"));
  EXPECT_EQ(row(7), "<row r=\"7\">" + twice("C7"));
  EXPECT_EQ(row(8), "<row r=\"8\">" + text("A8", "7") +
                        "<c r=\"B8\"><v>0.3333333333333333</v></c>" + twice("C8"));
  EXPECT_NE(sheet.find("<dimension ref=\"A1:F8\"/>"), std::string::npos);
  EXPECT_NE(package.text("xl/tables/table1.xml").find("ref=\"A1:C8\""), std::string::npos);
  EXPECT_NE(package.text("xl/tables/table2.xml").find("<autoFilter ref=\"E1:F3\"/>"),
            std::string::npos);
}

TEST(Refill, IsReadByTruce) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "mine.xlsx";
  make_workbook(path, /*twice_is_filled=*/false);
  auto data = small_table(40).data;
  data.fields[2].name = "twice";
  refill(path, path, std::vector<NamedTable>{{"tblA", data}});
  const auto read = report::read_workbook(path);
  ASSERT_EQ(read.rows.size(), 40U);
  EXPECT_EQ(read.rows[7][0].text, "row 7");
  EXPECT_EQ(std::stod(read.rows[7][1].text), 7.0 / 3.0);
}

TEST(Refill, TellsWhatItLeavesOut) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "mine.xlsx";
  make_workbook(path);
  const auto out = folder.path() / "new.xlsx";
  const auto before = read_file(path);
  const auto told = refill(path, out, std::vector{small_table(9)});
  EXPECT_EQ(told.tables, std::vector<std::string>{"tblA"});
  EXPECT_EQ(told.missing, (std::vector<std::string>{"tblB", "tblC"}));
  EXPECT_EQ(told.left_out, std::vector<std::string>{"tblA[se]"});
  EXPECT_EQ(read_file(path), before);
  const auto once = read_file(out);
  refill(path, out, std::vector{small_table(9)});
  EXPECT_EQ(read_file(out), once);
  refill(out, out, std::vector{small_table(9)});  // what is there already changes nothing
  EXPECT_EQ(read_file(out), once);
}

TEST(Refill, RefusesAndLeavesTheFileAsItWas) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "mine.xlsx";
  make_workbook(path, /*twice_is_filled=*/false);
  const auto before = read_file(path);
  EXPECT_THROW(refill(path, path, std::vector{small_table(3)}), UsageError);  // twice
  auto wide = small_table(3);
  wide.data.fields[2].name = "twice";
  wide.data.rows[1][0] = std::string(32768, 'x');
  EXPECT_THROW(refill(path, path, std::vector{wide}), UsageError);
  wide.data.rows[1][0] = "x";
  EXPECT_THROW(refill(path, folder.path() / "none/new.xlsx", std::vector{wide}), WorldError);
  EXPECT_THROW(refill(folder.path() / "none.xlsx", path, std::vector{wide}), WorldError);
  EXPECT_THROW(refill(folder.path(), path, std::vector{wide}), WorldError);
  EXPECT_THROW(refill(path, path, std::vector<NamedTable>{}), UsageError);
  EXPECT_THROW(refill(path, path, std::vector{wide, wide}), ContractViolation);
  EXPECT_EQ(read_file(path), before);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

}  // namespace
}  // namespace truce::exchange
