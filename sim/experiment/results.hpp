// SPDX-License-Identifier: Apache-2.0
// What many replications of one scenario add up to: a sample for every outcome and for every day
// of every series, in memory that does not grow with the number of replications.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/stats/moments.hpp"
#include "sim/stats/quantile.hpp"
#include "sim/stats/survival.hpp"

#include "sim/model/outcome.hpp"

namespace truce::experiment {

class Block;

/// Causes that may end a ceasefire in Results::ceasefires: model::CeasefireEnd without `held`.
inline constexpr std::size_t collapses = 2;
constexpr std::size_t cause_of(model::CeasefireEnd end) {
  return static_cast<std::size_t>(end);
}

/// What one replication contributes: the values of the columns, its days, and how its ceasefire
/// fared.
struct Played {
  std::vector<double> row;  ///< in the order of the columns; model::absent where there is none
  model::Timeline timeline;
  std::optional<model::Ceasefire> ceasefire{};
};

/// The values of one column.
struct ColumnSample {
  stats::Moments moments;
  stats::Quantiles quantiles;
  std::uint64_t absent = 0;  ///< replications that do not have the outcome
  std::uint64_t ones = 0;    ///< replications in which a yes-or-no outcome is a yes

  /// The value of one replication, which may be absent.
  void add(double value);
};

/// Values of all timelines that are kept for the bands around their means: 96 MB of them. That is
/// about 1,000 replications of two years; bands of longer runs rest on the first so many.
inline constexpr std::size_t values_kept = 12'000'000;
/// The same of each of several scenarios that are played side by side: 384 MB in all at most.
constexpr std::size_t values_kept_of_each(std::size_t scenarios) {
  return scenarios <= 4 ? values_kept : 4 * values_kept / scenarios;
}

/// How a run ended.
enum class Ending : std::uint8_t {
  complete,
  interrupted,  ///< asked to stop: fewer replications than planned
  failed,       ///< a replication could not be played: those of the blocks before it
};

/// The replication that ended a run.
struct Failure {
  std::uint64_t replication = 0;
  std::string what;  ///< with scenario, seed, replication, and the command that replays it
};

/// What the days and ceasefires of the whole blocks come to.
struct WholeBlocks {
  std::vector<stats::Moments> timeline;
  std::optional<stats::Survival> ceasefires;
};

/// The results of replications `first` to `first + replications - 1`.
struct Results {
  std::uint64_t seed = 0;
  std::uint64_t first = 0;
  std::uint64_t planned = 0;       ///< replications asked for
  std::uint64_t replications = 0;  ///< replications that the samples rest on
  Ending ending = Ending::complete;
  std::optional<Failure> failure;  ///< if the ending is `failed`

  std::vector<model::Column> columns;
  std::vector<ColumnSample> samples;  ///< samples[column]
  std::vector<model::Series> series;
  std::size_t days = 0;
  std::vector<stats::Moments> timeline;  ///< timeline[day * series.size() + series]
  std::size_t room = values_kept;        ///< values of timelines that may be kept
  std::vector<model::Timeline> kept;     ///< of the first replications; see values_kept
  /// How long ceasefires held, up to `days`; absent if no replication says so.
  std::optional<stats::Survival> ceasefires;

  /// Without the last block, if that is not whole: what a longer run goes on from.
  std::optional<WholeBlocks> whole_blocks;

  /// Takes in the next block. Blocks of one run must come in their order.
  void fold(Block block);
};

}  // namespace truce::experiment
