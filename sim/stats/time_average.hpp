// SPDX-License-Identifier: Apache-2.0
// Averages over simulated time of a quantity that changes in steps, such as troops deployed or
// cases waiting.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

namespace truce::stats {

/// A step function of simulated time, 0 before its first change, and its integral. Times that go
/// back and values that are not finite are contract violations. Whole-number values keep the
/// integral exact up to 100 million value-days.
class TimeAverage {
 public:
  /// The value is `value` from `time` on.
  void set(Time time, double value) {
    TRUCE_EXPECT(std::isfinite(value), "statistics take finite values only");
    settled_ = integral_ms(time);
    max_ = first_ == never ? value : std::max(max_, value);
    if (first_ == never) first_ = time;
    current_ = value;
    last_ = time;
  }
  /// The value changes by `delta` at `time`.
  void add(Time time, double delta) { set(time, current_ + delta); }

  /// The value after the last change.
  double current() const { return current_; }
  /// The greatest value ever set, even for an instant; 0 if none was.
  double max() const { return max_; }
  /// Integral up to `until`, not before the last change [unit of the value times days].
  double integral(Time until) const;
  /// Integral over length of [from, until], where `from` is not after the first change, nor
  /// `until` before the last; absent if the interval has no length.
  std::optional<double> mean(Time from, Time until) const;

 private:
  double integral_ms(Time until) const {
    if (first_ == never) return 0.0;
    TRUCE_EXPECT(until >= last_, "time does not go back");
    return settled_ + current_ * static_cast<double>((until - last_).count());
  }

  double current_ = 0.0;
  double max_ = 0.0;
  double settled_ = 0.0;  ///< integral up to the last change [value times ms]
  Time first_ = never;    ///< change
  Time last_ = Time::min();
};

}  // namespace truce::stats
