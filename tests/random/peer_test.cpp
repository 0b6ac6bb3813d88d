// SPDX-License-Identifier: Apache-2.0
// Our draws beside those of Boost.Random, whose samplers (ziggurat, rejection, inversion) share no
// code with ours: two-sample Kolmogorov-Smirnov.
//
// Samples of n each differ in some place by more than D = sqrt(-ln(alpha/2)/n) with probability
// alpha if they come from one law (Smirnov 1948; for counts the probability is smaller). With
// n = 100,000 and alpha = 1e-6, D = 0.012.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/discrete_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/negative_binomial_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/triangle_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/random/laws.hpp"

namespace truce::random {
namespace {

using test::infinity;
using Bits = boost::random::mt19937_64;
namespace br = boost::random;

constexpr std::size_t size = 100'000;
const double critical = std::sqrt(-std::log(1e-6 / 2) / static_cast<double>(size));

// Largest distance between the empirical distribution functions of two samples of equal size.
double distance(std::vector<double> a, std::vector<double> b) {
  std::sort(a.begin(), a.end());
  std::sort(b.begin(), b.end());
  double most = 0.0;
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    const double x = std::min(a[i], b[j]);
    while (i < a.size() && a[i] == x) ++i;
    while (j < b.size() && b[j] == x) ++j;
    const double apart = static_cast<double>(i) - static_cast<double>(j);
    most = std::max(most, std::abs(apart) / static_cast<double>(a.size()));
  }
  return most;
}

std::vector<double> ours(const Distribution::Kind& kind) {
  const Distribution law(kind);
  Stream stream({1, 0}, source_of("ours", std::to_string(kind.index())));
  std::vector<double> sample(size);
  std::generate(sample.begin(), sample.end(), [&] { return law.sample(stream); });
  return sample;
}

template <class Peer>
std::vector<double> theirs(Peer peer) {
  Bits bits(12345);
  std::vector<double> sample(size);
  std::generate(sample.begin(), sample.end(), [&] { return static_cast<double>(peer(bits)); });
  return sample;
}

TEST(Peers, DrawTheSameContinuousLaws) {
  EXPECT_LT(distance(ours(Uniform{2, 7}), theirs(br::uniform_real_distribution<>(2, 7))), critical);
  EXPECT_LT(distance(ours(Triangular{1, 2, 6}), theirs(br::triangle_distribution<>(1, 2, 6))),
            critical);
  EXPECT_LT(distance(ours(ScaledBeta{0, 1, 1.8, 4.2}), theirs(br::beta_distribution<>(1.8, 4.2))),
            critical);
  EXPECT_LT(distance(ours(Normal{-3, 2.5, -infinity, infinity}),
                     theirs(br::normal_distribution<>(-3, 2.5))),
            critical);
  EXPECT_LT(
      distance(ours(Lognormal{8, 0.5}), theirs(br::lognormal_distribution<>(std::log(8), 0.5))),
      critical);
  EXPECT_LT(distance(ours(Gamma{6.25, 3.2}), theirs(br::gamma_distribution<>(6.25, 3.2))),
            critical);
  EXPECT_LT(distance(ours(Gamma{0.3, 40}), theirs(br::gamma_distribution<>(0.3, 40))), critical);
  EXPECT_LT(distance(ours(Exponential{120}), theirs(br::exponential_distribution<>(1.0 / 120))),
            critical);
  EXPECT_LT(distance(ours(Weibull{0.7, 30}), theirs(br::weibull_distribution<>(0.7, 30))),
            critical);
}

// A truncated normal is what rejection leaves of a normal.
TEST(Peers, DrawTheSameTruncatedNormal) {
  const auto kept = [peer = br::normal_distribution<>(3, 2)](Bits& bits) mutable {
    for (;;) {
      const double x = peer(bits);
      if (x > 0 && x < 6) return x;
    }
  };
  EXPECT_LT(distance(ours(Normal{3, 2, 0, 6}), theirs(kept)), critical);
}

TEST(Peers, DrawTheSameCounts) {
  EXPECT_LT(distance(ours(Bernoulli{0.3}), theirs(br::bernoulli_distribution<>(0.3))), critical);
  EXPECT_LT(distance(ours(Poisson{4}), theirs(br::poisson_distribution<>(4))), critical);
  EXPECT_LT(distance(ours(Poisson{130}), theirs(br::poisson_distribution<>(130))), critical);
  EXPECT_LT(distance(ours(Binomial{20, 0.3}), theirs(br::binomial_distribution<>(20, 0.3))),
            critical);
  EXPECT_LT(distance(ours(Binomial{400, 0.7}), theirs(br::binomial_distribution<>(400, 0.7))),
            critical);
  // Boost counts failures before a whole number of successes: mean 3 (1 - p)/p = 12 for p = 0.2.
  EXPECT_LT(
      distance(ours(NegativeBinomial{12, 3}), theirs(br::negative_binomial_distribution<>(3, 0.2))),
      critical);
  // A Poisson count whose mean is gamma, as the documentation says, for a shape below 1.
  const auto mixed = [mean = br::gamma_distribution<>(0.4, 12 / 0.4)](Bits& bits) mutable {
    const double m = mean(bits);
    return m > 1e-12 ? br::poisson_distribution<>(m)(bits) : 0;
  };
  EXPECT_LT(distance(ours(NegativeBinomial{12, 0.4}), theirs(mixed)), critical);
  const std::vector<double> weights{1, 0, 2, 5};
  EXPECT_LT(
      distance(ours(Discrete{{0, 1, 2, 3}, weights}), theirs(br::discrete_distribution<>(weights))),
      critical);
}

// What the comparison sees: a scale 5 % off, a spread 6 % off, a count 2 % off.
TEST(Peers, ComparisonSeesSmallDifferences) {
  EXPECT_GT(distance(ours(Exponential{126}), theirs(br::exponential_distribution<>(1.0 / 120))),
            critical);
  EXPECT_GT(
      distance(ours(Normal{0, 1.06, -infinity, infinity}), theirs(br::normal_distribution<>(0, 1))),
      critical);
  EXPECT_GT(distance(ours(Poisson{132.6}), theirs(br::poisson_distribution<>(130))), critical);
}

}  // namespace
}  // namespace truce::random
