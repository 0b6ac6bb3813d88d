// SPDX-License-Identifier: Apache-2.0
#include "sim/model/tally.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/contract.hpp"

namespace truce::model {

void DelayTally::add(scenario::Grade grade, double days) {
  sums_[static_cast<std::size_t>(grade)] += days;
  counts_[static_cast<std::size_t>(grade)] += 1.0;
  if (keep_ == Keep::all) delays_.push_back(days);
}

double DelayTally::mean() const {
  return ratio(std::accumulate(sums_.begin(), sums_.end(), 0.0), count());
}

ByGrade DelayTally::mean_by_grade() const {
  ByGrade means{};
  for (std::size_t g = 0; g < means.size(); ++g) means[g] = ratio(sums_[g], counts_[g]);
  return means;
}

double DelayTally::quantile(double q) const {
  TRUCE_EXPECT(keep_ == Keep::all, "quantiles need every delay");
  if (delays_.empty()) return absent;
  auto values = delays_;
  const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(q * count())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace truce::model
