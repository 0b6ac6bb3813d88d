// SPDX-License-Identifier: Apache-2.0
// Sensing: which stretch of the line is under a working sensor, and what is seen there.
//
// A kind of sensor with a cell covers the share min(1, working units * swath / km watched) of each
// of the cell's sectors. It detects an incident of type k with probability coverage * p_k, each
// kind independently; the case opens at the first detection. A sector's coverage is
// 1 - product over cells and kinds of (1 - coverage). At night, in bad weather and when jammed p_k
// is lowered by the kind's factors. Units fail and are mended one by one (an alternating renewal
// process), from the time when the cell is ready.
#pragma once

#include <optional>
#include <vector>

#include "sim/model/cases.hpp"
#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Sensing {
 public:
  explicit Sensing(Stage& stage);

  void on(const CellIsReady&);
  void on(const SensorFails&);
  void on(const SensorIsMended&);
  /// Teams at work carry sensors with them.
  void set_teams(CellId cell, double teams);

  /// When the incident is first detected; nothing if no sensor sees it.
  std::optional<Time> detect(const Case& incident, bool bad_weather);
  /// A cell's sensors work only while its hub does.
  void set_works(CellId cell, bool works);
  /// Effects on a kind's swath have changed.
  void swath_changed();

  /// Share of the line's length under a working sensor.
  double coverage() const { return coverage_.current(); }
  /// Unit-days of a kind installed, for the ledger.
  double installed_days(std::size_t kind, Time until) const {
    return kind < installed_.size() ? installed_[kind].integral(until) : 0.0;
  }
  void begin();
  void report(Outcome& outcome, Time until) const;

 private:
  struct Installed {
    double units = 0.0;                   ///< working now
    double covered = 0.0;                 ///< share of the cell's sectors, while it works
    bool detects = false;                 ///< the cell is ready and works
    std::vector<std::uint32_t> failures;  ///< so far, by unit
  };
  struct Cell {
    bool ready = false;
    bool works = true;
    double teams = 0.0;      ///< at work
    double uncovered = 1.0;  ///< product over kinds of (1 - coverage)
    std::vector<Installed> sensors;
  };

  /// A kind of sensor that watches a sector with one of its cells.
  struct Watch {
    const SensorPlan* plan;
    const Installed* installed;
  };

  double covered(const SensorPlan& plan, const Installed& installed) const;
  void schedule_failure(CellId cell, std::uint32_t sensor, std::uint32_t unit);
  void change_units(CellId cell, std::uint32_t sensor, double delta);
  void update_coverage(CellId cell);

  Stage& stage_;
  IdVector<scenario::CellSpec, Cell> cells_;
  IdVector<scenario::SectorSpec, std::vector<Watch>> watches_;
  Daylight::Day day_;
  IdVector<scenario::SectorSpec, Level> by_sector_;
  Level coverage_;
  std::vector<Level> working_;    ///< by kind of sensor
  std::vector<Level> installed_;  ///< by kind of sensor
};

}  // namespace truce::model
