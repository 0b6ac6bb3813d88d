// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/lattice.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

double fraction_of(double x) {
  return x - std::floor(x);
}

std::vector<std::uint32_t> first_primes(std::size_t count) {
  std::vector<std::uint32_t> primes;
  for (std::uint32_t candidate = 2; primes.size() < count; ++candidate) {
    const auto divides = [&](std::uint32_t prime) { return candidate % prime == 0; };
    if (std::ranges::none_of(primes, divides)) primes.push_back(candidate);
  }
  return primes;
}

}  // namespace

Lattice::Lattice(std::size_t dimensions) {
  constexpr double golden = 0.6180339887498949;
  for (const std::uint32_t prime : first_primes(dimensions)) {
    const auto place = static_cast<double>(lines_.size() + 1);
    lines_.push_back({fraction_of(std::sqrt(static_cast<double>(prime))), place * golden});
  }
}

double Lattice::operator()(std::uint64_t point, std::size_t dimension) const {
  TRUCE_EXPECT(dimension < lines_.size(), "dimensions are counted from 0");
  const Line& line = lines_[dimension];
  const double along = (static_cast<double>(point) + 0.5) * line.step + line.start;
  // Away from the faces, where the quantile of a normal variable is infinite.
  return std::clamp(std::abs(2.0 * fraction_of(along) - 1.0), 0x1p-50, 1.0 - 0x1p-50);
}

}  // namespace truce::stats
