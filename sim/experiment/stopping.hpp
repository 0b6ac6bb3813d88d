// SPDX-License-Identifier: Apache-2.0
// When a run is precise enough to stop: looked at after a growing number of replications, never in
// between, so that when it stops depends on the results alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sim/stats/sequential.hpp"

#include "sim/experiment/results.hpp"
#include "sim/experiment/statistic.hpp"

namespace truce::experiment {

/// How precise a run shall be, and between how many replications and how many.
struct Stopping {
  std::vector<Precision> targets;
  std::uint64_t minimum = stats::usual_minimum;
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

/// Follows a run from look to look.
class Looks {
 public:
  /// The first look is the first after `done` replications, which are there already.
  explicit Looks(Stopping stopping, std::uint64_t done = 0);

  /// Asked after each block: whether the targets were reached at as many looks in a row as it
  /// takes.
  bool enough(std::uint64_t replications, const Estimates& estimates);

 private:
  Stopping stopping_;
  std::optional<std::uint64_t> next_;
  unsigned in_a_row_ = 0;
};

}  // namespace truce::experiment
