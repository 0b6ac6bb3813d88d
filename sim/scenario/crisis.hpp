// SPDX-License-Identifier: Apache-2.0
// How an incident becomes a crisis, a crisis a breakdown, a breakdown the collapse of the
// ceasefire, and what may still restore it.
#pragma once

#include <optional>
#include <vector>

#include "sim/scenario/politics.hpp"

namespace truce::scenario {

/// What may restore the ceasefire after a collapse.
struct RestorationSpec {
  std::vector<Ref<FactSpec>> needs;
  Troops troops{0.0};
  Variate<Number> probability{0.0};
  Variate<Days> time{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("needs", self.needs, optional, "Facts without which the collapse is final.");
    visit("troops", self.troops, optional | at_least(0),
          "Reassurance troops that must be in place at the collapse.");
    visit(
        "probability", self.probability, needed | between(0, 1),
        "Chance of restoration if needs and troops are met; drawn once a replication, decided per "
        "collapse.");
    visit("time", self.time, needed | at_least(0),
          "Time from collapse to restoration; drawn per collapse.");
  }
};

struct CrisisSpec {
  Variate<Days> patience{0.0};
  Variate<Number> defusal{0.5};
  Variate<Days> breakdown_lasts{0.0};
  double breakdown_rate = 1.0;
  Variate<Number> spread{0.0};
  double spread_per_breakdown = 0.0;
  double collapse_rate = 1.0;
  std::optional<RestorationSpec> restoration;
  Variate<Days> evacuation{7.0};
  bool ends_with_collapse = false;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("patience", self.patience, needed | above(0),
          "Time within which a decision must come; drawn per crisis.");
    visit("defusal", self.defusal, needed | between(0, 1),
          "Chance p that a decision in time defuses the crisis without deterrence; with it "
          "1 - (1 - p) D. Drawn once a replication, decided per crisis.");
    visit("breakdown_lasts", self.breakdown_lasts, needed | above(0),
          "Length of a breakdown in its sector; drawn per breakdown.");
    visit("breakdown_rate", self.breakdown_rate, needed | at_least(1),
          "Factor on the sector's baseline while it lasts.");
    visit("spread", self.spread, needed | between(0, 1),
          "Chance that a breakdown becomes a collapse; drawn once a replication, decided per "
          "breakdown.");
    visit("spread_per_breakdown", self.spread_per_breakdown, optional | between(0, 1),
          "Added to that chance for each other breakdown in force.");
    visit("collapse_rate", self.collapse_rate, needed | at_least(1),
          "Factor on all baselines while the ceasefire has collapsed.");
    visit("restoration", self.restoration, optional,
          "What may restore the ceasefire; every collapse is final if left out.");
    visit("evacuation", self.evacuation, optional | at_least(0),
          "Time from final collapse until a contingent of monitors has left; drawn per contingent. "
          "Not played if the replication ends with the collapse.");
    visit("ends_with_collapse", self.ends_with_collapse, optional,
          "Whether a replication ends with the final collapse, or runs on to the horizon. Where it "
          "ends, means and rates run to its end, and later days have no values.");
  }
};

}  // namespace truce::scenario
