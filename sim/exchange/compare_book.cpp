// SPDX-License-Identifier: Apache-2.0
// The workbook of truce compare.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "sim/report/narrative.hpp"

#include "sim/exchange/book_pages.hpp"

namespace truce::exchange {
namespace {

/// Names of the scenarios, the base first.
std::vector<std::string> names_of(const Json& manifest) {
  std::vector<std::string> names;
  for (const auto& one : manifest.at("scenarios")) {
    names.push_back(one.at("scenario").get<std::string>());
  }
  return names;
}

/// "larger-force is better in 4 and worse in 2 of 17; ..."
std::string compare_answer(const report::Table& compare, const StoredTable& columns,
                           const std::vector<std::string>& names) {
  struct Count {
    std::size_t better = 0;
    std::size_t worse = 0;
    std::size_t all = 0;
    std::string days;
  };
  std::map<std::string, Count> counts;
  for (const auto& row : compare.rows) {
    const auto text = [&](std::string_view column) { return text_of(row[columns.column(column)]); };
    if (text("family") != "headline") continue;
    auto& count = counts[text("what_if")];
    ++count.all;
    if (text("verdict") == "better") ++count.better;
    if (text("verdict") == "worse") ++count.worse;
    if (text("outcome") != "ceasefire_days" || text("verdict") == "no clear difference") continue;
    const auto days = number_of(row[columns.column("difference")]);
    if (days) {
      count.days = " (days of ceasefire " + std::string(*days > 0.0 ? "+" : "") +
                   report::significant(*days) + ")";
    }
  }
  std::string answer;
  for (std::size_t i = 1; i < names.size(); ++i) {
    const auto& count = counts[names[i]];
    answer += (answer.empty() ? "" : "; ") + names[i];
    if (count.better + count.worse == 0) {
      answer += " shows no clear gain or loss";
    } else {
      answer += " is better in " + std::to_string(count.better) + " and worse in " +
                std::to_string(count.worse) + count.days;
    }
  }
  const auto all = counts.empty() ? 0 : counts.begin()->second.all;
  return "Of " + std::to_string(all) + " outcomes that matter most, against " + names.front() +
         ": " + answer + ".";
}

Page compare_page(const Result& result, const StoredTable& table) {
  auto page = whole_page(result, table, "Compare",
                         "What changes from the base to each what-if, played on the same luck; "
                         "outcomes that matter most first.");
  page.alike = Alike::by_row;
  page.frozen = 4;
  page.words = table.column("verdict");
  const auto family = table.column("family");
  const auto label = table.column("label");
  const auto unit = table.column("unit");
  const auto reach = [&](std::string name, std::string_view from, std::string_view to) {
    page.data.fields.push_back(
        {std::move(name), "unit of the row", report::Type::number,
         std::string(to) + " less " + std::string(from) + "; made for the chart."});
    for (auto& row : page.data.rows) {
      const auto begin = number_of(row[table.column(from)]);
      const auto end = number_of(row[table.column(to)]);
      row.push_back(begin && end ? report::Cell{*end - *begin} : report::Cell{});
    }
  };
  reach("below", "ci95_low", "difference");
  reach("above", "difference", "ci95_high");
  const auto columns = page.data.fields.size();
  for (const auto& run : runs_of(page.data, table.column("outcome"))) {
    const auto& row = page.data.rows[run.first];
    if (text_of(row[family]) != "headline" || page.charts.size() == most_charts) break;
    const auto strip = [&](std::string_view name) {
      return Strip{table.column(name), run.first, run.end};
    };
    Chart chart;
    chart.kind = ChartKind::intervals;
    const auto in = text_of(row[unit]);
    chart.title = text_of(row[label]);
    chart.y_title = "what-if minus base" + (in.empty() ? "" : " [" + in + "]");
    chart.x = strip("what_if");
    chart.series = {{"difference, with 95 % interval", strip("difference"), Stroke::marker, 0,
                     Strip{columns - 2, run.first, run.end},
                     Strip{columns - 1, run.first, run.end}}};
    page.charts.push_back(std::move(chart));
  }
  return page;
}

/// A scenario a row, a headline a group of columns, for who wants all at a glance.
Page side_by_side_page(const Result& result, const std::vector<std::string>& names) {
  constexpr std::array<const char*, 7> statistics{"mean", "ci95_low", "ci95_high", "p5",
                                                  "p50",  "p95",      "n"};
  Page page;
  page.name = "Summary";
  page.table = "tblSummary";
  page.purpose = "Scenarios as rows, the outcomes that matter most as columns.";
  page.data.fields = {{"scenario", "", report::Type::text, "A row of Scenarios."}};
  std::map<std::string, std::size_t> places;  // of an outcome's first column
  for (const auto& name : names) {
    const auto* table = result.find("summary", name);
    if (table == nullptr) continue;
    const auto summary = read_all(result, *table);
    std::vector<report::Cell> cells{name};
    for (const auto& row : summary.rows) {
      const auto text = [&](std::string_view column) {
        return text_of(row[table->column(column)]);
      };
      if (text("family") != "headline") continue;
      const auto id = text("id");
      if (!places.contains(id)) {
        places[id] = page.data.fields.size();
        for (const char* statistic : statistics) {
          const auto& field = table->fields[table->column(statistic)];
          page.data.fields.push_back({id + " " + statistic,
                                      field.type == report::Type::integer ? "" : text("unit"),
                                      field.type, text("label") + ". " + field.meaning});
        }
      }
      cells.resize(page.data.fields.size());
      for (std::size_t s = 0; s < statistics.size(); ++s) {
        cells[places[id] + s] = row[table->column(statistics[s])];
      }
    }
    page.data.rows.push_back(std::move(cells));
  }
  for (auto& row : page.data.rows) row.resize(page.data.fields.size());
  page.rows_in_all = page.data.rows.size();
  page.rest = "all; from the folders of the scenarios, which have all outcomes";
  return page;
}

/// The curves of all scenarios, one below the other.
Page survival_page_of_all(const Result& result, const std::vector<std::string>& names) {
  Page page;
  page.name = "Survival";
  page.table = "tblSurvival";
  page.purpose =
      "Chance that the ceasefire still holds in each scenario, by days since it took "
      "effect.";
  page.frozen = 2;
  Chart chart;
  chart.kind = ChartKind::curves;
  chart.title = "Chance that the ceasefire has not collapsed";
  chart.x_title = "days since the ceasefire took effect";
  chart.is_share = true;
  for (const auto& name : names) {
    const auto* table = result.find("survival", name);
    if (table == nullptr) continue;
    if (page.data.fields.empty()) {
      page.data.fields = {{"scenario", "", report::Type::text, "A row of Scenarios."}};
      page.data.fields.insert(page.data.fields.end(), table->fields.begin(), table->fields.end());
    }
    const auto first = page.data.rows.size();
    Rows rows(result, *table);
    while (rows.next()) {
      std::vector<report::Cell> cells{name};
      cells.insert(cells.end(), rows.cells().begin(), rows.cells().end());
      page.data.rows.push_back(std::move(cells));
    }
    const auto end = page.data.rows.size();
    if (end == first) continue;
    if (chart.series.empty()) chart.x = {1 + table->column("day"), first, end};
    chart.series.push_back(
        {name, {1 + table->column("holds"), first, end}, Stroke::line, chart.series.size()});
  }
  page.rows_in_all = page.data.rows.size();
  if (!chart.series.empty()) page.charts.push_back(std::move(chart));
  return page;
}

/// Every n-th day of timeline_compare.csv, so that a sheet stays handy.
Page differences_by_day(const Result& result, const StoredTable& table) {
  constexpr std::uint64_t handy_rows = 20'000;
  std::int64_t step = 1;
  for (const std::int64_t wider : {7, 28, 91, 364}) {
    if (table.rows / static_cast<std::uint64_t>(step) <= handy_rows) break;
    step = wider;
  }
  Page page;
  page.name = "Timeline";
  page.table = table_name(table.name());
  page.purpose = "What-if minus base, series by series, by day.";
  page.data.file = table.file;
  page.data.fields = table.fields;
  page.rows_in_all = table.rows;
  page.frozen = 4;
  const auto day = table.column("day");
  const auto what_if = table.column("what_if");
  const auto series = table.column("series");
  Rows rows(result, table);
  while (rows.next()) {
    const auto number = std::get<std::int64_t>(rows.cells()[day]);
    if (number % step == 0 && page.data.rows.size() + 1 < most_sheet_rows) {
      page.data.rows.push_back(rows.cells());
    }
  }
  gather_by(page.data, what_if);
  gather_by(page.data, series);
  if (page.data.rows.size() < table.rows) {
    page.rest = "every " + std::to_string(step) + "th day; all days are in " + table.file;
  }
  const auto date = table.column("date");
  for (const auto& run : runs_of(page.data, series)) {
    if (page.charts.size() == most_charts) break;
    Chart chart;
    chart.kind = ChartKind::days;
    const auto in = text_of(page.data.rows[run.first][table.column("unit")]);
    chart.title = run.text;
    chart.y_title = "what-if minus base" + (in.empty() ? "" : " [" + in + "]");
    for (std::size_t r = run.first; r < run.end;) {
      const auto name = text_of(page.data.rows[r][what_if]);
      auto end = r;
      while (end < run.end && text_of(page.data.rows[end][what_if]) == name) ++end;
      if (chart.series.empty()) chart.x = {date, r, end};
      chart.series.push_back(
          {name, {table.column("difference"), r, end}, Stroke::line, chart.series.size()});
      r = end;
    }
    page.charts.push_back(std::move(chart));
  }
  return page;
}

/// The values of the base with their sources, then those that a what-if changes.
Page assumptions_of_all(const Result& result, const std::vector<std::string>& names) {
  Page page;
  page.name = "Assumptions";
  page.table = "tblAssumptions";
  page.purpose =
      "Every value of the base with its source, then the values that differ in each "
      "what-if.";
  page.frozen = 2;
  page.alike = Alike::by_row;
  page.rest = "all of the base; of a what-if, those that differ from it";
  std::map<std::string, std::string> base;  // what stands at a path
  for (const auto& name : names) {
    const auto* table = result.find("assumptions", name);
    if (table == nullptr) continue;
    if (page.data.fields.empty()) {
      page.data.fields = {{"scenario", "", report::Type::text, "A row of Scenarios."}};
      page.data.fields.insert(page.data.fields.end(), table->fields.begin(), table->fields.end());
    }
    const auto path = table->column("path");
    const auto value = table->column("value");
    const bool is_base = name == names.front();
    Rows rows(result, *table);
    while (rows.next()) {
      const auto key = text_of(rows.cells()[path]);
      const auto text = text_of(rows.cells()[value]);
      if (is_base) {
        base[key] = text;
      } else if (const auto found = base.find(key); found != base.end() && found->second == text) {
        continue;
      }
      std::vector<report::Cell> cells{name};
      cells.insert(cells.end(), rows.cells().begin(), rows.cells().end());
      page.data.rows.push_back(std::move(cells));
    }
  }
  page.rows_in_all = page.data.rows.size();
  return page;
}

}  // namespace

void fill_compare_book(Book& book, const Result& result, const WorkbookOptions&) {
  const auto names = names_of(result.manifest());
  const auto& table = *result.find("compare");
  auto compare = compare_page(result, table);
  const auto& base = result.manifest().at("scenarios").at(0);
  const auto title = base.value("title", names.front());
  book.title = title + ": comparison";
  std::string others;
  for (std::size_t i = 1; i < names.size(); ++i) others += (i == 1 ? "" : ", ") + names[i];
  tell_origin(book, result, "What changes from " + title + " if: " + others + "?",
              compare_answer(compare.data, table, names));
  book.reading.push_back(
      {"Verdicts",
       "better, worse, higher, lower are told if the difference is clear at 5 % after adjusting "
       "for "
       "all comparisons of the family (Holm); colours repeat the word, they add nothing."});
  const auto outcome = table.column("outcome");
  const auto what_if = table.column("what_if");
  std::set<std::string> used;
  for (std::size_t r = 0; r < compare.data.rows.size(); ++r) {
    const auto& row = compare.data.rows[r];
    if (text_of(row[table.column("family")]) != "headline") break;
    const auto about = text_of(row[outcome]) + "_" + text_of(row[what_if]);
    for (const char* statistic : {"difference", "ci95_low", "ci95_high"}) {
      const auto column = table.column(statistic);
      if (!number_of(row[column])) continue;  // to a formula an empty cell would be 0
      auto name = cell_name(about, statistic);
      if (used.insert(name).second) {
        book.names.push_back({std::move(name), compare.name, r, column});
      }
    }
  }
  book.pages.push_back(whole_page(result, *result.find("scenarios"), "Scenarios",
                                  "The scenarios compared, and in which values they differ."));
  const bool has_runs = !result.scenarios().empty();
  if (has_runs) {
    book.pages.push_back(assumptions_of_all(result, names));
    book.pages.push_back(side_by_side_page(result, names));
  } else {
    book.reading.push_back(
        {"Left out",
         "Assumptions, summaries and survival of each scenario are in the result "
         "folders that were compared."});
  }
  book.pages.push_back(std::move(compare));
  auto best = whole_page(result, *result.find("best"), "Best",
                         "Which scenario is the best in each outcome, and how sure that is.");
  best.alike = Alike::by_row;
  best.frozen = 4;
  best.words = result.find("best")->column("verdict");
  book.pages.push_back(std::move(best));
  auto quantiles = whole_page(result, *result.find("quantiles"), "Quantiles",
                              "How good and bad cases differ, beside the mean.");
  quantiles.alike = Alike::by_row;
  quantiles.frozen = 4;
  book.pages.push_back(std::move(quantiles));
  if (has_runs) {
    auto survival = survival_page_of_all(result, names);
    if (!survival.data.fields.empty()) book.pages.push_back(std::move(survival));
  }
  if (const auto* differences = result.find("survival_compare")) {
    book.pages.push_back(whole_page(result, *differences, "Survival differences",
                                    "Days of ceasefire that each what-if gains or loses."));
  }
  book.pages.push_back(differences_by_day(result, *result.find("timeline_compare")));
  if (has_runs) {
    book.reading.push_back(
        {"Single replications", "Those of each scenario are in its folder, replications.csv."});
  }
}

}  // namespace truce::exchange
