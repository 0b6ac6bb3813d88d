// SPDX-License-Identifier: Apache-2.0
// Political shocks: when they come, whether they come, whom they take home, what they change.
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

/// A ceasefire on day 20 of 120, and a shock.
std::string shocked(const std::string& shock, const std::string& more = "") {
  return "truce: 1\nname: Known answer\nstart: 2026-07-01\nhorizon: 120 days\n"
         "ceasefire: {takes_effect: 2026-07-21}\n" +
         std::string(quiet_line) + "shocks:\n  shock: " + shock + "\n" + more;
}

TEST(Shocks, ComeOnTheirDate) {
  for (const std::string at : {"2026-08-05", "35 days"}) {
    const auto days = Given(shocked("{at: " + at + "}")).days_of<model::ShockStrikes>(91);
    ASSERT_EQ(days.size(), 1U) << at;
    EXPECT_NEAR(days.front(), 35, exactly) << at;
  }
  EXPECT_TRUE(Given(shocked("{at: never}")).days_of<model::ShockStrikes>(91).empty());
}

// Evenly between the ceasefire and 80 days later: the largest distance of the distributions.
TEST(Shocks, ByADayComeEvenlyUpToIt) {
  const Given given(shocked("{by: 80 days}"));
  std::vector<double> shares;
  for (std::uint64_t r = 0; r < 4'000; ++r) {
    const auto days = given.days_of<model::ShockStrikes>(92, r);
    ASSERT_EQ(days.size(), 1U);
    shares.push_back((days.front() - 20) / 80);
  }
  std::sort(shares.begin(), shares.end());
  const auto n = static_cast<double>(shares.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    distance = std::max({distance, static_cast<double>(i + 1) / n - shares[i],
                         shares[i] - static_cast<double>(i) / n});
  }
  EXPECT_LT(distance * std::sqrt(n), 2.745) << "Kolmogorov: probability 5.7e-7 beyond";
}

// At 0.05 a day over the 100 days of ceasefire, each with chance 0.4: Poisson with mean 2.
TEST(Shocks, AtARateAreAPoissonProcess) {
  const Given given(shocked("{rate: 0.05 /day, probability: 0.4}"));
  const std::uint64_t n = 20'000;
  const auto counts = given.over(93, n, [](const auto& o) { return o.shocks; });
  const auto size = static_cast<double>(n);
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), 2, std::sqrt(2 / size)));
  // The fourth cumulant of a Poisson count is its mean.
  EXPECT_TRUE(expect_within_sigma(counts.variance().value(), 2, std::sqrt((2 + 2 * 4) / size)));
}

// Two facts of 0.8 and 0.5, and the shock's own chance of 0.7.
TEST(Shocks, NeedTheirFactsAndTheirChance) {
  const std::string facts = "facts:\n  one: {probability: 0.8}\n  two: {probability: 0.5}\n";
  const double n = 20'000;
  const auto share = [&](const std::string& shock) {
    return Given(shocked(shock, facts))
        .over(94, 20'000, [](const auto& o) { return o.shocks; })
        .mean()
        .value();
  };
  for (const auto& [shock, p] :
       {std::pair{"{at: 30 days, probability: 0.7}", 0.7},
        {"{at: 30 days, needs: [one]}", 0.8},
        {"{by: 30 days, probability: 0.7, needs: [one, two]}", 0.7 * 0.8 * 0.5}}) {
    EXPECT_TRUE(expect_within_sigma(share(shock), p, std::sqrt(p * (1 - p) / n))) << shock;
  }
}

// From day 35 to day 45 there are 50 incidents a day, else none.
TEST(Shocks, HaveEffectsWhileTheyLast) {
  const Given given(shocked(
      "{at: 35 days, lasts: 10 days, effects: {sectors.line.incidents.rate: {set: 50 /day}}}"));
  double incidents = 0.0;
  for (std::uint64_t r = 0; r < 100; ++r) {
    for (const auto& incident : given.incidents(96, r)) {
      ASSERT_GE(incident.day, 35.0);
      ASSERT_LE(incident.day, 45.0);
      incidents += 1;
    }
  }
  EXPECT_TRUE(expect_within_sigma(incidents, 100 * 500, std::sqrt(100 * 500)));
}

constexpr std::string_view three_pledges = R"(
places:
  home: {at: [50, 20], country: PL}
  town: {at: [50, 24], country: UA}
routes:
  home-town: {from: home, to: town, time: 4 days}
hubs:
  town: {place: town, beds: 180 troops}
contributors:
  alpha:
    pledges:
      a: {function: monitoring, troops: 60 troops, from: home, hubs: [town], contingents: 2, notice_to_move: 1.5 days}
      b: {function: air, troops: 40 troops, from: home, hubs: [town], notice_to_move: 27.5 days}
  bravo:
    pledges:
      a: {function: reassurance, troops: 80 troops, from: home, hubs: [town], notice_to_move: 2.5 days,
          tour: 20 days, dwell: 10 days, pool: 2}
)";

/// Troops of a function on the timeline, by day.
std::vector<double> by_day(const Given& given, std::string_view function) {
  const auto timeline = given.play(95).timeline;
  std::vector<double> troops;
  for (std::size_t day = 1; day <= timeline.days; ++day) {
    troops.push_back(at_end_of_day(timeline, day, "troops." + std::string(function)));
  }
  return troops;
}
std::vector<double> steps(const std::vector<std::pair<int, double>>& changes) {
  std::vector<double> troops(120, 0.0);
  for (const auto& [day, value] : changes) {
    std::fill(troops.begin() + day, troops.end(), value);
  }
  return troops;
}

// Alpha.a is there on day 25.5, bravo.a on day 26.5, alpha.b on day 51.5.
TEST(Shocks, LeaveTroopsAloneIfTheyWithdrawNobody) {
  const Given given(shocked("{at: 50.25 days}", std::string(three_pledges)));
  EXPECT_EQ(by_day(given, "monitoring"), steps({{25, 60}}));
  EXPECT_EQ(by_day(given, "air"), steps({{51, 40}}));
  EXPECT_EQ(by_day(given, "reassurance"), steps({{26, 80}}));
}

// Alpha goes home: those in place six days after the shock, those on their way at once.
TEST(Shocks, WithdrawContributorsOnTheExactDay) {
  const Given given(
      shocked("{at: 50.25 days, withdraws: [alpha], notice: 6 days}", std::string(three_pledges)));
  EXPECT_EQ(by_day(given, "monitoring"), steps({{25, 60}, {56, 0}}));
  EXPECT_EQ(by_day(given, "air"), steps({}));
  EXPECT_EQ(by_day(given, "reassurance"), steps({{26, 80}}));
  const auto leave = given.days_of<model::UnitWithdraws>(95);
  ASSERT_EQ(leave.size(), 2U);
  for (const double day : leave) EXPECT_NEAR(day, 56.25, exactly);
  const auto o = given.outcome(95);
  EXPECT_EQ(o.pledges_withdrawn, 2);
  // Means run over the 100 days from day 20 on.
  EXPECT_NEAR(o.troops_in_place, (60 * (56.25 - 25.5) + 80 * (120 - 26.5)) / 100, 1e-4);
  EXPECT_EQ(o.sustainment_gap, 0) << "a place given up is no gap";
}

// One pledge of a contributor, with relief under way: no relief comes any more, nobody is counted
// as a gap, and the tour's end changes nothing.
TEST(Shocks, WithdrawAPledgeWithItsRelief) {
  const Given given(shocked("{at: 43.25 days, withdraws: [bravo.a], notice: 30 days}",
                            std::string(three_pledges)));
  // The relief due on day 46.5 has set out on day 42.5 and turns round.
  EXPECT_EQ(by_day(given, "reassurance"), steps({{26, 80}, {73, 0}}));
  EXPECT_EQ(by_day(given, "monitoring"), steps({{25, 60}}));
  const auto o = given.outcome(95);
  EXPECT_EQ(o.sustainment_gap, 0);
  EXPECT_EQ(o.pledges_withdrawn, 1);
}

// Who leaves frees beds: with 150 of them, alpha.b waits for alpha.a to go.
TEST(Shocks, FreeTheBedsOfThoseWhoLeave) {
  std::string text =
      shocked("{at: 60.25 days, withdraws: [alpha.a], notice: 6 days}", std::string(three_pledges));
  const std::string beds = "beds: 180 troops";
  text.replace(text.find(beds), beds.size(), "beds: 150 troops");
  const Given given(text);
  EXPECT_EQ(by_day(given, "monitoring"), steps({{25, 60}, {66, 0}}));
  EXPECT_EQ(by_day(given, "air"), steps({{66, 40}}));
}

// Alpha turns round on its first leg, on day 23.25, and is not on the second from day 25.5 on,
// where it would hold up bravo for five days: bravo is at the gate on day 26, has set out by day 28
// and is there on day 29.25.
TEST(Shocks, TurnRoundThoseOnTheirWayAtOnce) {
  const Given given(shocked("{at: 23.25 days, withdraws: [alpha]}", R"(
places:
  home: {at: [50, 20], country: PL}
  gate: {at: [50, 22], country: PL}
  town: {at: [50, 24], country: UA}
routes:
  home-gate: {from: home, to: gate, time: 4 days}
  gate-town: {from: gate, to: town, time: 1.25 days, capacity: 20 troops/day}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: monitoring, troops: 100 troops, from: home, hubs: [town], notice_to_move: 1.5 days}
  bravo:
    pledges:
      b: {function: reassurance, troops: 40 troops, from: gate, hubs: [town], notice_to_move: 6 days}
)"));
  EXPECT_EQ(by_day(given, "monitoring"), steps({}));
  EXPECT_EQ(by_day(given, "reassurance"), steps({{29, 40}}));
  EXPECT_NEAR(given.outcome(95).leg_wait, 0, exactly);
}

}  // namespace
}  // namespace truce::verification
