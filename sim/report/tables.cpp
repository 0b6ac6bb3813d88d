// SPDX-License-Identifier: Apache-2.0
#include "sim/report/tables.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "sim/core/quantity.hpp"

#include "sim/experiment/comparison.hpp"
#include "sim/experiment/summary.hpp"

#include "sim/report/fields.hpp"

namespace truce::report {
namespace {

constexpr std::array<std::string_view, 3> scale_names{"measure", "proportion", "total"};
constexpr std::array<std::string_view, 3> direction_names{"higher", "lower", "neither"};
std::vector<Field> summary_fields() {
  std::vector<Field> fields{
      text("id", "Outcome, and part of its breakdown after a point: a column of replications.csv."),
      text("outcome", "Outcome without its breakdown."),
      text("breakdown", "What the outcome is broken down by; empty for the whole."),
      text("key", "Part of the breakdown."),
      text("label", "Name for people."),
      text("unit", "Unit of all numbers of the row but n and missing."),
      text("scale",
           "measure: mean with Student interval, quantiles; proportion: share of "
           "replications with Wilson interval, no quantiles; total: a measure that adds up until "
           "the replication ends, so that an early collapse makes it small."),
      text("better", "Whether a higher or a lower value serves the deployment's purpose."),
      whole("n", "Replications that have the outcome; the other numbers are about these."),
      whole("missing", "Replications that do not have it, such as a day that never came."),
      number("mean", "Mean over replications; of a proportion, the share."),
      number("sd", "Standard deviation between replications (n - 1)."),
      number("ci95_low", "Lower end of the 95 % confidence interval of the mean."),
      number("ci95_high", "Upper end of it."),
      number("min", "Least value.")};
  for (const int percent : experiment::percentiles) {
    const auto name = "p" + std::to_string(percent);
    const auto of_values = std::to_string(percent) +
                           " % of replications are below (linear between "
                           "order statistics).";
    fields.push_back(number(name, of_values));
    fields.push_back(
        number(name + "_low", "Lower end of a 95 % confidence interval of " + name +
                                  ", from order statistics; empty if n is too small."));
    fields.push_back(number(name + "_high", "Upper end of it."));
  }
  fields.push_back(number("max", "Greatest value."));
  fields.push_back(text("family", "headline: an outcome that matters most; detail: all others."));
  return fields;
}

bool is_headline(const model::Column& column) {
  const auto all = experiment::headline_outcomes();
  return std::ranges::find(all, column.id) != all.end();
}

std::string sentence(std::string_view label, std::string_view meaning) {
  std::string text(label);
  if (!meaning.empty()) text += (text.empty() ? "" : ": ") + std::string(meaning);
  return text;
}

}  // namespace

Table summary_table(const experiment::Results& results) {
  Table table;
  table.file = "summary.csv";
  table.fields = summary_fields();
  for (std::size_t c = 0; c < results.columns.size(); ++c) {
    const auto& column = results.columns[c];
    const auto summary = experiment::summarise(column, results.samples[c]);
    std::vector<Cell> row{column.id,
                          column.outcome,
                          cell(column.breakdown),
                          cell(column.key),
                          column.label,
                          cell(column.unit),
                          cell(scale_names[static_cast<std::size_t>(column.scale)]),
                          cell(direction_names[static_cast<std::size_t>(column.better)]),
                          count(summary.n),
                          count(summary.missing),
                          cell(summary.mean),
                          cell(summary.sd),
                          low(summary.interval),
                          high(summary.interval),
                          cell(summary.min)};
    for (const auto& quantile : summary.quantiles) {
      row.push_back(cell(quantile.value));
      row.push_back(low(quantile.interval));
      row.push_back(high(quantile.interval));
    }
    row.push_back(cell(summary.max));
    row.push_back(cell(is_headline(column) ? "headline" : "detail"));
    table.rows.push_back(std::move(row));
  }
  add_status(table, {"mean", "ci95_low", "ci95_high"});
  return table;
}

Sheet replications_sheet(std::span<const model::Column> columns) {
  Sheet sheet{"replications.csv",
              {whole("replication",
                     "Number of the replication: --first of the command that "
                     "replays it."),
               text("seed_key", "s and the seed of the run."), status_field("the outcomes")}};
  for (const auto& column : columns) {
    sheet.fields.push_back(
        {column.id, column.unit, Type::number, sentence(column.label, column.meaning)});
  }
  return sheet;
}

std::vector<Cell> replication_row(std::uint64_t replication, std::uint64_t seed,
                                  std::span<const double> values) {
  std::vector<Cell> row{count(replication), seed_key(seed), cell(status_of(values))};
  row.insert(row.end(), values.begin(), values.end());
  return row;
}

Table timeline_table(const experiment::Results& results, Date start) {
  Table table;
  table.file = "timeline.csv";
  table.fields = {
      {"day", "days", Type::integer, "Days since the start of the scenario."},
      {"date", "", Type::date, "Date of that day."},
      text("series", "What the row is about; see the entries of the dictionary."),
      text("label", "Name for people."),
      text("unit", "Unit of the numbers of the row."),
      whole("n", "Replications that have a value on that day."),
      number("mean", "Mean over replications."),
      number("sd", "Standard deviation between replications (n - 1)."),
      number("ci95_low", "Lower end of the 95 % confidence interval of the mean (Student)."),
      number("ci95_high", "Upper end of it."),
      whole("band_n",
            "Replications that the quantiles rest on: the first ones, up to 12 million "
            "values over all days and series."),
      number("p5", "5 % of replications are below."),
      number("p50", "Half of the replications are below."),
      number("p95", "95 % of replications are below.")};
  const auto days = experiment::summarise_days(results);
  table.rows.reserve(days.size());
  for (std::size_t i = 0; i < days.size(); ++i) {
    const auto day = i / results.series.size();
    const auto& series = results.series[i % results.series.size()];
    const auto& sample = days[i];
    table.rows.push_back({count(day), start + std::chrono::days(day), cell(series.id),
                          cell(series.label), cell(series.unit), count(sample.n), cell(sample.mean),
                          cell(sample.sd), low(sample.interval), high(sample.interval),
                          count(sample.band_n), cell(sample.p5), cell(sample.p50),
                          cell(sample.p95)});
  }
  add_status(table, {"mean", "ci95_low", "ci95_high", "p5", "p50", "p95"});
  return table;
}

Table survival_table(const experiment::Results& results) {
  const auto chance = [](std::string name, std::string meaning) {
    return Field{std::move(name), "", Type::number, std::move(meaning)};
  };
  const auto in_days = [](std::string name, std::string meaning) {
    return Field{std::move(name), "days", Type::number, std::move(meaning)};
  };
  Table table;
  table.file = "survival.csv";
  table.fields = {
      {"day", "days", Type::integer, "Days since the ceasefire took effect."},
      whole("at_risk",
            "Replications in which it had not collapsed before and the horizon had not come: what "
            "the row rests on."),
      whole("ended", "Replications in which it had collapsed by then."),
      chance("holds",
             "Chance that the ceasefire has not collapsed by then (Kaplan-Meier); empty beyond the "
             "last replication at risk, unless all had collapsed."),
      chance("holds_low",
             "Lower end of its 95 % confidence interval, from log(-log); Wilson's as long as there "
             "is no collapse, and after the last."),
      chance("holds_high", "Upper end of it."),
      chance("restored",
             "Chance that it has collapsed by then for the first time and is restored, sooner or "
             "later (Aalen-Johansen)."),
      chance("restored_low", "Lower end of its 95 % confidence interval, likewise."),
      chance("restored_high", "Upper end of it."),
      chance("final",
             "Chance that it has collapsed by then for the first time and for good "
             "(Aalen-Johansen)."),
      chance("final_low", "Lower end of its 95 % confidence interval, likewise."),
      chance("final_high", "Upper end of it."),
      in_days("restricted_mean",
              "Mean number of days until the first collapse or this day: the area below holds."),
      in_days("restricted_mean_se", "Its standard error (Klein and Moeschberger)."),
      chance(
          "holds_band_low",
          "Lower end of a band that holds the whole curve with 95 % (equal precision, Nair); empty "
          "where too few have collapsed or are left."),
      chance("holds_band_high", "Upper end of it.")};
  const auto points = experiment::survival_by_day(results);
  const auto band = experiment::survival_band_by_day(results);
  const auto add = [](std::vector<Cell>& row, const stats::Chance& estimate) {
    row.insert(row.end(), {estimate.value, estimate.interval.low, estimate.interval.high});
  };
  for (std::size_t day = 0; day < points.size(); ++day) {
    const auto& point = points[day];
    std::vector<Cell> row{count(day), count(point.at_risk), count(point.ended)};
    if (const auto& now = point.estimate) {
      using enum model::CeasefireEnd;
      add(row, now->lasts);
      add(row, now->ends[experiment::cause_of(collapsed_and_restored)]);
      add(row, now->ends[experiment::cause_of(collapsed_for_good)]);
      row.insert(row.end(), {now->restricted_mean, now->restricted_mean_error, low(band[day]),
                             high(band[day])});
    }
    row.resize(table.fields.size());
    table.rows.push_back(std::move(row));
  }
  add_status(table, {"holds"});
  return table;
}

Table assumptions_table(std::span<const scenario::Assumption> assumptions) {
  Table table;
  table.file = "assumptions.csv";
  table.fields = {text("path", "Path of the value in the scenario, as --set takes it."),
                  text("value", "The value as written, or the default."),
                  text("unit", "Unit of mean, p5 and p95; empty if there is none."),
                  text("distribution",
                       "drawn: it differs from replication to replication; fixed: a number; empty "
                       "if it is no number."),
                  number("mean", "Mean of what it may be; of a fixed number, this."),
                  number("p5", "5 % of what it may be are below; empty if it is fixed."),
                  number("p95", "95 % are below; empty if it is fixed."),
                  text("meaning", "What it is."),
                  text("source", "Where it comes from."),
                  text("note", "Remark of the author."),
                  text("confidence", "low, medium or high; the author's judgement."),
                  text("changed",
                       "yes: a variation, another file or the command line set it in place of what "
                       "the base has; no: it stands as in the base; default: nobody wrote it."),
                  text("replaces", "What the base has there, if it was changed."),
                  text("file", "File in which it stands."),
                  whole("line", "Line in that file.")};
  for (const auto& assumption : assumptions) {
    const auto& law = assumption.law;
    const bool drawn = law && !law->constant();
    const bool changed = !assumption.replaced.empty() || !assumption.at.layer.empty();
    table.rows.push_back(
        {assumption.path, cell(assumption.value), cell(law ? unit_label(assumption.dimension) : ""),
         cell(!law    ? ""
              : drawn ? "drawn"
                      : "fixed"),
         law ? Cell{law->mean()} : Cell{}, drawn ? Cell{law->quantile(0.05)} : Cell{},
         drawn ? Cell{law->quantile(0.95)} : Cell{}, cell(assumption.meaning),
         cell(assumption.source), cell(assumption.note), cell(assumption.confidence),
         cell(changed              ? "yes"
              : assumption.written ? "no"
                                   : "default"),
         cell(assumption.replaced.empty() ? "" : assumption.replaced.front().text),
         cell(assumption.at.file),
         assumption.at.line > 0 ? Cell{std::int64_t{assumption.at.line}} : Cell{}});
  }
  return table;
}

Table dictionary_table(std::span<const Sheet> sheets, std::span<const model::Series> series,
                       const std::string& timeline) {
  Table table;
  table.file = "dictionary.csv";
  table.fields = {text("file", "File of this folder."),
                  text("column", "Column of that file."),
                  text("entry",
                       "Value of that column which the row explains; empty if it explains "
                       "the column."),
                  text("unit", "Unit of its numbers."),
                  text("type", "text, integer, number (decimal point), date (year-month-day)."),
                  text("meaning", "What it is.")};
  const auto describe = [&](const Sheet& sheet) {
    for (const auto& field : sheet.fields) {
      table.rows.push_back({sheet.file, field.name, Cell{}, cell(field.unit),
                            cell(name_of(field.type)), field.meaning});
    }
  };
  for (const auto& sheet : sheets) describe(sheet);
  describe(table);
  for (const auto& one : series) {
    table.rows.push_back({timeline, "series", cell(one.id), cell(one.unit),
                          cell(name_of(Type::number)), sentence(one.label, one.meaning)});
  }
  return table;
}

}  // namespace truce::report
