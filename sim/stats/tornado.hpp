// SPDX-License-Identifier: Apache-2.0
// What an outcome does when one input at a time goes from its low to its high value, all others
// staying at the base case: the bars of a tornado diagram, with how sure they are.
//
//   swing = mean over replications of y(high) - y(low), on the same luck
//
// (Howard, "Decision analysis: practice and promise", Management Science 34, 1988.) Inputs do not
// act together here: a bar says nothing of the other corners of the space.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/stats/interval.hpp"
#include "sim/stats/moments.hpp"

namespace truce::stats {

/// Outcomes of one input by replication, absent where one has none; replication r of all of them
/// has the same luck.
struct LowHigh {
  std::vector<std::optional<double>> low = {};
  std::vector<std::optional<double>> high = {};
};

/// A mean of paired differences in the unit of the outcome, and Student's interval.
struct Shift {
  double value = 0.0;
  Interval interval;
};

/// One bar. What fewer than two pairs can't tell is absent.
struct Bar {
  std::size_t input = 0;
  std::size_t pairs = 0;            ///< replications with an outcome at low and at high
  std::optional<Shift> low = {};    ///< y(low) - y(base)
  std::optional<Shift> high = {};   ///< y(high) - y(base)
  std::optional<Shift> swing = {};  ///< y(high) - y(low)
};

/// Bars by size of their swing, the largest first, equal ones by input; those without one last.
/// Contract: equal numbers of replications, values finite.
std::vector<Bar> tornado(std::span<const std::optional<double>> base,
                         std::span<const LowHigh> inputs, double level);

}  // namespace truce::stats
