// SPDX-License-Identifier: Apache-2.0
// Which share of an outcome's variance comes from which input, alone and with all others, and which
// from chance.
//
//   S_i = Var(E[y | x_i]) / Var(y)              first order: by x_i alone
//   T_i = E[Var(y | all but x_i)] / Var(y)      total: by x_i and what it does together with others
//
// (Sobol', Math. Comput. Simul. 55, 2001), from outcomes at A, B and AB_i of a design by
// random::saltelli(). With means over rows, y centred by its mean m over B and AB_i:
//
//   T_i = <(A - AB_i)^2> / (2 V)                                  Jansen, Comput. Phys. Commun.
//   117,
//                                                                 1999; V pooled from A and B
//   J_i = <B AB_i> / <(B^2 + AB_i^2) / 2>                         Janon, Klein, Lagnoux, Nodet and
//                                                                 Prieur, ESAIM P&S 18, 2014
//   S_i = J_i - (1 - T_i) <A B> / <(B^2 + AB_i^2) / 2>
//
// <A B> has expectation 0 and goes with the error of J_i, the more so the less x_i matters: A and
// AB_i differ in x_i only. It is a control variate, and 1 - T_i near its best factor. With a factor
// of 1 and V for the denominator it is the estimator of Saltelli et al. (Comput. Phys. Commun. 181,
// 2010), which is good for small indices and poor for large ones; J_i is the reverse. On Ishigami's
// function, the g function and a nearly additive one this one errs no more than the better of the
// two, but for less than a tenth. Both parts are corrected for the estimation of m.
//
// Chance is one more input. Row j of A is played on luck 2j, B on luck 2j + 1, AB_i on the luck of
// A, and for chance itself the values of A on the luck of B. Then 1 - T_chance is the share of the
// variance that parameters explain, together; S_i / (1 - T_chance) is the index of x_i in the mean
// response E[y | x], without the noise of single replications.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "sim/stats/answer.hpp"
#include "sim/stats/interval.hpp"
#include "sim/stats/resample.hpp"

namespace truce::stats {

/// Outcomes at the points of the design, row by row; absent where a replication has none.
struct SobolOutcomes {
  using Row = std::vector<std::optional<double>>;
  Row a = {};
  Row b = {};
  std::vector<Row> mixed = {};  ///< AB_i, by input
  bool last_is_chance = false;  ///< the last of these is A on the luck of B
};

/// A share of the variance. The interval is within [0, 1], as the truth is.
struct Share {
  double value = 0.0;
  Interval interval;
  /// The estimate lay outside [0, 1] and stands at the bound: the sample is too small to tell how
  /// far the truth is from it.
  bool unresolved = false;
};

struct SobolIndices {
  std::size_t rows = 0;                   ///< used
  std::size_t dropped = 0;                ///< had an absent outcome in any block
  double mean = 0.0;                      ///< of the outcome, over A and B
  double variance = 0.0;                  ///< of the outcome, over A and B
  std::vector<Share> first = {};          ///< S_i, by input, chance included
  std::vector<Share> total = {};          ///< T_i, likewise
  std::optional<Share> explained = {};    ///< 1 - T_chance; absent without chance
  std::vector<Share> first_of_mean = {};  ///< S_i / (1 - T_chance), without chance itself
};

/// Fewer complete rows are refused.
inline constexpr std::size_t fewest_sobol_rows = 16;

/// Indices with percentile intervals over bootstrap samples of rows. These take rows for
/// independent: on 100 such rows or more 95 % intervals cover 92 to 96 %
/// (tests/stats/sobol_indices_test.cpp); on Sobol's points, where errors are smaller, mostly more.
/// Refuses too few complete rows and a constant outcome. Contract: blocks of equal length, one
/// input at least, all values finite.
Answer<SobolIndices> sobol_indices(const SobolOutcomes& outcomes, const Bootstrap& bootstrap);

}  // namespace truce::stats
