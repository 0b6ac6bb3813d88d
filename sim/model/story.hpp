// SPDX-License-Identifier: Apache-2.0
// The story of one replication: every event in words that a planner can check.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/engine/loop.hpp"

#include "sim/model/outcome.hpp"
#include "sim/model/simulate.hpp"

namespace truce::model {

/// One event as told.
struct Telling {
  Time time;
  std::string_view kind;  ///< name of the event
  std::string entity;     ///< whom it happens to: a pledge, hub, sector, cell, layer ...
  std::string what;       ///< what happens
  std::string why;        ///< why it was scheduled
};

/// The names of all kinds of events.
std::vector<std::string> event_kinds();

/// Plays one replication as simulate() does, and tells each event before it is handled.
Replication tell(const scenario::Scenario& scenario, const Theatre& theatre,
                 random::ReplicationKey key, const std::function<void(const Telling&)>& listener,
                 const engine::Limits& limits = {});

}  // namespace truce::model
