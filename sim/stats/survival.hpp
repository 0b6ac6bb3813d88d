// SPDX-License-Identifier: Apache-2.0
// How long something lasts when not every end is seen: the chance that a ceasefire holds until a
// day, what ends it, and the days it is expected to hold.
//
// Counts are kept per hour, with times rounded up to the whole hour and, within an hour, ends
// before censoring. So memory does not grow with observations, merging is exact in any order, and
// estimates at whole hours are those of the exact times but for the rounding of censoring. With n_j
// at risk in hour j, d_kj ends by cause k, d_j ends by any, and S the chance of lasting:
//
//   S_j = S_{j-1} (1 - d_j / n_j)               Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457
//   F_kj = F_k,j-1 + S_{j-1} d_kj / n_j         Aalen and Johansen, Scand. J. Statist. 5 (1978) 141
//   R(t) = integral of S up to t                the restricted mean
//
// Their variances come from one recursion, that of the covariance of (S, F_k, R) when the d_kj are
// multinomial: the Greenwood-type estimator of Andersen, Borgan, Gill and Keiding, Statistical
// Models Based on Counting Processes (1993), IV.4. Of S it is Greenwood's formula (1926); of R
// that of Klein and Moeschberger, Survival Analysis (2nd ed., 2003), 4.5.2,
//   sum_j (R(t) - R(t_j))^2 d_j / (n_j (n_j - d_j)), where the last to end, n_j = d_j, adds
//   nothing;
// of F_k without censoring F_k (1 - F_k) / n.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/stats/interval.hpp"

namespace truce::stats {

/// A probability and its interval.
struct Chance {
  double value = 0.0;
  Interval interval;
};

/// What is known of one time.
struct SurvivalPoint {
  struct Estimate {
    Chance lasts;                        ///< S: it has not ended by then
    double variance = 0.0;               ///< of S, by Greenwood's formula
    std::vector<Chance> ends;            ///< F: it has ended by then, by cause
    double restricted_mean = 0.0;        ///< of its length in whole hours, or this time [days]
    double restricted_mean_error = 0.0;  ///< standard error [days]
  };

  std::uint64_t at_risk = 0;         ///< observations that last until then or longer
  std::uint64_t ended = 0;           ///< observations that ended by then
  std::optional<Estimate> estimate;  ///< absent beyond the last observation, unless it was an end
};

/// Observed lengths up to a horizon, each ended by one of some causes or censored.
class Survival {
 public:
  /// Contracts: a horizon of 0 or more, one cause at least.
  Survival(Duration horizon, std::size_t causes);

  /// Goes on from counts() of one made with the same arguments. Contract: as many counts as that
  /// has.
  Survival(Duration horizon, std::size_t causes, std::vector<std::uint64_t> counts);

  /// It ended after `length` by a cause, counted from 0. An end beyond the horizon is censoring at
  /// the horizon. Contract: not negative.
  void add_end(Duration length, std::size_t cause);
  /// It had not ended after `length`, when observation stopped.
  void add_censored(Duration length);
  /// Takes in what `other`, made with the same arguments, has seen.
  void merge(const Survival& other);

  std::uint64_t count() const { return count_; }
  /// All that it knows: by hour and cause, censored last.
  const std::vector<std::uint64_t>& counts() const { return counts_; }

  /// Estimates at some times: whole hours, ascending, from 0 to the horizon rounded up. Intervals
  /// are those of log(-log S) and log(-log(1 - F)), which stay within [0, 1] (Klein and
  /// Moeschberger, 4.3). Where this has no variance, since none or all have ended so, they are
  /// Wilson's for none or all of the observations of which it is known whether they last.
  std::vector<SurvivalPoint> at(std::span<const Duration> times, double level) const;

  bool operator==(const Survival&) const = default;

 private:
  std::size_t bin_of(Duration length) const;
  std::uint64_t& counted(std::size_t bin, std::size_t what);

  std::size_t causes_;
  std::size_t bins_;
  std::uint64_t count_ = 0;
  std::vector<std::uint64_t> counts_;  ///< [bin * (causes + 1) + cause], censored last
};

}  // namespace truce::stats
