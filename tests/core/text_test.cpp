// SPDX-License-Identifier: Apache-2.0
// Numbers and words as people write them: what is read, what is refused, what is suggested.
#include "sim/core/text.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace truce {
namespace {

TEST(ParseNumber, ReadsDecimals) {
  EXPECT_EQ(parse_number("0"), 0.0);
  EXPECT_EQ(parse_number("-0.5"), -0.5);
  EXPECT_EQ(parse_number("+7"), 7.0);
  EXPECT_EQ(parse_number(".5"), 0.5);
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("1e6"), 1e6);
  EXPECT_EQ(parse_number("1E-05"), 1e-5);
  EXPECT_EQ(parse_number("1.7976931348623157e308"), std::numeric_limits<double>::max());
}

TEST(ParseNumber, RefusesWhatOtherReadersTakeForNumbers) {
  for (const char* text : {"",    "010",   "-010", "00",   "1e400", "1e-400",   "nan", "NaN",
                           "inf", "-inf",  ".inf", "0x1F", "0x1p3", "1_000",    " 1",  "1 ",
                           "1,5", "1.2.3", "+-1",  "--1",  "-",     "+",        ".",   "-.",
                           "e5",  "1e",    "1e+",  "1f",   "1;2",   "\xd9\xa1", "1\n", "true"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << '"' << text << '"';
  }
  EXPECT_EQ(parse_number(std::string_view("1\0", 2)), std::nullopt);
}

TEST(ParseInteger, IsExactBeyondTheDoubles) {
  EXPECT_EQ(parse_integer("9007199254740993"), 9007199254740993);  // 2^53 + 1
  EXPECT_EQ(parse_integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(parse_integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(parse_integer("9223372036854775808"), std::nullopt);
  EXPECT_EQ(parse_integer("+12"), 12);
  EXPECT_EQ(parse_integer("1e6"), 1000000);
  EXPECT_EQ(parse_integer("2.0"), 2);
  EXPECT_EQ(parse_integer("9007199254740993.0"), std::nullopt);  // would be rounded
}

TEST(ParseInteger, RefusesFractionsAndDisguises) {
  for (const char* text : {"0.5", "1e300", "010", "", "-", "+-3", "0x10", "1_000", "12 "}) {
    EXPECT_EQ(parse_integer(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(Shortest, ReadsBackAsTheSameDouble) {
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e20), "1e+20");
  EXPECT_EQ(shortest(-3), "-3");
  std::uint64_t bits = 20260106;
  for (int i = 0; i < 20000; ++i) {
    bits = bits * 6364136223846793005u + 1442695040888963407u;
    const double value =
        std::ldexp(static_cast<double>(bits >> 11), static_cast<int>(bits % 120) - 90);
    EXPECT_EQ(parse_number(shortest(value)), value);
  }
}

TEST(Readable, RoundsForAReader) {
  EXPECT_EQ(readable(0.0), "0");
  EXPECT_EQ(readable(-0.0), "0");
  EXPECT_EQ(readable(0.123456), "0.1235");
  EXPECT_EQ(readable(12.5), "12.5");
  EXPECT_EQ(readable(9.99996), "10");
  EXPECT_EQ(readable(-2.50001), "-2.5");
  EXPECT_EQ(readable(123456.7), "123457");
  EXPECT_EQ(readable(0.00012345), "0.0001234");
  EXPECT_EQ(readable(1e-5), "1e-05");
  EXPECT_EQ(readable(2e15), "2e+15");
  EXPECT_EQ(readable(3.14159, 2), "3.1");
  EXPECT_EQ(readable(std::numeric_limits<double>::quiet_NaN()), "");
  EXPECT_EQ(readable(std::numeric_limits<double>::infinity()), "");
}

TEST(Words, TrimSplitJoin) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(split("a..b", '.'), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", '.'), std::vector<std::string_view>{""});
  EXPECT_EQ(split("a/", '/'), (std::vector<std::string_view>{"a", ""}));
  const std::vector<std::string> parts{"x", "x", ""};
  EXPECT_EQ(join(parts, ", "), "x, x, ");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Nearest, SuggestsWhatWasProbablyMeant) {
  const std::vector<std::string> sections{"sectors", "sensors", "shocks", "hubs", "h", "cells"};
  EXPECT_EQ(nearest("sectros", sections), "sectors");
  EXPECT_EQ(nearest("hbus", sections), "hubs");  // neighbours swapped count once
  EXPECT_EQ(nearest("sector", sections), "sectors");
  EXPECT_EQ(nearest("Sensors", sections), "sensors");
  EXPECT_EQ(nearest("hub", sections), "hubs");
  EXPECT_EQ(nearest("cell", sections), "cells");
  EXPECT_EQ(did_you_mean("shoks", sections), " Did you mean 'shocks'?");
}

TEST(Nearest, IsSilentRatherThanWrong) {
  const std::vector<std::string> sections{"sectors", "hubs", "h"};
  EXPECT_EQ(nearest("budget", sections), std::nullopt);
  EXPECT_EQ(nearest("", sections), std::nullopt);
  EXPECT_EQ(nearest("d", sections), std::nullopt);  // nothing of "h" is in it
  EXPECT_EQ(nearest("hubs", {}), std::nullopt);
  EXPECT_EQ(nearest(std::string(101, 's'), sections), std::nullopt);
  EXPECT_EQ(did_you_mean("budget", sections), "");
}

TEST(Nearest, TakesTheFirstOfEqualCandidates) {
  const std::vector<std::string> names{"camera1", "camera2"};
  EXPECT_EQ(nearest("camera", names), "camera1");
}

TEST(Printable, CannotCommandATerminal) {
  EXPECT_EQ(printable("a\x1b[31m\n"), "a\\x1B[31m\\x0A");
  EXPECT_EQ(printable("\x7f"), "\\x7F");
  EXPECT_EQ(printable("\xc2\x9b"
                      "2J"),
            "\\xC2\\x9B2J");  // the one-character form of ESC [
  EXPECT_EQ(printable("\x9b"), "\\x9B");
  EXPECT_EQ(printable("\xff\xc3"), "\\xFF\\xC3");
  EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(printable("Київ, Düren"), "Київ, Düren");
}

TEST(Printable, CutsBetweenCharacters) {
  EXPECT_EQ(printable("abcdef", 6), "abcdef");
  EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
  EXPECT_EQ(printable("abcdé", 5), "abcd...");
  EXPECT_EQ(printable("abc\n", 5), "abc...");
}

}  // namespace
}  // namespace truce
