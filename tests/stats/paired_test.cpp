// SPDX-License-Identifier: Apache-2.0
// Differences on the same luck against numbers known by hand and published ones.
#include "sim/stats/paired.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

JointMoments pairs(const std::vector<std::array<double, 2>>& values) {
  JointMoments joint(2);
  for (const auto& pair : values) joint.add(pair);
  return joint;
}

// Student's own example (Biometrika 6, 1908): hours of sleep gained by ten patients with either of
// two drugs; mean difference 1.58, t = 4.0621 with 9 degrees of freedom, p = 0.00283.
TEST(PairedDifference, OfStudentsSleep) {
  const auto joint = pairs({{0.7, 1.9},
                            {-1.6, 0.8},
                            {-0.2, 1.1},
                            {-1.2, 0.1},
                            {-0.1, -0.1},
                            {3.4, 4.4},
                            {3.7, 5.5},
                            {0.8, 1.6},
                            {0.0, 4.6},
                            {2.0, 3.4}});
  const auto found = paired_difference(joint, 0, 1, 0.95).value();
  EXPECT_EQ(found.n, 10U);
  EXPECT_NEAR(found.mean, 1.58, 1e-12);
  EXPECT_NEAR(found.mean / found.standard_error, 4.0621, 5e-5);
  EXPECT_NEAR(found.p, 0.00283, 5e-6);
  EXPECT_NEAR(found.interval.low, 0.7001, 5e-5);
  EXPECT_NEAR(found.interval.high, 2.4599, 5e-5);
  EXPECT_NEAR(found.correlation.value(), 0.7952, 5e-5);
  // Variances 3.2006 and 4.0090, of the difference 1.5129.
  EXPECT_NEAR(found.gain.value(), 4.7655, 5e-4);
  EXPECT_NEAR(found.independent_n.value(), 47.655, 5e-3);

  const auto back = paired_difference(joint, 1, 0, 0.95).value();
  EXPECT_EQ(back.mean, -found.mean);
  EXPECT_EQ(back.interval.low, -found.interval.high);
  EXPECT_EQ(back.p, found.p);
}

TEST(PairedDifference, ThatIsAlwaysTheSameIsAPoint) {
  const auto moved = paired_difference(pairs({{1, 3}, {5, 7}, {2, 4}}), 0, 1, 0.95).value();
  EXPECT_EQ(moved.interval, (Interval{2.0, 2.0}));
  EXPECT_EQ(moved.p, 0.0);
  EXPECT_EQ(moved.gain, std::nullopt);
  EXPECT_EQ(moved.independent_n, std::nullopt);
  const auto same = paired_difference(pairs({{0.1, 0.1}, {0.7, 0.7}}), 0, 1, 0.95).value();
  EXPECT_EQ(same.interval, (Interval{0.0, 0.0}));
  EXPECT_EQ(same.p, 1.0);
  EXPECT_DOUBLE_EQ(same.correlation.value(), 1.0);
}

TEST(PairedDifference, OfTooLittleIsAbsent) {
  EXPECT_EQ(paired_difference(JointMoments(2), 0, 1, 0.95), std::nullopt);
  EXPECT_EQ(paired_difference(pairs({{1, 2}}), 0, 1, 0.95), std::nullopt);
  EXPECT_THROW(static_cast<void>(paired_difference(pairs({{1, 2}, {2, 5}}), 0, 1, 1.0)),
               ContractViolation);
  EXPECT_THROW(static_cast<void>(paired_difference(pairs({{1, 2}, {2, 5}}), 0, 2, 0.9)),
               ContractViolation);
}

TEST(PairedCounts, AreAddedAndMerged) {
  PairedCounts counts;
  counts.add(true, true);
  counts.add(true, false);
  counts.add(false, true);
  counts.add(false, true);
  PairedCounts other;
  other.add(false, false);
  other.merge(counts);
  EXPECT_EQ(other, (PairedCounts{1, 1, 2, 1}));
  EXPECT_EQ(other.n(), 5U);
}

// Airways of 21 children before and after a transplantation, 1 and 7 of whom changed: limits and
// p-value as published by Fagerland, Lydersen and Laake (Statistics in Medicine 33, 2014).
TEST(TangoInterval, OfPublishedCounts) {
  const auto interval = tango_interval({1, 7, 1, 12}, 0.95).value();
  EXPECT_NEAR(interval.low, -0.517, 5e-4);
  EXPECT_NEAR(interval.high, -0.026, 5e-4);
}

// With b changes of n, all in one direction, the score equation has solutions by hand: without any,
// d = z^2 / (n + z^2), as Wilson's for none.
TEST(TangoInterval, AtTheEnds) {
  const double z2 = std::pow(normal_quantile(0.975), 2);
  const auto none = tango_interval({0, 0, 0, 30}, 0.95).value();
  EXPECT_NEAR(none.high, z2 / (30.0 + z2), 1e-14);
  EXPECT_EQ(none.low, -none.high);
  const auto all = tango_interval({0, 0, 30, 0}, 0.95).value();
  EXPECT_EQ(all.high, 1.0);
  EXPECT_GT(all.low, 0.7);
  EXPECT_EQ(tango_interval({}, 0.95), std::nullopt);
}

TEST(TangoInterval, TurnsWithTheArms) {
  const auto there = tango_interval({10, 3, 8, 20}, 0.9).value();
  const auto back = tango_interval({10, 8, 3, 20}, 0.9).value();
  EXPECT_EQ(there.low, -back.high);
  EXPECT_EQ(there.high, -back.low);
}

TEST(McNemar, ByHand) {
  EXPECT_EQ(mcnemar_p({}), 1.0);
  EXPECT_EQ(mcnemar_p({9, 0, 0, 4}), 1.0);
  EXPECT_DOUBLE_EQ(mcnemar_p({1, 7, 1, 12}), 10.0 / 256.0);
  EXPECT_DOUBLE_EQ(mcnemar_p({1, 1, 7, 12}), 10.0 / 256.0);
  EXPECT_DOUBLE_EQ(mcnemar_p({0, 4, 4, 0}), 1.0);
  EXPECT_DOUBLE_EQ(mcnemar_p({0, 5, 0, 0}), 1.0 / 32.0);
}

}  // namespace
}  // namespace truce::stats
