// SPDX-License-Identifier: Apache-2.0
// Confidence intervals: how far the truth may be from the mean or the share that a sample shows.
#pragma once

#include <cstdint>
#include <optional>

#include "sim/stats/moments.hpp"

namespace truce::stats {

/// A closed interval, in the unit of the values it was made from.
struct Interval {
  double low = 0.0;
  double high = 0.0;
  bool operator==(const Interval&) const = default;
};

/// The value that a standard normal variable stays below with probability `p`, 0 < p < 1.
double normal_quantile(double p);

/// The same for Student's t with `dof` > 0 degrees of freedom.
double student_quantile(double p, double dof);

/// Interval of the mean, mean -+ t(1 - (1 - level) / 2, n - 1) sd / sqrt(n); exact for normal
/// values (Student, "The probable error of a mean", Biometrika 6, 1908). Absent below two values.
/// `level` is between 0 and 1, say 0.95.
std::optional<Interval> student_interval(const Moments& sample, double level);

/// Interval of a probability from `successes` of `n` trials: the p that the score test does not
/// reject (Wilson, "Probable inference, the law of succession, and statistical inference", J. Am.
/// Stat. Assoc. 22, 1927). Within [0, 1]; neither empty nor absurd at 0 or n successes. Absent for
/// n = 0.
std::optional<Interval> wilson_interval(std::uint64_t successes, std::uint64_t n, double level);

/// Interval of a probability estimated at `chance`, 0 < chance < 1, with a variance, `factor`
/// standard errors to either side of log(-log(chance)), which keeps it within (0, 1) (Klein and
/// Moeschberger, Survival Analysis, 2nd ed., 2003, 4.3).
Interval log_log_interval(double chance, double variance, double factor);

}  // namespace truce::stats
