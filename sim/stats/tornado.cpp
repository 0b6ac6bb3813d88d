// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/tornado.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

using Replications = std::span<const std::optional<double>>;

Moments paired_differences(Replications from, Replications to) {
  TRUCE_EXPECT(from.size() == to.size(), "what is paired has equally many replications");
  Moments differences;
  for (std::size_t r = 0; r < from.size(); ++r) {
    if (from[r] && to[r]) differences.add(*to[r] - *from[r]);
  }
  return differences;
}

std::optional<Shift> shift_of(const Moments& differences, double level) {
  const auto interval = student_interval(differences, level);
  if (!interval) return std::nullopt;
  return Shift{*differences.mean(), *interval};
}

double size_of(const Bar& bar) {
  return bar.swing ? std::abs(bar.swing->value) : -1.0;
}

}  // namespace

std::vector<Bar> tornado(std::span<const std::optional<double>> base,
                         std::span<const LowHigh> inputs, double level) {
  std::vector<Bar> bars;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Moments swing = paired_differences(inputs[i].low, inputs[i].high);
    bars.push_back({i, static_cast<std::size_t>(swing.count()),
                    shift_of(paired_differences(base, inputs[i].low), level),
                    shift_of(paired_differences(base, inputs[i].high), level),
                    shift_of(swing, level)});
  }
  std::ranges::stable_sort(bars,
                           [](const Bar& a, const Bar& b) { return size_of(a) > size_of(b); });
  return bars;
}

}  // namespace truce::stats
