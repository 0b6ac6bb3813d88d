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

  /// Building of the hubs that wait for `reference` starts now.
  void start_building(scenario::Reference reference);
  /// Engineering troops in place have changed: building goes 1 + E/E2 times as fast with E of them.
  void set_engineers(double troops);
  void open(HubId hub);
  /// A hub out of action receives nobody.
  void set_in_action(HubId hub, bool in_action) { hubs_[hub].in_action = in_action; }
  UnitId receiving(HubId hub) const { return hubs_[hub].receiving; }
  bool is_open(HubId hub) const { return hubs_[hub].open; }

  /// A unit joins the line.
  void arrive(HubId hub, UnitId unit) { hubs_[hub].line.push_back({unit, stage_.now}); }
  /// The first of the line if it could be received now, were it not for its beds.
  UnitId next(HubId hub) const;
  /// The first of the line turns back.
  void turn_back(HubId hub) { hubs_[hub].line.pop_front(); }
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
    bool building = false;
    bool in_action = true;
    UnitId receiving;
    double free_beds = 0.0;
    double reception = 0.0;  ///< [troops/day]; 0 means unlimited
    double work = 0.0;       ///< left to build [days at the speed without engineers]
    Time work_since = start_of_time;
    Handle opening;
    std::deque<Arrival> line;
    Level taken;
    Level is_open;
    double waited = 0.0;
    std::uint64_t received = 0;
  };
  double building_speed(HubId hub) const;
  void schedule_opening(HubId hub);

  Stage& stage_;
  double engineers_ = 0.0;
  IdVector<scenario::HubSpec, Hub> hubs_;
};

}  // namespace truce::model
