// SPDX-License-Identifier: Apache-2.0
// Tables from other programs: what is read of CSV and XLSX files, and what is refused.
#include "sim/report/table_read.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zip.h>

#include "tests/report/files.hpp"

namespace truce::report {
namespace {

using test::TemporaryFolder;
using test::write_file;
using Parts = std::map<std::string, std::string>;

constexpr std::string_view workbook_xml =
    R"(<?xml version="1.0"?><workbook xmlns="m" xmlns:r="r"><sheets>
<sheet name="Design" sheetId="3" r:id="rId7"/><sheet name="Other" sheetId="1" r:id="rId1"/></sheets></workbook>)";
constexpr std::string_view relations_xml =
    R"(<?xml version="1.0"?><Relationships>
<Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId7" Type="http://x/worksheet" Target="/xl/worksheets/sheet9.xml"/>
<Relationship Id="rId8" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>)";
constexpr std::string_view strings_xml =
    R"(<sst><si><t>spread</t></si><si><r><t>ru</t></r><r><t xml:space="preserve">le </t></r><rPh sb="0"><t>x</t></rPh></si>
<si><t>any</t></si></sst>)";

/// A workbook whose first sheet has these rows, as XML.
Parts workbook(const std::string& rows) {
  return {{"xl/workbook.xml", std::string(workbook_xml)},
          {"xl/_rels/workbook.xml.rels", std::string(relations_xml)},
          {"xl/sharedStrings.xml", std::string(strings_xml)},
          {"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
          {"xl/worksheets/sheet9.xml",
           "<?xml version=\"1.0\"?><worksheet><dimension ref=\"A1\"/><sheetData>" + rows +
               "</sheetData></worksheet>"}};
}

constexpr const char* header =
    R"(<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>)";

class Tables : public ::testing::Test {
 protected:
  std::filesystem::path archive(const Parts& parts, const std::string& name = "x.xlsx") {
    const auto path = folder_.path() / name;
    std::filesystem::remove(path);
    int error = 0;
    zip_t* file = ::zip_open(path.c_str(), ZIP_CREATE, &error);
    for (const auto& [part, text] : parts) {
      ::zip_file_add(file, part.c_str(), ::zip_source_buffer(file, text.data(), text.size(), 0),
                     ZIP_FL_OVERWRITE);
    }
    EXPECT_EQ(::zip_close(file), 0);
    return path;
  }
  TextTable sheet(const std::string& rows) { return read_table(archive(workbook(rows))); }

  static std::string refusal(const std::filesystem::path& file) {
    try {
      read_table(file);
    } catch (const UnreadableTable& error) {
      return error.what();
    }
    return "read";
  }
  void expect_refused(const std::string& rows, const std::string& part) {
    const auto text = refusal(archive(workbook(rows)));
    EXPECT_NE(text.find(part), std::string::npos) << text;
  }

  TemporaryFolder folder_;
};

std::vector<std::string> texts(const std::vector<TextTable::Cell>& cells) {
  std::vector<std::string> all;
  for (const auto& cell : cells) all.push_back(cell.text);
  return all;
}
using Texts = std::vector<std::string>;

TEST_F(Tables, OfWorkbooksHoldTheFirstSheet) {
  const auto table =
      sheet(std::string(header) +
            R"(<row r="2"><c r="A2"><v>0.10000000000000001</v></c><c r="B2" t="s"><v>2</v></c></row>
         <row r="3"/>
         <row r="4"><c r="B4" t="inlineStr"><is><t>lead &amp; all</t></is></c></row>
         <row r="5"><c r="A5"><f>A2*2</f><v>0.2</v></c><c r="B5" t="b"><v>1</v></c></row>
         <row r="7"><c r="A7" s="4"/><c r="B7" t="str"><f>B2</f><v>any</v></c><c r="C7"/></row>)");
  EXPECT_EQ(table.file, "x.xlsx");
  EXPECT_EQ(texts(table.header), (Texts{"spread", "rule"}));
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(texts(table.rows[0]), (Texts{"0.1", "any"}));
  EXPECT_EQ(texts(table.rows[1]), (Texts{"", "lead & all"}));
  EXPECT_EQ(texts(table.rows[2]), (Texts{"0.2", "true"}));
  EXPECT_EQ(texts(table.rows[3]), (Texts{"", "any"}));
  EXPECT_EQ(table.rows[3][0].place, "cell A7");
  EXPECT_EQ(table.rows[3][1].place, "cell B7");
}

TEST_F(Tables, OfWorkbooksNeedNoNamesOfCells) {
  const auto table = sheet(
      R"(<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c><v>1e-3</v></c><c><v>7</v></c></row>)");
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(texts(table.rows[0]), (Texts{"0.001", "7"}));
  EXPECT_EQ(table.rows[0][1].place, "cell B2");
}

TEST_F(Tables, RefuseCellsThatHoldNoValue) {
  const std::string head = header;
  expect_refused(head + R"(<row r="7"><c r="B7" t="e"><f>1/0</f><v>#REF!</v></c></row>)",
                 "an error in cell B7, #REF!");
  expect_refused(head + R"(<row r="2"><c r="A2"><f>SUM(A3)</f></c></row>)",
                 "a formula without a value in cell A2");
  expect_refused(head + R"(<row r="2"><c r="A2"><v>0x10</v></c></row>)", "'0x10' in cell A2");
  expect_refused(head + R"(<row r="2"><c r="A2" t="s"><v>99</v></c></row>)", "cell A2");
  expect_refused(head + R"(<row r="2"><c r="AA2"><v>3</v></c></row>)", "cell AA2, whose column");
  expect_refused(head + R"(<row r="2"><c r="2A"><v>3</v></c></row>)", "'2A'");
  expect_refused(head + R"(<row r="2"><c r="ZZZZ2"><v>3</v></c></row>)", "'ZZZZ2'");
  expect_refused("", "an empty first sheet");
}

TEST_F(Tables, RefuseDamagedArchives) {
  const auto expect = [&](const std::filesystem::path& file, const std::string& part) {
    const auto text = refusal(file);
    EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  write_file(folder_.path() / "no.xlsx", "a,b\n1,2\n");
  expect(folder_.path() / "no.xlsx", "is not an XLSX file");
  expect(folder_.path() / "absent.xlsx", "is not a file");
  expect(folder_.path(), "neither a .csv nor an .xlsx");
  expect(archive({{"hello.txt", "hello"}}), "no workbook");
  auto parts = workbook(header);
  parts.erase("xl/worksheets/sheet9.xml");
  expect(archive(parts), "sheet9.xml");
  parts = workbook(header);
  parts["xl/worksheets/sheet9.xml"] = "<worksheet><sheetData>";
  expect(archive(parts), "is damaged");
  parts = workbook(header);
  parts["xl/workbook.xml"] = "<workbook><sheets/></workbook>";
  expect(archive(parts), "has no sheet");
  const auto whole = test::read_file(archive(workbook(header)));
  for (std::size_t cut = 1; cut < whole.size(); cut += 97) {
    write_file(folder_.path() / "cut.xlsx", whole.substr(0, cut));
    EXPECT_NE(refusal(folder_.path() / "cut.xlsx"), "read");
    auto spoilt = whole;
    spoilt[cut] = static_cast<char>(spoilt[cut] ^ 0x55);
    write_file(folder_.path() / "spoilt.xlsx", spoilt);
    refusal(folder_.path() / "spoilt.xlsx");  // read or refused, never worse
  }
}

TEST_F(Tables, RefuseArchivesThatUnpackToTooMuch) {
  auto parts = workbook(header);
  parts["xl/sharedStrings.xml"] = "<sst>" + std::string(most_unpacked_bytes, ' ') + "</sst>";
  const auto file = archive(parts);
  EXPECT_LT(std::filesystem::file_size(file), 1U << 20U);
  EXPECT_NE(refusal(file).find("more than 64 MiB"), std::string::npos) << refusal(file);
}

TEST_F(Tables, DontExpandEntities) {
  auto parts = workbook(header);
  parts["xl/sharedStrings.xml"] =
      R"(<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><sst><si><t>&b;</t></si><si><t>r</t></si></sst>)";
  EXPECT_EQ(texts(read_table(archive(parts)).header), (Texts{"&b;", "r"}));
}

TEST_F(Tables, OfCsvFilesHoldAllRows) {
  const auto file = folder_.path() / "x.CSV";
  write_file(file, "\xEF\xBB\xBFspread, rule\r\n0.1,\"a, b\"\r\n,\r\n0.2,any\r\n");
  const auto table = read_table(file);
  EXPECT_EQ(texts(table.header), (Texts{"spread", "rule"}));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(texts(table.rows[0]), (Texts{"0.1", "a, b"}));
  EXPECT_EQ(table.rows[1][0].place, "line 4");
  write_file(file, "a,b\n1\n");
  EXPECT_NE(refusal(file).find(":2: has 1 fields"), std::string::npos) << refusal(file);
  write_file(file, "");
  EXPECT_NE(refusal(file).find("has no header"), std::string::npos) << refusal(file);
  std::filesystem::resize_file(file, most_csv_bytes + 1);
  EXPECT_NE(refusal(file).find("larger than 16 MiB"), std::string::npos) << refusal(file);
}

}  // namespace
}  // namespace truce::report
