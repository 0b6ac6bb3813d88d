// SPDX-License-Identifier: Apache-2.0
#include "sim/model/ledger.hpp"

#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::model {

void report_costs(Outcome& outcome, const Stage& stage, const Pledges& pledges,
                  const Sensing& sensing, const Services& services, double hubs_built, Time until) {
  if (!stage.theatre.costs) {
    outcome.cost = absent;
    for (const auto id : outcome.cost_by_contributor.ids())
      outcome.cost_by_contributor[id] = absent;
    outcome.cost_by_function.fill(absent);
    outcome.cost_by_kind.fill(absent);
    return;
  }
  const CostsPlan& plan = *stage.theatre.costs;
  constexpr double million = 1e6;
  By<scenario::ContributorSpec> days_by_contributor(outcome.cost_by_contributor.size(), 0.0);
  ByFunction days_by_function{};
  auto& kinds = outcome.cost_by_kind;
  double troop_days = 0.0;
  for (const auto id : stage.theatre.pledges.ids()) {
    const PledgePlan& pledge = stage.theatre.pledges[id];
    const auto function = static_cast<std::size_t>(pledge.function);
    const double days = pledges.troop_days(id, until);
    troop_days += days;
    days_by_contributor[pledge.contributor] += days;
    days_by_function[function] += days;
    const auto rate = [&](const auto& parameters) {
      return parameters[function] ? parameters[function]->draw(stage.key) : 0.0;
    };
    const double in_place = days * rate(plan.in_place) / million;
    const double movement = pledges.moved(id) * rate(plan.movement) / million;
    kinds[0] += in_place;
    kinds[1] += movement;
    outcome.cost_by_contributor[pledge.contributor] += in_place + movement;
    outcome.cost_by_function[function] += in_place + movement;
  }
  for (std::size_t kind = 0; kind < plan.sensors.size(); ++kind) {
    kinds[2] += sensing.installed_days(kind, until) * plan.sensors[kind] / million;
  }
  kinds[3] = hubs_built * plan.hub_building / million;
  kinds[4] = services.tonnes_brought() * plan.supply / million;
  outcome.cost = kinds[0] + kinds[1] + kinds[2] + kinds[3] + kinds[4];
  if (troop_days > 0) {
    const double shared = kinds[2] + kinds[3] + kinds[4];
    double sum = 0.0;
    for (const auto id : days_by_contributor.ids()) {
      outcome.cost_by_contributor[id] += shared * days_by_contributor[id] / troop_days;
      sum += outcome.cost_by_contributor[id];
    }
    for (std::size_t f = 0; f < days_by_function.size(); ++f) {
      outcome.cost_by_function[f] += shared * days_by_function[f] / troop_days;
    }
    TRUCE_ENSURE(std::abs(sum - outcome.cost) <= 1e-9 * (1 + outcome.cost),
                 "contributors bear all costs, once");
    outcome.cost_per_troop_year = outcome.cost * million / (troop_days / days_per_year);
  }
  if (outcome.cases_verified > 0) {
    outcome.cost_per_verified = outcome.cost * million / outcome.cases_verified;
  }
}

}  // namespace truce::model
