// SPDX-License-Identifier: Apache-2.0
// What is counted of pledges, and the contracts that hold at any time.
#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

#include "sim/model/pledges.hpp"

namespace truce::model {

void Pledges::check() const {
  IdVector<UnitTag, int> places(units_.size(), 0);
  for (const auto& pledge : pledges_) {
    for (const UnitId unit : pledge.rested) {
      ++places[unit];
      TRUCE_ENSURE(!units_[unit].slot, "a rested unit has no slot");
    }
  }
  ByFunction by_function{};
  IdVector<scenario::HubSpec, double> by_hub(by_hub_.size(), 0.0);
  double total = 0.0;
  for (const auto id : slots_.ids()) {
    const Slot& slot = slots_[id];
    for (const UnitId unit : {slot.in_place, slot.relief}) {
      if (!unit) continue;
      ++places[unit];
      TRUCE_ENSURE(units_[unit].slot == id, "a unit is where its slot has it");
    }
    if (!slot.in_place) continue;
    total += slot.troops;
    by_hub[hub_of(slot)] += slot.troops;
    by_function[static_cast<std::size_t>(plan(slot.pledge).function)] += slot.troops;
  }
  TRUCE_ENSURE(std::all_of(places.begin(), places.end(), [](int n) { return n <= 1; }),
               "a unit is at one place");
  const auto same = [](double a, double b) { return std::abs(a - b) <= 1e-6; };
  TRUCE_ENSURE(same(total, total_.current()), "troops in place are the sum over slots");
  for (const auto id : by_hub.ids()) {
    TRUCE_ENSURE(same(by_hub[id], by_hub_[id].current()), "troops at a hub are counted once");
  }
  for (std::size_t f = 0; f < by_function.size(); ++f) {
    TRUCE_ENSURE(same(by_function[f], by_function_[f].current()),
                 "troops of a function are counted once");
  }
  double by_contributor = 0.0;
  for (const auto& level : by_contributor_) by_contributor += level.current();
  TRUCE_ENSURE(same(total, by_contributor), "troops of contributors are counted once");
}

void Pledges::begin() {
  for (auto& level : by_function_) level.begin(stage_.now);
  for (auto& level : by_contributor_) level.begin(stage_.now);
  for (auto& level : by_hub_) level.begin(stage_.now);
  for (auto& level : gap_) level.begin(stage_.now);
  for (auto& pledge : pledges_) pledge.in_place.begin(stage_.now);
  total_.begin(stage_.now);
  hubs_.begin();
}

void Pledges::report(Outcome& outcome, Time until) const {
  double pledged = 0.0;
  double arrived = 0.0;
  for (const auto id : pledges_.ids()) {
    const Pledge& pledge = pledges_[id];
    const ContributorId by = plan(id).contributor;
    pledged += pledge.pledged;
    arrived += pledge.arrived_troops;
    if (pledge.status == Status::refused) outcome.pledges_refused += 1.0;
    if (pledge.status == Status::withdrawn) outcome.pledges_withdrawn += 1.0;
    outcome.troops_pledged_by_contributor[by] += pledge.pledged;
    outcome.delivered_share_by_contributor[by] += pledge.arrived_troops;
  }
  outcome.troops_pledged = pledged;
  outcome.delivered_share = pledged > 0 ? arrived / pledged : absent;
  for (const auto by : outcome.delivered_share_by_contributor.ids()) {
    const double base = outcome.troops_pledged_by_contributor[by];
    auto& share = outcome.delivered_share_by_contributor[by];
    share = base > 0 ? share / base : absent;
  }
  outcome.troops_in_place = total_.mean(until);
  for (std::size_t f = 0; f < by_function_.size(); ++f) {
    outcome.troops_in_place_by_function[f] = by_function_[f].mean(until);
  }
  for (const auto id : by_contributor_.ids()) {
    outcome.troops_in_place_by_contributor[id] = by_contributor_[id].mean(until);
    outcome.sustainment_gap_by_contributor[id] = gap_[id].integral(until);
    outcome.sustainment_gap += gap_[id].integral(until);
  }
  for (const auto id : by_hub_.ids()) {
    outcome.troops_in_place_by_hub[id] = by_hub_[id].mean(until);
    outcome.hub_wait_by_hub[id] = hubs_.mean_wait(id);
    outcome.hub_occupancy[id] = hubs_.occupancy(id, until);
  }
  outcome.troops_peak = total_.max();
  for (const auto& [when, troops] : peaks_) {
    if (troops < 0.9 * total_.max()) continue;
    outcome.days_to_peak_90 =
        in_days(when);  // from the start; the record counts from the ceasefire
    break;
  }
  outcome.tours_extended = tours_extended_;
  outcome.leg_wait = movement_.mean_wait();
  outcome.hub_wait = hubs_.mean_wait();
}

}  // namespace truce::model
