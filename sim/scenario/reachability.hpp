// SPDX-License-Identifier: Apache-2.0
// Which places the legs of a scenario join, be the scenario right or not: a leg may still name a
// place that is nowhere described.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

class Reachability {
 public:
  /// The scenario must outlive this.
  explicit Reachability(const Scenario& scenario);

  /// Whether legs lead from one place to the other, be it over others; true of a place and itself.
  bool leads(std::string_view from, std::string_view to);

 private:
  std::size_t place(std::string_view name);
  const std::vector<bool>& reached_from(std::size_t origin);

  std::map<std::string_view, std::size_t> places_;
  std::vector<std::vector<std::size_t>> next_;             ///< by place, where its legs lead
  std::map<std::size_t, std::vector<bool>> reached_from_;  ///< by origin asked for, by place
};

}  // namespace truce::scenario
