// SPDX-License-Identifier: Apache-2.0
#include "sim/model/player.hpp"

#include "sim/model/simulate.hpp"

namespace truce::model {

std::vector<Column> columns_of(const scenario::Loaded& loaded) {
  auto columns = outcome_columns(loaded.scenario);
  const auto& parameters = loaded.scenario.parameters;
  for (const auto id : parameters.ids()) {
    const auto& spec = parameters[id];
    if (!spec.drawn()) continue;
    Column column;
    column.id = "parameters." + parameters.name(id);
    column.outcome = "parameters";
    column.breakdown = "parameter";
    column.key = parameters.name(id);
    column.label = "Parameter " + parameters.name(id);
    column.unit = unit_label(spec.value.dimension);
    column.meaning = "The value drawn for this parameter in the replication.";
    columns.push_back(std::move(column));
  }
  return columns;
}

Player::Player(const scenario::Loaded& loaded)
    : loaded_(loaded),
      realisation_(loaded),
      theatre_(loaded.scenario),
      columns_(columns_of(loaded)) {}

template <class Play>
auto Player::with_theatre(const scenario::Valuation& parameters, Play play) const {
  if (!realisation_.varies()) return play(loaded_.scenario, theatre_);
  const auto scenario = realisation_.with(parameters);
  const Theatre theatre(scenario, &theatre_.tables());
  return play(scenario, theatre);
}

Player::Played Player::play(random::ReplicationKey key, const engine::Limits& limits) const {
  const auto drawn = realisation_.draw(key);
  Played played;
  played.replication = with_theatre(drawn, [&](const auto& scenario, const auto& theatre) {
    return simulate(scenario, theatre, key, limits);
  });
  played.row = outcome_row(played.replication.outcome, loaded_.scenario);
  const auto& parameters = loaded_.scenario.parameters;
  for (const auto id : parameters.ids()) {
    if (parameters[id].drawn()) played.row.push_back(drawn.find(parameters.name(id))->second.least);
  }
  return played;
}

Replication Player::tell(random::ReplicationKey key,
                         const std::function<void(const Telling&)>& listener,
                         const engine::Limits& limits) const {
  return with_theatre(realisation_.draw(key), [&](const auto& scenario, const auto& theatre) {
    return model::tell(scenario, theatre, key, listener, limits);
  });
}

}  // namespace truce::model
