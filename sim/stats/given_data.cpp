// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/given_data.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/contract.hpp"

#include "sim/stats/interval.hpp"
#include "sim/stats/moments.hpp"
#include "sim/stats/slices.hpp"

namespace truce::stats {

std::size_t slices_for(std::size_t rows) {
  return std::clamp<std::size_t>(rows / 8, 2, 64);
}

Answer<SlicedIndex> given_data_index(std::span<const double> input, std::span<const double> outcome,
                                     std::size_t slices, double level) {
  TRUCE_EXPECT(input.size() == outcome.size(), "each row has its input and its outcome");
  TRUCE_EXPECT(slices >= 2, "means are compared between two slices at least");
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const Slices sliced = slices_of(input, slices);
  const std::size_t k = sliced.sizes.size();
  if (outcome.size() < std::max<std::size_t>(16, 2 * k)) return Refused{Refusal::too_few};
  if (k < 2) return Refused{Refusal::constant_input};
  Moments all;
  std::vector<Moments> within(k);
  for (std::size_t r = 0; r < outcome.size(); ++r) {
    all.add(outcome[r]);
    within[sliced.of_row[r]].add(outcome[r]);
  }
  if (*all.min() == *all.max()) return Refused{Refusal::constant_outcome};
  const auto n = static_cast<double>(outcome.size());
  double inner = 0.0;
  for (const Moments& slice : within) {
    inner += slice.variance().value_or(0.0) * static_cast<double>(slice.count() - 1);
  }
  const double total = *all.variance() * (n - 1.0);
  const auto degrees = static_cast<double>(k - 1);
  const double index = (total - inner - degrees / (n - degrees - 1.0) * inner) / total;

  Moments adds;
  for (std::size_t r = 0; r < outcome.size(); ++r) {
    const double y = outcome[r] - *all.mean();
    const double m = *within[sliced.of_row[r]].mean() - *all.mean();
    adds.add(2.0 * m * y - m * m - index * y * y);
  }
  const double rows_add = *adds.standard_error() / (total / n);
  const double left = n - degrees - 1.0;
  const double means_add = std::sqrt(2.0 * degrees * n / left) * (inner / total) / left;
  const double half = student_quantile(0.5 + level / 2.0, left) * std::hypot(rows_add, means_add);
  const double value = std::clamp(index, 0.0, 1.0);
  return SlicedIndex{k,
                     sliced.by_value,
                     {value,
                      {std::clamp(index - half, 0.0, value), std::clamp(index + half, value, 1.0)},
                      value != index}};
}

}  // namespace truce::stats
