// SPDX-License-Identifier: Apache-2.0
// Distributions as values. Each is sampled by inversion, x = F^-1(u): one uniform a draw, monotone
// in u, so that two variations of a scenario that face the same u get ordered, closely coupled
// values (the condition under which common random numbers help; Glasserman and Yao 1992).
//
// Continuous quantiles are closed forms or those of Boost.Math in plain double precision.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/random/stream.hpp"

namespace truce::random {

/// Always `value`.
struct Constant {
  double value = 0.0;
};
/// Density 1/(max - min) on [min, max].
struct Uniform {
  double min = 0.0;
  double max = 1.0;
};
/// Piecewise linear density with its peak at `mode`.
struct Triangular {
  double min = 0.0;
  double mode = 0.5;
  double max = 1.0;
};
/// min + (max - min) B, where B has density x^(a-1) (1-x)^(b-1) / B(a, b). PERT is
/// a = 1 + 4 (mode - min)/(max - min), b = 6 - a.
struct ScaledBeta {
  double min = 0.0;
  double max = 1.0;
  double a = 1.0;
  double b = 1.0;
};
/// Normal with the given mean and sd before truncation, kept to [min, max] by conditioning.
struct Normal {
  double mean = 0.0;
  double sd = 1.0;
  double min;
  double max;
};
/// exp(N(log median, sigma^2)).
struct Lognormal {
  double median = 1.0;
  double sigma = 1.0;
};
/// Density x^(k-1) exp(-x/s) / (Gamma(k) s^k): mean k s, coefficient of variation 1/sqrt(k).
struct Gamma {
  double shape = 1.0;
  double scale = 1.0;
};
/// Density exp(-x/mean)/mean.
struct Exponential {
  double mean = 1.0;
};
/// F(x) = 1 - exp(-(x/scale)^shape).
struct Weibull {
  double shape = 1.0;
  double scale = 1.0;
};
/// 1 with the given probability, else 0.
struct Bernoulli {
  double probability = 0.5;
};
/// P(k) = e^-m m^k / k!.
struct Poisson {
  double mean = 1.0;
};
/// Number of successes in `trials`.
struct Binomial {
  double trials = 1.0;
  double probability = 0.5;
};
/// Counts with variance mean + mean^2/dispersion (a Poisson count whose mean is gamma).
struct NegativeBinomial {
  double mean = 1.0;
  double dispersion = 1.0;
};
/// `values[i]` with probability proportional to `weights[i]`; values ascend.
struct Discrete {
  std::vector<double> values;
  std::vector<double> weights;
};

/// Any of the above.
class Distribution {
 public:
  using Kind =
      std::variant<Constant, Uniform, Triangular, ScaledBeta, Normal, Lognormal, Gamma, Exponential,
                   Weibull, Bernoulli, Poisson, Binomial, NegativeBinomial, Discrete>;

  Distribution() : Distribution(Constant{}) {}
  /// Throws std::invalid_argument, with a text for the author of the scenario, if the parameters
  /// define no distribution.
  explicit Distribution(Kind kind);

  const Kind& kind() const { return kind_; }
  bool constant() const { return std::holds_alternative<Constant>(kind_); }

  /// F^-1(u) for u in (0, 1).
  double quantile(double u) const;
  /// One draw: one uniform of the stream (none if constant).
  double sample(Stream& stream) const { return constant() ? least() : quantile(stream.uniform()); }
  double mean() const;
  double variance() const;
  /// The ends of the support; infinite where it has none.
  double least() const;
  double most() const;
  /// Whether every value is a whole number.
  bool whole() const;

 private:
  Kind kind_;
};

/// Phi^-1(u), the standard normal quantile.
double normal_quantile(double u);

}  // namespace truce::random
