// SPDX-License-Identifier: Apache-2.0
// The area under a staircase, by hand.
#include "sim/stats/time_average.hpp"

#include <cmath>
#include <optional>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

Time day(int n) {
  return Time{n * one_day};
}

TEST(TimeAverage, IsTheAreaUnderTheSteps) {
  TimeAverage troops;
  troops.set(day(2), 100.0);
  troops.add(day(5), 50.0);
  troops.add(day(6), -120.0);
  EXPECT_EQ(troops.current(), 30.0);
  EXPECT_EQ(troops.max(), 150.0);
  // 3 days of 100, 1 of 150, 4 of 30.
  EXPECT_EQ(troops.integral(day(6)), 450.0);
  EXPECT_EQ(troops.integral(day(10)), 570.0);
  EXPECT_EQ(troops.mean(day(2), day(10)), 71.25);
  EXPECT_EQ(troops.mean(day(0), day(10)), 57.0) << "zero before the first change";
  EXPECT_EQ(troops.mean(day(-10), day(10)), 28.5);
}

TEST(TimeAverage, OfNothingIsZero) {
  const TimeAverage troops;
  EXPECT_EQ(troops.current(), 0.0);
  EXPECT_EQ(troops.max(), 0.0);
  EXPECT_EQ(troops.integral(day(7)), 0.0);
  EXPECT_EQ(troops.mean(day(0), day(7)), 0.0);
}

TEST(TimeAverage, OfAnInstantIsAbsent) {
  TimeAverage troops;
  troops.set(day(1), 5.0);
  EXPECT_EQ(troops.mean(day(1), day(1)), std::nullopt);
}

TEST(TimeAverage, CountsAnInstantInTheMaximumOnly) {
  TimeAverage queue;
  queue.set(day(0), 1.0);
  queue.add(day(1), 9.0);
  queue.add(day(1), -9.0);
  EXPECT_EQ(queue.max(), 10.0);
  EXPECT_EQ(queue.integral(day(2)), 2.0);
}

TEST(TimeAverage, MayBeNegative) {
  TimeAverage balance;
  balance.set(day(0), -4.0);
  balance.set(day(1), -2.0);
  EXPECT_EQ(balance.max(), -2.0);
  EXPECT_EQ(balance.mean(day(0), day(2)), -3.0);
}

TEST(TimeAverage, RefusesTimesThatGoBack) {
  TimeAverage troops;
  troops.set(day(2), 1.0);
  troops.set(day(4), 2.0);
  EXPECT_THROW(troops.set(day(3), 1.0), ContractViolation);
  EXPECT_THROW(static_cast<void>(troops.integral(day(3))), ContractViolation);
  EXPECT_THROW(static_cast<void>(troops.mean(day(3), day(5))), ContractViolation);
  EXPECT_THROW(static_cast<void>(troops.mean(day(1), day(0))), ContractViolation);
  EXPECT_THROW(troops.set(day(5), std::nan("")), ContractViolation);
  EXPECT_EQ(troops.current(), 2.0);
}

}  // namespace
}  // namespace truce::stats
