// SPDX-License-Identifier: Apache-2.0
#include "sim/model/geodesy.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace truce::model {

Kilometres great_circle(const scenario::Coordinates& a, const scenario::Coordinates& b) {
  constexpr double radius_km = 6371.0088;
  constexpr double degree = std::numbers::pi / 180.0;
  const double half_latitude = std::sin((b.latitude - a.latitude) * degree / 2);
  const double half_longitude = std::sin((b.longitude - a.longitude) * degree / 2);
  const double h = half_latitude * half_latitude + std::cos(a.latitude * degree) *
                                                       std::cos(b.latitude * degree) *
                                                       half_longitude * half_longitude;
  return {2 * radius_km * std::asin(std::sqrt(std::min(1.0, h)))};
}

scenario::Coordinates between(const scenario::Coordinates& a, const scenario::Coordinates& b,
                              double share) {
  return {a.latitude + share * (b.latitude - a.latitude),
          a.longitude + share * (b.longitude - a.longitude)};
}

namespace {

using std::numbers::pi;
constexpr double degree = pi / 180.0;

/// Declination of the sun [rad] on a day of the year, which may have a fraction.
double declination(double day_of_year) {
  return -23.44 * degree * std::cos(2 * pi * (day_of_year + 10) / 365.2422);
}

double day_of_year(Date date) {
  const std::chrono::year_month_day calendar{date};
  const Date new_year{calendar.year() / std::chrono::January / std::chrono::day{1}};
  return static_cast<double>((date - new_year).count());
}

/// Of the sun at a longitude; `day` is the share of the day that has passed.
double hour_angle(double longitude, double day) {
  return 2 * pi * (day - 0.5) + longitude * degree;
}

}  // namespace

bool is_night(const scenario::Coordinates& at, Date start, Time now) {
  const double days = in_days(now);
  const auto whole = std::floor(days);
  const Date date = start + std::chrono::days{static_cast<int>(whole)};
  const double angle = declination(day_of_year(date) + (days - whole));
  const double elevation = std::sin(at.latitude * degree) * std::sin(angle) +
                           std::cos(at.latitude * degree) * std::cos(angle) *
                               std::cos(hour_angle(at.longitude, days - whole));
  return elevation < 0;
}

Daylight::Daylight(const scenario::Coordinates& from, const scenario::Coordinates& to)
    : from_(from), to_(to) {
  const double middle = (from.latitude + to.latitude) / 2 * degree;
  sine_ = std::sin(middle);
  cosine_ = std::cos(middle);
  // The sine of the elevation changes by less than latitude or declination do. Within half a day
  // of noon the declination changes by at most 23.44 deg pi/365 = 0.0036.
  margin_ = std::abs(from.latitude - to.latitude) / 2 * degree + 0.004;
}

void Daylight::Day::move_to(Time now) {
  const auto number = std::chrono::floor<std::chrono::days>(now.time_since_epoch()).count();
  if (number == number_) return;
  number_ = number;
  const double angle = declination(day_of_year(start_ + std::chrono::days{number}) + 0.5);
  sine_ = std::sin(angle);
  cosine_ = std::cos(angle);
}

bool Daylight::is_night(double share, Day& day, Time now) const {
  day.move_to(now);
  const auto at = between(from_, to_, share);
  const double passed = in_days(now) - static_cast<double>(day.number_);
  const double elevation =
      sine_ * day.sine_ + cosine_ * day.cosine_ * std::cos(hour_angle(at.longitude, passed));
  if (std::abs(elevation) > margin_) return elevation < 0;
  return model::is_night(at, day.start_, now);
}

}  // namespace truce::model
