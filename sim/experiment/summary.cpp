// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/summary.hpp"

#include <cmath>
#include <cstddef>

#include "sim/core/time.hpp"

#include "sim/stats/survival_band.hpp"

namespace truce::experiment {

Summary summarise(const model::Column& column, const ColumnSample& sample) {
  const auto& moments = sample.moments;
  Summary summary{.n = moments.count(),
                  .missing = sample.absent,
                  .mean = moments.mean(),
                  .sd = moments.sd(),
                  .interval = {},
                  .min = moments.min(),
                  .max = moments.max(),
                  .quantiles = {}};
  if (column.scale == model::Scale::proportion) {
    if (summary.n > 0) {
      summary.mean = static_cast<double>(sample.ones) / static_cast<double>(summary.n);
    }
    summary.interval = stats::wilson_interval(sample.ones, summary.n, confidence);
    return summary;
  }
  summary.interval = stats::student_interval(moments, confidence);
  for (std::size_t i = 0; i < percentiles.size(); ++i) {
    const double p = percentiles[i] / 100.0;
    summary.quantiles[i] = {sample.quantiles.quantile(p), sample.quantiles.interval(p, confidence)};
  }
  return summary;
}

std::vector<DaySummary> summarise_days(const Results& results) {
  std::vector<DaySummary> days;
  days.reserve(results.timeline.size());
  for (std::size_t i = 0; i < results.timeline.size(); ++i) {
    const auto& moments = results.timeline[i];
    stats::Quantiles band(results.kept.size());
    for (const auto& one : results.kept) {
      if (!std::isnan(one.values[i])) band.add(one.values[i]);
    }
    days.push_back({.n = moments.count(),
                    .mean = moments.mean(),
                    .sd = moments.sd(),
                    .interval = stats::student_interval(moments, confidence),
                    .band_n = band.count(),
                    .p5 = band.quantile(0.05),
                    .p50 = band.quantile(0.50),
                    .p95 = band.quantile(0.95)});
  }
  return days;
}

namespace {

/// Day 0, 1, ... up to the horizon.
std::vector<Duration> days_of(const Results& results) {
  std::vector<Duration> times;
  for (std::size_t day = 0; day <= results.days; ++day) {
    times.push_back(static_cast<Duration::rep>(day) * one_day);
  }
  return times;
}

}  // namespace

std::vector<std::optional<stats::Interval>> survival_band_by_day(const Results& results) {
  std::vector<std::optional<stats::Interval>> by_day(results.days + 1);
  if (!results.ceasefires) return by_day;
  const auto band = stats::survival_band(*results.ceasefires, days_of(results), confidence);
  if (!band) return by_day;
  for (const auto& point : band->points) {
    by_day[static_cast<std::size_t>(point.time / one_day)] = point.lasts.interval;
  }
  return by_day;
}

std::vector<stats::SurvivalPoint> survival_by_day(const Results& results) {
  const auto times = days_of(results);
  if (results.ceasefires) return results.ceasefires->at(times, confidence);
  return stats::Survival(times.back(), collapses).at(times, confidence);
}

}  // namespace truce::experiment
