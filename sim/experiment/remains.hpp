// SPDX-License-Identifier: Apache-2.0
// What a finished run keeps beside its tables, so that replications can be added to it later as if
// it had never stopped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/block.hpp"
#include "sim/experiment/results.hpp"

namespace truce::experiment {

/// What the values of the columns don't tell of the whole blocks of a run. The replications of a
/// last block that is not whole are played again.
struct Remains {
  std::uint64_t replications = 0;  ///< in whole blocks
  std::size_t days = 0;
  std::vector<stats::Moments> timeline;   ///< as Results::timeline
  std::vector<model::Timeline> kept;      ///< as Results::kept
  bool has_ceasefires = false;            ///< whether a replication told how its ceasefire fared
  std::vector<std::uint64_t> ceasefires;  ///< counts of Results::ceasefires
};

Remains remains_of(const Results& results);

/// Makes the results of the whole blocks again, to go on from.
class Restorer {
 public:
  Restorer(std::vector<model::Column> columns, std::vector<model::Series> series, Remains remains);

  const std::vector<model::Column>& columns() const { return results_.columns; }
  /// How many rows are wanted.
  std::uint64_t replications() const { return remains_.replications; }
  /// The values of the next replication, in the order of the columns, model::absent where there is
  /// none.
  void add(std::span<const double> row);
  /// Contract: all replications were added.
  Results results();

 private:
  Remains remains_;
  Results results_;
  Block block_;
};

}  // namespace truce::experiment
