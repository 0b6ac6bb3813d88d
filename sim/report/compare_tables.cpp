// SPDX-License-Identifier: Apache-2.0
#include "sim/report/compare_tables.hpp"

#include <algorithm>
#include <array>

#include "sim/report/fields.hpp"

namespace truce::report {
namespace {

using experiment::Compared;

constexpr std::array<std::string_view, 3> better_names{"higher", "lower", "neither"};

constexpr std::array<std::string_view, 3> place_names{"best", "may be best", "not the best"};

std::string_view better_of(const model::Column& column) {
  return better_names[static_cast<std::size_t>(column.better)];
}

/// Those that matter most first, otherwise in their order.
std::vector<const Compared*> headlines_first(std::span<const Compared> all) {
  std::vector<const Compared*> sorted;
  for (const auto& one : all) sorted.push_back(&one);
  std::ranges::stable_sort(sorted, {}, [](const Compared* one) { return !one->headline; });
  return sorted;
}

Cell family_of(const Compared& one) {
  return cell(one.headline ? "headline" : "detail");
}

/// Fields that tell what a row is about.
std::vector<Field> keys() {
  return {text("outcome", "Outcome, and part of its breakdown after a point."),
          text("label", "Name for people."),
          text("unit", "Unit of the numbers of the row that have no other."),
          text("what_if", "Scenario that is compared with the base: a row of scenarios.csv.")};
}

std::vector<Cell> key_cells(const model::Column& column, const std::string& what_if) {
  return {column.id, cell(column.label), cell(column.unit), what_if};
}

}  // namespace

Table contenders_table(std::span<const ContenderNote> contenders) {
  Table table;
  table.file = "scenarios.csv";
  table.fields = {
      text("scenario", "Name in this comparison, and of the folder of its own results."),
      text("title", "Name of the scenario."), text("file", "Its file."),
      text("differs", "Values in which it differs from the base: before -> after."),
      text("digest", "SHA-256 of the resolved scenario, behind the word sha256.")};
  for (const auto& one : contenders) {
    table.rows.push_back({one.name, cell(one.title), cell(one.file), cell(one.differs),
                          cell("sha256:" + one.digest)});
  }
  return table;
}

Table compare_table(std::span<const Compared> all, std::span<const std::string> names) {
  Table table;
  table.file = "compare.csv";
  table.fields = keys();
  const auto add = [&](Field field) { table.fields.push_back(std::move(field)); };
  add(text(
      "family",
      "headline: an outcome that matters most; detail: all others. p_adjusted is adjusted over "
      "the family."));
  add(text("better", "Whether a higher or a lower value serves the deployment's purpose."));
  add(text("verdict",
           "better or worse if p_adjusted is below 0.05, else no clear difference; higher or lower "
           "where "
           "neither is better, and of totals, which an early end of the replication makes small."));
  add(whole("n", "Replications that have the outcome in both; all numbers are about these."));
  add(whole("only_base", "Replications that have it in the base alone."));
  add(whole("only_what_if", "Replications that have it in the what-if alone."));
  add(number("base", "Mean in the base; of a yes-or-no, the share of yes."));
  add(number("mean", "The same in the what-if."));
  add(number("difference", "What-if minus base, mean of the paired differences."));
  add(number("ci95_low",
             "Lower end of its 95 % confidence interval: Student's of the paired differences; of a "
             "yes-or-no Tango's."));
  add(number("ci95_high", "Upper end of it."));
  add(number(
      "simultaneous_low",
      "Lower end of an interval that holds for all what-ifs of the outcome at once with 95 % "
      "(Dunnett, with the correlations of replications that have it in all)."));
  add(number("simultaneous_high", "Upper end of it."));
  add(share("relative", "Difference over the base; empty if the base may be zero."));
  add(share("relative_low", "Lower end of its 95 % confidence interval (delta method)."));
  add(share("relative_high", "Upper end of it."));
  add(share("p",
            "Two-sided p-value of no difference: Student's t; of a yes-or-no McNemar's mid-p."));
  add(share("p_adjusted", "The same, adjusted for all comparisons of the family (Holm)."));
  add(whole("family_size", "Comparisons in the family."));
  add(share("correlation",
            "Of the two scenarios between replications; empty where one is constant."));
  add({"independent_n", "replications", Type::number,
       "Replications that two independent runs would need each for the same standard error."});
  add(share("gain", "independent_n over n: what playing on the same luck has saved."));
  for (const auto* one : headlines_first(all)) {
    for (const auto& c : one->contrasts) {
      auto row = key_cells(one->column, names[c.what_if]);
      const auto& d = c.difference;
      row.insert(row.end(), {family_of(*one),
                             cell(better_of(one->column)),
                             cell(experiment::text_of(c.word)),
                             count(d.n),
                             count(c.only_base),
                             count(c.only_what_if),
                             c.base,
                             c.changed,
                             d.mean,
                             d.interval.low,
                             d.interval.high,
                             low(c.simultaneous),
                             high(c.simultaneous),
                             cell(c.relative),
                             low(c.relative_interval),
                             high(c.relative_interval),
                             d.p,
                             c.p_adjusted,
                             count(c.family),
                             cell(d.correlation),
                             cell(d.independent_n),
                             cell(d.gain)});
      table.rows.push_back(std::move(row));
    }
  }
  add_status(table, {"base", "mean", "difference", "ci95_low", "ci95_high"});
  return table;
}

Table quantiles_table(std::span<const Compared> all, std::span<const std::string> names) {
  Table table;
  table.file = "quantiles.csv";
  table.fields = keys();
  const std::array more{
      whole("percent", "So many percent of replications are below."),
      whole("n", "Replications that it rests on: the first ones that have the outcome in both."),
      number("base", "Quantile in the base."),
      number("quantile", "The same in the what-if."),
      number("difference", "What-if minus base."),
      number("ci95_low", "Lower end of its 95 % confidence interval (order statistics, MOVER)."),
      number("ci95_high", "Upper end of it.")};
  table.fields.insert(table.fields.end(), more.begin(), more.end());
  for (const auto* one : headlines_first(all)) {
    for (const auto& q : one->quantiles) {
      auto row = key_cells(one->column, names[q.what_if]);
      row.insert(row.end(), {std::int64_t{q.percent}, count(q.n), q.base, q.changed,
                             q.changed - q.base, low(q.interval), high(q.interval)});
      table.rows.push_back(std::move(row));
    }
  }
  add_status(table, {"difference", "ci95_low", "ci95_high"});
  return table;
}

Table best_table(std::span<const Compared> all, std::span<const std::string> names) {
  Table table;
  table.file = "best.csv";
  table.fields = {
      text("outcome", "Outcome, and part of its breakdown after a point."),
      text("label", "Name for people."),
      text("unit", "Unit of the numbers of the row that have no other."),
      text("scenario", "A row of scenarios.csv."),
      text("family", "headline or detail, as in compare.csv."),
      text("better", "Whether a higher or a lower value is."),
      text("verdict",
           "best: it is, or as good as the best in every replication, with 95 %; may be "
           "best; not the best: another is better, with 95 %."),
      whole("n", "Replications that have the outcome in all scenarios."),
      number("mean", "Mean over these."),
      number("from_best_low",
             "Lower end of the interval of its mean less the best mean of the others; "
             "all scenarios hold at once with 95 % (Hsu; Nelson and Matejcik)."),
      number("from_best_high", "Upper end of it."),
      share("probability_best", "That its mean is the best (normal approximation)."),
      share("share_best", "Share of replications in which it is the best, ties shared.")};
  for (const auto* one : headlines_first(all)) {
    for (const auto& s : one->standings) {
      table.rows.push_back({one->column.id, cell(one->column.label), cell(one->column.unit),
                            names[s.contender], family_of(*one), cell(better_of(one->column)),
                            cell(place_names[static_cast<std::size_t>(s.place)]), count(one->n_all),
                            s.mean, low(s.from_best), high(s.from_best), s.probability_best,
                            s.share_best});
    }
  }
  add_status(table, {"mean", "from_best_low", "from_best_high", "probability_best"});
  return table;
}

Table survival_compare_table(std::span<const experiment::SurvivalContrast> all,
                             std::span<const std::string> names) {
  Table table;
  table.file = "survival_compare.csv";
  const auto days = [](std::string name, std::string meaning) {
    return Field{std::move(name), "days", Type::number, std::move(meaning)};
  };
  table.fields = {
      text("what_if", "Scenario that is compared with the base."),
      {"day", "days", Type::integer, "Days since the ceasefire took effect, up to which."},
      whole("n", "Replications that have a ceasefire in both."),
      days("base", "Mean days until the first collapse or that day, in the base."),
      days("restricted_mean", "The same in the what-if."),
      days("difference", "What-if minus base: days of ceasefire gained (pseudo-observations)."),
      days("ci95_low", "Lower end of its 95 % confidence interval, paired."),
      days("ci95_high", "Upper end of it."),
      share("p", "Two-sided p-value of no difference of the restricted means."),
      share("log_rank_z",
            "Statistic of a log-rank test for pairs up to that day: above 0 if collapses come "
            "earlier in the what-if."),
      share("log_rank_p", "Its two-sided p-value.")};
  for (const auto& one : all) {
    const auto& mean = one.restricted_mean;
    table.rows.push_back({names[one.what_if], std::int64_t{one.day}, count(mean.n), one.base,
                          one.changed, mean.mean, mean.interval.low, mean.interval.high, mean.p,
                          one.log_rank ? Cell{one.log_rank->z} : Cell{},
                          one.log_rank ? Cell{one.log_rank->p} : Cell{}});
  }
  add_status(table, {"difference", "ci95_low", "ci95_high"});
  return table;
}

Table timeline_compare_table(std::span<const std::vector<experiment::DayContrast>> days,
                             std::span<const model::Series> series,
                             std::span<const std::string> names, Date start) {
  Table table;
  table.file = "timeline_compare.csv";
  table.fields = {text("what_if", "Scenario that is compared with the base."),
                  {"day", "days", Type::integer, "Days since the start of the scenario."},
                  {"date", "", Type::date, "Date of that day."},
                  text("series", "What the row is about; see the entries of the dictionary."),
                  text("unit", "Unit of the numbers of the row."),
                  whole("n", "Replications that it rests on: the first ones, whose days are kept."),
                  number("difference", "What-if minus base, mean of the paired differences."),
                  number("ci95_low", "Lower end of its 95 % confidence interval (Student)."),
                  number("ci95_high", "Upper end of it."),
                  number("p5", "5 % of the paired differences are below."),
                  number("p50", "Half of them are below."),
                  number("p95", "95 % of them are below.")};
  for (std::size_t w = 0; w < days.size(); ++w) {
    for (std::size_t i = 0; i < days[w].size(); ++i) {
      const auto& one = days[w][i];
      const auto day = i / series.size();
      const auto& what = series[i % series.size()];
      table.rows.push_back({names[w + 1], count(day), start + std::chrono::days(day), cell(what.id),
                            cell(what.unit), count(one.n), cell(one.mean), low(one.interval),
                            high(one.interval), cell(one.p5), cell(one.p50), cell(one.p95)});
    }
  }
  add_status(table, {"difference", "ci95_low", "ci95_high", "p5", "p50", "p95"});
  return table;
}

}  // namespace truce::report
