// SPDX-License-Identifier: Apache-2.0
// Which way things move: whoever adds a team, an hour or an attack to a scenario must see what
// follows go the right way, on the same luck.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/merge.hpp"

#include "tests/support/paired.hpp"

namespace truce::verification {
namespace {

using test::difference;
using test::Played;

/// Three sectors under two cells in the country, analysts next door, crises, members, a ladder of
/// answers, two layers, and everything else that a deployment has.
constexpr std::string_view deployed = R"(
truce: 1
name: Which way things move
start: 2026-07-01
horizon: 300 days
ceasefire: {takes_effect: 2026-07-11}
facts:
  backstop: {probability: 0.5}
places:
  home: {at: [50, 20], country: PL}
  gate: {at: [50, 23], country: PL}
  town: {at: [49, 36], country: UA}
  port: {at: [46.8, 33], country: UA}
routes:
  home-gate: {from: home, to: gate, time: 1 day}
  gate-town: {from: gate, to: town, time: {gamma: {mean: 2 days, cv: 0.4}}, capacity: 50 troops/day}
  gate-port: {from: gate, to: port, time: {gamma: {mean: 3 days, cv: 0.4}}, capacity: 50 troops/day}
hubs:
  town: {place: town, opens_after: {uniform: [5 days, 25 days]}, beds: 450 troops, reception: 60 troops/day,
         supply: {per_head: 10 kg/troop/day, convoys: 8 t/day, reserve: 2 days, stock: 10 days},
         store: {capacity: 200 t, hardness: 0.4, deliveries: 3 t/day, releases: 1 t/day},
         attacks: {rate: 0.03 /day, in_crisis: 2, repair: {exponential: 3 days}}}
  port: {place: port, opens_after: {uniform: [5 days, 30 days]}, beds: 400 troops, reception: 60 troops/day}
  home: {place: home, station: neighbouring, built_from: start}
contributors:
  alpha:
    pledges:
      monitors: {function: monitoring, troops: 120 troops, from: home, hubs: [town, port], contingents: 4,
                 conditions: {approvals: {vote: {probability: 0.9, delay: {uniform: [1 day, 20 days]}}}},
                 notice_to_move: {gamma: {mean: 10 days, cv: 0.5}}}
      guards: {function: reassurance, troops: 400 troops, from: home, hubs: [town], contingents: 4,
               conditions: {approvals: {vote: {probability: 0.9, delay: {uniform: [1 day, 20 days]}}}},
               notice_to_move: {gamma: {mean: 20 days, cv: 0.5}}, tour: 60 days, tour_extension: 5 days,
               dwell: 120 days, pool: 2}
  bravo:
    pledges:
      monitors: {function: monitoring, troops: 60 troops, from: home, hubs: [town, port], contingents: 2,
                 notice_to_move: {gamma: {mean: 15 days, cv: 0.5}}}
      analysts: {function: monitoring, station: neighbouring, troops: 16 troops, from: home, hubs: [home]}
incident_types:
  shot: {share: 0.7, weight: 1, grade: minor, evidence_half_life: 5 days, violations: {negative_binomial: {mean: 12, dispersion: 0.4}}}
  shelling: {share: 0.2, weight: 2, grade: serious, evidence_half_life: 4 days}
  raid: {share: 0.1, weight: 4, grade: grave, crisis: 0.15, evidence_half_life: 4 days, harm: {poisson: 2}}
deterrence:
  reassurance: {effect: 0.3, half_effect_at: 1 troops/km, reach: 300 km}
sectors:
  north: {from: [49.5, 37], to: [49.5, 38], length: 80 km, access_denied: 0.25, region: east, spills_into: {middle: 0.1},
          incidents: {rate: {lognormal: {median: 1.2 /day, p95: 2 /day}}, branching: 0.3, decay: 0.4 /day}}
  middle: {from: [48.5, 37], to: [48.5, 38], length: 80 km, access_denied: 0.2, region: east,
           incidents: {rate: 0.8 /day, branching: 0.3, decay: 0.4 /day}}
  south: {from: [47, 33], to: [47, 34], length: 80 km, access_denied: 0.1, region: south,
          incidents: {rate: 0.8 /day, branching: 0.2, decay: 0.4 /day}}
climate:
  regimes: {only: {multiplier: 1}}
  start: {only: 1}
  daily_sd: 0.6
  daily_persistence: 0.3
crisis:
  patience: {gamma: {mean: 3 days, cv: 0.6}}
  defusal: 0.5
  breakdown_lasts: {exponential: 6 days}
  breakdown_rate: 2
  spread: 0.06
  spread_per_breakdown: 0.05
  collapse_rate: 2
  restoration: {needs: [backstop], probability: 0.8, time: {exponential: 10 days}}
sensors:
  camera: {swath: 2 km, detects: {shot: 0.5, shelling: 0.9, raid: 0.8}, at_night: 0.7, in_bad_weather: 0.5, when_jammed: 0.6,
           time_to_failure: {exponential: 60 days}, time_to_repair: 5 days}
  patrol: {carried_by: team, swath: 4 km, detects: {shot: 0.4, raid: 0.9}, in_bad_weather: 0.7}
  satellite: {swath: 100 km, detects: {shelling: 0.5, raid: 0.3}, in_bad_weather: 0.3, delay: {uniform: [6 h, 2 days]}}
cells:
  east: {hub: town, watches: [north, middle], teams: 6, sensors: {camera: 30, patrol: 1}, ready_after: 3 days}
  south: {hub: port, watches: [south], teams: 4, sensors: {camera: 15, patrol: 1}, ready_after: 3 days}
  near: {hub: home, watches: [north, middle, south], teams: 2, sensors: {satellite: 1}}
environment: {bad_weather_winter: 0.3, bad_weather_summer: 0.1, weather_persistence: 0.5, jamming: 0.2}
allegations: {true_share: 0.3, delay: {uniform: [1 day, 4 days]}, false_rate: 0.3 /day}
verification:
  work: {gamma: {mean: 30 h, cv: 0.6}}
  analysis: {exponential: 1 day}
  expires_after: {uniform: [5 days, 12 days]}
  access_retries: 1
  access_retry_after: 12 h
  attribution: {in_country: 0.7, neighbouring: 0.5, remote: 0.4}
coordination:
  desks: 2
  work: {exponential: 15 h}
  members:
    lead: {response: {gamma: {mean: 18 h, cv: 0.6}}}
    host: {response: {gamma: {mean: 8 h, cv: 0.6}}}
    coalition: {response: {gamma: {mean: 24 h, cv: 0.6}}}
  decision_rule: majority
  answers:
    warning: {within: 4 days, delay: {uniform: [2 h, 12 h]}, removes: 0.3}
    reaction: {within: 6 days, delay: 12 h, troops: 80 troops, detached: 10 days, removes: 0.5}
    sanctions: {within: 10 days, delay: 1 day, needs: [backstop], needs_attribution: true, removes: 0.5}
layers:
  commitments: {trigger: ceasefire, needs: [backstop], effects: {crisis.defusal: {plus: 0.2}}}
  support: {trigger: initial-capability, stock: 60 t, while_stocked: {sectors.*.incidents.rate: {times: 0.8}}}
shocks:
  storm: {rate: 0.01 /day, lasts: {exponential: 20 days}, effects: {sectors.*.incidents.rate: {times: 1.5}}, members_out: [lead]}
costs:
  troops: {monitoring: {in_place: 250 EUR/troop/day}, reassurance: {in_place: 200 EUR/troop/day, movement: 2000 EUR/troop}}
  sensors: {camera: 50 EUR/day}
capability:
  initial: {troops: 150 troops, coverage: 0.2}
  full: {troops: 450 troops, teams: 0.9, coverage: 0.3}
)";

constexpr std::uint64_t seed = 181;
constexpr std::uint64_t replications = 120;

scenario::Node changed(const std::vector<std::string>& sets) {
  auto document = scenario::parse(deployed, "deployed.yaml");
  Problems problems;
  for (const auto& set : sets) scenario::set_value(document, set, problems);
  problems.raise();
  return document;
}

const Played& base() {
  static const Played played(changed({}), seed, replications);
  return played;
}

/// A direction that must be clear, or one that must not be the wrong one beyond noise.
enum class Way { up, down, never_up, never_down };
struct Claim {
  std::string column;
  Way way;
};

void expect(const std::vector<std::string>& sets, const std::vector<Claim>& claims) {
  const Played after(changed(sets), seed, replications);
  for (const auto& [column, way] : claims) {
    const auto moved = difference(base(), after, column);
    const double t = moved.t();
    const bool holds = way == Way::up         ? t > 3
                       : way == Way::down     ? t < -3
                       : way == Way::never_up ? t < 3
                                              : t > -3;
    EXPECT_TRUE(holds) << sets.front() << ": " << column << " " << base().mean(column) << " -> "
                       << after.mean(column) << ", t = " << t << " over " << moved.pairs;
  }
}

using enum Way;

TEST(Monotonicity, MoreTeamsVerifySooner) {
  expect({"cells.east.teams=9", "cells.south.teams=6"}, {{"verification_delay", down},
                                                         {"team_wait", never_up},
                                                         {"verified_share", up},
                                                         {"handling_delay", never_up},
                                                         {"breakdowns", never_up}});
}
TEST(Monotonicity, MoreDenialsVerifyLessAndLater) {
  expect({"sectors.north.access_denied=0.6", "sectors.middle.access_denied=0.6"},
         {{"verified_share", down},
          {"verification_delay", never_down},
          {"access_denials", up},
          {"attributed_share", down}});
}
TEST(Monotonicity, WithoutTheBackstopLessSurvives) {
  expect({"facts.backstop.probability=0"}, {{"final_collapse", up},
                                            {"crises_defused", down},
                                            {"breakdowns", never_down},
                                            {"ceasefire_days", never_up},
                                            {"ceasefire_holds", never_up},
                                            {"restorations", down}});
}
TEST(Monotonicity, MoreSensorsSeeMore) {
  expect({"cells.east.sensors.camera=45", "cells.south.sensors.camera=25"},
         {{"detected_share", up}, {"coverage", up}, {"recorded_violations", up}});
}
TEST(Monotonicity, SensorsThatLastSeeMore) {
  expect({"sensors.camera.time_to_failure={exponential: 600 days}"},
         {{"detected_share", up}, {"sensor_availability.camera", up}});
}
TEST(Monotonicity, BadWeatherHidesIncidents) {
  expect({"environment.bad_weather_winter=0.9", "environment.bad_weather_summer=0.5"},
         {{"detected_share", down}, {"recorded_violations", down}});
}
TEST(Monotonicity, JammingHidesIncidents) {
  expect({"environment.jamming=0.7"}, {{"detected_share", down}});
}
TEST(Monotonicity, PatienceLeavesTimeToDecide) {
  expect({"crisis.patience={gamma: {mean: 8 days, cv: 0.6}}"}, {{"breakdowns_undecided", down},
                                                                {"breakdowns", down},
                                                                {"crises_defused", up},
                                                                {"ceasefire_days", never_down}});
}
TEST(Monotonicity, DefusalPreventsBreakdowns) {
  expect({"crisis.defusal=0.9"},
         {{"breakdowns", down}, {"ceasefire_days", never_down}, {"collapses", never_up}});
}
TEST(Monotonicity, SpreadMakesBreakdownsCollapses) {
  expect({"crisis.spread=0.3"}, {{"ceasefire_days", down}, {"final_collapse", up}});
}
TEST(Monotonicity, RestorationSavesCeasefires) {
  expect({"crisis.restoration.probability=0.2"}, {{"final_collapse", up}, {"restorations", down}});
}
TEST(Monotonicity, DeterrencePreventsIncidents) {
  expect({"deterrence.reassurance.effect=0.8"},
         {{"incidents.north", down}, {"incidents", down}, {"harm", down}});
}
TEST(Monotonicity, MoreDesksHandleSooner) {
  expect({"coordination.desks=4"}, {{"handling_delay", down}, {"desk_wait", down}});
}
TEST(Monotonicity, SlowerMembersDecideLaterAndLoseMore) {
  expect({"coordination.members.lead.response=4 days", "coordination.members.host.response=5 days",
          "coordination.members.coalition.response=6 days"},
         {{"decision_delay", up}, {"breakdowns", up}, {"crises_defused", down}, {"answers", down}});
}
TEST(Monotonicity, SlowerDeputiesDecideLater) {
  expect({"coordination.decision_rule=lead", "coordination.deputy_slower=6"},
         {{"decision_delay", up}, {"breakdowns", never_down}});
}
TEST(Monotonicity, FewerBedsHouseFewerTroops) {
  expect({"hubs.town.beds=150 troops"}, {{"troops_in_place", down}, {"hub_wait", up}});
}
TEST(Monotonicity, MoreBedsHouseMoreTroops) {
  expect({"hubs.town.beds=900 troops"}, {{"troops_in_place", up}, {"hub_wait", down}});
}
TEST(Monotonicity, FewerApprovalsSendFewerTroops) {
  expect({"contributors.alpha.pledges.monitors.conditions.approvals.vote.probability=0.4",
          "contributors.alpha.pledges.guards.conditions.approvals.vote.probability=0.4"},
         {{"troops_in_place", down}, {"pledges_refused", up}, {"incidents", never_down}});
}
TEST(Monotonicity, LaterHubsHouseFewerTroopDays) {
  expect({"hubs.town.opens_after={uniform: [45 days, 65 days]}",
          "hubs.port.opens_after={uniform: [45 days, 70 days]}"},
         {{"troops_in_place", down}, {"initial_capability_day", up}, {"detected_share", down}});
}
TEST(Monotonicity, LongerNoticeArrivesLater) {
  expect({"contributors.alpha.pledges.guards.notice_to_move={gamma: {mean: 60 days, cv: 0.5}}"},
         {{"troops_in_place", down}, {"troops_at.30", down}});
}
TEST(Monotonicity, NarrowerLegsDelay) {
  expect({"routes.gate-town.capacity=10 troops/day"},
         {{"leg_wait", up}, {"troops_in_place", down}});
}
TEST(Monotonicity, DeeperPoolsLeaveFewerGaps) {
  expect({"contributors.alpha.pledges.guards.pool=3"},
         {{"sustainment_gap", down}, {"troops_in_place", up}});
}
TEST(Monotonicity, MoreAttacksPutHubsOut) {
  expect({"hubs.town.attacks.rate=0.1 /day"},
         {{"hub_days_out", up}, {"tonnes_stored", down}, {"teams_at_work", down}});
}
TEST(Monotonicity, HarderStoresLoseLess) {
  expect({"hubs.town.store.hardness=0.95"}, {{"tonnes_lost", down},
                                             {"tonnes_stored", up},
                                             {"layer_stocked.support", up},
                                             {"incidents", never_up}});
}
TEST(Monotonicity, FewerConvoysLeaveHubsShort) {
  expect({"hubs.town.supply.convoys=3 t/day"}, {{"hub_days_short", up}, {"teams_at_work", down}});
}
TEST(Monotonicity, FalseAllegationsKeepTeamsBusy) {
  expect({"allegations.false_rate=2 /day"},
         {{"team_wait", up}, {"verified_share", down}, {"allegations_false", up}});
}
TEST(Monotonicity, WithoutFollowUpsThereAreFewerIncidents) {
  expect({"sectors.north.incidents.branching=0", "sectors.middle.incidents.branching=0"},
         {{"incidents", down}, {"follow_up_share", down}, {"incidents.south", never_up}});
}
TEST(Monotonicity, StrongerAnswersPreventFollowUps) {
  expect({"coordination.answers.warning.removes=1", "coordination.answers.reaction.removes=1"},
         {{"follow_ups_prevented", up}, {"incidents", never_up}});
}
TEST(Monotonicity, EvidenceThatFadesIsNotAttributed) {
  expect({"incident_types.shot.evidence_half_life=12 h",
          "incident_types.shelling.evidence_half_life=12 h"},
         {{"attributed_share", down}, {"verified_share", never_down}});
}
TEST(Monotonicity, SlowerTeamsVerifyLater) {
  expect({"verification.speed=5 km/h"}, {{"verification_delay", up}, {"team_utilisation", up}});
}
TEST(Monotonicity, MoreStormsHaveMoreIncidents) {
  expect({"shocks.storm.rate=0.05 /day"}, {{"shocks", up}, {"incidents", up}});
}

}  // namespace
}  // namespace truce::verification
