// SPDX-License-Identifier: Apache-2.0
// Many what-ifs together, against numbers known by hand and cases where the answer is known.
#include "sim/stats/multiple.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/equicoordinate.hpp"
#include "sim/stats/paired.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

// Holm's steps for 0.01, 0.04, 0.03, 0.005: 4 x 0.005, 3 x 0.01, 2 x 0.03, then 0.04 not below it.
TEST(Holm, ByHand) {
  const auto adjusted = holm(std::vector{0.01, 0.04, 0.03, 0.005});
  ASSERT_EQ(adjusted.size(), 4U);
  EXPECT_DOUBLE_EQ(adjusted[3], 0.02);
  EXPECT_DOUBLE_EQ(adjusted[0], 0.03);
  EXPECT_DOUBLE_EQ(adjusted[2], 0.06);
  EXPECT_DOUBLE_EQ(adjusted[1], 0.06);
  EXPECT_EQ(holm(std::vector{0.6, 0.9, 0.6}), (std::vector{1.0, 1.0, 1.0}));
  EXPECT_EQ(holm(std::vector{0.2}), (std::vector{0.2}));
  EXPECT_TRUE(holm({}).empty());
  EXPECT_THROW(static_cast<void>(holm(std::vector{1.1})), ContractViolation);
}

TEST(SimultaneousDifferences, OfOneArmAreThePairedInterval) {
  Normals normal{31};
  JointMoments joint(2);
  for (int i = 0; i != 20; ++i) joint.add(std::array{normal(), 1.0 + normal()});
  const auto all = simultaneous_differences(joint, 0, 0.95).value();
  const auto pair = paired_difference(joint, 0, 1, 0.95).value();
  ASSERT_EQ(all.arms.size(), 1U);
  EXPECT_EQ(all.arms[0].arm, 1U);
  EXPECT_EQ(all.arms[0].mean, pair.mean);
  EXPECT_DOUBLE_EQ(all.arms[0].standard_error, pair.standard_error);
  EXPECT_NEAR(all.arms[0].interval.low, pair.interval.low, 1e-12);
}

TEST(SimultaneousDifferences, WithArmsThatDoNotVary) {
  Normals normal{32};
  JointMoments joint(5);
  for (int i = 0; i != 40; ++i) {
    const double luck = normal();
    const double other = luck + normal();
    // Arms 0 and 1 equal the base, 2; 3 and 4 move together.
    joint.add(std::array{luck, luck, luck, other, 3.0 + other});
  }
  const auto all = simultaneous_differences(joint, 2, 0.95).value();
  ASSERT_EQ(all.arms.size(), 4U);
  EXPECT_EQ(all.arms[1].arm, 1U);
  EXPECT_EQ(all.arms[2].arm, 3U);
  EXPECT_EQ(all.arms[0].interval, (Interval{0.0, 0.0}));
  EXPECT_NEAR(all.factor, student_quantile(0.975, 39.0), 1e-3) << "one difference, seen twice";
  EXPECT_NEAR(all.arms[3].mean, all.arms[2].mean + 3.0, 1e-12);

  JointMoments still(3);
  for (int i = 0; i != 3; ++i) still.add(std::array{1.0 * i, 1.0 * i + 2.0, 1.0 * i});
  const auto points = simultaneous_differences(still, 0, 0.95).value();
  EXPECT_EQ(points.factor, 0.0);
  EXPECT_EQ(points.arms[0].interval, (Interval{2.0, 2.0}));
}

TEST(SimultaneousDifferences, OfTooLittleAreAbsent) {
  JointMoments joint(3);
  joint.add(std::array{1.0, 2.0, 3.0});
  EXPECT_FALSE(simultaneous_differences(joint, 0, 0.95));
  EXPECT_THROW(static_cast<void>(simultaneous_differences(joint, 3, 0.95)), ContractViolation);
  EXPECT_THROW(static_cast<void>(simultaneous_differences(JointMoments(1), 0, 0.95)),
               ContractViolation);
}

}  // namespace
}  // namespace truce::stats
