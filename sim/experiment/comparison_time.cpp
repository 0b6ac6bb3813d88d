// SPDX-License-Identifier: Apache-2.0
// What-ifs against the base along time: how long ceasefires last, and day by day.
#include <algorithm>
#include <cmath>

#include "sim/core/time.hpp"

#include "sim/stats/moments.hpp"
#include "sim/stats/quantile.hpp"

#include "sim/experiment/block.hpp"
#include "sim/experiment/comparison.hpp"

namespace truce::experiment {

std::vector<SurvivalContrast> Comparison::compare_survival(std::size_t days) const {
  std::vector<int> until;
  for (const int day : model::survival_days) {
    if (static_cast<std::size_t>(day) < days) until.push_back(day);
  }
  std::vector<SurvivalContrast> all;
  const auto mean_of = [](std::span<const stats::Observed> observed, Duration tau) {
    stats::Moments moments;
    const auto lengths = stats::pseudo_lengths(observed, tau);
    for (const double length : *lengths) moments.add(length);
    return *moments.mean();
  };
  for (std::size_t w = 1; w < contenders_.size(); ++w) {
    const auto& [base, what_if] = lifetimes_[w - 1];
    for (const int day : until) {
      const Duration tau = day * one_day;
      const auto mean = stats::restricted_mean_difference(base, what_if, tau, confidence);
      if (!mean) continue;
      all.push_back({.what_if = w,
                     .day = day,
                     .base = mean_of(base, tau),
                     .changed = mean_of(what_if, tau),
                     .restricted_mean = *mean,
                     .log_rank = stats::paired_log_rank(base, what_if, tau)});
    }
  }
  return all;
}

std::vector<DayContrast> compare_days(const Results& base, const Results& what_if) {
  if (base.timeline.size() != what_if.timeline.size()) return {};
  // Of whole blocks, as a finished result keeps them.
  auto kept = std::min(base.kept.size(), what_if.kept.size());
  if (kept >= block_size) kept -= kept % block_size;
  std::vector<DayContrast> days(base.timeline.size());
  for (std::size_t i = 0; i < days.size(); ++i) {
    stats::Moments moments;
    stats::Quantiles band(kept);
    for (std::size_t r = 0; r < kept; ++r) {
      const double difference = what_if.kept[r].values[i] - base.kept[r].values[i];
      if (std::isnan(difference)) continue;  // absent in one of them
      moments.add(difference);
      band.add(difference);
    }
    days[i] = {.n = moments.count(),
               .mean = moments.mean(),
               .interval = stats::student_interval(moments, confidence),
               .p5 = band.quantile(0.05),
               .p50 = band.quantile(0.50),
               .p95 = band.quantile(0.95)};
  }
  return days;
}

}  // namespace truce::experiment
