// SPDX-License-Identifier: Apache-2.0
// Draws from streams have the mean and the variance of their distribution.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/random/laws.hpp"
#include "tests/support/statistics.hpp"

namespace truce::random {
namespace {

constexpr int draws = 100'000;

// Fourth central moment by the midpoint rule over the quantile: it only sizes the tolerance of the
// sample variance, (mu4 - sigma^4)/n.
double fourth_moment(const Distribution& law) {
  constexpr int steps = 20'000;
  double sum = 0.0;
  for (int i = 0; i != steps; ++i) sum += std::pow(law.quantile((i + 0.5) / steps) - law.mean(), 4);
  return sum / steps;
}

void expect_moments(const test::Law& expected) {
  Stream stream({20260106, 0}, source_of(expected.name, "moments"));
  double sum = 0.0;
  double squares = 0.0;
  for (int i = 0; i != draws; ++i) {
    const double x = expected.law.sample(stream) - expected.mean;
    sum += x;
    squares += x * x;
  }
  EXPECT_TRUE(
      truce::test::expect_within_sigma(sum / draws, 0.0, std::sqrt(expected.variance / draws)))
      << expected.name;
  const double spread = fourth_moment(expected.law) - expected.variance * expected.variance;
  EXPECT_TRUE(truce::test::expect_within_sigma(squares / draws, expected.variance,
                                               std::sqrt(spread / draws)))
      << expected.name;
}

TEST(Samples, OfContinuousLawsHaveTheirMoments) {
  for (const auto& law : test::continuous_laws()) expect_moments(law);
}

TEST(Samples, OfCountsHaveTheirMoments) {
  for (const auto& law : test::count_laws()) expect_moments(law);
}

}  // namespace
}  // namespace truce::random
