// SPDX-License-Identifier: Apache-2.0
// The theory that the other tests lean on, held to published values of its own.
#include <cmath>
#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verification/chain.hpp"
#include "tests/verification/clusters.hpp"
#include "tests/verification/single_server.hpp"

namespace truce::verification {
namespace {

constexpr auto no_jump = [](int) { return 0.0; };

// A unit that fails at rate a and is mended at rate b (Trivedi, Probability and Statistics, 2002,
// 8.2): availability b/(a+b), variance of the time up 2ab/(a+b)^3, gain of an intact start
// a/(a+b)^2.
TEST(Theory, ChainOfAFailingUnit) {
  const double a = 0.1, b = 0.4;
  const Chain chain(2, {{0, 1, a, 0}, {1, 0, b, 1}});
  const Earnings up = chain.earnings([](std::size_t x) { return x == 0 ? 1.0 : 0.0; }, no_jump);
  EXPECT_NEAR(up.mean, b / (a + b), 1e-12);
  EXPECT_NEAR(up.variance, 2 * a * b / std::pow(a + b, 3), 1e-12);
  EXPECT_NEAR(up.start, a / std::pow(a + b, 2), 1e-12);
  // Mends are a renewal process of cycles with mean 1/a + 1/b and variance 1/a^2 + 1/b^2.
  const Earnings mends = chain.earnings([](std::size_t) { return 0.0; },
                                        [](int kind) { return kind == 1 ? 1.0 : 0.0; });
  const double cycle = 1 / a + 1 / b;
  EXPECT_NEAR(mends.mean, 1 / cycle, 1e-12);
  EXPECT_NEAR(mends.variance, (1 / (a * a) + 1 / (b * b)) / std::pow(cycle, 3), 1e-12);
}

// Number in an M/M/1 system: mean rho/(1-rho), asymptotic variance 2 rho (1+rho)/(1-rho)^4 (Whitt
// 1992), and Whitt's closed form for any birth-and-death chain on M/M/5.
TEST(Theory, ChainsOfQueues) {
  const double rho = 0.6;
  const Chain one = birth_and_death(
      120, [&](std::size_t) { return rho; }, [](std::size_t) { return 1.0; });
  const Earnings in_system =
      one.earnings([](std::size_t j) { return static_cast<double>(j); }, no_jump);
  EXPECT_NEAR(in_system.mean, rho / (1 - rho), 1e-9);
  EXPECT_NEAR(in_system.variance, 2 * rho * (1 + rho) / std::pow(1 - rho, 4), 1e-6);

  const std::size_t top = 300;
  const Chain five = birth_and_death(
      top, [](std::size_t) { return 4.0; },
      [](std::size_t j) { return std::min(5.0, static_cast<double>(j)); });
  const auto waiting = [](std::size_t j) { return std::max(0.0, static_cast<double>(j) - 5.0); };
  const Earnings queue = five.earnings(waiting, no_jump);
  EXPECT_NEAR(queue.mean / 4.0, 0.554112554, 1e-9);  // Erlang C
  double whitt = 0.0;
  double below = 0.0;
  for (std::size_t j = 0; j < top; ++j) {
    below += (waiting(j) - queue.mean) * five.probability(j);
    whitt += 2 * below * below / (4.0 * five.probability(j));
  }
  EXPECT_NEAR(queue.variance, whitt, 1e-6 * whitt);
}

// Waits at a single server: Kleinrock's M/D/1 and Blomqvist's variance for M/M/1.
TEST(Theory, WaitsAtASingleServer) {
  EXPECT_NEAR(constant_service(0.7, 1.0).wait(), 0.7 / 0.6, 1e-12);
  for (const double rho : {0.3, 0.5, 0.8}) {
    const double blomqvist =
        rho * (2 + 5 * rho - 4 * rho * rho + std::pow(rho, 3)) / std::pow(1 - rho, 4);
    EXPECT_NEAR(gamma_service(rho, 1.0, 1.0).wait_variance(), blomqvist, 1e-9 * blomqvist);
  }
}

// A self-exciting process from an empty start (mu 0.5, n 0.6, beta 1, T 100), exact mean
// mu T/(1-n) - mu n (1 - exp(-kT))/((1-n) k), k = (1-n) beta, and exact variance by the moment
// equations of Dassios and Zhao (2011); Borel's moments.
TEST(Theory, CountsOfClusters) {
  const Breeding breeding{Eigen::MatrixXd::Constant(1, 1, 0.6), Eigen::VectorXd::Ones(1),
                          Eigen::VectorXd::Zero(1)};
  const Counts counts = counts_of(breeding, Eigen::VectorXd::Constant(1, 0.5), 100.0);
  EXPECT_NEAR(counts.mean(0), 123.125, 1e-8);
  EXPECT_NEAR(counts.variance(0), 749.609375, 1e-6);
  EXPECT_NEAR(moment_of_cluster(0.6, 1), 2.5, 1e-9);
  EXPECT_NEAR(moment_of_cluster(0.6, 2), 9.375 + 2.5 * 2.5, 1e-9);
}

// In the long run the rates are (I - N^T)^-1 mu, for a matrix that is not symmetric.
TEST(Theory, CountsOfClustersInTheLongRun) {
  Eigen::MatrixXd expected(2, 2);
  expected << 0.3, 0.4, 0.1, 0.2;
  const Breeding breeding{expected, Eigen::Vector2d(0.5, 2.0), Eigen::Vector2d(0.0, 1.5)};
  const Eigen::Vector2d rate(1.0, 0.25);
  const Counts early = counts_of(breeding, rate, 100.0);
  const Counts late = counts_of(breeding, rate, 200.0);
  const Eigen::MatrixXd system = Eigen::MatrixXd::Identity(2, 2) - expected.transpose();
  const Eigen::VectorXd rates = system.partialPivLu().solve(rate);
  for (int s = 0; s < 2; ++s) {
    EXPECT_NEAR((late.mean(s) - early.mean(s)) / 100.0, rates(s), 1e-9);
    EXPECT_GT(late.variance(s) - early.variance(s), 100.0 * rates(s));  // over-dispersed
  }
}

}  // namespace
}  // namespace truce::verification
