// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/slices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/core/contract.hpp"

namespace truce::stats {

Slices slices_of(std::span<const double> input, std::size_t wanted) {
  TRUCE_EXPECT(wanted > 0, "a sample has one slice at least");
  TRUCE_EXPECT(std::ranges::all_of(input, [](double v) { return std::isfinite(v); }),
               "statistics take finite values only");
  std::vector<std::size_t> order(input.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t r) { return input[r]; });
  // Runs of equal values, as [first, next) in the order.
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
    while (next < order.size() && input[order[next]] == input[order[first]]) ++next;
    runs.emplace_back(first, next);
  }
  Slices slices{std::vector<std::size_t>(input.size()), {}, runs.size() <= wanted};
  std::size_t last_place = 0;
  for (const auto& [first, next] : runs) {
    // The middle of a run says which of the equal slices it belongs to.
    const std::size_t place = (first + next - 1) * wanted / (2 * input.size());
    if (slices.sizes.empty() || slices.by_value || place != last_place) slices.sizes.push_back(0);
    last_place = place;
    slices.sizes.back() += next - first;
    for (std::size_t k = first; k < next; ++k) slices.of_row[order[k]] = slices.sizes.size() - 1;
  }
  return slices;
}

}  // namespace truce::stats
