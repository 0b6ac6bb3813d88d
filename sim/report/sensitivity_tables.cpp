// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sensitivity_tables.hpp"

#include <optional>
#include <string>

#include "sim/report/fields.hpp"

namespace truce::report {
namespace {

using experiment::Measure;
using experiment::Sample;
using experiment::Sensitivity;

bool in_unit_of_outcome(Measure measure) {
  return measure == Measure::mu_star || measure == Measure::mu || measure == Measure::sigma ||
         measure == Measure::swing;
}

Cell rank_cell(const std::optional<std::uint64_t>& rank) {
  return rank ? count(*rank) : Cell{};
}

void add_share(std::vector<Cell>& row, const std::optional<stats::Share>& share,
               bool has_interval) {
  row.push_back(share ? Cell{share->value} : Cell{});
  row.push_back(share && has_interval ? Cell{share->interval.low} : Cell{});
  row.push_back(share && has_interval ? Cell{share->interval.high} : Cell{});
}

}  // namespace

Table sensitivity_table(const Sensitivity& all, const Sample& sample) {
  Table table;
  table.file = "sensitivity.csv";
  table.fields = {
      text("outcome", "Outcome, a column of the replications."),
      text("label", "Its name for people."),
      text("unit", "Unit of value and interval; empty for shares, coefficients and distances."),
      text("input", "Factor or parameter; empty: all together, or chance."),
      text("method",
           "sobol, morris, regression, ranks, pawn, slices, levels, tornado; scenarios/README.md "
           "tells which design allows which."),
      text("measure",
           "total, first_order, first_order_mean: shares of the variance; src, srrc, prcc: "
           "coefficients with a sign; pawn_median, pawn_max: distances of distributions; "
           "r_squared, r_squared_of_ranks: share of the variance by a plane; mu_star, mu, sigma: "
           "elementary effects; swing: from low to high value."),
      number("value", "The measure."),
      number("ci95_low", "Lower end of its 95 % interval; empty where there is none."),
      number("ci95_high", "Upper end of it."),
      whole("n", "Points, rows, trajectories or pairs of replications that it rests on."),
      whole("rank", "Place of the input by the size of the value, within outcome and measure."),
      text("clear", "no: it may as well be nothing."),
      text("note", "Reservations."),
      text("best",
           "yes: the measure by which inputs are told first for this outcome, the best that "
           "the design allows.")};
  for (const auto& outcome : all.outcomes) {
    for (const auto& one : outcome.influences) {
      table.rows.push_back({outcome.column.id, outcome.column.label,
                            in_unit_of_outcome(one.measure) ? cell(outcome.column.unit) : Cell{},
                            one.input    ? cell(sample.inputs[*one.input].name)
                            : one.chance ? cell("chance")
                                         : Cell{},
                            cell(method_of(one.measure, sample.chosen)), cell(text_of(one.measure)),
                            cell(one.value), low(one.interval), high(one.interval), count(one.n),
                            rank_cell(one.rank), cell(one.clear ? "yes" : "no"), cell(one.note),
                            cell(one.measure == outcome.best ? "yes" : "no")});
    }
  }
  add_status(table, {"value"});
  return table;
}

Table tornado_table(const Sensitivity& all, const Sample& sample) {
  Table table;
  table.file = "tornado.csv";
  table.fields = {text("outcome", "Outcome, a column of the replications."),
                  text("label", "Its name for people."),
                  text("unit", "Unit of outcomes and swing."),
                  text("input", "The factor that changes; all others are as in the base."),
                  text("base_value", "Its value in the base, in the unit of factors.csv."),
                  text("low_value", "Its low value; of words, that of the base."),
                  text("high_value", "Its high value; of words, another one."),
                  number("at_base", "Mean outcome of the base."),
                  number("at_low", "Mean outcome at the low value."),
                  number("at_high", "Mean outcome at the high value."),
                  number("swing", "Mean of high minus low, over replications on the same luck."),
                  number("ci95_low", "Lower end of its 95 % interval."),
                  number("ci95_high", "Upper end of it."),
                  whole("pairs", "Replications that have the outcome at both ends."),
                  whole("rank", "Place by the size of the swing.")};
  for (const auto& outcome : all.outcomes) {
    for (const auto& bar : outcome.swings) {
      table.rows.push_back({outcome.column.id, outcome.column.label, cell(outcome.column.unit),
                            sample.inputs[bar.input].name, cell(bar.base_value),
                            cell(bar.low_value), cell(bar.high_value), cell(bar.at_base),
                            cell(bar.at_low), cell(bar.at_high), cell(bar.value), low(bar.interval),
                            high(bar.interval), count(bar.pairs), count(bar.rank)});
    }
  }
  add_status(table, {"at_base", "at_low", "at_high", "swing", "ci95_low", "ci95_high"});
  return table;
}

Table variance_table(const Sensitivity& all) {
  Table table;
  table.file = "variance.csv";
  table.fields = {
      text("outcome", "Outcome, a column of the replications."),
      text("label", "Its name for people."),
      text("method", "How parameters and chance were told apart."),
      share("parameters", "Share of the variance of single replications by all inputs."),
      share("parameters_ci95_low", "Lower end of its 95 % interval; empty where there is none."),
      share("parameters_ci95_high", "Upper end of it."),
      share("chance", "Share by chance alone; empty if the method does not tell."),
      share("chance_ci95_low", "Lower end of its 95 % interval."),
      share("chance_ci95_high", "Upper end of it."),
      share("together",
            "Share by what chance does at some values of the inputs only; chance too for whoever "
            "knows these. Empty if the method counts it with chance."),
      share("together_ci95_low", "Lower end of its 95 % interval."),
      share("together_ci95_high", "Upper end of it."),
      whole("points", "Points that it rests on."),
      whole("values", "Replications that it rests on."),
      text("note", "Reservations.")};
  for (const auto& outcome : all.outcomes) {
    for (const auto& one : outcome.explained) {
      std::vector<Cell> row{outcome.column.id, outcome.column.label, one.method};
      add_share(row, one.parameters, one.has_interval);
      add_share(row, one.chance, one.has_interval);
      add_share(row, one.together, one.has_interval);
      row.push_back(count(one.points));
      row.push_back(count(one.values));
      std::string note = one.parameters.unresolved ? "unresolved" : "";
      if (one.at_least) {
        note += std::string(note.empty() ? "" : "; ") +
                "the method does not see all that inputs do: the rest is not chance alone";
      }
      row.push_back(cell(note));
      table.rows.push_back(std::move(row));
    }
  }
  add_status(table, {"parameters", "chance", "together"});
  return table;
}

Table left_out_table(const Sensitivity& all) {
  Table table;
  table.file = "left_out.csv";
  table.fields = {text("analysis", "What was not made; all: nothing was."),
                  text("outcome", "Of which outcome; empty: of all."),
                  text("input", "Of which factor or parameter; empty: of all."),
                  text("why", "The reason."),
                  text("by_design", "yes: it needs points of another design.")};
  for (const auto& one : all.left_out) {
    table.rows.push_back({cell(one.analysis), cell(one.outcome), cell(one.input), cell(one.why),
                          cell(one.by_design ? "yes" : "no")});
  }
  return table;
}

}  // namespace truce::report
