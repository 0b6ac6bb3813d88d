// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/interval.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

void check_level(double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
}

}  // namespace

double normal_quantile(double p) {
  TRUCE_EXPECT(p > 0.0 && p < 1.0, "a quantile's probability lies between 0 and 1");
  return boost::math::quantile(boost::math::normal{}, p);
}

double student_quantile(double p, double dof) {
  TRUCE_EXPECT(p > 0.0 && p < 1.0, "a quantile's probability lies between 0 and 1");
  TRUCE_EXPECT(dof > 0.0, "Student's t has more than 0 degrees of freedom");
  return boost::math::quantile(boost::math::students_t{dof}, p);
}

std::optional<Interval> student_interval(const Moments& sample, double level) {
  check_level(level);
  const auto mean = sample.mean();
  const auto error = sample.standard_error();
  if (!mean || !error) return std::nullopt;
  const auto dof = static_cast<double>(sample.count() - 1);
  const double half = student_quantile(0.5 + level / 2.0, dof) * *error;
  return Interval{*mean - half, *mean + half};
}

std::optional<Interval> wilson_interval(std::uint64_t successes, std::uint64_t n, double level) {
  check_level(level);
  TRUCE_EXPECT(successes <= n, "no more successes than trials");
  if (n == 0) return std::nullopt;
  const auto trials = static_cast<double>(n);
  const double share = static_cast<double>(successes) / trials;
  const double z = normal_quantile(0.5 + level / 2.0);
  const double z2 = z * z;
  const double centre = (share + z2 / (2.0 * trials)) / (1.0 + z2 / trials);
  const double half = z / (1.0 + z2 / trials) *
                      std::sqrt(share * (1.0 - share) / trials + z2 / (4.0 * trials * trials));
  // At the ends the bounds are 0 and 1 exactly; only rounding says otherwise.
  return Interval{successes == 0 ? 0.0 : std::max(0.0, centre - half),
                  successes == n ? 1.0 : std::min(1.0, centre + half)};
}

Interval log_log_interval(double chance, double variance, double factor) {
  TRUCE_EXPECT(chance > 0.0 && chance < 1.0, "a chance of 0 or 1 has no such interval");
  const double log = std::log(chance);
  const double error = std::sqrt(variance) / (chance * -log);
  const double stretch = std::exp(factor * error);
  return {std::exp(log * stretch), std::exp(log / stretch)};
}

}  // namespace truce::stats
