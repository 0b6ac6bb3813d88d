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

bool is_night(const scenario::Coordinates& at, Date start, Time now) {
  using std::numbers::pi;
  constexpr double degree = pi / 180.0;
  const double days = in_days(now);
  const auto whole = std::floor(days);
  const Date date = start + std::chrono::days{static_cast<int>(whole)};
  const std::chrono::year_month_day calendar{date};
  const Date new_year{calendar.year() / std::chrono::January / std::chrono::day{1}};
  const double day_of_year = static_cast<double>((date - new_year).count()) + (days - whole);
  const double declination = -23.44 * degree * std::cos(2 * pi * (day_of_year + 10) / 365.2422);
  const double hour_angle = 2 * pi * (days - whole - 0.5) + at.longitude * degree;
  const double elevation =
      std::sin(at.latitude * degree) * std::sin(declination) +
      std::cos(at.latitude * degree) * std::cos(declination) * std::cos(hour_angle);
  return elevation < 0;
}

}  // namespace truce::model
