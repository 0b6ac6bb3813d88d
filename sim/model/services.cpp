// SPDX-License-Identifier: Apache-2.0
#include "sim/model/services.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::model {

Services::Services(Stage& stage) : stage_(stage), hubs_(stage.theatre.hubs.size()) {}

void Services::on(const HubOpens& event) {
  Hub& hub = hubs_[event.hub];
  const HubPlan& plan = stage_.theatre.hubs[event.hub];
  hub.open = true;
  hub.since = stage_.now;
  if (plan.store) hub.deliveries = deliveries(event.hub);
  if (plan.supply) {
    // It opens with what its reserve asks for if its beds were full, so that arrivals don't starve.
    const double heads = std::isinf(plan.beds) ? 0.0 : plan.beds;
    hub.supplies = heads * plan.supply->per_head * (plan.supply->reserve + plan.supply->every);
    hub.opened_with = hub.supplies;
    stage_.in_days_from_now(plan.supply->every, ConvoyArrives{event.hub});
  }
  if (plan.attacks) draw_attack(event.hub);
}

void Services::draw_attack(HubId id) {
  auto stream = stage_.theatre.hubs[id].attacks->attacks.at(stage_.key, hubs_[id].attacks);
  hubs_[id].hazard = -std::log(stream.uniform());
  hubs_[id].hazard_since = stage_.now;
  schedule_attack(id);
}

double Services::attack_rate(HubId id) const {
  const auto& plan = *stage_.theatre.hubs[id].attacks;
  return stage_.quantities.positive(plan.rate_target, plan.rate) * (tense_ ? plan.in_crisis : 1.0);
}

double Services::deliveries(HubId id) const {
  const auto& plan = *stage_.theatre.hubs[id].store;
  return stage_.quantities.positive(plan.deliveries_target, plan.deliveries);
}

void Services::schedule_attack(HubId id) {
  const double rate = attack_rate(id);
  hubs_[id].rate = rate;
  hubs_[id].attack =
      rate > 0 ? stage_.in_days_from_now(hubs_[id].hazard / rate, HubIsAttacked{id}) : Handle{};
}

// What is left of the hazard is stretched to the new rate.
void Services::retime_attack(HubId id) {
  Hub& hub = hubs_[id];
  if (!stage_.theatre.hubs[id].attacks || !hub.open) return;
  hub.hazard = std::max(0.0, hub.hazard - hub.rate * in_days(stage_.now - hub.hazard_since));
  stage_.calendar.cancel(hub.attack);
  hub.hazard_since = stage_.now;
  schedule_attack(id);
}

void Services::set_tension(bool tense) {
  if (tense == tense_) return;
  tense_ = tense;
  for (const auto id : hubs_.ids()) retime_attack(id);
}

bool Services::on(const HubIsAttacked& event) {
  settle(event.hub);
  Hub& hub = hubs_[event.hub];
  const HubPlan& plan = stage_.theatre.hubs[event.hub];
  const bool was_in_action = hub.in_action;
  if (plan.store) {
    const double kept = hub.stored * plan.store->hardness;
    hub.lost += hub.stored - kept;
    hub.stored = kept;
    hub.stored_level.set(stage_.now, hub.stored);
  }
  if (was_in_action) {
    hub.in_action = false;
    hub.out.set(stage_.now, 1.0);
    stage_.in_days_from_now(plan.attacks->repair.draw(stage_.key, hub.attacks),
                            HubIsRepaired{event.hub});
  }
  ++hub.attacks;
  draw_attack(event.hub);
  return was_in_action;
}

void Services::on(const HubIsRepaired& event) {
  settle(event.hub);
  hubs_[event.hub].in_action = true;
  hubs_[event.hub].out.set(stage_.now, 0.0);
}

void Services::on(const ConvoyArrives& event) {
  settle(event.hub);
  Hub& hub = hubs_[event.hub];
  const SupplyPlan& plan = *stage_.theatre.hubs[event.hub].supply;
  stage_.in_days_from_now(plan.every, ConvoyArrives{event.hub});
  if (!hub.in_action) return;  // turned back
  const double beds = stage_.theatre.hubs[event.hub].beds;
  const double heads = std::isinf(beds) ? hub.troops : beds;
  const double full = heads * plan.per_head * plan.stock;
  const double load = stage_.quantities.positive(plan.convoys_target, plan.convoys) * plan.every;
  const double brought = std::clamp(full - hub.supplies, 0.0, load);
  hub.supplies += brought;
  hub.brought += brought;
  settle(event.hub);
}

void Services::set_troops(HubId id, double troops) {
  settle(id);
  hubs_[id].troops = troops;
}

// What has come until now came at the rate until now.
void Services::rates_changed(HubId id) {
  settle(id);
  if (stage_.theatre.hubs[id].store) hubs_[id].deliveries = deliveries(id);
  retime_attack(id);
}

bool Services::settle(HubId id) {
  Hub& hub = hubs_[id];
  const HubPlan& plan = stage_.theatre.hubs[id];
  const double days = in_days(stage_.now - hub.since);
  hub.since = stage_.now;
  if (!hub.open) return false;
  if (plan.store && days > 0) {
    const double offered = hub.in_action ? hub.deliveries * days : 0.0;
    const double out = std::min(hub.stored + offered, plan.store->releases * days);
    const double in = std::min(offered, plan.store->capacity + out - hub.stored);
    hub.delivered += in;
    hub.released += out;
    hub.stored = std::max(0.0, hub.stored + in - out);
    hub.stored_level.set(stage_.now, hub.stored);
  }
  if (!plan.supply) return false;
  const double use = hub.troops * plan.supply->per_head;
  const double used = std::min(hub.supplies, use * days);
  hub.used += used;
  hub.supplies -= used;
  const bool was_short = hub.short_of_supplies;
  hub.short_of_supplies =
      hub.troops > 0 && (hub.supplies <= 0 || hub.supplies < use * plan.supply->reserve);
  if (hub.short_of_supplies != was_short) {
    hub.short_level.set(stage_.now, hub.short_of_supplies ? 1.0 : 0.0);
  }
  return hub.short_of_supplies != was_short;
}

double Services::stored() const {
  double total = 0.0;
  for (const auto& hub : hubs_) total += hub.stored;
  return total;
}

void Services::check() const {
  for (const auto id : hubs_.ids()) {
    const Hub& hub = hubs_[id];
    const double in = hub.delivered - hub.released - hub.lost;
    TRUCE_ENSURE(hub.stored >= 0 && std::abs(in - hub.stored) <= 1e-6 * (1 + hub.delivered),
                 "a store holds what was delivered less what was released or lost");
    const double left = hub.opened_with + hub.brought - hub.used;
    TRUCE_ENSURE(hub.supplies >= 0 &&
                     std::abs(left - hub.supplies) <= 1e-6 * (1 + hub.opened_with + hub.brought),
                 "a hub has the supplies that came less those used");
  }
}

double Services::tonnes_brought() const {
  double total = 0.0;
  for (const auto& hub : hubs_) total += hub.brought;
  return total;
}

void Services::begin() {
  for (auto& hub : hubs_) {
    hub.out.begin(stage_.now);
    hub.short_level.begin(stage_.now);
    hub.stored_level.begin(stage_.now);
  }
}

void Services::report(Outcome& outcome, Time until) const {
  double attacks = 0.0, out = 0.0, short_days = 0.0, lost = 0.0, released = 0.0, stored = 0.0;
  double delivered = 0.0;
  for (const auto id : hubs_.ids()) {
    const Hub& hub = hubs_[id];
    attacks += static_cast<double>(hub.attacks);
    out += hub.out.integral(until);
    short_days += hub.short_level.integral(until);
    lost += hub.lost;
    released += hub.released;
    delivered += hub.delivered;
    stored += hub.stored_level.mean(until);
    outcome.hub_days_out_by_hub[id] = hub.out.integral(until);
  }
  outcome.hub_attacks = attacks;
  outcome.hub_days_out = out;
  outcome.hub_days_short = short_days;
  outcome.tonnes_stored = stored;
  outcome.tonnes_delivered = delivered;
  outcome.tonnes_released = released;
  outcome.tonnes_lost = lost;
}

}  // namespace truce::model
