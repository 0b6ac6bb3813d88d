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

Restorer::Restorer(std::vector<model::Column> columns, std::vector<model::Series> series,
                   Remains remains)
    : remains_(std::move(remains)) {
  TRUCE_EXPECT(remains_.replications % block_size == 0, "blocks are whole");
  results_.columns = std::move(columns);
  results_.series = std::move(series);
}

void Restorer::add(std::span<const double> row) {
  // Without days: these are known already.
  block_.add({.row = {row.begin(), row.end()}, .timeline = {}}, results_.columns);
  if (block_.played().size() == block_size) results_.fold(std::exchange(block_, Block{}));
}

Results Restorer::results() {
  TRUCE_EXPECT(results_.replications == remains_.replications, "all replications were added");
  results_.days = remains_.days;
  results_.timeline = std::move(remains_.timeline);
  results_.kept = std::move(remains_.kept);
  if (remains_.has_ceasefires) {
    results_.ceasefires.emplace(static_cast<int>(remains_.days) * one_day, collapses,
                                std::move(remains_.ceasefires));
  }
  return std::move(results_);
}

}  // namespace truce::experiment
