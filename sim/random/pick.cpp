// SPDX-License-Identifier: Apache-2.0
#include "sim/random/pick.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/contract.hpp"

namespace truce::random {

WeightedPick::WeightedPick(std::span<const double> weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  TRUCE_EXPECT(total > 0, "a weighted choice needs a weight above 0");
  double sum = 0.0;
  for (const double weight : weights) {
    TRUCE_EXPECT(weight >= 0, "weights must not be negative");
    sum += weight;
    cumulative_.push_back(sum / total);
  }
}

std::size_t WeightedPick::operator()(double u) const {
  const auto at = std::lower_bound(cumulative_.begin(), cumulative_.end(), u);
  const auto last = cumulative_.end() - 1;
  return static_cast<std::size_t>((at == cumulative_.end() ? last : at) - cumulative_.begin());
}

}  // namespace truce::random
