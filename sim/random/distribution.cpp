// SPDX-License-Identifier: Apache-2.0
#include "sim/random/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>

#include "sim/core/text.hpp"

namespace truce::random {
namespace {

namespace bm = boost::math;
// Plain double precision (no silent long double), counts rounded up: the smallest k with
// F(k) >= u.
using Policy =
    bm::policies::policy<bm::policies::promote_double<false>,
                         bm::policies::discrete_quantile<bm::policies::integer_round_up>>;
constexpr double infinity = std::numeric_limits<double>::infinity();

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

void demand(bool condition, const std::string& problem) {
  if (!condition) throw std::invalid_argument(problem);
}

bool finite(std::initializer_list<double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

double probability_below(const Normal& d, double x) {
  return std::isinf(x) ? (x < 0 ? 0.0 : 1.0)
                       : bm::cdf(bm::normal_distribution<double, Policy>(d.mean, d.sd), x);
}

// The same distribution seen from the other side. What is kept of the upper tail alone is measured
// there, since doubles are dense near 0, not near 1.
Normal mirrored(const Normal& d) {
  return {-d.mean, d.sd, -d.max, -d.min};
}

// Probability of the untruncated distribution to lie between min and max.
double probability_kept(const Normal& d) {
  const Normal side = d.min > d.mean ? mirrored(d) : d;
  return probability_below(side, side.max) - probability_below(side, side.min);
}

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

void check(const Distribution::Kind& kind) {
  std::visit(
      Overload{
          [](const Constant& d) { demand(finite({d.value}), "the value is not finite"); },
          [](const Uniform& d) {
            demand(finite({d.min, d.max}) && d.min < d.max, "min must be below max");
          },
          [](const Triangular& d) {
            demand(finite({d.min, d.mode, d.max}) && d.min <= d.mode && d.mode <= d.max &&
                       d.min < d.max,
                   "min <= mode <= max must hold, with min below max");
          },
          [](const ScaledBeta& d) {
            demand(finite({d.min, d.max, d.a, d.b}) && d.min < d.max, "min must be below max");
            demand(d.a > 0 && d.b > 0, "the shapes must be above 0");
          },
          [](const Normal& d) {
            demand(finite({d.mean, d.sd}) && d.sd > 0, "sd must be above 0");
            demand(d.min < d.max, "min must be below max");
            demand(probability_kept(d) > 1e-9,
                   "almost none of the distribution lies between min and max");
          },
          [](const Lognormal& d) {
            demand(finite({d.median, d.sigma}) && d.median > 0, "the median must be above 0");
            demand(d.sigma > 0 && d.sigma < 10, "the spread must be above 0 (sigma below 10)");
          },
          [](const Gamma& d) {
            demand(finite({d.shape, d.scale}) && d.shape > 0 && d.scale > 0,
                   "mean and spread must be above 0");
          },
          [](const Exponential& d) {
            demand(finite({d.mean}) && d.mean > 0, "the mean must be above 0");
          },
          [](const Weibull& d) {
            demand(finite({d.shape, d.scale}) && d.shape > 0 && d.scale > 0,
                   "shape and scale must be above 0");
          },
          [](const Bernoulli& d) {
            demand(d.probability >= 0 && d.probability <= 1,
                   "a probability must lie between 0 and 1");
          },
          [](const Poisson& d) {
            demand(d.mean >= 0 && d.mean < 1e9, "the mean must not be negative");
          },
          [](const Binomial& d) {
            demand(d.trials >= 0 && d.trials == std::trunc(d.trials) && d.trials < 1e9,
                   "trials must be a whole number, not negative");
            demand(d.probability >= 0 && d.probability <= 1,
                   "a probability must lie between 0 and 1");
          },
          [](const NegativeBinomial& d) {
            demand(d.mean >= 0 && d.mean < 1e9, "the mean must not be negative");
            demand(finite({d.dispersion}) && d.dispersion > 0, "the dispersion must be above 0");
          },
          [](const Discrete& d) {
            demand(!d.values.empty() && d.values.size() == d.weights.size(),
                   "as many weights as values are needed, at least one");
            demand(std::is_sorted(d.values.begin(), d.values.end()) &&
                       finite({d.values.front(), d.values.back()}),
                   "values must be finite and ascend");
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            demand(
                std::all_of(d.weights.begin(), d.weights.end(), [](double w) { return w >= 0; }) &&
                    total > 0 && std::isfinite(total),
                "weights must not be negative, and one must be above 0");
          },
      },
      kind);
}

struct Summary {
  double mean, variance, least, most;
};

Summary summarise(const Distribution::Kind& kind) {
  return std::visit(
      Overload{
          [](const Constant& d) {
            return Summary{d.value, 0.0, d.value, d.value};
          },
          [](const Uniform& d) {
            const double width = d.max - d.min;
            return Summary{(d.min + d.max) / 2, width * width / 12, d.min, d.max};
          },
          [](const Triangular& d) {
            const double a = d.min, b = d.max, c = d.mode;
            return Summary{(a + b + c) / 3, (a * a + b * b + c * c - a * b - a * c - b * c) / 18, a,
                           b};
          },
          [](const ScaledBeta& d) {
            const double width = d.max - d.min, s = d.a + d.b;
            return Summary{d.min + width * d.a / s, width * width * d.a * d.b / (s * s * (s + 1)),
                           d.min, d.max};
          },
          [](const Normal& d) {  // Johnson, Kotz, Balakrishnan: Continuous Univariate I, 13.10
            const bm::normal_distribution<double, Policy> unit(0.0, 1.0);
            const double low = (d.min - d.mean) / d.sd, high = (d.max - d.mean) / d.sd;
            const double z = probability_kept(d);
            const double f_low = std::isinf(low) ? 0.0 : bm::pdf(unit, low);
            const double f_high = std::isinf(high) ? 0.0 : bm::pdf(unit, high);
            const double shift = (f_low - f_high) / z;
            const double stretch =
                1 +
                ((std::isinf(low) ? 0.0 : low * f_low) - (std::isinf(high) ? 0.0 : high * f_high)) /
                    z -
                shift * shift;
            return Summary{d.mean + d.sd * shift, d.sd * d.sd * stretch, d.min, d.max};
          },
          [](const Lognormal& d) {
            const double s2 = d.sigma * d.sigma;
            const double mean = d.median * std::exp(s2 / 2);
            return Summary{mean, mean * mean * std::expm1(s2), 0.0, infinity};
          },
          [](const Gamma& d) {
            return Summary{d.shape * d.scale, d.shape * d.scale * d.scale, 0.0, infinity};
          },
          [](const Exponential& d) {
            return Summary{d.mean, d.mean * d.mean, 0.0, infinity};
          },
          [](const Weibull& d) {
            const double first = std::tgamma(1 + 1 / d.shape);
            const double second = std::tgamma(1 + 2 / d.shape);
            return Summary{d.scale * first, d.scale * d.scale * (second - first * first), 0.0,
                           infinity};
          },
          [](const Bernoulli& d) {
            const double p = d.probability;
            return Summary{p, p * (1 - p), p < 1 ? 0.0 : 1.0, p > 0 ? 1.0 : 0.0};
          },
          [](const Poisson& d) {
            return Summary{d.mean, d.mean, 0.0, infinity};
          },
          [](const Binomial& d) {
            return Summary{d.trials * d.probability, d.trials * d.probability * (1 - d.probability),
                           0.0, d.trials};
          },
          [](const NegativeBinomial& d) {
            return Summary{d.mean, d.mean + d.mean * d.mean / d.dispersion, 0.0, infinity};
          },
          [](const Discrete& d) {
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            double mean = 0.0, square = 0.0;
            for (std::size_t i = 0; i < d.values.size(); ++i) {
              mean += d.weights[i] / total * d.values[i];
              square += d.weights[i] / total * d.values[i] * d.values[i];
            }
            return Summary{mean, square - mean * mean, d.values.front(), d.values.back()};
          },
      },
      kind);
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
    const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
    double sum = 0.0;
    for (std::size_t i = 0; i < d.values.size(); ++i) {
      sum += d.weights[i];
      if (sum >= u * total) return d.values[i];
    }
    return d.values.back();
  }
};

}  // namespace

Distribution::Distribution(Kind kind) : kind_(std::move(kind)) {
  check(kind_);
}
double Distribution::quantile(double u) const {
  return std::visit(Quantile{u}, kind_);
}
double Distribution::mean() const {
  return summarise(kind_).mean;
}
double Distribution::variance() const {
  return summarise(kind_).variance;
}
double Distribution::least() const {
  if (const auto* constant = std::get_if<Constant>(&kind_)) return constant->value;
  return summarise(kind_).least;
}
double Distribution::most() const {
  return summarise(kind_).most;
}

bool Distribution::whole() const {
  const auto is_whole = [](double v) { return v == std::trunc(v); };
  if (const auto* d = std::get_if<Constant>(&kind_)) return is_whole(d->value);
  if (const auto* d = std::get_if<Discrete>(&kind_)) {
    return std::all_of(d->values.begin(), d->values.end(), is_whole);
  }
  return std::holds_alternative<Bernoulli>(kind_) || std::holds_alternative<Poisson>(kind_) ||
         std::holds_alternative<Binomial>(kind_) || std::holds_alternative<NegativeBinomial>(kind_);
}

double normal_quantile(double u) {
  return bm::quantile(bm::normal_distribution<double, Policy>(0.0, 1.0), u);
}

}  // namespace truce::random
