// SPDX-License-Identifier: Apache-2.0
// How far an input moves the whole distribution of an outcome, not its variance alone: right for
// outcomes that are skewed, or have a mean that says little.
//
//   KS_s = max_y |F(y) - F(y | x in slice s)|        PAWN = median or maximum of KS_s over slices
//
// (Pianosi and Wagener, "A simple and efficient method for global sensitivity analysis based on
// cumulative distribution functions", Environ. Modell. Softw. 67, 2015; from any sample:
// "Distribution-based sensitivity analysis from a generic input-output sample", ibid. 108, 2018).
// A sample has a distance even where an input does nothing. What such a dummy has is the threshold.
#pragma once

#include <cstddef>
#include <span>

#include "sim/stats/answer.hpp"
#include "sim/stats/interval.hpp"
#include "sim/stats/resample.hpp"

namespace truce::stats {

/// A distance of distributions, from 0 to 1.
struct Distance {
  double value = 0.0;      ///< as the sample shows it: chance adds to it
  Interval interval;       ///< of the distance without what chance adds
  double threshold = 0.0;  ///< exceeded by an input that does nothing with probability 1 - level
  bool above_dummy() const { return value > threshold; }
};

struct Pawn {
  std::size_t slices = 0;
  bool by_value = false;  ///< each slice is one value of the input
  Distance median;
  Distance maximum;
};

/// Fewer rows for each slice are refused.
inline constexpr std::size_t fewest_in_slice = 5;

/// Distances of one input from any sample, in at most `slices` slices of equal counts, or by value.
/// The threshold is exact: it is that of the same slices dealt out to rows at random. The interval
/// contains two, made of bootstrap samples of rows, each of which has what chance adds once more:
/// one turned around the estimate (2 estimate - quantiles, right for large distances), and one of
/// sqrt(distance^2 - 2 dummy^2) (right where the distance is mostly chance). Together they cover
/// 89 % or more for a level of 95 % (tests/stats/pawn_test.cpp), most often above it. Refuses fewer
/// rows than five for each slice, a constant input, a constant outcome. Contract: as many inputs as
/// outcomes, all finite; two slices or more.
Answer<Pawn> pawn(std::span<const double> input, std::span<const double> outcome,
                  std::size_t slices, const Bootstrap& bootstrap);

}  // namespace truce::stats
