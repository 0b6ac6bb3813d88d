// SPDX-License-Identifier: Apache-2.0
// A scenario in which a bit of everything happens, for tests of the model as a whole.
#pragma once

#include <string>

namespace truce::model {

/// Two pledges with conditions and tours, a contributor who sends nobody, three sectors, cells in
/// the country, next door and far away, one without teams, desks.
inline std::string deployment(const std::string& horizon,
                              const std::string& ceasefire = "2026-07-11") {
  return "truce: 1\nname: A bit of everything\nstart: 2026-07-01\nhorizon: " + horizon +
         "\nceasefire: {takes_effect: " + ceasefire + "}\n" + R"(
places:
  home: {at: [50, 20], country: PL}
  town: {at: [49, 36], country: UA}
routes:
  home-town: {from: home, to: town, time: {gamma: {mean: 3 days, cv: 0.5}}, capacity: 40 troops/day}
hubs:
  town: {place: town, opens_after: {uniform: [2 days, 12 days]}, beds: 150 troops, reception: 30 troops/day}
  home: {place: home, station: neighbouring, built_from: start}
contributors:
  alpha:
    pledges:
      monitors:
        {function: monitoring, troops: {uniform: [60 troops, 100 troops]}, delivered: {uniform: [0.7, 1]},
         from: home, hubs: [town], conditions: {approvals: {vote: {probability: 0.8, delay: {uniform: [1 day, 9 days]}}}},
         contingents: 3, notice_to_move: {exponential: 5 days}, tour: {uniform: [20 days, 40 days]},
         tour_extension: {uniform: [0 days, 5 days]}, dwell: {exponential: 40 days}, pool: 2}
      guards:
        {function: reassurance, troops: 80 troops, from: home, hubs: [town],
         conditions: {after: {monitors: {pledge: alpha.monitors, share: 0.5}}}, contingents: 2}
  bravo:
    pledges:
      analysts:
        {function: monitoring, station: neighbouring, troops: 20 troops, from: home, hubs: [home],
         conditions: {ceasefire: false}, notice_to_move: 2 days}
  charlie: {position: Sends nobody.}
incident_types:
  shot: {share: 0.7, weight: 1, grade: minor, violations: {negative_binomial: {mean: 12, dispersion: 0.4}}, evidence_half_life: 2 days}
  shelling: {share: 0.2, weight: 3, grade: serious, violations: {poisson: 20}}
  raid: {share: 0.1, weight: 5, grade: grave}
deterrence:
  reassurance: {effect: 0.4, half_effect_at: 0.5 troops/km, reach: 200 km}
sectors:
  north: {from: [49.5, 37], to: [49.5, 38], length: 80 km, access_denied: 0.3, spills_into: {south: 0.2},
          incidents: {rate: {lognormal: {median: 1.5 /day, p95: 4 /day}}, branching: 0.3, decay: 0.4 /day}}
  south: {from: [48.5, 37], to: [48.5, 38], length: 80 km, access_denied: 0.1,
          incidents: {rate: 1 /day, branching: 0.2}, mix: {raid: 1, shot: 3}}
  far: {from: [46, 33], to: [46, 34], length: 80 km, incidents: {rate: 0.5 /day}}
sensors:
  camera: {swath: 2 km, detects: {shot: 0.5, shelling: 0.9, raid: 0.8}, time_to_failure: {exponential: 30 days}, time_to_repair: 3 days}
  patrol: {carried_by: team, swath: 5 km, detects: {shot: 0.4, raid: 1}}
  satellite: {swath: 100 km, detects: {shelling: 0.6}, delay: {uniform: [6 h, 2 days]}}
cells:
  line: {hub: town, watches: [north, south], teams: 5, sensors: {camera: 20, patrol: 1}, ready_after: 1 day}
  base: {hub: home, watches: [far, south], teams: 2, sensors: {camera: 5}}
  orbit: {watches: [north, south, far], sensors: {satellite: 1}}
verification:
  work: {exponential: 12 h}
  analysis: {exponential: 2 days}
  expires_after: {uniform: [3 days, 9 days]}
  access_retries: 1
  access_retry_after: 12 h
  attribution: {in_country: 0.7, neighbouring: 0.5, remote: 0.4}
coordination: {desks: 1, work: {exponential: 6 h}, ready_after: 3 days}
capability:
  initial: {troops: 40 troops, coverage: 0.2}
  full: {troops: 120 troops, teams: 0.9, coverage: 0.3}
)";
}

}  // namespace truce::model
