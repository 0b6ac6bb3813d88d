// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <algorithm>
#include "sim/stats/interval.hpp"
namespace truce::stats {
struct Target { double half_width; bool relative; };
inline std::uint64_t next_look(std::uint64_t n, std::uint64_t minimum, std::uint64_t maximum) {
  return n == 0 ? std::min(maximum, (minimum + 15) / 16 * 16) : std::min(maximum, n + (n / 10 + 15) / 16 * 16);
}
inline bool reached(const std::optional<Interval>& i, const std::optional<double>& e, Target t) {
  return i && e && (i->high - i->low) / 2 <= t.half_width * (t.relative ? std::abs(*e) : 1);
}
}
