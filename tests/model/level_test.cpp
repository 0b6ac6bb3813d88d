// SPDX-License-Identifier: Apache-2.0
#include "sim/model/level.hpp"

#include <gtest/gtest.h>

namespace truce::model {
namespace {

Time day(double days) {
  return start_of_time + from_days(days);
}

TEST(Level, AveragesFromItsBeginning) {
  Level level;
  level.add(day(1), 4);
  level.begin(day(3));
  EXPECT_EQ(level.mean(day(3)), 0) << "over no time";
  level.add(day(5), -1);
  level.set(day(6), 10);
  EXPECT_EQ(level.current(), 10);
  EXPECT_EQ(level.max(), 10);
  EXPECT_DOUBLE_EQ(level.integral(day(8)), 2 * 4 + 3 + 2 * 10);
  EXPECT_DOUBLE_EQ(level.mean(day(8)), 31.0 / 5);
}

TEST(Level, WithoutABeginningCountsFromTheStart) {
  Level level;
  EXPECT_EQ(level.mean(day(2)), 0);
  level.add(day(2), 3);
  EXPECT_DOUBLE_EQ(level.mean(day(6)), 2);
}

}  // namespace
}  // namespace truce::model
