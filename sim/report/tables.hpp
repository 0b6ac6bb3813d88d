// SPDX-License-Identifier: Apache-2.0
// The tables of a result folder: what came out, replication by replication, in summary and day by
// day; what went in; and what every column means.
#pragma once

#include <span>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/scenario/read.hpp"

#include "sim/experiment/results.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

/// summary.csv: a row per outcome and part of its breakdown.
Table summary_table(const experiment::Results& results);

/// replications.csv: a row per replication, a column per outcome and part of its breakdown.
Sheet replications_sheet(std::span<const model::Column> columns);
/// One of its rows; `values` in the order of the columns.
std::vector<Cell> replication_row(std::uint64_t replication, std::uint64_t seed,
                                  std::span<const double> values);

/// timeline.csv: a row per day and series. `start` is the date of day 0.
Table timeline_table(const experiment::Results& results, Date start);

/// survival.csv: a row per day since the ceasefire took effect, up to the horizon.
Table survival_table(const experiment::Results& results);

/// assumptions.csv: a row per value of the scenario.
Table assumptions_table(std::span<const scenario::Assumption> assumptions);

/// dictionary.csv: a row per column of `sheets` and of itself, and one per series of `timeline`.
Table dictionary_table(std::span<const Sheet> sheets, std::span<const model::Series> series,
                       const std::string& timeline = "timeline.csv");

}  // namespace truce::report
