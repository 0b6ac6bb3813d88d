// SPDX-License-Identifier: Apache-2.0
// Distributions cut to an interval, and the mean and variance of what is left.
//
// Smooth laws: integrals over the quantile, E g(X) = int_0^1 g(F^-1(u)) du, each half counted from
// its own end. Counts: E[X g(X)] = E[X] E[g(X*)] with X* the size-biased count, which is one more
// than a count of the same kind (Patil and Rao 1978).
#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/quadrature/tanh_sinh.hpp>

#include "sim/random/cut.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/precision.hpp"

namespace truce::random {
namespace {

constexpr double least_kept = 1e-9;

// Probability, mean and variance of what lies in an interval.
struct Slice {
  double mass = 0.0;
  double mean = 0.0;
  double variance = 0.0;
};

Slice pooled(const std::vector<Slice>& slices) {
  Slice all;
  for (const auto& slice : slices) all.mass += slice.mass;
  if (all.mass == 0) return all;
  for (const auto& slice : slices) all.mean += slice.mass / all.mass * slice.mean;
  for (const auto& slice : slices) {
    const double off = slice.mean - all.mean;
    all.variance += slice.mass / all.mass * (slice.variance + off * off);
  }
  return all;
}

Slice uniform_slice(double mass, double min, double max) {
  return {mass, (min + max) / 2, (max - min) * (max - min) / 12};
}

// From E[X] and E[X(X - 1)] on the interval, neither yet divided by the mass.
Slice from_factorial(double mass, double first, double second) {
  if (mass < 1e-200) return {};
  const double mean = first / mass;
  return {mass, mean, std::max(second / mass + mean - mean * mean, 0.0)};
}

struct Slicer {
  const Distribution& law;
  double from;
  double to;

  Slice operator()(const Constant& d) const {
    return d.value >= from && d.value <= to ? Slice{1.0, d.value, 0.0} : Slice{};
  }
  Slice operator()(const Uniform& d) const {
    const double low = std::max(from, d.min), high = std::min(to, d.max);
    return low < high ? uniform_slice((high - low) / (d.max - d.min), low, high) : Slice{};
  }
  // Linear density on each side of the mode: with f at the middle and slope s, mass f w, mean
  // middle + s w^2/(12 f), mean square about the middle w^2/12.
  Slice operator()(const Triangular& d) const {
    const double width = d.max - d.min;
    const auto density = [&](double x) {
      return 2 / width *
             (x < d.mode       ? (x - d.min) / (d.mode - d.min)
              : d.max > d.mode ? (d.max - x) / (d.max - d.mode)
                               : 1.0);
    };
    const auto piece = [&](double low, double high) {
      if (!(low < high)) return Slice{};
      const double middle = (low + high) / 2;
      const double f0 = density(low), f1 = density(middle), f2 = 2 * f1 - f0;
      const double mass = (high - low) * f1;
      const double lean = (f2 - f0) * (high - low) * (high - low) / 12 / mass;
      const double square = (high - low) * (high - low) / 12;
      return Slice{mass, middle + lean, square - lean * lean};
    };
    return pooled({piece(std::max(from, d.min), std::min(to, d.mode)),
                   piece(std::max(from, d.mode), std::min(to, d.max))});
  }
  Slice operator()(const Bernoulli& d) const {
    return pooled({from <= 0 && to >= 0 ? Slice{1 - d.probability, 0.0, 0.0} : Slice{},
                   from <= 1 && to >= 1 ? Slice{d.probability, 1.0, 0.0} : Slice{}});
  }
  Slice operator()(const Poisson& d) const {
    return from_factorial(law.between(from, to), d.mean * law.between(from - 1, to - 1),
                          d.mean * d.mean * law.between(from - 2, to - 2));
  }
  Slice operator()(const Binomial& d) const {
    const double n = d.trials, p = d.probability;
    const auto shifted = [&](double fewer) {
      if (n < fewer) return 0.0;
      return Distribution(Binomial{n - fewer, p}).between(from - fewer, to - fewer);
    };
    return from_factorial(law.between(from, to), n * p * shifted(1),
                          n * (n - 1) * p * p * shifted(2));
  }
  Slice operator()(const NegativeBinomial& d) const {
    const double r = d.dispersion;
    const auto shifted = [&](double more) {
      const NegativeBinomial biased{d.mean * (r + more) / r, r + more};
      return Distribution(biased).between(from - more, to - more);
    };
    return from_factorial(law.between(from, to), d.mean * shifted(1),
                          d.mean * d.mean * (r + 1) / r * shifted(2));
  }
  Slice operator()(const Discrete& d) const {
    std::vector<Slice> slices;
    for (std::size_t i = 0; i < d.values.size(); ++i) {
      if (d.values[i] < from || d.values[i] > to) continue;
      slices.push_back({d.weights[i] / d.sums.back(), d.values[i], 0.0});
    }
    return pooled(slices);
  }
  Slice operator()(const Quantiles& d) const {
    std::vector<Slice> slices;
    for (std::size_t i = 1; i < d.values.size(); ++i) {
      const double low = std::max(from, d.values[i - 1]), high = std::min(to, d.values[i]);
      const double share = (d.percents[i] - d.percents[i - 1]) / 100;
      if (!(low < high)) continue;
      slices.push_back(
          uniform_slice(share * (high - low) / (d.values[i] - d.values[i - 1]), low, high));
    }
    return pooled(slices);
  }
  Slice operator()(const Truncated& d) const;
  Slice operator()(const Mixture& d) const;

  template <class Smooth>
  Slice operator()(const Smooth&) const {
    const Cut cut = cut_to(law, from, to);
    if (cut.kept < 1e-200) return {};
    // Where the values end, what lies beyond a probability of 1e-17 adds nothing; a long tail may.
    const double last_q = std::isfinite(cut.most) ? 1e-17 : 1e-300;
    boost::math::quadrature::tanh_sinh<double> integrator;
    const auto average = [&](auto g) {
      const auto low = [&](double u) { return g(quantile_within(law, cut, std::max(u, 1e-17))); };
      const auto high = [&](double q) {
        return std::min(g(quantile_above_within(law, cut, std::max(q, last_q))), 1e300);
      };
      return integrator.integrate(low, 0.0, 0.5) + integrator.integrate(high, 0.0, 0.5);
    };
    // About the median, so that nothing cancels.
    const double centre = quantile_within(law, cut, 0.5);
    const double mean = centre + average([&](double x) { return x - centre; });
    const double variance = average([&](double x) { return (x - mean) * (x - mean); });
    return {cut.kept, mean, variance};
  }
};

Slice slice(const Distribution& law, double from, double to) {
  return std::visit(Slicer{law, from, to}, law.kind());
}

Slice Slicer::operator()(const Truncated& d) const {
  Slice inner = slice(d.of.front(), std::max(from, d.min), std::min(to, d.max));
  inner.mass /= d.cut.kept;
  return inner;
}

Slice Slicer::operator()(const Mixture& d) const {
  double total = 0.0;
  for (const double weight : d.weights) total += weight;
  std::vector<Slice> slices;
  for (std::size_t i = 0; i < d.parts.size(); ++i) {
    slices.push_back(slice(d.parts[i], from, to));
    slices.back().mass *= d.weights[i] / total;
  }
  return pooled(slices);
}

}  // namespace

Cut cut_to(const Distribution& law, double min, double max) {
  return {law.cdf(min, Edge::excluded), law.survival(max), law.between(min, max),
          law.next_from(min), law.last_to(max)};
}

double quantile_within(const Distribution& law, const Cut& cut, double u) {
  constexpr double last = 1 - 0x1p-53;  // sums may round to 1
  const double x = cut.below > 0.5
                       ? law.quantile_above(std::min(cut.above + (1 - u) * cut.kept, last))
                       : law.quantile(std::min(cut.below + u * cut.kept, last));
  return std::clamp(x, cut.least, cut.most);
}

double quantile_above_within(const Distribution& law, const Cut& cut, double q) {
  constexpr double last = 1 - 0x1p-53;
  const double x = cut.above > 0.5 ? law.quantile(std::min(cut.below + (1 - q) * cut.kept, last))
                                   : law.quantile_above(std::min(cut.above + q * cut.kept, last));
  return std::clamp(x, cut.least, cut.most);
}

Truncated::Truncated(const Distribution& law, double from, double to)
    : of{law}, min(from), max(to), mean(0.0), variance(0.0) {
  demand(min < max, "min must be below max");
  cut = cut_to(law, min, max);
  demand(cut.kept > least_kept, "almost none of the distribution lies between min and max");
  const Slice left = slice(law, min, max);
  mean = std::clamp(left.mean, cut.least, cut.most);
  variance = left.variance;
}

Distribution truncated(const Distribution& law, double min, double max) {
  if (min < max && min <= law.least() && max >= law.most()) return law;
  if (const auto* d = std::get_if<Normal>(&law.kind())) {
    return Distribution(Normal{d->mean, d->sd, std::max(d->min, min), std::min(d->max, max)});
  }
  const Distribution cut(Truncated(law, min, max));
  if (const auto* d = std::get_if<Uniform>(&law.kind())) {
    return Distribution(Uniform{std::max(d->min, min), std::min(d->max, max)});
  }
  if (const auto* d = std::get_if<Truncated>(&law.kind())) {
    return Distribution(Truncated(d->of.front(), std::max(d->min, min), std::min(d->max, max)));
  }
  return cut;
}

}  // namespace truce::random
