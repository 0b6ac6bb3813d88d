// SPDX-License-Identifier: Apache-2.0
// How numbers are told to a planner: in which unit, with how many decimals, in columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sim/stats/interval.hpp"

#include "sim/model/outcome.hpp"

namespace truce::report {

/// The unit in which a column is told, and how many of it one of the column's own unit is.
struct ToldScale {
  std::string unit;
  double factor = 1.0;
};
/// Shares in percent, times below two days in hours, what is above 100,000 in thousands.
ToldScale told_scale(const model::Column& column, double mean);

/// Decimals that the interval allows: its half width is told with one digit, and no more than three
/// digits are told of a mean without one.
int decimals_for(double mean, const std::optional<stats::Interval>& interval, double factor);

/// Right-aligned, with a blank before it at least.
std::string right_aligned(std::string text, std::size_t width);
std::string left_aligned(std::string text, std::size_t width);

}  // namespace truce::report
