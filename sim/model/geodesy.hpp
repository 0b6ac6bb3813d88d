// SPDX-License-Identifier: Apache-2.0
// Distances on the globe.
#pragma once

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

}  // namespace truce::model
