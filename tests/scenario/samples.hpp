// SPDX-License-Identifier: Apache-2.0
// Scenarios for tests, and what the reader says about texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/merge.hpp"
#include "sim/scenario/read.hpp"

namespace truce::scenario::test {

/// A small scenario with one or two of most things.
inline constexpr std::string_view small_text = R"(truce: 1
name: Small
start: 2026-07-01
horizon: 12 months
ceasefire:
  takes_effect: 2026-07-15
places:
  base: {at: [50.04, 22.00], country: PL}
  town: {at: [49.99, 36.23], country: UA}
routes:
  base-town:
    from: base
    to: town
    time: {triangular: [2 days, 3 days, 6 days]}
    capacity: 100 troops/day
hubs:
  town: {place: town, opens_after: 20 days, beds: 80 troops}
contributors:
  coalition:
    pledges:
      monitors:
        function: monitoring
        troops: 48 troops
        from: base
        hubs: [town]
        contingents: 2
        notice_to_move: {lognormal: {median: 20 days, p95: 45 days}}
incident_types:
  fire: {share: 0.8, grade: minor, violations: {poisson: 12}}
  shelling: {share: 0.2, grade: grave}
sectors:
  north:
    from: [50.20, 37.70]
    to: [49.90, 37.60]
    length: 40 km
    incidents: {rate: 1.5 /day, branching: 0.4, decay: 0.15 /day}
    access_denied: 0.2
sensors:
  camera: {swath: 3 km, detects: {fire: 0.4, shelling: 0.5}}
cells:
  north-1:
    hub: town
    watches: [north]
    teams: 6
    sensors: {camera: 8}
verification:
  work: 8 h
  analysis: 12 h
  expires_after: 14 days
  attribution: {in_country: 0.6, neighbouring: 0.4, remote: 0.3}
)";

/// A scenario that uses every key; a test holds it to that.
inline constexpr std::string_view full_text = R"(truce: 1
name: Every key
summary: Uses every key of the format.
start: {value: 2026-07-01, source: "a plan", confidence: high}
horizon: 18 months
parameters:
  heat: {lognormal: {median: 1 /day, p95: 2.5 /day}}
  haste: {value: {triangular: [0.5, 1, 2]}, kind: uncertain, note: "assumption: around 1"}
  beds: {value: 80, unit: troops, kind: decision}
correlations:
  - {between: [heat, haste], rank: 0.5}
ceasefire: {takes_effect: {uniform: [5 days, 20 days]}, note: "assumption: some weeks"}
facts:
  backstop: {probability: {uniform: [0.2, 0.6]}}
places:
  base: {at: [50.04, 22.00], country: PL}
  town: {at: [49.99, 36.23], country: UA}
  port: {at: [44.18, 28.65], country: NO}
routes:
  base-town: {from: base, to: town, by: rail, time: {triangular: [2 days, 3 days, 6 days]},
              capacity: {uniform: [80 troops/day, 120 troops/day]}}
  base-port: {from: base, to: port, by: sea, time: 2 days}
hubs:
  town: {place: town, station: in-country, opens_after: {gamma: {mean: 20 days, cv: 0.4}},
         built_from: start, beds: 80 troops, reception: 40 troops/day, engineers_double: 30 troops,
         supply: {per_head: 10 kg/troop/day, convoys: 2 t/day, every: 2 days, reserve: 3 days, stock: 14 days},
         store: {capacity: 300 t, hardness: 0.7, deliveries: 5 t/day, releases: 2 t/day},
         attacks: {rate: 0.1 /year, in_crisis: 5, repair: {gamma: {mean: 10 days, cv: 0.7}}}}
  port: {place: port, station: neighbouring}
contributors:
  silent: {title: Silent, position: Sends none.}
  coalition:
    title: Coalition
    position: Sends monitors once others are there.
    pledges:
      guards:
        function: reassurance
        troops: {discrete: {values: [40 troops, 60 troops], weights: [1, 3]}}
        from: base
        hubs: [town, port]
      monitors:
        function: monitoring
        station: in-country
        troops: 48 troops
        delivered: {beta: {mean: 0.9, sd: 0.05}}
        from: base
        hubs: [town]
        route: [base-town]
        conditions:
          ceasefire: true
          facts: [backstop]
          approvals:
            parliament: {probability: 0.9, delay: {uniform: [10 days, 40 days]}, from: start}
          after:
            guards: {pledge: coalition.guards, share: 0.5}
        contingents: 2
        notice_to_move: {lognormal: {median: 20 days, p95: 45 days}}
        tour: 6 months
        tour_extension: {normal: {mean: 10 days, sd: 5 days, min: 0 days}}
        dwell: 6 months
        pool: 2
incident_types:
  fire: {share: 0.8, weight: 0.5, grade: minor,
         violations: {negative_binomial: {mean: 12, dispersion: 0.4}}, evidence_half_life: 2 days}
  shelling: {share: 0.2, grade: grave, violations: {poisson: 20}, crisis: 0.01, harm: {poisson: 0.1}}
sectors:
  north:
    from: [50.20, 37.70]
    to: [49.90, 37.60]
    length: 40 km
    measured_at: 500 m
    incidents: {rate: {lognormal: {median: 1 /day, p95: 2.5 /day}}, branching: 0.4, decay: 0.15 /day}
    spills_into: {south: 0.1}
    mix: {fire: 3, shelling: 1}
    access_denied: 0.2
    region: east
  south:
    from: [49.90, 37.60]
    to: [49.50, 37.90]
    length: 55 km
    incidents: {rate: 3 /week}
deterrence:
  reassurance: {effect: 30 %, half_effect_at: 2 troops/km, reach: 200 km}
climate:
  regimes:
    calm: {multiplier: 1, mean_stay: 90 days, next: {eroding: 1}}
    eroding: {multiplier: 1.2, growth: 0.001 /day, ceiling: 3}
  start: {calm: 2, eroding: 1}
  daily_sd: 0.6
  daily_persistence: 0.5
crisis:
  patience: {gamma: {mean: 48 h, cv: 0.5}}
  defusal: 0.6
  breakdown_lasts: 5 days
  breakdown_rate: 3
  spread: 0.1
  spread_per_breakdown: 0.05
  collapse_rate: 10
  restoration: {needs: [backstop], troops: 40 troops, probability: 0.3, time: 20 days}
  evacuation: 5 days
  ends_with_collapse: true
sensors:
  patrol: {carried_by: team, swath: 4 km, detects: {fire: 0.4}, delay: 30 min}
  camera: {swath: 3 km, detects: {fire: 0.4, shelling: 0.5}, time_to_failure: {exponential: 120 days},
           time_to_repair: {weibull: {shape: 2, mean: 10 days}}, at_night: 0.6, in_bad_weather: 0.5,
           when_jammed: 0.3}
cells:
  north-1:
    hub: town
    watches: [north, south]
    teams: 6
    team_size: 8 troops
    sensors: {patrol: 1, camera: 8}
    ready_after: 10 days
environment: {bad_weather_winter: 0.5, bad_weather_summer: 0.2, weather_persistence: 0.4, jamming: 0.1}
allegations: {true_share: 0.05, delay: 12 h, false_rate: 1 /day}
verification:
  speed: 40 km/h
  road_factor: 1.3
  work: {lognormal: {median: 8 h, p95: 30 h}}
  analysis: {erlang: {stages: 2, mean: 12 h}}
  expires_after: 14 days
  access_retry_after: 1 day
  access_retries: 1
  attribution: {in_country: 0.6, neighbouring: 0.4, remote: 0.3}
coordination:
  desks: 2
  work: {pert: [1 h, 2 h, 9 h]}
  ready_after: 5 days
  members:
    host: {title: Host, response: 6 h}
    chair: {response: {lognormal: {median: 8 h, p95: 30 h}}}
  lead: chair
  decision_rule: majority
  deputy_slower: 3
  commission: {time: 4 days, attributes: 0.5}
  hand_over: {at: 2027-01-15, pause: 3 days, to: The next seat}
  answers:
    warning:
      {title: Warning, within: 24 h, delay: 2 h, needs_attribution: true, removes: 0.1,
       effects: {crisis.defusal: {plus: 0.02}}, lasts: 14 days}
    reserve: {within: 72 h, delay: 12 h, needs: [backstop], troops: 20 troops, detached: 10 days}
layers:
  assistance:
    {title: Assistance, trigger: ceasefire, needs: [backstop], delay: 60 days, lasts: 200 days,
     effects: {crisis.spread: {times: 0.8}, crisis.patience: {times: 1.1}}, stock: 100 t,
     while_stocked: {crisis.spread: {times: 0.9}}}
shocks:
  winter: {title: Winter, at: 2026-12-01, lasts: 90 days, effects: {routes.*.time: {times: 1.2}}}
  talks: {by: 100 days, probability: 0.3, needs: [backstop]}
  recall: {rate: 0.5 /year, withdraws: [coalition.guards], notice: 20 days, lasts: 9 days,
           members_out: [chair]}
costs:
  troops: {monitoring: {in_place: 100 kEUR/troop/year, movement: 2 kEUR/troop}}
  sensors: {camera: 60 EUR/day}
  hub_building: 20 MEUR
  supply: 400 EUR/t
capability:
  initial: {troops: 40 troops, teams: 0.5, coverage: 0.3}
  full: {troops: 90 troops, teams: 1, coverage: 0.6}
variations:
  closed: {summary: Cells are let in less often, set: {sectors.*.access_denied: 0.5}}
lint: {silence: [unused-parameter]}
experiment: {replications: 200, seed: 7}
)";

inline Loaded read_text(std::string_view text) {
  return read(parse(text, "test.yaml"));
}

/// What the reader reports about a text, one line a problem; empty if it is good.
inline std::vector<std::string> problems_of(std::string_view text) {
  try {
    read_text(text);
  } catch (const ScenarioError& error) {
    std::vector<std::string> lines;
    for (const auto& problem : error.problems()) lines.push_back(to_string(problem));
    return lines;
  }
  return {};
}

/// `full_text` after `--set` edits.
inline Node edited(const std::vector<std::string>& assignments) {
  Node root = parse(full_text, "test.yaml");
  Problems problems;
  for (const auto& assignment : assignments) set_value(root, assignment, problems);
  problems.raise();
  return root;
}

/// What the reader reports about `full_text` after edits, as "path: what", in order.
inline std::vector<std::string> problems_after(const std::vector<std::string>& assignments) {
  try {
    read(edited(assignments));
  } catch (const ScenarioError& error) {
    std::vector<std::string> lines;
    for (const auto& problem : error.problems())
      lines.push_back(problem.path + ": " + problem.what);
    return lines;
  }
  return {};
}

/// `text` with the first `from` replaced by `to`; throws if there is none.
inline std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string_view::npos) throw std::logic_error("no such text: " + std::string(from));
  return std::string(text.substr(0, at)).append(to).append(text.substr(at + from.size()));
}

}  // namespace truce::scenario::test
