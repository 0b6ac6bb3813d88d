// SPDX-License-Identifier: Apache-2.0
// One replication of a scenario: a pure function of the scenario and a key.
#pragma once

#include "sim/random/stream.hpp"

#include "sim/engine/loop.hpp"

#include "sim/model/outcome.hpp"
#include "sim/model/theatre.hpp"

namespace truce::model {

/// Plays one replication from the start to the horizon. No files, no threads, no globals: the
/// same arguments give the same replication on any thread, in any order.
/// Throws engine::RunAway if events multiply beyond `limits`.
Replication simulate(const scenario::Scenario& scenario, const Theatre& theatre,
                     random::ReplicationKey key, const engine::Limits& limits = {});

}  // namespace truce::model
