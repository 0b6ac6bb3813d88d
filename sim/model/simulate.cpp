// SPDX-License-Identifier: Apache-2.0
#include "sim/model/simulate.hpp"

#include "sim/model/world.hpp"

namespace truce::model {

Replication simulate(const scenario::Scenario& scenario, const Theatre& theatre,
                     random::ReplicationKey key, const engine::Limits& limits) {
  World world(scenario, theatre, key);
  world.start();
#ifdef NDEBUG
  const auto result = engine::run(world, world.calendar(), theatre.horizon, limits);
#else
  // The state before each event is the state after the one before.
  const auto observe = [&world](Time, const Event&) { world.check(); };
  const auto result = engine::run(world, world.calendar(), theatre.horizon, limits, observe);
  world.check();
#endif
  return world.report(result.events);
}

}  // namespace truce::model
