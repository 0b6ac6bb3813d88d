// SPDX-License-Identifier: Apache-2.0
// A quick source of chance for benchmarks of the engine alone, so that what is measured is the
// engine: xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
// TOMS 47, 2021) and the ziggurat for exponentials (Marsaglia and Tsang, "The ziggurat method for
// generating random variables", J. Stat. Softw. 5, 2000). The model draws otherwise (sim/random).
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace truce::bench {

class Noise {
 public:
  std::uint64_t bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  /// In (0, 1).
  double uniform() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; }
  /// With mean 1.
  double exponential() {
    for (;;) {
      const std::uint64_t word = bits();
      const auto layer = static_cast<std::size_t>(word & 255U);
      const auto place = static_cast<double>(word >> 11U);
      const double x = place * ziggurat.width[layer];
      if (x < ziggurat.edge[layer + 1]) return x;
      if (layer == 0) return tail - std::log(uniform());
      const double above = ziggurat.height[layer + 1] - ziggurat.height[layer];
      if (ziggurat.height[layer] + uniform() * above < std::exp(-x)) return x;
    }
  }

 private:
  /// Where the tail begins, and the area of each of the 256 layers (Marsaglia and Tsang).
  static constexpr double tail = 7.69711747013104972;
  static constexpr double area = 3.9496598225815571993e-3;

  /// Layer i reaches from 0 to edge[i], and from height[i] to height[i + 1].
  struct Ziggurat {
    std::array<double, 256> width{};  ///< edge of the layer over 2^53
    std::array<double, 257> edge{};
    std::array<double, 257> height{};

    Ziggurat() {
      edge[0] = area * std::exp(tail);  // as wide as the base layer with its tail
      edge[1] = tail;
      height[1] = std::exp(-tail);
      for (std::size_t i = 2; i != 256; ++i) {
        height[i] = height[i - 1] + area / edge[i - 1];
        edge[i] = -std::log(height[i]);
      }
      edge[256] = 0.0;
      height[256] = 1.0;
      for (std::size_t i = 0; i != 256; ++i) width[i] = edge[i] * 0x1p-53;
    }
  };
  static inline const Ziggurat ziggurat{};

  std::uint64_t state_[4] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 1};
};

}  // namespace truce::bench
