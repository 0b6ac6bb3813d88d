// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/moments.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {

void Moments::add(double value) {
  TRUCE_EXPECT(std::isfinite(value), "statistics take finite values only");
  min_ = count_ == 0 ? value : std::min(min_, value);
  max_ = count_ == 0 ? value : std::max(max_, value);
  ++count_;
  const double step = value - mean_;
  mean_ += step / static_cast<double>(count_);
  squares_ += step * (value - mean_);
}

void Moments::merge(const Moments& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  const auto ours = static_cast<double>(count_);
  const auto theirs = static_cast<double>(other.count_);
  const double step = other.mean_ - mean_;
  const double share = theirs / (ours + theirs);
  mean_ += step * share;
  squares_ += other.squares_ + step * step * ours * share;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  count_ += other.count_;
}

std::optional<double> Moments::mean() const {
  if (count_ == 0) return std::nullopt;
  return mean_;
}

std::optional<double> Moments::variance() const {
  if (count_ < 2) return std::nullopt;
  return squares_ / static_cast<double>(count_ - 1);
}

std::optional<double> Moments::sd() const {
  const auto squared = variance();
  if (!squared) return std::nullopt;
  return std::sqrt(*squared);
}

std::optional<double> Moments::standard_error() const {
  const auto squared = variance();
  if (!squared) return std::nullopt;
  return std::sqrt(*squared / static_cast<double>(count_));
}

std::optional<double> Moments::min() const {
  if (count_ == 0) return std::nullopt;
  return min_;
}

std::optional<double> Moments::max() const {
  if (count_ == 0) return std::nullopt;
  return max_;
}

}  // namespace truce::stats
