// SPDX-License-Identifier: Apache-2.0
// Single values: what each kind of leaf accepts, what it refuses in which words, and that what is
// written reads back as the same value.
#include "sim/scenario/leaf.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace truce::scenario {
namespace {

// Reads one value; reports go to `said`, as "what accepted".
template <class T>
T leaf(std::string_view text, const Rule& rule, std::vector<std::string>& said, T out = {}) {
  const Node node = parse(text, "f");
  read_leaf(node, out, rule, [&](const Node&, Code, std::string what, std::string accepted) {
    said.push_back(std::move(what) + ". " + std::move(accepted));
  });
  return out;
}

template <class T>
std::string refusal(std::string_view text, const Rule& rule = optional) {
  std::vector<std::string> said;
  leaf<T>(text, rule, said);
  return said.size() == 1 ? said.front() : std::to_string(said.size()) + " reports";
}

template <class T>
T accepted(std::string_view text, const Rule& rule = optional) {
  std::vector<std::string> said;
  const T value = leaf<T>(text, rule, said);
  EXPECT_TRUE(said.empty()) << text << ": " << said.front();
  return value;
}

// Written, as YAML, and read again.
template <class T>
T again(const T& value) {
  return accepted<T>(to_yaml(write_leaf(value)));
}

TEST(Leaf, Text) {
  EXPECT_EQ(accepted<std::string>("NO"), "NO");
  EXPECT_EQ(accepted<std::string>("\"\""), "");
  EXPECT_EQ(refusal<std::string>("[a]"), "a list stands here. Text is needed.");
  EXPECT_EQ(refusal<std::string>("{a: b}"), "a mapping stands here. Text is needed.");
  EXPECT_EQ(refusal<std::string>("~"), "nothing is written here. Text is needed.");
}

TEST(Leaf, Truth) {
  for (const std::string_view yes : {"true", "True", "TRUE", "yes"})
    EXPECT_TRUE(accepted<bool>(yes));
  for (const std::string_view no : {"false", "no"}) {
    std::vector<std::string> said;
    EXPECT_FALSE(leaf(no, optional, said, true));
    EXPECT_TRUE(said.empty());
  }
  for (const std::string_view bad : {"1", "on", "NO", "y"}) {
    EXPECT_EQ(refusal<bool>(bad),
              "'" + std::string(bad) + "' is neither true nor false. true or false is accepted.");
  }
  EXPECT_TRUE(again(true));
}

TEST(Leaf, Counts) {
  EXPECT_EQ(accepted<std::int64_t>("12"), 12);
  EXPECT_EQ(accepted<std::int64_t>("1e3"), 1000);
  EXPECT_EQ(accepted<std::int64_t>("-3"), -3);
  EXPECT_EQ(accepted<std::int64_t>("3.0"), 3);
  for (const std::string_view bad :
       {"010", "0x1F", "1.5", "3 days", "1_000", "many", "\"\"", "1:30"}) {
    EXPECT_NE(refusal<std::int64_t>(bad, between(1, 9))
                  .find("is not a whole number. A count has no unit. "
                        "Values between 1 and 9 are accepted."),
              std::string::npos)
        << bad;
  }
  EXPECT_EQ(refusal<std::int64_t>("0", between(1, 9)),
            "'0' is out of range. Values between 1 and 9 are accepted.");
  EXPECT_EQ(refusal<std::int64_t>("10", between(1, 9)),
            "'10' is out of range. Values between 1 and 9 are accepted.");
  EXPECT_EQ(again(std::int64_t{123456789}), 123456789);
}

TEST(Leaf, Numbers) {
  EXPECT_DOUBLE_EQ(accepted<double>("0.25"), 0.25);
  EXPECT_DOUBLE_EQ(accepted<double>("25 %"), 0.25);
  EXPECT_DOUBLE_EQ(accepted<double>("1e-3"), 1e-3);
  for (const std::string_view bad : {"010", ".inf", "nan", "abc", "1e999"}) {
    EXPECT_EQ(refusal<double>(bad),
              "'" + std::string(bad) + "' is not a number. A number is needed.");
  }
  EXPECT_EQ(refusal<double>("3 days"),
            "the unit of '3 days' does not fit. Units that fit: no unit, or %.");
  EXPECT_EQ(refusal<double>("3 parsecs"),
            "the unit 'parsecs' of '3 parsecs' is not known. Units that fit: no unit, or %.");
  EXPECT_EQ(refusal<double>("0x10"),
            "the unit 'x10' of '0x10' is not known. Units that fit: no unit, or %.");
  EXPECT_EQ(again(0.1 + 0.2), 0.1 + 0.2);
}

TEST(Leaf, Ranges) {
  EXPECT_EQ(refusal<double>("1.2", between(0, 1)),
            "'1.2' is out of range. Values between 0 and 1 are accepted.");
  EXPECT_EQ(refusal<double>("0", above(0)), "'0' is out of range. Values above 0 are accepted.");
  EXPECT_EQ(refusal<double>("-1", at_least(0)),
            "'-1' is out of range. Values at least 0 are accepted.");
  EXPECT_EQ(refusal<double>("1", from_up_to(0, 1)),
            "'1' is out of range. Values at least 0 and below 1 are accepted.");
  EXPECT_EQ(refusal<Days>("-2 days", above(0)),
            "'-2 days' is out of range. Values above 0 days are accepted.");
  for (const auto& [text, rule] :
       {std::pair{"0", between(0, 1)}, std::pair{"1", between(0, 1)}, std::pair{"0", at_least(0)},
        std::pair{"1e-9", above(0)}, std::pair{"0.999", from_up_to(0, 1)}}) {
    accepted<double>(text, rule);
  }
}

TEST(Leaf, Quantities) {
  EXPECT_DOUBLE_EQ(accepted<Days>("36 h").value, 1.5);
  EXPECT_DOUBLE_EQ(accepted<Days>("2 weeks").value, 14.0);
  EXPECT_DOUBLE_EQ(accepted<Kilometres>("500 m").value, 0.5);
  EXPECT_DOUBLE_EQ(accepted<Speed>("40 km/h").value, 960.0);
  EXPECT_DOUBLE_EQ(accepted<PerDay>("6/day").value, 6.0);
  EXPECT_DOUBLE_EQ(accepted<PerDay>("7 /week").value, 1.0);
  EXPECT_DOUBLE_EQ(accepted<TroopsPerDay>("600 troops/day").value, 600.0);
  EXPECT_EQ(refusal<Days>("10"),
            "'10' has no unit. Units that fit: min, h, days, weeks, months or years.");
  EXPECT_EQ(refusal<Days>("10 km"),
            "the unit of '10 km' does not fit. Units that fit: min, h, days, "
            "weeks, months or years.");
  EXPECT_EQ(
      refusal<Days>("[1 day]"),
      "a list stands here. A number with a unit (min, h, days, weeks, months or years) is needed.");
  EXPECT_EQ(again(Days{1.0 / 3}), Days{1.0 / 3});
  EXPECT_EQ(again(Speed{960}), Speed{960});
  EXPECT_EQ(again(PerDay{1e-9}), PerDay{1e-9});
  EXPECT_EQ(again(TroopsPerKm{0.7}), TroopsPerKm{0.7});
}

TEST(Leaf, Dates) {
  EXPECT_EQ(to_string(accepted<Date>("2028-02-29")), "2028-02-29");
  for (const std::string_view bad :
       {"2026-02-30", "2026-2-3", "01.07.2026", "tomorrow", "20260701"}) {
    EXPECT_EQ(refusal<Date>(bad), "'" + std::string(bad) +
                                      "' is not a date. Write year-month-day, such as 2026-07-01.");
  }
  EXPECT_EQ(again(*parse_date("2026-07-01")), *parse_date("2026-07-01"));
}

TEST(Leaf, Spans) {
  EXPECT_EQ(accepted<CalendarSpan>("24 months").months, 24);
  EXPECT_EQ(accepted<CalendarSpan>("2 years").months, 24);
  EXPECT_EQ(accepted<CalendarSpan>("90 days").rest, 90 * one_day);
  const std::string needed_text =
      "Write a number with h, days, weeks, months or years, such as 24 months.";
  EXPECT_EQ(refusal<CalendarSpan>("24"), "'24' is not a length of time. " + needed_text);
  EXPECT_EQ(refusal<CalendarSpan>("-2 days"), "'-2 days' is not a length of time. " + needed_text);
  EXPECT_EQ(refusal<CalendarSpan>("3 km"), "'3 km' is not a length of time. " + needed_text);
  EXPECT_EQ(refusal<CalendarSpan>("0 days"), "'0 days' is out of range. It must be above 0 days.");
  EXPECT_EQ(refusal<CalendarSpan>("0 months"),
            "'0 months' is out of range. It must be above 0 days.");
  EXPECT_EQ(refusal<CalendarSpan>("101 years"),
            "'101 years' is out of range. At most 100 years are accepted.");
  accepted<CalendarSpan>("100 years");
  EXPECT_EQ(again(*parse_span("90 days")), *parse_span("90 days"));
}

TEST(Leaf, Moments) {
  EXPECT_EQ(accepted<Moment>("never").kind, Moment::Kind::never);
  const auto date = accepted<Moment>("2026-07-15");
  EXPECT_EQ(date.kind, Moment::Kind::date);
  EXPECT_EQ(to_string(date.date), "2026-07-15");
  const auto drawn = accepted<Moment>("{uniform: [5 days, 20 days]}");
  EXPECT_EQ(drawn.kind, Moment::Kind::after_start);
  EXPECT_DOUBLE_EQ(drawn.after.mean(), 12.5);
  EXPECT_DOUBLE_EQ(accepted<Moment>("14 days").after.mean(), 14.0);
  EXPECT_DOUBLE_EQ(accepted<Moment>("1e-3 days").after.mean(), 1e-3);
  for (const std::string_view bad : {"2026-02-30", "2026-7-5", "soon", "Never"}) {
    EXPECT_EQ(refusal<Moment>(bad),
              "'" + std::string(bad) +
                  "' is not a moment. A date such as 2026-07-15, a time after "
                  "the start such as 14 days, or never.");
  }
  EXPECT_EQ(refusal<Moment>("-3 days"),
            "'-3 days' is out of range. Values at least 0 days are accepted.");
  EXPECT_EQ(refusal<Moment>("14"),
            "'14' has no unit. Units that fit: min, h, days, weeks, months or years.");
  EXPECT_EQ(again(accepted<Moment>("never")).kind, Moment::Kind::never);
  EXPECT_EQ(again(date).date, date.date);
  // Half a second is 5.787037037037037e-06 days: a minus sign, but no date.
  EXPECT_EQ(again(accepted<Moment>("0.5 s")).after.mean(), accepted<Moment>("0.5 s").after.mean());
}

TEST(Leaf, Points) {
  const auto point = accepted<Coordinates>("[48.5, -37.9]");
  EXPECT_EQ(point.latitude, 48.5);
  EXPECT_EQ(point.longitude, -37.9);
  const std::string words = "Latitude and longitude in degrees are needed, such as [48.5, 37.9].";
  EXPECT_EQ(refusal<Coordinates>("48.5"), "'48.5' is not a point. " + words);
  EXPECT_EQ(refusal<Coordinates>("[1, 2, 3]"), "'[1, 2, 3]' is not a point. " + words);
  EXPECT_EQ(refusal<Coordinates>("[91, 2]"), "'[91, 2]' is not a point on the globe. " + words);
  EXPECT_EQ(refusal<Coordinates>("[2, -181]"), "'[2, -181]' is not a point on the globe. " + words);
  EXPECT_EQ(refusal<Coordinates>("[N, E]"), "'[N, E]' is not a point on the globe. " + words);
  EXPECT_EQ(refusal<Coordinates>("[[1], 2]"), "'[[1], 2]' is not a point on the globe. " + words);
  EXPECT_EQ(again(point).longitude, -37.9);
}

TEST(Leaf, Choices) {
  EXPECT_EQ(accepted<Station>("in-country"), Station::in_country);
  EXPECT_EQ(accepted<Grade>("grave"), Grade::grave);
  EXPECT_EQ(
      refusal<Station>("incountry"),
      "'incountry' is not one of the choices. Did you mean 'in-country'? Accepted: in-country, "
      "neighbouring, remote.");
  EXPECT_EQ(refusal<Grade>("catastrophic"),
            "'catastrophic' is not one of the choices. Accepted: minor, serious, grave.");
  EXPECT_EQ(refusal<Mode>("[road]"), "a list stands here. One of road, rail, sea, air is needed.");
  for (const Function value : {Function::monitoring, Function::engineering}) {
    EXPECT_EQ(again(value), value);
  }
}

TEST(Leaf, Names) {
  EXPECT_EQ(accepted<Ref<HubSpec>>("kyiv").name, "kyiv");
  EXPECT_EQ(accepted<PledgeRef>("france.land").name, "france.land");
  EXPECT_EQ(refusal<Ref<HubSpec>>("\"\""), "the text is empty. A name is needed.");
  EXPECT_EQ(refusal<Ref<HubSpec>>("[kyiv]"), "a list stands here. A name is needed.");
  EXPECT_EQ(refusal<PledgeRef>("~"), "nothing is written here. A name is needed.");
}

TEST(Leaf, ShowsHostileTextSafely) {
  EXPECT_EQ(refusal<double>("\"a\\e[31mb\""), "'a\\x1B[31mb' is not a number. A number is needed.");
  const std::string shown = refusal<double>(std::string(5000, 'x'));
  EXPECT_LT(shown.size(), 150U);
}

}  // namespace
}  // namespace truce::scenario
