// SPDX-License-Identifier: Apache-2.0
// Plays a scenario many times on all cores, alone or with its what-ifs on the same luck, to the
// same results whatever the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/random/stream.hpp"

#include "sim/experiment/block.hpp"
#include "sim/experiment/results.hpp"

namespace truce::experiment {

/// Which replications are played, and how they are called in messages.
struct Plan {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::uint64_t replications = 1;  ///< at most
  unsigned threads = 1;
  std::vector<model::Column> columns;
  std::vector<model::Series> series;
  std::string scenario;  ///< its name
  std::string command;   ///< what was run, without seed and range: "truce run paris.yaml"
};

/// Plays one replication: the same for the same key, on any thread, several at a time.
using Play = std::function<Played(random::ReplicationKey)>;

/// Who follows a run. No two functions are called at a time.
struct Audience {
  /// Gets the values of each replication in order, as soon as all before it are done. If it throws,
  /// the run ends, and run() throws the same.
  std::function<void(std::uint64_t replication, std::span<const double> row)> row;
  /// Gets the number of replications played, up to ten times a second and once at the end; called
  /// by the thread that called run().
  std::function<void(std::uint64_t done, std::uint64_t planned)> progress;
  /// Once true, no block is begun any more; those at work are finished. May be set by a signal.
  const std::atomic<bool>* stop = nullptr;
};

/// The command that plays one replication again.
std::string replay_command(const Plan& plan, std::uint64_t replication);

/// Plays the plan. Blocks are handed out in order and taken in in order, hence the results cover a
/// gapless range from the first replication on, however the run ends:
///   - stopped: the blocks begun until then;
///   - a replication throws: the blocks before it. Of several that throw, the first is reported,
///     whatever the threads were doing.
/// Throws WorldError if no thread can be started, and what Audience::row throws.
Results run(const Plan& plan, const Play& play, const Audience& audience = {});

/// One of the scenarios that are played side by side.
struct Arm {
  Plan plan;
  Play play;
  /// What there is already, of the replications from plan.first on: whole blocks.
  Results so_far{};
};

/// Who follows scenarios played side by side. No two functions are called at a time.
struct JointAudience {
  /// Gets each replication of all arms, in order, before it is taken into the results.
  std::function<void(std::uint64_t replication, std::span<const Played* const> arms)> played;
  /// Gets replications played of all arms together.
  std::function<void(std::uint64_t done, std::uint64_t planned)> progress;
  const std::atomic<bool>* stop = nullptr;
  /// Asked after each whole block: whether the results will do. The answer must follow from the
  /// results alone, so that it does not depend on threads.
  std::function<bool(std::span<const Results> results)> enough;
};

/// Plays several scenarios on the same luck, block by block: their results cover the same
/// replications however it ends. Contract: all plans have the seed, range and threads of the first,
/// and as much is there already of each.
std::vector<Results> run_together(std::vector<Arm> arms, const JointAudience& audience);

}  // namespace truce::experiment
