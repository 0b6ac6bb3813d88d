// SPDX-License-Identifier: Apache-2.0
// Hubs: when they open, whom they receive, how many beds are left.
//
// Arrivals wait in one line in the order in which they came. The first of the line is received
// when the hub is open, nobody is being received, and there are beds for it; until then it blocks
// the rest. A relief takes over the beds of the unit that it relieves.
#pragma once

#include <deque>

#include "sim/model/level.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Hubs {
 public:
  explicit Hubs(Stage& stage);

  /// Schedules the opening of hubs whose building starts with `reference`, now.
  void start_building(scenario::Reference reference);
  void open(HubId hub);
  bool is_open(HubId hub) const { return hubs_[hub].open; }

  /// A unit joins the line.
  void arrive(HubId hub, UnitId unit) { hubs_[hub].line.push_back({unit, stage_.now}); }
  /// The first of the line if it could be received now, were it not for its beds.
  UnitId next(HubId hub) const;
  bool has_beds(HubId hub, double troops) const { return hubs_[hub].free_beds >= troops; }
  /// Time that the reception of so many troops takes.
  Duration reception_time(HubId hub, double troops) const;
  /// The first of the line leaves it, to be received; `beds` are taken. The time it takes.
  Duration receive(HubId hub, double troops, double beds);
  /// Reception is over.
  UnitId finish_reception(HubId hub);
  void free_beds(HubId hub, double beds);

  /// Means from the beginning on.
  void begin();
  double mean_wait() const;
  double mean_wait(HubId hub) const;
  /// Time average of taken over available beds; absent without a limit or over no time open.
  double occupancy(HubId hub, Time until) const;

 private:
  struct Arrival {
    UnitId unit;
    Time since;
  };
  struct Hub {
    bool open = false;
    UnitId receiving;
    double free_beds = 0.0;
    double reception = 0.0;  ///< [troops/day]; 0 means unlimited
    Duration building{0};
    std::deque<Arrival> line;
    Level taken;
    Level is_open;
    double waited = 0.0;
    std::uint64_t received = 0;
  };
  Stage& stage_;
  IdVector<scenario::HubSpec, Hub> hubs_;
};

}  // namespace truce::model
