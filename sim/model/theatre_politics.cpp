// SPDX-License-Identifier: Apache-2.0
// The political part of the theatre: facts, effects and their targets, layers, shocks, climate,
// crisis, the coordination cell, costs.
#include <algorithm>
#include <cmath>

#include "sim/model/theatre.hpp"

namespace truce::model {

using random::Source;
using scenario::Scenario;

namespace {

template <class Q>
Chance chance(const random::Variate<Q>& probability, const std::string& path) {
  return {once(probability, path + ".probability"), Source(path, purpose::decision)};
}

Time date_of(const scenario::Moment& moment, Date start) {
  return moment.kind == scenario::Moment::Kind::date ? at_date(start, moment.date) : never;
}

template <class Spec>
random::WeightedPick pick_of(const scenario::Numbers<Spec, double>& numbers,
                             const scenario::Table<Spec>& table) {
  if (numbers.empty()) return {};
  std::vector<double> weights(table.size(), 0.0);
  for (const auto& [ref, weight] : numbers) weights[table.find(ref).index()] = weight;
  return random::WeightedPick(weights);
}

}  // namespace

void Theatre::plan_targets() {
  const Scenario& s = scenario_;
  std::vector<const scenario::Effects*> causes;
  for (const auto id : s.layers.ids()) {
    causes.push_back(&s.layers[id].effects);
    causes.push_back(&s.layers[id].while_stocked);
  }
  for (const auto id : s.shocks.ids()) causes.push_back(&s.shocks[id].effects);
  if (s.coordination) {
    for (const auto id : s.coordination->answers.ids()) {
      causes.push_back(&s.coordination->answers[id].effects);
    }
  }
  for (const auto& quantity : scenario::effectables(s)) {
    const bool used = std::any_of(causes.begin(), causes.end(), [&](const auto* effects) {
      return std::any_of(effects->items.begin(), effects->items.end(), [&](const auto& effect) {
        return scenario::fits(effect.target, quantity.path);
      });
    });
    if (!used) continue;
    targets_by_path_.emplace(quantity.path, TargetId{targets.size()});
    targets.push_back({quantity.quantum, quantity.entity});
    target_paths_.push_back(quantity.path);
  }
}

TargetId Theatre::target(std::string_view path) const {
  const auto found = targets_by_path_.find(path);
  return found == targets_by_path_.end() ? TargetId{} : found->second;
}

EffectsPlan Theatre::effects(const scenario::Effects& effects) const {
  EffectsPlan plan;
  for (const auto& effect : effects.items) {
    for (std::size_t i = 0; i < target_paths_.size(); ++i) {
      if (!scenario::fits(effect.target, target_paths_[i])) continue;
      plan.push_back({TargetId{i}, effect.operation, effect.value});
    }
  }
  return plan;
}

std::vector<FactId> Theatre::facts_of(
    const std::vector<scenario::Ref<scenario::FactSpec>>& refs) const {
  std::vector<FactId> ids;
  for (const auto& ref : refs) ids.push_back(scenario_.facts.find(ref));
  return ids;
}

void Theatre::plan_politics() {
  const Scenario& s = scenario_;
  for (const auto id : s.facts.ids()) {
    facts.push_back(chance(s.facts[id].probability, "facts." + s.facts.name(id)));
  }
  for (const auto id : s.layers.ids()) {
    const auto& spec = s.layers[id];
    const std::string path = "layers." + s.layers.name(id);
    LayerPlan plan;
    plan.trigger = spec.trigger;
    if (spec.trigger.kind == scenario::Trigger::Kind::date) {
      plan.date = std::max(start_of_time, at_date(s.start, spec.trigger.date));
    }
    if (spec.trigger.kind == scenario::Trigger::Kind::layer) {
      plan.after = s.layers.find(spec.trigger.layer);
    }
    plan.needs = facts_of(spec.needs);
    plan.delay = noise(spec.delay, path, purpose::delay);
    plan.lasts = noise(spec.lasts, path, purpose::length);
    plan.effects = effects(spec.effects);
    plan.stock = spec.stock ? spec.stock->value : 0.0;
    plan.while_stocked = effects(spec.while_stocked);
    layers.push_back(std::move(plan));
  }
  for (const auto id : s.shocks.ids()) {
    const auto& spec = s.shocks[id];
    const std::string path = "shocks." + s.shocks.name(id);
    ShockPlan plan;
    plan.at = spec.at;
    if (spec.at) {
      plan.date = std::max(start_of_time, date_of(*spec.at, s.start));
      plan.after = once(scenario::after_start(*spec.at, s.start), path + ".at");
    }
    plan.by = spec.by ? spec.by->value : 0.0;
    plan.rate = spec.rate ? spec.rate->value : 0.0;
    plan.chance = chance(spec.probability, path);
    plan.timing = Source(path, purpose::timing);
    plan.needs = facts_of(spec.needs);
    plan.lasts = noise(spec.lasts, path, purpose::length);
    plan.effects = effects(spec.effects);
    for (const auto pledge : pledges.ids()) {
      const std::string& name = pledges[pledge].name;
      for (const auto& who : spec.withdraws) {
        if (name == who || name.starts_with(who + ".")) plan.withdraws.push_back(pledge);
      }
    }
    plan.notice = noise(spec.notice, path, purpose::leaving);
    for (const auto& member : spec.members_out) {
      plan.members_out.push_back(s.coordination->members.find(member));
    }
    shocks.push_back(std::move(plan));
  }
}

void Theatre::plan_climate_and_crisis() {
  const Scenario& s = scenario_;
  if (s.climate) {
    ClimatePlan plan;
    for (const auto id : s.climate->regimes.ids()) {
      const auto& regime = s.climate->regimes[id];
      plan.regimes.push_back({regime.multiplier, regime.growth.value, regime.ceiling,
                              regime.mean_stay ? regime.mean_stay->value : 0.0,
                              pick_of(regime.next, s.climate->regimes)});
    }
    plan.start = pick_of(s.climate->start, s.climate->regimes);
    plan.regime = Source("climate", purpose::regime);
    // A lognormal of mean 1 with this standard deviation: sigma^2 = log(1 + sd^2).
    plan.sigma = std::sqrt(std::log1p(s.climate->daily_sd * s.climate->daily_sd));
    plan.persistence = s.climate->daily_persistence;
    climate = std::move(plan);
  }
  if (s.environment) {
    environment =
        EnvironmentPlan{s.environment->bad_weather_winter, s.environment->bad_weather_summer,
                        s.environment->weather_persistence, s.environment->jamming};
  }
  if (s.crisis) {
    const auto& c = *s.crisis;
    CrisisPlan plan;
    plan.patience = noise(c.patience, "crisis", purpose::patience);
    plan.defusal = once(c.defusal, "crisis.defusal");
    plan.defusal_decision = Source("crisis.defusal", purpose::decision);
    plan.breakdown_lasts = noise(c.breakdown_lasts, "crisis", purpose::breakdown);
    plan.breakdown_rate = c.breakdown_rate;
    plan.spread = once(c.spread, "crisis.spread");
    plan.spread_decision = Source("crisis", purpose::spread);
    plan.spread_per_breakdown = c.spread_per_breakdown;
    plan.collapse_rate = c.collapse_rate;
    if (c.restoration) {
      plan.restoration =
          CrisisPlan::Restoration{facts_of(c.restoration->needs), c.restoration->troops.value,
                                  chance(c.restoration->probability, "crisis.restoration"),
                                  noise(c.restoration->time, "crisis", purpose::restoration)};
    }
    plan.evacuation = noise(c.evacuation, "crisis", purpose::leaving);
    plan.ends_with_collapse = c.ends_with_collapse;
    plan.patience_target = target("crisis.patience");
    plan.defusal_target = target("crisis.defusal");
    plan.spread_target = target("crisis.spread");
    crisis = std::move(plan);
  }
  if (s.allegations) {
    AllegationsPlan plan;
    plan.true_share = s.allegations->true_share;
    plan.delay = noise(s.allegations->delay, "allegations", purpose::allegation);
    plan.false_rate = s.allegations->false_rate.value;
    plan.truths = Source("allegations", purpose::decision);
    plan.falsehoods = Source("allegations", purpose::falsehood);
    std::vector<double> weights;
    double total = 0.0;
    for (const auto id : s.sectors.ids()) {
      weights.push_back(s.sectors[id].incidents.rate.mean());
      total += weights.back();
    }
    if (total <= 0) std::fill(weights.begin(), weights.end(), 1.0);
    plan.sectors = random::WeightedPick(weights);
    plan.true_target = target("allegations.true_share");
    plan.false_target = target("allegations.false_rate");
    allegations = std::move(plan);
  }
}

void Theatre::plan_coordination() {
  const Scenario& s = scenario_;
  if (!s.coordination) return;
  const auto& c = *s.coordination;
  CoordinationPlan plan;
  plan.desks = c.desks;
  plan.work = noise(c.work, "coordination", purpose::desk);
  plan.ready_after = once(c.ready_after, "coordination.ready_after");
  plan.desks_target = target("coordination.desks");
  plan.work_target = target("coordination.work");
  for (const auto id : c.members.ids()) {
    const std::string path = "coordination.members." + c.members.name(id);
    plan.members.push_back(
        {noise(c.members[id].response, path, purpose::response), target(path + ".response")});
  }
  if (!c.members.empty()) plan.lead = c.lead ? c.members.find(*c.lead) : MemberId{0};
  plan.rule = c.decision_rule;
  plan.deputy_slower = c.deputy_slower;
  if (c.commission) {
    plan.commission =
        CommissionPlan{noise(c.commission->time, "coordination.commission", purpose::response),
                       {once(c.commission->attributes, "coordination.commission.attributes"),
                        Source("coordination.commission", purpose::decision)}};
  }
  if (c.hand_over) {
    plan.hand_over = HandOverPlan{
        c.hand_over->at, date_of(c.hand_over->at, s.start),
        once(scenario::after_start(c.hand_over->at, scenario_.start), "coordination.hand_over.at"),
        once(c.hand_over->pause, "coordination.hand_over.pause")};
  }
  for (const auto id : c.answers.ids()) {
    const auto& spec = c.answers[id];
    const std::string path = "coordination.answers." + c.answers.name(id);
    AnswerPlan answer;
    answer.within = spec.within.value;
    answer.delay = noise(spec.delay, path, purpose::answer);
    answer.needs = facts_of(spec.needs);
    answer.troops = spec.troops.value;
    answer.detached = noise(spec.detached, path, purpose::detachment);
    answer.needs_attribution = spec.needs_attribution;
    answer.removes = once(spec.removes, path + ".removes");
    answer.effects = effects(spec.effects);
    answer.lasts = noise(spec.lasts, path, purpose::length);
    plan.answers.push_back(std::move(answer));
  }
  coordination = std::move(plan);
}

void Theatre::plan_costs() {
  const Scenario& s = scenario_;
  if (!s.costs) return;
  CostsPlan plan;
  const auto& names = EnumNames<scenario::Function>::names;
  for (const auto id : s.costs->troops.ids()) {
    const auto& name = s.costs->troops.name(id);
    const auto function =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    const std::string path = "costs.troops." + name;
    plan.in_place[function] = once(s.costs->troops[id].in_place, path + ".in_place");
    plan.movement[function] = once(s.costs->troops[id].movement, path + ".movement");
  }
  plan.sensors.assign(s.sensors.size(), 0.0);
  for (const auto& [ref, money] : s.costs->sensors) {
    plan.sensors[s.sensors.find(ref).index()] = money.value;
  }
  plan.hub_building = s.costs->hub_building.value;
  plan.supply = s.costs->supply.value;
  costs = std::move(plan);
}

}  // namespace truce::model
