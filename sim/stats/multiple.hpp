// SPDX-License-Identifier: Apache-2.0
// Many what-ifs looked at together: p-values and intervals that stay honest although the most
// striking of many is bound to be looked at first.
//
//   difference_i -+ c standard_error_i,   P(max |T_i| <= c) = level
//
// for T of multivariate t with the correlations of the differences from the common base (Dunnett,
// J. Am. Stat. Assoc. 50, 1955, with correlations estimated, since arms on the same luck share more
// than the base).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/stats/interval.hpp"
#include "sim/stats/joint.hpp"

namespace truce::stats {

/// Adjusted p-values, in the order given: those at or below a level may be called significant, all
/// together, with an error in any of them of at most that probability (Holm, "A simple sequentially
/// rejective multiple test procedure", Scand. J. Statist. 6, 1979). Contract: within [0, 1].
std::vector<double> holm(std::span<const double> p);

/// The difference of one arm from the base, arm - base, in the unit of the values.
struct ArmDifference {
  std::size_t arm = 0;
  double mean = 0.0;
  double standard_error = 0.0;
  Interval interval;  ///< holds together with those of all other arms
};

/// All arms against one.
struct SimultaneousDifferences {
  double factor = 0.0;  ///< c, standard errors to either side; 0 where no difference varies
  std::vector<ArmDifference> arms;  ///< without the base, ascending
};

/// Intervals that contain all differences from the arm `base` at once with probability `level`.
/// Where all differences of an arm are equal, its interval is the point. Absent below two
/// replications. Contracts: two arms at least, `base` one of them, 0 < level < 1.
std::optional<SimultaneousDifferences> simultaneous_differences(const JointMoments& joint,
                                                                std::size_t base, double level);

}  // namespace truce::stats
