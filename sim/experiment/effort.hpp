// SPDX-License-Identifier: Apache-2.0
// What a run will take, judged before it begins by a few replications played on trial: time, disk
// and memory, and how many replications there is room for.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/experiment/run.hpp"

namespace truce::experiment {

/// What replications played on trial tell of all others.
struct Pilot {
  std::uint64_t replications = 0;  ///< played to their end
  double seconds = 0.0;            ///< [s] of a replication on one thread
  bool cut = false;                ///< whether one was cut, so that all take longer still
  double row_bytes = 0.0;       ///< of a row of replications.csv; 0 if none was played to its end
  std::size_t days = 0;         ///< of a timeline
  double resident_bytes = 0.0;  ///< memory in use after them
};

/// What there is to run on.
struct Machine {
  unsigned cores = 1;
  double free_bytes = 0.0;  ///< of the disk that takes the results
};

/// What a run takes.
struct Effort {
  double seconds = 0.0;
  double disk_bytes = 0.0;    ///< of replications.csv: the only file that grows with replications
  double memory_bytes = 0.0;  ///< at most
};

/// The longest run that is begun: 30 days [s].
inline constexpr double longest_run = 30 * 86400.0;

/// Replications that are worth playing on trial: one in 200, at most 16. Of fewer than 200 there is
/// none: the trial would take longer than it can save.
constexpr std::uint64_t pilot_size(std::uint64_t replications) {
  return replications / 200 < 16 ? replications / 200 : 16;
}

/// Time is that of the trial over the cores that can be used at a time. Memory is what is in use
/// already, and what Results and the blocks under way may come to hold.
Effort effort_of(const Plan& plan, const Pilot& pilot, const Machine& machine);

/// How many replications of the plan there is time and disk for, rounded down to two digits.
std::uint64_t most_that_fit(const Plan& plan, const Pilot& pilot, const Machine& machine);

}  // namespace truce::experiment
