// SPDX-License-Identifier: Apache-2.0
// What came of an event: the words that can only be found after it was handled.
#pragma once

#include <string>

#include "sim/model/world.hpp"

namespace truce::model {

/// Looks at the world before an event; afterwards tells what the event has led to.
class Aftermath {
 public:
  Aftermath(const scenario::Scenario& scenario, const World& world);

  /// What came of the event that was just handled; empty if that goes without saying.
  std::string of(const Event& event) const;

 private:
  const scenario::Scenario& scenario_;
  const World& world_;
  double answers_;
  double strikes_;
  double brought_;
  double known_;
  double crises_;
  double defused_;
  double breakdowns_;
  double collapses_;
  int in_force_;
};

}  // namespace truce::model
