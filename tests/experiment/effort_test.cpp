// SPDX-License-Identifier: Apache-2.0
// What a run is judged to take, by numbers that can be checked by hand.
#include "sim/experiment/effort.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "sim/stats/moments.hpp"

namespace truce::experiment {
namespace {

constexpr double day = 86400;

Plan plan_of(std::uint64_t replications, unsigned threads) {
  Plan plan;
  plan.replications = replications;
  plan.threads = threads;
  plan.columns.resize(10);
  plan.series.resize(2);
  return plan;
}

/// A tenth of a second and a kilobyte a replication, of five days.
constexpr Pilot pilot{
    .replications = 5, .seconds = 0.1, .row_bytes = 1000, .days = 5, .resident_bytes = 4e6};

TEST(Effort, TrialsAreFewOfMany) {
  EXPECT_EQ(pilot_size(1), 0u);
  EXPECT_EQ(pilot_size(199), 0u);
  EXPECT_EQ(pilot_size(200), 1u);
  EXPECT_EQ(pilot_size(1000), 5u);
  EXPECT_EQ(pilot_size(1'000'000'000), 16u);
}

TEST(Effort, TimeIsSharedByThreadsThatHaveACore) {
  EXPECT_DOUBLE_EQ(effort_of(plan_of(1000, 1), pilot, {2, 0}).seconds, 100);
  EXPECT_DOUBLE_EQ(effort_of(plan_of(1000, 2), pilot, {2, 0}).seconds, 50);
  EXPECT_DOUBLE_EQ(effort_of(plan_of(1000, 8), pilot, {2, 0}).seconds, 50);
  EXPECT_DOUBLE_EQ(effort_of(plan_of(1000, 8), pilot, {16, 0}).seconds, 12.5);
}

TEST(Effort, DiskGrowsWithRows) {
  EXPECT_DOUBLE_EQ(effort_of(plan_of(1'000'000, 1), pilot, {1, 0}).disk_bytes, 1e9);
}

TEST(Effort, MemoryIsBounded) {
  const auto memory = [](std::uint64_t replications, unsigned threads) {
    return effort_of(plan_of(replications, threads), pilot, {4, 0}).memory_bytes;
  };
  // One block of 16: ten columns and ten cells of a timeline each, their moments, the timelines
  // kept, and twice the values of the columns.
  const double block = 16 * 20 * 8 + 20 * sizeof(stats::Moments);
  EXPECT_DOUBLE_EQ(memory(16, 1), 4e6 + block + 16 * 10 * 8 + 10 * 16 * 16);
  EXPECT_GT(memory(10'000, 1), memory(1000, 1));
  EXPECT_GT(memory(10'000, 64), memory(10'000, 1));
  // 12 million values of timelines are kept, and 16,384 of each column.
  EXPECT_DOUBLE_EQ(memory(100'000'000, 1), memory(1'000'000'000, 1));
  EXPECT_LT(memory(1'000'000'000, 1), 110e6);
}

TEST(Effort, WhatFitsIsBoundByTimeAndDisk) {
  const auto plan = plan_of(1'000'000'000, 2);
  // 30 days of two threads are 51,840,000 replications; 4 GB are 4 million.
  EXPECT_EQ(most_that_fit(plan, pilot, {2, 1e12}), 51'000'000u);
  EXPECT_EQ(most_that_fit(plan, pilot, {2, 4e9}), 4'000'000u);
  EXPECT_EQ(most_that_fit(plan, pilot, {2, 999}), 0u);
  EXPECT_EQ(most_that_fit(plan, pilot, {2, 7500}), 7u);
  // A replication on trial that did not come to its end says nothing of the disk.
  Pilot cut = pilot;
  cut.row_bytes = 0;
  EXPECT_EQ(most_that_fit(plan, cut, {2, 0}), 51'000'000u);
  cut.seconds = 31 * day;
  EXPECT_EQ(most_that_fit(plan_of(1000, 1), cut, {2, 0}), 0u);
}

TEST(Effort, WhatFitsIsNotTooMuch) {
  for (const unsigned threads : {1u, 3u, 7u}) {
    for (const double free : {1e5, 3.3e9, 1e15}) {
      const Machine machine{4, free};
      const auto most = most_that_fit(plan_of(1'000'000'000, threads), pilot, machine);
      const auto effort = effort_of(plan_of(most, threads), pilot, machine);
      EXPECT_LE(effort.seconds, longest_run);
      EXPECT_LE(effort.disk_bytes, free);
    }
  }
}

}  // namespace
}  // namespace truce::experiment
