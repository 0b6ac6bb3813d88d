// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/sequential.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

/// Replications are reduced in blocks of this many (sim/README.md).
constexpr std::uint64_t look_block = 16;

std::uint64_t whole_blocks(std::uint64_t n) {
  return (n + look_block - 1) / look_block * look_block;
}

}  // namespace

std::uint64_t minimum_for_skewness(double skewness) {
  constexpr double most = 1e6;
  TRUCE_EXPECT(std::abs(skewness) < most, "a skewness is a number, below a million");
  const double cochran = std::ceil(25.0 * skewness * skewness);
  return whole_blocks(std::max(least_minimum, static_cast<std::uint64_t>(cochran)));
}

std::optional<std::uint64_t> next_look(std::uint64_t n, std::uint64_t minimum,
                                       std::uint64_t maximum) {
  TRUCE_EXPECT(minimum > 0 && minimum <= maximum, "a maximum is not below the minimum");
  if (n >= maximum) return std::nullopt;
  const std::uint64_t next = n < minimum ? minimum : n + (n + 3) / 4;
  return std::min(maximum, whole_blocks(next));
}

bool reached(const Look& look, const Target& target) {
  TRUCE_EXPECT(target.half_width > 0.0, "how closely something is to be known is above 0");
  if (!look.interval) return false;
  const double half = 0.5 * (look.interval->high - look.interval->low);
  if (!target.relative) return half <= target.half_width;
  return look.estimate.has_value() && half <= target.half_width * std::abs(*look.estimate);
}

bool all_reached(std::span<const Look> looks, std::span<const Target> targets) {
  TRUCE_EXPECT(looks.size() == targets.size(), "a target for each look");
  return std::ranges::equal(looks, targets, reached);
}

}  // namespace truce::stats
