// SPDX-License-Identifier: Apache-2.0
// Which of several what-ifs is best, how far each may be from it, and how sure that is.
//
// Multiple comparisons with the best (Hsu, "Constrained simultaneous confidence intervals for
// multiple comparisons with the best", Ann. Statist. 12, 1984), with D_ij = mean_i - mean_j and, on
// the same luck, widths w_ij = t(1 - (1 - level) / (k - 1), n - 1) sd(i - j) / sqrt(n) (Nelson and
// Matejcik, Management Science 41, 1995). For the greatest as the best, in words: let b be the best
// arm. With probability `level` or more (Bonferroni, k - 1 one-sided statements) D_bj + w_bj is at
// least the true difference for all j. Then for every arm at once
//
//   high_i = max(0, min_j (D_ij + w_ij)),   low_i = min(0, min_j (D_ij - w_ij))
//
// contain mean_i - max_j mean_j, j other than i. That an arm which can't be the best, of high_j =
// 0, need not count for low_i makes no difference: deviations obey the triangle inequality, so that
// the arm which excludes it gives no higher bound. No statement is made on which of two inferior
// arms is the worse, which is why these intervals are narrower than those of all pairs.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/stats/interval.hpp"
#include "sim/stats/joint.hpp"

namespace truce::stats {

/// Which mean is the best.
enum class Best { highest, lowest };

/// For each arm the interval of its mean less the best mean of the others, in the unit of the
/// values; all hold at once with probability `level` at least. For the highest as the best, an arm
/// with an upper end of 0 is not the best, and one with a lower end of 0 is; the reverse for the
/// lowest. Absent below two replications. Contracts: two arms at least, 0 < level < 1.
std::optional<std::vector<Interval>> differences_from_best(const JointMoments& joint, Best best,
                                                           double level);

/// For each arm the probability that its mean is the best: with means normal around those seen,
/// with the covariances seen over n. They sum to 1. Arms whose values agree in every replication
/// share theirs. Along the direction in which the means differ most the integral is exact, for two
/// arms hence in all; beyond, it is summed over fixed points, wrong by less than 0.005. Absent
/// below two replications.
std::optional<std::vector<double>> probability_best(const JointMoments& joint, Best best);

}  // namespace truce::stats
