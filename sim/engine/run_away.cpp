// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/run_away.hpp"

#include <algorithm>

#include "sim/core/text.hpp"

namespace truce::engine {

std::vector<Step> Trail::last(std::span<const std::string_view> names) const {
  std::vector<Step> steps;
  for (std::size_t i = count_ - std::min(count_, length); i != count_; ++i) {
    const Mark& mark = steps_[i % ring];
    steps.push_back({mark.time, names[mark.kind]});
  }
  return steps;
}

RunAway::RunAway(std::string_view limit, std::uint64_t allowed, std::span<const Step> steps)
    : std::runtime_error("run-away") {
  text_ = "run-away replication: more than " + std::to_string(allowed) + " events " +
          std::string(limit);
  if (!steps.empty()) text_ += ", at " + shortest(in_days(steps.back().time)) + " days";
  text_ += ". The last events (time in days):";
  for (const Step& step : steps) {
    add("  " + shortest(in_days(step.time)) + "  " + std::string(step.event));
  }
}

void RunAway::add(std::string_view context) {
  text_ += "\n  ";
  text_ += context;
}

}  // namespace truce::engine
