// SPDX-License-Identifier: Apache-2.0
// What a finished run keeps beside its tables, so that replications can be added to it later as if
// it had never stopped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/model/outcome.hpp"

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

/// The results of the whole blocks, to go on from. `next_row` gives the values of their
/// replications, one after another, in the order of the columns, model::absent where there is none.
/// Contract: a value for each column, and counts as days.
Results restored(std::vector<model::Column> columns, std::vector<model::Series> series,
                 const std::function<std::span<const double>()>& next_row, Remains remains);

}  // namespace truce::experiment
