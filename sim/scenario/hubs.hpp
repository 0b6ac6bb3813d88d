// SPDX-License-Identifier: Apache-2.0
// Military hubs: where troops are received and housed, in the country, next door, or far away.
#pragma once

#include <optional>

#include "sim/scenario/geography.hpp"

namespace truce::scenario {

/// Supplies of the troops at a hub.
struct SupplySpec {
  MassPerTroopDay per_head;
  MassPerDay convoys;
  Days every{1.0};
  Days reserve{0.0};
  Days stock{30.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("per_head", self.per_head, needed | at_least(0), "Consumption of a soldier in place.");
    visit("convoys", self.convoys, needed | at_least(0), "What convoys can bring.");
    visit("every", self.every, optional | above(0), "Time between convoys.");
    visit("reserve", self.reserve, optional | at_least(0),
          "Days of supply below which teams stop going out.");
    visit("stock", self.stock, optional | above(0),
          "Days of supply, for the beds of the hub or the troops there, that convoys fill up to.");
  }
};

/// A protected store of weapons and ammunition for the host's forces.
struct StoreSpec {
  Tonnes capacity;
  double hardness = 0.0;
  MassPerDay deliveries{0.0};
  MassPerDay releases{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("capacity", self.capacity, needed | above(0), "What it can hold.");
    visit("hardness", self.hardness, optional | between(0, 1),
          "Share of its content that survives an attack.");
    visit("deliveries", self.deliveries, optional | at_least(0),
          "What comes in, from the hub's opening on, until it is full.");
    visit("releases", self.releases, optional | at_least(0),
          "What the host's forces are given, while there is any.");
  }
};

/// Attacks on a hub.
struct AttacksSpec {
  PerDay rate;
  double in_crisis = 1.0;
  Variate<Days> repair{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("rate", self.rate, needed | at_least(0), "Attacks from the hub's opening on.");
    visit("in_crisis", self.in_crisis, optional | at_least(0),
          "Factor on the rate while there is a crisis, a breakdown or a collapse anywhere.");
    visit("repair", self.repair, needed | at_least(0),
          "Time out of action after an attack: no reception, no teams, no convoys. Drawn per "
          "attack.");
  }
};

struct HubSpec {
  Ref<PlaceSpec> place;
  Station station = Station::in_country;
  Variate<Days> opens_after{0.0};
  Reference built_from = Reference::ceasefire;
  std::optional<Troops> beds;
  std::optional<Variate<TroopsPerDay>> reception;
  std::optional<Troops> engineers_double;
  std::optional<SupplySpec> supply;
  std::optional<StoreSpec> store;
  std::optional<AttacksSpec> attacks;

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
    visit("engineers_double", self.engineers_double, optional | above(0),
          "Engineering troops in place, anywhere, with whom it is built twice as fast as without; "
          "no effect if left out.");
    visit("supply", self.supply, optional, "Supplies; never short if left out.");
    visit("store", self.store, optional, "Protected store for the host's forces.");
    visit("attacks", self.attacks, optional, "Attacks on the hub; none if left out.");
  }
};

}  // namespace truce::scenario
