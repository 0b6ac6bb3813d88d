// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/stopping.hpp"

#include <algorithm>
#include <utility>

namespace truce::experiment {

Estimates estimates_of(const Results& results) {
  return [&results](const Statistic& statistic) {
    if (results.samples.empty()) return std::vector<Estimate>{{}};  // nothing was played
    const auto c = column_of(statistic, results.columns);
    return std::vector{estimate(statistic, results.columns[c], results.samples[c])};
  };
}

Reach reach(const Precision& target, const Estimates& estimates) {
  Reach all{0.0, true};
  for (const auto& one : estimates(target.of)) {
    const stats::Target wanted{.half_width = target.half_width, .relative = target.relative};
    if (!stats::reached({one.interval, one.value}, wanted)) all.reached = false;
    if (!one.interval) {
      all.half_width.reset();
    } else if (all.half_width) {
      all.half_width = std::max(*all.half_width, (one.interval->high - one.interval->low) / 2);
    }
  }
  return all;
}

Looks::Looks(Stopping stopping, std::uint64_t done) : stopping_(std::move(stopping)) {
  if (stopping_.targets.empty()) return;
  stopping_.minimum = std::min(stopping_.minimum, stopping_.maximum);
  next_ = stats::next_look(0, stopping_.minimum, stopping_.maximum);
  while (next_ && *next_ <= done) {
    next_ = stats::next_look(*next_, stopping_.minimum, stopping_.maximum);
  }
}

bool Looks::enough(std::uint64_t replications, const Estimates& estimates) {
  if (next_ != replications) return false;
  next_ = stats::next_look(*next_, stopping_.minimum, stopping_.maximum);
  const bool all = std::ranges::all_of(
      stopping_.targets, [&](const Precision& target) { return reach(target, estimates).reached; });
  in_a_row_ = all ? in_a_row_ + 1 : 0;
  return in_a_row_ >= stats::looks_in_a_row;
}

}  // namespace truce::experiment
