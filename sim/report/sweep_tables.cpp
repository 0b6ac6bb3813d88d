// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sweep_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "sim/core/text.hpp"

#include "sim/experiment/comparison.hpp"

#include "sim/report/fields.hpp"

namespace truce::report {
namespace {

using experiment::RoleColumn;
using scenario::Factor;

Field role_field(RoleColumn role) {
  switch (role) {
    case RoleColumn::replicate:
      return whole("replicate", "Which of the independent scramblings of the Sobol' sequence.");
    case RoleColumn::trajectory:
      return whole("trajectory", "Trajectory of Morris's design; each has luck of its own.");
    case RoleColumn::step:
      return whole("step", "Place on the trajectory; 0 is its start.");
    case RoleColumn::row:
      return whole("row", "Row of Saltelli's design.");
    case RoleColumn::block:
      return text("block",
                  "A, B, AB (A with one factor of B, on the luck of A) or AB_chance (A on the luck "
                  "of B).");
    case RoleColumn::factor:
      return text("factor", "The factor that differs; empty if none does.");
    case RoleColumn::by:
      break;
  }
  return share("by", "How far it moved on the grid of Morris's unit cube.");
}

Cell role_cell(const experiment::Role& role, RoleColumn column) {
  const auto whole_cell = [](const std::optional<std::uint64_t>& n) {
    return n ? count(*n) : Cell{};
  };
  switch (column) {
    case RoleColumn::replicate:
      return whole_cell(role.replicate);
    case RoleColumn::trajectory:
      return whole_cell(role.trajectory);
    case RoleColumn::step:
      return whole_cell(role.step);
    case RoleColumn::row:
      return whole_cell(role.row);
    case RoleColumn::block:
      return cell(role.block);
    case RoleColumn::factor:
      return cell(role.factor);
    case RoleColumn::by:
      break;
  }
  return cell(role.by);
}

Field factor_field(const Factor& factor) {
  std::string meaning =
      factor.act == scenario::Act::times ? "Factor on what stands at " : "Value at ";
  meaning += join(factor.paths, ", ") + "; see factors.csv.";
  return {"factors." + factor.name, factor.numeric ? unit_label(factor.dimension) : "",
          factor.numeric ? Type::number : Type::text, std::move(meaning)};
}

Cell value_cell(const scenario::FactorValue& value) {
  return value.number ? Cell{*value.number} : cell(value.text);
}

std::string told(const model::Column& column) {
  return column.label + (column.meaning.empty() ? "" : ": " + column.meaning);
}

Field point_number() {
  return whole("point",
               "Number of the point in the design, from 0; those that a condition of the "
               "study leaves out are missing.");
}

}  // namespace

Detail::Detail(std::span<const model::Column> columns, std::span<const std::string> others) {
  std::vector<std::string> ids;
  for (const auto& column : columns) ids.push_back(column.id);
  for (const auto& wanted : others) {
    const bool known = std::ranges::any_of(columns, [&](const auto& column) {
      return column.id == wanted || column.outcome == wanted;
    });
    if (!known) {
      throw std::invalid_argument("there is no outcome '" + printable(wanted) + "'." +
                                  did_you_mean(wanted, ids));
    }
  }
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto& column = columns[c];
    const bool first = std::ranges::find(experiment::headline_outcomes(), column.id) !=
                       experiment::headline_outcomes().end();
    const bool asked = std::ranges::any_of(others, [&](const auto& wanted) {
      return column.id == wanted || column.outcome == wanted;
    });
    (first || asked ? detailed_ : others_).push_back(c);
  }
}

Sheet points_sheet(const experiment::Design& design, std::span<const Factor> factors,
                   std::span<const model::Column> columns, const Detail& detail) {
  Sheet sheet{"points.csv", {point_number()}};
  for (const auto role : design.roles) sheet.fields.push_back(role_field(role));
  for (const auto& factor : factors) sheet.fields.push_back(factor_field(factor));
  sheet.fields.push_back(whole("replications", "Replications of the point."));
  sheet.fields.push_back(
      whole("first", "Number of the first of them; points with the same have the same luck."));
  const auto add = [&](const std::string& prefix, const model::Column& column,
                       std::string meaning) {
    sheet.fields.push_back(
        {prefix + column.id, column.unit, Type::number, std::move(meaning) + told(column)});
  };
  for (const auto c : detail.detailed()) {
    sheet.fields.push_back({"n." + columns[c].id, "", Type::integer,
                            "Replications that have it: " + columns[c].label});
    add("mean.", columns[c], "Mean over them. ");
    add("se.", columns[c], "Standard error of that mean, sd/sqrt(n). ");
    add("sd.", columns[c], "Standard deviation between them (n - 1). ");
  }
  for (const auto c : detail.others()) add("mean.", columns[c], "Mean over those that have it. ");
  sheet.fields.push_back(status_field("the means"));
  return sheet;
}

std::vector<Cell> point_row(const experiment::Design& design, const experiment::Point& point,
                            std::uint64_t first, std::uint64_t replications,
                            std::span<const stats::Moments> moments, const Detail& detail) {
  std::vector<Cell> row{count(point.number)};
  for (const auto role : design.roles) row.push_back(role_cell(point.role, role));
  for (const auto& value : point.values) row.push_back(value_cell(value));
  row.push_back(count(replications));
  row.push_back(count(first));
  for (const auto c : detail.detailed()) {
    row.push_back(count(moments[c].count()));
    row.push_back(cell(moments[c].mean()));
    row.push_back(cell(moments[c].standard_error()));
    row.push_back(cell(moments[c].sd()));
  }
  for (const auto c : detail.others()) row.push_back(cell(moments[c].mean()));
  std::vector<double> means;
  for (const auto& one : moments) means.push_back(one.mean().value_or(std::nan("")));
  row.push_back(cell(status_of(means)));
  return row;
}

Sheet sweep_replications_sheet(std::span<const Factor> factors,
                               std::span<const model::Column> columns) {
  Sheet sheet{"replications.csv",
              {point_number(),
               whole("replication",
                     "Number of the replication: --first of the command that replays "
                     "it. The same number is the same luck."),
               text("seed_key", "s and the seed of the sweep."), status_field("the outcomes")}};
  for (const auto& factor : factors) sheet.fields.push_back(factor_field(factor));
  for (const auto& column : columns) {
    sheet.fields.push_back({column.id, column.unit, Type::number, told(column)});
  }
  return sheet;
}

std::vector<Cell> sweep_replication_row(const experiment::Point& point, std::uint64_t replication,
                                        std::uint64_t seed, std::span<const double> values) {
  std::vector<Cell> row{count(point.number), count(replication), seed_key(seed),
                        cell(status_of(values))};
  for (const auto& value : point.values) row.push_back(value_cell(value));
  row.insert(row.end(), values.begin(), values.end());
  return row;
}

Table factors_table(std::span<const Factor> factors, const scenario::StudyScenario& scenario) {
  Table table;
  table.file = "factors.csv";
  table.fields = {
      text("name", "Name of the factor; its column is factors.NAME."),
      text("paths", "Where it stands in the scenario, as --set takes it."),
      text("act", "set: its value takes the place of what stands there; times: multiplies it."),
      text("distribution", "What it may be, as the study writes it; empty if a table says it."),
      text("unit", "Unit of its column."),
      text("source", "Where its values come from."),
      text("note", "Remark of the author."),
      text("confidence", "low, medium or high; the author's judgement."),
      text("standing", "What stands there in the scenario itself.")};
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const auto& factor = factors[i];
    table.rows.push_back(
        {factor.name, join(factor.paths, ", "), cell(name_of(factor.act)), cell(factor.written),
         cell(factor.numeric ? unit_label(factor.dimension) : ""), cell(factor.source),
         cell(factor.note), cell(factor.confidence), cell(scenario.standing(i))});
  }
  return table;
}

}  // namespace truce::report
