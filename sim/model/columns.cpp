// SPDX-License-Identifier: Apache-2.0
// Outcomes to columns: breakdowns are spelled out over the scenario's entities.
#include <algorithm>
#include <map>
#include <string>
#include <type_traits>

#include "sim/model/outcome.hpp"

namespace truce::model {
namespace {

using scenario::Scenario;

/// Calls `part(value, breakdown, key)` for each part of an outcome's field.
template <class Field, class Part>
void for_parts(Field& field, const Scenario& s, Part part) {
  using F = std::remove_const_t<Field>;
  const auto by = [&](const auto& table, std::string_view breakdown, const auto& keep) {
    for (const auto id : table.ids()) {
      if (keep(table[id])) part(field[id], breakdown, table.name(id));
    }
  };
  const auto all = [](const auto&) { return true; };
  if constexpr (std::is_same_v<F, double>) {
    part(field, "", "");
  } else if constexpr (std::is_same_v<F, By<scenario::ContributorSpec>>) {
    // Who pledges nothing has no row.
    by(s.contributors, "contributor", [](const auto& spec) { return !spec.pledges.empty(); });
  } else if constexpr (std::is_same_v<F, By<scenario::HubSpec>>) {
    by(s.hubs, "hub", all);
  } else if constexpr (std::is_same_v<F, By<scenario::SectorSpec>>) {
    by(s.sectors, "sector", all);
  } else if constexpr (std::is_same_v<F, By<scenario::IncidentTypeSpec>>) {
    by(s.incident_types, "type", all);
  } else if constexpr (std::is_same_v<F, By<scenario::CellSpec>>) {
    by(s.cells, "cell", [](const auto& spec) { return spec.teams > 0; });
  } else if constexpr (std::is_same_v<F, By<scenario::SensorSpec>>) {
    by(s.sensors, "sensor", all);
  } else if constexpr (std::is_same_v<F, By<scenario::LayerSpec>>) {
    by(s.layers, "layer", all);
  } else if constexpr (std::is_same_v<F, By<scenario::AnswerSpec>>) {
    if (s.coordination) by(s.coordination->answers, "rung", all);
  } else if constexpr (std::is_same_v<F, BySurvivalDay>) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      part(field[i], "day", std::to_string(survival_days[i]));
    }
  } else if constexpr (std::is_same_v<F, ByCostKind>) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      part(field[i], "kind", std::string(cost_kinds[i]));
    }
  } else if constexpr (std::is_same_v<F, ByFunction>) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      part(field[i], "function", std::string(EnumNames<scenario::Function>::names[i]));
    }
  } else if constexpr (std::is_same_v<F, ByGrade>) {
    for (std::size_t i = 0; i < field.size(); ++i) {
      part(field[i], "grade", std::string(EnumNames<scenario::Grade>::names[i]));
    }
  } else {
    static_assert(std::is_same_v<F, ByMilestone>);
    for (std::size_t i = 0; i < field.size(); ++i) {
      part(field[i], "day", std::to_string(milestones[i]));
    }
  }
}

bool has(const Scenario& s, Section section) {
  const auto some_hub = [&](auto member) {
    for (const auto id : s.hubs.ids()) {
      if (s.hubs[id].*member) return true;
    }
    return false;
  };
  const auto some_pledge = [&] {
    for (const auto id : s.contributors.ids()) {
      if (!s.contributors[id].pledges.empty()) return true;
    }
    return false;
  };
  switch (section) {
    case Section::always:
      return true;
    case Section::pledges:
      return some_pledge();
    case Section::cells:
      return !s.cells.empty();
    case Section::coordination:
      return s.coordination.has_value();
    case Section::capability:
      return s.capability.has_value();
    case Section::crisis:
      return s.crisis.has_value();
    case Section::members:
      return s.coordination && !s.coordination->members.empty();
    case Section::answers:
      return s.coordination && !s.coordination->answers.empty();
    case Section::allegations:
      return s.allegations.has_value();
    case Section::layers:
      return !s.layers.empty();
    case Section::shocks:
      return !s.shocks.empty();
    case Section::attacks:
      return some_hub(&scenario::HubSpec::attacks);
    case Section::supply:
      return some_hub(&scenario::HubSpec::supply);
    case Section::stores:
      return some_hub(&scenario::HubSpec::store);
    case Section::stocks:
      return std::ranges::any_of(s.layers.ids(),
                                 [&](const auto id) { return s.layers[id].stock.has_value(); });
    case Section::costs:
      return s.costs.has_value();
  }
  return true;
}

struct ColumnMaker {
  const Scenario& scenario;
  std::vector<Column> columns;

  template <class Field>
  void operator()(std::string_view name, Field& field, const OutcomeRule& rule,
                  std::string_view meaning) {
    if (!has(scenario, rule.rests_on)) return;
    for_parts(field, scenario, [&](double, std::string_view breakdown, const std::string& key) {
      Column column;
      column.outcome = name;
      // "incidents_by_sector" is the breakdown of "incidents": one outcome, two readings.
      const std::string suffix = "_by_" + std::string(breakdown);
      if (!breakdown.empty() && name.ends_with(suffix)) {
        column.outcome.resize(name.size() - suffix.size());
      }
      column.breakdown = breakdown;
      column.key = key;
      column.id = column.outcome + (key.empty() ? "" : "." + key);
      column.label = std::string(rule.label) + (key.empty() ? "" : ": " + key);
      column.unit = rule.unit;
      column.meaning = meaning;
      column.scale = rule.scale;
      column.better = rule.better;
      columns.push_back(std::move(column));
    });
  }
};

struct RowMaker {
  const Scenario& scenario;
  std::vector<double> row;

  template <class Field>
  void operator()(std::string_view, Field& field, const OutcomeRule& rule, std::string_view) {
    if (!has(scenario, rule.rests_on)) return;
    for_parts(field, scenario,
              [&](double value, std::string_view, const std::string&) { row.push_back(value); });
  }
};

}  // namespace

Outcome Outcome::of(const Scenario& s) {
  Outcome outcome;
  auto size = [&](std::string_view, auto& field, auto&&...) {
    using F = std::remove_cvref_t<decltype(field)>;
    if constexpr (std::is_same_v<F, By<scenario::ContributorSpec>>) {
      field = F(s.contributors.size(), 0.0);
    } else if constexpr (std::is_same_v<F, By<scenario::HubSpec>>) {
      field = F(s.hubs.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::SectorSpec>>) {
      field = F(s.sectors.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::IncidentTypeSpec>>) {
      field = F(s.incident_types.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::CellSpec>>) {
      field = F(s.cells.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::SensorSpec>>) {
      field = F(s.sensors.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::LayerSpec>>) {
      field = F(s.layers.size(), absent);
    } else if constexpr (std::is_same_v<F, By<scenario::AnswerSpec>>) {
      field = F(s.coordination ? s.coordination->answers.size() : 0, absent);
    }
  };
  Outcome::describe(outcome, size);
  return outcome;
}

std::vector<Column> outcome_columns(const Scenario& scenario) {
  const Outcome outcome = Outcome::of(scenario);
  ColumnMaker maker{scenario, {}};
  Outcome::describe(outcome, maker);
  // A sector may be called like a type, a hub like a contributor: such columns say which they are.
  std::map<std::string, int> uses;
  for (const Column& column : maker.columns) ++uses[column.id];
  for (Column& column : maker.columns) {
    if (uses[column.id] == 1) continue;
    const std::string part = column.breakdown + "." + column.key;
    column.id = column.outcome + "." + part;
    column.label.replace(column.label.size() - column.key.size(), column.key.size(), part);
  }
  return std::move(maker.columns);
}

std::vector<double> outcome_row(const Outcome& outcome, const Scenario& scenario) {
  RowMaker maker{scenario, {}};
  Outcome::describe(outcome, maker);
  return std::move(maker.row);
}

}  // namespace truce::model
