// SPDX-License-Identifier: Apache-2.0
// Crisis, breakdown, collapse, restoration.
//
// An incident starts a crisis in its calm sector with its type's probability. The members are asked
// when its case opens, when a sensor has reported the incident or a side has alleged it (if sides
// allege at all, one that makes a crisis of an incident does): what nobody knows can't be defused.
// If they decide before the crisis has outlasted its patience, they defuse it with probability 1 -
// (1 - p) D, where D is the sector's deterrence; otherwise the ceasefire breaks down there. A
// breakdown becomes the collapse of the ceasefire with a probability that grows with the breakdowns
// in force elsewhere; else it ends after a time. A collapse is restored after a time, with a
// probability, if the facts and the troops that this takes are there; else it is final.
#pragma once

#include <optional>

#include "sim/model/cases.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Crisis {
 public:
  explicit Crisis(Stage& stage);

  enum class State : std::uint8_t { calm, crisis, broken_down };
  /// What an event has led to, for the world to act on.
  enum class Turn : std::uint8_t {
    nothing,
    defused,
    breakdown,
    collapse,
    final_collapse,
    restored
  };

  /// Whether the incident starts a crisis; `u` is its own uniform.
  bool starts(const Case& incident, double u) const;
  void begin(const Case& incident);
  /// Whether the incident has started a crisis that is still on.
  bool is_on(const Case& incident) const;
  /// Its case has opened: the members' decision comes at `decision`.
  void becomes_known(const Case& incident, std::optional<Time> decision);
  /// `deterrence`: the factor D of the sector; `reassurance`: troops in place.
  Turn on(const CrisisIsDecided& event, double deterrence, double reassurance);
  Turn on(const PatienceEnds& event, double reassurance);
  Turn on(const BreakdownEnds& event);
  Turn on(const CeasefireIsRestored&);

  /// Factor on the baseline of a sector.
  double factor(SectorId sector) const;
  bool tense() const { return in_crisis_ + broken_down_ > 0 || collapsed_; }
  bool broken_down(SectorId id) const { return sectors_[id].state == State::broken_down; }
  bool collapsed() const { return collapsed_; }
  bool is_final() const { return final_.has_value(); }

  /// Whether the last crisis of a sector became known before it ended.
  bool is_known(SectorId id) const { return sectors_[id].known; }
  /// Breakdowns in force.
  int in_force() const { return broken_down_; }
  double crises() const { return crises_; }
  double known() const { return known_; }
  double defused() const { return defused_; }
  double breakdowns() const { return breakdowns_; }
  double collapses() const { return collapses_; }

  void report(Outcome& outcome, std::optional<Time> ceasefire, Time until) const;
  /// Of the ceasefire that took effect then; nothing without one or without crises.
  std::optional<Ceasefire> fate(std::optional<Time> ceasefire, Time until) const;

 private:
  struct Sector {
    State state = State::calm;
    std::uint32_t number = 0;    ///< of the crisis or breakdown
    std::uint64_t identity = 0;  ///< of the incident that started it
    bool known = false;          ///< its case has opened
  };
  Turn break_down(SectorId sector, double reassurance);
  Turn collapse(std::uint64_t identity, double reassurance);

  Stage& stage_;
  double defusal_ = 0.0;  ///< probability, without deterrence
  double spread_ = 0.0;   ///< probability that a first breakdown becomes the collapse
  IdVector<scenario::SectorSpec, Sector> sectors_;
  int in_crisis_ = 0;
  int broken_down_ = 0;
  bool collapsed_ = false;
  std::optional<Time> first_collapse_;
  std::optional<Time> final_;
  double crises_ = 0.0;
  double known_ = 0.0;
  double defused_ = 0.0;
  double undecided_ = 0.0;
  double breakdowns_ = 0.0;
  double collapses_ = 0.0;
  double restorations_ = 0.0;
};

}  // namespace truce::model
