// SPDX-License-Identifier: Apache-2.0
// Whether a what-if makes a ceasefire last longer, from replications on the same luck of which not
// every end is seen: the difference of the days it is expected to hold until a time tau, and a test
// on all ends up to then.
//
// Restricted means by pseudo-observations: with R the integral of the Kaplan-Meier estimate up to
// tau, the pseudo-length of observation i is
//
//   n R - (n - 1) R_(without i)    (Andersen, Hansen and Klein, Lifetime Data Analysis 10, 2004;
//                                   Andersen, Klein and Rosthoj, Biometrika 90, 2003)
//
// which without censoring is its length up to tau. Pairs of them are compared as paired values are.
//
// The log-rank test on pairs: observed less expected ends of one arm, the variance from the
// differences within pairs of what each observation adds to it, since arms on the same luck are not
// independent (Jung, "Rank tests for matched survival data", Lifetime Data Analysis 5, 1999):
//
//   U = sum_i (e_to,i - e_from,i),  e_to,i = integral of (Y_from / Y) (dN_to,i - Y_to,i dN / Y)
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/stats/paired.hpp"

namespace truce::stats {

/// How long something lasted, and whether it ended then or was only not observed any longer.
struct Observed {
  Duration length{0};
  bool ended = false;
};

/// Pseudo-lengths up to `tau` by observation [days]. Absent for none, and where the restricted mean
/// is not known, for the longest observation was cut off before `tau`. Contracts: lengths not
/// negative, `tau` positive.
std::optional<std::vector<double>> pseudo_lengths(std::span<const Observed> observed, Duration tau);

/// Difference of the restricted means, to - from [days], with Student's interval and p-value.
/// Absent below two pairs and as pseudo_lengths(). Contract: as many observations in either arm.
std::optional<PairedDifference> restricted_mean_difference(std::span<const Observed> from,
                                                           std::span<const Observed> to,
                                                           Duration tau, double level);

/// The log-rank test on pairs.
struct PairedLogRank {
  std::uint64_t pairs = 0;
  double excess = 0.0;  ///< ends of `to` beyond those expected if both arms ended alike
  double standard_error = 0.0;
  double z = 0.0;  ///< excess / standard_error; 0 if nothing differs
  double p = 1.0;  ///< two-sided, of arms that end alike; by the normal law
};

/// Compares ends up to and at `tau`. Absent without pairs. Contracts: as many observations in
/// either arm, lengths not negative, `tau` positive.
std::optional<PairedLogRank> paired_log_rank(std::span<const Observed> from,
                                             std::span<const Observed> to, Duration tau);

}  // namespace truce::stats
