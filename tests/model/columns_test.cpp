// SPDX-License-Identifier: Apache-2.0
// The columns of every table: one for each outcome and part of a breakdown, none twice.
#include <cmath>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "sim/core/describe.hpp"

#include "tests/model/deployment.hpp"
#include "tests/verification/given.hpp"

namespace truce::model {
namespace {

using verification::Given;

std::size_t index_of(const std::vector<Column>& columns, const std::string& id) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].id == id) return i;
  }
  ADD_FAILURE() << "there is no column " << id;
  return 0;
}

TEST(Columns, EveryFieldOfTheOutcomeIsDescribed) {
  EXPECT_EQ(count_described<Outcome>(), count_fields<Outcome>());
}

TEST(Columns, HaveUniqueIdsAndSayWhatTheyMean) {
  const Given given(deployment("50 days"));
  const auto columns = outcome_columns(given.scenario());
  std::set<std::string> ids;
  for (const Column& column : columns) {
    EXPECT_TRUE(ids.insert(column.id).second) << column.id;
    EXPECT_FALSE(column.label.empty()) << column.id;
    EXPECT_FALSE(column.meaning.empty()) << column.id;
    EXPECT_EQ(column.breakdown.empty(), column.key.empty()) << column.id;
    EXPECT_TRUE(column.id.starts_with(column.outcome)) << column.id;
  }
  EXPECT_GT(columns.size(), 100U);
}

// Names of sections are free: a sector may be called like a type, a hub like a contributor.
TEST(Columns, HaveUniqueIdsWhenEntitiesShareAName) {
  std::string text = deployment("50 days");
  const auto rename = [&](const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
      text.replace(at, from.size(), to);
    }
  };
  rename("north", "grave");
  rename("bravo", "home");
  rename("far", "minor");
  const Given given(text);
  const auto columns = outcome_columns(given.scenario());
  std::set<std::string> ids;
  for (const Column& column : columns) EXPECT_TRUE(ids.insert(column.id).second) << column.id;
  // Shared names say what they are the name of; the others stay short.
  const auto row = outcome_row(given.outcome(1), given.scenario());
  const auto value = [&](const std::string& id) { return row[index_of(columns, id)]; };
  EXPECT_EQ(
      value("incidents.sector.grave") + value("incidents.south") + value("incidents.sector.minor"),
      value("incidents"));
  EXPECT_EQ(
      value("incidents.grade.grave") + value("incidents.serious") + value("incidents.grade.minor"),
      value("incidents"));
  const Column& column = columns[index_of(columns, "incidents.sector.grave")];
  EXPECT_EQ(column.key, "grave");
  EXPECT_EQ(column.label, "Incidents: sector.grave");
}

TEST(Columns, HoldTheValuesOfTheirOutcome) {
  const Given given(deployment("50 days"));
  const auto columns = outcome_columns(given.scenario());
  const auto outcome = given.outcome(1);
  const auto row = outcome_row(outcome, given.scenario());
  ASSERT_EQ(row.size(), columns.size());
  const auto value = [&](const std::string& id) { return row[index_of(columns, id)]; };
  EXPECT_EQ(value("incidents"), outcome.incidents);
  EXPECT_EQ(value("incidents.south"), outcome.incidents_by_sector[given.sector("south")]);
  EXPECT_EQ(value("incidents.raid"), outcome.incidents_by_type[TypeId{2}]);
  EXPECT_EQ(value("incidents.serious"), outcome.incidents_by_grade[1]);
  EXPECT_EQ(value("troops_in_place.reassurance"), outcome.troops_in_place_by_function[1]);
  EXPECT_EQ(value("troops_at.30"), outcome.troops_at[0]);
  EXPECT_TRUE(std::isnan(value("troops_at.90"))) << "beyond the horizon";
  EXPECT_EQ(value("events"), outcome.events);
}

TEST(Columns, LeaveOutWhoSendsNobodyAndCellsWithoutTeams) {
  const Given given(deployment("50 days"));
  for (const Column& column : outcome_columns(given.scenario())) {
    EXPECT_NE(column.key, "charlie") << column.id;
    EXPECT_NE(column.key, "orbit") << column.id;
  }
}

TEST(Columns, ABreakdownBelongsToItsOutcome) {
  const Given given(deployment("50 days"));
  const auto columns = outcome_columns(given.scenario());
  const Column& column = columns[index_of(columns, "verification_delay.grave")];
  EXPECT_EQ(column.outcome, "verification_delay");
  EXPECT_EQ(column.breakdown, "grade");
  EXPECT_EQ(column.key, "grave");
  EXPECT_EQ(column.unit, "days");
  EXPECT_EQ(column.better, Direction::lower);
}

TEST(Columns, TheTimelineNamesEachSeriesOnce) {
  std::set<std::string_view> ids;
  for (const Series& series : timeline_series()) {
    EXPECT_TRUE(ids.insert(series.id).second) << series.id;
    EXPECT_FALSE(series.label.empty()) << series.id;
    EXPECT_FALSE(series.meaning.empty()) << series.id;
  }
  for (const auto function : EnumNames<scenario::Function>::names) {
    EXPECT_TRUE(ids.contains("troops." + std::string(function))) << function;
  }
}

}  // namespace
}  // namespace truce::model
