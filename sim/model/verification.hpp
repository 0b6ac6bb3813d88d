// SPDX-License-Identifier: Apache-2.0
// Verification: cases wait for the teams of the cell that is responsible for them.
//
// The responsible cell is the first, in the order of the file, of those that watch the sector and
// have a team at work; if none has, the first that has teams at all. A free team takes the next
// case (grave before serious before minor, then first come). In-country teams travel, may be
// turned back, work on site and return; neighbouring and remote ones analyse without travel. A
// verified case is attributed to a side with probability p0 * 2^(-d/h): p0 by station, d the time
// from the incident until work on it began, h the half-life of its evidence.
#pragma once

#include "sim/model/cases.hpp"
#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"
#include "sim/model/tally.hpp"

namespace truce::model {

class Verification {
 public:
  Verification(Stage& stage, Cases& cases);

  void on(const CellIsReady&);
  /// Monitoring troops in place at a hub: they staff its cells' teams, one team of each cell in
  /// turn. Returns the cells whose teams at work changed.
  const std::vector<CellId>& staff(HubId hub, double troops);

  /// Teams that come to a sector off limits are turned back for certain.
  void set_off_limits(SectorId sector, bool off_limits) { off_limits_[sector] = off_limits; }
  /// A cell's teams go out only while its hub works.
  void set_works(CellId cell, bool works);
  /// Effects on a cell's number of teams have changed.
  void teams_changed(CellId cell) { set_at_work(cell); }

  void on(const CaseOpens&);
  void on(const CaseExpires&);
  void on(const TeamArrives&);
  void on(const VerificationEnds&);
  void on(const TeamReturns&);
  void on(const CaseQueuesAgain&);

  double teams_at_work(CellId cell) const { return cells_[cell].at_work.current(); }
  double teams_at_work() const { return at_work_.current(); }
  double queue() const { return queue_.current(); }
  double open_cases() const { return open_.current(); }
  /// Contracts: open cases are in one state each, and lines, teams and levels agree with them.
  void check() const;
  /// A case has left the mechanism for good.
  void close(CaseId id);

  double recorded_today() const { return recorded_today_; }
  double verified_today() const { return verified_today_; }
  void end_day() { recorded_today_ = verified_today_ = 0.0; }
  void begin();
  void report(Outcome& outcome, double days_of_ceasefire, Time until) const;

 private:
  struct Cell {
    bool ready = false;
    bool works = true;
    double staffed = 0.0;  ///< teams that the hub's troops can staff
    double busy = 0.0;
    CaseLine line;
    Level at_work;
    Level busy_level;
  };

  CellId responsible(SectorId sector) const;
  void set_at_work(CellId cell);
  void arm_expiry(CaseId id);
  void serve(CellId cell);
  void begin_work(CaseId id);
  void set_busy(CellId cell, double delta);
  double travel_days(const Case& incident) const;

  Stage& stage_;
  Cases& cases_;
  IdVector<scenario::CellSpec, Cell> cells_;
  By<scenario::SectorSpec> access_denied_;  ///< chance by sector, drawn once
  IdVector<scenario::SectorSpec, char> off_limits_;
  Level at_work_;
  Level busy_;
  Level queue_;
  Level open_;

  double recorded_today_ = 0.0;
  double verified_today_ = 0.0;
  double opened_ = 0.0;
  double detected_ = 0.0;
  double attributed_ = 0.0;
  double false_opened_ = 0.0;
  double false_found_ = 0.0;
  double alleged_opened_ = 0.0;
  double expired_ = 0.0;
  double denied_ = 0.0;
  double denials_ = 0.0;
  double recorded_ = 0.0;
  double detection_delay_ = 0.0;
  By<scenario::SectorSpec> recorded_by_sector_;
  By<scenario::SectorSpec> detected_by_sector_;
  By<scenario::IncidentTypeSpec> detected_by_type_;
  DelayTally waits_;                          ///< detection to the first team
  DelayTally delays_{DelayTally::Keep::all};  ///< incident to verification
};

}  // namespace truce::model
