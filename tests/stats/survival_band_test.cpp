// SPDX-License-Identifier: Apache-2.0
// The band of a curve: its factor against the law it comes from, where it lies and where it is not.
#include "sim/stats/survival_band.hpp"

#include <chrono>
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

using std::chrono::hours;

std::vector<Duration> hourly(int from, int to) {
  std::vector<Duration> times;
  for (int hour = from; hour <= to; ++hour) times.emplace_back(hours{hour});
  return times;
}

/// One ends in each of 100 hours.
Survival one_each_hour() {
  Survival survival(hours{100}, 1);
  for (int hour = 1; hour <= 100; ++hour) survival.add_end(hours{hour}, 0);
  return survival;
}

// Without censoring a is the share that has ended: the band goes from 5 to 95 of 100, and the
// factor solves the equation for odds of 19^2.
TEST(SurvivalBand, GoesFromFivePercentTo95) {
  const auto band = survival_band(one_each_hour(), hourly(0, 100), 0.95).value();
  ASSERT_FALSE(band.points.empty());
  EXPECT_NEAR(in_days(band.points.front().time) * 24.0, 5.5, 1.0);
  EXPECT_NEAR(in_days(band.points.back().time) * 24.0, 94.5, 1.0);
  const double c = band.factor;
  const double density = std::exp(-0.5 * c * c) / std::sqrt(2.0 * std::numbers::pi);
  const double odds = std::pow(0.95 / 0.05, 2);
  EXPECT_NEAR(density * (4.0 / c + (c - 1.0 / c) * std::log(odds)), 0.05, 0.002);
  EXPECT_GT(c, 2.9);
  EXPECT_LT(c, 3.2);
}

TEST(SurvivalBand, IsThePointwiseIntervalButForTheFactor) {
  const Survival survival = one_each_hour();
  const auto times = hourly(20, 60);
  const auto band = survival_band(survival, times, 0.9).value();
  ASSERT_EQ(band.points.size(), times.size());
  const auto points = survival.at(times, 0.9);
  for (std::size_t i = 0; i != times.size(); ++i) {
    const Chance& pointwise = points[i].estimate->lasts;
    const Chance& all = band.points[i].lasts;
    EXPECT_EQ(all.value, pointwise.value);
    const auto width = [](double s, double end) { return std::log(std::log(end) / std::log(s)); };
    EXPECT_NEAR(width(all.value, all.interval.low) / width(all.value, pointwise.interval.low),
                band.factor / normal_quantile(0.95), 1e-9);
  }
}

TEST(SurvivalBand, OfOnePointIsTheInterval) {
  const auto band = survival_band(one_each_hour(), hourly(50, 50), 0.95).value();
  ASSERT_EQ(band.points.size(), 1U);
  EXPECT_EQ(band.factor, normal_quantile(0.975));
}

TEST(SurvivalBand, OfNothingIsAbsent) {
  EXPECT_FALSE(survival_band(Survival(hours{10}, 1), hourly(0, 10), 0.95));
  Survival lasting(hours{10}, 1);
  for (int i = 0; i != 50; ++i) lasting.add_censored(hours{10});
  EXPECT_FALSE(survival_band(lasting, hourly(0, 10), 0.95));
  EXPECT_THROW(static_cast<void>(survival_band(lasting, hourly(0, 10), 1.0)), ContractViolation);
}

}  // namespace
}  // namespace truce::stats
