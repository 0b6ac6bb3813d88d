// SPDX-License-Identifier: Apache-2.0
// What is written down while the scenario is played: the day-by-day timeline, milestones, and when
// the deployment first counts as capable.
#pragma once

#include <array>
#include <optional>

#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

/// The state of the deployment at a moment, as the record needs it.
struct Snapshot {
  ByFunction troops{};
  double troops_total = 0.0;
  double incidents_today = 0.0;
  double recorded_today = 0.0;
  double open_cases = 0.0;
  double teams_at_work = 0.0;
  double coverage = 0.0;
  double verified_today = 0.0;
  double team_queue = 0.0;
  double desk_queue = 0.0;
};

class Record {
 public:
  Record(Stage& stage, const std::optional<scenario::CapabilitiesSpec>& capability)
      : stage_(stage), capability_(capability) {}

  void start();
  void on(const CeasefireTakesEffect&);
  void end_day(const Snapshot& now);
  void milestone(std::uint32_t which, const Snapshot& now);
  /// Which capability has been reached just now, for the first time.
  struct Reached {
    bool initial = false;
    bool full = false;
  };
  Reached check_capability(double troops, double teams_at_work, double coverage);
  /// Days of the timeline that are over.
  std::size_t day() const { return timeline_.days; }
  std::optional<Time> ceasefire() const { return ceasefire_; }

  void report(Outcome& outcome) const;
  /// Days from the ceasefire to the replication's end.
  double days_of_ceasefire(Time until) const;
  /// All days; those after an early end have no values.
  Timeline take_timeline();

 private:
  void schedule_day_end();

  Stage& stage_;
  const std::optional<scenario::CapabilitiesSpec>& capability_;
  Timeline timeline_;
  std::optional<Time> ceasefire_;
  std::optional<Time> initial_;
  std::optional<Time> full_;
  ByMilestone troops_at_{absent, absent, absent, absent};
  ByMilestone coverage_at_{absent, absent, absent, absent};
};

}  // namespace truce::model
