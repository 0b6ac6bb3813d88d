// SPDX-License-Identifier: Apache-2.0
// The tables of a sweep: what came out at each point, in summary and replication by replication,
// and what its factors are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/stats/moments.hpp"

#include "sim/scenario/study_scenario.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/design.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

/// Which outcomes points.csv tells in detail: those that a planner looks at first, and others.
class Detail {
 public:
  /// `others` are ids of outcomes, or of outcomes with breakdown. Throws std::invalid_argument if
  /// there is no such column.
  Detail(std::span<const model::Column> columns, std::span<const std::string> others);

  /// Columns in detail, in their order, then all others.
  const std::vector<std::size_t>& detailed() const { return detailed_; }
  const std::vector<std::size_t>& others() const { return others_; }

 private:
  std::vector<std::size_t> detailed_;
  std::vector<std::size_t> others_;
};

/// points.csv: a row per point.
Sheet points_sheet(const experiment::Design& design, std::span<const scenario::Factor> factors,
                   std::span<const model::Column> columns, const Detail& detail);
std::vector<Cell> point_row(const experiment::Design& design, const experiment::Point& point,
                            std::uint64_t first, std::uint64_t replications,
                            std::span<const stats::Moments> moments, const Detail& detail);

/// replications.csv of a sweep: a row per point and replication.
Sheet sweep_replications_sheet(std::span<const scenario::Factor> factors,
                               std::span<const model::Column> columns);
std::vector<Cell> sweep_replication_row(const experiment::Point& point, std::uint64_t replication,
                                        std::uint64_t seed, std::span<const double> values);

/// factors.csv: a row per factor.
Table factors_table(std::span<const scenario::Factor> factors,
                    const scenario::StudyScenario& scenario);

}  // namespace truce::report
