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

/// Whether an event happens every day or shapes the story.
enum class Weight : std::uint8_t { routine, notable };

/// One event as told.
struct Telling {
  Time time;
  std::string_view kind;  ///< name of the event
  std::string entity;     ///< whom it happens to: a pledge, hub, sector, cell, layer ...
  std::string what;       ///< what happens
  std::string result;     ///< what comes of it; empty if that goes without saying
  std::string why;        ///< why it was scheduled
  Weight weight = Weight::notable;
};

/// The names of all kinds of events.
std::vector<std::string> event_kinds();

/// Plays one replication as simulate() does, and tells each event with what came of it.
Replication tell(const scenario::Scenario& scenario, const Theatre& theatre,
                 random::ReplicationKey key, const std::function<void(const Telling&)>& listener,
                 const engine::Limits& limits = {});

}  // namespace truce::model
