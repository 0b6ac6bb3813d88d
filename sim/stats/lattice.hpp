// SPDX-License-Identifier: Apache-2.0
// Points that fill a cube more evenly than chance would, for integrals in many dimensions that must
// come out the same every time.
//
// Coordinate j of point i is |2 {(i + 1/2) sqrt(prime_j) + (j + 1) g} - 1|, where {} is the
// fraction and g the golden ratio's: Richtmyer's sequence (1951, as in Niederreiter, Random Number
// Generation and Quasi-Monte Carlo Methods, 1992), folded so that integrands need not be periodic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace truce::stats {

/// Points in the open cube (0, 1)^dimensions.
class Lattice {
 public:
  explicit Lattice(std::size_t dimensions);

  /// Coordinate of a point, both counted from 0.
  double operator()(std::uint64_t point, std::size_t dimension) const;

 private:
  struct Line {
    double step = 0.0;
    double start = 0.0;
  };
  std::vector<Line> lines_;
};

}  // namespace truce::stats
