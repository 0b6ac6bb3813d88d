// SPDX-License-Identifier: Apache-2.0
// Which section of a scenario holds which kind of entity: where a name must be found.
#pragma once

#include <string_view>
#include <type_traits>

#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// Sections by the kind of entity they hold.
template <class Spec>
const Table<Spec>& section(const Scenario& s) {
  if constexpr (std::is_same_v<Spec, PlaceSpec>) return s.places;
  if constexpr (std::is_same_v<Spec, LegSpec>) return s.routes;
  if constexpr (std::is_same_v<Spec, HubSpec>) return s.hubs;
  if constexpr (std::is_same_v<Spec, SectorSpec>) return s.sectors;
  if constexpr (std::is_same_v<Spec, IncidentTypeSpec>) return s.incident_types;
  if constexpr (std::is_same_v<Spec, SensorSpec>) return s.sensors;
  if constexpr (std::is_same_v<Spec, FactSpec>) return s.facts;
  if constexpr (std::is_same_v<Spec, ParameterSpec>) return s.parameters;
  static const Table<Spec> none;
  if constexpr (std::is_same_v<Spec, MemberSpec>) {
    return s.coordination ? s.coordination->members : none;
  }
  if constexpr (std::is_same_v<Spec, RegimeSpec>) return s.climate ? s.climate->regimes : none;
  return none;
}
template <class Spec>
constexpr std::string_view section_name() {
  if constexpr (std::is_same_v<Spec, PlaceSpec>) return "places";
  if constexpr (std::is_same_v<Spec, LegSpec>) return "routes";
  if constexpr (std::is_same_v<Spec, HubSpec>) return "hubs";
  if constexpr (std::is_same_v<Spec, SectorSpec>) return "sectors";
  if constexpr (std::is_same_v<Spec, IncidentTypeSpec>) return "incident_types";
  if constexpr (std::is_same_v<Spec, SensorSpec>) return "sensors";
  if constexpr (std::is_same_v<Spec, FactSpec>) return "facts";
  if constexpr (std::is_same_v<Spec, ParameterSpec>) return "parameters";
  if constexpr (std::is_same_v<Spec, MemberSpec>) return "coordination.members";
  if constexpr (std::is_same_v<Spec, RegimeSpec>) return "climate.regimes";
}

}  // namespace truce::scenario
