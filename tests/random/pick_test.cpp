// SPDX-License-Identifier: Apache-2.0
// Weighted choice: shares in proportion, ends and zeros never picked.
#include "sim/random/pick.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/random/stream.hpp"

#include "tests/support/statistics.hpp"

namespace truce::random {
namespace {

constexpr double first_u = 0x1p-53;
constexpr double last_u = 1 - 0x1p-53;

TEST(WeightedPick, DividesTheUnitIntervalInProportion) {
  const std::vector<double> weights{1.0, 3.0, 4.0};
  const WeightedPick pick(weights);
  EXPECT_EQ(pick.size(), 3U);
  EXPECT_EQ(pick(first_u), 0U);
  EXPECT_EQ(pick(0.125), 0U);
  EXPECT_EQ(pick(std::nextafter(0.125, 1.0)), 1U);
  EXPECT_EQ(pick(0.5), 1U);
  EXPECT_EQ(pick(std::nextafter(0.5, 1.0)), 2U);
  EXPECT_EQ(pick(last_u), 2U);
}

TEST(WeightedPick, NeverPicksAZero) {
  const std::vector<double> weights{0.0, 2.0, 0.0, 0.0, 1.0, 0.0};
  const WeightedPick pick(weights);
  Stream stream({1, 0}, 1);
  for (int i = 0; i != 100'000; ++i) {
    const auto at = pick(stream.uniform());
    ASSERT_TRUE(at == 1 || at == 4) << at;
  }
  EXPECT_EQ(pick(first_u), 1U);
  EXPECT_EQ(pick(last_u), 4U);
}

TEST(WeightedPick, ChoosesEachAsOftenAsItsWeight) {
  const std::array<double, 4> weights{0.1, 5.0, 0.7, 2.2};
  const WeightedPick pick(weights);
  constexpr int n = 400'000;
  std::array<int, 4> counts{};
  Stream stream({5, 0}, 2);
  for (int i = 0; i != n; ++i) ++counts[pick(stream.uniform())];
  for (std::size_t i = 0; i != weights.size(); ++i) {
    const double p = weights[i] / 8.0;
    EXPECT_TRUE(test::expect_within_sigma(counts[i] / (1.0 * n), p, std::sqrt(p * (1 - p) / n)));
  }
}

TEST(WeightedPick, DemandsAWeight) {
  const std::vector<double> nothing;
  const std::vector<double> zeros{0.0, 0.0};
  const std::vector<double> negative{2.0, -1.0};
  EXPECT_THROW(WeightedPick{nothing}, ContractViolation);
  EXPECT_THROW(WeightedPick{zeros}, ContractViolation);
  EXPECT_THROW(WeightedPick{negative}, ContractViolation);
}

}  // namespace
}  // namespace truce::random
