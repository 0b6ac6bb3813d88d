// SPDX-License-Identifier: Apache-2.0
// First-order sensitivity from any sample of inputs and outcome: no design is needed, past runs
// will do.
//
//   S = Var(E[y | x]) / Var(y),   E[y | x] by the means of y in slices of x
//
// (Pearson, "On the general theory of skew correlation", 1905, whose correlation ratio this is.)
// Means of slices scatter even where x does nothing, so the variance between them is corrected by
// that within them (Kelley, Proc. Natl. Acad. Sci. 21, 1935):
//
//   S = (B - (k - 1) / (n - k) W) / (B + W)        B, W sums of squares between and within k slices
//
// The alternative, the rank estimator of Gamboa, Gremaud, Klein and Lagnoux (Bernoulli 28, 2022),
// is slices of two in effect: it has no slices to choose, and errs by up to a
// half more.
#pragma once

#include <cstddef>
#include <span>

#include "sim/stats/answer.hpp"
#include "sim/stats/sobol_indices.hpp"

namespace truce::stats {

struct SlicedIndex {
  std::size_t slices = 0;
  bool by_value = false;  ///< each slice is one value of the input
  Share first;            ///< S
};

/// How many slices are wanted of n rows: one for each 8 rows, from 2 to 64. So many follow an
/// outcome that goes up and down twice, from 200 rows on; with so few the noise of their means is
/// small.
std::size_t slices_for(std::size_t rows);

/// First-order index of one input, discrete (by value, if there are no more than `slices` values)
/// or not. The interval is Student's, with the variance of what single rows add, to first order: 2
/// m y
/// - m^2 - S y^2, where m is the mean of the slice, y and m from their mean (Da Veiga and Gamboa,
/// "Efficient estimation of sensitivity indices", J. Nonparametr. Stat. 25, 2013); and that of the
/// noise of the means of slices, 2 (k - 1) W^2 / (n - k)^2. On 200 rows or more a 95 % interval
/// covers 90 to 98 %, more of small indices and of 0 (tests/stats/given_data_test.cpp). Refuses
/// fewer rows than 16 or than twice the slices, a constant input, a constant outcome. Contract: as
/// many inputs as outcomes, all finite; two slices or more.
Answer<SlicedIndex> given_data_index(std::span<const double> input, std::span<const double> outcome,
                                     std::size_t slices, double level);

}  // namespace truce::stats
