// SPDX-License-Identifier: Apache-2.0
// Military hubs: where troops are received and housed, in the country, next door, or far away.
#pragma once

#include <optional>

#include "sim/scenario/geography.hpp"

namespace truce::scenario {

struct HubSpec {
  Ref<PlaceSpec> place;
  Station station = Station::in_country;
  Variate<Days> opens_after{0.0};
  Reference built_from = Reference::ceasefire;
  std::optional<Troops> beds;
  std::optional<Variate<TroopsPerDay>> reception;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("place", self.place, needed, "Place where the hub stands.");
    visit("station", self.station, optional, "Where that is, seen from the host country.");
    visit("opens_after", self.opens_after, optional | at_least(0),
          "Building time until the hub opens; drawn once a replication.");
    visit("built_from", self.built_from, optional,
          "What the building time counts from: the ceasefire taking effect, or the start.");
    visit("beds", self.beds, optional | above(0),
          "Troops that can be housed; unlimited if left out. A full hub blocks arrivals in the "
          "order in which they came.");
    visit("reception", self.reception, optional | above(0),
          "Troops that can be received a day, one contingent after another; unlimited if left "
          "out. Drawn once a replication.");
  }
};

}  // namespace truce::scenario
