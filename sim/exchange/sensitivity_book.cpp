// SPDX-License-Identifier: Apache-2.0
// The workbook of truce sensitivity.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "sim/report/narrative.hpp"

#include "sim/exchange/book_pages.hpp"

namespace truce::exchange {
namespace {

/// What the charts and the answer call the measures that inputs can be told by first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> meanings{{
    {"total", "total Sobol' index (share of the variance)"},
    {"first_order", "first-order index (share of the variance)"},
    {"first_order_mean", "first-order index of means (share of the variance)"},
    {"src", "standardised regression coefficient"},
    {"srrc", "standardised rank regression coefficient"},
    {"prcc", "partial rank correlation"},
    {"mu_star", "mean absolute elementary effect"},
    {"swing", "swing from low to high value"},
    {"pawn_median", "distance of distributions (PAWN)"},
}};

std::string meaning_of(const std::string& measure) {
  const auto* found =
      std::ranges::find(meanings, measure, &std::pair<std::string_view, std::string_view>::first);
  return std::string(found == meanings.end() ? measure : found->second);
}

/// The measure by which the inputs of an outcome are told first; empty if there is none.
std::string best_measure(const report::Table& table, const StoredTable& columns,
                         const std::string& outcome) {
  for (const auto& row : table.rows) {
    const auto text = [&](std::string_view column) { return text_of(row[columns.column(column)]); };
    if (text("outcome") == outcome && text("best") == "yes") return text("measure");
  }
  return "";
}

/// Rows of one outcome and measure that are about single inputs.
std::vector<std::size_t> rows_of(const report::Table& table, const StoredTable& columns,
                                 const std::string& outcome, std::string_view measure) {
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const auto text = [&](std::string_view column) {
      return text_of(table.rows[r][columns.column(column)]);
    };
    if (text("outcome") == outcome && text("measure") == measure && !text("input").empty()) {
      rows.push_back(r);
    }
  }
  return rows;
}

std::string sensitivity_answer(const report::Table& table, const StoredTable& columns) {
  std::string answer;
  for (const auto& run : runs_of(table, columns.column("outcome"))) {
    const auto measure = best_measure(table, columns, run.text);
    auto rows = rows_of(table, columns, run.text, measure);
    if (rows.empty()) continue;
    const auto value = [&](std::size_t r) {
      return number_of(table.rows[r][columns.column("value")]).value_or(0.0);
    };
    const auto text = [&](std::size_t r, std::string_view column) {
      return text_of(table.rows[r][columns.column(column)]);
    };
    std::ranges::stable_sort(rows, std::greater<>(),
                             [&](std::size_t r) { return std::abs(value(r)); });
    std::string inputs;
    constexpr std::size_t most_told = 3;
    std::size_t told = 0;
    for (const auto r : rows) {
      if (text(r, "clear") != "yes" || told++ == most_told) continue;
      inputs += (inputs.empty() ? "" : ", ") + text(r, "input") + " (" +
                with_unit(value(r), text(r, "unit")) + ")";
      if (told == most_told) break;
    }
    answer += (answer.empty() ? "" : "; ") + text(run.first, "label") + ": " +
              (inputs.empty() ? "no input clearly" : inputs) + " by " + meaning_of(measure);
  }
  return answer.empty() ? "See the sheet Sensitivity." : answer + ".";
}

/// A chart for each outcome, by the measure that is told first.
void add_rankings(Page& page, const StoredTable& columns) {
  for (const auto& run : runs_of(page.data, columns.column("outcome"))) {
    if (page.charts.size() == most_charts) return;
    const auto measure = best_measure(page.data, columns, run.text);
    const auto rows = rows_of(page.data, columns, run.text, measure);
    if (rows.empty() || rows.back() + 1 - rows.front() != rows.size()) continue;
    const auto text = [&](std::string_view column) {
      return text_of(page.data.rows[rows.front()][columns.column(column)]);
    };
    Chart chart;
    chart.kind = ChartKind::bars;
    chart.title = text("label") + ": " + meaning_of(measure);
    chart.y_title = text("unit");
    chart.x = {columns.column("input"), rows.front(), rows.back() + 1};
    chart.series = {
        {measure, {columns.column("value"), rows.front(), rows.back() + 1}, Stroke::line, 0}};
    page.charts.push_back(std::move(chart));
  }
}

/// Bars need the change from the base, which is added to the table.
Page tornado_page(const Result& result, const StoredTable& table) {
  auto page = whole_page(result, table, "Tornado",
                         "How far each outcome moves when one factor goes to its low and high "
                         "value.");
  page.alike = Alike::by_row;
  page.frozen = 4;
  const auto change = [&](std::string name, std::string_view end) {
    page.data.fields.push_back({std::move(name), "unit of the row", report::Type::number,
                                "Mean outcome at the " + std::string(end) +
                                    " value less that of the base; made for the chart."});
  };
  change("low_change", "low");
  change("high_change", "high");
  const auto base = table.column("at_base");
  for (auto& row : page.data.rows) {
    const auto difference = [&](std::string_view column) -> report::Cell {
      const auto value = number_of(row[table.column(column)]);
      const auto from = number_of(row[base]);
      return value && from ? report::Cell{*value - *from} : report::Cell{};
    };
    const auto low = difference("at_low");
    const auto high = difference("at_high");
    row.push_back(low);
    row.push_back(high);
  }
  const auto columns = page.data.fields.size();
  for (const auto& run : runs_of(page.data, table.column("outcome"))) {
    if (page.charts.size() == most_charts) break;
    const auto& row = page.data.rows[run.first];
    Chart chart;
    chart.kind = ChartKind::tornado;
    chart.title = text_of(row[table.column("label")]) + ": change from the base";
    chart.y_title = text_of(row[table.column("unit")]);
    chart.x = {table.column("input"), run.first, run.end};
    chart.series = {{"at the low value", {columns - 2, run.first, run.end}, Stroke::line, 4},
                    {"at the high value", {columns - 1, run.first, run.end}, Stroke::line, 0}};
    page.charts.push_back(std::move(chart));
  }
  return page;
}

}  // namespace

void fill_sensitivity_book(Book& book, const Result& result, const WorkbookOptions&) {
  const auto& table = *result.find("sensitivity");
  auto sensitivity = whole_page(result, table, "Sensitivity",
                                "How much each input drives each outcome, by every measure that "
                                "the design allows.");
  // Of some designs each input has all its measures together, and a chart needs each measure's.
  gather_by(sensitivity.data, table.column("measure"));
  gather_by(sensitivity.data, table.column("outcome"));
  sensitivity.alike = Alike::by_row;
  sensitivity.frozen = 4;
  sensitivity.words = table.column("clear");
  add_rankings(sensitivity, table);
  const auto name = result.manifest().value("name", "");
  book.title = name.empty() ? "Sensitivity" : name + ": sensitivity";
  tell_origin(book, result, "Which inputs drive the outcomes of " + name + "?",
              sensitivity_answer(sensitivity.data, table));
  const auto& manifest = result.manifest();
  if (manifest.contains("warnings")) {
    for (const auto& warning : manifest["warnings"]) {
      book.about.push_back({"Note", warning.get<std::string>(), {}});
    }
  }
  if (const auto* assumptions = result.find("assumptions")) {
    book.pages.push_back(base_assumptions(result, *assumptions));
  }
  book.pages.push_back(std::move(sensitivity));
  const auto& tornado = *result.find("tornado");
  if (tornado.rows > 0) book.pages.push_back(tornado_page(result, tornado));
  book.pages.push_back(whole_page(result, *result.find("variance"), "Variance",
                                  "What of the variance is due to inputs, and what to chance."));
  book.pages.push_back(whole_page(result, *result.find("left_out"), "Left out",
                                  "Analyses that were not made, and why."));
}

}  // namespace truce::exchange
