// SPDX-License-Identifier: Apache-2.0
// Hubs at work, by hand and against their laws: engineers, supplies, stores, attacks.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

/// One hub in the middle of the line, and troops of one function there from day 2 on.
std::string hub(const std::string& more, const std::string& troops = "100",
                const std::string& horizon = "100 days") {
  return from_the_start(horizon) + R"(
places:
  town: {at: [50, 36.5], country: UA}
hubs:
  town: {place: town, beds: 100 troops, )" +
         more + R"(}
contributors:
  alpha:
    pledges:
      a: {function: monitoring, troops: )" +
         troops + R"( troops, from: town, hubs: [town], notice_to_move: 2 days}
)" + std::string(quiet_line);
}

// A hub that takes 20 days is built twice as fast with 100 engineers. 100 of them are there from
// day 5 on, 50 more from day 8 on, and the first go home on day 10: 5 + 3 x 2 + 2 x 2.5 = 16 days'
// work is done by then, and 4/1.5 days are left. The other hubs don't ask for engineers, or are
// built before the ceasefire of day 4.
TEST(Hubs, AreBuiltFasterByEngineers) {
  const Given given(R"(
truce: 1
name: Known answer
start: 2026-07-01
horizon: 60 days
ceasefire: {takes_effect: 2026-07-01}
places:
  base: {at: [50, 24], country: UA}
  town: {at: [50, 36.5], country: UA}
hubs:
  base: {place: base}
  town: {place: town, opens_after: 20 days, engineers_double: 100 troops}
  slow: {place: town, opens_after: 20 days}
contributors:
  alpha:
    pledges:
      a: {function: engineering, troops: 100 troops, from: base, hubs: [base], notice_to_move: 5 days}
      b: {function: engineering, troops: 50 troops, from: base, hubs: [base], notice_to_move: 8 days}
      c: {function: logistics, troops: 900 troops, from: base, hubs: [base]}
shocks:
  home: {at: 10 days, withdraws: [alpha.a]}
)" + std::string(quiet_line));
  std::vector<double> opened(3, 0.0);
  given.watch(131, 0, [&](const auto&, double day, const auto& event) {
    if (const auto* opens = std::get_if<model::HubOpens>(&event)) opened[opens->hub.index()] = day;
  });
  EXPECT_NEAR(opened[0], 0, exactly);
  EXPECT_NEAR(opened[1], 10 + 4 / 1.5, exactly);
  EXPECT_NEAR(opened[2], 20, exactly);
}

// A hundred soldiers use 1 t a day from day 2 on; convoys bring 0.4 t at 6 h each day. The hub
// opens with 4 t, and its reserve is 3 t. At the ends of days: 4.4 (2), 3.8, 3.2, 2.6 (5). Teams
// stop on day 5 and the hub is short from then on; it had been for an instant, before the convoy,
// on day 4.25. From day 25 on convoys bring 1.4 t: from 0 on day 10.6, where it stays but for the
// hours after a convoy.
std::string supplied(const std::string& more = "") {
  return hub("opens_after: 6 h, supply: {per_head: 10 kg/troop/day, convoys: 0.4 t/day, reserve: 3 "
             "days, "
             "every: 1 day}") +
         R"(
cells:
  team: {hub: town, watches: [line], teams: 5, team_size: 8 troops}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)" + more;
}
TEST(Hubs, RunShortOnTheDayWorkedByHand) {
  const Given given(supplied());
  const auto replication = given.play(132);
  for (std::size_t day = 1; day <= 100; ++day) {
    EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"),
              day >= 2 && day < 5 ? 5 : 0)
        << "day " << day;
  }
  EXPECT_NEAR(replication.outcome.hub_days_short, 95, exactly);
}

// Ten times the convoys from day 25 on fill up to 30 t and more than the reserve at once: 2.25 t at
// most before, 4 t on day 25.25.
TEST(Hubs, SendTeamsOutAgainOnceConvoysBringMore) {
  const Given given(supplied(
      "shocks:\n  aid: {at: 25 days, effects: {hubs.town.supply.convoys: {set: 4 t/day}}}\n"));
  const auto replication = given.play(133);
  for (std::size_t day = 1; day <= 100; ++day) {
    EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"),
              (day >= 2 && day < 5) || day >= 26 ? 5 : 0)
        << "day " << day;
  }
  EXPECT_NEAR(replication.outcome.hub_days_short, 20.25, exactly);
}

// 4 t a day in and 1 t out fill 20 t in 20/3 days from day 10 on; then only what goes out is taken
// in. From day 40 on nothing comes: empty on day 60.
TEST(Hubs, KeepTheBalanceOfTheirStores) {
  const Given given(hub("opens_after: 10 days, store: {capacity: 20 t, deliveries: 4 t/day, "
                        "releases: 1 t/day}") +
                    "shocks:\n  stop: {at: 40 days, effects: {hubs.town.store.deliveries: {set: 0 "
                    "t/day}}}\n");
  const auto o = given.outcome(134);
  EXPECT_NEAR(o.tonnes_delivered, 4 * 20 / 3.0 + (30 - 20 / 3.0), 1e-9);
  EXPECT_NEAR(o.tonnes_released, 50, 1e-9);
  EXPECT_EQ(o.tonnes_lost, 0);
  EXPECT_EQ(o.hub_days_short, 0);
  // Looked at once a day: 3, 6, ... 18, 20 t at the ends of days 11 to 17, 20 up to day 40, then
  // 19, 18, ... 0.
  const double steps = (3 + 6 + 9 + 12 + 15 + 18) + 24 * 20.0 + (19 * 20) / 2.0;
  EXPECT_NEAR(o.tonnes_stored, steps / 100, 1e-9);
}

// Attacks are Poisson from the hub's opening on day 20.
TEST(Hubs, AreAttackedAtTheirRateOnceOpen) {
  const Given given(hub("opens_after: 20 days, attacks: {rate: 0.05 /day, repair: 3 days}"));
  const std::uint64_t n = 10'000;
  stats::Moments counts;
  for (std::uint64_t r = 0; r < n; ++r) counts.add(given.outcome(135, r).hub_attacks);
  const auto size = static_cast<double>(n);
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), 4, std::sqrt(4 / size)));
  EXPECT_TRUE(expect_within_sigma(counts.variance().value(), 4, std::sqrt((4 + 2 * 16) / size)));
  EXPECT_GE(given.days_of<model::HubIsAttacked>(135).at(0), 20);
}

// From the first incident on there is a crisis for good, and attacks are four times as frequent.
// Attacks less the integral of their rate are a martingale whose variance is that integral's mean.
TEST(Hubs, AreAttackedMoreOftenInACrisis) {
  std::string text = hub("attacks: {rate: 0.05 /day, in_crisis: 4, repair: 0 h}");
  const std::string quiet = "share: 1, grade: minor", rate = "rate: 0 /day}}";
  text.replace(text.find(quiet), quiet.size(), "share: 1, grade: minor, crisis: 1");
  text.replace(text.find(rate), rate.size(), "rate: 0.03 /day}}");
  const Given given(text +
                    "crisis: {patience: 1000 days, defusal: 1, breakdown_lasts: 1 day, "
                    "breakdown_rate: 1, spread: 0, collapse_rate: 1}\n");
  double excess = 0.0, integral = 0.0, late = 0.0, late_integral = 0.0;
  for (std::uint64_t r = 0; r < 4'000; ++r) {
    const auto incidents = given.incidents(136, r);
    const double crisis = incidents.empty() ? 100.0 : incidents.front().day;
    const double expected = 0.05 * (crisis + 4 * (100 - crisis));
    const auto attacks = given.days_of<model::HubIsAttacked>(136, r);
    excess += static_cast<double>(attacks.size()) - expected;
    integral += expected;
    late_integral += 0.2 * (100 - crisis);
    late += static_cast<double>(
        std::count_if(attacks.begin(), attacks.end(), [&](double day) { return day > crisis; }));
  }
  EXPECT_TRUE(expect_within_sigma(excess, 0, std::sqrt(integral)));
  EXPECT_TRUE(expect_within_sigma(late - late_integral, 0, std::sqrt(late_integral)));
}

// Out for four days after an attack; one that comes meanwhile changes nothing. No team is at work
// then, no sensor works, and nobody is received.
TEST(Hubs, AreOutOfActionForTheirRepair) {
  const Given given(hub("attacks: {rate: 0.1 /day, repair: 4 days}") + R"(
sensors:
  eye: {swath: 100 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 5, team_size: 8 troops, sensors: {eye: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)");
  for (std::uint64_t r = 0; r < 50; ++r) {
    double out = 0.0, until = 0.0;
    std::vector<std::pair<double, double>> gaps;
    for (const double day : given.days_of<model::HubIsAttacked>(137, r)) {
      if (day < until) continue;
      until = day + 4;
      gaps.emplace_back(day, until);
      out += std::min(until, 100.0) - day;
    }
    const auto replication = given.play(137, r);
    EXPECT_NEAR(replication.outcome.hub_days_out, out, exactly);
    EXPECT_NEAR(replication.outcome.hub_days_out_by_hub[given.hub("town")], out, exactly);
    EXPECT_NEAR(replication.outcome.coverage, 1 - out / 100, exactly);
    double arrival = 2;
    for (const auto& [from, to] : gaps) {
      if (from < 2 && to > 2) arrival = to;
    }
    for (std::size_t day = 1; day <= 100; ++day) {
      const auto at = static_cast<double>(day);
      const bool is_out = std::any_of(gaps.begin(), gaps.end(), [&](const auto& gap) {
        return at >= gap.first && at < gap.second;
      });
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"),
                at >= arrival && !is_out ? 5 : 0)
          << "replication " << r << ", day " << day;
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "troops.monitoring"),
                at >= arrival ? 100 : 0);
    }
  }
}

// The store fills at 1 t a day and is hit now and then, out of action for two days, in which
// nothing comes: what is there then is left to the share of hardness.
TEST(Hubs, LoseWhatIsNotHardenedAgainstAttacks) {
  for (const double hardness : {0.0, 0.7, 1.0}) {
    const Given given(
        hub("store: {capacity: 30 t, deliveries: 1 t/day, hardness: " + std::to_string(hardness) +
            "}, attacks: {rate: 0.05 /day, repair: 2 days}"));
    for (std::uint64_t r = 0; r < 20; ++r) {
      double stored = 0.0, lost = 0.0, delivered = 0.0, from = 0.0;
      const auto fill = [&](double until) {
        const double in = std::min(std::max(0.0, until - from), 30 - stored);
        stored += in;
        delivered += in;
      };
      for (const double day : given.days_of<model::HubIsAttacked>(138, r)) {
        fill(day);
        lost += stored * (1 - hardness);
        stored *= hardness;
        from = std::max(from, day >= from ? day + 2 : from);
      }
      fill(100);
      const auto o = given.outcome(138, r);
      EXPECT_NEAR(o.tonnes_lost, lost, 1e-6) << r;
      EXPECT_NEAR(o.tonnes_delivered, delivered, 1e-6) << r;
    }
  }
}

}  // namespace
}  // namespace truce::verification
