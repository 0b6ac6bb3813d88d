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

}  // namespace truce::model
