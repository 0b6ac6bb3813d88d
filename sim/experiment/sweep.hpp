// SPDX-License-Identifier: Apache-2.0
// Plays every point of a design, to the same results whatever the number of threads.
//
// A piece of work is a part of a point's replications; it makes the point's scenario for itself, so
// that memory does not grow with the number of points. Pieces are taken in in order of points; the
// moments of a point are formed in blocks of sixteen, as those of a run (experiment/block.hpp), so
// that they are the same to the last bit.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/scenario/study_scenario.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/block.hpp"
#include "sim/experiment/design.hpp"
#include "sim/experiment/effort.hpp"
#include "sim/experiment/results.hpp"

namespace truce::experiment {

/// What is played, and how it is called in messages.
struct SweepPlan {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;         ///< number of the first replication of points without luck
  std::uint64_t replications = 1;  ///< at each point
  unsigned threads = 1;
  std::vector<model::Column> columns{};  ///< of all points
  /// What plays the scenario of a point, without seed and range: "truce run a.yaml --set b=3".
  std::function<std::string(const Point&)> command{};
};

/// The first replication of a point.
constexpr std::uint64_t first_of(const SweepPlan& plan, const Point& point) {
  return plan.first + point.luck;
}

/// Who follows a sweep. No two functions are called at a time.
struct SweepAudience {
  /// Gets the replications of each whole point in order, in the order of the plan's columns.
  std::function<void(const Point& point, std::uint64_t replication, std::span<const double> row)>
      row;
  /// Gets each whole point after its replications: moments by column.
  std::function<void(const Point& point, std::span<const stats::Moments> moments)> point;
  /// Gets the replications played so far; called by the thread that called sweep().
  std::function<void(std::uint64_t done, std::uint64_t planned)> progress;
  const std::atomic<bool>* stop = nullptr;
};

/// How a sweep ended: whole points from the first one on.
struct SweepResults {
  std::uint64_t points = 0;
  Ending ending = Ending::complete;
  std::optional<Failure> failure;
};

/// Makes the scenario of every point, on so many threads: the columns of all of them, in the order
/// in which they come. Throws ScenarioError with what is wrong; a problem that many points have is
/// told once, with the first of them.
std::vector<model::Column> check_points(const Design& design,
                                        std::span<const scenario::Factor> factors,
                                        const scenario::StudyScenario& scenario, unsigned threads);

/// Plays the points. If asked to stop, or if a replication fails, whole points before that are
/// kept. Throws WorldError if no thread can be started, and what the audience throws.
SweepResults sweep(const SweepPlan& plan, const Design& design,
                   std::span<const scenario::Factor> factors,
                   const scenario::StudyScenario& scenario, const SweepAudience& audience);

/// Replications of a point that are played in one go by one thread, for which its scenario is made
/// once: that takes about as long as playing one, and a piece should leave no thread waiting long.
inline constexpr std::uint64_t piece_size = 4 * block_size;

/// What it takes: like effort_of() of a run, with points.csv and the replications of one point at a
/// time in memory. `point_bytes` is the size of a row of points.csv.
Effort effort_of(const SweepPlan& plan, const Design& design, const Pilot& pilot,
                 double point_bytes, const Machine& machine);

}  // namespace truce::experiment
