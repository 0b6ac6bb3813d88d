// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/paired.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

double two_sided_student_p(double t, double dof) {
  return 2.0 * boost::math::cdf(boost::math::complement(boost::math::students_t{dof}, t));
}

/// The score statistic of a difference `d` of probabilities. The probability of change from `from`
/// alone, given the difference, is the greater root of a quadratic; b and c in Tango's notation are
/// the changes towards `to` and towards `from`.
double tango_score(double n, double b, double c, double d) {
  const double linear = (2.0 * n - b + c) * d - b - c;
  const double constant = -c * d * (1.0 - d);
  const double root = std::sqrt(std::max(0.0, linear * linear - 8.0 * n * constant));
  // Of the two forms of the root, the one without cancellation.
  const double only_from = linear <= 0.0 ? (root - linear) / (4.0 * n)
                           : root > 0.0  ? -2.0 * constant / (root + linear)
                                         : 0.0;
  const double variance = n * (2.0 * only_from + d * (1.0 - d));
  const double excess = b - c - n * d;
  if (variance <= 0.0) return excess == 0.0 ? 0.0 : std::copysign(1e300, excess);
  return excess / std::sqrt(variance);
}

/// The greatest difference up to 1 whose score is at least -z. The score falls with the difference,
/// from 0 or more at the share seen; sixty halvings end at neighbouring doubles.
double tango_upper(double n, double b, double c, double z) {
  double inside = (b - c) / n;
  double outside = 1.0;
  if (tango_score(n, b, c, outside) >= -z) return outside;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (inside + outside);
    (tango_score(n, b, c, middle) >= -z ? inside : outside) = middle;
  }
  return inside;
}

}  // namespace

std::optional<PairedDifference> paired_difference(const JointMoments& joint, std::size_t from,
                                                  std::size_t to, double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const auto mean = joint.difference(from, to);
  const auto variance = joint.difference_variance(from, to);
  if (!mean || !variance) return std::nullopt;
  const auto n = static_cast<double>(joint.count());
  PairedDifference result;
  result.n = joint.count();
  result.mean = *mean;
  result.standard_error = std::sqrt(*variance / n);
  const double half = student_quantile(0.5 + level / 2.0, n - 1.0) * result.standard_error;
  result.interval = {*mean - half, *mean + half};
  result.correlation = joint.correlation(from, to);
  if (result.standard_error > 0.0) {
    result.p = two_sided_student_p(std::abs(*mean) / result.standard_error, n - 1.0);
    result.gain = (*joint.variance(from) + *joint.variance(to)) / *variance;
    result.independent_n = n * *result.gain;
  } else {
    result.p = *mean == 0.0 ? 1.0 : 0.0;
  }
  return result;
}

void PairedCounts::add(bool in_from, bool in_to) {
  ++(in_from ? (in_to ? both : only_from) : (in_to ? only_to : neither));
}

void PairedCounts::merge(const PairedCounts& other) {
  both += other.both;
  only_from += other.only_from;
  only_to += other.only_to;
  neither += other.neither;
}

std::optional<Interval> tango_interval(const PairedCounts& counts, double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  if (counts.n() == 0) return std::nullopt;
  const auto n = static_cast<double>(counts.n());
  const auto b = static_cast<double>(counts.only_to);
  const auto c = static_cast<double>(counts.only_from);
  const double z = normal_quantile(0.5 + level / 2.0);
  return Interval{-tango_upper(n, c, b, z), tango_upper(n, b, c, z)};
}

double mcnemar_p(const PairedCounts& counts) {
  const std::uint64_t changes = counts.only_from + counts.only_to;
  if (changes == 0) return 1.0;
  const boost::math::binomial law{static_cast<double>(changes), 0.5};
  const auto lesser = static_cast<double>(std::min(counts.only_from, counts.only_to));
  const double at = boost::math::pdf(law, lesser);
  return std::min(1.0, 2.0 * boost::math::cdf(law, lesser) - at);
}

}  // namespace truce::stats
