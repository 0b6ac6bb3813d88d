// SPDX-License-Identifier: Apache-2.0
// Joint moments against numbers known by hand, against Moments, and merged against sequential.
#include "sim/stats/joint.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/moments.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

using Row = std::array<double, 3>;

JointMoments of(const std::vector<Row>& rows) {
  JointMoments joint(3);
  for (const Row& row : rows) joint.add(row);
  return joint;
}

// x = 1 2 3 4 5, y = 2 1 4 3 5: sum (x - 3)(y - 3) = 2 + 2 + 0 + 0 + 4 = 8, both squares 10;
// z = 7 + x. x - y = -1 1 -1 1 0, of mean 0 and sum of squares 4.
const std::vector<Row> known = {{1, 2, 8}, {2, 1, 9}, {3, 4, 10}, {4, 3, 11}, {5, 5, 12}};

TEST(JointMoments, OfFiveReplicationsOfThreeArms) {
  const JointMoments joint = of(known);
  EXPECT_EQ(joint.arms(), 3U);
  EXPECT_EQ(joint.count(), 5U);
  EXPECT_DOUBLE_EQ(*joint.mean(1), 3.0);
  EXPECT_DOUBLE_EQ(*joint.variance(1), 2.5);
  EXPECT_DOUBLE_EQ(*joint.covariance(0, 1), 2.0);
  EXPECT_DOUBLE_EQ(*joint.covariance(1, 0), 2.0);
  EXPECT_DOUBLE_EQ(*joint.correlation(0, 1), 0.8);
  EXPECT_DOUBLE_EQ(*joint.difference(1, 0), 0.0);
  EXPECT_DOUBLE_EQ(*joint.difference_variance(0, 1), 1.0);
  EXPECT_EQ(*joint.difference(0, 2), 7.0);
  EXPECT_EQ(*joint.difference(2, 0), -7.0);
  EXPECT_EQ(*joint.difference_variance(2, 0), 0.0) << "no rounding where all differences are equal";
}

TEST(JointMoments, AsMatrices) {
  const JointMoments joint = of(known);
  Eigen::Matrix3d expected;
  expected << 2.5, 2.0, 2.5, 2.0, 2.5, 2.0, 2.5, 2.0, 2.5;
  EXPECT_TRUE(joint.covariances()->isApprox(expected, 1e-14));
  // From y: of x - y and z - y, which differ by a constant.
  EXPECT_TRUE(joint.difference_covariances(1)->isApprox(Eigen::Matrix2d::Ones(), 1e-14));
}

TEST(JointMoments, OfTooLittleAreAbsent) {
  EXPECT_EQ(JointMoments(2).mean(0), std::nullopt);
  EXPECT_EQ(JointMoments(2).difference(0, 1), std::nullopt);
  const JointMoments one = of({{1, 2, 3}});
  EXPECT_EQ(one.mean(2), 3.0);
  EXPECT_EQ(one.variance(0), std::nullopt);
  EXPECT_EQ(one.covariance(0, 1), std::nullopt);
  EXPECT_EQ(one.difference_variance(0, 1), std::nullopt);
  EXPECT_EQ(one.covariances(), std::nullopt);
  const JointMoments still = of({{1, 2, 3}, {1, 4, 9}});
  EXPECT_EQ(still.correlation(0, 1), std::nullopt);
  EXPECT_EQ(still.covariance(0, 1), 0.0);
}

Row draw(test::Noise& noise) {
  const double luck = noise.exponential();
  return {1e6 + luck, 1e6 + luck + 0.01 * noise.exponential(), noise.exponential()};
}

TEST(JointMoments, OfAnArmAreThoseOfMoments) {
  test::Noise noise{3};
  JointMoments joint(3);
  Moments alone;
  for (int block = 0; block != 40; ++block) {
    JointMoments part(3);
    Moments alone_part;
    for (int i = 0; i != 16; ++i) {
      const Row row = draw(noise);
      part.add(row);
      alone_part.add(row[1]);
    }
    joint.merge(part);
    alone.merge(alone_part);
  }
  EXPECT_EQ(joint.mean(1), alone.mean());
  EXPECT_EQ(joint.variance(1), alone.variance());
}

TEST(JointMoments, MergedAreThoseOfTheWhole) {
  test::Noise noise{4};
  JointMoments whole(3), merged(3);
  Moments difference;
  for (int block = 0; block != 50; ++block) {
    JointMoments part(3);
    for (int i = 0; i != block % 17; ++i) {
      const Row row = draw(noise);
      whole.add(row);
      part.add(row);
      difference.add(row[1] - row[0]);
    }
    merged.merge(part);
  }
  EXPECT_EQ(merged.count(), whole.count());
  for (const JointMoments* joint : {&whole, &merged}) {
    EXPECT_NEAR(*joint->difference(0, 1), *difference.mean(), 1e-12);
    EXPECT_NEAR(*joint->difference_variance(0, 1), *difference.variance(), 1e-15);
  }
  EXPECT_TRUE(merged.covariances()->isApprox(*whole.covariances(), 1e-10));
}

TEST(JointMoments, MergedWithNothingStayTheSameBits) {
  const JointMoments joint = of(known);
  JointMoments left = joint;
  left.merge(JointMoments(3));
  EXPECT_EQ(left, joint);
  JointMoments right(3);
  right.merge(joint);
  EXPECT_EQ(right, joint);
}

TEST(JointMoments, RefuseWhatTheyCannotTake) {
  EXPECT_THROW(JointMoments(0), ContractViolation);
  JointMoments joint(2);
  EXPECT_THROW(joint.add(std::vector{1.0}), ContractViolation);
  EXPECT_THROW(joint.add(std::vector{1.0, std::nan("")}), ContractViolation);
  EXPECT_EQ(joint.count(), 0U);
  EXPECT_THROW(joint.merge(JointMoments(3)), ContractViolation);
  EXPECT_THROW(static_cast<void>(joint.mean(2)), ContractViolation);
}

}  // namespace
}  // namespace truce::stats
