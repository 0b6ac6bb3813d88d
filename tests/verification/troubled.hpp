// SPDX-License-Identifier: Apache-2.0
// Scenarios in which incidents become crises: a line, who watches it, a deployment on it.
#pragma once

#include <cmath>
#include <string>

#include "tests/verification/given.hpp"

namespace truce::verification {

/// `incidents` of the line and of the type, and the crisis section; nobody watches.
inline std::string line_in_crisis(const std::string& horizon, const std::string& rate,
                                  const std::string& chance, const std::string& crisis) {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 1, grade: grave, crisis: )" +
         chance + R"(}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: )" +
         rate + " /day}}\ncrisis: {" + crisis + "}\n";
}
/// Two days of patience and a day of breakdown, with no higher rates; decisions in time defuse.
inline const std::string two_days =
    "patience: 2 days, defusal: 1, breakdown_lasts: 1 day, breakdown_rate: 1, collapse_rate: 1, ";

/// Teams and guards in the country from day 3.5 on, 25 teams of 8, and analysts next door.
inline std::string in_place(const std::string& crisis) {
  std::string text = line_in_crisis("100 days", "0.1", "1", two_days + crisis) + R"(
places:
  town: {at: [50, 36.5], country: UA}
  base: {at: [50, 22], country: PL}
hubs:
  town: {place: town, built_from: start}
  base: {place: base, station: neighbouring, built_from: start}
contributors:
  alpha:
    pledges:
      watch: {function: monitoring, troops: 200 troops, from: town, hubs: [town], notice_to_move: 3.5 days}
      guard: {function: reassurance, troops: 300 troops, from: town, hubs: [town], notice_to_move: 3.5 days}
      desk: {function: monitoring, station: neighbouring, troops: 20 troops, from: base, hubs: [base], notice_to_move: 3.5 days}
sensors:
  eye: {swath: 100 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 25, team_size: 8 troops, sensors: {eye: 1}}
  next: {hub: base, watches: [line], teams: 2, team_size: 8 troops}
verification: {work: 1 h, analysis: 1 h, expires_after: 10 days, access_retries: 0,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)";
  return text;
}

inline double binomial_error(double p, double n) {
  return std::sqrt(p * (1 - p) / n);
}

}  // namespace truce::verification
