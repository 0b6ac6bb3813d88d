// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/reachability.hpp"

namespace truce::scenario {

Reachability::Reachability(const Scenario& scenario) {
  for (const auto id : scenario.routes.ids()) {
    const std::size_t from = place(scenario.routes[id].from.name);
    const std::size_t to = place(scenario.routes[id].to.name);
    next_[from].push_back(to);
  }
}

std::size_t Reachability::place(std::string_view name) {
  const auto [known, fresh] = places_.try_emplace(name, next_.size());
  if (fresh) next_.emplace_back();
  return known->second;
}

bool Reachability::leads(std::string_view from, std::string_view to) {
  if (from == to) return true;
  const auto origin = places_.find(from);
  const auto target = places_.find(to);
  if (origin == places_.end() || target == places_.end()) return false;
  return reached_from(origin->second)[target->second];
}

const std::vector<bool>& Reachability::reached_from(std::size_t origin) {
  const auto [known, fresh] = reached_from_.try_emplace(origin);
  auto& reached = known->second;
  if (!fresh) return reached;
  reached.resize(next_.size());
  reached[origin] = true;
  std::vector<std::size_t> open{origin};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const std::size_t next : next_[at]) {
      if (reached[next]) continue;
      reached[next] = true;
      open.push_back(next);
    }
  }
  return reached;
}

}  // namespace truce::scenario
