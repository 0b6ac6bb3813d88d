// SPDX-License-Identifier: Apache-2.0
// What can be asked of a result in words, such as p10(coverage_at.90): how precise it shall be, and
// what it must reach.
//
//   STATISTIC    OUTCOME, mean(OUTCOME), p5(OUTCOME) ... p95(OUTCOME); between scenarios also
//                difference(OUTCOME) and difference(OUTCOME, WHAT-IF)
//   precision    STATISTIC=HALF-WIDTH, with the outcome's unit; 5 % relative of the estimate
//   requirement  STATISTIC >= BOUND, also > <= <
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/stats/interval.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/results.hpp"

namespace truce::experiment {

struct Statistic {
  enum class Kind : std::uint8_t { mean, quantile, difference };
  Kind kind = Kind::mean;
  double p = 0.0;  ///< of a quantile
  std::string outcome;
  std::string what_if;  ///< of a difference; empty: of all what-ifs
};

/// An estimate and its interval; either may be absent when the sample is too small.
struct Estimate {
  std::optional<double> value;
  std::optional<stats::Interval> interval;
};

/// A half-width that shall not be exceeded.
struct Precision {
  Statistic of;
  double half_width = 0.0;  ///< in the unit of the outcome, or as a share of the estimate
  bool relative = false;
  std::string text;  ///< as written
};

/// A bound that must be kept.
struct Requirement {
  enum class Order : std::uint8_t { below, at_most, above, at_least };
  Statistic of;
  Order order = Order::at_least;
  double bound = 0.0;
  std::string text;
};

/// How a requirement fares.
enum class Verdict : std::uint8_t {
  met,            ///< by the estimate and the whole interval
  barely_met,     ///< by the estimate alone
  barely_missed,  ///< not by the estimate, but by a part of the interval
  missed,
};

/// Read what is asked of a result with these columns. Throw std::invalid_argument with what is
/// wrong and what would be accepted: an unknown outcome, a unit that is not the outcome's, a
/// quantile of a yes-or-no, a half-width that is not above zero.
Precision read_precision(std::string_view text, std::span<const model::Column> columns);
Requirement read_requirement(std::string_view text, std::span<const model::Column> columns);

/// The column that a statistic is about. Contract: it is there.
std::size_t column_of(const Statistic& statistic, std::span<const model::Column> columns);

/// The estimate of a mean or quantile.
Estimate estimate(const Statistic& statistic, const model::Column& column,
                  const ColumnSample& sample);

/// Absent if there is no estimate.
std::optional<Verdict> verdict(const Requirement& requirement, const Estimate& estimate);
std::string_view name_of(Verdict verdict);

}  // namespace truce::experiment
