// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/remains.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

#include "sim/experiment/block.hpp"

namespace truce::experiment {

Remains remains_of(const Results& results) {
  Remains remains;
  remains.replications = results.replications / block_size * block_size;
  remains.days = results.days;
  const auto& timeline = results.whole_blocks ? results.whole_blocks->timeline : results.timeline;
  const auto& ceasefires =
      results.whole_blocks ? results.whole_blocks->ceasefires : results.ceasefires;
  remains.timeline = timeline;
  const auto kept = std::min<std::uint64_t>(results.kept.size(), remains.replications);
  remains.kept.assign(results.kept.begin(),
                      results.kept.begin() + static_cast<std::ptrdiff_t>(kept));
  remains.has_ceasefires = ceasefires.has_value();
  if (ceasefires) remains.ceasefires = ceasefires->counts();
  return remains;
}

Results restored(std::vector<model::Column> columns, std::vector<model::Series> series,
                 const std::function<std::span<const double>()>& next_row, Remains remains) {
  TRUCE_EXPECT(remains.replications % block_size == 0, "blocks are whole");
  Results results;
  results.columns = std::move(columns);
  results.series = std::move(series);
  // Blocks without days: the days are known already.
  for (std::uint64_t begin = 0; begin < remains.replications; begin += block_size) {
    Block block;
    for (auto i = begin; i < begin + block_size; ++i) {
      const auto row = next_row();
      block.add({.row = {row.begin(), row.end()}, .timeline = {}}, results.columns);
    }
    results.fold(std::move(block));
  }
  results.days = remains.days;
  results.timeline = std::move(remains.timeline);
  results.kept = std::move(remains.kept);
  if (remains.has_ceasefires) {
    results.ceasefires.emplace(static_cast<int>(remains.days) * one_day, collapses,
                               std::move(remains.ceasefires));
  }
  return results;
}

}  // namespace truce::experiment
