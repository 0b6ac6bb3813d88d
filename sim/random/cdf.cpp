// SPDX-License-Identifier: Apache-2.0
// From a value to the probability of not exceeding it, counted from the end that is nearer.
#include <algorithm>
#include <cmath>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/poisson.hpp>

#include "sim/random/distribution.hpp"
#include "sim/random/precision.hpp"

namespace truce::random {
namespace {

enum class Tail { lower, upper };

double of_boost(const auto& law, double x, Tail tail) {
  return tail == Tail::lower ? bm::cdf(law, x) : bm::cdf(bm::complement(law, x));
}
double everything(Tail tail) {
  return tail == Tail::lower ? 1.0 : 0.0;
}

// P(X <= x) or, from above, P(X > x); with the edge excluded P(X < x) or P(X >= x).
struct Probability {
  double x;
  Tail tail;
  Edge edge;  // of the lower side: whether x belongs to it

  double none() const { return 1 - everything(tail); }
  double all() const { return everything(tail); }
  bool reaches(double value) const { return edge == Edge::included ? x >= value : x > value; }
  // The last whole number of the lower side.
  double count() const { return edge == Edge::included ? std::floor(x) : std::ceil(x) - 1; }

  double operator()(const Constant& d) const { return reaches(d.value) ? all() : none(); }
  double operator()(const Uniform& d) const {
    if (x <= d.min) return none();
    if (x >= d.max) return all();
    return (tail == Tail::lower ? x - d.min : d.max - x) / (d.max - d.min);
  }
  double operator()(const Triangular& d) const {
    if (x <= d.min) return none();
    if (x >= d.max) return all();
    const double width = d.max - d.min;
    if (x < d.mode) {
      const double rise = width * (d.mode - d.min);
      if (tail == Tail::lower) return (x - d.min) * (x - d.min) / rise;
      return (d.max - d.mode) / width + (d.mode - x) * (x - d.min + (d.mode - d.min)) / rise;
    }
    const double fall = width * (d.max - d.mode);
    if (tail == Tail::upper) return (d.max - x) * (d.max - x) / fall;
    return (d.mode - d.min) / width + (x - d.mode) * (d.max - x + (d.max - d.mode)) / fall;
  }
  double operator()(const ScaledBeta& d) const {
    if (x <= d.min) return none();
    if (x >= d.max) return all();
    const double width = d.max - d.min;
    // From the nearer end, since 1 - y has no more digits than 1.
    if (x - d.min <= d.max - x) {
      return of_boost(bm::beta_distribution<double, Policy>(d.a, d.b), (x - d.min) / width, tail);
    }
    return of_boost(bm::beta_distribution<double, Policy>(d.b, d.a), (d.max - x) / width,
                    tail == Tail::lower ? Tail::upper : Tail::lower);
  }
  double operator()(const Normal& d) const {
    if (x <= d.min) return none();
    if (x >= d.max) return all();
    const Normal part =
        tail == Tail::lower ? Normal{d.mean, d.sd, d.min, x} : Normal{d.mean, d.sd, x, d.max};
    return std::min(probability_kept(part) / probability_kept(d), 1.0);
  }
  double operator()(const Lognormal& d) const {
    if (x <= 0) return none();
    return of_boost(bm::normal_distribution<double, Policy>(0.0, 1.0),
                    std::log(x / d.median) / d.sigma, tail);
  }
  double operator()(const Gamma& d) const {
    if (x <= 0) return none();
    return of_boost(bm::gamma_distribution<double, Policy>(d.shape, d.scale), x, tail);
  }
  double operator()(const Exponential& d) const {
    if (x <= 0) return none();
    return tail == Tail::lower ? -std::expm1(-x / d.mean) : std::exp(-x / d.mean);
  }
  double operator()(const Weibull& d) const {
    if (x <= 0) return none();
    const double hazard = std::pow(x / d.scale, d.shape);
    return tail == Tail::lower ? -std::expm1(-hazard) : std::exp(-hazard);
  }
  double operator()(const Bernoulli& d) const {
    if (!reaches(0)) return none();
    if (reaches(1)) return all();
    return tail == Tail::lower ? 1 - d.probability : d.probability;
  }
  double operator()(const Poisson& d) const {
    const double k = count();
    if (k < 0) return none();
    if (d.mean == 0) return all();
    return of_boost(bm::poisson_distribution<double, Policy>(d.mean), k, tail);
  }
  double operator()(const Binomial& d) const {
    const double k = count();
    if (k < 0) return none();
    if (k >= d.trials || d.probability == 0) return all();
    if (d.probability == 1) return none();
    return of_boost(bm::binomial_distribution<double, Policy>(d.trials, d.probability), k, tail);
  }
  double operator()(const NegativeBinomial& d) const {
    const double k = count();
    if (k < 0) return none();
    if (d.mean == 0) return all();
    const double success = d.dispersion / (d.dispersion + d.mean);
    return of_boost(bm::negative_binomial_distribution<double, Policy>(d.dispersion, success), k,
                    tail);
  }
  double operator()(const Discrete& d) const {
    const auto end = edge == Edge::included ? std::upper_bound(d.values.begin(), d.values.end(), x)
                                            : std::lower_bound(d.values.begin(), d.values.end(), x);
    const auto n = static_cast<std::size_t>(end - d.values.begin());
    const double sum = n == 0 ? 0.0 : d.sums[n - 1];
    const double total = d.sums.back();
    return (tail == Tail::lower ? sum : total - sum) / total;
  }
  double operator()(const Quantiles& d) const {
    if (x <= d.values.front()) return none();
    if (x >= d.values.back()) return all();
    const auto above = std::upper_bound(d.values.begin(), d.values.end(), x);
    const auto i = static_cast<std::size_t>(above - d.values.begin());
    const double slope =
        (d.percents[i] - d.percents[i - 1]) / (d.values[i] - d.values[i - 1]) / 100;
    return tail == Tail::lower ? d.percents[i - 1] / 100 + slope * (x - d.values[i - 1])
                               : (100 - d.percents[i]) / 100 + slope * (d.values[i] - x);
  }
  double operator()(const Truncated& d) const {
    if (!reaches(d.min)) return none();
    if (reaches(d.max)) return all();
    const Distribution& of = d.of.front();
    double part = 0.0;
    if (tail == Tail::lower) {
      part = d.cut.below > 0.5 ? of.survival(d.min, Edge::included) - upper(of)
                               : of.cdf(x, edge) - d.cut.below;
    } else {
      part = d.cut.above > 0.5 ? of.cdf(d.max) - of.cdf(x, edge) : upper(of) - d.cut.above;
    }
    return std::clamp(part / d.cut.kept, 0.0, 1.0);
  }
  double operator()(const Mixture& d) const {
    double sum = 0.0;
    double total = 0.0;
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
      if (d.weights[i] == 0) continue;
      sum += d.weights[i] * (tail == Tail::lower ? d.parts[i].cdf(x, edge) : upper(d.parts[i]));
      total += d.weights[i];
    }
    return sum / total;
  }

  // What lies above x, with x itself where it doesn't belong to the lower side.
  double upper(const Distribution& law) const {
    return law.survival(x, edge == Edge::included ? Edge::excluded : Edge::included);
  }
};

// Steps up to what can occur.
struct NextFrom {
  double x;

  double operator()(const Constant& d) const { return x <= d.value ? d.value : infinity; }
  double operator()(const Discrete& d) const {
    auto i = static_cast<std::size_t>(std::lower_bound(d.values.begin(), d.values.end(), x) -
                                      d.values.begin());
    while (i < d.values.size() && d.weights[i] == 0) ++i;
    return i < d.values.size() ? d.values[i] : infinity;
  }
  double operator()(const Truncated& d) const {
    const double value = d.of.front().next_from(std::max(x, d.min));
    return value <= d.max ? value : infinity;
  }
  double operator()(const Mixture& d) const {
    double nearest = infinity;
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
      if (d.weights[i] > 0) nearest = std::min(nearest, d.parts[i].next_from(x));
    }
    return nearest;
  }
  template <class Law>
  double operator()(const Law& d) const {
    const Distribution law(d);
    const double value = std::max(law.whole() ? std::ceil(x) : x, law.least());
    return value <= law.most() ? value : infinity;
  }
};

// Steps down to what can occur.
struct LastTo {
  double x;

  double operator()(const Constant& d) const { return x >= d.value ? d.value : -infinity; }
  double operator()(const Discrete& d) const {
    auto i = static_cast<std::size_t>(std::upper_bound(d.values.begin(), d.values.end(), x) -
                                      d.values.begin());
    while (i > 0 && d.weights[i - 1] == 0) --i;
    return i > 0 ? d.values[i - 1] : -infinity;
  }
  double operator()(const Truncated& d) const {
    const double value = d.of.front().last_to(std::min(x, d.max));
    return value >= d.min ? value : -infinity;
  }
  double operator()(const Mixture& d) const {
    double nearest = -infinity;
    for (std::size_t i = 0; i < d.parts.size(); ++i) {
      if (d.weights[i] > 0) nearest = std::max(nearest, d.parts[i].last_to(x));
    }
    return nearest;
  }
  template <class Law>
  double operator()(const Law& d) const {
    const Distribution law(d);
    const double value = std::min(law.whole() ? std::floor(x) : x, law.most());
    return value >= law.least() ? value : -infinity;
  }
};

}  // namespace

double Distribution::cdf(double x, Edge edge) const {
  if (std::isinf(x)) return x > 0 ? 1.0 : 0.0;
  return std::visit(Probability{x, Tail::lower, edge}, kind_);
}

double Distribution::survival(double x, Edge edge) const {
  if (std::isinf(x)) return x > 0 ? 0.0 : 1.0;
  const Edge lower = edge == Edge::included ? Edge::excluded : Edge::included;
  return std::visit(Probability{x, Tail::upper, lower}, kind_);
}

double Distribution::between(double from, double to) const {
  const double below = cdf(from, Edge::excluded);
  const double kept = below > 0.5 ? survival(from, Edge::included) - survival(to) : cdf(to) - below;
  return std::max(kept, 0.0);
}

double Distribution::next_from(double x) const {
  return std::visit(NextFrom{x}, kind_);
}
double Distribution::last_to(double x) const {
  return std::visit(LastTo{x}, kind_);
}

}  // namespace truce::random
