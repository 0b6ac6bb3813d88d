// SPDX-License-Identifier: Apache-2.0
// When a run is precise enough to stop: looked at after a growing number of replications, never in
// between, so that when it stops depends on the results alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/experiment/results.hpp"
#include "sim/experiment/statistic.hpp"

namespace truce::experiment {

/// How precise a run shall be, and between how many replications and how many.
struct Stopping {
  std::vector<Precision> targets;
  std::uint64_t minimum = 192;  ///< see sim/stats/sequential.hpp for why not fewer
  std::uint64_t maximum = 0;
};

/// With --precision and no --replications, at most so many are played.
inline constexpr std::uint64_t most_for_precision = 100'000;

/// Looks up the estimate that a target is about; of several scenarios, all estimates.
using Estimates = std::function<std::vector<Estimate>(const Statistic&)>;

/// Those of one scenario.
Estimates estimates_of(const Results& results);

/// What came of a target.
struct Reach {
  std::optional<double> half_width;  ///< the widest; absent if an interval is
  bool reached = false;
};
Reach reach(const Precision& target, const Estimates& estimates);

/// Whether after so many replications the targets are looked at.
bool is_look(const Stopping& stopping, std::uint64_t replications);
/// Whether all targets are reached.
bool reached(const Stopping& stopping, const Estimates& estimates);

}  // namespace truce::experiment
