// SPDX-License-Identifier: Apache-2.0
// What it costs: rates by function of troops, by sensor, by movement, by kind.
#pragma once

#include "sim/scenario/monitoring.hpp"
#include "sim/scenario/terms.hpp"

namespace truce::scenario {

using Money = Quantity<Dimension{.money = 1}>;
using MoneyPerTroopDay = Quantity<Dimension{.time = -1, .troops = -1, .money = 1}>;
using MoneyPerTroop = Quantity<Dimension{.troops = -1, .money = 1}>;
using MoneyPerDay = Quantity<Dimension{.time = -1, .money = 1}>;
using MoneyPerTonne = Quantity<Dimension{.mass = -1, .money = 1}>;

/// Cost of troops of one function.
struct TroopCostSpec {
  Variate<MoneyPerTroopDay> in_place;
  Variate<MoneyPerTroop> movement{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("in_place", self.in_place, needed | at_least(0),
          "For a soldier in place, pay and support; drawn once a replication.");
    visit("movement", self.movement, optional | at_least(0),
          "For moving a soldier out and home; drawn once a replication.");
  }
};

struct CostsSpec {
  Table<TroopCostSpec> troops;
  Numbers<SensorSpec, MoneyPerDay> sensors;
  Money hub_building{0.0};
  MoneyPerTonne supply{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("troops", self.troops, optional, "By function of troops.");
    visit("sensors", self.sensors, optional | at_least(0),
          "For a unit of a kind of sensor, from when its cell is ready.");
    visit("hub_building", self.hub_building, optional | at_least(0),
          "For building one hub in the host country.");
    visit("supply", self.supply, optional | at_least(0), "For a tonne of supplies brought.");
  }
};

}  // namespace truce::scenario
