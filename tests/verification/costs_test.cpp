// SPDX-License-Identifier: Apache-2.0
// Costs of a deployment without chance, added up by hand.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

// The ceasefire comes on day 10 of 110; means and costs count from there.
//   alpha.watch: 100 monitors from day 20.5 on, relieved on day 60.5 by another 100: two moves out.
//   alpha.guard: 300 reassurance troops from day 30 on, home on day 80.
//   bravo.help:  50 logisticians next door from day 5 on; only 100 days of them count.
// The cell is ready on day 22 (the hub opens on day 20): 4 cameras for 88 days. Two of the three
// hubs stand in the country; one is never built. Convoys every five days from day 25 on bring what
// is missing to 100 kg x 10 a head for 400 beds.
constexpr std::string_view deployed = R"(
truce: 1
name: Known answer
start: 2026-07-01
horizon: 110 days
ceasefire: {takes_effect: 2026-07-11}
places:
  town: {at: [50, 36.5], country: UA}
  base: {at: [50, 22], country: PL}
hubs:
  town: {place: town, opens_after: 10 days, beds: 400 troops,
         supply: {per_head: 10 kg/troop/day, convoys: 4 t/day, every: 5 days, stock: 10 days}}
  late: {place: town, opens_after: 500 days}
  west: {place: town}
  base: {place: base, station: neighbouring, built_from: start}
contributors:
  alpha:
    pledges:
      watch: {function: monitoring, troops: 100 troops, from: town, hubs: [town], notice_to_move: 10.5 days,
              tour: 40 days, dwell: 20 days, pool: 2}
      guard: {function: reassurance, troops: 300 troops, from: town, hubs: [town], contingents: 3, notice_to_move: 20 days}
  bravo:
    pledges:
      help: {function: logistics, station: neighbouring, troops: 50 troops, from: base, hubs: [base],
             conditions: {ceasefire: false}, notice_to_move: 5 days}
  charlie: {position: Sends nobody.}
sensors:
  camera: {swath: 5 km, detects: {shot: 1}}
  unused: {swath: 5 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 5, team_size: 8 troops, sensors: {camera: 4}, ready_after: 2 days}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
shocks:
  home: {at: 75 days, withdraws: [alpha.guard], notice: 5 days}
costs:
  troops:
    monitoring: {in_place: 200 EUR/troop/day, movement: 3000 EUR/troop}
    reassurance: {in_place: 100 EUR/troop/day, movement: 1000 EUR/troop}
    logistics: {in_place: 50 EUR/troop/day, movement: 500 EUR/troop}
  sensors: {camera: 1000 EUR/day, unused: 9000 EUR/day}
  hub_building: 2 MEUR
  supply: 400 EUR/t
)";

TEST(Costs, AddUpAsByHand) {
  const Given given(std::string(deployed) + std::string(quiet_line));
  const auto o = given.outcome(151);
  const auto of = [](const auto& values, scenario::Function function) {
    return values[static_cast<std::size_t>(function)];
  };
  using enum scenario::Function;
  constexpr double million = 1e6;
  // Troop-days.
  const double watch = 100 * (110 - 20.5), guard = 300 * 50.0, help = 50 * 100.0;
  const double all = watch + guard + help;
  ASSERT_NEAR(o.troops_in_place * 100, all, 1e-3);
  const double in_place = (watch * 200 + guard * 100 + help * 50) / million;
  // Reliefs: watch goes out at day 10 and for 60.5 and 100.5.
  const double moves = (3 * 100 * 3000 + 300 * 1000 + 50 * 500) / million;
  const double sensors = 4 * 88 * 1000 / million;
  const double hubs = 2 * 2.0;
  // The hub opens with 400 x 0.01 x (0 + 5) = 20 t and is filled up to 40 t with at most 20 t a
  // convoy. Day 25: 20 - 4.5 + 20. Day 30: less 5, plus 9.5, full. Then all that was used is
  // replaced: each convoy brings what was used since the one before. The last comes on day 110.
  const double used_until_110 = watch + guard;  // 10 kg each
  const double brought = 20 + 9.5 + (used_until_110 - 950) * 0.01;
  const double supply = brought * 400 / million;
  EXPECT_NEAR(o.cost_by_kind[0], in_place, 1e-6);
  EXPECT_NEAR(o.cost_by_kind[1], moves, 1e-6);
  EXPECT_NEAR(o.cost_by_kind[2], sensors, 1e-6);
  EXPECT_NEAR(o.cost_by_kind[3], hubs, 1e-6);
  EXPECT_NEAR(o.cost_by_kind[4], supply, 1e-6);
  const double shared = sensors + hubs + supply;
  EXPECT_NEAR(o.cost, in_place + moves + shared, 1e-6);

  const double watch_cost = (watch * 200 + 300 * 3000) / million + shared * watch / all;
  const double guard_cost = (guard * 100 + 300 * 1000) / million + shared * guard / all;
  const double help_cost = (help * 50 + 50 * 500) / million + shared * help / all;
  EXPECT_NEAR(of(o.cost_by_function, monitoring), watch_cost, 1e-5);
  EXPECT_NEAR(of(o.cost_by_function, reassurance), guard_cost, 1e-5);
  EXPECT_NEAR(of(o.cost_by_function, logistics), help_cost, 1e-5);
  EXPECT_EQ(of(o.cost_by_function, air), 0);
  const auto by = [&](std::string_view name) {
    return o.cost_by_contributor[given.scenario().contributors.find(name)];
  };
  EXPECT_NEAR(by("alpha"), watch_cost + guard_cost, 1e-5);
  EXPECT_NEAR(by("bravo"), help_cost, 1e-5);
  EXPECT_EQ(by("charlie"), 0);
  EXPECT_NEAR(o.cost_per_troop_year, o.cost * million / (all / 365.2425), 1);
}

// Where nothing is verified there is no cost of a verified incident; else all costs over them.
TEST(Costs, AreSharedAmongVerifiedIncidents) {
  std::string text = std::string(deployed) + std::string(quiet_line);
  EXPECT_TRUE(std::isnan(Given(text).outcome(152).cost_per_verified));
  const std::string rate = "rate: 0 /day}}";
  text.replace(text.find(rate), rate.size(), "rate: 3 /day}}");
  const auto o = Given(text).outcome(152);
  ASSERT_GT(o.cases_verified, 20);
  EXPECT_NEAR(o.cost_per_verified, o.cost * 1e6 / o.cases_verified, 1e-3);
}

}  // namespace
}  // namespace truce::verification
