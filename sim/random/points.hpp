// SPDX-License-Identifier: Apache-2.0
// Where in the space of uncertain inputs a study looks: designs of points in the unit cube, which
// quantile functions turn into values of parameters.
//
// Points lie in (0, 1)^d, as the uniforms of a Stream do, but for Morris's grid, which has 0 and 1.
// Each column has chance of its own, keyed by its place or its name: a column more moves no other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace truce::random {

/// Points as rows, one column for each input.
struct Points {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<double> values = {};  ///< row by row

  double at(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
  double& at(std::size_t row, std::size_t column) { return values[row * columns + column]; }
  std::span<const double> row(std::size_t row) const {
    return std::span(values).subspan(row * columns, columns);
  }
  std::vector<double> column(std::size_t column) const;
  bool operator==(const Points&) const = default;
};

/// Latin hypercube: each of the `rows` equal strata of each column holds one point, somewhere in it
/// (McKay, Beckman and Conover, Technometrics 21, 1979). Columns are keyed by their place.
/// Contract: one row and one column at least, here and below.
Points latin_hypercube(std::size_t rows, std::size_t columns, std::uint64_t seed);

/// The same with columns keyed by `names`: an input keeps its values when others come and go.
Points latin_hypercube(std::size_t rows, std::span<const std::string> names, std::uint64_t seed);

/// How many columns sobol() can make.
inline constexpr std::size_t most_sobol_columns = 3667;

/// The first points of Sobol's sequence (USSR Comput. Maths. Math. Phys. 7, 1967; directions of Joe
/// and Kuo, SIAM J. Sci. Comput. 30, 2008), from the origin on, so that 2^m of them are a net, with
/// Owen's nested uniform scrambling ("Randomly permuted (t,m,s)-nets and (t,s)-sequences", in Monte
/// Carlo and Quasi-Monte Carlo Methods in Scientific Computing, 1995): a bit is flipped or not at
/// random, independently for each value of the bits above it. Every point is uniform in the cube
/// and the net stays a net. More points begin with the fewer. Contract: at most 2^32 rows.
Points sobol(std::size_t rows, std::size_t columns, std::uint64_t seed);

/// Trajectories that change one input at a time.
struct Trajectories {
  /// From the point before to the one after, `factor` moves by `by`, which is -delta or +delta.
  struct Step {
    std::size_t factor = 0;
    double by = 0.0;
    bool operator==(const Step&) const = default;
  };

  std::size_t trajectories = 0;
  std::size_t factors = 0;
  Points points = {};            ///< trajectory by trajectory, factors + 1 points each
  std::vector<Step> steps = {};  ///< trajectory by trajectory, factors steps each
};

/// Morris's design ("Factorial sampling plans for preliminary computational experiments",
/// Technometrics 33, 1991) on the grid 0, 1 / (levels - 1), ..., 1: start, order and directions are
/// random, delta = levels / (2 (levels - 1)). Contract: `levels` is even, so that all are equally
/// likely.
Trajectories morris(std::size_t trajectories, std::size_t factors, std::size_t levels,
                    std::uint64_t seed);

/// Where a value of Morris's grid goes for a quantile function that is infinite at 0 or 1: to the
/// middle of its stratum, (x (levels - 1) + 1/2) / levels.
double mid_stratum(double x, std::size_t levels);

/// Two independent samples of points, of which columns are exchanged.
struct Pair {
  Points a = {};
  Points b = {};
};

/// The base of the design of Saltelli et al. (Comput. Phys. Commun. 181, 2010): A and B are the
/// left and the right half of the columns of sobol() in twice as many.
Pair saltelli(std::size_t rows, std::size_t columns, std::uint64_t seed);

/// AB_i: all columns of A but `column`, which is that of B.
Points mixed(const Pair& pair, std::size_t column);

}  // namespace truce::random
