// SPDX-License-Identifier: Apache-2.0
// Arrival of troops, worked by hand: conditions, legs with capacity, hub opening, reception, beds.
#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

constexpr std::string_view a_month = R"(
truce: 1
name: Worked by hand
start: 2026-07-01
horizon: 30 days
ceasefire: {takes_effect: 2026-07-03}
)";

// The ceasefire comes on day 2. Leg gate-town lets 120 troops/day set out and takes a day.
//
//            at the gate  sets out           arrives  received  in place  leaves
//   A1 100        3.5     3.5    -> 4.3333   5.3333    8.1       8.7667   15.7667
//   A2 100        3.5     4.3333 -> 5.1667   6.1667    8.7667    9.4333   16.4333
//   A3 100        3.5     5.1667 -> 6        7         9.4333   10.1      17.1
//   B1  60        4       6      -> 6.5      7.5      10.1      10.5
//   B2  60        4       6.5    -> 7        8        15.7667   16.1667
//   B3  60        4       7      -> 7.5      8.5      16.1667   16.5667
//   C   30                                   9        16.5667   16.7667
//
// A: notice 1 day, half a day to the gate, tour of 7 days without relief. B: notice 2 days, from
// the gate. C: notice 4 days, 3 days by a leg of its own. The hub opens on day 8.1 and receives 150
// a day. With A and B1 in, 40 of 400 beds are free: B2 blocks the line until A1 leaves, B3 and C
// wait behind it although C would fit.
constexpr std::string_view two_pledges_share_a_leg = R"(
places:
  home: {at: [50, 20], country: PL}
  gate: {at: [50, 22], country: PL}
  coast: {at: [46, 28], country: RO}
  town: {at: [50, 24], country: UA}
routes:
  home-gate: {from: home, to: gate, time: 12 h}
  gate-town: {from: gate, to: town, time: 1 day, capacity: 120 troops/day}
  coast-town: {from: coast, to: town, time: 3 days}
hubs:
  town: {place: town, opens_after: 6.1 days, beds: 400 troops, reception: 150 troops/day}
contributors:
  alpha:
    pledges:
      a: {function: monitoring, troops: 300 troops, from: home, hubs: [town], contingents: 3,
          notice_to_move: 1 day, tour: 7 days, dwell: 100 days}
  bravo:
    pledges:
      b: {function: reassurance, troops: 180 troops, from: gate, hubs: [town], contingents: 3,
          notice_to_move: 2 days}
      c: {function: logistics, troops: 30 troops, from: coast, hubs: [town], notice_to_move: 4 days}
)";

std::string worked_by_hand() {
  return std::string(a_month) + std::string(two_pledges_share_a_leg) + std::string(quiet_line);
}

TEST(ForceFlow, TroopsAreInPlaceOnTheDaysWorkedByHand) {
  const Given given(worked_by_hand());
  const auto timeline = given.play(61).timeline;
  ASSERT_EQ(timeline.days, 30U);
  for (std::size_t day = 1; day <= 30; ++day) {
    const double a = day <= 8    ? 0
                     : day == 9  ? 100
                     : day == 10 ? 200
                     : day <= 15 ? 300
                     : day == 16 ? 200
                     : day == 17 ? 100
                                 : 0;
    const double b = day <= 10 ? 0 : day <= 16 ? 60 : 180;
    const double c = day <= 16 ? 0 : 30;
    EXPECT_EQ(at_end_of_day(timeline, day, "troops.monitoring"), a) << "day " << day;
    EXPECT_EQ(at_end_of_day(timeline, day, "troops.reassurance"), b) << "day " << day;
    EXPECT_EQ(at_end_of_day(timeline, day, "troops.logistics"), c) << "day " << day;
  }
}

TEST(ForceFlow, WaitsAndMeansAreThoseWorkedByHand) {
  const Given given(worked_by_hand());
  const auto outcome = given.outcome(61);
  const auto of = [&](scenario::Function function) {
    return outcome.troops_in_place_by_function[static_cast<std::size_t>(function)] * 28.0;
  };
  // Ten contingents entered a leg: A twice, B and C once each.
  EXPECT_NEAR(outcome.leg_wait, (5.0 / 6 + 10.0 / 6 + 2.0 + 2.5 + 3.0) / 10, exactly);
  const double waits = (8.1 - 16.0 / 3) + (8.1 + 2.0 / 3 - 37.0 / 6) + (8.1 + 4.0 / 3 - 7) +
                       (10.1 - 7.5) + (15.1 + 2.0 / 3 - 8) + (15.5 + 2.0 / 3 - 8.5) +
                       (15.9 + 2.0 / 3 - 9);
  EXPECT_NEAR(outcome.hub_wait, waits / 7, exactly);
  EXPECT_NEAR(outcome.hub_wait_by_hub[given.hub("town")], waits / 7, exactly);
  EXPECT_NEAR(of(scenario::Function::monitoring), 3 * 100 * 7.0, 300 * exactly);
  const double b = 60 * (30 - 10.5 + 30 - (15.5 + 2.0 / 3) + 30 - (15.9 + 2.0 / 3));
  EXPECT_NEAR(of(scenario::Function::reassurance), b, 180 * exactly);
  EXPECT_NEAR(of(scenario::Function::logistics), 30 * (30 - (16.1 + 2.0 / 3)), 30 * exactly);
  // Beds are taken from reception on.
  const double bed_days = 3 * 100 * (7 + 2.0 / 3) + b + 3 * 60 * 0.4 + 30 * (30 - (15.9 + 2.0 / 3));
  EXPECT_NEAR(outcome.hub_occupancy[given.hub("town")], bed_days / (400 * (30 - 8.1)), exactly);
  // A's places stay empty after the tours.
  const double gap = 100 * (30 - (15.1 + 2.0 / 3) + 30 - (15.1 + 4.0 / 3) + 30 - 17.1);
  EXPECT_NEAR(outcome.sustainment_gap, gap, 300 * exactly);
  EXPECT_EQ(outcome.troops_peak, 360);
  EXPECT_NEAR(outcome.days_to_peak_90, 10.5 - 2, exactly);
  EXPECT_EQ(outcome.delivered_share, 1.0);
}

// Without a horizon in the way: B's own wait is as long as A's tour lets it be, and what stands
// behind B2 could have been received at once.
TEST(ForceFlow, WithBedsForAllNobodyIsBlocked) {
  auto text = worked_by_hand();
  const std::string beds = "beds: 400 troops, ";
  text.replace(text.find(beds), beds.size(), "");
  const auto timeline = Given(text).play(61).timeline;
  // B1 to B3 take 0.4 days each from 10.1 on, C 0.2: in place at 10.5, 10.9, 11.3, 11.5.
  EXPECT_EQ(at_end_of_day(timeline, 11, "troops.reassurance"), 120);
  EXPECT_EQ(at_end_of_day(timeline, 11, "troops.logistics"), 0);
  EXPECT_EQ(at_end_of_day(timeline, 12, "troops.reassurance"), 180);
  EXPECT_EQ(at_end_of_day(timeline, 12, "troops.logistics"), 30);
}

/// Pledge a, two contingents in place at days 5.5 and 8.5; pledge b waits for a share of it, an
/// approval on day 4 and nothing else, and takes 2.25 days from then.
std::string precedence(const std::string& share) {
  return from_the_start("30 days") + R"(
places:
  home: {at: [50, 20], country: PL}
  town: {at: [50, 24], country: UA}
routes:
  slow: {from: home, to: town, time: 2.5 days, capacity: 10 troops/day}
  fast: {from: home, to: town, time: 2 days}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: monitoring, troops: 60 troops, from: home, hubs: [town], route: [slow], contingents: 2}
      b:
        {function: training, troops: 20 troops, from: home, hubs: [town], notice_to_move: 6 h,
         conditions: {after: {a: {pledge: alpha.a, share: )" +
         share + R"(}}, approvals: {vote: {probability: 1, delay: 4 days}}}}
)" + std::string(quiet_line);
}

double troop_days_of_training(const std::string& text) {
  const auto outcome = Given(text).outcome(62);
  return 30 *
         outcome
             .troops_in_place_by_function[static_cast<std::size_t>(scenario::Function::training)];
}

TEST(ForceFlow, APledgeSetsOutWhenTheOneBeforeItIsInPlace) {
  EXPECT_NEAR(troop_days_of_training(precedence("1")), 20 * (30 - (8.5 + 2.25)), 20 * exactly);
  EXPECT_NEAR(troop_days_of_training(precedence("0.5")), 20 * (30 - (5.5 + 2.25)), 20 * exactly);
  // With nothing to wait for but the vote.
  EXPECT_NEAR(troop_days_of_training(precedence("0")), 20 * (30 - (4 + 2.25)), 20 * exactly);
}

// Two votes of probabilities 0.8 and 0.7 let 0.56 of the pledges through; the other one needs none.
TEST(ForceFlow, RefusedApprovalsEndAPledge) {
  const Given given(from_the_start("30 days") + R"(
places:
  home: {at: [50, 20], country: PL}
hubs:
  home: {place: home}
contributors:
  alpha:
    pledges:
      a:
        {function: air, troops: 60 troops, from: home, hubs: [home],
         conditions: {approvals: {lower: {probability: 0.8, delay: 3 days}, upper: {probability: 0.7, delay: 10 days}}}}
      b: {function: training, troops: 40 troops, from: home, hubs: [home]}
)" + std::string(quiet_line));
  stats::Moments refused, in_place;
  const std::uint64_t n = 20'000;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto outcome = given.outcome(63, r);
    refused.add(outcome.pledges_refused);
    in_place.add(outcome.troops_in_place);
    EXPECT_NEAR(outcome.delivered_share, outcome.pledges_refused > 0 ? 0.4 : 1.0, 1e-12);
  }
  const double given_way = 0.8 * 0.7;
  const double error = std::sqrt(given_way * (1 - given_way) / static_cast<double>(n));
  EXPECT_TRUE(expect_within_sigma(refused.mean().value(), 1 - given_way, error));
  // In place from day 10 on, when the last vote is cast.
  EXPECT_TRUE(expect_within_sigma(in_place.mean().value(), 40 + 60 * given_way * 20 / 30,
                                  60 * error * 20 / 30));
}

// Pledges of one contributor that name the same vote share it: with a vote of 0.6 both or none are
// let through, while the vote of the same name elsewhere is another one.
TEST(ForceFlow, OneVoteDecidesForAllPledgesOfAContributor) {
  const std::string vote =
      "from: home, hubs: [home], conditions: {approvals: {vote: {probability: 0.6}}}}\n";
  const Given given(from_the_start("30 days") + R"(
places:
  home: {at: [50, 20], country: PL}
hubs:
  home: {place: home}
contributors:
  alpha:
    pledges:
      a: {function: air, troops: 1 troops, )" +
                    vote + "      b: {function: training, troops: 10 troops, " + vote + R"(
  bravo:
    pledges:
      c: {function: logistics, troops: 100 troops, )" +
                    vote + std::string(quiet_line));
  const double n = 20'000;
  double alpha = 0.0, bravo = 0.0, both = 0.0;
  for (std::uint64_t r = 0; r < 20'000; ++r) {
    const double troops = given.outcome(64, r).troops_peak;
    ASSERT_TRUE(troops == 0 || troops == 11 || troops == 100 || troops == 111) << troops;
    alpha += troops == 11 || troops == 111 ? 1.0 : 0.0;
    bravo += troops >= 100 ? 1.0 : 0.0;
    both += troops == 111 ? 1.0 : 0.0;
  }
  const auto error = [&](double p) { return std::sqrt(p * (1 - p) / n); };
  EXPECT_TRUE(expect_within_sigma(alpha / n, 0.6, error(0.6)));
  EXPECT_TRUE(expect_within_sigma(bravo / n, 0.6, error(0.6)));
  EXPECT_TRUE(expect_within_sigma(both / n, 0.36, error(0.36)));
}

}  // namespace
}  // namespace truce::verification
