// SPDX-License-Identifier: Apache-2.0
#include "sim/model/hubs.hpp"

#include <cmath>

#include "sim/core/contract.hpp"

#include "sim/model/outcome.hpp"

namespace truce::model {

Hubs::Hubs(Stage& stage) : stage_(stage) {
  for (const auto& plan : stage.theatre.hubs) {
    Hub hub;
    hub.free_beds = plan.beds;
    hub.reception = plan.reception ? plan.reception->draw(stage.key) : 0.0;
    hub.building = from_days(plan.opens_after.draw(stage.key));
    hubs_.push_back(std::move(hub));
  }
}

void Hubs::start_building(scenario::Reference reference) {
  for (const auto id : hubs_.ids()) {
    if (stage_.theatre.hubs[id].built_from != reference) continue;
    stage_.at(later(stage_.now, hubs_[id].building), HubOpens{id});
  }
}

void Hubs::open(HubId id) {
  hubs_[id].open = true;
  hubs_[id].is_open.set(stage_.now, 1.0);
}

UnitId Hubs::next(HubId id) const {
  const Hub& hub = hubs_[id];
  if (!hub.open || hub.receiving || hub.line.empty()) return {};
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
  const double reception = hubs_[id].reception;
  return reception > 0 ? from_days(troops / reception) : Duration{0};
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
