// SPDX-License-Identifier: Apache-2.0
// Distributions from what analysts know: what was asked for is what the distribution has.
#include "sim/random/fit.hpp"

#include <cmath>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace truce::random {
namespace {

using Fit = Distribution (*)(Values);

Distribution fit(Fit from, std::initializer_list<double> values) {
  return from(std::vector<double>(values));
}

void expect_quantiles(Fit from, std::initializer_list<double> values, double p_low, double p_high) {
  const auto law = fit(from, values);
  const double low = *values.begin(), high = *(values.end() - 1);
  EXPECT_NEAR(law.quantile(p_low), low, 1e-12 * std::abs(high)) << low << " " << high;
  EXPECT_NEAR(law.quantile(p_high), high, 1e-12 * std::abs(high)) << low << " " << high;
}

TEST(Fit, MeetsTheQuantiles) {
  for (const Fit from : {lognormal_from_p10_p90, gamma_from_p10_p90, weibull_from_p10_p90,
                         uniform_from_p10_p90, normal_from_p10_p90}) {
    expect_quantiles(from, {20, 45}, 0.1, 0.9);
    expect_quantiles(from, {0.2, 45}, 0.1, 0.9);
    expect_quantiles(from, {44, 45}, 0.1, 0.9);
  }
  for (const Fit from : {lognormal_from_p95, gamma_from_p95, weibull_from_p95, normal_from_p95}) {
    expect_quantiles(from, {20, 45}, 0.5, 0.95);
    expect_quantiles(from, {20, 4500}, 0.5, 0.95);
    expect_quantiles(from, {44, 45}, 0.5, 0.95);
  }
  for (const Fit from : {lognormal_from_p5_p95, normal_from_p5_p95}) {
    expect_quantiles(from, {20, 45}, 0.05, 0.95);
  }
  for (const double mode : {10.0, 10.1, 17.0, 29.0, 30.0}) {
    expect_quantiles(triangular_from_p10_p90, {10, mode, 30}, 0.1, 0.9);
    const auto law = fit(triangular_from_p10_p90, {10, mode, 30});
    EXPECT_EQ(std::get<Triangular>(law.kind()).mode, mode);
  }
  EXPECT_DOUBLE_EQ(fit(exponential_from_median, {7}).quantile(0.5), 7.0);
}

TEST(Fit, GivesKnownParameters) {
  // sqrt(10 * 90) = 30 and log(9)/(2 * 1.28155) = 0.8572517.
  const auto lognormal = std::get<Lognormal>(fit(lognormal_from_p10_p90, {10, 90}).kind());
  EXPECT_DOUBLE_EQ(lognormal.median, 30.0);
  EXPECT_NEAR(lognormal.sigma, 0.8572517, 1e-7);
  // The exponential distribution is the gamma and Weibull of shape 1: -log(0.05)/log(2).
  const double p95 = std::log(20.0) / std::log(2.0);
  EXPECT_NEAR(std::get<Gamma>(fit(gamma_from_p95, {1, p95}).kind()).shape, 1.0, 1e-12);
  EXPECT_NEAR(std::get<Weibull>(fit(weibull_from_p95, {1, p95}).kind()).shape, 1.0, 1e-12);
  // By symmetry half lies below the mode: 10 = w (0.5 - sqrt(0.05)).
  const auto triangle = std::get<Triangular>(fit(triangular_from_p10_p90, {10, 20, 30}).kind());
  EXPECT_NEAR(triangle.max - triangle.min, 10 / (0.5 - std::sqrt(0.05)), 1e-12);
  // The shape of a PERT is 4; with 0 it is uniform.
  EXPECT_EQ(fit(modified_pert, {1, 2, 6, 4}).quantile(0.3), fit(pert, {1, 2, 6}).quantile(0.3));
  EXPECT_NEAR(fit(modified_pert, {1, 2, 6, 0}).quantile(0.3), 2.5, 1e-14);
  EXPECT_NEAR(fit(modified_pert, {1, 2, 6, 10}).mean(), (1 + 20 + 6) / 12.0, 1e-14);
}

TEST(Fit, MeetsTheMoments) {
  const auto expect = [](const Distribution& law, double mean, double sd) {
    EXPECT_NEAR(law.mean(), mean, 1e-13 * mean);
    EXPECT_NEAR(std::sqrt(law.variance()), sd, 1e-13 * sd);
  };
  expect(fit(lognormal_from_sd, {6, 4.8}), 6, 4.8);
  expect(fit(gamma_from_sd, {20, 8}), 20, 8);
  expect(fit(normal_from_cv, {20, 0.4}), 20, 8);
  expect(fit(beta_from_cv, {0.3, 0.5}), 0.3, 0.15);
  expect(fit(beta_from_range_and_moments, {10, 40, 20, 5}), 20, 5);
  EXPECT_EQ(fit(beta_from_range_and_moments, {10, 40, 20, 5}).most(), 40.0);
}

std::string refusal(Fit from, std::initializer_list<double> values) {
  try {
    fit(from, values);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Fit, RefusesWhatNoDistributionHas) {
  EXPECT_EQ(refusal(uniform_from_p10_p90, {7, 2}), "p10 < p90 must hold");
  EXPECT_EQ(refusal(normal_from_p10_p90, {7, 7}), "p10 < p90 must hold");
  EXPECT_EQ(refusal(normal_from_p5_p95, {7, 7}), "p5 < p95 must hold");
  EXPECT_EQ(refusal(normal_from_p95, {7, 6}), "median < p95 must hold");
  EXPECT_EQ(refusal(normal_from_cv, {-7, 0.5}), "mean and cv must be above 0");
  EXPECT_EQ(refusal(triangular_from_p10_p90, {3, 2, 6}),
            "p10 <= mode <= p90 must hold, with p10 below p90");
  EXPECT_EQ(refusal(triangular_from_p10_p90, {3, 3, 3}),
            "p10 <= mode <= p90 must hold, with p10 below p90");
  EXPECT_EQ(refusal(lognormal_from_p10_p90, {0, 3}), "0 < p10 < p90 must hold");
  EXPECT_EQ(refusal(lognormal_from_p5_p95, {5, 3}), "0 < p5 < p95 must hold");
  EXPECT_EQ(refusal(lognormal_from_sd, {5, 0}), "mean and sd must be above 0");
  EXPECT_EQ(refusal(gamma_from_sd, {-5, 1}), "mean and sd must be above 0");
  EXPECT_EQ(refusal(gamma_from_p10_p90, {0, 1}), "0 < p10 < p90 must hold");
  EXPECT_EQ(refusal(gamma_from_p95, {1, 1e9}),
            "p95 and median are too far apart for a gamma distribution (shape 0.05)");
  EXPECT_EQ(refusal(gamma_from_p10_p90, {1, 1.0001}),
            "p90 and p10 are too close for a gamma distribution (shape 1e6)");
  EXPECT_EQ(refusal(weibull_from_p95, {2, 1}), "0 < median < p95 must hold");
  EXPECT_EQ(refusal(weibull_from_p10_p90, {-2, 1}), "0 < p10 < p90 must hold");
  EXPECT_EQ(refusal(exponential_from_median, {0}), "the median must be above 0");
  EXPECT_EQ(refusal(modified_pert, {1, 7, 6, 4}),
            "min <= mode <= max must hold, with min below max");
  EXPECT_EQ(refusal(modified_pert, {1, 2, 6, -1}), "shape must not be negative");
  EXPECT_EQ(refusal(beta_from_cv, {0.3, 0}), "cv must be above 0");
  EXPECT_EQ(refusal(beta_from_cv, {0.5, 3}),
            "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)");
  EXPECT_EQ(refusal(beta_from_range_and_moments, {4, 1, 2, 1}), "min must be below max");
  const std::string moments =
      "mean must lie between min and max and sd^2 below (mean - min) (max - mean)";
  EXPECT_EQ(refusal(beta_from_range_and_moments, {0, 10, 12, 1}), moments);
  EXPECT_EQ(refusal(beta_from_range_and_moments, {0, 10, 5, 5}), moments);
}

}  // namespace
}  // namespace truce::random
