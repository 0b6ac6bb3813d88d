// SPDX-License-Identifier: Apache-2.0
// Distances on the globe, and the sun over it.
#pragma once

#include <cstdint>

#include "sim/core/quantity.hpp"
#include "sim/core/time.hpp"

#include "sim/scenario/terms.hpp"

namespace truce::model {

/// Great-circle distance by the haversine formula, on a sphere of radius 6,371.0088 km (the mean
/// radius of IUGG's GRS 80 ellipsoid; Moritz 2000): within 0.6 % of the ellipsoid.
Kilometres great_circle(const scenario::Coordinates& a, const scenario::Coordinates& b);

/// The point at `share` of the way from a to b, linear in latitude and longitude (sectors are
/// short and far from the poles and the date line).
scenario::Coordinates between(const scenario::Coordinates& a, const scenario::Coordinates& b,
                              double share);

/// Whether the sun is below the horizon at a point. Solar declination
/// -23.44 deg cos(2 pi (N + 10)/365.2422), N days since 1 January, hour angle from mean solar time
/// of the longitude; the clock of the scenario is read as UTC. Sunset comes out within a quarter of
/// an hour.
bool is_night(const scenario::Coordinates& at, Date start, Time now);

/// The sun over one line: answers is_night() for its points, mostly by one cosine.
class Daylight {
 public:
  Daylight() = default;
  /// The line between two points.
  Daylight(const scenario::Coordinates& from, const scenario::Coordinates& to);

  /// The sun of one day, the same for all lines.
  class Day {
   public:
    explicit Day(Date start) : start_(start) {}
    /// Moves on to the day of `now`.
    void move_to(Time now);

   private:
    friend class Daylight;
    Date start_;
    std::int64_t number_ = -1;  ///< since the start
    double sine_ = 0.0;         ///< of the declination at noon
    double cosine_ = 1.0;
  };

  /// Whether it is night at a share of the way along the line. Exactly is_night().
  bool is_night(double share, Day& day, Time now) const;

 private:
  scenario::Coordinates from_;
  scenario::Coordinates to_;
  double sine_ = 0.0;  ///< of the latitude in the middle
  double cosine_ = 1.0;
  double margin_ = 2.0;  ///< by which the sine of the elevation may be off with these [rad]
};

}  // namespace truce::model
