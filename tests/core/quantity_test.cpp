// SPDX-License-Identifier: Apache-2.0
// Quantities and units: every unit's factor, what is refused, and that text reads back.
#include "sim/core/quantity.hpp"

#include <algorithm>
#include <regex>
#include <string>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

namespace truce {
namespace {

// What dimensional analysis allows, and what it must not.
static_assert(std::is_same_v<decltype(Kilometres{} / Days{}), Speed>);
static_assert(std::is_same_v<decltype(TroopsPerDay{} * Days{}), Troops>);
static_assert(std::is_same_v<decltype(TroopsPerKm{} * Kilometres{} / Days{}), TroopsPerDay>);
template <class A, class B>
concept Addable = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept Comparable = requires(A a, B b) {
  a < b;
};
static_assert(Addable<Days, Days> && !Addable<Days, Kilometres> && !Addable<Days, Number>);
static_assert(Comparable<Days, Days> && !Comparable<Days, PerDay>);
static_assert(!std::is_convertible_v<double, Days> && !std::is_convertible_v<Days, double>);

/// A measure as the reader of scenarios sees it, in canonical units.
double canonical(std::string_view text, Dimension expected) {
  const auto measure = parse_measure(text);
  EXPECT_TRUE(measure) << text;
  const auto unit = parse_unit(measure->unit_text);
  EXPECT_TRUE(unit) << text;
  EXPECT_EQ(unit->dimension, expected) << text;
  return measure->number * unit->factor;
}

TEST(Quantity, Arithmetic) {
  const Days trip = Kilometres{1200} / Speed{600};
  EXPECT_EQ(trip, Days{2});
  EXPECT_EQ(2.0 * trip + Days{1} - Days{0.5}, Days{4.5});
  EXPECT_EQ(TroopsPerDay{600} * Days{3}, Troops{1800});
  EXPECT_LT(Days{1}, Days{2});
}

TEST(Units, ConvertToDaysKilometresTroopsTonnesEuros) {
  EXPECT_DOUBLE_EQ(canonical("6/day", PerDay::dimension), 6);
  EXPECT_DOUBLE_EQ(canonical("6 1/day", PerDay::dimension), 6);
  EXPECT_DOUBLE_EQ(canonical("0.5/h", PerDay::dimension), 12);
  EXPECT_DOUBLE_EQ(canonical("600 troops/day", TroopsPerDay::dimension), 600);
  EXPECT_DOUBLE_EQ(canonical("600 troops / week", TroopsPerDay::dimension), 600 / 7.0);
  EXPECT_DOUBLE_EQ(canonical("20 %", dimension::none), 0.2);
  EXPECT_DOUBLE_EQ(canonical("20%", dimension::none), 0.2);
  EXPECT_DOUBLE_EQ(canonical("0.4", dimension::none), 0.4);
  EXPECT_DOUBLE_EQ(canonical("60 km/h", Speed::dimension), 1440);
  EXPECT_DOUBLE_EQ(canonical("1 m/s", Speed::dimension), 86.4);
  EXPECT_DOUBLE_EQ(canonical("250 m", dimension::length), 0.25);
  EXPECT_DOUBLE_EQ(canonical("90 min", dimension::time), 1.0 / 16);
  EXPECT_DOUBLE_EQ(canonical("2 weeks", dimension::time), 14);
  EXPECT_DOUBLE_EQ(canonical("12 months", dimension::time), 365.2425);
  EXPECT_DOUBLE_EQ(canonical("4 years", dimension::time), 4 * 365.2425);
  EXPECT_DOUBLE_EQ(canonical("45 kg/day", {.time = -1, .mass = 1}), 0.045);
  EXPECT_DOUBLE_EQ(canonical("3 EUR/kg", {.mass = -1, .money = 1}), 3000);
  EXPECT_DOUBLE_EQ(canonical("1.2 MEUR/troop/year", {.time = -1, .troops = -1, .money = 1}),
                   1.2e6 / 365.2425);
  EXPECT_DOUBLE_EQ(canonical("-5 days", dimension::time), -5);
  EXPECT_DOUBLE_EQ(canonical("5 days/day", dimension::none), 5);
}

TEST(Units, RefuseTheUnknown) {
  for (const char* text :
       {"dys",  "Days",  "km/",       "//",        "km//h",   "km h", "km/h/",         "%%",
        "/",    "d ays", "km*h",      "km^2",      "_000",    "x1F",  "EUR/s/s/s/s/s", "km/%",
        "km/1", "/case", "km/km/day", "kg/day/kg", "days/h/h"}) {
    EXPECT_FALSE(parse_unit(text)) << text;
  }
  // Exponents that wrap round would let a wrong unit pass for a right one.
  std::string wrapped = "days";
  for (int i = 0; i < 256; ++i) wrapped += "/day";
  EXPECT_FALSE(parse_unit(wrapped));
}

TEST(Measures, SplitNumberAndUnit) {
  const auto rate = parse_measure("  1.5e2 troops/day ");
  ASSERT_TRUE(rate);
  EXPECT_EQ(rate->number, 150);
  EXPECT_EQ(rate->unit_text, "troops/day");
  EXPECT_EQ(parse_measure("5 EUR")->unit_text, "EUR");
  EXPECT_EQ(parse_measure("5EUR")->unit_text, "EUR");  // not an exponent
  EXPECT_EQ(parse_measure("1e-05 days")->number, 1e-5);
  for (const char* text : {"", "days", "010 days", "1.2.3 days", "1e400 days", "nan days",
                           "- 5 days", ".inf", "-", "."}) {
    EXPECT_FALSE(parse_measure(text)) << text;
  }
}

// A text fits the pattern of a dimension exactly if it is read as a measure of it.
TEST(Patterns, AreWhatTheReaderReads) {
  std::vector<std::string> units{"", "dys", "Days", "km/", "//", "km//h", "km h", "1/day", "1/%"};
  const std::string_view symbols[] = {"", "days", "h", "km", "troops", "kg", "EUR", "%", "case"};
  for (const auto a : symbols) {
    units.emplace_back(a);
    for (const auto b : symbols) {
      units.push_back(std::string(a) + "/" + std::string(b));
      for (const auto c : symbols) {
        units.push_back(std::string(a) + " / " + std::string(b) + "/ " + std::string(c));
      }
    }
  }
  std::size_t read = 0;
  for (const Dimension d :
       {dimension::none, dimension::time, PerDay::dimension, Speed::dimension,
        Dimension{.money = 1}, MassPerTroopDay::dimension, Dimension{.time = 1, .length = 1}}) {
    const std::regex any(measure_pattern(d, Sign::any));
    const std::regex unit(unit_pattern(d));
    for (const auto& unit_text : units) {
      const auto parsed = parse_unit(unit_text);
      const bool fits = parsed && parsed->dimension == d;
      EXPECT_EQ(std::regex_search("2.5 " + unit_text, any), fits) << unit_text;
      EXPECT_EQ(std::regex_search(unit_text, unit), fits) << unit_text;
      read += fits ? 1 : 0;
    }
  }
  EXPECT_GT(read, 20U);
  const std::regex whatever(measure_pattern(Sign::any));
  const std::regex unit_of_any(unit_pattern());
  for (const auto& unit_text : units) {
    const bool known = parse_unit(unit_text).has_value();
    const bool let_through = std::regex_search("2.5 " + unit_text, whatever);
    EXPECT_EQ(std::regex_search(unit_text, unit_of_any), let_through) << unit_text;
    // Only what cancels in a longer unit is let through though it is not read.
    const bool longer = std::count(unit_text.begin(), unit_text.end(), '/') > 1;
    if (known || !longer) {
      EXPECT_EQ(let_through, known) << unit_text;
    }
  }
  const auto allowed = [](Sign sign, double number) {
    return sign == Sign::any || (sign == Sign::not_negative ? number >= 0 : number > 0);
  };
  for (const std::string text :
       {"5", "+5",  "-5",   "0",     "-0",   "0.0",  "-0.00", "05",    "5.",    ".5",    "-.5",
        "-", "+-5", "1e3",  "1e-3",  "-1e3", "0e3",  "1e",    "e3",    "1.2.3", "1e2.3", "1 2",
        "",  ".",   "0x1F", "1_000", "nan",  ".inf", "00",    "0.001", "1E+2",  "--1"}) {
    for (const auto sign : {Sign::any, Sign::not_negative, Sign::positive}) {
      const auto number = parse_number(text);
      EXPECT_EQ(std::regex_search(text, std::regex(number_pattern(sign))),
                number && allowed(sign, *number))
          << text;
      const std::string with_unit = " " + text + "days\t";
      const auto days = parse_measure(with_unit);  // a view of the text
      EXPECT_EQ(std::regex_search(with_unit, std::regex(measure_pattern(dimension::time, sign))),
                days && days->unit_text == "days" && allowed(sign, days->number))
          << text;
    }
  }
}

TEST(Labels, NameTheCanonicalUnit) {
  EXPECT_EQ(unit_label(dimension::time), "days");
  EXPECT_EQ(unit_label(TroopsPerDay::dimension), "troops/day");
  EXPECT_EQ(unit_label(PerDay::dimension), "1/day");
  EXPECT_EQ(unit_label({.troops = -1, .money = 1}), "EUR/troop");
  EXPECT_EQ(unit_label({.time = -1, .troops = -1, .mass = 1}), "t/troop/day");
  EXPECT_EQ(unit_label(dimension::none), "");
}

TEST(Labels, ReadBackAsTheSameValue) {
  EXPECT_EQ(measure_text(20, dimension::time), "20 days");
  EXPECT_EQ(measure_text(6, PerDay::dimension), "6 /day");
  EXPECT_EQ(measure_text(0.4, dimension::none), "0.4");
  const Dimension dimensions[] = {dimension::none,
                                  dimension::time,
                                  dimension::length,
                                  dimension::troops,
                                  PerDay::dimension,
                                  Speed::dimension,
                                  TroopsPerDay::dimension,
                                  TroopsPerKm::dimension,
                                  {.mass = 1},
                                  {.mass = -1, .money = 1},
                                  {.time = -1, .troops = -1, .mass = 1},
                                  {.time = -1, .length = -1, .troops = -1, .mass = -1, .money = 1}};
  for (const Dimension d : dimensions) {
    for (const double value : {0.1, 1e-9, 1.0 / 3.0, 123456789.0, 1e20, -2.5}) {
      EXPECT_EQ(canonical(measure_text(value, d), d), value) << measure_text(value, d);
    }
  }
}

TEST(Labels, EveryChoiceOfferedIsAccepted) {
  const Dimension dimensions[] = {dimension::none,        dimension::time,   dimension::length,
                                  dimension::troops,      PerDay::dimension, Speed::dimension,
                                  TroopsPerDay::dimension};
  for (const Dimension d : dimensions) {
    std::string text = unit_choices(d);
    for (std::size_t at; (at = text.find(" or ")) != std::string::npos;) text.replace(at, 4, ", ");
    for (const auto choice : split(text, ',')) {
      const std::string_view name = trim(choice) == "no unit" ? "" : trim(choice);
      if (name.empty()) continue;
      const std::string_view symbol = name.starts_with("or ") ? name.substr(3) : name;
      ASSERT_TRUE(parse_unit(symbol)) << symbol;
      EXPECT_EQ(parse_unit(symbol)->dimension, d) << symbol;
    }
  }
  EXPECT_EQ(unit_choices({.mass = 1}), "t");
}

}  // namespace
}  // namespace truce
