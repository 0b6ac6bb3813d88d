// SPDX-License-Identifier: Apache-2.0
// The workbook of truce run.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "sim/report/narrative.hpp"

#include "sim/exchange/book_pages.hpp"

namespace truce::exchange {
namespace {

/// The rows of summary.csv by the id of their outcome.
class Outcomes {
 public:
  explicit Outcomes(const report::Table& summary, const StoredTable& columns)
      : summary_(summary), columns_(columns) {
    const auto id = columns.column("id");
    for (std::size_t r = 0; r < summary.rows.size(); ++r) rows_[text_of(summary.rows[r][id])] = r;
  }

  std::optional<double> number(const std::string& id, std::string_view column) const {
    const auto found = rows_.find(id);
    if (found == rows_.end()) return std::nullopt;
    return number_of(summary_.rows[found->second][columns_.column(column)]);
  }
  std::optional<std::size_t> row(const std::string& id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  const report::Table& summary_;
  const StoredTable& columns_;
  std::map<std::string, std::size_t> rows_;
};

/// The run in one sentence.
std::string run_answer(const Outcomes& outcomes) {
  std::string answer;
  const auto add = [&](const std::string& clause) {
    answer += (answer.empty() ? "" : "; ") + clause;
  };
  if (const auto reached = outcomes.number("initial_capability", "mean")) {
    auto clause = "initial operating capability is reached in " + percent(*reached);
    if (const auto day = outcomes.number("initial_capability_day", "p50")) {
      clause +=
          " of replications, where it is after " + report::significant(*day) + " days (median)";
    }
    add(clause);
  }
  if (const auto detected = outcomes.number("detected_share", "mean")) {
    auto clause = percent(*detected) + " of incidents are detected";
    if (const auto attributed = outcomes.number("attributed_share", "mean")) {
      clause += " and " + percent(*attributed) + " attributed";
    }
    add(clause);
  }
  if (const auto delay = outcomes.number("answer_delay", "mean")) {
    add("an answer comes " + report::significant(*delay) + " days after the incident (mean)");
  }
  if (const auto holds = outcomes.number("ceasefire_holds", "mean")) {
    auto clause = "the ceasefire never collapses in " + percent(*holds) + " of replications";
    const auto low = outcomes.number("ceasefire_holds", "ci95_low");
    const auto high = outcomes.number("ceasefire_holds", "ci95_high");
    if (low && high) {
      clause +=
          " (95 % interval: " + report::grouped(100.0 * *low, 0) + " to " + percent(*high) + ")";
    }
    add(clause);
  }
  if (answer.empty()) return "See the sheet Summary.";
  if (answer[0] >= 'a' && answer[0] <= 'z') answer[0] = static_cast<char>(answer[0] - 'a' + 'A');
  return answer + ".";
}

/// Steps from an incident to its answer, for a table and a chart of their own.
Page delays_page(const report::Table& summary, const StoredTable& columns,
                 const Outcomes& outcomes) {
  constexpr std::array<std::pair<const char*, const char*>, 7> steps{{
      {"detection_delay", "Incident to detection"},
      {"verification_delay", "Incident to verification"},
      {"handling_delay", "Incident to end of handling"},
      {"answer_delay", "Incident to answer"},
      {"team_wait", "of these: wait for a team"},
      {"desk_wait", "of these: wait for a desk"},
      {"decision_delay", "of these: desk to decision"},
  }};
  Page page;
  page.name = "Delays";
  page.table = "tblDelays";
  page.purpose = "From an incident to its answer, step by step, in days.";
  page.data.fields = {{"step", "", report::Type::text, "Step."}};
  constexpr std::array<const char*, 9> taken{"id",        "unit", "n",   "mean", "ci95_low",
                                             "ci95_high", "p5",   "p50", "p95"};
  for (const char* name : taken) page.data.fields.push_back(columns.fields[columns.column(name)]);
  for (const auto& [id, label] : steps) {
    const auto row = outcomes.row(id);
    if (!row) continue;
    std::vector<report::Cell> cells{std::string(label)};
    for (const char* name : taken) cells.push_back(summary.rows[*row][columns.column(name)]);
    page.data.rows.push_back(std::move(cells));
  }
  page.rows_in_all = page.data.rows.size();
  page.rest =
      "all; taken from Summary. A later step rests on the cases that came so far: the difference "
      "of "
      "two means is not the duration of the step between";
  constexpr std::size_t mean = 4;
  constexpr std::size_t median = 8;
  const auto end = page.data.rows.size();
  if (end > 0) {
    Chart chart;
    chart.kind = ChartKind::bars;
    chart.title = "From incident to answer";
    chart.y_title = "days";
    chart.x = {0, 0, end};
    chart.series = {{"mean over replications", {mean, 0, end}, Stroke::line, 0},
                    {"median replication", {median, 0, end}, Stroke::line, 4}};
    page.charts.push_back(std::move(chart));
  }
  return page;
}

Page survival_page(const Result& result, const StoredTable& table) {
  auto page = whole_page(result, table, "Survival",
                         "Chance that the ceasefire still holds, by days since it took effect.");
  const auto end = page.data.rows.size();
  const auto strip = [&](std::string_view name) { return Strip{table.column(name), 0, end}; };
  if (end == 0) return page;
  add_band(page, table.column("holds_band_low"), table.column("holds_band_high"),
           table.column("holds"));
  const auto columns = page.data.fields.size();
  Chart chart;
  chart.kind = ChartKind::steps;
  chart.title = "Chance that the ceasefire has not collapsed";
  chart.x_title = "days since the ceasefire took effect";
  chart.x = strip("day");
  chart.is_share = true;
  chart.series = {{"", {columns - 2, 0, end}, Stroke::floor, 0},
                  {"95 % band", {columns - 1, 0, end}, Stroke::band, 0},
                  {"has not collapsed", strip("holds"), Stroke::line, 0}};
  page.charts.push_back(chart);
  chart.kind = ChartKind::curves;
  chart.title = "How first collapses ended by then";
  chart.series = {{"restored, sooner or later", strip("restored"), Stroke::line, 2},
                  {"final", strip("final"), Stroke::line, 5},
                  {"final, lower end of 95 %", strip("final_low"), Stroke::edge, 5},
                  {"final, upper end of 95 %", strip("final_high"), Stroke::edge, 5}};
  page.charts.push_back(std::move(chart));
  return page;
}

Page timeline_page(const Result& result, const StoredTable& table) {
  auto page =
      whole_page(result, table, "Timeline",
                 "Each series day by day: mean with interval, and the band in which 90 % of "
                 "replications are.");
  const auto series = table.column("series");
  gather_by(page.data, series);
  add_band(page, table.column("p5"), table.column("p95"), table.column("p50"));
  const auto columns = page.data.fields.size();
  page.frozen = 3;
  const auto label = table.column("label");
  const auto unit = table.column("unit");
  const auto date = table.column("date");
  const auto runs = runs_of(page.data, series);
  const auto words = [&](const Run& run, std::size_t column) {
    return text_of(page.data.rows[run.first][column]);
  };
  Chart troops;
  troops.kind = ChartKind::stacked_days;
  troops.title = "Troops in place by function (means)";
  troops.y_title = "troops";
  std::vector<Chart> bands;
  for (const auto& run : runs) {
    const auto strip = [&](std::string_view name) {
      return Strip{table.column(name), run.first, run.end};
    };
    if (run.text.starts_with("troops.")) {
      // Functions that nobody has would crowd the legend.
      const auto mean = table.column("mean");
      const bool any = std::any_of(page.data.rows.begin() + static_cast<std::ptrdiff_t>(run.first),
                                   page.data.rows.begin() + static_cast<std::ptrdiff_t>(run.end),
                                   [&](const auto& row) { return number_of(row[mean]) > 0.0; });
      if (!any) continue;
      if (troops.series.empty()) troops.x = {date, run.first, run.end};
      troops.series.push_back({run.text.substr(run.text.find('.') + 1), strip("mean"), Stroke::line,
                               troops.series.size()});
      continue;
    }
    Chart band;
    band.kind = ChartKind::days;
    band.title = words(run, label);
    band.y_title = words(run, unit);
    band.x = {date, run.first, run.end};
    band.is_share = run.text == "coverage";
    band.series = {{"", {columns - 2, run.first, run.end}, Stroke::floor, 0},
                   {"90 % of replications", {columns - 1, run.first, run.end}, Stroke::band, 0},
                   {"median", strip("p50"), Stroke::line, 0},
                   {"mean", strip("mean"), Stroke::line, 1}};
    bands.push_back(std::move(band));
  }
  if (!troops.series.empty()) page.charts.push_back(std::move(troops));
  page.charts.insert(page.charts.end(), bands.begin(), bands.end());
  return page;
}

}  // namespace

void fill_run_book(Book& book, const Result& result, const WorkbookOptions& options) {
  const auto& manifest = result.manifest();
  const auto& scenario = manifest.contains("scenario") ? manifest["scenario"] : Json::object();
  book.title = manifest.value("name", "Results");
  const auto& columns = *result.find("summary");
  auto summary = whole_page(result, columns, "Summary",
                            "Every outcome over all replications; those that matter most first.");
  summary.alike = Alike::by_row;
  const auto family = columns.column("family");
  std::ranges::stable_sort(summary.data.rows, {},
                           [&](const auto& row) { return text_of(row[family]) != "headline"; });
  const Outcomes outcomes(summary.data, columns);
  auto question = scenario.value("summary", "");
  question =
      "What is to be expected of " + book.title + "?" + (question.empty() ? "" : " " + question);
  tell_origin(book, result, question, run_answer(outcomes));

  const auto id = columns.column("id");
  for (std::size_t r = 0; r < summary.data.rows.size(); ++r) {
    if (text_of(summary.data.rows[r][family]) != "headline") break;
    for (const char* statistic : {"mean", "ci95_low", "ci95_high"}) {
      const auto column = columns.column(statistic);
      // To a formula an empty cell would be 0.
      if (!number_of(summary.data.rows[r][column])) continue;
      book.names.push_back(
          {cell_name(text_of(summary.data.rows[r][id]), statistic), summary.name, r, column});
    }
  }
  auto assumptions = whole_page(result, *result.find("assumptions"), "Assumptions",
                                "Every value of the scenario with its source.");
  assumptions.alike = Alike::by_row;
  book.pages.push_back(std::move(assumptions));
  auto delays = delays_page(summary.data, columns, outcomes);
  book.pages.push_back(std::move(summary));
  if (!delays.data.rows.empty()) book.pages.push_back(std::move(delays));
  if (const auto* survival = result.find("survival")) {
    book.pages.push_back(survival_page(result, *survival));
  }
  book.pages.push_back(timeline_page(result, *result.find("timeline")));
  auto replications = capped_page(result, *result.find("replications"), "Replications",
                                  "Each replication with all outcomes.", options);
  replications.frozen = 2;
  book.pages.push_back(std::move(replications));
}

}  // namespace truce::exchange
