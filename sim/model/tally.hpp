// SPDX-License-Identifier: Apache-2.0
// Delays of cases, by grade: their means, and a quantile over all.
#pragma once

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
  void add(scenario::Grade grade, double days);

  double count() const { return static_cast<double>(delays_.size()); }
  double count(scenario::Grade grade) const { return counts_[static_cast<std::size_t>(grade)]; }
  /// Mean over all; absent if there is none.
  double mean() const;
  ByGrade mean_by_grade() const;
  /// The smallest delay that at least a share q does not exceed; absent if there is none.
  double quantile(double q) const;

 private:
  ByGrade sums_{};
  ByGrade counts_{};
  std::vector<double> delays_;
};

}  // namespace truce::model
