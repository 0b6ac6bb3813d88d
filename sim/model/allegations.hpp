// SPDX-License-Identifier: Apache-2.0
// What the parties say: true allegations of incidents that happened, after a delay, and false ones,
// a Poisson process over the line. Both open cases and cost capacity.
#pragma once

#include <optional>

#include "sim/model/cases.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Allegations {
 public:
  explicit Allegations(Stage& stage) : stage_(stage) {}

  void on(const CeasefireTakesEffect&);
  /// When the side that suffered the incident alleges it; nothing if it does not. A side that makes
  /// a crisis of it always says so.
  enum class Gravity : std::uint8_t { incident, crisis };
  std::optional<Time> alleged(const Case& incident, Gravity gravity) const;
  /// The case of an incident that did not happen.
  Case on(const FalseAllegation&);
  /// Effects on the rate of false allegations have changed.
  void rate_changed();

 private:
  double rate() const;
  void draw_next();
  void schedule_next();

  Stage& stage_;
  bool active_ = false;
  std::uint64_t count_ = 0;
  double remaining_ = 0.0;  ///< of the unit exponential until the next falsehood
  double rate_ = 0.0;       ///< since `since_` [1/day]
  Time since_ = start_of_time;
  Handle next_;
};

}  // namespace truce::model
