// SPDX-License-Identifier: Apache-2.0
// How far the largest of several estimates that move together strays by chance: the one factor that
// makes all their intervals hold at once.
//
//   P(|T_1| <= c, ..., |T_k| <= c) = level,   T_i = Z_i / sqrt(chi2_dof / dof)
//
// for normal Z of known correlations (Dunnett and Sobel, Biometrika 41, 1954). The integral is
// transformed to a cube as by Genz, "Numerical computation of multivariate normal probabilities",
// J. Comp. Graph. Stat. 1 (1992), with a dimension more for the common scale; where correlations
// are singular, a variable that follows from others narrows the range of the last that it depends
// on. It is summed over fixed points (lattice.hpp), so that the same input gives the same bits.
#pragma once

#include <cstddef>
#include <optional>

#include <Eigen/Core>

namespace truce::stats {

/// P(all |T_i| <= c), c >= 0, for a correlation matrix, which may be singular, and degrees of
/// freedom above 0, absent for the normal law. Wrong by less than 0.001 up to ten variables, and
/// less than 0.003 for a hundred. Contracts: square, 1 on the diagonal, within [-1, 1].
double box_probability(const Eigen::MatrixXd& correlations, std::optional<double> dof, double c);

/// The factor c. It lies between that of one variable alone and that of sidak_quantile(), which
/// bounds it for all correlations; within these, a level of 0.95 is met to 0.0015.
double equicoordinate_quantile(const Eigen::MatrixXd& correlations, std::optional<double> dof,
                               double level);

/// The factor for `k` variables, P(|T| <= c) = level^(1 / k): exact for independent normal ones,
/// conservative for all others (Sidak, J. Am. Stat. Assoc. 62, 1967).
double sidak_quantile(std::size_t k, std::optional<double> dof, double level);

}  // namespace truce::stats
