// SPDX-License-Identifier: Apache-2.0
// Replications come in blocks of sixteen, and results are the blocks taken in one after another:
// whichever thread plays a block, and whenever, the sums are formed in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/results.hpp"

namespace truce::experiment {

/// Replications in a block, counted from the first of the run; the last block may be shorter. It is
/// part of a result's identity: another size would round the last digits differently.
inline constexpr std::uint64_t block_size = 16;

/// The replications of one block, reduced as far as can be done before its turn comes.
class Block {
 public:
  /// Takes in the next replication. Contracts: a value for each of `columns`, finite or absent; 0
  /// or 1 where the column is a proportion; as many days as those before it.
  void add(Played played, std::span<const model::Column> columns);

  const std::vector<Played>& played() const { return played_; }
  /// Gives away the timeline of one of its replications.
  model::Timeline take_timeline(std::size_t place) { return std::move(played_[place].timeline); }
  const std::vector<stats::Moments>& columns() const { return columns_; }
  /// By day and series, as in Timeline::values.
  const std::vector<stats::Moments>& cells() const { return cells_; }

 private:
  std::vector<Played> played_;
  std::vector<stats::Moments> columns_;
  std::vector<stats::Moments> cells_;
};

}  // namespace truce::experiment
