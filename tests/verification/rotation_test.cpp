// SPDX-License-Identifier: Apache-2.0
// The rotation pool: with m contingents for each one in place, tours of length T and dwell R, the
// share in place is min(1, m T/(T + R)); the rest is the sustainment gap. That one soldier in place
// takes three in all follows from R = 2 T and is not assumed anywhere.
#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

struct Rotation {
  double pool = 1;
  int contingents = 1;
  double tour = 0;   ///< [days]
  double dwell = 0;  ///< [days]
  double extension = 0;
};

std::string in_days_text(double days) {
  return std::to_string(days) + " days";
}

/// 600 troops in place from the first moment on, at home, so that nothing is travelled.
std::string rotating(const Rotation& r, const std::string& horizon) {
  return from_the_start(horizon) + R"(
places:
  home: {at: [50, 20], country: PL}
hubs:
  home: {place: home, built_from: start}
contributors:
  alpha:
    pledges:
      a: {function: reassurance, troops: 600 troops, from: home, hubs: [home], contingents: )" +
         std::to_string(r.contingents) + ", pool: " + std::to_string(r.pool) +
         ", tour: " + in_days_text(r.tour) + ", dwell: " + in_days_text(r.dwell) +
         ", tour_extension: " + in_days_text(r.extension) + "}\n" + std::string(quiet_line);
}

model::Outcome after_days(const Rotation& rotation, double days) {
  return Given(rotating(rotation, in_days_text(days))).outcome(71);
}

// Horizons are whole numbers of T + R, over which the pattern repeats.
TEST(Rotation, ShareInPlaceFollowsFromPoolTourAndDwell) {
  for (const Rotation& r : {Rotation{1, 1, 180, 180},
                            {1, 3, 180, 360},
                            {2, 2, 180, 360},
                            {3, 1, 180, 360},
                            {4, 2, 180, 360},
                            {2.5, 2, 6, 15},
                            {1.5, 4, 10, 25},
                            {6, 1, 30, 120},
                            {2, 1, 100, 60}}) {
    const double days = 10 * (r.tour + r.dwell);
    const auto outcome = after_days(r, days);
    const double share = std::min(1.0, r.pool * r.tour / (r.tour + r.dwell));
    EXPECT_NEAR(outcome.troops_in_place / 600, share, 1e-6)
        << "pool " << r.pool << ", tour " << r.tour << ", dwell " << r.dwell;
    EXPECT_NEAR(outcome.sustainment_gap / (600 * days), 1 - share, 1e-6);
    EXPECT_EQ(outcome.tours_extended, 0);
  }
}

TEST(Rotation, OneInThreeAppears) {
  for (const int pool : {1, 2, 3}) {
    const auto outcome = after_days({static_cast<double>(pool), 1, 180, 360}, 5'400);
    EXPECT_NEAR(outcome.troops_in_place / 600, pool / 3.0, 1e-6) << "pool " << pool;
  }
}

// Two units, T = 6, R = 12, tours stretched by up to 3: each serves 9 days in 21, so that m (T + E)
// over (T + E + R) = 6/7 are in place. From 6 days of stretch on, relief always comes in time.
TEST(Rotation, StretchedToursNarrowTheGap) {
  const auto stretched = after_days({2, 1, 6, 12, 3}, 100 * 21);
  EXPECT_NEAR(stretched.troops_in_place / 600, 6.0 / 7, 1e-6);
  EXPECT_NEAR(stretched.sustainment_gap, 600 * 100 * 3, 1e-3);
  EXPECT_EQ(stretched.tours_extended, 199) << "all but the first: two in 21 days";
  const auto enough = after_days({2, 1, 6, 12, 6}, 100 * 18);
  EXPECT_NEAR(enough.troops_in_place / 600, 1.0, 1e-6);
  EXPECT_NEAR(enough.sustainment_gap, 0, 1e-6);
}

// The way takes 2 days to set out and 3 to travel, reception one: relief sets out 6 days before the
// tour's end, takes over the beds, and nothing is ever empty once the first unit is in place.
TEST(Rotation, ReliefArrivesAtTheEndOfTheTour) {
  const Given given(from_the_start("306 days") + R"(
places:
  home: {at: [50, 20], country: PL}
  town: {at: [50, 24], country: UA}
routes:
  way: {from: home, to: town, time: 3 days, capacity: 300 troops/day}
hubs:
  town: {place: town, built_from: start, beds: 600 troops, reception: 600 troops/day}
contributors:
  alpha:
    pledges:
      a: {function: reassurance, troops: 600 troops, from: home, hubs: [town],
          pool: 2, tour: 30 days, tour_extension: 5 days, dwell: 20 days}
)" + std::string(quiet_line));
  const auto outcome = given.outcome(73);
  EXPECT_NEAR(outcome.troops_in_place, 600 * 300.0 / 306, 1e-3);
  EXPECT_EQ(outcome.sustainment_gap, 0);
  EXPECT_EQ(outcome.troops_peak, 600);
  EXPECT_EQ(outcome.hub_wait, 0);
  EXPECT_EQ(outcome.tours_extended, 0);
}

// With one unit for the place, time in place is an alternating renewal process whatever the laws;
// here both exponential (mean and variance as for a unit that fails and is mended).
TEST(Rotation, WithDrawnToursAndDwellTheMeansDecide) {
  auto text = rotating({1, 100, 180, 360}, "20000 days");
  const std::string constant = "tour: 180.000000 days, dwell: 360.000000 days";
  ASSERT_NE(text.find(constant), std::string::npos);
  text.replace(text.find(constant), constant.size(),
               "tour: {exponential: 180 days}, dwell: {exponential: 360 days}");
  const Given given(text);
  const double a = 1 / 180.0, b = 1 / 360.0, days = 20'000.0;
  const double mean = b / (a + b) + a / std::pow(a + b, 2) / days;
  const double variance = 2 * a * b / std::pow(a + b, 3) / days;
  const auto shares = given.over(72, 20, [](const auto& o) { return o.troops_in_place / 600; });
  EXPECT_TRUE(expect_within_sigma(shares.mean().value(), mean, std::sqrt(variance / (20 * 100))));
}

}  // namespace
}  // namespace truce::verification
