// SPDX-License-Identifier: Apache-2.0
// Statements on many what-ifs hold together as often as they say.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/stats/best.hpp"
#include "sim/stats/equicoordinate.hpp"
#include "sim/stats/multiple.hpp"
#include "sim/stats/paired.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

constexpr std::array<double, 5> means = {0.0, 0.1, 0.1, -0.2, 1.0};

/// Five arms on the same luck, of unequal spreads; 3 and 4 share more.
JointMoments five_arms(Normals& normal, int n) {
  JointMoments joint(5);
  for (int i = 0; i != n; ++i) {
    const double luck = 3.0 * normal();
    const double shared = 0.8 * normal();
    joint.add(std::array{means[0] + luck + 0.5 * normal(), means[1] + luck + 0.3 * normal(),
                         means[2] + 1.1 * luck + normal(),
                         means[3] + luck + shared + 0.3 * normal(),
                         means[4] + luck + shared + 0.3 * normal()});
  }
  return joint;
}

TEST(CoverageOfMany, SimultaneousDifferences) {
  Normals normal{201};
  constexpr int n = 48;
  // The factor lies between these, so that it need not be known where the largest deviation does
  // not.
  const double least = student_quantile(0.975, n - 1.0);
  const double most = sidak_quantile(4, n - 1.0, 0.95);
  EXPECT_TRUE(covers("simultaneous, k = 5", [&] {
    const JointMoments joint = five_arms(normal, n);
    double deviation = 0.0;
    for (std::size_t arm = 1; arm != 5; ++arm) {
      const double error = std::sqrt(*joint.difference_variance(0, arm) / n);
      deviation = std::max(deviation, std::abs(*joint.difference(0, arm) - means[arm]) / error);
    }
    if (deviation < least) return true;
    if (deviation > most) return false;
    const auto all = simultaneous_differences(joint, 0, 0.95).value();
    return std::ranges::all_of(all.arms, [](const ArmDifference& difference) {
      return holds(difference.interval, means[difference.arm]);
    });
  }));
}

// Conservative by design: Bonferroni's bound, and only the errors that hide the best arm count.
// That all hold together is certain where the k - 1 one-sided statements on the best do.
TEST(CoverageOfMany, DifferencesFromBest) {
  Normals normal{202};
  for (const Best best : {Best::highest, Best::lowest}) {
    std::array<double, 5> truth{};
    for (std::size_t i = 0; i != 5; ++i) {
      double other = best == Best::highest ? -1e9 : 1e9;
      for (std::size_t j = 0; j != 5; ++j) {
        if (j == i) continue;
        other = best == Best::highest ? std::max(other, means[j]) : std::min(other, means[j]);
      }
      truth[i] = means[i] - other;
    }
    const auto together = [&] {
      const auto intervals = differences_from_best(five_arms(normal, 24), best, 0.95).value();
      for (std::size_t i = 0; i != 5; ++i) {
        if (!holds(intervals[i], truth[i])) return false;
      }
      return true;
    };
    EXPECT_TRUE(covers(best == Best::highest ? "highest" : "lowest", together, 0.94, 1.0));
  }
  // Exact but for Bonferroni where one arm is known to be the best and differences from it are
  // nearly independent: 1 - (1 - 0.05 / 4)^4 = 4.9 % of errors.
  const auto clear = [&] {
    JointMoments joint(5);
    for (int i = 0; i != 24; ++i) {
      joint.add(std::array{9.0 + 0.1 * normal(), normal(), normal(), normal(), normal()});
    }
    const auto intervals = differences_from_best(joint, Best::highest, 0.95).value();
    return holds(intervals[0], 9.0) &&
           std::all_of(intervals.begin() + 1, intervals.end(),
                       [](const Interval& one) { return holds(one, -9.0); });
  };
  EXPECT_TRUE(covers("highest, far ahead", clear));
}

// Any p-value below the level after Holm's adjustment is an error if no arm differs.
TEST(CoverageOfMany, LevelOfHolm) {
  Normals normal{203};
  const auto none_found = [&] {
    JointMoments joint(5);
    for (int i = 0; i != 16; ++i) {
      joint.add(std::array{0.1 * normal(), normal(), normal(), normal(), normal()});
    }
    std::vector<double> p;
    for (std::size_t arm = 1; arm != 5; ++arm) {
      p.push_back(paired_difference(joint, 0, arm, 0.95)->p);
    }
    return std::ranges::min(holm(p)) > 0.05;
  };
  EXPECT_TRUE(covers("Holm, independent", none_found));
}

// A probability of being best is that of a normal law with the spread seen; of equal arms each is
// the most probable as often.
TEST(CoverageOfMany, ProbabilityBestIsFair) {
  Normals normal{204};
  double sum = 0.0;
  constexpr int experiments = 400;
  for (int experiment = 0; experiment != experiments; ++experiment) {
    JointMoments joint(3);
    for (int i = 0; i != 16; ++i) {
      const double luck = normal();
      joint.add(std::array{luck + normal(), luck + normal(), luck + normal()});
    }
    sum += probability_best(joint, Best::highest).value()[1];
  }
  // Uniform on (0, 1) nearly: standard deviation below 0.3.
  EXPECT_NEAR(sum / experiments, 1.0 / 3.0, 5.0 * 0.3 / std::sqrt(experiments));
}

}  // namespace
}  // namespace truce::stats
