// SPDX-License-Identifier: Apache-2.0
// The truncated normal where it is delicate: at the last uniforms and far out in a tail.
#include <cmath>
#include <stdexcept>

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/random/laws.hpp"

namespace truce::random {
namespace {

using test::infinity;

constexpr double first_u = 0x1p-53;
constexpr double last_u = 1 - 0x1p-53;

// low + u (high - low) rounds to 1 for the last uniforms, where the quantile has no value.
TEST(TruncatedNormal, HasAValueForTheLastUniform) {
  for (const double min : {-8.0, -1.0, -0.0124375, 0.0, 0.414352, 3.0, 5.9}) {
    const double x = Distribution(Normal{0, 1, min, infinity}).quantile(last_u);
    EXPECT_TRUE(std::isfinite(x)) << min;
    EXPECT_GT(x, 8.0) << min;  // P(X > 8) = 6e-16 > 2^-53
    EXPECT_LT(x, 11.0) << min;
  }
}

// Far out, P(X > x | X > a) is close to exp(-(x^2 - a^2)/2) a/x; compared with Boost in long
// double.
TEST(TruncatedNormal, IsAccurateFarOut) {
  const boost::math::normal_distribution<long double> unit(0, 1);
  const Distribution tail(Normal{0, 1, 5.5, infinity});
  const long double kept = boost::math::cdf(boost::math::complement(unit, 5.5L));
  for (const double u : {1e-6, 0.1, 0.5, 0.9, 0.999999}) {
    const long double expected =
        boost::math::quantile(boost::math::complement(unit, kept * (1 - 1.0L * u)));
    EXPECT_NEAR(tail.quantile(u), static_cast<double>(expected), 1e-12) << u;
  }
}

TEST(TruncatedNormal, MirrorsItself) {
  const Distribution upper(Normal{3, 2, 5, 12});
  const Distribution lower(Normal{-3, 2, -12, -5});
  for (const double u : {first_u, 0.01, 0.3, 0.5, 0.77, last_u}) {
    EXPECT_DOUBLE_EQ(upper.quantile(u), -lower.quantile(1 - u)) << u;
  }
  EXPECT_DOUBLE_EQ(upper.mean(), -lower.mean());
  EXPECT_DOUBLE_EQ(upper.variance(), lower.variance());
}

TEST(TruncatedNormal, WithoutEndsIsTheNormal) {
  const Distribution law(Normal{10, 3, -infinity, infinity});
  for (const double u : {first_u, 0.025, 0.5, 0.975, last_u}) {
    EXPECT_DOUBLE_EQ(law.quantile(u), 10 + 3 * normal_quantile(u));
  }
  EXPECT_DOUBLE_EQ(law.mean(), 10.0);
  EXPECT_DOUBLE_EQ(law.variance(), 9.0);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-15);
}

TEST(TruncatedNormal, RefusesWhatHardlyEverHappens) {
  EXPECT_NO_THROW(Distribution(Normal{0, 1, 5.9, infinity}));
  EXPECT_THROW(Distribution(Normal{0, 1, 6.1, infinity}), std::invalid_argument);
  EXPECT_NO_THROW(Distribution(Normal{0, 1, -infinity, -5.9}));
  EXPECT_THROW(Distribution(Normal{0, 1, -infinity, -6.1}), std::invalid_argument);
  EXPECT_THROW(Distribution(Normal{0, 1, 2, 2 + 1e-12}), std::invalid_argument);
}

}  // namespace
}  // namespace truce::random
