// SPDX-License-Identifier: Apache-2.0
// Simulated time: whole milliseconds since the scenario's start, and the calendar around it.
//
// Integers make ties exact, sums associative and results immune to the last bit of a logarithm,
// which differs between processors.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace truce {

/// A length of simulated time, in whole milliseconds.
using Duration = std::chrono::duration<std::int64_t, std::milli>;

/// The simulation's clock; its epoch is the scenario's start, 00:00 of the start date.
struct SimClock {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<SimClock>;
  static constexpr bool is_steady = true;
};

/// A moment of simulated time.
using Time = SimClock::time_point;

/// A calendar day.
using Date = std::chrono::sys_days;

inline constexpr Duration one_day = std::chrono::hours{24};
inline constexpr Time start_of_time{Duration{0}};
/// Later than any event: the time of what will not happen.
inline constexpr Time never{Duration{std::numeric_limits<std::int64_t>::max()}};
/// Days in the mean month and year of the Gregorian calendar, where no date fixes the length.
inline constexpr double days_per_month = 365.2425 / 12.0;
inline constexpr double days_per_year = 365.2425;

/// A duration in days.
constexpr double in_days(Duration d) {
  return static_cast<double>(d.count()) / static_cast<double>(one_day.count());
}
/// A moment as days since the scenario's start.
constexpr double in_days(Time t) {
  return in_days(t.time_since_epoch());
}

/// Days rounded to the nearest millisecond. Negative and not-a-number give zero; what would
/// overflow gives a duration of about 100 million days, later than any horizon.
constexpr Duration from_days(double days) {
  constexpr double most_days = 1e8;
  if (!(days > 0.0)) return Duration{0};
  const double ms = (days < most_days ? days : most_days) * static_cast<double>(one_day.count());
  const auto whole = static_cast<std::int64_t>(ms);
  const bool up = ms - static_cast<double>(whole) >= 0.5;
  return Duration{whole + static_cast<std::int64_t>(up)};
}

/// `t + d`, saturating at `never`.
constexpr Time later(Time t, Duration d) {
  if (t == never || (t > start_of_time && d > never - t)) return never;
  return t + d;
}

/// Reads "2026-07-01"; nothing if the text is not a date of the calendar.
std::optional<Date> parse_date(std::string_view text);
/// "2026-07-01".
std::string to_string(Date date);
/// Date and time of day of a moment, "2026-07-01 06:30"; "day 4000000" beyond the year 9999.
std::string date_and_time(Date start, Time t);
/// The moment at which a calendar day begins (negative before the start).
constexpr Time at_date(Date start, Date date) {
  return Time{Duration{date - start}};
}

/// A length of calendar time: whole months and a remainder, resolved against a date. "24 months"
/// from 2026-07-01 ends on 2028-07-01 whatever the lengths of the months between.
struct CalendarSpan {
  std::int64_t months = 0;
  Duration rest{0};
  auto operator<=>(const CalendarSpan&) const = default;
};

/// The length of `span` counted from `start`. A day that the target month lacks becomes its last.
/// Beyond 20,000 years, where the calendar ends, months have their mean length.
Duration resolve(CalendarSpan span, Date start);
/// Reads "24 months", "2 years", "90 days", "6 weeks", "36 h", and every other unit of time;
/// nothing if the text is something else or negative. Whole months and years follow the calendar,
/// fractions of them have their mean length.
std::optional<CalendarSpan> parse_span(std::string_view text);
/// "24 months", "90 days"; a span that parse_span gave reads back as itself.
std::string to_string(CalendarSpan span);

}  // namespace truce
