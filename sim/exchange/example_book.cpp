// SPDX-License-Identifier: Apache-2.0
// A workbook with calculations of one's own, to begin with: every formula names tables and columns,
// none a cell of theirs, so that it goes on working when truce export --into brings other rows.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/exchange/book_pages.hpp"

namespace truce::exchange {
namespace {

/// Makes the calculations, with what they come to on the tables of a book.
class Calculations {
 public:
  explicit Calculations(Book& book) : book_(book) {}

  const Page* page(std::string_view table) const {
    const auto found = std::ranges::find(book_.pages, table, &Page::table);
    return found == book_.pages.end() ? nullptr : &*found;
  }

  /// Numbers of a column for the rows that fit; empty if there is no such column.
  std::vector<double> numbers(std::string_view table, std::string_view column,
                              const std::function<bool(std::size_t)>& fits) const {
    std::vector<double> all;
    const auto* one = page(table);
    const auto place = column_of(table, column);
    if (one == nullptr || !place) return all;
    for (std::size_t r = 0; r < one->data.rows.size(); ++r) {
      const auto value = number_of(one->data.rows[r][*place]);
      if (value && fits(r)) all.push_back(*value);
    }
    return all;
  }

  std::string text(std::string_view table, std::string_view column, std::size_t row) const {
    return text_of(page(table)->data.rows[row][*column_of(table, column)]);
  }

  std::optional<std::size_t> column_of(std::string_view table, std::string_view column) const {
    const auto* one = page(table);
    if (one == nullptr) return std::nullopt;
    const auto& fields = one->data.fields;
    const auto found = std::ranges::find(fields, column, &report::Field::name);
    if (found == fields.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields.begin());
  }

  /// Where the value of the calculation added next will stand.
  std::string next_cell() const { return "$B$" + std::to_string(book_.calculations.size() + 2); }
  void add(std::string what, std::string formula, std::variant<double, std::string> value,
           std::string how) {
    book_.calculations.push_back(
        {std::move(what), std::move(formula), std::move(value), std::move(how)});
  }

 private:
  Book& book_;
};

bool always(std::size_t) {
  return true;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

/// A number of the sheet Manifest.
std::optional<double> manifest_number(const Calculations& all, const std::string& key) {
  const auto* page = all.page("tblManifest");
  if (page == nullptr) return std::nullopt;
  for (std::size_t r = 0; r < page->data.rows.size(); ++r) {
    if (all.text("tblManifest", "key", r) == key) {
      return parse_number(all.text("tblManifest", "value", r));
    }
  }
  return std::nullopt;
}

void calculate_run(Calculations& all) {
  const auto wanted = all.next_cell();
  const std::string id = "coverage";
  all.add("Outcome to look up (change it)", "", id, "an id of tblSummary");
  for (const char* statistic : {"mean", "ci95_low", "ci95_high"}) {
    const auto found = all.numbers("tblSummary", statistic, [&](std::size_t r) {
      return all.text("tblSummary", "id", r) == id;
    });
    if (found.empty()) continue;
    all.add(
        std::string("its ") + statistic,
        "=INDEX(tblSummary[" + std::string(statistic) + "],MATCH(" + wanted + ",tblSummary[id],0))",
        found.front(), "INDEX and MATCH find the row by its id, wherever it stands");
  }
  const auto days = all.numbers("tblReplications", "ceasefire_days", always);
  if (!days.empty()) {
    const auto bound = all.next_cell();
    const double least = 365.0;
    all.add("Days of ceasefire wanted (change it)", "", least, "a threshold of your own");
    const auto met = std::ranges::count_if(days, [&](double x) { return x >= least; });
    all.add("Share of replications that reach it",
            "=COUNTIFS(tblReplications[ceasefire_days],\">=\"&" + bound +
                ")/COUNT(tblReplications[ceasefire_days])",
            static_cast<double>(met) / static_cast<double>(days.size()),
            "a statistic that truce does not tell, from single replications");
    const auto holds = all.column_of("tblReplications", "ceasefire_holds");
    const auto coverage = all.numbers("tblReplications", "coverage", [&](std::size_t r) {
      return holds && number_of(all.page("tblReplications")->data.rows[r][*holds]) == 1.0;
    });
    if (!coverage.empty()) {
      all.add("Mean coverage where the ceasefire never collapses",
              "=AVERAGEIFS(tblReplications[coverage],tblReplications[ceasefire_holds],1)",
              mean_of(coverage), "replications with a condition");
    }
  }
  const auto replications = all.numbers("tblReplications", "replication", always);
  const auto planned = manifest_number(all, "replications");
  if (planned && !replications.empty()) {
    all.add("Replications in the table", "=COUNT(tblReplications[replication])",
            static_cast<double>(replications.size()), "a sheet may hold a part of them (--rows)");
    all.add("of all",
            "=VALUE(INDEX(tblManifest[value],MATCH(\"replications\",tblManifest[key],0)))",
            *planned, "what the manifest of the result says");
  }
  const auto troops = all.numbers("tblTimeline", "mean", [&](std::size_t r) {
    return all.text("tblTimeline", "series", r).starts_with("troops.");
  });
  if (!troops.empty()) {
    double sum = 0.0;
    for (const double value : troops) sum += value;
    all.add("Troop-days in place, all functions (mean)",
            "=SUMIFS(tblTimeline[mean],tblTimeline[series],\"troops.*\")", sum,
            "a sum over days and series; * stands for any function");
  }
}

void calculate_compare(Calculations& all) {
  const auto* page = all.page("tblCompare");
  if (page == nullptr || page->data.rows.empty()) return;
  const auto what_if = all.text("tblCompare", "what_if", 0);
  const auto outcome = all.text("tblCompare", "outcome", 0);
  const auto wanted = all.next_cell();
  all.add("What-if to look up (change it)", "", what_if, "a what_if of tblCompare");
  const auto about = all.next_cell();
  all.add("Outcome to look up (change it)", "", outcome, "an outcome of tblCompare");
  const auto is_it = [&](std::size_t r) {
    return all.text("tblCompare", "what_if", r) == what_if &&
           all.text("tblCompare", "outcome", r) == outcome;
  };
  for (const char* column : {"difference", "ci95_low", "ci95_high"}) {
    const auto found = all.numbers("tblCompare", column, is_it);
    if (found.empty()) continue;
    all.add(std::string("its ") + column,
            "=IF(COUNTIFS(tblCompare[what_if]," + wanted + ",tblCompare[outcome]," + about +
                ")=1,SUMIFS(tblCompare[" + std::string(column) + "],tblCompare[what_if]," + wanted +
                ",tblCompare[outcome]," + about + "),\"no such row\")",
            found.front(),
            "SUMIFS finds a number by two keys; COUNTIFS sees to it that there is one such row");
  }
  for (const char* verdict : {"better", "worse"}) {
    const auto found = all.numbers("tblCompare", "n", [&](std::size_t r) {
      return all.text("tblCompare", "what_if", r) == what_if &&
             all.text("tblCompare", "family", r) == "headline" &&
             all.text("tblCompare", "verdict", r) == verdict;
    });
    all.add(std::string("Headline outcomes in which it is ") + verdict,
            "=COUNTIFS(tblCompare[what_if]," + wanted +
                ",tblCompare[family],\"headline\",tblCompare[verdict],\"" + verdict + "\")",
            static_cast<double>(found.size()), "rows that meet several conditions");
  }
}

/// Mean of the first outcome told in detail, over all points, and where it is greatest.
void calculate_sweep(Calculations& all) {
  const auto* page = all.page("tblPoints");
  if (page == nullptr) return;
  constexpr std::string_view prefix = "se.";
  for (const auto& field : page->data.fields) {
    if (!field.name.starts_with(prefix)) continue;
    const auto column = "mean." + field.name.substr(prefix.size());
    const auto values = all.numbers("tblPoints", column, always);
    if (values.empty()) continue;
    const auto reference = "tblPoints[" + column + "]";
    all.add("Mean of " + column + " over the points", "=AVERAGE(" + reference + ")",
            mean_of(values), "a column of the table");
    const auto greatest = *std::ranges::max_element(values);
    const auto point = all.numbers("tblPoints", "point", [&](std::size_t r) {
      return number_of(page->data.rows[r][*all.column_of("tblPoints", column)]) == greatest;
    });
    all.add("Point at which it is greatest",
            "=INDEX(tblPoints[point],MATCH(MAX(" + reference + ")," + reference + ",0))",
            point.front(), "the row of the greatest value");
  }
}

void calculate_sensitivity(Calculations& all) {
  const auto* page = all.page("tblSensitivity");
  if (page == nullptr || page->data.rows.empty()) return;
  const auto outcome = all.text("tblSensitivity", "outcome", 0);
  const auto measure = all.text("tblSensitivity", "measure", 0);
  const auto about = all.next_cell();
  all.add("Outcome to look up (change it)", "", outcome, "an outcome of tblSensitivity");
  const auto by = all.next_cell();
  all.add("Measure (change it)", "", measure, "a measure of tblSensitivity");
  const auto is_it = [&](std::size_t r) {
    return all.text("tblSensitivity", "outcome", r) == outcome &&
           all.text("tblSensitivity", "measure", r) == measure;
  };
  const auto clear = all.numbers("tblSensitivity", "value", [&](std::size_t r) {
    return is_it(r) && all.text("tblSensitivity", "clear", r) == "yes";
  });
  all.add("Inputs that clearly matter to it",
          "=COUNTIFS(tblSensitivity[outcome]," + about + ",tblSensitivity[measure]," + by +
              ",tblSensitivity[clear],\"yes\")",
          static_cast<double>(clear.size()), "rows that meet several conditions");
}

}  // namespace

Book example_of(const Result& result, const WorkbookOptions& options) {
  auto book = book_of(result, options);
  Calculations all(book);
  const auto kind = result.kind();
  if (kind == "run") calculate_run(all);
  if (kind == "compare") calculate_compare(all);
  if (kind == "sweep") calculate_sweep(all);
  if (kind == "sensitivity") calculate_sensitivity(all);
  // What points at cells would point at others after the tables were filled again.
  book.names.clear();
  for (auto& page : book.pages) page.charts.clear();
  book.title = "Calculations of your own";
  // It would be that of another result as soon as the tables are filled again.
  book.about = {
      {"Which result", "The one that the sheet Manifest tells of, when it was last filled."}};
  book.date.reset();
  book.reading = {
      {"How to use it",
       "Change the yellow cells of Calculations, add formulas, sheets, charts and pivot tables of "
       "your own. Name tables and columns, tblSummary[mean], not cells."},
      {"After a new run",
       "truce export DIR --into FILE puts the new result into the tables of this file and leaves "
       "all "
       "else as it is. Columns of your own beside a table's are kept if they are formulas."},
      {"Charts", "The charts of the result are in its results.xlsx."}};
  return book;
}

}  // namespace truce::exchange
