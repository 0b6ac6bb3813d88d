// SPDX-License-Identifier: Apache-2.0
// Distributions as values. Each is sampled by inversion, x = F^-1(u): one uniform a draw, monotone
// in u, so that two variations of a scenario that face the same u get ordered, closely coupled
// values (the condition under which common random numbers help; Glasserman and Yao 1992).
//
// Continuous quantiles are closed forms or those of Boost.Math in plain double precision.
#pragma once

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "sim/random/stream.hpp"

namespace truce::random {

/// A bound that is none.
inline constexpr double infinity = std::numeric_limits<double>::infinity();

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
  std::vector<double> sums = {};  ///< running sums of the weights; filled in by Distribution
};
/// The distribution function is linear between the points (percents[i]/100, values[i]), from 0 %
/// to 100 %: every value between two neighbours is equally likely. Both ascend.
struct Quantiles {
  std::vector<double> percents;
  std::vector<double> values;
};

class Distribution;

/// What is left of a distribution that is kept to [min, max].
struct Cut {
  double below = 0.0;  ///< probability cut off, P(X < min)
  double above = 0.0;  ///< probability cut off, P(X > max)
  double kept = 1.0;   ///< P(min <= X <= max)
  double least = 0.0;  ///< the ends of the support that is left
  double most = 0.0;
};
/// A distribution conditioned to lie in [min, max]; a bound may be infinite. With F the
/// distribution function before, F^-1(F(min) + u (F(max) - F(min))), counted from the end that is
/// nearer, so that a far tail keeps its digits.
struct Truncated {
  /// Throws std::invalid_argument, with a text for the author, if (almost) nothing is left.
  Truncated(const Distribution& law, double from, double to);

  std::vector<Distribution> of;  ///< exactly one
  double min;
  double max;
  Cut cut;
  double mean;
  double variance;
};
/// One of `parts`, each with probability proportional to its weight. F(x) = sum w_i F_i(x).
struct Mixture {
  std::vector<Distribution> parts;
  std::vector<double> weights;
};

/// Whether a probability counts the value itself.
enum class Edge { excluded, included };

/// Any of the above.
class Distribution {
 public:
  using Kind = std::variant<Constant, Uniform, Triangular, ScaledBeta, Normal, Lognormal, Gamma,
                            Exponential, Weibull, Bernoulli, Poisson, Binomial, NegativeBinomial,
                            Discrete, Quantiles, Truncated, Mixture>;

  Distribution() : Distribution(Constant{}) {}
  /// Throws std::invalid_argument, with a text for the author of the scenario, if the parameters
  /// define no distribution.
  explicit Distribution(Kind kind);

  const Kind& kind() const { return kind_; }
  bool constant() const { return std::holds_alternative<Constant>(kind_); }

  /// F^-1(u) for u in (0, 1).
  double quantile(double u) const;
  /// The smallest x with P(X > x) <= q for q in (0, 1): F^-1(1 - q), with all digits for small q.
  double quantile_above(double q) const;
  /// P(X <= x), or P(X < x) without the value itself; with all digits where it is small (but next
  /// to the bound of a truncation, and for the listed values of Discrete).
  double cdf(double x, Edge edge = Edge::included) const;
  /// P(X > x), or P(X >= x) with the value itself; as exact.
  double survival(double x, Edge edge = Edge::excluded) const;
  /// P(from <= X <= to), with all digits in either tail.
  double between(double from, double to) const;
  /// One draw: one uniform of the stream (none if constant).
  double sample(Stream& stream) const { return constant() ? least() : quantile(stream.uniform()); }
  double mean() const;
  double variance() const;
  /// The ends of the support; infinite where it has none.
  double least() const;
  double most() const;
  /// The nearest value that can occur at x or above it, at x or below it; infinite if none can.
  double next_from(double x) const;
  double last_to(double x) const;
  /// Whether every value is a whole number.
  bool whole() const;

 private:
  Kind kind_;
};

/// The distribution conditioned to lie in [min, max], in its simplest form: what the bounds don't
/// cut stays as it is, a normal or uniform stays of its kind. Throws like Truncated.
Distribution truncated(const Distribution& law, double min, double max);
/// The distribution of which points (percents[i], values[i]) were elicited. Where 0 % or 100 % is
/// not given, the range reaches 10 % of that between the outer points beyond them, the intrinsic
/// range of Cooke, Experts in Uncertainty (1991). Throws like Distribution.
Distribution elicited(Quantiles points);
/// The listed values with their weights, in any order; equal values are one. Throws like
/// Distribution.
Distribution empirical(const std::vector<double>& values, const std::vector<double>& weights);

/// Phi^-1(u), the standard normal quantile.
double normal_quantile(double u);

}  // namespace truce::random
