// SPDX-License-Identifier: Apache-2.0
// The few numbers that stand for a sample: centre, spread, extremes and quantiles, each with what
// chance alone may have done to it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/stats/interval.hpp"
#include "sim/stats/survival.hpp"

#include "sim/experiment/results.hpp"

namespace truce::experiment {

/// Probability with which each interval covers the truth.
inline constexpr double confidence = 0.95;
/// The quantiles that are told, in percent.
inline constexpr std::array<int, 5> percentiles{5, 25, 50, 75, 95};

/// A quantile and its interval; either may be absent when the sample is too small.
struct QuantileEstimate {
  std::optional<double> value;
  std::optional<stats::Interval> interval;
};

/// One column of the results.
struct Summary {
  std::uint64_t n = 0;        ///< replications that have the outcome
  std::uint64_t missing = 0;  ///< replications that do not
  std::optional<double> mean;
  std::optional<double> sd;
  std::optional<stats::Interval> interval;  ///< of the mean: Student; of a proportion: Wilson
  std::optional<double> min;
  std::optional<double> max;
  /// By percentile; of a proportion, which takes two values only, all absent.
  std::array<QuantileEstimate, percentiles.size()> quantiles;
};

Summary summarise(const model::Column& column, const ColumnSample& sample);

/// One series on one day.
struct DaySummary {
  std::uint64_t n = 0;  ///< replications that have a value
  std::optional<double> mean;
  std::optional<double> sd;
  std::optional<stats::Interval> interval;  ///< of the mean: Student
  std::uint64_t band_n = 0;  ///< replications that the quantiles rest on; see values_kept
  std::optional<double> p5;
  std::optional<double> p50;
  std::optional<double> p95;
};

/// All days and series, in the order of Results::timeline.
std::vector<DaySummary> summarise_days(const Results& results);

/// The band around the whole curve, by day as survival_by_day(); empty where it says nothing.
std::vector<std::optional<stats::Interval>> survival_band_by_day(const Results& results);

/// How long the ceasefire holds, at day 0, 1, ... up to the horizon since it took effect.
std::vector<stats::SurvivalPoint> survival_by_day(const Results& results);

}  // namespace truce::experiment
