// SPDX-License-Identifier: Apache-2.0
// Pledges that go home for good.
#include "sim/model/pledges.hpp"

namespace truce::model {

void Pledges::withdraw(PledgeId id, const Noise& notice) {
  Pledge& pledge = pledges_[id];
  if (pledge.status == Status::refused || pledge.status == Status::void_of_fact) return;
  if (pledge.status == Status::withdrawn) return;
  pledge.status = Status::withdrawn;
  for (std::size_t number = 0; number < pledge.slots.size(); ++number) {
    const SlotId slot_id = pledge.slots[number];
    Slot& slot = slots_[slot_id];
    if (slot.in_place) {
      const std::uint64_t occurrence = random::mix(plan(id).identity, number);
      stage_.in_days_from_now(notice.draw(stage_.key, occurrence), UnitWithdraws{slot_id});
    } else if (slot.filled_once) {
      gap_[plan(id).contributor].add(stage_.now, -slot.troops);
    }
  }
  // Those of it who stood first in a line block it no more.
  for (const auto& destination : plan(id).destinations) serve(destination.hub);
}

void Pledges::evacuate(scenario::Function function, const Noise& notice) {
  for (const auto id : pledges_.ids()) {
    const PledgePlan& pledge = plan(id);
    if (pledge.function != function) continue;
    const HubId hub = pledge.destinations.front().hub;
    if (stage_.theatre.hubs[hub].station == scenario::Station::in_country) withdraw(id, notice);
  }
}

void Pledges::on(const UnitWithdraws& event) {
  Slot& slot = slots_[event.slot];
  if (!slot.in_place) return;  // its tour has ended meanwhile
  stage_.calendar.cancel(slot.extension);
  vacate(event.slot);
  slot.relief_received = false;
  free_beds_if_unused(slot);
  serve(hub_of(slot));
}

}  // namespace truce::model
