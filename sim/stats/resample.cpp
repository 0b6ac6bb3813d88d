// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/resample.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {

void Resampling::draw(std::uint64_t number, std::span<double> counts) const {
  TRUCE_EXPECT(counts.size() < std::uint64_t{1} << 32U, "a bootstrap sample has below 2^32 rows");
  std::ranges::fill(counts, 0.0);
  random::Stream stream = source_.at({seed_, number});
  const std::uint64_t n = counts.size();
  // A row from each half of 64 random bits: floor(n u), u a multiple of 2^-32.
  for (std::size_t i = 0; i < n; i += 2) {
    const std::uint64_t bits = stream.bits();
    counts[((bits >> 32U) * n) >> 32U] += 1.0;
    if (i + 1 < n) counts[((bits & 0xffffffffU) * n) >> 32U] += 1.0;
  }
}

std::optional<Interval> percentile_interval(std::vector<double> estimates, double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  if (estimates.size() < 2) return std::nullopt;
  std::ranges::sort(estimates);
  const auto last = static_cast<double>(estimates.size() - 1);
  const auto value_at = [&](double p) {
    const double place = std::clamp((last + 2.0) * p - 1.0, 0.0, last);
    const double below = std::floor(place);
    const auto k = static_cast<std::size_t>(below);
    if (place == below) return estimates[k];
    return estimates[k] + (place - below) * (estimates[k + 1] - estimates[k]);
  };
  return Interval{value_at(0.5 - level / 2.0), value_at(0.5 + level / 2.0)};
}

}  // namespace truce::stats
