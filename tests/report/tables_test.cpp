// SPDX-License-Identifier: Apache-2.0
// The tables hold what the results say, and the dictionary knows every column.
#include "sim/report/tables.hpp"

#include <set>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "sim/report/csv.hpp"

#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

/// The cell of a row as it stands in the file.
std::string at(const Table& table, std::size_t row, const std::string& field) {
  for (std::size_t i = 0; i < table.fields.size(); ++i) {
    if (table.fields[i].name == field) return csv_text(table.rows.at(row).at(i));
  }
  ADD_FAILURE() << "no column " << field;
  return {};
}

void expect_rectangular(const Table& table) {
  for (const auto& row : table.rows) ASSERT_EQ(row.size(), table.fields.size()) << table.file;
}

TEST(SummaryTable, HasARowPerOutcome) {
  const auto table = summary_table(sample_results());
  expect_rectangular(table);
  ASSERT_EQ(table.rows.size(), 5u);
  EXPECT_EQ(at(table, 0, "id"), "incidents_per_day");
  EXPECT_EQ(at(table, 0, "unit"), "incidents/day");
  EXPECT_EQ(at(table, 0, "n"), "40");
  EXPECT_EQ(at(table, 0, "missing"), "0");
  EXPECT_EQ(at(table, 0, "mean"), "1253.5");  // 1234 to 1273
  EXPECT_EQ(at(table, 0, "min"), "1234");
  EXPECT_EQ(at(table, 0, "p50"), "1253.5");
  EXPECT_EQ(at(table, 0, "max"), "1273");
  EXPECT_NE(at(table, 0, "p50_low"), "");
  EXPECT_EQ(at(table, 0, "p5_low"), "");  // 40 values are too few
  EXPECT_EQ(at(table, 1, "scale"), "proportion");
  EXPECT_EQ(at(table, 1, "mean"), "0.25");
  EXPECT_NE(at(table, 1, "ci95_low"), "");
  EXPECT_EQ(at(table, 1, "p50"), "");
  EXPECT_EQ(at(table, 2, "outcome"), "coverage");
  EXPECT_EQ(at(table, 2, "breakdown"), "sector");
  EXPECT_EQ(at(table, 2, "key"), "east");
  EXPECT_EQ(at(table, 2, "better"), "higher");
  EXPECT_EQ(at(table, 3, "n"), "0");
  EXPECT_EQ(at(table, 3, "missing"), "40");
  EXPECT_EQ(at(table, 3, "mean"), "");
  EXPECT_EQ(at(table, 4, "n"), "20");
}

TEST(ReplicationsSheet, HasAColumnPerOutcome) {
  const auto results = sample_results();
  const auto sheet = replications_sheet(results.columns);
  ASSERT_EQ(sheet.fields.size(), 8u);
  EXPECT_EQ(sheet.fields[3].name, "incidents_per_day");
  EXPECT_EQ(sheet.fields[3].unit, "incidents/day");
  const auto row = replication_row(12, 7, std::vector<double>{1.5, model::absent});
  EXPECT_EQ(csv_text(row[0]), "12");
  EXPECT_EQ(csv_text(row[1]), "s7");
  EXPECT_EQ(csv_text(row[2]), "absent");
  EXPECT_EQ(csv_text(row[3]), "1.5");
  EXPECT_EQ(csv_text(row[4]), "");
}

TEST(TimelineTable, HasARowPerDayAndSeries) {
  const auto table = timeline_table(sample_results(), *parse_date("2026-12-31"));
  expect_rectangular(table);
  ASSERT_EQ(table.rows.size(), 6u);
  EXPECT_EQ(at(table, 0, "day"), "0");
  EXPECT_EQ(at(table, 0, "date"), "2026-12-31");
  EXPECT_EQ(at(table, 2, "date"), "2027-01-01");
  EXPECT_EQ(at(table, 2, "series"), "troops.air");
  EXPECT_EQ(at(table, 2, "mean"), "10");
  EXPECT_EQ(at(table, 3, "series"), "incidents");
  EXPECT_EQ(at(table, 3, "p50"), "19.5");
  EXPECT_EQ(at(table, 5, "mean"), "-19.5");
  EXPECT_EQ(at(table, 5, "n"), "40");
  EXPECT_EQ(at(table, 5, "band_n"), "40");
}

TEST(SurvivalTable, HasARowPerDaySinceTheCeasefire) {
  auto results = sample_results();
  auto& ceasefires = results.ceasefires.emplace(3 * one_day, experiment::collapses);
  ceasefires.add_end(one_day, experiment::cause_of(model::CeasefireEnd::collapsed_for_good));
  ceasefires.add_end(2 * one_day,
                     experiment::cause_of(model::CeasefireEnd::collapsed_and_restored));
  ceasefires.add_censored(2 * one_day);
  ceasefires.add_censored(2 * one_day);
  const auto table = survival_table(results);
  expect_rectangular(table);
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(at(table, 0, "at_risk"), "4");
  EXPECT_EQ(at(table, 0, "holds"), "1");
  EXPECT_EQ(at(table, 0, "holds_high"), "1");
  EXPECT_EQ(at(table, 1, "day"), "1");
  EXPECT_EQ(at(table, 1, "ended"), "1");
  EXPECT_EQ(at(table, 1, "final"), "0.25");
  EXPECT_EQ(at(table, 1, "restored"), "0");
  EXPECT_EQ(at(table, 2, "at_risk"), "3");
  EXPECT_EQ(at(table, 2, "holds"), "0.5");
  EXPECT_EQ(at(table, 2, "restored"), "0.25");
  EXPECT_EQ(at(table, 2, "restricted_mean"), "1.75");
  EXPECT_LT(std::stod(at(table, 2, "holds_low")), 0.5);
  EXPECT_GT(std::stod(at(table, 2, "holds_high")), 0.5);
  EXPECT_LT(std::stod(at(table, 2, "restored_low")), 0.25);
  EXPECT_GT(std::stod(at(table, 2, "final_high")), 0.25);
  EXPECT_EQ(at(table, 3, "at_risk"), "0");
  EXPECT_EQ(at(table, 3, "ended"), "2");
  EXPECT_EQ(at(table, 3, "holds"), "");  // nobody was watched for so long
}

TEST(SurvivalTable, IsThereWithoutACeasefire) {
  const auto table = survival_table(sample_results());
  expect_rectangular(table);
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(at(table, 3, "at_risk"), "0");
  EXPECT_EQ(at(table, 0, "restricted_mean"), "");
}

TEST(AssumptionsTable, HasARowPerValue) {
  const auto loaded = sample_scenario();
  const auto table = assumptions_table(loaded.assumptions);
  expect_rectangular(table);
  ASSERT_EQ(table.rows.size(), loaded.assumptions.size());
  bool found = false;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (at(table, i, "path") == "contributors.norway.title") {
      EXPECT_EQ(at(table, i, "value").substr(0, 3), "\"'=");  // no formula
    }
    if (at(table, i, "path") != "contributors.norway.pledges.monitors.troops") continue;
    found = true;
    EXPECT_EQ(at(table, i, "value"), "80 troops");
    EXPECT_EQ(at(table, i, "note"), "assumption");
    EXPECT_EQ(at(table, i, "file"), "sample.yaml");
    EXPECT_EQ(at(table, i, "line"), "15");
  }
  EXPECT_TRUE(found);
}

TEST(DictionaryTable, KnowsEveryColumn) {
  const auto results = sample_results();
  const std::vector<Sheet> sheets{summary_table(results), replications_sheet(results.columns),
                                  timeline_table(results, Date{}), survival_table(results),
                                  assumptions_table({})};
  const auto table = dictionary_table(sheets, results.series);
  expect_rectangular(table);
  std::set<std::pair<std::string, std::string>> known;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    if (at(table, i, "entry").empty()) {
      EXPECT_TRUE(known.emplace(at(table, i, "file"), at(table, i, "column")).second);
    }
    EXPECT_NE(at(table, i, "meaning"), "") << i;
  }
  std::size_t columns = table.fields.size();
  for (const auto& sheet : sheets) columns += sheet.fields.size();
  EXPECT_EQ(known.size(), columns);
  EXPECT_TRUE(known.contains({"replications.csv", "coverage.east"}));
  EXPECT_TRUE(known.contains({"dictionary.csv", "entry"}));
  EXPECT_EQ(at(table, table.rows.size() - 1, "entry"), "incidents");
}

}  // namespace
}  // namespace truce::report
