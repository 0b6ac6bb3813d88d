// SPDX-License-Identifier: Apache-2.0
// What the files of distributions share: how Boost.Math computes here, and the normal distribution
// that is kept to an interval.
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <stdexcept>
#include <string>

#include <boost/math/distributions/normal.hpp>

#include "sim/random/distribution.hpp"

namespace truce::random {

namespace bm = boost::math;
// Plain double precision (no silent long double), counts rounded up: the smallest k with
// F(k) >= u.
using Policy =
    bm::policies::policy<bm::policies::promote_double<false>,
                         bm::policies::discrete_quantile<bm::policies::integer_round_up>>;

template <class... F>
struct Overload : F... {
  using F::operator()...;
};
template <class... F>
Overload(F...) -> Overload<F...>;

inline void demand(bool condition, const std::string& problem) {
  if (!condition) throw std::invalid_argument(problem);
}

inline bool finite(std::initializer_list<double> values) {
  return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

inline double probability_below(const Normal& d, double x) {
  return std::isinf(x) ? (x < 0 ? 0.0 : 1.0)
                       : bm::cdf(bm::normal_distribution<double, Policy>(d.mean, d.sd), x);
}

// The same distribution seen from the other side. What is kept of the upper tail alone is measured
// there, since doubles are dense near 0, not near 1.
inline Normal mirrored(const Normal& d) {
  return {-d.mean, d.sd, -d.max, -d.min};
}

// Probability of the untruncated distribution to lie between min and max.
inline double probability_kept(const Normal& d) {
  const Normal side = d.min > d.mean ? mirrored(d) : d;
  return probability_below(side, side.max) - probability_below(side, side.min);
}

/// Where the running sum of the weights of a discrete law first reaches `sum`.
inline std::size_t index_reaching(const Discrete& d, double sum) {
  const auto found = std::lower_bound(d.sums.begin(), d.sums.end(), sum);
  return std::min(static_cast<std::size_t>(found - d.sums.begin()), d.sums.size() - 1);
}

}  // namespace truce::random
