// SPDX-License-Identifier: Apache-2.0
// Deterrence lowers the baseline to mu times the product of 1 - e F/(F + F50), from the moment when
// the troops are in place.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

// Two functions at one hub, 3 and 1 troops per km of the sector near it; a larger force beyond
// reach. `notice` is that of the reassurance force at the hub.
std::string deterred(const std::string& notice) {
  return from_the_start("200 days") + R"(
places:
  town: {at: [50.2, 36.5], country: UA}
  port: {at: [46.5, 30.7], country: UA}
hubs:
  town: {place: town, built_from: start}
  port: {place: port, built_from: start}
contributors:
  coalition:
    pledges:
      force:
        {function: reassurance, troops: 300 troops, from: town, hubs: [town],
         conditions: {ceasefire: false}, notice_to_move: )" +
         notice + R"(}
      monitors:
        {function: monitoring, troops: 100 troops, from: town, hubs: [town],
         conditions: {ceasefire: false}}
      rear:
        {function: reassurance, troops: 5000 troops, from: port, hubs: [port],
         conditions: {ceasefire: false}}
deterrence:
  reassurance: {effect: 0.6, half_effect_at: 1.5 troops/km, reach: 100 km}
  monitoring: {effect: 0.4, half_effect_at: 3 troops/km, reach: 100 km}
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  near: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 4 /day}}
  far: {from: [53, 36], to: [53, 37], length: 100 km, incidents: {rate: 4 /day}}
)";
}

constexpr double by_force = 1 - 0.6 * 3.0 / (3.0 + 1.5);     // 0.6
constexpr double by_monitors = 1 - 0.4 * 1.0 / (1.0 + 3.0);  // 0.9

TEST(Deterrence, LowersTheRateByTheProductOfItsFunctions) {
  const Given given(deterred("0 days"));
  const double n = 400;
  const auto rate = [&](std::string_view sector) {
    return given.over(11, 400, [id = given.sector(sector)](const auto& o) {
      return o.incidents_by_sector[id] / 200.0;
    });
  };
  const double theory = 4 * by_force * by_monitors;
  EXPECT_TRUE(
      expect_within_sigma(rate("near").mean().value(), theory, std::sqrt(theory / (200 * n))));
  EXPECT_TRUE(expect_within_sigma(rate("far").mean().value(), 4.0, std::sqrt(4.0 / (200 * n))));
}

// The force is in place from day 50 on: counts before and after are Poisson.
TEST(Deterrence, ActsFromTheDayOnWhichTroopsAreInPlace) {
  const Given given(deterred("50 days"));
  stats::Moments before, after;
  for (std::uint64_t r = 0; r < 400; ++r) {
    const auto timeline = given.play(12, r).timeline;
    double early = 0.0, late = 0.0;
    for (std::size_t day = 1; day <= 200; ++day) {
      (day <= 50 ? early : late) += at_end_of_day(timeline, day, "incidents");
    }
    before.add(early);
    after.add(late);
  }
  const double early = 50 * (4 + 4 * by_monitors);
  const double late = 150 * (4 + 4 * by_monitors * by_force);
  EXPECT_TRUE(expect_within_sigma(before.mean().value(), early, std::sqrt(early / 400)));
  EXPECT_TRUE(expect_within_sigma(after.mean().value(), late, std::sqrt(late / 400)));
}

// The k-th incident comes when the integral of the rate reaches the same sum of exponentials with
// and without deterrence; what is left when troops arrive is stretched, not begun anew.
TEST(Deterrence, LeavesTheIntegralBetweenIncidents) {
  std::string text = deterred("50 days");
  const Given given(text);
  for (const std::string_view effect : {"effect: 0.6", "effect: 0.4"}) {
    text.replace(text.find(effect), effect.size(), "effect: 0");
  }
  const Given free(text);
  const auto days = [](const Given& of) {
    std::vector<double> near;
    for (const Occurrence& incident : of.incidents(13)) {
      if (incident.sector == of.sector("near")) near.push_back(incident.day);
    }
    return near;
  };
  const auto with = days(given), without = days(free);
  ASSERT_GT(with.size(), 400U);
  ASSERT_GT(without.size(), with.size());
  for (std::size_t k = 0; k < with.size(); ++k) {
    const double integral = by_monitors * std::min(with[k], 50.0) +
                            by_monitors * by_force * std::max(0.0, with[k] - 50.0);
    EXPECT_NEAR(integral, without[k], 1e-5) << "incident " << k;
  }
}

}  // namespace
}  // namespace truce::verification
