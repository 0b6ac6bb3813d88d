// SPDX-License-Identifier: Apache-2.0
// The world of one replication: the subsystems, and the one place where they meet. Each kind of
// event has one line here that says who handles it.
#pragma once

#include "sim/model/cases.hpp"
#include "sim/model/coordination.hpp"
#include "sim/model/incidents.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/pledges.hpp"
#include "sim/model/record.hpp"
#include "sim/model/sensing.hpp"
#include "sim/model/stage.hpp"
#include "sim/model/verification.hpp"

namespace truce::model {

class World {
 public:
  World(const scenario::Scenario& scenario, const Theatre& theatre, random::ReplicationKey key);

  /// Schedules what begins with the scenario.
  void start();
  /// What the replication has led to, at the horizon.
  Replication report(std::uint64_t events);

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
  void on(const IncidentOccurs& event) { detect(incidents_.on(event)); }
  void on(const FollowUpOccurs& event) { detect(incidents_.on(event)); }
  void on(const CellIsReady& event);
  void on(const SensorFails& event) { sensing_.on(event); }
  void on(const SensorIsMended& event);
  void on(const CaseOpens& event) { verification_.on(event); }
  void on(const CaseExpires& event) { verification_.on(event); }
  void on(const TeamArrives& event) { verification_.on(event); }
  void on(const VerificationEnds& event);
  void on(const TeamReturns& event) { verification_.on(event); }
  void on(const CaseQueuesAgain& event) { verification_.on(event); }
  void on(const DesksOpen& event) { coordination_.on(event); }
  void on(const DeskFinishes& event);
  void on(const MilestoneComes& event) { record_.milestone(event.milestone, snapshot()); }
  void on(const DayEnds&);

 private:
  template <class Kind>
  void deployment(const Kind& event) {
    pledges_.on(event);
    settle_troops();
  }
  void settle_troops();
  void update_deterrence(SectorId sector);
  void check_capability();
  void detect(Case incident);
  Snapshot snapshot() const;

  const scenario::Scenario& scenario_;
  Stage stage_;
  Cases cases_;
  Pledges pledges_;
  Incidents incidents_;
  Sensing sensing_;
  Verification verification_;
  Coordination coordination_;
  Record record_;
};

}  // namespace truce::model
