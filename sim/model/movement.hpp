// SPDX-License-Identifier: Apache-2.0
// Movement over the legs of a route.
//
// Each leg is a first-come-first-served line with a capacity in troops a day: a contingent of n
// troops needs n/capacity days to set out, one contingent after another, and then travels. The
// line needs no events: a contingent that enters at t sets out at
//     max(t, end of the one before) + n/capacity.
#pragma once

#include "sim/model/stage.hpp"

namespace truce::model {

class Movement {
 public:
  explicit Movement(Stage& stage);

  /// A contingent enters a leg now. Returns when it arrives at the leg's end. `deployment` keys
  /// its travel time.
  Time enter(LegId leg, double troops, std::uint64_t deployment);

  /// Mean time that contingents waited for others at legs [days]; absent if none moved.
  double mean_wait() const;

 private:
  struct Leg {
    double capacity = 0.0;  ///< [troops/day]; 0 means unlimited
    Time free_at = start_of_time;
  };
  Stage& stage_;
  IdVector<scenario::LegSpec, Leg> legs_;
  double waited_ = 0.0;
  std::uint64_t entries_ = 0;
};

}  // namespace truce::model
