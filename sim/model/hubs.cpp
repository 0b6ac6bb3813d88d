// SPDX-License-Identifier: Apache-2.0
#include "sim/model/hubs.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

#include "sim/model/outcome.hpp"

namespace truce::model {

Hubs::Hubs(Stage& stage) : stage_(stage) {
  for (const auto& plan : stage.theatre.hubs) {
    Hub hub;
    hub.free_beds = plan.beds;
    hub.reception = plan.reception ? plan.reception->draw(stage.key) : 0.0;
    hub.work = plan.opens_after.draw(stage.key);
    hubs_.push_back(std::move(hub));
  }
}

void Hubs::start_building(scenario::Reference reference) {
  for (const auto id : hubs_.ids()) {
    if (stage_.theatre.hubs[id].built_from != reference) continue;
    hubs_[id].building = true;
    schedule_opening(id);
  }
}

double Hubs::building_speed(HubId id) const {
  const double twice = stage_.theatre.hubs[id].engineers_double;
  return twice > 0 ? 1.0 + engineers_ / twice : 1.0;
}

void Hubs::schedule_opening(HubId id) {
  Hub& hub = hubs_[id];
  hub.work_since = stage_.now;
  hub.opening = stage_.in_days_from_now(hub.work / building_speed(id), HubOpens{id});
}

void Hubs::set_engineers(double troops) {
  if (troops == engineers_) return;
  for (auto id : hubs_.ids()) {
    Hub& hub = hubs_[id];
    if (!hub.building || stage_.theatre.hubs[id].engineers_double <= 0) continue;
    hub.work = std::max(0.0, hub.work - building_speed(id) * in_days(stage_.now - hub.work_since));
    stage_.calendar.cancel(hub.opening);
  }
  engineers_ = troops;
  for (auto id : hubs_.ids()) {
    if (hubs_[id].building && stage_.theatre.hubs[id].engineers_double > 0) schedule_opening(id);
  }
}

void Hubs::open(HubId id) {
  hubs_[id].open = true;
  hubs_[id].building = false;
  hubs_[id].is_open.set(stage_.now, 1.0);
}

UnitId Hubs::next(HubId id) const {
  const Hub& hub = hubs_[id];
  if (!hub.open || !hub.in_action || hub.receiving || hub.line.empty()) return {};
  return hub.line.front().unit;
}

Duration Hubs::receive(HubId id, double troops, double beds) {
  Hub& hub = hubs_[id];
  TRUCE_EXPECT(hub.free_beds >= beds, "a hub receives only units that it has beds for");
  const Arrival arrival = hub.line.front();
  hub.line.pop_front();
  hub.waited += in_days(stage_.now - arrival.since);
  ++hub.received;
  hub.receiving = arrival.unit;
  hub.free_beds -= beds;
  hub.taken.add(stage_.now, beds);
  return reception_time(id, troops);
}

Duration Hubs::reception_time(HubId id, double troops) const {
  if (hubs_[id].reception <= 0) return Duration{0};
  const double reception =
      stage_.quantities.positive(stage_.theatre.hubs[id].reception_target, hubs_[id].reception);
  return from_days(reception > 0 ? troops / reception : 1e8);
}

UnitId Hubs::finish_reception(HubId id) {
  return std::exchange(hubs_[id].receiving, UnitId{});
}

void Hubs::free_beds(HubId id, double beds) {
  hubs_[id].free_beds += beds;
  hubs_[id].taken.add(stage_.now, -beds);
}

void Hubs::begin() {
  for (auto& hub : hubs_) {
    hub.taken.begin(stage_.now);
    hub.is_open.begin(stage_.now);
  }
}

double Hubs::mean_wait() const {
  double waited = 0.0;
  std::uint64_t received = 0;
  for (const auto& hub : hubs_) {
    waited += hub.waited;
    received += hub.received;
  }
  return received == 0 ? absent : waited / static_cast<double>(received);
}

double Hubs::mean_wait(HubId id) const {
  const Hub& hub = hubs_[id];
  return hub.received == 0 ? absent : hub.waited / static_cast<double>(hub.received);
}

double Hubs::occupancy(HubId id, Time until) const {
  const double beds = stage_.theatre.hubs[id].beds;
  const double open_days = hubs_[id].is_open.integral(until);
  if (std::isinf(beds) || open_days <= 0) return absent;
  return hubs_[id].taken.integral(until) / (beds * open_days);
}

}  // namespace truce::model
