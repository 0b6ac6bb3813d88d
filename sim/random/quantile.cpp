// SPDX-License-Identifier: Apache-2.0
// From a probability to the value that is reached with it: closed forms, Boost.Math's inverses,
// sums for counts, and a search for mixtures.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>

#include "sim/random/cut.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/precision.hpp"

namespace truce::random {
namespace {

// Smallest k with F(k) >= u, by summing the probabilities from 0: exact and quick for small means.
template <class Next>
double search_count(double u, double first, Next next_probability) {
  double probability = first;
  double sum = probability;
  double k = 0.0;
  while (sum < u && k < 1e6) {
    const double following = next_probability(probability, k);
    // The tail is below double precision.
    if (following < probability && sum + following == sum) break;
    probability = following;
    sum += probability;
    k += 1.0;
  }
  return k;
}

// The same for large means and long tails, by bisection from a starting guess.
template <class Cdf>
double bisect_count(double u, double guess, Cdf cdf) {
  double high = std::max(1.0, std::ceil(guess));
  while (cdf(high) < u) high *= 2;
  double low = -1.0;
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (cdf(middle) < u ? low : high) = middle;
  }
  return high;
}

// Which tail a probability is counted from: the nearer one, where doubles are dense.
enum class Side { lower, upper };
struct Target {
  double probability;
  Side side;
};

// How far the distribution function at x is above the target; from 0 on, x has reached it.
double surplus(const Mixture& d, Target target, double x) {
  double sum = 0.0;
  double total = 0.0;
  const bool lower = target.side == Side::lower;
  for (std::size_t i = 0; i < d.parts.size(); ++i) {
    if (d.weights[i] == 0) continue;
    sum += d.weights[i] * (lower ? d.parts[i].cdf(x) : d.parts[i].survival(x));
    total += d.weights[i];
  }
  return lower ? sum / total - target.probability : target.probability - sum / total;
}

// The middle of two doubles counted in doubles, so that 60 steps reach any neighbour.
double middle(double low, double high) {
  const auto rank = [](double x) {
    const auto bits = std::bit_cast<std::int64_t>(x);
    return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
  };
  const std::int64_t a = rank(low), b = rank(high);
  const std::int64_t half = (a & b) + ((a ^ b) >> 1);
  return std::bit_cast<double>(half >= 0 ? half : std::numeric_limits<std::int64_t>::min() - half);
}

// The smallest double (or whole number) that reaches the target. It lies between the quantiles of
// the parts. False position (Illinois) closes in on it, bisection settles the last doubles: a jump
// of the distribution function is met exactly, and the result doesn't depend on the way.
double invert(const Mixture& d, Target target) {
  double low = infinity;
  double high = -infinity;
  bool whole = true;
  for (std::size_t i = 0; i < d.parts.size(); ++i) {
    if (d.weights[i] == 0) continue;
    const double x = target.side == Side::lower ? d.parts[i].quantile(target.probability)
                                                : d.parts[i].quantile_above(target.probability);
    low = std::min(low, x);
    high = std::max(high, x);
    whole = whole && d.parts[i].whole();
  }
  double at_low = surplus(d, target, low);
  if (low == high || at_low >= 0) return low;
  if (whole) {
    while (high - low > 1) {
      const double x = std::floor((low + high) / 2);
      (surplus(d, target, x) < 0 ? low : high) = x;
    }
    return high;
  }
  double at_high = surplus(d, target, high);
  const auto step = [&](double x) {
    const double at = surplus(d, target, x);
    if (at < 0) {
      low = x;
      at_low = at;
    } else {
      high = x;
      at_high = at;
    }
    return at < 0;
  };
  bool rose = false;
  for (int i = 0; i < 40 && at_high >= 0; ++i) {
    const double least_step = 0x1p-50 * std::max(std::abs(low), std::abs(high));
    if (!(high - low > 4 * least_step)) break;
    const double secant = high - at_high * (high - low) / (at_high - at_low);
    const double x = std::clamp(secant, low + least_step, high - least_step);
    const bool rises = step(x);
    // The end that stays twice loses half of its weight.
    if (i > 0 && rises == rose) (rises ? at_high : at_low) /= 2;
    rose = rises;
  }
  for (;;) {
    const double x = middle(low, high);
    if (!(x > low && x < high)) return high;
    step(x);
  }
}

struct Quantile {
  double u;

  double operator()(const Constant& d) const { return d.value; }
  double operator()(const Uniform& d) const { return d.min + (d.max - d.min) * u; }
  double operator()(const Triangular& d) const {
    const double split = (d.mode - d.min) / (d.max - d.min);
    if (u < split) return d.min + std::sqrt(u * (d.max - d.min) * (d.mode - d.min));
    return d.max - std::sqrt((1 - u) * (d.max - d.min) * (d.max - d.mode));
  }
  double operator()(const ScaledBeta& d) const {
    return d.min +
           (d.max - d.min) * bm::quantile(bm::beta_distribution<double, Policy>(d.a, d.b), u);
  }
  double operator()(const Normal& d) const {
    if (d.min > d.mean) return -Quantile{1 - u}(mirrored(d));
    const double low = probability_below(d, d.min);
    const double high = probability_below(d, d.max);
    const double p = std::min(low + u * (high - low), 1 - 0x1p-53);  // the sum may round to 1
    const double x = d.mean + d.sd * normal_quantile(p);
    return std::clamp(x, d.min, d.max);
  }
  double operator()(const Lognormal& d) const {
    return d.median * std::exp(d.sigma * normal_quantile(u));
  }
  double operator()(const Gamma& d) const {
    return bm::quantile(bm::gamma_distribution<double, Policy>(d.shape, d.scale), u);
  }
  double operator()(const Exponential& d) const { return -d.mean * std::log1p(-u); }
  double operator()(const Weibull& d) const {
    return d.scale * std::pow(-std::log1p(-u), 1 / d.shape);
  }
  double operator()(const Bernoulli& d) const { return u > 1 - d.probability ? 1.0 : 0.0; }
  double operator()(const Poisson& d) const {
    if (d.mean == 0) return 0.0;
    if (d.mean > 50) return bm::quantile(bm::poisson_distribution<double, Policy>(d.mean), u);
    return search_count(u, std::exp(-d.mean),
                        [&](double p, double k) { return p * d.mean / (k + 1); });
  }
  double operator()(const Binomial& d) const {
    if (d.trials == 0 || d.probability == 0) return 0.0;
    if (d.probability == 1) return d.trials;
    if (d.probability <= 0.5 && d.trials * d.probability <= 50) {
      const double odds = d.probability / (1 - d.probability);
      return search_count(u, std::exp(d.trials * std::log1p(-d.probability)),
                          [&](double p, double k) { return p * odds * (d.trials - k) / (k + 1); });
    }
    return bm::quantile(bm::binomial_distribution<double, Policy>(d.trials, d.probability), u);
  }
  double operator()(const NegativeBinomial& d) const {
    if (d.mean == 0) return 0.0;
    const double success = d.dispersion / (d.dispersion + d.mean);
    if (d.mean > 200 || d.mean > 1000 * d.dispersion) {
      const bm::negative_binomial_distribution<double, Policy> law(d.dispersion, success);
      return bisect_count(u, d.mean, [&](double k) { return bm::cdf(law, k); });
    }
    return search_count(u, std::pow(success, d.dispersion), [&](double p, double k) {
      return p * (k + d.dispersion) / (k + 1) * (1 - success);
    });
  }
  double operator()(const Discrete& d) const {
    return d.values[index_reaching(d, u * d.sums.back())];
  }
  double operator()(const Quantiles& d) const {
    const double percent = 100 * u;
    const auto above = std::lower_bound(d.percents.begin() + 1, d.percents.end() - 1, percent);
    const auto i = static_cast<std::size_t>(above - d.percents.begin());
    const double share =
        std::min((percent - d.percents[i - 1]) / (d.percents[i] - d.percents[i - 1]), 1.0);
    return d.values[i - 1] + share * (d.values[i] - d.values[i - 1]);
  }
  double operator()(const Truncated& d) const { return quantile_within(d.of.front(), d.cut, u); }
  double operator()(const Mixture& d) const {
    return u <= 0.5 ? invert(d, {u, Side::lower}) : invert(d, {1 - u, Side::upper});
  }
};

// The same from above: the smallest x with P(X > x) <= q.
struct QuantileAbove {
  double q;

  double operator()(const Constant& d) const { return d.value; }
  double operator()(const Uniform& d) const { return d.max - (d.max - d.min) * q; }
  double operator()(const Triangular& d) const {
    return -Quantile{q}(Triangular{-d.max, -d.mode, -d.min});
  }
  double operator()(const ScaledBeta& d) const {
    return -Quantile{q}(ScaledBeta{-d.max, -d.min, d.b, d.a});
  }
  double operator()(const Normal& d) const { return -Quantile{q}(mirrored(d)); }
  double operator()(const Lognormal& d) const {
    return d.median * std::exp(-d.sigma * normal_quantile(q));
  }
  double operator()(const Gamma& d) const {
    return bm::quantile(
        bm::complement(bm::gamma_distribution<double, Policy>(d.shape, d.scale), q));
  }
  double operator()(const Exponential& d) const { return -d.mean * std::log(q); }
  double operator()(const Weibull& d) const {
    return d.scale * std::pow(-std::log(q), 1 / d.shape);
  }
  double operator()(const Bernoulli& d) const { return q < d.probability ? 1.0 : 0.0; }
  double operator()(const Poisson& d) const { return count(Distribution(d), d.mean); }
  double operator()(const Binomial& d) const {
    return count(Distribution(d), d.trials * d.probability);
  }
  double operator()(const NegativeBinomial& d) const { return count(Distribution(d), d.mean); }
  double operator()(const Discrete& d) const {
    return d.values[index_reaching(d, (1 - q) * d.sums.back())];
  }
  double operator()(const Quantiles& d) const {
    Quantiles mirror;
    for (std::size_t i = d.values.size(); i-- > 0;) {
      mirror.percents.push_back(100 - d.percents[i]);
      mirror.values.push_back(-d.values[i]);
    }
    return -Quantile{q}(mirror);
  }
  double operator()(const Truncated& d) const {
    return quantile_above_within(d.of.front(), d.cut, q);
  }
  double operator()(const Mixture& d) const {
    return q < 0.5 ? invert(d, {q, Side::upper}) : invert(d, {1 - q, Side::lower});
  }

  double count(const Distribution& law, double mean) const {
    return bisect_count(-q, mean, [&](double k) { return -law.survival(k); });
  }
};

}  // namespace

double Distribution::quantile(double u) const {
  return std::visit(Quantile{u}, kind_);
}
double Distribution::quantile_above(double q) const {
  return std::visit(QuantileAbove{q}, kind_);
}

double normal_quantile(double u) {
  return bm::quantile(bm::normal_distribution<double, Policy>(0.0, 1.0), u);
}

}  // namespace truce::random
