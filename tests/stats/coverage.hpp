// SPDX-License-Identifier: Apache-2.0
// What the tests of coverage share: how many experiments, what they may differ by, and normal
// noise.
//
// With 10,000 experiments the standard deviation of a coverage of 95 % is 0.22 %, so that a method
// that is right stays within 1 % of it but for 4.6 standard deviations. Builds for finding defects
// are slow; they play 1,000, of standard deviation 0.69 %, and allow 2.2 % more.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sim/stats/interval.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {

#if defined(NDEBUG) && !defined(__SANITIZE_THREAD__)
inline constexpr std::uint64_t coverage_experiments = 10'000;
inline constexpr double coverage_slack = 0.0;
#else
inline constexpr std::uint64_t coverage_experiments = 1'000;
inline constexpr double coverage_slack = 0.022;
#endif

inline bool holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}
inline bool holds(const std::optional<Interval>& interval, double truth) {
  return interval.has_value() && holds(*interval, truth);
}

/// Passes if `experiment()`, a bool, is true in a share of the experiments between `low` and
/// `high`.
template <typename Experiment>
testing::AssertionResult covers(const std::string& of, Experiment&& experiment, double low = 0.94,
                                double high = 0.96) {
  std::uint64_t hits = 0;
  for (std::uint64_t i = 0; i != coverage_experiments; ++i) hits += experiment() ? 1U : 0U;
  const double share = static_cast<double>(hits) / static_cast<double>(coverage_experiments);
  testing::Test::RecordProperty(of, std::to_string(share));
  const bool within = share >= low - coverage_slack && share <= high + coverage_slack;
  return (within ? testing::AssertionSuccess() : testing::AssertionFailure())
         << "coverage of " << of << " " << share << ", not between " << low << " and " << high;
}

/// Independent standard normal numbers (Box and Muller, Ann. Math. Stat. 29, 1958).
class Normals {
 public:
  explicit Normals(std::uint64_t seed) : noise_(seed) {}

  double operator()() {
    if (spare_) return *std::exchange(spare_, std::nullopt);
    const double radius = std::sqrt(2.0 * noise_.exponential());
    const double angle = 2.0 * std::numbers::pi * noise_.uniform();
    spare_ = radius * std::sin(angle);
    return radius * std::cos(angle);
  }
  test::Noise& uniforms() { return noise_; }

 private:
  test::Noise noise_;
  std::optional<double> spare_;
};

}  // namespace truce::stats
