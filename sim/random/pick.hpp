// SPDX-License-Identifier: Apache-2.0
// Weighted choice by inversion: one uniform, and neighbouring uniforms pick neighbouring items.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace truce::random {

/// Chooses an index with probability proportional to its weight.
class WeightedPick {
 public:
  WeightedPick() = default;
  /// Weights must not be negative, one at least above 0 (contract).
  explicit WeightedPick(std::span<const double> weights);
  /// The index whose share of the cumulative weights contains u, for u in (0, 1).
  std::size_t operator()(double u) const;
  std::size_t size() const { return cumulative_.size(); }

 private:
  std::vector<double> cumulative_;  // normalised; the last is 1
};

}  // namespace truce::random
