// SPDX-License-Identifier: Apache-2.0
// Elementary effects of Morris's own test function, whose inputs fall into known groups, and how
// often the interval of mu* contains the truth.
#include "sim/stats/morris.hpp"

#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/random/points.hpp"

#include "sim/stats/interval.hpp"

#include "tests/stats/experiments.hpp"
#include "tests/support/noise.hpp"
#include "tests/support/statistics.hpp"

namespace truce::stats {
namespace {

constexpr std::size_t factors = 20;
using Outcomes = std::vector<std::optional<double>>;

/// Morris's w: bent for inputs 3, 5 and 7 (counted from 1).
double bent(std::size_t i, double x) {
  return 2.0 * ((i == 3 || i == 5 || i == 7 ? 1.1 * x / (x + 0.1) : x) - 0.5);
}

/// Coefficients of single inputs and of pairs. Morris draws those of the rest from the standard
/// normal distribution; here they are -1 and 1 in turn.
double slope(std::size_t i) {
  return i <= 10 ? 20.0 : (i % 2 == 0 ? 1.0 : -1.0);
}
double slope(std::size_t i, std::size_t j) {
  return i <= 6 && j <= 6 ? -15.0 : ((i + j) % 2 == 0 ? 1.0 : -1.0);
}

/// sum b_i w_i + sum b_ij w_i w_j - 10 sum_{i<j<k<=5} w_i w_j w_k + 5 w_1 w_2 w_3 w_4 (Morris
/// 1991).
double morris_function(std::span<const double> x) {
  std::vector<double> w(factors + 1);
  for (std::size_t i = 1; i <= factors; ++i) w[i] = bent(i, x[i - 1]);
  double y = 5.0 * w[1] * w[2] * w[3] * w[4];
  for (std::size_t i = 1; i <= factors; ++i) {
    y += slope(i) * w[i];
    for (std::size_t j = i + 1; j <= factors; ++j) {
      y += slope(i, j) * w[i] * w[j];
      for (std::size_t k = j + 1; k <= 5; ++k) y -= 10.0 * w[i] * w[j] * w[k];
    }
  }
  return y;
}

template <class Function>
Outcomes outcomes_at(const random::Points& points, Function&& function) {
  Outcomes outcomes;
  for (std::size_t r = 0; r < points.rows; ++r) outcomes.emplace_back(function(points.row(r)));
  return outcomes;
}

// Morris's conclusions from few trajectories: the first ten inputs matter, the others do not; 8, 9
// and 10 act on their own and straight, 1 to 7 bent or with others.
TEST(Morris, SortsTheInputsOfItsTestFunction) {
  const auto design = random::morris(10, factors, 4, 3);
  const auto effects =
      elementary_effects(design, outcomes_at(design.points, morris_function), {1, 200, 0.95});
  ASSERT_EQ(effects.size(), factors);
  for (std::size_t i = 1; i <= factors; ++i) {
    const auto& effect = effects[i - 1];
    EXPECT_EQ(effect.effects, 10U);
    if (i <= 10) {
      EXPECT_GT(*effect.mean_absolute, 25.0) << i;
    } else {
      EXPECT_LT(*effect.mean_absolute, 15.0) << i;
    }
    EXPECT_TRUE(i <= 7 ? *effect.sd > 15.0 : *effect.sd < 12.0) << i;
    EXPECT_TRUE(effect.interval->low < *effect.mean_absolute &&
                *effect.mean_absolute < effect.interval->high);
  }
}

// An input i > 7 has the effect 2 (b_i + sum_j b_ij w_j), the others being anywhere on the grid,
// independently: mean and variance by sums over the four levels.
TEST(Morris, EffectsHaveTheMeanAndSpreadOfTheory) {
  constexpr std::size_t trajectories = 4'000;
  const auto design = random::morris(trajectories, factors, 4, 4);
  const auto effects =
      elementary_effects(design, outcomes_at(design.points, morris_function), {1, 2, 0.95});
  for (std::size_t i = 8; i <= factors; ++i) {
    double mean = slope(i), variance = 0.0;
    for (std::size_t j = 1; j <= factors; ++j) {
      if (j == i) continue;
      double w = 0.0, w2 = 0.0;
      for (int level = 0; level < 4; ++level) {
        w += bent(j, level / 3.0) / 4.0;
        w2 += bent(j, level / 3.0) * bent(j, level / 3.0) / 4.0;
      }
      mean += slope(i, j) * w;
      variance += slope(i, j) * slope(i, j) * (w2 - w * w);
    }
    const auto& effect = effects[i - 1];
    const double sd = 2.0 * std::sqrt(variance);
    EXPECT_TRUE(test::expect_within_sigma(*effect.mean, 2.0 * mean, sd / std::sqrt(trajectories)));
    // The effects are sums of many small ones: as good as normal.
    EXPECT_TRUE(test::expect_within_sigma(*effect.sd, sd, sd / std::sqrt(2.0 * trajectories)));
  }
}

TEST(Morris, AStraightOutcomeHasTheSameEffectEverywhere) {
  const auto design = random::morris(6, 3, 4, 1);
  auto outcomes = outcomes_at(design.points, [](auto x) { return 7.0 + 3.0 * x[0] - 2.0 * x[1]; });
  const auto effects = elementary_effects(design, outcomes, {1, 50, 0.95});
  EXPECT_NEAR(*effects[1].mean, -2.0, 1e-12);
  EXPECT_NEAR(*effects[1].mean_absolute, 2.0, 1e-12);
  EXPECT_NEAR(*effects[1].sd, 0.0, 1e-12);
  EXPECT_NEAR(effects[0].interval->low, 3.0, 1e-12);
  EXPECT_EQ(effects[2].mean_absolute, 0.0);
  EXPECT_EQ(effects[2].interval, (Interval{0.0, 0.0}));
}

TEST(Morris, AnAbsentOutcomeLeavesOutTheEffectsBesideIt) {
  const auto design = random::morris(4, 2, 4, 1);
  auto outcomes = outcomes_at(design.points, [](auto x) { return 2.0 * x[0]; });
  outcomes[4].reset();  // in the middle of the second trajectory
  auto effects = elementary_effects(design, outcomes, {1, 50, 0.95});
  EXPECT_EQ(effects[0].effects, 3U);
  EXPECT_EQ(effects[1].effects, 3U);
  EXPECT_NEAR(*effects[0].mean, 2.0, 1e-12);
  EXPECT_FALSE(effects[0].interval);
  outcomes.assign(outcomes.size(), std::nullopt);
  effects = elementary_effects(design, outcomes, {1, 50, 0.95});
  EXPECT_EQ(effects[0].effects, 0U);
  EXPECT_FALSE(effects[0].mean || effects[0].mean_absolute || effects[0].sd);
  outcomes.pop_back();
  EXPECT_THROW(elementary_effects(design, outcomes, {}), ContractViolation);
}

// The effect of one input is drawn: normal around 0, so that |EE| has the mean sqrt(2 / pi);
// exponential; normal around 3, where |EE| is as good as EE. Measured: 0.945 to 0.956.
TEST(Coverage, OfMeanAbsoluteEffects) {
  struct Law {
    double (*effect)(test::Noise& noise);
    double mean_absolute;
  };
  const double beyond = std::exp(-4.5) / std::sqrt(2.0 * std::numbers::pi) - 3.0 * 0.00134989803163;
  const Law laws[] = {
      {[](test::Noise& noise) { return normal_quantile(noise.uniform()); },
       std::sqrt(2.0 / std::numbers::pi)},
      {[](test::Noise& noise) { return -noise.exponential(); }, 1.0},
      {[](test::Noise& noise) { return 3.0 + normal_quantile(noise.uniform()); },
       3.0 + 2.0 * beyond},
  };
  for (const std::size_t trajectories : {10U, 20U}) {
    const auto design = random::morris(trajectories, 1, 4, 2);
    Outcomes outcomes(design.points.rows);
    for (const Law& law : laws) {
      test::Noise noise{5};
      test::Coverage coverage;
      for (std::uint64_t i = 0; i != test::many_experiments; ++i) {
        for (std::size_t t = 0; t < trajectories; ++t) {
          outcomes[2 * t] = 0.0;
          outcomes[2 * t + 1] = law.effect(noise) * design.steps[t].by;
        }
        const auto effects = elementary_effects(design, outcomes, {i, 199, 0.95});
        coverage.add(*effects[0].interval, law.mean_absolute);
      }
      EXPECT_TRUE(coverage.within(0.94, 0.96)) << trajectories << ", mean " << law.mean_absolute;
    }
  }
}

}  // namespace
}  // namespace truce::stats
