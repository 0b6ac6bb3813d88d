// SPDX-License-Identifier: Apache-2.0
// What goes on at hubs besides reception: supply by convoy, protected stores, attacks and repair.
//
// Troops in place use supplies; convoys come at intervals and bring what the hub lacks, up to their
// capacity. Below its reserve a hub sends no teams out. A store takes deliveries to its capacity
// and gives releases to the host's forces while it holds any. Attacks come at a rate, higher in a
// crisis: a hub is then out of action for a repair time, and its store keeps the share `hardness`.
#pragma once

#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Services {
 public:
  explicit Services(Stage& stage);

  void on(const HubOpens& event);
  void on(const ConvoyArrives& event);
  /// Whether the hub was in action until now.
  bool on(const HubIsAttacked& event);
  void on(const HubIsRepaired& event);
  /// Troops at a hub have changed; consumption goes on with the new number.
  void set_troops(HubId hub, double troops);
  /// Tension changes the rate of attacks.
  void set_tension(bool tense);
  /// Effects on rates have changed.
  void rates_changed(HubId hub);
  /// Brings stocks up to now; true if a hub's being short of supplies has changed.
  bool settle(HubId hub);

  bool in_action(HubId hub) const { return hubs_[hub].in_action; }
  bool short_of_supplies(HubId hub) const { return hubs_[hub].short_of_supplies; }
  bool works(HubId hub) const { return in_action(hub) && !short_of_supplies(hub); }
  double stored() const;
  /// Contracts: stores and supplies hold what came in less what went out, and never less than 0.
  void check() const;

  void begin();
  void report(Outcome& outcome, Time until) const;
  double tonnes_brought() const;

 private:
  struct Hub {
    bool open = false;
    bool in_action = true;
    bool short_of_supplies = false;
    double troops = 0.0;
    double supplies = 0.0;    ///< [t]
    double stored = 0.0;      ///< [t]
    double deliveries = 0.0;  ///< to the store, since `since` [t/day]
    Time since = start_of_time;
    double opened_with = 0.0;  ///< supplies [t]
    double brought = 0.0;      ///< supplies [t]
    double used = 0.0;         ///< supplies [t]
    double delivered = 0.0;    ///< to the store [t]
    double released = 0.0;     ///< from the store [t]
    double lost = 0.0;         ///< from the store [t]
    double hazard = 0.0;       ///< left of the unit exponential until the next attack
    double rate = 0.0;         ///< of attacks, since `hazard_since` [1/day]
    Time hazard_since = start_of_time;
    std::uint64_t attacks = 0;
    Handle attack;
    Level out;
    Level short_level;
    Level stored_level;
  };
  double attack_rate(HubId id) const;
  double deliveries(HubId id) const;
  void draw_attack(HubId id);
  void schedule_attack(HubId id);
  void retime_attack(HubId id);

  Stage& stage_;
  IdVector<scenario::HubSpec, Hub> hubs_;
  bool tense_ = false;
};

}  // namespace truce::model
