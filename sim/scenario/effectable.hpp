// SPDX-License-Identifier: Apache-2.0
// The quantities that effects may change, as paths of a scenario.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// What an effect can act on.
enum class Quantum : std::uint8_t {
  sector_rate,
  access_denied,
  leg_capacity,
  leg_time,
  hub_reception,
  hub_supply,
  store_deliveries,
  attack_rate,
  cell_teams,
  sensor_swath,
  deterrence_effect,
  verification_speed,
  verification_work,
  verification_analysis,
  attribution,
  desks,
  desk_work,
  member_response,
  defusal,
  patience,
  spread,
  true_allegations,
  false_allegations
};

/// One quantity: its path, what it is, of which entity, and in which dimension.
struct Effectable {
  std::string path;
  Quantum quantum = Quantum::sector_rate;
  std::size_t entity = 0;
  Dimension dimension{};
};

/// All quantities of a scenario that effects may change, in a fixed order.
std::vector<Effectable> effectables(const Scenario& scenario);

/// The quantities of any scenario: paths with * where a name stands.
std::vector<Effectable> effectable_patterns();

/// Whether a path fits a pattern in which a step may be "*".
bool fits(std::string_view pattern, std::string_view path);

}  // namespace truce::scenario
