// SPDX-License-Identifier: Apache-2.0
// What the deployment costs, from the ceasefire on: troop-days in place and moves by function,
// sensors, hubs, supplies. What belongs to no pledge is shared among contributors, and among
// functions, by their troop-days in place.
#pragma once

#include "sim/model/outcome.hpp"
#include "sim/model/pledges.hpp"
#include "sim/model/sensing.hpp"
#include "sim/model/services.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

/// Adds the costs to an outcome in which all else has been reported.
void report_costs(Outcome& outcome, const Stage& stage, const Pledges& pledges,
                  const Sensing& sensing, const Services& services, double hubs_built, Time until);

}  // namespace truce::model
