// SPDX-License-Identifier: Apache-2.0
// Which arm is best: by hand, by exact laws, and where arms are the same.
#include "sim/stats/best.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

/// Arms 0, 1, 2 with means 10, 11, 14 and all differences of variance 1 or 2, of 4 replications.
JointMoments three_arms() {
  JointMoments joint(3);
  const double s = std::sqrt(0.75);
  joint.add(std::array{10.0, 11.0 + s, 14.0 + s});
  joint.add(std::array{10.0, 11.0 - s, 14.0 + s});
  joint.add(std::array{10.0, 11.0 + s, 14.0 - s});
  joint.add(std::array{10.0, 11.0 - s, 14.0 - s});
  return joint;
}

TEST(DifferencesFromBest, ByHand) {
  const JointMoments joint = three_arms();
  // One-sided, 5 % over two comparisons, 3 degrees of freedom: t = 3.1824; standard errors 1/2 of
  // differences from arm 0, sqrt(1/2) between 1 and 2.
  const double t = student_quantile(0.975, 3.0);
  const double a = t / 2.0, b = t * std::sqrt(0.5);
  const auto top = differences_from_best(joint, Best::highest, 0.95).value();
  ASSERT_EQ(top.size(), 3U);
  // Arm 2 alone may be the highest: 14 - 11 > b.
  EXPECT_NEAR(top[0].low, -4.0 - a, 1e-12);
  EXPECT_EQ(top[0].high, 0.0);
  EXPECT_NEAR(top[1].low, -3.0 - b, 1e-12);
  EXPECT_EQ(top[1].high, 0.0);
  EXPECT_EQ(top[2].low, 0.0);
  EXPECT_NEAR(top[2].high, std::min(4.0 + a, 3.0 + b), 1e-12);
  // Either of 0 and 1 may be the lowest: 11 - 10 < a.
  const auto bottom = differences_from_best(joint, Best::lowest, 0.95).value();
  EXPECT_NEAR(bottom[0].low, -1.0 - a, 1e-12);
  EXPECT_NEAR(bottom[0].high, a - 1.0, 1e-12);
  EXPECT_NEAR(bottom[1].low, 1.0 - a, 1e-12);
  EXPECT_NEAR(bottom[1].high, 1.0 + a, 1e-12);
  EXPECT_EQ(bottom[2].low, 0.0);
  EXPECT_FALSE(std::signbit(bottom[2].low));
  EXPECT_NEAR(bottom[2].high, std::max(4.0 + a, 3.0 + b), 1e-12);
}

TEST(DifferencesFromBest, OfArmsThatAreTheSame) {
  JointMoments joint(3);
  for (int i = 0; i != 4; ++i) joint.add(std::array{1.0 * i, 1.0 * i, 1.0 * i - 2.0});
  const auto top = differences_from_best(joint, Best::highest, 0.95).value();
  EXPECT_EQ(top[0], (Interval{0.0, 0.0}));
  EXPECT_EQ(top[1], (Interval{0.0, 0.0}));
  EXPECT_EQ(top[2], (Interval{-2.0, 0.0}));
  EXPECT_FALSE(differences_from_best(JointMoments(2), Best::highest, 0.95));
  EXPECT_THROW(static_cast<void>(differences_from_best(JointMoments(1), Best::highest, 0.95)),
               ContractViolation);
}

double below(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

TEST(ProbabilityBest, OfTwoIsExact) {
  JointMoments joint(2);
  for (const double d : {-1.0, 0.0, 1.0, 4.0}) joint.add(std::array{5.0 * d * d, 5.0 * d * d + d});
  // Differences of mean 1, variance 14 / 3.
  const double p = below(1.0 / std::sqrt(14.0 / 3.0 / 4.0));
  const auto top = probability_best(joint, Best::highest).value();
  EXPECT_NEAR(top[1], p, 1e-12);
  EXPECT_NEAR(top[0], 1.0 - p, 1e-12);
  EXPECT_NEAR(probability_best(joint, Best::lowest).value()[0], p, 1e-12);
}

// k arms of the same mean and independent, equal spread: 1 / k each. Sums and differences of
// columns of a Hadamard matrix have exactly these sample moments.
TEST(ProbabilityBest, OfEqualArms) {
  for (const std::size_t k : {3U, 7U, 60U}) {
    JointMoments joint(k);
    for (std::size_t i = 0; i != 64; ++i) {
      std::vector<double> row;
      for (std::size_t j = 1; j <= k; ++j)
        row.push_back(std::popcount(i & j) % 2 == 0 ? 1.0 : -1.0);
      joint.add(row);
    }
    const auto p = probability_best(joint, Best::highest).value();
    for (const double one : p) EXPECT_NEAR(one, 1.0 / static_cast<double>(k), 0.005) << k;
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-12);
  }
}

// Independent arms of unit variance over n and means m_i: one integral each.
TEST(ProbabilityBest, OfUnequalArms) {
  const std::array means = {0.0, 0.1, 0.2, -0.3, 0.15};
  JointMoments joint(5);
  for (std::size_t i = 0; i != 64; ++i) {
    std::array<double, 5> row{};
    for (std::size_t j = 0; j != 5; ++j) {
      row[j] = means[j] + (std::popcount(i & (j + 1)) % 2 == 0 ? 1.0 : -1.0);
    }
    joint.add(row);
  }
  const double error = std::sqrt(64.0 / 63.0 / 64.0);
  const auto p = probability_best(joint, Best::highest).value();
  for (std::size_t j = 0; j != 5; ++j) {
    double truth = 0.0;
    for (int step = 0; step != 2'000; ++step) {
      const double x = 16.0 * (step + 0.5) / 2'000 - 8.0;
      double density = std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
      for (std::size_t l = 0; l != 5; ++l) {
        if (l != j) density *= below(x + (means[j] - means[l]) / error);
      }
      truth += density * 16.0 / 2'000;
    }
    EXPECT_NEAR(p[j], truth, 0.002) << j;
  }
}

TEST(ProbabilityBest, IsSharedByArmsThatAreTheSame) {
  Normals normal{41};
  JointMoments joint(5), alone(2);
  for (int i = 0; i != 30; ++i) {
    const double a = normal(), b = normal();
    joint.add(std::array{a, b, a, a - 1.0, b});
    alone.add(std::array{a, b});
  }
  const auto p = probability_best(joint, Best::highest).value();
  const auto two = probability_best(alone, Best::highest).value();
  EXPECT_NEAR(p[0], two[0] / 2.0, 1e-12);
  EXPECT_EQ(p[0], p[2]);
  EXPECT_NEAR(p[1], two[1] / 2.0, 1e-12);
  EXPECT_EQ(p[1], p[4]);
  EXPECT_EQ(p[3], 0.0) << "always behind arm 0";
  EXPECT_GT(probability_best(joint, Best::lowest).value()[3], 0.9);
}

TEST(ProbabilityBest, WithoutAnySpread) {
  JointMoments joint(3);
  for (int i = 0; i != 3; ++i) joint.add(std::array{2.0, 2.0, 1.0});
  EXPECT_EQ(probability_best(joint, Best::highest), (std::vector{0.5, 0.5, 0.0}));
  EXPECT_EQ(probability_best(joint, Best::lowest), (std::vector{0.0, 0.0, 1.0}));
  EXPECT_EQ(probability_best(JointMoments(3), Best::lowest), std::nullopt);
  JointMoments one(1);
  one.add(std::array{1.0});
  one.add(std::array{2.0});
  EXPECT_EQ(probability_best(one, Best::lowest), (std::vector{1.0}));
}

}  // namespace
}  // namespace truce::stats
