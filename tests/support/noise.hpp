// SPDX-License-Identifier: Apache-2.0
// Random numbers for tests: the same on every platform, since only the generator's raw output,
// which the standard fixes, is used.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

namespace truce::test {

/// Uniform and exponential numbers by inversion of std::mt19937_64.
class Noise {
 public:
  explicit Noise(std::uint64_t seed) : bits_(seed) {}

  std::uint64_t bits() { return bits_(); }
  /// In (0, 1), a multiple of 2^-54.
  double uniform() { return (static_cast<double>(bits_() >> 11U) + 0.5) * 0x1p-53; }
  /// With mean 1.
  double exponential() { return -std::log(uniform()); }

 private:
  std::mt19937_64 bits_;
};

}  // namespace truce::test
