// SPDX-License-Identifier: Apache-2.0
// The coordination cell: verified cases wait for its desks, grave before serious before minor.
#pragma once

#include "sim/model/cases.hpp"
#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"
#include "sim/model/tally.hpp"

namespace truce::model {

class Coordination {
 public:
  Coordination(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {}

  void on(const CeasefireTakesEffect&);
  void on(const DesksOpen&);
  /// A verified case joins the line.
  void take(CaseId id);
  /// The case has been handled; the caller closes it.
  void on(const DeskFinishes&);

  double queue() const { return queue_.current(); }
  void begin();
  void report(Outcome& outcome, Time until) const;

 private:
  void serve();

  Stage& stage_;
  Cases& cases_;
  CaseLine line_;
  bool open_ = false;
  Level busy_;
  Level desks_;
  Level queue_;
  DelayTally waits_;   ///< verification to desk
  DelayTally delays_;  ///< incident to the end of handling
};

}  // namespace truce::model
