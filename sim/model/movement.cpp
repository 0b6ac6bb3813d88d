// SPDX-License-Identifier: Apache-2.0
#include "sim/model/movement.hpp"

#include <algorithm>

#include "sim/model/outcome.hpp"

namespace truce::model {

Movement::Movement(Stage& stage) : stage_(stage) {
  for (const auto& plan : stage.theatre.legs) {
    legs_.push_back({plan.capacity ? plan.capacity->draw(stage.key) : 0.0, start_of_time});
  }
}

Time Movement::enter(LegId id, double troops, std::uint64_t deployment) {
  Leg& leg = legs_[id];
  const Time begins = std::max(stage_.now, leg.free_at);
  waited_ += in_days(begins - stage_.now);
  ++entries_;
  Time sets_out = begins;
  const LegPlan& plan = stage_.theatre.legs[id];
  if (leg.capacity > 0) {
    const double capacity = stage_.quantities.positive(plan.capacity_target, leg.capacity);
    sets_out = later(begins, from_days(capacity > 0 ? troops / capacity : 1e8));
    leg.free_at = sets_out;
  }
  const double travel =
      stage_.quantities.positive(plan.time_target, plan.travel.draw(stage_.key, deployment));
  return later(sets_out, from_days(travel));
}

double Movement::mean_wait() const {
  return entries_ == 0 ? absent : waited_ / static_cast<double>(entries_);
}

}  // namespace truce::model
