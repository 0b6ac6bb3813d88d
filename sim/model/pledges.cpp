// SPDX-License-Identifier: Apache-2.0
#include "sim/model/pledges.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::model {

using scenario::Reference;

Pledges::Pledges(Stage& stage)
    : stage_(stage),
      movement_(stage),
      hubs_(stage),
      at_hub_(stage.theatre.hubs.size(), ByFunction{}),
      by_hub_(stage.theatre.hubs.size()),
      detached_(stage.theatre.hubs.size(), 0.0) {
  const auto& plans = stage.theatre.pledges;
  std::size_t contributors = 0;
  for (const auto& plan : plans) {
    contributors = std::max(contributors, plan.contributor.index() + 1);
  }
  by_contributor_ = IdVector<scenario::ContributorSpec, Level>(contributors);
  gap_ = IdVector<scenario::ContributorSpec, Level>(contributors);

  for (const auto id : plans.ids()) {
    const PledgePlan& plan = plans[id];
    Pledge pledge;
    pledge.approvals_missing = plan.approvals.size();
    pledge.pledged = std::round(plan.troops.draw(stage.key));
    const auto troops =
        static_cast<std::int64_t>(std::llround(pledge.pledged * plan.delivered.draw(stage.key)));
    // Equal contingents, the first ones one larger if it does not come out even.
    const auto n = static_cast<std::int64_t>(plan.contingents);
    const std::int64_t each = troops / n;
    for (std::int64_t i = 0; i < n; ++i) {
      Slot slot;
      slot.pledge = id;
      slot.destination =
          static_cast<std::uint32_t>(i) % static_cast<std::uint32_t>(plan.destinations.size());
      const std::int64_t rest = i < troops % n ? 1 : 0;
      slot.troops = static_cast<double>(each + rest);
      if (slot.troops > 0) pledge.slots.push_back(slots_.push_back(slot));
    }
    if (!stage.facts.hold(plan.facts)) pledge.status = Status::void_of_fact;
    pledges_.push_back(std::move(pledge));
  }
  for (const auto id : plans.ids()) {
    for (const auto& precedence : plans[id].after) {
      pledges_[precedence.pledge].watchers.push_back(id);
    }
  }
}

void Pledges::start() {
  hubs_.start_building(Reference::start);
  const auto& plans = stage_.theatre.pledges;
  for (const auto id : plans.ids()) {
    for (std::size_t a = 0; a < plans[id].approvals.size(); ++a) {
      const auto& approval = plans[id].approvals[a];
      if (approval.from != Reference::start) continue;
      stage_.in_days_from_now(approval.delay.draw(stage_.key),
                              ApprovalIsDecided{id, static_cast<std::uint32_t>(a)});
    }
    mobilise_if_ready(id);
  }
}

void Pledges::on(const CeasefireTakesEffect&) {
  hubs_.start_building(Reference::ceasefire);
  const auto& plans = stage_.theatre.pledges;
  for (const auto id : plans.ids()) {
    pledges_[id].ceasefire = true;
    for (std::size_t a = 0; a < plans[id].approvals.size(); ++a) {
      const auto& approval = plans[id].approvals[a];
      if (approval.from != Reference::ceasefire) continue;
      stage_.in_days_from_now(approval.delay.draw(stage_.key),
                              ApprovalIsDecided{id, static_cast<std::uint32_t>(a)});
    }
    mobilise_if_ready(id);
  }
}

void Pledges::on(const ApprovalIsDecided& event) {
  Pledge& pledge = pledges_[event.pledge];
  if (pledge.status != Status::waiting) return;
  const auto& approval = plan(event.pledge).approvals[event.approval];
  auto stream = approval.decision.at(stage_.key);
  if (stream.uniform() > approval.probability.draw(stage_.key)) {
    pledge.status = Status::refused;
    return;
  }
  --pledge.approvals_missing;
  mobilise_if_ready(event.pledge);
}

void Pledges::mobilise_if_ready(PledgeId id) {
  const Pledge& pledge = pledges_[id];
  if (pledge.status != Status::waiting || pledge.approvals_missing > 0) return;
  if (plan(id).needs_ceasefire && !pledge.ceasefire) return;
  for (const auto& precedence : plan(id).after) {
    const Pledge& other = pledges_[precedence.pledge];
    const auto needed = precedence.share * static_cast<double>(other.slots.size());
    if (other.slots.empty() || static_cast<double>(other.arrived) < needed) return;
  }
  mobilise(id);
}

void Pledges::mobilise(PledgeId id) {
  Pledge& pledge = pledges_[id];
  pledge.status = Status::mobilising;
  // Each slot's share of the pool: as many units as slots at first, the rest is rested.
  const std::size_t units =
      std::max(pledge.slots.size(), plan(id).units * pledge.slots.size() / plan(id).contingents);
  for (std::size_t n = 0; n < units; ++n) {
    Unit unit;
    unit.pledge = id;
    unit.number = static_cast<std::uint32_t>(n);
    const UnitId unit_id = units_.push_back(unit);
    if (n >= pledge.slots.size()) {
      pledge.rested.push_back(unit_id);
      continue;
    }
    units_[unit_id].slot = pledge.slots[n];
    stage_.in_days_from_now(plan(id).notice.draw(stage_.key, deployment(units_[unit_id])),
                            UnitSetsOut{unit_id});
  }
}

std::uint64_t Pledges::deployment(const Unit& unit) const {
  return random::mix(plan(unit.pledge).identity,
                     (std::uint64_t{unit.number} << 32U) | unit.deployments);
}

HubId Pledges::hub_of(const Slot& slot) const {
  return plan(slot.pledge).destinations[slot.destination].hub;
}

void Pledges::on(const UnitSetsOut& event) {
  set_out(event.unit);
}

void Pledges::set_out(UnitId id) {
  Pledge& pledge = pledges_[units_[id].pledge];
  if (pledge.status == Status::withdrawn) return;
  units_[id].leg = 0;
  pledge.moved += slots_[units_[id].slot].troops;
  move_on(id);
}

void Pledges::on(const UnitArrives& event) {
  move_on(event.unit);
}

// The unit stands at the beginning of its next leg, or before its hub.
void Pledges::move_on(UnitId id) {
  Unit& unit = units_[id];
  const Slot& slot = slots_[unit.slot];
  const Destination& destination = plan(unit.pledge).destinations[slot.destination];
  if (pledges_[unit.pledge].status == Status::withdrawn) return;  // turned round
  if (unit.leg < destination.route.legs.size()) {
    const LegId leg = destination.route.legs[unit.leg++];
    stage_.at(movement_.enter(leg, slot.troops, deployment(unit)), UnitArrives{id});
    return;
  }
  hubs_.arrive(destination.hub, id);
  serve(destination.hub);
}

void Pledges::on(const HubOpens& event) {
  hubs_.open(event.hub);
  serve(event.hub);
}

// Receives from the head of the hub's line for as long as nothing blocks it.
void Pledges::serve(HubId hub) {
  for (UnitId next = hubs_.next(hub); next; next = hubs_.next(hub)) {
    Slot& slot = slots_[units_[next].slot];
    if (pledges_[slot.pledge].status == Status::withdrawn) {
      hubs_.turn_back(hub);
      continue;
    }
    const double beds = slot.holds_beds ? 0.0 : slot.troops;
    if (!hubs_.has_beds(hub, beds)) return;
    slot.holds_beds = true;
    slot.relief_received = true;
    const Duration reception = hubs_.receive(hub, slot.troops, beds);
    if (reception.count() > 0) {
      stage_.at(later(stage_.now, reception), ReceptionEnds{hub});
      return;
    }
    receive(hubs_.finish_reception(hub));
  }
}

void Pledges::on(const ReceptionEnds& event) {
  receive(hubs_.finish_reception(event.hub));
  serve(event.hub);
}

void Pledges::receive(UnitId id) {
  const SlotId slot_id = units_[id].slot;
  Slot& slot = slots_[slot_id];
  if (pledges_[slot.pledge].status == Status::withdrawn) {
    slot.relief_received = false;
    if (!slot.in_place) free_beds_if_unused(slot);
    return;
  }
  if (!slot.in_place) {
    occupy(slot_id, id);
  } else if (slot.tour_over) {
    stage_.calendar.cancel(slot.extension);
    vacate(slot_id);
    occupy(slot_id, id);
  } else {
    slot.relief = id;
  }
}

void Pledges::occupy(SlotId id, UnitId unit) {
  Slot& slot = slots_[id];
  Pledge& pledge = pledges_[slot.pledge];
  slot.in_place = unit;
  slot.relief = UnitId{};
  slot.relief_received = false;
  slot.relief_requested = false;
  slot.tour_over = false;
  slot.extension = Handle{};
  if (slot.filled_once) gap_[plan(slot.pledge).contributor].add(stage_.now, -slot.troops);
  count(slot, 1.0);

  if (plan(slot.pledge).tour) {
    const double tour = plan(slot.pledge).tour->draw(stage_.key, deployment(units_[unit]));
    constexpr double one_second = 1.0 / 86400.0;
    const double lead = plan(slot.pledge).destinations[slot.destination].route.expected.value +
                        in_days(hubs_.reception_time(hub_of(slot), slot.troops));
    // A second early: what is expected exactly must not come after the tour's end by rounding.
    stage_.in_days_from_now(std::max(0.0, tour - lead - one_second), ReliefIsDue{id});
    stage_.in_days_from_now(tour, TourEnds{id});
  }
  if (!slot.filled_once) {
    slot.filled_once = true;
    ++pledge.arrived;
    pledge.arrived_troops += slot.troops;
    for (const PledgeId watcher : pledge.watchers) mobilise_if_ready(watcher);
  }
}

void Pledges::vacate(SlotId id) {
  Slot& slot = slots_[id];
  Unit& unit = units_[slot.in_place];
  const double dwell = plan(slot.pledge).dwell.draw(stage_.key, deployment(unit));
  stage_.in_days_from_now(dwell, DwellEnds{slot.in_place});
  ++unit.deployments;
  unit.slot = SlotId{};
  slot.in_place = UnitId{};
  count(slot, -1.0);
  if (pledges_[slot.pledge].status == Status::withdrawn) return;
  gap_[plan(slot.pledge).contributor].add(stage_.now, slot.troops);
}

void Pledges::set_in_action(HubId hub, bool in_action) {
  hubs_.set_in_action(hub, in_action);
  if (in_action) serve(hub);
}

HubId Pledges::nearest(scenario::Function function, double needed, const Case& incident) const {
  HubId best;
  double best_distance = 0.0;
  for (const auto id : at_hub_.ids()) {
    if (stage_.theatre.hubs[id].station != scenario::Station::in_country) continue;
    if (troops(id, function) < needed) continue;
    const double distance = stage_.theatre.distance(id, incident.sector, incident.place);
    if (best && distance >= best_distance) continue;
    best = id;
    best_distance = distance;
  }
  return best;
}

double Pledges::most(scenario::Function function) const {
  double most = 0.0;
  for (const auto id : at_hub_.ids()) {
    if (stage_.theatre.hubs[id].station != scenario::Station::in_country) continue;
    most = std::max(most, troops(id, function));
  }
  return most;
}

void Pledges::detach(HubId hub, double troops) {
  detached_[hub] += troops;
  changes_.push_back({hub, scenario::Function::reassurance});
}

void Pledges::on(const DetachmentReturns& event) {
  detach(event.hub, -event.troops);
}

void Pledges::on(const ReliefIsDue& event) {
  if (pledges_[slots_[event.slot].pledge].status != Status::withdrawn) request_relief(event.slot);
}

void Pledges::request_relief(SlotId id) {
  Slot& slot = slots_[id];
  Pledge& pledge = pledges_[slot.pledge];
  if (slot.relief_requested) return;
  slot.relief_requested = true;
  if (pledge.rested.empty()) {
    pledge.requests.push_back(id);
    return;
  }
  const UnitId unit = pledge.rested.front();
  pledge.rested.pop_front();
  units_[unit].slot = id;
  set_out(unit);
}

void Pledges::on(const DwellEnds& event) {
  Pledge& pledge = pledges_[units_[event.unit].pledge];
  if (pledge.status == Status::withdrawn) return;
  if (pledge.requests.empty()) {
    pledge.rested.push_back(event.unit);
    return;
  }
  units_[event.unit].slot = pledge.requests.front();
  pledge.requests.pop_front();
  set_out(event.unit);
}

void Pledges::on(const TourEnds& event) {
  Slot& slot = slots_[event.slot];
  if (!slot.in_place || pledges_[slot.pledge].status == Status::withdrawn) return;
  slot.tour_over = true;
  if (slot.relief) {
    const UnitId relief = slot.relief;
    vacate(event.slot);
    occupy(event.slot, relief);
    return;
  }
  const double extension =
      plan(slot.pledge).extension.draw(stage_.key, deployment(units_[slot.in_place]));
  if (extension > 0) {
    tours_extended_ += 1.0;
    slot.extension = stage_.in_days_from_now(extension, ExtensionEnds{event.slot});
    return;
  }
  on(ExtensionEnds{event.slot});
}

void Pledges::on(const ExtensionEnds& event) {
  Slot& slot = slots_[event.slot];
  vacate(event.slot);
  free_beds_if_unused(slot);
  serve(hub_of(slot));
}

// The beds of a slot stay taken while its relief is being received.
void Pledges::free_beds_if_unused(Slot& slot) {
  if (slot.relief_received || !slot.holds_beds) return;
  slot.holds_beds = false;
  hubs_.free_beds(hub_of(slot), slot.troops);
}

void Pledges::count(const Slot& slot, double sign) {
  const PledgePlan& pledge = plan(slot.pledge);
  const HubId hub = hub_of(slot);
  const auto function = static_cast<std::size_t>(pledge.function);
  const double troops = sign * slot.troops;
  at_hub_[hub][function] += troops;
  by_function_[function].add(stage_.now, troops);
  pledges_[slot.pledge].in_place.add(stage_.now, troops);
  if (pledge.function == scenario::Function::engineering) {
    hubs_.set_engineers(by_function_[function].current());
  }
  by_contributor_[pledge.contributor].add(stage_.now, troops);
  by_hub_[hub].add(stage_.now, troops);
  const double peak = total_.max();
  total_.add(stage_.now, troops);
  if (total_.current() > peak) peaks_.emplace_back(stage_.now, total_.current());
  changes_.push_back({hub, pledge.function});
}

}  // namespace truce::model
