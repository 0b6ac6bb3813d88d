// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/block.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

namespace truce::experiment {
namespace {

bool is_absent(double value) {
  return std::isnan(value);
}

}  // namespace

void Block::add(Played played, std::span<const model::Column> columns) {
  const auto& row = played.row;
  const auto& timeline = played.timeline;
  TRUCE_EXPECT(row.size() == columns.size(), "a replication has a value for each column");
  if (played_.empty()) {
    columns_.resize(row.size());
    cells_.resize(timeline.values.size());
  }
  TRUCE_EXPECT(timeline.values.size() == cells_.size(), "all replications have the same days");
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (is_absent(row[c])) continue;
    TRUCE_EXPECT(columns[c].scale != model::Scale::proportion || row[c] == 0.0 || row[c] == 1.0,
                 "a yes-or-no outcome is 0 or 1");
    columns_[c].add(row[c]);
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (!is_absent(timeline.values[i])) cells_[i].add(timeline.values[i]);
  }
  played_.push_back(std::move(played));
}

void ColumnSample::add(double value) {
  if (is_absent(value)) {
    ++absent;
    return;
  }
  moments.add(value);
  quantiles.add(value);
  if (value == 1.0) ++ones;
}

void Results::fold(Block block) {
  const auto& played = block.played();
  if (played.empty()) return;
  if (replications == 0) {
    samples.resize(columns.size());
    days = played.front().timeline.days;
    timeline.resize(block.cells().size());
    TRUCE_EXPECT(timeline.size() == days * series.size(), "a timeline is days by series");
  }
  TRUCE_EXPECT(block.cells().size() == timeline.size(), "all replications have the same days");
  if (played.size() < block_size) whole_blocks = {timeline, ceasefires};
  for (std::size_t c = 0; c < samples.size(); ++c) {
    auto& sample = samples[c];
    sample.moments.merge(block.columns()[c]);
    for (const auto& one : played) {
      const double value = one.row[c];
      if (is_absent(value)) {
        ++sample.absent;
        continue;
      }
      sample.quantiles.add(value);
      if (value == 1.0) ++sample.ones;
    }
  }
  for (std::size_t i = 0; i < timeline.size(); ++i) timeline[i].merge(block.cells()[i]);
  for (const auto& one : played) {
    if (!one.ceasefire) continue;
    if (!ceasefires) ceasefires.emplace(static_cast<int>(days) * one_day, collapses);
    const auto& [held, end] = *one.ceasefire;
    if (end == model::CeasefireEnd::held) {
      ceasefires->add_censored(held);
    } else {
      ceasefires->add_end(held, cause_of(end));
    }
  }
  const std::size_t timelines =
      std::max<std::size_t>(1, room / std::max<std::size_t>(1, timeline.size()));
  for (std::size_t i = 0; i < played.size() && kept.size() < timelines; ++i) {
    kept.push_back(block.take_timeline(i));
  }
  replications += played.size();
}

}  // namespace truce::experiment
