// SPDX-License-Identifier: Apache-2.0
#include "sim/core/time.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "sim/core/quantity.hpp"
#include "sim/core/text.hpp"

namespace truce {

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  std::array<int, 3> numbers{};
  constexpr std::array<std::array<std::size_t, 2>, 3> fields{{{0, 4}, {5, 2}, {8, 2}}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t k = 0; k < fields[i][1]; ++k) {
      const char c = text[fields[i][0] + k];
      if (c < '0' || c > '9') return std::nullopt;
      numbers[i] = numbers[i] * 10 + (c - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year{numbers[0]},
                                        std::chrono::month{static_cast<unsigned>(numbers[1])},
                                        std::chrono::day{static_cast<unsigned>(numbers[2])}};
  if (!day.ok()) return std::nullopt;
  return Date{day};
}

std::string to_string(Date date) {
  const std::chrono::year_month_day day{date};
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return buffer.data();
}

std::string date_and_time(Date start, Time t) {
  if (t == never) return "never";
  const auto day = std::chrono::floor<std::chrono::days>(t.time_since_epoch());
  constexpr Date last_date{std::chrono::year{9999} / std::chrono::December / 31};
  if (day > last_date - start) return "day " + std::to_string(day.count());
  const auto minutes =
      std::chrono::floor<std::chrono::minutes>(t.time_since_epoch() - Duration{day}).count();
  std::array<char, 16> clock{};
  std::snprintf(clock.data(), clock.size(), " %02d:%02d", static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60));
  return to_string(start + day) + clock.data();
}

Duration resolve(CalendarSpan span, Date start) {
  constexpr std::int64_t most_months = 12 * 20000;  // std::chrono::year ends at 32767
  if (span.months > most_months) {
    return from_days(static_cast<double>(span.months) * days_per_month) + span.rest;
  }
  const std::chrono::year_month_day from{start};
  std::chrono::year_month_day to = from + std::chrono::months{span.months};
  if (!to.ok()) to = to.year() / to.month() / std::chrono::last;
  return Duration{Date{to} - start} + span.rest;
}

std::optional<CalendarSpan> parse_span(std::string_view text) {
  const auto measure = parse_measure(text);
  if (!measure || measure->number < 0) return std::nullopt;
  const auto unit = parse_unit(measure->unit_text);
  if (!unit || unit->dimension != dimension::time) return std::nullopt;
  const bool whole = measure->number == std::trunc(measure->number) && measure->number < 1e6;
  const std::string_view name = measure->unit_text;
  if (whole && (name == "month" || name == "months")) {
    return CalendarSpan{static_cast<std::int64_t>(measure->number), Duration{0}};
  }
  if (whole && (name == "year" || name == "years")) {
    return CalendarSpan{12 * static_cast<std::int64_t>(measure->number), Duration{0}};
  }
  return CalendarSpan{0, from_days(measure->number * unit->factor)};
}

std::string to_string(CalendarSpan span) {
  const std::string months =
      std::to_string(span.months) + (span.months == 1 ? " month" : " months");
  if (span.rest.count() == 0 && span.months != 0) return months;
  const std::string rest = shortest(in_days(span.rest)) + " days";
  return span.months == 0 ? rest : months + " and " + rest;
}

}  // namespace truce
