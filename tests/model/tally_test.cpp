// SPDX-License-Identifier: Apache-2.0
#include "sim/model/tally.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::model {
namespace {

using scenario::Grade;

TEST(DelayTally, OfNothingIsAbsent) {
  const DelayTally tally(DelayTally::Keep::all);
  EXPECT_EQ(tally.count(), 0);
  EXPECT_TRUE(std::isnan(tally.mean()));
  EXPECT_TRUE(std::isnan(tally.quantile(0.9)));
  EXPECT_TRUE(std::isnan(tally.mean_by_grade()[0]));
}

TEST(DelayTally, CountsAndAveragesByGrade) {
  DelayTally tally;
  for (int i = 1; i <= 10; ++i) tally.add(i <= 4 ? Grade::minor : Grade::grave, i);
  EXPECT_EQ(tally.count(), 10);
  EXPECT_EQ(tally.count(Grade::grave), 6);
  EXPECT_EQ(tally.mean(), 5.5);
  EXPECT_EQ(tally.mean_by_grade()[0], 2.5);
  EXPECT_TRUE(std::isnan(tally.mean_by_grade()[1]));
  EXPECT_EQ(tally.mean_by_grade()[2], 7.5);
}

TEST(DelayTally, QuantileIsTheSmallestThatAShareDoesNotExceed) {
  DelayTally tally(DelayTally::Keep::all);
  for (const double days : {7.0, 1.0, 3.0, 9.0, 5.0, 2.0, 8.0, 4.0, 10.0, 6.0}) {
    tally.add(Grade::minor, days);
  }
  EXPECT_EQ(tally.quantile(0.9), 9);
  EXPECT_EQ(tally.quantile(0.91), 10);
  EXPECT_EQ(tally.quantile(0.0), 1);
  EXPECT_THROW(DelayTally().quantile(0.9), ContractViolation);
}

}  // namespace
}  // namespace truce::model
