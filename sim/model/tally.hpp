// SPDX-License-Identifier: Apache-2.0
// Delays of cases, by grade: their means, and a quantile over all.
#pragma once

#include <numeric>
#include <vector>

#include "sim/model/outcome.hpp"

namespace truce::model {

/// part/whole; absent if the whole is nothing.
inline double ratio(double part, double whole) {
  return whole > 0 ? part / whole : absent;
}

/// Delays [days] of one step of the way from incident to the end of handling.
class DelayTally {
 public:
  /// Whether each delay is kept, so that quantiles can be told.
  enum class Keep : bool { none, all };
  explicit DelayTally(Keep keep = Keep::none) : keep_(keep) {}

  void add(scenario::Grade grade, double days);

  /// Exact: whole numbers.
  double count() const { return std::accumulate(counts_.begin(), counts_.end(), 0.0); }
  double count(scenario::Grade grade) const { return counts_[static_cast<std::size_t>(grade)]; }
  /// Mean over all; absent if there is none.
  double mean() const;
  ByGrade mean_by_grade() const;
  /// The smallest delay that at least a share q does not exceed; absent if there is none. They must
  /// have been kept.
  double quantile(double q) const;

 private:
  Keep keep_;
  ByGrade sums_{};
  ByGrade counts_{};
  std::vector<double> delays_;
};

}  // namespace truce::model
