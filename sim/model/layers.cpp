// SPDX-License-Identifier: Apache-2.0
#include "sim/model/layers.hpp"

#include <cmath>

namespace truce::model {

using scenario::Trigger;

Layers::Layers(Stage& stage, PutInForce put_in_force, EndEffects end_effects)
    : stage_(stage),
      put_in_force_(std::move(put_in_force)),
      end_effects_(std::move(end_effects)),
      layers_(stage.theatre.layers.size()) {}

void Layers::start() {
  for (const auto id : layers_.ids()) {
    const LayerPlan& plan = stage_.theatre.layers[id];
    if (plan.trigger.kind == Trigger::Kind::date) stage_.at(plan.date, LayerIsTriggered{id});
  }
  trigger(Trigger::Kind::start);
}

void Layers::trigger(Trigger::Kind kind) {
  for (const auto id : layers_.ids()) {
    if (stage_.theatre.layers[id].trigger.kind == kind) begin(id);
  }
}

void Layers::begin(LayerId id) {
  Layer& layer = layers_[id];
  const LayerPlan& plan = stage_.theatre.layers[id];
  if (layer.on_its_way || active(id) || !stage_.facts.hold(plan.needs)) return;
  layer.on_its_way = true;
  stage_.in_days_from_now(plan.delay.draw(stage_.key, layer.activations), LayerActivates{id});
}

void Layers::on(const LayerActivates& event) {
  Layer& layer = layers_[event.layer];
  const LayerPlan& plan = stage_.theatre.layers[event.layer];
  layer.on_its_way = false;
  layer.active.set(stage_.now, 1.0);
  std::optional<double> days;
  if (plan.lasts) days = plan.lasts->draw(stage_.key, layer.activations);
  ++layer.activations;
  put_in_force_(plan.effects, days);
  if (days) stage_.in_days_from_now(*days, LayerEnds{event.layer});
  settle_stock(event.layer);
  for (const auto id : layers_.ids()) {
    if (stage_.theatre.layers[id].after == event.layer) begin(id);
  }
}

void Layers::on(const LayerEnds& event) {
  layers_[event.layer].active.set(stage_.now, 0.0);
  settle_stock(event.layer);
}

void Layers::set_stock(double tonnes) {
  stock_ = tonnes;
  for (const auto id : layers_.ids()) settle_stock(id);
}

void Layers::settle_stock(LayerId id) {
  Layer& layer = layers_[id];
  const LayerPlan& plan = stage_.theatre.layers[id];
  if (plan.stock <= 0) return;
  const bool stocked = active(id) && stock_ >= plan.stock;
  if (stocked == (layer.stocked.current() > 0)) return;
  layer.stocked.set(stage_.now, stocked ? 1.0 : 0.0);
  if (stocked) {
    layer.stocked_effects = put_in_force_(plan.while_stocked, std::nullopt);
  } else {
    end_effects_(layer.stocked_effects);
  }
}

void Layers::begin_means() {
  for (auto& layer : layers_) {
    layer.active.begin(stage_.now);
    layer.stocked.begin(stage_.now);
  }
}

void Layers::report(Outcome& outcome, Time until) const {
  for (const auto id : layers_.ids()) {
    outcome.layer_active[id] = layers_[id].active.mean(until);
    const bool asks = stage_.theatre.layers[id].stock > 0;
    outcome.layer_stocked[id] = asks ? layers_[id].stocked.mean(until) : absent;
  }
}

Shocks::Shocks(Stage& stage, PutInForce put_in_force)
    : stage_(stage),
      put_in_force_(std::move(put_in_force)),
      until_(stage.theatre.shocks.size(), start_of_time) {}

void Shocks::start() {
  for (const auto id : stage_.theatre.shocks.ids()) {
    const ShockPlan& plan = stage_.theatre.shocks[id];
    if (!plan.at) continue;
    if (plan.at->kind == scenario::Moment::Kind::date) {
      stage_.at(plan.date, ShockStrikes{id, 0});
    } else if (plan.at->kind == scenario::Moment::Kind::after_start) {
      stage_.in_days_from_now(plan.after.draw(stage_.key), ShockStrikes{id, 0});
    }
  }
}

void Shocks::on(const CeasefireTakesEffect&) {
  for (const auto id : stage_.theatre.shocks.ids()) {
    const ShockPlan& plan = stage_.theatre.shocks[id];
    if (plan.by > 0) {
      auto stream = plan.timing.at(stage_.key);
      stage_.in_days_from_now(plan.by * stream.uniform(), ShockStrikes{id, 0});
    }
    if (plan.rate > 0) schedule_recurrence(id, 0);
  }
}

void Shocks::schedule_recurrence(ShockId id, std::uint32_t number) {
  const ShockPlan& plan = stage_.theatre.shocks[id];
  auto stream = plan.timing.at(stage_.key, number);
  stage_.in_days_from_now(-std::log(stream.uniform()) / plan.rate, ShockStrikes{id, number});
}

bool Shocks::on(const ShockStrikes& event) {
  const ShockPlan& plan = stage_.theatre.shocks[event.shock];
  if (plan.rate > 0) schedule_recurrence(event.shock, event.number + 1);
  if (plan.rate > 0 && stage_.now < until_[event.shock]) return false;
  if (!stage_.facts.hold(plan.needs) || !plan.chance.holds(stage_.key, event.number)) return false;
  std::optional<double> days;
  if (plan.lasts) days = plan.lasts->draw(stage_.key, event.number);
  put_in_force_(plan.effects, days);
  if (days) {
    until_[event.shock] = later(stage_.now, from_days(*days));
    stage_.in_days_from_now(*days, ShockPasses{event.shock});
  }
  strikes_ += 1.0;
  return true;
}

}  // namespace truce::model
