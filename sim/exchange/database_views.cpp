// SPDX-License-Identifier: Apache-2.0
// The views of a database: what people look up first, without having to know how tables join.
#include <algorithm>
#include <initializer_list>
#include <set>

#include "sim/exchange/database_plan.hpp"

namespace truce::exchange {
namespace {

/// The table of that name, if it is whole and has these columns.
const PlannedTable* find_with(const std::vector<PlannedTable>& tables, std::string_view name,
                              std::initializer_list<std::string_view> columns) {
  const auto table = std::ranges::find_if(
      tables, [&](const auto& one) { return one.name() == name && one.parts.size() == 1; });
  if (table == tables.end()) return nullptr;
  const bool all = std::ranges::all_of(columns, [&](std::string_view column) {
    return std::ranges::any_of(table->columns, [&](const auto& one) { return one.name == column; });
  });
  return all ? &*table : nullptr;
}

/// The table of a run, be it the result's own or that of all scenarios.
const PlannedTable* find_of_run(const std::vector<PlannedTable>& tables, const std::string& name,
                                std::initializer_list<std::string_view> columns) {
  if (const auto* own = find_with(tables, name, columns)) return own;
  return find_with(tables, "run_" + name, columns);
}

void add_outcomes(std::vector<PlannedView>& views, const std::vector<PlannedTable>& tables) {
  const auto* summary = find_of_run(tables, "summary",
                                    {"id", "breakdown", "label", "unit", "n", "missing", "mean",
                                     "ci95_low", "ci95_high", "p5", "p50", "p95"});
  if (summary == nullptr) return;
  views.push_back(
      {"outcome_summary",
       "The outcomes as a whole, without their breakdowns, with what each of them means.",
       "SELECT " + std::string(summary->has_scenario ? "s.scenario, " : "") +
           "s.id, s.label, s.unit, s.n, s.missing, s.mean, s.ci95_low, s.ci95_high, s.p5, s.p50, "
           "s.p95, c.meaning FROM " +
           quoted_name(summary->name()) +
           " AS s LEFT JOIN column_info AS c ON c.file = 'replications.csv' AND c.csv_column = s.id"
           " WHERE s.breakdown IS NULL ORDER BY s.rowid"});
}

void add_verdicts(std::vector<PlannedView>& views, const std::vector<PlannedTable>& tables) {
  const auto* compare = find_with(tables, "compare",
                                  {"outcome", "label", "unit", "what_if", "family", "base", "mean",
                                   "difference", "ci95_low", "ci95_high", "p_adjusted", "verdict"});
  if (compare == nullptr) return;
  views.push_back({"verdicts", "What each what-if changes in the outcomes that matter most.",
                   "SELECT outcome, label, unit, what_if, base, mean, difference, ci95_low, "
                   "ci95_high, p_adjusted, verdict FROM compare WHERE family = 'headline' "
                   "ORDER BY rowid"});
}

void add_means_by_day(std::vector<PlannedView>& views, const std::vector<PlannedTable>& tables,
                      const std::vector<std::string>& series, std::size_t most_columns) {
  const auto* timeline = find_of_run(tables, "timeline", {"day", "date", "series", "mean"});
  std::vector<std::string> keys{"day", "date"};
  if (timeline == nullptr || series.empty()) return;
  if (timeline->has_scenario) keys.insert(keys.begin(), "scenario");
  if (keys.size() + series.size() > most_columns) return;
  std::string query = "SELECT ";
  UniqueNames names;
  for (const auto& key : keys) query += names.add(key) + (key == keys.back() ? "" : ", ");
  for (const auto& one : series) {
    query += ", MAX(CASE WHEN series = " + quoted_text(one) + " THEN mean END) AS " +
             quoted_name(names.add(one));
  }
  const std::string by = timeline->has_scenario ? "scenario, day" : "day";
  views.push_back(
      {"timeline_means", "The means of all series side by side, a row for each day.",
       query + " FROM " + quoted_name(timeline->name()) + " GROUP BY " + by + " ORDER BY " + by});
}

void add_ranks(std::vector<PlannedView>& views, const std::vector<PlannedTable>& tables) {
  if (find_with(tables, "sensitivity",
                {"outcome", "label", "measure", "rank", "input", "value", "ci95_low", "ci95_high",
                 "clear"}) == nullptr) {
    return;
  }
  views.push_back({"ranked_inputs", "The inputs of each outcome by each measure, the first first.",
                   "SELECT outcome, label, measure, rank, input, value, ci95_low, ci95_high, clear "
                   "FROM sensitivity WHERE rank IS NOT NULL ORDER BY outcome, measure, rank"});
}

}  // namespace

std::vector<PlannedView> plan_views(const std::vector<PlannedTable>& tables,
                                    const std::vector<std::string>& series,
                                    std::size_t most_columns) {
  std::vector<PlannedView> views;
  add_outcomes(views, tables);
  add_verdicts(views, tables);
  add_means_by_day(views, tables, series, most_columns);
  add_ranks(views, tables);
  return views;
}

}  // namespace truce::exchange
