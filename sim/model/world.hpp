// SPDX-License-Identifier: Apache-2.0
// The world of one replication: the subsystems, and the one place where they meet. Each kind of
// event has one line here that says who handles it.
#pragma once

#include <optional>

#include "sim/model/allegations.hpp"
#include "sim/model/cases.hpp"
#include "sim/model/climate.hpp"
#include "sim/model/coordination.hpp"
#include "sim/model/crisis.hpp"
#include "sim/model/incidents.hpp"
#include "sim/model/layers.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/pledges.hpp"
#include "sim/model/record.hpp"
#include "sim/model/sensing.hpp"
#include "sim/model/services.hpp"
#include "sim/model/stage.hpp"
#include "sim/model/verification.hpp"

namespace truce::model {

class World {
 public:
  World(const scenario::Scenario& scenario, const Theatre& theatre, random::ReplicationKey key);
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  /// Schedules what begins with the scenario.
  void start();
  /// Contracts: troops are at one place each, cases in one state, stores and supplies balance.
  /// Takes long, for debug builds after each event.
  void check() const;
  /// What the replication has led to, at its end.
  Replication report(std::uint64_t events);

  const Pledges& pledges() const { return pledges_; }
  const Case& incident(CaseId id) const { return cases_[id]; }
  RegimeId regime() const { return climate_.regime(); }
  const Facts& facts() const { return stage_.facts; }
  const Coordination& coordination() const { return coordination_; }
  const Services& services() const { return services_; }
  const Crisis& crisis() const { return crisis_; }
  const Shocks& shocks() const { return shocks_; }
  /// The last incident; nothing if it was a follow-up that an answer has prevented.
  struct LastIncident {
    std::optional<Case> incident;
    std::optional<Time> case_opens;  ///< it is seen or alleged
  };
  const LastIncident& last_incident() const { return last_; }
  bool over() const { return ended_.has_value(); }

  Calendar& calendar() { return stage_.calendar; }
  void now(Time time) { stage_.now = time; }

  void on(const CeasefireTakesEffect& event);
  void on(const ApprovalIsDecided& event) { pledges_.on(event); }
  void on(const UnitSetsOut& event) { deployment(event); }
  void on(const UnitArrives& event) { deployment(event); }
  void on(const HubOpens& event);
  void on(const ReceptionEnds& event) { deployment(event); }
  void on(const ReliefIsDue& event) { deployment(event); }
  void on(const TourEnds& event) { deployment(event); }
  void on(const ExtensionEnds& event) { deployment(event); }
  void on(const DwellEnds& event) { deployment(event); }
  void on(const UnitWithdraws& event) { deployment(event); }
  void on(const DetachmentReturns& event) { deployment(event); }
  void on(const IncidentOccurs& event) { follow(incidents_.on(event)); }
  void on(const FollowUpOccurs& event) { follow(incidents_.on(event)); }
  void on(const FalseAllegation& event);
  void on(const CellIsReady& event);
  void on(const SensorFails& event) { sensing_.on(event); }
  void on(const SensorIsMended& event);
  void on(const CaseOpens& event);
  void on(const CaseExpires& event) { verification_.on(event); }
  void on(const TeamArrives& event) { verification_.on(event); }
  void on(const VerificationEnds& event);
  void on(const TeamReturns& event) { verification_.on(event); }
  void on(const CaseQueuesAgain& event) { verification_.on(event); }
  void on(const DesksOpen& event) { coordination_.on(event); }
  void on(const DeskFinishes& event);
  void on(const SeatIsHandedOver& event) { coordination_.on(event); }
  void on(const SeatIsReady& event) { coordination_.on(event); }
  void on(const CaseIsDecided& event);
  void on(const AnswerIsGiven& event);
  void on(const HubIsAttacked& event);
  void on(const HubIsRepaired& event);
  void on(const ConvoyArrives& event);
  void on(const LayerIsTriggered& event) { layers_.on(event); }
  void on(const LayerActivates& event) { layers_.on(event); }
  void on(const LayerEnds& event) { layers_.on(event); }
  void on(const ShockStrikes& event);
  void on(const ShockPasses& event);
  void on(const EffectsEnd& event) { changed(stage_.quantities.end(event.occurrence)); }
  void on(const RegimeChanges& event);
  void on(const CrisisIsDecided& event);
  void on(const PatienceEnds& event) { turn(crisis_.on(event, reassurance())); }
  void on(const BreakdownEnds& event) { turn(crisis_.on(event)); }
  void on(const CeasefireIsRestored& event) { turn(crisis_.on(event)); }
  void on(const MilestoneComes& event) { record_.milestone(event.milestone, snapshot()); }
  void on(const DayEnds&);

 private:
  template <class Kind>
  void deployment(const Kind& event) {
    pledges_.on(event);
    settle_troops();
  }
  std::uint32_t put_in_force(const EffectsPlan& effects, std::optional<double> days);
  void changed(const EffectsPlan& effects);
  void changed(const TargetPlan& target);
  void settle_troops();
  void settle_hub(HubId hub);
  void settle_cell(CellId cell);
  void update_deterrence(SectorId sector);
  void update_climate();
  void check_capability();
  void follow(std::optional<Case> incident);
  void turn(Crisis::Turn turn);
  double reassurance() const { return pledges_.troops(scenario::Function::reassurance); }
  double strongest_reaction() const;
  Snapshot snapshot() const;

  const scenario::Scenario& scenario_;
  Stage stage_;
  Cases cases_;
  Pledges pledges_;
  Incidents incidents_;
  Sensing sensing_;
  Verification verification_;
  Coordination coordination_;
  Services services_;
  Layers layers_;
  Shocks shocks_;
  Climate climate_;
  Crisis crisis_;
  Allegations allegations_;
  Record record_;
  std::vector<double> climate_factors_;  ///< by region
  LastIncident last_;
  double hubs_built_ = 0.0;    ///< in the host country
  std::optional<Time> ended_;  ///< before the horizon
};

}  // namespace truce::model
