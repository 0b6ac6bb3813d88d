// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/effectable.hpp"

namespace truce::scenario {

std::vector<Effectable> effectables(const Scenario& s) {
  std::vector<Effectable> all;
  const auto each = [&](const auto& table, std::string_view section, std::string_view field,
                        Quantum quantum, Dimension dimension) {
    for (const auto id : table.ids()) {
      all.push_back({std::string(section) + "." + table.name(id) + "." + std::string(field),
                     quantum, id.index(), dimension});
    }
  };
  const auto one = [&](std::string_view path, Quantum quantum, Dimension dimension,
                       std::size_t entity = 0) {
    all.push_back({std::string(path), quantum, entity, dimension});
  };
  using namespace truce::dimension;
  each(s.sectors, "sectors", "incidents.rate", Quantum::sector_rate, PerDay::dimension);
  each(s.sectors, "sectors", "access_denied", Quantum::access_denied, none);
  for (const auto id : s.routes.ids()) {
    const std::string path = "routes." + s.routes.name(id);
    if (s.routes[id].capacity) {
      one(path + ".capacity", Quantum::leg_capacity, TroopsPerDay::dimension, id.index());
    }
    one(path + ".time", Quantum::leg_time, time, id.index());
  }
  for (const auto id : s.hubs.ids()) {
    const std::string path = "hubs." + s.hubs.name(id);
    const auto& hub = s.hubs[id];
    if (hub.reception) {
      one(path + ".reception", Quantum::hub_reception, TroopsPerDay::dimension, id.index());
    }
    if (hub.supply) {
      one(path + ".supply.convoys", Quantum::hub_supply, MassPerDay::dimension, id.index());
    }
    if (hub.store) {
      one(path + ".store.deliveries", Quantum::store_deliveries, MassPerDay::dimension, id.index());
    }
    if (hub.attacks)
      one(path + ".attacks.rate", Quantum::attack_rate, PerDay::dimension, id.index());
  }
  each(s.cells, "cells", "teams", Quantum::cell_teams, none);
  each(s.sensors, "sensors", "swath", Quantum::sensor_swath, length);
  each(s.deterrence, "deterrence", "effect", Quantum::deterrence_effect, none);
  if (s.verification) {
    one("verification.speed", Quantum::verification_speed, Speed::dimension);
    one("verification.work", Quantum::verification_work, time);
    one("verification.analysis", Quantum::verification_analysis, time);
    one("verification.attribution.in_country", Quantum::attribution, none, 0);
    one("verification.attribution.neighbouring", Quantum::attribution, none, 1);
    one("verification.attribution.remote", Quantum::attribution, none, 2);
  }
  if (s.coordination) {
    one("coordination.desks", Quantum::desks, none);
    one("coordination.work", Quantum::desk_work, time);
    each(s.coordination->members, "coordination.members", "response", Quantum::member_response,
         time);
  }
  if (s.crisis) {
    one("crisis.defusal", Quantum::defusal, none);
    one("crisis.patience", Quantum::patience, time);
    one("crisis.spread", Quantum::spread, none);
  }
  if (s.allegations) {
    one("allegations.true_share", Quantum::true_allegations, none);
    one("allegations.false_rate", Quantum::false_allegations, PerDay::dimension);
  }
  return all;
}

std::vector<Effectable> effectable_patterns() {
  Scenario all;
  all.sectors.add("*");
  all.routes.add("*").capacity.emplace();
  auto& hub = all.hubs.add("*");
  hub.reception.emplace();
  hub.supply.emplace();
  hub.store.emplace();
  hub.attacks.emplace();
  all.cells.add("*");
  all.sensors.add("*");
  all.deterrence.add("*");
  all.verification.emplace();
  all.coordination.emplace().members.add("*");
  all.crisis.emplace();
  all.allegations.emplace();
  return effectables(all);
}

bool fits(std::string_view pattern, std::string_view path) {
  for (;;) {
    const auto wanted = pattern.substr(0, pattern.find('.'));
    const auto step = path.substr(0, path.find('.'));
    if (wanted != "*" && wanted != step) return false;
    const bool last = wanted.size() == pattern.size();
    if (last || step.size() == path.size()) return last && step.size() == path.size();
    pattern.remove_prefix(wanted.size() + 1);
    path.remove_prefix(step.size() + 1);
  }
}

}  // namespace truce::scenario
