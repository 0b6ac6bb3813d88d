// SPDX-License-Identifier: Apache-2.0
// Two variations of a scenario on the same luck: which way an outcome moves, replication by
// replication, and how sure that is.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/simulate.hpp"

namespace truce::test {

/// A scenario with its outcomes in replications 0, 1, ... of a seed.
class Played {
 public:
  Played(const scenario::Node& document, std::uint64_t seed, std::uint64_t replications)
      : Played(scenario::read(document).scenario, seed, replications) {}
  Played(const scenario::Scenario& scenario, std::uint64_t seed, std::uint64_t replications) {
    for (const auto& column : model::outcome_columns(scenario)) columns_.push_back(column.id);
    const model::Theatre theatre(scenario);
    for (std::uint64_t r = 0; r < replications; ++r) {
      auto replication = model::simulate(scenario, theatre, {seed, r});
      rows_.push_back(model::outcome_row(replication.outcome, scenario));
      timelines_.push_back(std::move(replication.timeline));
    }
  }

  std::size_t size() const { return rows_.size(); }
  const std::vector<model::Timeline>& timelines() const { return timelines_; }
  /// The values of a column, e.g. incidents.north, by replication; absent ones are not a number.
  std::vector<double> operator[](std::string_view id) const {
    std::size_t column = 0;
    while (column < columns_.size() && columns_[column] != id) ++column;
    if (column == columns_.size()) throw std::invalid_argument("no column " + std::string(id));
    std::vector<double> values;
    for (const auto& row : rows_) values.push_back(row[column]);
    return values;
  }
  double mean(std::string_view id) const {
    stats::Moments moments;
    for (const double value : (*this)[id]) {
      if (!std::isnan(value)) moments.add(value);
    }
    return moments.mean().value();
  }

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<double>> rows_;
  std::vector<model::Timeline> timelines_;
};

/// What a change does to an outcome, over the replications that have it in both variations.
struct Difference {
  double mean = 0.0;
  double error = 0.0;  ///< standard error of the mean
  std::size_t pairs = 0;

  /// In standard errors; infinite for a difference that is the same in all replications.
  double t() const {
    if (mean == 0.0) return 0.0;
    return error > 0.0 ? mean / error
                       : std::copysign(std::numeric_limits<double>::infinity(), mean);
  }
};

inline Difference difference(const Played& base, const Played& changed, std::string_view id) {
  const auto before = base[id], after = changed[id];
  stats::Moments moments;
  for (std::size_t r = 0; r < before.size() && r < after.size(); ++r) {
    if (!std::isnan(before[r]) && !std::isnan(after[r])) moments.add(after[r] - before[r]);
  }
  const auto n = static_cast<double>(moments.count());
  if (n < 2) throw std::invalid_argument("fewer than two pairs of " + std::string(id));
  return {moments.mean().value(), std::sqrt(moments.variance().value() / n),
          static_cast<std::size_t>(moments.count())};
}

}  // namespace truce::test
