// SPDX-License-Identifier: Apache-2.0
// The rows of a sample sorted into slices of one input, within which that input is nearly constant.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truce::stats {

/// The slices of an input, numbered from 0 in the order of its values; none is empty.
struct Slices {
  std::vector<std::size_t> of_row = {};  ///< the slice of each row
  std::vector<std::size_t> sizes = {};   ///< rows in each slice
  bool by_value = false;                 ///< each slice is one value of the input
};

/// A slice for each value of the input if there are at most `wanted`; otherwise `wanted` slices of
/// (nearly) equal counts, where rows of equal values stay together, so that there may be fewer.
/// Contract: 1 or more wanted, all values finite.
Slices slices_of(std::span<const double> input, std::size_t wanted);

}  // namespace truce::stats
