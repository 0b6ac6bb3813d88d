// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/stopping.hpp"

#include <algorithm>

#include "sim/stats/sequential.hpp"

namespace truce::experiment {

Estimates estimates_of(const Results& results) {
  return [&results](const Statistic& statistic) {
    const auto c = column_of(statistic, results.columns);
    return std::vector{estimate(statistic, results.columns[c], results.samples[c])};
  };
}

Reach reach(const Precision& target, const Estimates& estimates) {
  Reach all{0.0, true};
  for (const auto& one : estimates(target.of)) {
    const stats::Target wanted{target.half_width, target.relative};
    if (!stats::reached(one.interval, one.value, wanted)) all.reached = false;
    if (!one.interval) {
      all.half_width.reset();
    } else if (all.half_width) {
      all.half_width = std::max(*all.half_width, (one.interval->high - one.interval->low) / 2);
    }
  }
  return all;
}

bool is_look(const Stopping& stopping, std::uint64_t replications) {
  if (stopping.targets.empty()) return false;
  std::uint64_t look = 0;
  while (look < replications) {
    look = stats::next_look(look, stopping.minimum, stopping.maximum);
  }
  return look == replications;
}

bool reached(const Stopping& stopping, const Estimates& estimates) {
  return std::ranges::all_of(
      stopping.targets, [&](const Precision& target) { return reach(target, estimates).reached; });
}

}  // namespace truce::experiment
