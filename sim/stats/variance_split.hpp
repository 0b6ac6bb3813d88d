// SPDX-License-Identifier: Apache-2.0
// How much of the spread of an outcome comes from uncertain parameters, and how much would be left
// if these were known: chance.
//
// Nested: each of some points of the parameters is played on luck of its own, several times.
//   y_pr = m + a_p + e_pr            shares of Var(a) and Var(e)
// Crossed: all points are played on the same lucks.
//   y_pl = m + a_p + b_l + c_pl      shares of Var(a), of Var(b), which common luck does to all
//                                    points alike, and of Var(c), what luck does together with
//                                    parameters, which is chance too
//
// Components from mean squares (Searle, Casella and McCulloch, Variance Components, 1992, ch. 3 and
// 4): Var(a) = (MS_p - MS_within) / n_0, n_0 = (N - sum n_p^2 / N) / (points - 1); crossed, Var(a)
// = (MS_p - MS_c) / lucks, Var(b) = (MS_l - MS_c) / points, Var(c) = MS_c.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/stats/answer.hpp"
#include "sim/stats/sobol_indices.hpp"

namespace truce::stats {

/// Outcomes, absent where a replication has none: by point, and within it by replication or luck.
using Cells = std::vector<std::vector<std::optional<double>>>;

/// Shares of the variance of one outcome; those shown sum to 1. Beside the first they are 0 where
/// the outcome hangs on parameters alone.
struct VarianceSplit {
  std::string_view method = {};        ///< of the intervals, for the reader of a table
  std::size_t points = 0;              ///< used
  std::size_t values = 0;              ///< used
  std::size_t dropped = 0;             ///< values that were there and could not be used
  double variance = 0.0;               ///< sum of the components
  Share parameters = {};               ///< of a
  Share chance = {};                   ///< nested: of e; crossed: of b
  std::optional<Share> together = {};  ///< crossed: of c
};

/// How the interval of a nested split is made. Coverages are those of a level of 95 %
/// (tests/stats/variance_split_test.cpp).
enum class NestedInterval {
  /// From F, for normal a and e: exact, also where points have unequal numbers of values (Wald, "A
  /// note on the analysis of variance with unequal class frequencies", Ann. Math. Statist. 11,
  /// 1940). Covers 77 to 80 % where both are exponential.
  normal,
  /// From log F without each point in turn (Arvesen and Schmitz, "Robust procedures for variance
  /// component problems using the jackknife", Biometrics 26, 1970), whatever the distributions.
  /// Covers 95 to 96 % where they are normal or uniform, 92 % where numbers of values are very
  /// unequal, 90 to 92 % where both are exponential, on 20 to 60 points.
  jackknife,
};

/// Splits a nested sample. Points without a value are left out. Refuses fewer than three points
/// with values or no point with two, and a constant outcome. Contract: all values finite.
Answer<VarianceSplit> split_nested(const Cells& cells, NestedInterval interval, double level);

/// Splits a crossed sample; a luck with an absent outcome at any point is dropped, so that all
/// points are compared on the same. Intervals are those of the jackknife over points and over lucks
/// (Arvesen, "Jackknifing U-statistics", Ann. Math. Statist. 40, 1969), of logits of mean squares
/// over the variance, Student's with one degree of freedom less than the fewer of the two. A 95 %
/// interval covers 96 to 99 % for normal effects, on 20 of each; 91 to 93 % where all effects are
/// exponential (tests/stats/variance_split_test.cpp). Refuses fewer than three points or complete
/// lucks, and a constant outcome. Contract: points of equal length, all values finite.
Answer<VarianceSplit> split_crossed(const Cells& cells, double level);

}  // namespace truce::stats
