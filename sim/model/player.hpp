// SPDX-License-Identifier: Apache-2.0
// Plays replications of a scenario whose parameters may be drawn.
//
// A scenario without drawn parameters has one theatre for all replications. Otherwise each
// replication has a scenario and a theatre of its own, made from its draws: nothing that is
// derived from a value (routes, distances, branching) can go stale.
#pragma once

#include <functional>
#include <vector>

#include "sim/random/stream.hpp"

#include "sim/engine/loop.hpp"

#include "sim/scenario/read.hpp"
#include "sim/scenario/realisation.hpp"

#include "sim/model/outcome.hpp"
#include "sim/model/story.hpp"
#include "sim/model/theatre.hpp"

namespace truce::model {

/// The columns of outcomes, then one for each parameter that is drawn.
std::vector<Column> columns_of(const scenario::Loaded& loaded);

class Player {
 public:
  /// The scenario must outlive the player. May be used by several threads at a time.
  explicit Player(const scenario::Loaded& loaded);

  const std::vector<Column>& columns() const { return columns_; }

  /// One replication: its values in the order of the columns, and the rest of it.
  struct Played {
    std::vector<double> row;
    Replication replication;
  };
  /// Throws engine::RunAway if events multiply beyond `limits`, std::runtime_error if the
  /// parameters drawn give a value that can't be meant.
  Played play(random::ReplicationKey key, const engine::Limits& limits = {}) const;

  /// The same, each event told with what came of it.
  Replication tell(random::ReplicationKey key, const std::function<void(const Telling&)>& listener,
                   const engine::Limits& limits = {}) const;

  /// The parameters of a replication.
  scenario::Valuation parameters(random::ReplicationKey key) const {
    return realisation_.draw(key);
  }

 private:
  /// Calls `play(scenario, theatre)` with those of a replication.
  template <class Play>
  auto with_theatre(const scenario::Valuation& parameters, Play play) const;

  const scenario::Loaded& loaded_;
  scenario::Realisation realisation_;
  Theatre theatre_;  ///< of the scenario with all parameters at their medians
  std::vector<Column> columns_;
};

}  // namespace truce::model
