// SPDX-License-Identifier: Apache-2.0
// How often intervals contain the truth, over synthetic experiments; unoptimised builds make fewer.
#pragma once

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "sim/stats/interval.hpp"

namespace truce::test {

#ifdef NDEBUG
inline constexpr std::uint64_t many_experiments = 10'000;
#else
inline constexpr std::uint64_t many_experiments = 1'000;
#endif

/// Counts experiments and those whose interval contains the truth.
class Coverage {
 public:
  void add(const stats::Interval& interval, double truth) {
    hits_ += interval.low <= truth && truth <= interval.high ? 1U : 0U;
    ++experiments_;
  }
  double share() const { return static_cast<double>(hits_) / static_cast<double>(experiments_); }
  /// Passes if the share is within [low, high], or beyond by what `experiments` below 10,000 leave
  /// to chance (4 standard errors).
  testing::AssertionResult within(double low, double high) const {
    const double more = 1.0 / static_cast<double>(experiments_) - 1.0 / 10'000.0;
    const double chance = 4.0 * std::sqrt(0.95 * 0.05 * (more > 0.0 ? more : 0.0));
    const bool good = share() >= low - chance && share() <= high + chance;
    return (good ? testing::AssertionSuccess() : testing::AssertionFailure())
           << "covered in " << share() << " of " << experiments_ << ", not in [" << low << ", "
           << high << "]";
  }

 private:
  std::uint64_t hits_ = 0;
  std::uint64_t experiments_ = 0;
};

}  // namespace truce::test
