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

/// The places of a scenario and the legs between them.
class Network {
 public:
  /// The scenario must outlive the network.
  explicit Network(const scenario::Scenario& scenario);

  /// The route of least expected time (Dijkstra 1959) for a contingent of a size to each of some
  /// places, nothing where there is none. Of parallel legs the fastest, of equal ones the first in
  /// the file. From a place to itself the route has no legs.
  std::vector<std::optional<Route>> fastest(Id<scenario::PlaceSpec> from,
                                            const std::vector<Id<scenario::PlaceSpec>>& to,
                                            Troops size) const;

 private:
  using LegId = Id<scenario::LegSpec>;
  struct Leg {
    std::size_t from = 0;
    std::size_t to = 0;
  };

  const scenario::Scenario& scenario_;
  IdVector<scenario::LegSpec, Leg> legs_;
  std::vector<std::vector<LegId>> out_;  ///< legs by the place they start from
};

}  // namespace truce::model
