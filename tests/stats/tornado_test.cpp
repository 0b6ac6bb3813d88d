// SPDX-License-Identifier: Apache-2.0
// Bars of a tornado: their order, pairs with absent outcomes, and how often the interval of a swing
// contains the truth.
#include "sim/stats/tornado.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/interval.hpp"

#include "tests/stats/experiments.hpp"
#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

using Outcomes = std::vector<std::optional<double>>;

TEST(Tornado, SortsBySizeOfSwing) {
  const Outcomes base{10, 12, 14};
  const std::vector<LowHigh> inputs{{{9, 11, 13}, {10, 13, 15}},
                                    {{15, 17, 19}, {8, 10, 12}},
                                    {{10, {}, 14}, {10, 12, {}}},
                                    {{10, 12, 14}, {10, 12, 14}}};
  const auto bars = tornado(base, inputs, 0.95);
  ASSERT_EQ(bars.size(), 4U);
  EXPECT_EQ(bars[0].input, 1U);
  EXPECT_DOUBLE_EQ(bars[0].swing->value, -7.0);
  EXPECT_EQ(bars[0].swing->interval, (Interval{-7.0, -7.0}));
  EXPECT_DOUBLE_EQ(bars[0].low->value, 5.0);
  EXPECT_DOUBLE_EQ(bars[0].high->value, -2.0);
  EXPECT_EQ(bars[1].input, 0U);
  EXPECT_NEAR(bars[1].swing->value, 5.0 / 3.0, 1e-14);
  EXPECT_EQ(bars[1].pairs, 3U);
  EXPECT_EQ(bars[2].input, 3U);
  EXPECT_EQ(bars[3].input, 2U);  // one pair has no spread: no swing is told
  EXPECT_EQ(bars[3].pairs, 1U);
  EXPECT_FALSE(bars[3].swing);
  EXPECT_TRUE(bars[3].low);
  EXPECT_TRUE(tornado(base, {}, 0.95).empty());
  EXPECT_THROW(tornado(base, std::vector<LowHigh>{{{1}, {1}}}, 0.95), ContractViolation);
}

// Differences of what shares its luck are normal here: exact.
TEST(Coverage, OfSwings) {
  test::Noise noise{51};
  test::Coverage coverage;
  Outcomes base(10);
  std::vector<LowHigh> inputs{{Outcomes(10), Outcomes(10)}};
  for (std::uint64_t i = 0; i != test::many_experiments; ++i) {
    for (std::size_t r = 0; r < 10; ++r) {
      const double luck = 10.0 * normal_quantile(noise.uniform());
      base[r] = luck;
      inputs[0].low[r] = luck - 1.0 + normal_quantile(noise.uniform());
      inputs[0].high[r] = luck + 2.0 + normal_quantile(noise.uniform());
    }
    coverage.add(tornado(base, inputs, 0.95)[0].swing->interval, 3.0);
  }
  EXPECT_TRUE(coverage.within(0.94, 0.96));
}

}  // namespace
}  // namespace truce::stats
