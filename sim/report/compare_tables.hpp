// SPDX-License-Identifier: Apache-2.0
// The tables of a comparison: what changes from the base to each what-if, which scenario is best,
// how long ceasefires last, and how the days differ.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/experiment/comparison.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

/// scenarios.csv: a row per contender.
struct ContenderNote {
  std::string name;
  std::string title;  ///< of the scenario
  std::string file;
  std::string differs;  ///< in which values, as text
  std::string digest;
};
Table contenders_table(std::span<const ContenderNote> contenders);

/// compare.csv: a row per outcome and what-if, those that matter most first.
Table compare_table(std::span<const experiment::Compared> all, std::span<const std::string> names);
/// quantiles.csv: a row per outcome, what-if and percentage.
Table quantiles_table(std::span<const experiment::Compared> all,
                      std::span<const std::string> names);
/// best.csv: a row per outcome and scenario.
Table best_table(std::span<const experiment::Compared> all, std::span<const std::string> names);
/// survival_compare.csv: a row per what-if and time.
Table survival_compare_table(std::span<const experiment::SurvivalContrast> all,
                             std::span<const std::string> names);
/// timeline_compare.csv: a row per what-if, day and series; `days` by what-if.
Table timeline_compare_table(std::span<const std::vector<experiment::DayContrast>> days,
                             std::span<const model::Series> series,
                             std::span<const std::string> names, Date start);

}  // namespace truce::report
