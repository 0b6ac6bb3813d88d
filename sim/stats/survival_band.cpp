// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/survival_band.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

/// The c for a given logarithm of odds between the ends; at one point alone the normal quantile.
/// What is solved for falls with c above 1, and 12 leaves less than 1e-28 outside.
double band_factor(double log_odds, double level) {
  const auto outside = [&](double c) {
    const double density = std::exp(-0.5 * c * c) / std::sqrt(2.0 * std::numbers::pi);
    return density * (4.0 / c + (c - 1.0 / c) * log_odds);
  };
  const double pointwise = normal_quantile(0.5 + level / 2.0);
  if (log_odds == 0.0) return pointwise;
  double low = std::max(1.0, pointwise);
  double high = 12.0;
  if (outside(low) <= 1.0 - level) return low;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    (outside(middle) > 1.0 - level ? low : high) = middle;
  }
  return high;
}

}  // namespace

std::optional<SurvivalBand> survival_band(const Survival& survival, std::span<const Duration> times,
                                          double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  constexpr double least = 0.05;
  const auto n = static_cast<double>(survival.count());
  const auto known = survival.at(times, level);
  SurvivalBand band;
  std::vector<double> variances;
  double first = 0.0, last = 0.0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!known[i].estimate) continue;
    const double lasts = known[i].estimate->lasts.value;
    if (lasts <= 0.0 || lasts >= 1.0) continue;
    const double scaled = n * known[i].estimate->variance / (lasts * lasts);
    const double a = scaled / (1.0 + scaled);
    if (a < least || a > 1.0 - least) continue;
    if (band.points.empty()) first = a;
    last = a;
    band.points.push_back({times[i], {lasts, {}}});
    variances.push_back(known[i].estimate->variance);
  }
  if (band.points.empty()) return std::nullopt;
  band.factor = band_factor(std::log(last * (1.0 - first) / (first * (1.0 - last))), level);
  for (std::size_t i = 0; i < band.points.size(); ++i) {
    Chance& lasts = band.points[i].lasts;
    lasts.interval = log_log_interval(lasts.value, variances[i], band.factor);
  }
  return band;
}

}  // namespace truce::stats
