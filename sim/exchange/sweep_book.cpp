// SPDX-License-Identifier: Apache-2.0
// The workbook of truce sweep.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "sim/report/narrative.hpp"

#include "sim/exchange/book_pages.hpp"

namespace truce::exchange {
namespace {

constexpr std::string_view factor_prefix = "factors.";
constexpr std::string_view detail_prefix = "se.";  // outcomes told in detail have a standard error

/// The outcomes that points.csv tells in detail.
std::vector<std::string> detailed(const StoredTable& points) {
  std::vector<std::string> ids;
  for (const auto& field : points.fields) {
    if (field.name.starts_with(detail_prefix))
      ids.push_back(field.name.substr(detail_prefix.size()));
  }
  return ids;
}

/// "detected_share between 0.21 and 0.64"
std::string sweep_answer(const report::Table& table, const StoredTable& points,
                         std::uint64_t replications) {
  std::string answer;
  constexpr std::size_t told = 4;
  std::size_t n = 0;
  for (const auto& id : detailed(points)) {
    const auto column = points.column("mean." + id);
    std::optional<double> least;
    std::optional<double> most;
    for (const auto& row : table.rows) {
      const auto value = number_of(row[column]);
      if (!value) continue;
      least = std::min(least.value_or(*value), *value);
      most = std::max(most.value_or(*value), *value);
    }
    if (!least || *least == *most || n == told) continue;
    ++n;
    answer += (answer.empty() ? "" : "; ") + id + " between " + with_unit(*least, "") + " and " +
              with_unit(*most, points.fields[column].unit);
  }
  return "Means over " + std::to_string(table.rows.size()) + " points of " +
         std::to_string(replications) +
         " replications each: " + (answer.empty() ? "no outcome differs" : answer) +
         ". truce sensitivity tells what drives them.";
}

}  // namespace

void fill_sweep_book(Book& book, const Result& result, const WorkbookOptions& options) {
  const auto& manifest = result.manifest();
  book.title = manifest.value("name", "Sweep");
  const auto& table = *result.find("points");
  auto points =
      capped_page(result, table, "Points",
                  "What came out at each point of the design, over its replications.", options);
  const auto& study = manifest.contains("study") ? manifest["study"] : Json::object();
  auto question = study.value("question", "");
  if (question.empty())
    question = "How do the outcomes of " + book.title + " move with its factors?";
  tell_origin(book, result, question,
              sweep_answer(points.data, table, manifest.value("replications", std::uint64_t{0})));
  const auto outcomes = detailed(table);
  const auto end = points.data.rows.size();
  for (std::size_t f = 0; f < table.fields.size() && end > 0; ++f) {
    const auto& field = table.fields[f];
    if (!field.name.starts_with(factor_prefix) || field.type != report::Type::number) continue;
    for (const auto& id : outcomes) {
      if (points.charts.size() == most_charts) break;
      const auto column = table.column("mean." + id);
      if (column >= points.data.fields.size()) continue;
      const bool moves = std::any_of(
          points.data.rows.begin(), points.data.rows.end(),
          [&](const auto& row) { return row[column] != points.data.rows.front()[column]; });
      if (!moves) continue;
      Chart chart;
      chart.kind = ChartKind::points;
      chart.title = id + " over " + field.name.substr(factor_prefix.size());
      chart.x_title = field.name + (field.unit.empty() ? "" : " [" + field.unit + "]");
      chart.y_title = table.fields[column].unit;
      chart.x = {f, 0, end};
      chart.series = {{"mean at the point", {column, 0, end}, Stroke::marker, 0}};
      points.charts.push_back(std::move(chart));
    }
  }
  if (const auto* assumptions = result.find("assumptions")) {
    book.pages.push_back(base_assumptions(result, *assumptions));
  }
  book.pages.push_back(whole_page(result, *result.find("factors"), "Factors",
                                  "What is varied, over which values, and why."));
  book.pages.push_back(std::move(points));
  auto replications = capped_page(result, *result.find("replications"), "Replications",
                                  "Each replication at each point.", options);
  replications.frozen = 2;
  book.pages.push_back(std::move(replications));
}

}  // namespace truce::exchange
