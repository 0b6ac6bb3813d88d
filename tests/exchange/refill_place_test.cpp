// SPDX-License-Identifier: Apache-2.0
// Addresses, formulas that move, days as numbers, and text as XML.
#include "sim/exchange/refill_place.hpp"

#include <gtest/gtest.h>

#include "sim/exchange/refill_sheet.hpp"
#include "sim/exchange/refill_xml.hpp"

namespace truce::exchange::book {
namespace {

TEST(Place, ReadsAsItIsWritten) {
  for (const char* text : {"A1", "Z9", "AA10", "AZ52", "BA1", "ZZ1", "AAA1", "XFD1048576"}) {
    const auto place = parse_place(text);
    ASSERT_TRUE(place) << text;
    EXPECT_EQ(text_of(*place), text);
  }
  EXPECT_EQ(parse_place("XFD7")->column, most_columns);
}

TEST(Place, IsNothingOutsideOfASheet) {
  for (const char* text : {"", "A", "1", "A0", "A01", "XFE1", "AAAA1", "A1048577", "a1", "$A$1",
                           "A1 ", "A-1", "A1:B2", "A99999999999999999999"}) {
    EXPECT_FALSE(parse_place(text)) << text;
  }
  for (const char* text : {"", ":", "A1:", ":B2", "B2:A3", "B2:C1", "A1:B2:C3", "A:B"}) {
    EXPECT_FALSE(parse_area(text)) << text;
  }
  EXPECT_EQ(text_of(parse_area("B2:C9").value()), "B2:C9");
  EXPECT_EQ(text_of(parse_area("B2").value()), "B2");
}

TEST(Formula, MovesItsRelativeRowsOnly) {
  const std::vector<std::pair<const char*, const char*>> cases{
      {"B2*2", "B5*2"},
      {"$B2+B$2+$B$2", "$B5+B$2+$B$2"},
      {"SUM(B2:B9)", "SUM(B5:B12)"},
      {"SUM(B:B)+SUM(2:$3)", "SUM(B:B)+SUM(5:$3)"},
      {"LOG10(B2)+ATAN2(C2,2)", "LOG10(B5)+ATAN2(C5,2)"},
      {"tblA[[#This Row],[B2]]*C2", "tblA[[#This Row],[B2]]*C5"},
      {"tblA[it'[''']B2]&\"B2 \"\"C2\"\"\"", "tblA[it'[''']B2]&\"B2 \"\"C2\"\"\""},
      {"'B2 it''s C3'!D4+B2!A1+Sheet2!A1", "'B2 it''s C3'!D7+B2!A4+Sheet2!A4"},
      {"[1]Sheet1!A1", "[1]Sheet1!A4"},
      {"Q1_total+XFE2+TRUE+1E5+2", "Q1_total+XFE2+TRUE+1E5+2"},
      {"A1B2+\xC3\xA9"
       "A1",
       "A1B2+\xC3\xA9"
       "A1"},
      {"_xlfn.STDEV.S(A1)", "_xlfn.STDEV.S(A4)"},
  };
  for (const auto& [formula, moved] : cases) EXPECT_EQ(moved_down(formula, 3), moved);
  EXPECT_FALSE(moved_down("A1048575", 3));
  EXPECT_FALSE(moved_down("A1", -1));
  EXPECT_TRUE(depends_on_row("A$1+A1"));
  EXPECT_FALSE(depends_on_row("A$1+tblA[A1]"));
}

TEST(Formula, TellsWhatItPointsAt) {
  const auto told = [](const char* formula) {
    std::string text;
    for (const auto& one : pointed_at(formula)) text += one.sheet + "!" + text_of(one.area) + " ";
    return text;
  };
  EXPECT_EQ(told("SUM(Runs!$B$2:B41)/C3"), "Runs!B2:B41 !C3 ");
  EXPECT_EQ(told("'It''s'!A1+tblRuns[cost]"), "It's!A1 ");
  EXPECT_EQ(told("SUM(Runs!B:B)"), "");
  EXPECT_EQ(told("Runs!B2+SUM(Runs!A:C)+Runs!D4"), "Runs!B2 Runs!D4 ");
  EXPECT_EQ(told("SUM(Runs!2:3)"), "Runs!A2:XFD3 ");
  EXPECT_EQ(told("IF(A1=\"B2:B3\",Runs!A1,B2)"), "!A1 Runs!A1 !B2 ");
}

TEST(Day, HasTheNumberThatSpreadsheetsGiveIt) {
  const auto number = [](const char* date, bool from_1904) {
    return serial_number(parse_date(date).value(), from_1904).value_or(-1);
  };
  EXPECT_EQ(number("1900-01-01", false), 1);
  EXPECT_EQ(number("1900-02-28", false), 59);
  EXPECT_EQ(number("1900-03-01", false), 61);
  EXPECT_EQ(number("2026-07-01", false), 46204);
  EXPECT_EQ(number("9999-12-31", false), 2958465);
  EXPECT_EQ(number("1904-01-01", true), 0);
  EXPECT_EQ(number("2026-07-01", true), 46204 - 1462);
  EXPECT_EQ(number("1899-12-31", false), -1);
  EXPECT_EQ(number("1903-12-31", true), -1);
}

TEST(CellText, IsWrittenSoThatItComesBack) {
  const auto escaped = [](std::string_view plain) {
    std::string text;
    append_escaped(text, plain);
    return text;
  };
  EXPECT_EQ(escaped("<a> & 'b' \"c\""), "&lt;a&gt; &amp; 'b' \"c\"");
  EXPECT_EQ(escaped("a\r\nb\t"), "a&#13;\nb\t");
  EXPECT_EQ(escaped("_x0041_"), "_x005F_x0041_");
  EXPECT_EQ(escaped("_x004_ _X0041_ _x00g1_"), "_x004_ _X0041_ _x00g1_");
  const std::string none = "\xEF\xBF\xBD";
  EXPECT_EQ(escaped(std::string_view("\0\x01\x1F\x7F", 4)), none + none + none + "\x7F");
  EXPECT_EQ(escaped("\xF0\x9F\x95\x8A"), "\xF0\x9F\x95\x8A");
  EXPECT_EQ(escaped("\xC0\xAF"), none + none);            // longer than it need be
  EXPECT_EQ(escaped("\xED\xA0\x80"), none);               // half of a pair of UTF-16
  EXPECT_EQ(escaped("\xEF\xBF\xBE"), none);               // U+FFFE
  EXPECT_EQ(escaped("\xF4\x90\x80\x80").size(), 4 * 3U);  // beyond U+10FFFF
  EXPECT_EQ(escaped("ab\xE2\x82"), "ab" + none + none);   // cut
  for (const std::string text : {"_x0041_", "_x005F_x0041_", "__x0041__x0042_", "_x_x0041_"}) {
    EXPECT_EQ(unescaped(escaped(text)), text);
  }
  EXPECT_EQ(unescaped("a_x000a_b_x20AC_"), "a\nb\xE2\x82\xAC");
  EXPECT_EQ(length_in_cell("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x95\x8A"), 5U);
}

}  // namespace
}  // namespace truce::exchange::book
