// SPDX-License-Identifier: Apache-2.0
// Statements on how long something lasts hold as often as they say, with ends that are not seen.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/stats/survival.hpp"
#include "sim/stats/survival_band.hpp"
#include "sim/stats/survival_difference.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

using std::chrono::hours;

constexpr double mean_days = 10.0;
constexpr int horizon_days = 20;

/// An exponential length, cut off at the horizon and, in a third of replications, before it.
Observed observe(double u, double cut, double mean = mean_days) {
  const double length = -mean * std::log(u);
  const double until = cut < 1.0 / 3.0 ? 3.0 * cut * horizon_days : horizon_days;
  return {from_days(std::min(length, until)), length <= until};
}

/// Luck that two arms share: normal with correlation 0.8, as uniform numbers.
struct Luck {
  double from;
  double to;
};
Luck shared_luck(Normals& normal) {
  const double a = normal();
  const double b = 0.8 * a + 0.6 * normal();
  return {0.5 * std::erfc(-a / std::sqrt(2.0)), 0.5 * std::erfc(-b / std::sqrt(2.0))};
}

TEST(CoverageOfSurvival, PointwiseAndBand) {
  Normals normal{301};
  constexpr int n = 150;
  std::vector<Duration> times;
  for (int hour = 0; hour <= 24 * horizon_days; ++hour) times.emplace_back(hours{hour});
  const auto truth = [](Duration time) { return std::exp(-in_days(time) / mean_days); };
  std::uint64_t bands = 0;
  const auto at_a_week = [&] {
    Survival survival(hours{24 * horizon_days}, 1);
    for (int i = 0; i != n; ++i) {
      const Observed one = observe(normal.uniforms().uniform(), normal.uniforms().uniform());
      one.ended ? survival.add_end(one.length, 0) : survival.add_censored(one.length);
    }
    const auto band = survival_band(survival, times, 0.95).value();
    bands += std::ranges::all_of(band.points, [&](const SurvivalBand::Point& point) {
      return holds(point.lasts.interval, truth(point.time));
    });
    const Duration week = hours{24 * 7};
    return holds(survival.at(std::vector{week}, 0.95)[0].estimate->lasts.interval, truth(week));
  };
  EXPECT_TRUE(covers("Kaplan-Meier at a time", at_a_week));
  // At every hour. Seen at few times only, a band holds more often: it is that of the whole curve.
  const double share = static_cast<double>(bands) / static_cast<double>(coverage_experiments);
  RecordProperty("Kaplan-Meier band", std::to_string(share));
  EXPECT_GE(share, 0.94 - coverage_slack);
  EXPECT_LE(share, 0.96 + coverage_slack);
}

TEST(CoverageOfSurvival, RestrictedMeanDifference) {
  Normals normal{302};
  constexpr double longer = 14.0;
  const auto restricted = [](double mean) { return mean * -std::expm1(-horizon_days / mean); };
  const double truth = restricted(longer) - restricted(mean_days);
  EXPECT_TRUE(covers("restricted means", [&] {
    std::vector<Observed> from, to;
    for (int i = 0; i != 100; ++i) {
      const Luck luck = shared_luck(normal);
      const double cut = normal.uniforms().uniform();
      from.push_back(observe(luck.from, cut));
      to.push_back(observe(luck.to, cut, longer));
    }
    return holds(restricted_mean_difference(from, to, hours{24 * horizon_days}, 0.95)->interval,
                 truth);
  }));
}

TEST(CoverageOfSurvival, LevelOfThePairedLogRank) {
  Normals normal{303};
  EXPECT_TRUE(covers("level of the paired log-rank", [&] {
    std::vector<Observed> from, to;
    for (int i = 0; i != 100; ++i) {
      const Luck luck = shared_luck(normal);
      from.push_back(observe(luck.from, normal.uniforms().uniform()));
      to.push_back(observe(luck.to, normal.uniforms().uniform()));
    }
    return paired_log_rank(from, to, hours{24 * horizon_days})->p > 0.05;
  }));
}

}  // namespace
}  // namespace truce::stats
