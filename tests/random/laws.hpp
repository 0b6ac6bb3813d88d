// SPDX-License-Identifier: Apache-2.0
// Every kind of distribution, beside what theory says about it: distribution function, mean and
// variance from Boost.Math or worked out here, none of it through the code under test.
#pragma once

#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include <boost/math/distributions.hpp>

#include "sim/random/distribution.hpp"

namespace truce::random::test {

struct Law {
  std::string name;
  Distribution law;
  std::function<double(double)> cdf;
  double mean = 0.0;
  double variance = 0.0;
};

inline constexpr double infinity = std::numeric_limits<double>::infinity();

/// A law that is `offset + factor * X` of one that Boost.Math knows.
template <class Known>
Law known(std::string name, Distribution::Kind kind, Known theory, double offset = 0.0,
          double factor = 1.0) {
  return {std::move(name), Distribution(std::move(kind)),
          [=](double x) {
            const double y = (x - offset) / factor;
            const auto [least, most] = boost::math::support(theory);
            if (y < least) return 0.0;
            return y > most ? 1.0 : boost::math::cdf(theory, y);
          },
          offset + factor * boost::math::mean(theory),
          factor * factor * boost::math::variance(theory)};
}

inline std::vector<Law> continuous_laws() {
  namespace bm = boost::math;
  std::vector<Law> laws{
      known("uniform", Uniform{2, 7}, bm::uniform(2, 7)),
      known("triangular", Triangular{1, 2, 6}, bm::triangular(1, 2, 6)),
      known("triangular, falling", Triangular{1, 1, 6}, bm::triangular(1, 1, 6)),
      known("triangular, rising", Triangular{-4, 6, 6}, bm::triangular(-4, 6, 6)),
      known("beta", ScaledBeta{10, 40, 1.8, 4.2}, bm::beta_distribution<>(1.8, 4.2), 10, 30),
      known("beta, u-shaped", ScaledBeta{0, 1, 0.5, 0.3}, bm::beta_distribution<>(0.5, 0.3)),
      known("beta, narrow", ScaledBeta{0, 1, 900, 100}, bm::beta_distribution<>(900, 100)),
      known("normal", Normal{-3, 2.5, -infinity, infinity}, bm::normal(-3, 2.5)),
      known("lognormal", Lognormal{8, 0.5}, bm::lognormal(std::log(8), 0.5)),
      known("gamma", Gamma{6.25, 3.2}, bm::gamma_distribution<>(6.25, 3.2)),
      known("gamma, steep", Gamma{0.3, 40}, bm::gamma_distribution<>(0.3, 40)),
      known("exponential", Exponential{120}, bm::exponential(1.0 / 120)),
      known("weibull", Weibull{2.5, 30}, bm::weibull(2.5, 30)),
      known("weibull, steep", Weibull{0.7, 30}, bm::weibull(0.7, 30)),
  };
  // Normal conditioned on [min, max], with a = (min - mean)/sd, b = (max - mean)/sd and
  // Z = Phi(b) - Phi(a): mean + sd (phi(a) - phi(b))/Z, and variance
  // sd^2 (1 + (a phi(a) - b phi(b))/Z - ((phi(a) - phi(b))/Z)^2); Johnson, Kotz and Balakrishnan,
  // Continuous Univariate Distributions 1 (1994), section 13.10.1.
  const auto truncated = [&](const std::string& name, double mean, double sd, double min,
                             double max) {
    const boost::math::normal_distribution<long double> unit(0, 1);
    const auto upper = [=](double x) {  // P(X > x) before truncation
      return std::isinf(x) ? (x > 0 ? 0.0L : 1.0L)
                           : bm::cdf(bm::complement(unit, (1.0L * x - mean) / sd));
    };
    const auto density = [=](double x) {
      return std::isinf(x) ? 0.0L : bm::pdf(unit, (1.0L * x - mean) / sd);
    };
    const auto leaning = [=](double x) {
      return std::isinf(x) ? 0.0L : (1.0L * x - mean) / sd * density(x);
    };
    const long double z = upper(min) - upper(max);
    const long double shift = (density(min) - density(max)) / z;
    const long double spread = 1 + (leaning(min) - leaning(max)) / z - shift * shift;
    laws.push_back({"normal, " + name, Distribution(Normal{mean, sd, min, max}),
                    [=](double x) { return static_cast<double>((upper(min) - upper(x)) / z); },
                    static_cast<double>(mean + sd * shift),
                    static_cast<double>(1.0L * sd * sd * spread)});
  };
  truncated("both ends cut", 10, 4, 5, 18);
  truncated("no negative values", 3, 2, 0, infinity);
  truncated("cut above", 3, 2, -infinity, 4.5);
  truncated("upper tail", 0, 1, 3, infinity);
  truncated("slice of the upper tail", 0, 1, 4, 4.5);
  truncated("lower tail", 20, 5, -infinity, 2);
  return laws;
}

inline std::vector<Law> count_laws() {
  namespace bm = boost::math;
  // Number of failures before `dispersion` successes of probability dispersion/(dispersion + mean).
  const auto negative_binomial = [](const std::string& name, double mean, double dispersion) {
    return known(name, NegativeBinomial{mean, dispersion},
                 bm::negative_binomial(dispersion, dispersion / (dispersion + mean)));
  };
  std::vector<Law> laws{
      known("bernoulli", Bernoulli{0.3}, bm::bernoulli(0.3)),
      known("poisson, small", Poisson{0.3}, bm::poisson(0.3)),
      known("poisson", Poisson{12}, bm::poisson(12)),
      known("poisson, large", Poisson{400}, bm::poisson(400)),
      known("binomial", Binomial{20, 0.3}, bm::binomial(20, 0.3)),
      known("binomial, likely", Binomial{40, 0.8}, bm::binomial(40, 0.8)),
      known("binomial, large", Binomial{5000, 0.4}, bm::binomial(5000, 0.4)),
      negative_binomial("negative binomial", 12, 0.4),
      negative_binomial("negative binomial, large", 500, 3),
      negative_binomial("negative binomial, long tail", 5, 0.004),
  };
  laws.push_back({"discrete", Distribution(Discrete{{-2, 0, 0.5, 7}, {1, 0, 2, 5}}),
                  [](double x) {
                    return x < -2 ? 0 : x < 0.5 ? 0.125 : x < 7 ? 0.375 : 1;
                  },
                  (-2 + 2 * 0.5 + 5 * 7) / 8.0, (4 + 2 * 0.25 + 5 * 49) / 8.0 - 4.25 * 4.25});
  return laws;
}

}  // namespace truce::random::test
