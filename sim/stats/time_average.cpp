// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/time_average.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

double in_ms(Duration d) {
  return static_cast<double>(d.count());
}

}  // namespace

void TimeAverage::set(Time time, double value) {
  TRUCE_EXPECT(std::isfinite(value), "statistics take finite values only");
  settled_ = integral_ms(time);
  max_ = first_ ? std::max(max_, value) : value;
  if (!first_) first_ = time;
  current_ = value;
  last_ = time;
}

double TimeAverage::integral(Time until) const {
  return integral_ms(until) / in_ms(one_day);
}

std::optional<double> TimeAverage::mean(Time from, Time until) const {
  TRUCE_EXPECT(from <= until, "an interval ends after it begins");
  TRUCE_EXPECT(!first_ || from <= *first_, "an average starts no later than the first change");
  if (from == until) return std::nullopt;
  return integral_ms(until) / in_ms(until - from);
}

double TimeAverage::integral_ms(Time until) const {
  if (!first_) return 0.0;
  TRUCE_EXPECT(until >= last_, "time does not go back");
  return settled_ + current_ * in_ms(until - last_);
}

}  // namespace truce::stats
