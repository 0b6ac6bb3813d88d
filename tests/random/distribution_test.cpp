// SPDX-License-Identifier: Apache-2.0
// Distributions against theory: quantile against distribution function, mean and variance against
// theory and against the quantile, ends of the support.
#include "sim/random/distribution.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include <boost/math/quadrature/tanh_sinh.hpp>
#include <gtest/gtest.h>

#include "tests/random/laws.hpp"

namespace truce::random {
namespace {

using test::continuous_laws;
using test::count_laws;
using test::infinity;
using test::Law;

constexpr double first_u = 0x1p-53;  // the ends of Stream::uniform
constexpr double last_u = 1 - 0x1p-53;

std::vector<Law> all_laws() {
  auto laws = continuous_laws();
  for (auto& law : count_laws()) laws.push_back(std::move(law));
  return laws;
}

// From the middle of the interval out to both ends.
std::vector<double> grid() {
  std::vector<double> us{first_u};
  for (const double u : {1e-12, 1e-9, 1e-7, 1e-5, 1e-4}) us.push_back(u);
  for (int i = 1; i != 1000; ++i) us.push_back(i / 1000.0);
  for (const double u : {1e-4, 1e-5, 1e-7, 1e-9, 1e-12}) us.push_back(1 - u);
  us.push_back(last_u);
  return us;
}

TEST(Distribution, QuantileRisesWithinTheSupport) {
  for (const auto& [name, law, cdf, mean, variance] : all_laws()) {
    double last = -infinity;
    for (const double u : grid()) {
      const double x = law.quantile(u);
      ASSERT_TRUE(std::isfinite(x)) << name << " at " << u;
      ASSERT_GE(x, last) << name << " at " << u;
      ASSERT_GE(x, law.least()) << name << " at " << u;
      ASSERT_LE(x, law.most()) << name << " at " << u;
      last = x;
    }
    EXPECT_GT(law.quantile(last_u), law.quantile(first_u)) << name;
  }
}

TEST(Distribution, QuantileInvertsTheDistributionFunction) {
  for (const auto& [name, law, cdf, mean, variance] : continuous_laws()) {
    for (const double u : grid()) {
      if (u < 1e-9 || u > 1 - 1e-9) continue;
      // Where a density is steep, one step of the last bit of x moves F by more than that of u.
      const double x = law.quantile(u);
      const double width = cdf(x + 4e-16 * std::abs(x)) - cdf(x - 4e-16 * std::abs(x));
      EXPECT_NEAR(cdf(x), u, 1e-11 * u + width + 1e-15) << name;
    }
  }
}

// The smallest value k with F(k) >= u.
TEST(Distribution, QuantileOfCountsIsTheSmallestThatReaches) {
  for (const auto& [name, law, cdf, mean, variance] : count_laws()) {
    for (const double u : grid()) {
      if (u > 1 - 1e-9) continue;
      const double k = law.quantile(u);
      EXPECT_GE(cdf(k), u - 1e-13) << name << " at " << u;
      const double before = law.whole() ? k - 1 : std::nextafter(k, -infinity);
      EXPECT_LT(cdf(before), u + 1e-13) << name << " at " << u;
      EXPECT_TRUE(!law.whole() || k == std::trunc(k)) << name;
    }
  }
}

TEST(Distribution, MeanAndVarianceAgreeWithTheory) {
  for (const auto& [name, law, cdf, mean, variance] : all_laws()) {
    EXPECT_NEAR(law.mean(), mean, 1e-12 * std::abs(mean)) << name;
    EXPECT_NEAR(law.variance(), variance, 1e-11 * variance) << name;
  }
}

// E[X] and Var X as integrals over the quantile, int_0^1 (F^-1(u) - m)^k du.
TEST(Distribution, MeanAndVarianceAgreeWithTheQuantile) {
  boost::math::quadrature::tanh_sinh<double> integrate;
  for (const auto& [name, law, cdf, theory_mean, theory_variance] : continuous_laws()) {
    const auto& own = law;  // lambdas can't capture structured bindings
    const double m = law.mean();
    const auto inside = [](double u) { return std::min(std::max(u, first_u), last_u); };
    const double mean =
        integrate.integrate([&](double u) { return own.quantile(inside(u)); }, 0., 1.);
    const double variance = integrate.integrate(
        [&](double u) { return std::pow(own.quantile(inside(u)) - m, 2); }, 0., 1.);
    EXPECT_NEAR(law.mean(), mean, 1e-6 * law.quantile(0.99)) << name;
    EXPECT_NEAR(law.variance(), variance, 1e-5 * variance) << name;
  }
  constexpr int steps = 100'000;
  for (const auto& [name, law, cdf, theory_mean, theory_variance] : count_laws()) {
    double sum = 0.0;
    double squares = 0.0;
    for (int i = 0; i != steps; ++i) {
      const double x = law.quantile((i + 0.5) / steps) - law.mean();
      sum += x;
      squares += x * x;
    }
    EXPECT_NEAR(sum / steps, 0.0, 1e-3 * std::sqrt(law.variance())) << name;
    EXPECT_NEAR(squares / steps, law.variance(), 1e-2 * law.variance()) << name;
  }
}

TEST(Distribution, KnowsItsEnds) {
  const auto ends = [](Distribution::Kind kind) {
    const Distribution law(std::move(kind));
    return std::pair(law.least(), law.most());
  };
  EXPECT_EQ(ends(Constant{3}), std::pair(3.0, 3.0));
  EXPECT_EQ(ends(Uniform{2, 7}), std::pair(2.0, 7.0));
  EXPECT_EQ(ends(Triangular{1, 2, 6}), std::pair(1.0, 6.0));
  EXPECT_EQ(ends(ScaledBeta{10, 40, 2, 3}), std::pair(10.0, 40.0));
  EXPECT_EQ(ends(Normal{0, 1, -infinity, 3}), std::pair(-infinity, 3.0));
  EXPECT_EQ(ends(Normal{0, 1, -1, infinity}), std::pair(-1.0, infinity));
  for (const Distribution::Kind& kind :
       {Distribution::Kind(Lognormal{1, 1}), Distribution::Kind(Gamma{2, 2}),
        Distribution::Kind(Exponential{2}), Distribution::Kind(Weibull{2, 2}),
        Distribution::Kind(Poisson{2}), Distribution::Kind(NegativeBinomial{2, 2})}) {
    EXPECT_EQ(ends(kind), std::pair(0.0, infinity));
  }
  EXPECT_EQ(ends(Bernoulli{0.4}), std::pair(0.0, 1.0));
  EXPECT_EQ(ends(Bernoulli{0}), std::pair(0.0, 0.0));
  EXPECT_EQ(ends(Bernoulli{1}), std::pair(1.0, 1.0));
  EXPECT_EQ(ends(Binomial{9, 0.5}), std::pair(0.0, 9.0));
  EXPECT_EQ(ends(Discrete{{-1, 4}, {1, 1}}), std::pair(-1.0, 4.0));
}

TEST(Distribution, KnowsWhetherItCounts) {
  for (const auto& law : count_laws()) EXPECT_EQ(law.law.whole(), law.name != "discrete");
  for (const auto& law : continuous_laws()) EXPECT_FALSE(law.law.whole()) << law.name;
  EXPECT_TRUE(Distribution(Constant{4}).whole());
  EXPECT_FALSE(Distribution(Constant{4.5}).whole());
  EXPECT_TRUE(Distribution(Discrete{{0, 2, 9}, {1, 1, 1}}).whole());
}

TEST(Distribution, CountsAtTheirLimits) {
  for (const double u : {first_u, 0.5, last_u}) {
    EXPECT_EQ(Distribution(Poisson{0}).quantile(u), 0.0);
    EXPECT_EQ(Distribution(NegativeBinomial{0, 2}).quantile(u), 0.0);
    EXPECT_EQ(Distribution(Binomial{0, 0.5}).quantile(u), 0.0);
    EXPECT_EQ(Distribution(Binomial{7, 0}).quantile(u), 0.0);
    EXPECT_EQ(Distribution(Binomial{7, 1}).quantile(u), 7.0);
    EXPECT_EQ(Distribution(Bernoulli{0}).quantile(u), 0.0);
    EXPECT_EQ(Distribution(Bernoulli{1}).quantile(u), 1.0);
    EXPECT_EQ(Distribution(Discrete{{3, 8}, {0, 1}}).quantile(u), 8.0);
    EXPECT_EQ(Distribution(Discrete{{3, 8}, {1, 0}}).quantile(u), 3.0);
  }
  // The tail ends where doubles do, not at the end of a search: P(X > 200) < 1e-40 for mean 50.
  EXPECT_LT(Distribution(Poisson{50}).quantile(last_u), 200);
  // Rare events with the last uniform, where a root finder has nothing to bracket.
  EXPECT_LE(Distribution(Binomial{254, 1e-9}).quantile(last_u), 3);
}

TEST(Distribution, DrawsOneUniformOrNone) {
  Stream used({1, 0}, 5);
  Stream fresh({1, 0}, 5);
  EXPECT_EQ(Distribution(Constant{4}).sample(used), 4.0);
  const Distribution gamma(Gamma{2, 3});
  EXPECT_EQ(gamma.sample(used), gamma.quantile(fresh.uniform()));
  EXPECT_EQ(used.bits(), fresh.bits());
}

}  // namespace
}  // namespace truce::random
