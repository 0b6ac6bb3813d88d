// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/time_average.hpp"

namespace truce::stats {
double TimeAverage::integral(Time until) const {
  return integral_ms(until) / static_cast<double>(one_day.count());
}

std::optional<double> TimeAverage::mean(Time from, Time until) const {
  TRUCE_EXPECT(from <= until, "an interval ends after it begins");
  TRUCE_EXPECT(first_ == never || from <= first_,
               "an average starts no later than the first change");
  if (from == until) return std::nullopt;
  return integral_ms(until) / static_cast<double>((until - from).count());
}

}  // namespace truce::stats
