// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/pawn.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/contract.hpp"

#include "sim/random/stream.hpp"

#include "sim/stats/slices.hpp"

namespace truce::stats {
namespace {

struct Summaries {
  double median = 0.0;
  double maximum = 0.0;
};

/// Rows in the order of the outcome; distances of slices from all rows, given how often each row
/// counts.
class SlicedSample {
 public:
  SlicedSample(std::span<const double> outcome, std::size_t slices) : distances_(slices) {
    order_.resize(outcome.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::stable_sort(order_, {}, [&](std::size_t r) { return outcome[r]; });
    for (std::size_t k = 1; k <= order_.size(); ++k) {
      if (k == order_.size() || outcome[order_[k]] != outcome[order_[k - 1]]) ends_.push_back(k);
    }
    weights_.resize(slices);
    sums_.resize(slices);
  }

  bool constant() const { return ends_.size() < 2; }

  /// Slices that no row counts for have no distance. `counts` sum to the number of rows.
  Summaries summarise(std::span<const std::size_t> slice_of, std::span<const double> counts) {
    std::ranges::fill(weights_, 0.0);
    for (std::size_t r = 0; r < slice_of.size(); ++r) weights_[slice_of[r]] += counts[r];
    std::ranges::fill(distances_, 0.0);
    std::ranges::fill(sums_, 0.0);
    double all = 0.0;
    const auto n = static_cast<double>(order_.size());
    // |F - F_s| is greatest just before or after a step of F_s.
    const auto look = [&](std::size_t s) {
      if (weights_[s] == 0.0) return;
      distances_[s] = std::max(distances_[s], std::abs(all / n - sums_[s] / weights_[s]));
    };
    std::size_t first = 0;
    for (const std::size_t end : ends_) {
      for (std::size_t k = first; k < end; ++k) look(slice_of[order_[k]]);
      for (std::size_t k = first; k < end; ++k) {
        sums_[slice_of[order_[k]]] += counts[order_[k]];
        all += counts[order_[k]];
      }
      for (std::size_t k = first; k < end; ++k) look(slice_of[order_[k]]);
      first = end;
    }
    std::size_t kept = 0;
    for (std::size_t s = 0; s < distances_.size(); ++s) {
      if (weights_[s] > 0.0) distances_[kept++] = distances_[s];
    }
    const auto known = std::span(distances_).first(kept);
    std::ranges::sort(known);
    return {(known[(kept - 1) / 2] + known[kept / 2]) / 2.0, known.back()};
  }

 private:
  std::vector<std::size_t> order_;
  std::vector<std::size_t> ends_;  ///< of runs of equal outcomes
  std::vector<double> weights_;
  std::vector<double> sums_;
  std::vector<double> distances_;
};

/// The value that one more of its kind exceeds with probability 1 - level at most.
double exceeded_by_few(std::vector<double> values, double level) {
  std::ranges::sort(values);
  const double rank = std::ceil(level * static_cast<double>(values.size() + 1) - 1e-9);
  return rank > static_cast<double>(values.size()) ? 1.0
                                                   : values[static_cast<std::size_t>(rank) - 1];
}

/// `again`: over bootstrap samples.
Distance distance_of(double value, std::vector<double> again, std::vector<double> dummies,
                     double level) {
  double chance = 0.0;
  for (const double dummy : dummies) chance += dummy * dummy / static_cast<double>(dummies.size());
  std::vector<double> without_chance;
  for (const double distance : again) {
    without_chance.push_back(std::sqrt(std::max(0.0, distance * distance - 2.0 * chance)));
  }
  const auto far = percentile_interval(std::move(again), level);
  const auto near = percentile_interval(std::move(without_chance), level);
  TRUCE_EXPECT(far && near, "an interval takes two bootstrap samples at least");
  const Interval turned{std::clamp(2.0 * value - far->high, 0.0, 1.0),
                        std::clamp(2.0 * value - far->low, 0.0, 1.0)};
  return {value,
          {std::min(turned.low, near->low), std::max(turned.high, near->high)},
          exceeded_by_few(std::move(dummies), level)};
}

}  // namespace

Answer<Pawn> pawn(std::span<const double> input, std::span<const double> outcome,
                  std::size_t slices, const Bootstrap& bootstrap) {
  TRUCE_EXPECT(input.size() == outcome.size(), "each row has its input and its outcome");
  TRUCE_EXPECT(slices >= 2, "distributions are compared between two slices at least");
  TRUCE_EXPECT(std::ranges::all_of(outcome, [](double v) { return std::isfinite(v); }),
               "statistics take finite values only");
  const Slices sliced = slices_of(input, slices);
  if (outcome.size() < fewest_in_slice * std::max<std::size_t>(2, sliced.sizes.size())) {
    return Refused{Refusal::too_few};
  }
  if (sliced.sizes.size() < 2) return Refused{Refusal::constant_input};
  SlicedSample sample(outcome, sliced.sizes.size());
  if (sample.constant()) return Refused{Refusal::constant_outcome};

  std::vector<double> counts(outcome.size(), 1.0);
  const Summaries found = sample.summarise(sliced.of_row, counts);
  std::vector<double> dummy_medians, dummy_maxima, medians, maxima;
  const random::Source dealing("bootstrap", "pawn dummy");
  for (std::size_t s = 0; s < bootstrap.samples; ++s) {
    std::vector<std::size_t> dealt = sliced.of_row;
    random::Stream stream = dealing.at({bootstrap.seed, s});
    for (std::size_t left = dealt.size(); left > 1; --left) {
      const double place = stream.uniform() * static_cast<double>(left);
      std::swap(dealt[left - 1], dealt[static_cast<std::size_t>(place)]);
    }
    const Summaries dummy = sample.summarise(dealt, counts);
    dummy_medians.push_back(dummy.median);
    dummy_maxima.push_back(dummy.maximum);
  }
  const Resampling resampling("pawn", bootstrap.seed);
  for (std::size_t s = 0; s < bootstrap.samples; ++s) {
    resampling.draw(s, counts);
    const Summaries again = sample.summarise(sliced.of_row, counts);
    medians.push_back(again.median);
    maxima.push_back(again.maximum);
  }
  return Pawn{
      sliced.sizes.size(), sliced.by_value,
      distance_of(found.median, std::move(medians), std::move(dummy_medians), bootstrap.level),
      distance_of(found.maximum, std::move(maxima), std::move(dummy_maxima), bootstrap.level)};
}

}  // namespace truce::stats
