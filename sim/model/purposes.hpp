// SPDX-License-Identifier: Apache-2.0
// Every use of chance, by name. The name is part of the key of the draw: renaming one changes
// results, adding one changes nothing else. Beside each: entity, and what an occurrence is.
#pragma once

#include <string_view>

namespace truce::model::purpose {

/// A value of the scenario drawn once a replication: entity = its path.
inline constexpr std::string_view once = "once";
/// Whether an approval is given: entity = its path.
inline constexpr std::string_view decision = "decision";
/// Notice to move; tour, extension and dwell: entity = pledge, occurrence = deployment of a unit.
inline constexpr std::string_view notice = "notice";
inline constexpr std::string_view tour = "tour";
inline constexpr std::string_view extension = "extension";
inline constexpr std::string_view dwell = "dwell";
/// Travel time: entity = leg, occurrence = deployment of a unit.
inline constexpr std::string_view travel = "travel";
/// Baseline incidents: entity = sector, occurrence = number of the incident.
inline constexpr std::string_view baseline = "baseline";
/// Type, place, violations and attribution of an incident: entity = sector, occurrence = incident.
inline constexpr std::string_view attributes = "attributes";
/// Follow-ups of an incident in a sector: entity = that sector, occurrence = the incident.
inline constexpr std::string_view follow_ups = "follow-ups";
/// Whether an answer prevents a follow-up: entity = incidents, occurrence = the follow-up.
inline constexpr std::string_view prevention = "prevention";
/// Whether and when a kind of sensor of a cell sees an incident: entity = cell/sensor,
/// occurrence = incident.
inline constexpr std::string_view detection = "detection";
/// Failure and repair of a sensor: entity = cell/sensor, occurrence = unit and failure.
inline constexpr std::string_view failure = "failure";
/// Expiry of a case, work on it, and at a desk: entity = the section, occurrence = incident.
inline constexpr std::string_view expiry = "expiry";
inline constexpr std::string_view work = "work";
inline constexpr std::string_view desk = "desk";
/// Access to an incident: entity = sector, occurrence = incident and attempt.
inline constexpr std::string_view access = "access";
/// Attacks on a hub, and repair: entity = hub, occurrence = number of the attack.
inline constexpr std::string_view attacks = "attacks";
inline constexpr std::string_view repair = "repair";
/// Jamming of a kind of sensor: entity = cell/sensor, occurrence = incident.
inline constexpr std::string_view jamming = "jamming";
/// Daily factor and weather: entity = region, occurrence = day.
inline constexpr std::string_view climate = "climate";
inline constexpr std::string_view weather = "weather";
/// Regime of political will: entity = climate, occurrence = number of the regime.
inline constexpr std::string_view regime = "regime";
/// Layers and shocks: entity = their path, occurrence = number of the activation or shock.
inline constexpr std::string_view delay = "delay";
inline constexpr std::string_view length = "length";
inline constexpr std::string_view timing = "timing";
/// Leaving for good: entity = shock or crisis, occurrence = unit.
inline constexpr std::string_view leaving = "leaving";
/// Crises: entity = crisis, occurrence = the incident that started it.
inline constexpr std::string_view patience = "patience";
inline constexpr std::string_view breakdown = "breakdown";
inline constexpr std::string_view spread = "spread";
inline constexpr std::string_view restoration = "restoration";
/// Decisions: entity = member, commission or answer, occurrence = the incident.
inline constexpr std::string_view response = "response";
inline constexpr std::string_view answer = "answer";
inline constexpr std::string_view detachment = "detachment";
/// Allegations: entity = allegations, occurrence = incident, or number of the falsehood.
inline constexpr std::string_view allegation = "allegation";
inline constexpr std::string_view falsehood = "falsehood";

}  // namespace truce::model::purpose
