// SPDX-License-Identifier: Apache-2.0
// How an outcome goes with its inputs when both are varied at once: by a plane through the points,
// in units of standard deviations, and by ranks where the relation is monotone but not straight.
//
//   SRC_i = b_i sd(x_i) / sd(y)                    y = b_0 + sum b_i x_i + e, least squares
//   PCC_i = SRC_i / sqrt(SRC_i^2 + c_ii (1 - R^2))  c = inverse of the correlations of the x
//
// (Saltelli et al., Sensitivity Analysis, 2000, ch. 6; ranks: Iman and Conover, "The use of the
// rank transform in regression", Technometrics 21, 1979; PRCC: Marino, Hogue, Ray and Kirschner, J.
// Theor. Biol. 254, 2008). Least squares by Householder QR with column pivoting.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "sim/stats/answer.hpp"
#include "sim/stats/interval.hpp"
#include "sim/stats/sobol_indices.hpp"

namespace truce::stats {

/// Values of inputs, one column for each; all as long as the outcome that they belong to.
using Columns = std::span<const std::vector<double>>;

/// An estimate of one input.
struct Coefficient {
  double value = 0.0;
  Interval interval;
};

struct Regression {
  std::vector<Coefficient> coefficients;  ///< by input, dimensionless
  double r_squared = 0.0;                 ///< share of the variance that the plane explains
  /// The same without what chance adds to it (Ezekiel, Methods of Correlation Analysis, 1930).
  Share explained;
};

/// Ranks from 1, equal values sharing the mean of theirs.
std::vector<double> mid_ranks(std::span<const double> values);

/// Standardised regression coefficients. The interval is Student's, n - inputs - 1 degrees of
/// freedom, with the standard error of rows that are drawn independently, inputs and all: standard
/// deviations of inputs and outcome are estimates too (Yuan and Chan, "Biases and standard errors
/// of standardized regression coefficients", Psychometrika 76, 2011), and noise need not be normal
/// nor the same everywhere (HC3 of MacKinnon and White, J. Econometrics 29, 1985). On stratified
/// points it is wider than it need be. That of the share explained is one of log(1 - R^2), and
/// adds up what single rows add to R^2, (1 - R^2) z_y^2 - e^2, and 2 inputs (1 - R^2)^2 / n^2 for
/// the noise of the plane itself: on 100 rows or more a 95 % interval covers 92 % or more with
/// normal noise, 90 % with exponential noise (tests/stats/regression_test.cpp). Refuses fewer than
/// inputs + 3 rows, anything constant, collinear inputs. Contract: one input or more, all values
/// finite.
Answer<Regression> standardised_regression(Columns inputs, std::span<const double> outcome,
                                           double level);

/// The same on ranks, which are taken for values: intervals are a little narrow (covering 94 % for
/// 95 %, tests/stats/regression_test.cpp).
Answer<Regression> rank_regression(Columns inputs, std::span<const double> outcome, double level);

/// Partial rank correlation: that of what the ranks of an input and of the outcome have beside the
/// ranks of the other inputs. The interval is Fisher's, tanh(atanh r -+ z sqrt((1 + r^2 / 2) / (n -
/// inputs - 2))) with the variance for ranks (Bonett and Wright, Psychometrika 65, 2000); beyond
/// 0.8 it covers 93 %. Refuses as above.
Answer<std::vector<Coefficient>> partial_rank_correlation(Columns inputs,
                                                          std::span<const double> outcome,
                                                          double level);

}  // namespace truce::stats
