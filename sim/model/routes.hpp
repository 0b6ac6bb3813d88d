// SPDX-License-Identifier: Apache-2.0
// The fastest way from a garrison to a hub.
#pragma once

#include <optional>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace truce::model {

/// Legs in order, and the expected time over them for a contingent of a size.
struct Route {
  std::vector<Id<scenario::LegSpec>> legs;
  Days expected;
};

/// Expected time of one leg for a contingent: setting out at the leg's capacity, then travelling.
Days expected_time(const scenario::LegSpec& leg, Troops size);

/// The route of least expected time (Dijkstra 1959); nothing if there is none. From a place to
/// itself the route has no legs.
std::optional<Route> fastest_route(const scenario::Scenario& scenario, Id<scenario::PlaceSpec> from,
                                   Id<scenario::PlaceSpec> to, Troops size);

}  // namespace truce::model
