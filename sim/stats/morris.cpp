// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/morris.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

#include "sim/stats/moments.hpp"

namespace truce::stats {
namespace {

constexpr std::size_t fewest_effects = 4;

/// Of a mean, from the distribution of its t over bootstrap samples.
std::optional<Interval> studentised_interval(std::span<const double> values, const Moments& sample,
                                             const Bootstrap& bootstrap) {
  if (values.size() < fewest_effects) return std::nullopt;
  const double mean = *sample.mean(), error = *sample.standard_error();
  if (error <= 1e-12 * std::abs(mean)) return Interval{mean, mean};
  // The same rows for all inputs that have all effects: trajectories are resampled, not effects.
  const Resampling resampling("morris", bootstrap.seed);
  std::vector<double> counts(values.size()), ts;
  for (std::size_t s = 0; s < bootstrap.samples; ++s) {
    resampling.draw(s, counts);
    double sum = 0.0, squares = 0.0;
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double beside = values[k] - mean;
      sum += counts[k] * beside;
      squares += counts[k] * beside * beside;
    }
    const auto n = static_cast<double>(values.size());
    const double shift = sum / n;
    const double variance = (squares / n - shift * shift) / (n - 1.0);
    // A sample of one value again and again has no t.
    if (variance > 1e-6 * error * error) ts.push_back(shift / std::sqrt(variance));
  }
  const auto t = percentile_interval(std::move(ts), bootstrap.level);
  if (!t) return std::nullopt;
  return Interval{std::max(0.0, mean - t->high * error), mean - t->low * error};
}

}  // namespace

std::vector<ElementaryEffects> elementary_effects(const random::Trajectories& design,
                                                  std::span<const std::optional<double>> outcomes,
                                                  const Bootstrap& bootstrap) {
  TRUCE_EXPECT(outcomes.size() == design.points.rows, "each point of the design has its outcome");
  std::vector<std::vector<double>> effects(design.factors);
  for (std::size_t t = 0; t < design.trajectories; ++t) {
    for (std::size_t s = 0; s < design.factors; ++s) {
      const auto& step = design.steps[t * design.factors + s];
      const std::size_t row = t * (design.factors + 1) + s;
      if (!outcomes[row] || !outcomes[row + 1]) continue;
      effects[step.factor].push_back((*outcomes[row + 1] - *outcomes[row]) / step.by);
    }
  }
  std::vector<ElementaryEffects> found;
  for (auto& values : effects) {
    Moments plain, absolute;
    for (double& value : values) {
      plain.add(value);
      value = std::abs(value);
      absolute.add(value);
    }
    found.push_back({values.size(), plain.mean(), absolute.mean(), plain.sd(),
                     studentised_interval(values, absolute, bootstrap)});
  }
  return found;
}

}  // namespace truce::stats
