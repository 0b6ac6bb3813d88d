// SPDX-License-Identifier: Apache-2.0
// Pledges: from conditions to troops in place, and their rotation.
//
// A pledge fills a number of slots, one contingent in place each. Its pool has at least as many
// units. A unit serves a tour in a slot; its relief is sent in time to arrive at the tour's end,
// if a unit of the pool is rested then, or as soon as one is. Relief takes over at the end of the
// tour or when it arrives, whichever is later. Without relief the tour is extended to a limit;
// then the unit leaves and the slot stays empty: the sustainment gap. A unit that has left is
// rested after its dwell.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "sim/model/cases.hpp"
#include "sim/model/hubs.hpp"
#include "sim/model/level.hpp"
#include "sim/model/movement.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

/// Troops of one function at one hub have changed.
struct TroopsChange {
  HubId hub;
  scenario::Function function = scenario::Function::monitoring;
  bool operator==(const TroopsChange&) const = default;
};

class Pledges {
 public:
  explicit Pledges(Stage& stage);

  /// The start of the scenario.
  void start();
  void on(const CeasefireTakesEffect&);
  void on(const ApprovalIsDecided&);
  void on(const UnitSetsOut&);
  void on(const UnitArrives&);
  void on(const HubOpens&);
  void on(const ReceptionEnds&);
  void on(const ReliefIsDue&);
  void on(const TourEnds&);
  void on(const ExtensionEnds&);
  void on(const DwellEnds&);
  void on(const UnitWithdraws&);

  /// A pledge goes home for good: each contingent in place after a notice of its own, those on
  /// their way at once.
  void withdraw(PledgeId pledge, const Noise& notice);
  /// The same for all pledges of a function with hubs in the country.
  void evacuate(scenario::Function function, const Noise& notice);
  /// A hub is out of action, or in action again.
  void set_in_action(HubId hub, bool in_action);
  /// The in-country hub nearest to an incident that has so many troops of a function not detached.
  HubId nearest(scenario::Function function, double needed, const Case& incident) const;
  /// Most troops of a function at one in-country hub, without those detached.
  double most(scenario::Function function) const;
  /// Troops are away from a hub for a time; they stay in place there, but act no more.
  void detach(HubId hub, double troops);
  void on(const DetachmentReturns&);

  /// Changes since the last call, in order.
  const std::vector<TroopsChange>& changes() const { return changes_; }
  void clear_changes() { changes_.clear(); }

  /// Troops of a function at a hub; reassurance without those detached.
  double troops(HubId hub, scenario::Function function) const {
    const double away = function == scenario::Function::reassurance ? detached_[hub] : 0.0;
    // Some of those away may have gone home meanwhile.
    return std::max(0.0, at_hub_[hub][static_cast<std::size_t>(function)] - away);
  }
  double troops(HubId hub) const { return by_hub_[hub].current(); }
  double troops(scenario::Function function) const {
    return by_function_[static_cast<std::size_t>(function)].current();
  }
  double troops() const { return total_.current(); }

  /// Contracts: every unit is at one place, every slot's troops are counted once in each total.
  void check() const;

  /// What is told of them.
  bool refused(PledgeId id) const { return pledges_[id].status == Status::refused; }
  bool withdrawn(PledgeId id) const { return pledges_[id].status == Status::withdrawn; }
  bool void_of_fact(PledgeId id) const { return pledges_[id].status == Status::void_of_fact; }
  bool waiting(PledgeId id) const { return pledges_[id].status == Status::waiting; }
  bool filled(SlotId id) const { return bool{slots_[id].in_place}; }
  bool overdue(SlotId id) const { return slots_[id].tour_over; }
  /// Whether its relief waits for a contingent to be rested.
  bool waits_for_relief(SlotId id) const {
    const auto& requests = pledges_[slots_[id].pledge].requests;
    return std::find(requests.begin(), requests.end(), id) != requests.end();
  }
  bool has_slot(UnitId id) const { return bool{units_[id].slot}; }
  UnitId receiving(HubId id) const { return hubs_.receiving(id); }
  PledgeId pledge_of(UnitId id) const { return units_[id].pledge; }
  PledgeId pledge_of(SlotId id) const { return slots_[id].pledge; }
  std::uint32_t number_of(UnitId id) const { return units_[id].number; }
  double size_of(UnitId id) const { return units_[id].slot ? slots_[units_[id].slot].troops : 0.0; }

  /// Means count from now on.
  void begin();
  void report(Outcome& outcome, Time until) const;
  /// Troop-days in place and troops moved of a pledge, for the ledger.
  double troop_days(PledgeId id, Time until) const { return pledges_[id].in_place.integral(until); }
  double moved(PledgeId id) const { return pledges_[id].moved; }

 private:
  enum class Status : std::uint8_t { waiting, mobilising, refused, void_of_fact, withdrawn };
  struct Pledge {
    Status status = Status::waiting;
    bool ceasefire = false;
    std::size_t approvals_missing = 0;
    double pledged = 0.0;
    std::vector<SlotId> slots;
    std::deque<UnitId> rested;
    std::deque<SlotId> requests;  ///< slots that wait for a rested unit
    std::size_t arrived = 0;      ///< slots that have been filled once
    double arrived_troops = 0.0;
    std::vector<PledgeId> watchers;  ///< pledges that wait for this one
    Level in_place;
    double moved = 0.0;  ///< troops that have set out, each time
  };
  struct Slot {
    PledgeId pledge;
    std::uint32_t destination = 0;
    double troops = 0.0;
    UnitId in_place;
    UnitId relief;                 ///< received, waits for the tour's end
    bool relief_received = false;  ///< a relief has passed the head of the hub's line
    bool holds_beds = false;
    bool filled_once = false;
    bool relief_requested = false;
    bool tour_over = false;
    Handle extension;
  };
  struct Unit {
    PledgeId pledge;
    SlotId slot;
    std::uint32_t number = 0;
    std::uint32_t deployments = 0;
    std::uint32_t leg = 0;
  };

  const PledgePlan& plan(PledgeId id) const { return stage_.theatre.pledges[id]; }
  std::uint64_t deployment(const Unit& unit) const;
  HubId hub_of(const Slot& slot) const;
  void mobilise_if_ready(PledgeId id);
  void mobilise(PledgeId id);
  void set_out(UnitId id);
  void move_on(UnitId id);
  void serve(HubId hub);
  void receive(UnitId id);
  void occupy(SlotId slot, UnitId unit);
  void vacate(SlotId slot);
  void request_relief(SlotId slot);
  void count(const Slot& slot, double sign);
  void free_beds_if_unused(Slot& slot);

  Stage& stage_;
  Movement movement_;
  Hubs hubs_;
  IdVector<PledgeTag, Pledge> pledges_;
  IdVector<SlotTag, Slot> slots_;
  IdVector<UnitTag, Unit> units_;
  std::vector<TroopsChange> changes_;

  IdVector<scenario::HubSpec, ByFunction> at_hub_;
  std::array<Level, scenario::function_count> by_function_;
  IdVector<scenario::ContributorSpec, Level> by_contributor_;
  IdVector<scenario::HubSpec, Level> by_hub_;
  IdVector<scenario::HubSpec, double> detached_;
  IdVector<scenario::ContributorSpec, Level> gap_;
  Level total_;
  std::vector<std::pair<Time, double>> peaks_;  ///< each time the total exceeded all before
  double tours_extended_ = 0.0;
};

}  // namespace truce::model
