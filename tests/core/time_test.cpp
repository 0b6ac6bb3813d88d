// SPDX-License-Identifier: Apache-2.0
// Simulated time and the calendar around it: leap days, month ends, rounding, the end of time.
#include "sim/core/time.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

namespace truce {
namespace {

using namespace std::chrono_literals;

Date date(const char* text) {
  return parse_date(text).value();
}

std::string end_of(const char* span, const char* start) {
  const Duration length = resolve(parse_span(span).value(), date(start));
  return to_string(date(start) + std::chrono::floor<std::chrono::days>(length));
}

TEST(Dates, AreThoseOfTheCalendar) {
  for (const char* text : {"2026-07-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"}) {
    const auto day = parse_date(text);
    ASSERT_TRUE(day) << text;
    EXPECT_EQ(to_string(*day), text);
  }
  for (const char* text :
       {"2026-02-29", "1900-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00",
        "2026-1-1", "26-01-01", "2026/07/01", "2026-07-01 ", " 2026-07-01", "2026-07-1x",
        "2026-07-01T00:00", "-026-07-01", "+026-07-01", "", "tomorrow"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(Dates, CountRealDays) {
  EXPECT_EQ(at_date(date("2027-07-01"), date("2028-07-01")), Time{366 * one_day});
  EXPECT_EQ(at_date(date("2026-07-02"), date("2026-07-01")), Time{-one_day});
}

TEST(FromDays, RoundsToTheNearestMillisecond) {
  EXPECT_EQ(from_days(1.0), one_day);
  EXPECT_EQ(from_days(1.0 / 86400.0), Duration{1000});
  EXPECT_EQ(from_days(0.49 / 86400e3), Duration{0});
  EXPECT_EQ(from_days(0.51 / 86400e3), Duration{1});
  EXPECT_EQ(from_days(0.1 + 0.2), from_days(0.3));  // the last bit of a double is absorbed
}

TEST(FromDays, BoundsWhatCannotBeATime) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(from_days(-3), Duration{0});
  EXPECT_EQ(from_days(std::numeric_limits<double>::quiet_NaN()), Duration{0});
  EXPECT_EQ(from_days(infinite), 100'000'000 * one_day);
  EXPECT_EQ(from_days(1e300), 100'000'000 * one_day);
  EXPECT_EQ(from_days(-infinite), Duration{0});
}

TEST(FromDays, ReadsBackWhatInDaysSays) {
  std::int64_t ms = 1;
  for (int i = 0; i < 5000; ++i) {
    ms = (ms * 48271) % 2147483647;
    const Duration length{ms * (1 + i % 4000)};
    EXPECT_EQ(from_days(in_days(length)), length);
    EXPECT_EQ(from_days(parse_number(shortest(in_days(length))).value()), length);
  }
}

TEST(Later, SaturatesAtNever) {
  constexpr Time day_one{one_day};
  EXPECT_EQ(later(day_one, one_day), Time{2 * one_day});
  EXPECT_EQ(later(never, one_day), never);
  EXPECT_EQ(later(never, -one_day), never);
  EXPECT_EQ(later(day_one, Duration::max()), never);
  EXPECT_EQ(later(day_one, never - day_one), never);
  EXPECT_EQ(later(day_one, never - day_one - Duration{1}), never - Duration{1});
  EXPECT_EQ(later(start_of_time, Duration::max()), never);
  EXPECT_EQ(later(day_one, -one_day), start_of_time);
}

// Before the start, `never - t` does not fit 64 bits; as constants, an overflow would not compile.
constexpr Time before{-one_day};
static_assert(later(before, one_day) == start_of_time);
static_assert(later(before, Duration::max()) == Time{Duration::max() - one_day});

TEST(DateAndTime, SaysWhenInTheCalendar) {
  const Date start = date("2028-02-28");
  EXPECT_EQ(date_and_time(start, start_of_time), "2028-02-28 00:00");
  EXPECT_EQ(date_and_time(start, Time{one_day + 6h + 30min + 59s}), "2028-02-29 06:30");
  EXPECT_EQ(date_and_time(start, Time{-1ms}), "2028-02-27 23:59");
  EXPECT_EQ(date_and_time(start, never), "never");
  EXPECT_EQ(date_and_time(start, Time{date("9999-12-31") - start}), "9999-12-31 00:00");
  EXPECT_EQ(date_and_time(start, Time{from_days(4e6)}), "day 4000000");
}

TEST(Spans, AreReadInEveryUnitOfTime) {
  EXPECT_EQ(parse_span("24 months"), (CalendarSpan{24, 0ms}));
  EXPECT_EQ(parse_span("1 month"), (CalendarSpan{1, 0ms}));
  EXPECT_EQ(parse_span("2 years"), (CalendarSpan{24, 0ms}));
  EXPECT_EQ(parse_span("90 days"), (CalendarSpan{0, 90 * one_day}));
  EXPECT_EQ(parse_span("1.5 weeks"), (CalendarSpan{0, 252h}));
  EXPECT_EQ(parse_span("36 h"), (CalendarSpan{0, 36h}));
  EXPECT_EQ(parse_span("1 hour"), (CalendarSpan{0, 1h}));
  EXPECT_EQ(parse_span("90 min"), (CalendarSpan{0, 90min}));
  EXPECT_EQ(parse_span("6months"), (CalendarSpan{6, 0ms}));
  EXPECT_EQ(parse_span("0.5 years"), (CalendarSpan{0, from_days(days_per_year / 2)}));
  for (const char* text : {"24", "months", "", "-1 month", "24 km", "24 moons", "6/day", "010 days",
                           "nan days", "1 month 2 days"}) {
    EXPECT_EQ(parse_span(text), std::nullopt) << text;
  }
}

TEST(Spans, ReadBackAsTheyAreWritten) {
  for (const char* text : {"24 months", "1 month", "90 days", "0.5 days", "0 days"}) {
    EXPECT_EQ(to_string(parse_span(text).value()), text);
  }
  for (const char* text : {"2 years", "36 h", "100 s", "0.7 months", "1e300 days", "3 weeks"}) {
    const CalendarSpan span = parse_span(text).value();
    EXPECT_EQ(parse_span(to_string(span)), span) << text;
  }
  EXPECT_EQ(to_string(CalendarSpan{2, one_day}), "2 months and 1 days");
}

TEST(Resolve, EndsOnTheSameDayOfTheMonth) {
  EXPECT_EQ(end_of("24 months", "2026-07-01"), "2028-07-01");
  EXPECT_EQ(resolve({24, 0ms}, date("2026-07-01")), 731 * one_day);  // 29 February 2028 inside
  EXPECT_EQ(resolve({24, 0ms}, date("2024-03-01")), 730 * one_day);
  for (int month = 1; month <= 12; ++month) {
    const Date start = std::chrono::sys_days{std::chrono::year{2026} / month / 15};
    const std::chrono::year_month_day end{
        start + std::chrono::floor<std::chrono::days>(resolve({24, 0ms}, start))};
    EXPECT_EQ(end, std::chrono::year{2028} / month / 15);
  }
}

TEST(Resolve, TakesTheLastDayWhereTheMonthIsShort) {
  EXPECT_EQ(end_of("1 month", "2026-01-31"), "2026-02-28");
  EXPECT_EQ(end_of("1 month", "2028-01-31"), "2028-02-29");
  EXPECT_EQ(end_of("1 month", "2026-03-31"), "2026-04-30");
  EXPECT_EQ(end_of("1 year", "2024-02-29"), "2025-02-28");
  EXPECT_EQ(end_of("2 months", "2026-12-31"), "2027-02-28");
}

TEST(Resolve, NeverRunsBackwards) {
  const Date start = date("2026-07-01");
  EXPECT_EQ(resolve({1, one_day}, start), 32 * one_day);
  Duration last{0};
  for (std::int64_t months = 1; months < 20'000'000; months = months * 3 + 1) {
    const Duration length = resolve({months, 0ms}, start);
    EXPECT_GT(length, last) << months;
    last = length;
  }
  EXPECT_GT(resolve(parse_span("900000 years").value(), start), resolve({120000, 0ms}, start));
}

}  // namespace
}  // namespace truce
