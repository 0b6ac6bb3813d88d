// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/book_pages.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/core/text.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/narrative.hpp"

#include "sim/exchange/data_package.hpp"

namespace truce::exchange {
namespace {

/// The value of a key of JSON as text for people.
std::string json_words(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// Every value of a tree with its path, "scenarios.0.title".
void flatten(const Json& value, const std::string& path, std::vector<Line>& lines) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      flatten(inner, path.empty() ? key : path + "." + key, lines);
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      flatten(value[i], path + "." + std::to_string(i), lines);
    }
  } else {
    lines.push_back({path, json_words(value)});
  }
}

std::string text_at(const Json& json, std::initializer_list<const char*> path) {
  const Json* at = &json;
  for (const char* step : path) {
    if (!at->is_object() || !at->contains(step)) return "";
    at = &(*at)[step];
  }
  return json_words(*at);
}

/// The digest of the scenario that was played; of a comparison, of its base.
std::string digest_of(const Json& manifest) {
  const auto own = text_at(manifest, {"digest"});
  if (!own.empty()) return own;
  if (manifest.contains("source")) return text_at(manifest, {"source", "digest"});
  const bool compared = manifest.contains("scenarios") && !manifest["scenarios"].empty();
  return compared ? text_at(manifest["scenarios"][0], {"digest"}) : "";
}

}  // namespace

std::string table_name(std::string_view name) {
  std::string camel = "tbl";
  bool begins = true;
  for (const char c : name) {
    if (c == '_') {
      begins = true;
    } else {
      camel += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      begins = false;
    }
  }
  return camel;
}

Page whole_page(const Result& result, const StoredTable& table, std::string name,
                std::string purpose) {
  Page page;
  page.name = std::move(name);
  page.table = table_name(table.name());
  page.purpose = std::move(purpose);
  page.data = read_all(result, table);
  page.rows_in_all = table.rows;
  return page;
}

Page capped_page(const Result& result, const StoredTable& table, std::string name,
                 std::string purpose, const WorkbookOptions& options) {
  Page page;
  page.name = std::move(name);
  page.table = table_name(table.name());
  page.purpose = std::move(purpose);
  page.data.file = table.file;
  page.data.fields = table.fields;
  page.rows_in_all = table.rows;
  const auto columns = std::min(table.fields.size(), most_sheet_columns);
  page.data.fields.resize(columns);
  const std::uint64_t most = std::clamp<std::uint64_t>(
      options.rows.value_or(options.most_cells / std::max<std::size_t>(columns, 1)), 1,
      most_sheet_rows - 1);
  Rows rows(result, table);
  while (page.data.rows.size() < most && rows.next()) {
    const auto& cells = rows.cells();
    page.data.rows.emplace_back(cells.begin(),
                                cells.begin() + static_cast<std::ptrdiff_t>(columns));
  }
  if (page.data.rows.size() < table.rows) {
    page.rest = "the first " + report::grouped(static_cast<double>(page.data.rows.size()), 0) +
                "; all " + report::grouped(static_cast<double>(table.rows), 0) + " are in " +
                table.file;
  }
  if (columns < table.fields.size()) {
    page.rest += std::string(page.rest.empty() ? "" : "; ") + "the first " +
                 std::to_string(columns) + " of " + std::to_string(table.fields.size()) +
                 " columns, as many as a sheet holds; all are in " + table.file;
  }
  return page;
}

Page base_assumptions(const Result& result, const StoredTable& table) {
  auto page = whole_page(result, table, "Assumptions",
                         "Every value of the scenario at the base, with its source.");
  page.alike = Alike::by_row;
  return page;
}

Page dictionary_page(const Result& result) {
  auto page = whole_page(result, *result.find("dictionary"), "Dictionary",
                         "What each column means, and its unit.");
  page.frozen = 2;
  return page;
}

Page manifest_page(const Result& result) {
  auto manifest = result.manifest();
  manifest.erase("run");       // when, how fast, on how many threads
  manifest.erase("scenario");  // a row each on the sheet Assumptions
  // That of the sweep tells when it was made, and has another digest each time.
  if (manifest.contains("source")) manifest["source"].erase("manifest_sha256");
  auto files = Json::array();
  for (const auto& file : manifest["files"]) {
    const auto name = file.value("file", "");
    // Manifests of scenarios tell when they were made, and have another digest each time. Others
    // are made from the tables, as the workbook is: it does not matter which of them there are yet.
    const bool is_made = name == workbook_name || name == data_package_name;
    if (!name.ends_with("manifest.json") && !is_made) files.push_back(file);
  }
  manifest["files"] = files;
  std::vector<Line> lines;
  flatten(manifest, "", lines);
  Page page;
  page.name = "Manifest";
  page.table = "tblManifest";
  page.purpose = "What was run with what, and how to tell whether the files are whole.";
  page.data.file = "manifest.json";
  page.data.fields = {{"key", "", report::Type::text, "Place in manifest.json."},
                      {"value", "", report::Type::text, "What stands there."}};
  for (const auto& line : lines) page.data.rows.push_back({line.what, harmless(line.text)});
  page.rows_in_all = page.data.rows.size();
  return page;
}

void tell_origin(Book& book, const Result& result, const std::string& question,
                 const std::string& answer) {
  const auto& manifest = result.manifest();
  const auto add = [&](const std::string& what, const std::string& text) {
    if (!text.empty()) book.about.push_back({what, text});
  };
  add("Question", question);
  add("Answer", answer);
  if (const auto status = text_at(manifest, {"status"}); status != "complete") {
    add("Status", status + ": it rests on fewer replications than were planned");
  }
  const auto finished = text_at(manifest, {"run", "finished"});
  constexpr std::size_t day = 10;  // of "2026-07-01T06:30:00Z"
  book.date = parse_date(std::string_view(finished).substr(0, std::min(finished.size(), day)));
  if (book.date) book.about.push_back({"Date", "", *book.date});
  add("Made by", "truce " + text_at(manifest, {"truce", "version"}) + ", command " + result.kind());
  add("Seed", text_at(manifest, {"seed"}));
  if (manifest.contains("replications")) {
    book.about.push_back({"Replications", "", manifest["replications"].get<std::int64_t>()});
  }
  if (const auto digest = digest_of(manifest); !digest.empty()) {
    add("Scenario digest", "sha256:" + digest);
  }
  book.reading = {
      {"How to read",
       "Each sheet has one table with a name (tblSummary, ...), for formulas and pivot tables. "
       "Numbers are as exact as in the CSV files; formats only round what is shown. Empty cells "
       "are "
       "absent values, such as the day of something that did not happen; the column status says so "
       "in words. The sheet Dictionary explains every column."},
      {"Intervals",
       "95 % confidence intervals tell how much chance is left in a mean of so many replications, "
       "not how sure the assumptions are: those stand on the sheet Assumptions, with their "
       "sources."},
      {"Charts",
       "Charts stand to the right of the table whose cells they show. They follow the rows as "
       "delivered: sort a copy, filter as you like."},
      {"Limits",
       "This is a simulation of what was assumed, not a forecast. A text that a spreadsheet might "
       "take for a formula has an apostrophe before it, here as in all other files."}};
}

void add_band(Page& page, std::size_t low, std::size_t high, std::size_t middle) {
  auto& fields = page.data.fields;
  const auto unit = fields[low].unit;
  const auto ends = fields[low].name + " to " + fields[high].name;
  fields.push_back(
      {"band_from", unit, report::Type::number, "Lower end of " + ends + "; made for the chart."});
  fields.push_back(
      {"band_height", unit, report::Type::number, "Height of " + ends + "; made for the chart."});
  for (auto& row : page.data.rows) {
    const auto from = number_of(row[low]);
    const auto to = number_of(row[high]);
    const bool both = from && to;
    const report::Cell begin = both ? report::Cell{*from} : row[middle];
    const report::Cell height = both ? report::Cell{*to - *from}
                                : std::holds_alternative<std::monostate>(begin) ? report::Cell{}
                                                                                : report::Cell{0.0};
    row.push_back(begin);
    row.push_back(height);
  }
}

std::optional<double> number_of(const report::Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
  return std::nullopt;
}

std::string text_of(const report::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

std::vector<Run> runs_of(const report::Table& table, std::size_t column) {
  std::vector<Run> runs;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    auto text = text_of(table.rows[r][column]);
    if (runs.empty() || runs.back().text != text) runs.push_back({std::move(text), r, r});
    runs.back().end = r + 1;
  }
  return runs;
}

void gather_by(report::Table& table, std::size_t column) {
  std::vector<std::string> order;
  const auto place = [&](const std::vector<report::Cell>& row) {
    const auto text = text_of(row[column]);
    const auto found = std::ranges::find(order, text);
    if (found != order.end()) return found - order.begin();
    order.push_back(text);
    return std::ssize(order) - 1;
  };
  std::vector<std::pair<std::ptrdiff_t, std::size_t>> places;
  places.reserve(table.rows.size());
  for (std::size_t r = 0; r < table.rows.size(); ++r) places.emplace_back(place(table.rows[r]), r);
  std::ranges::sort(places);
  std::vector<std::vector<report::Cell>> rows;
  rows.reserve(table.rows.size());
  for (const auto& [ignored, r] : places) rows.push_back(std::move(table.rows[r]));
  table.rows = std::move(rows);
}

std::string harmless(const std::string& text) {
  auto with_one = "'" + text;
  return report::plain_text(with_one) == text ? with_one : text;
}

std::string percent(double share) {
  return report::grouped(100.0 * share, 0) + " %";
}

std::string with_unit(double value, const std::string& unit) {
  return report::significant(value) + (unit.empty() ? "" : " " + unit);
}

std::string cell_name(std::string_view outcome, std::string_view statistic) {
  std::string name = "truce_";
  for (const char c : outcome) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    name += plain ? c : '_';
  }
  return name + "_" + std::string(statistic);
}

}  // namespace truce::exchange
