// SPDX-License-Identifier: Apache-2.0
// When to stop: the schedule and the targets by hand.
#include "sim/stats/sequential.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

std::vector<std::uint64_t> schedule(std::uint64_t minimum, std::uint64_t maximum) {
  std::vector<std::uint64_t> looks;
  std::uint64_t n = 0;
  while (const auto next = next_look(n, minimum, maximum)) looks.push_back(n = *next);
  return looks;
}

TEST(NextLook, GrowsByAQuarterInBlocksOf16) {
  EXPECT_EQ(schedule(128, 400), (std::vector<std::uint64_t>{128, 160, 208, 272, 352, 400}));
  EXPECT_EQ(schedule(1, 40), (std::vector<std::uint64_t>{16, 32, 40}));
  EXPECT_EQ(schedule(100, 100), (std::vector<std::uint64_t>{100}));
  EXPECT_EQ(next_look(50, 128, 400), 128U) << "resumed before the minimum";
  EXPECT_EQ(next_look(400, 128, 400), std::nullopt);
  EXPECT_EQ(next_look(900, 128, 400), std::nullopt);
  EXPECT_LT(schedule(16, 10'000'000).size(), 70U);
  EXPECT_THROW(static_cast<void>(next_look(0, 0, 10)), ContractViolation);
  EXPECT_THROW(static_cast<void>(next_look(0, 20, 10)), ContractViolation);
}

TEST(Minimum, FollowsCochran) {
  EXPECT_EQ(minimum_for_skewness(0.0), least_minimum);
  EXPECT_EQ(minimum_for_skewness(2.0), least_minimum);
  EXPECT_EQ(minimum_for_skewness(-4.0), 400U);
  EXPECT_EQ(minimum_for_skewness(6.185), 960U);
  EXPECT_LE(minimum_for_skewness(6.185), usual_minimum);
  EXPECT_THROW(static_cast<void>(minimum_for_skewness(std::nan(""))), ContractViolation);
}

TEST(Reached, ByHand) {
  const Look look{Interval{8.0, 12.0}, 10.0};
  EXPECT_TRUE(reached(look, {2.0, false}));
  EXPECT_FALSE(reached(look, {1.9, false}));
  EXPECT_TRUE(reached(look, {0.2, true}));
  EXPECT_FALSE(reached(look, {0.19, true}));
  EXPECT_TRUE(reached({Interval{-12.0, -8.0}, -10.0}, {0.2, true}));
  EXPECT_TRUE(reached({Interval{8.0, 12.0}, {}}, {2.0, false}));
  EXPECT_FALSE(reached({Interval{8.0, 12.0}, {}}, {2.0, true}));
  EXPECT_FALSE(reached({{}, 10.0}, {2.0, false}));
  EXPECT_FALSE(reached({Interval{-1.0, 1.0}, 0.0}, {0.5, true}));
  EXPECT_TRUE(reached({Interval{0.0, 0.0}, 0.0}, {0.5, true}));
  EXPECT_THROW(static_cast<void>(reached(look, {0.0, false})), ContractViolation);
}

TEST(Reached, AllTogether) {
  const std::array looks = {Look{Interval{8.0, 12.0}, 10.0}, Look{Interval{0.0, 0.2}, 0.1}};
  EXPECT_TRUE(all_reached(looks, std::array{Target{0.2, true}, Target{0.1, false}}));
  EXPECT_FALSE(all_reached(looks, std::array{Target{0.2, true}, Target{0.1, true}}));
  EXPECT_FALSE(all_reached(looks, std::array{Target{0.1, true}, Target{0.1, false}}));
  EXPECT_TRUE(all_reached({}, {}));
  EXPECT_THROW(static_cast<void>(all_reached(looks, {})), ContractViolation);
}

}  // namespace
}  // namespace truce::stats
