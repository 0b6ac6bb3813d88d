// SPDX-License-Identifier: Apache-2.0
#include "sim/exchange/result.hpp"

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

#include "sim/report/dossier.hpp"

#include "tests/report/files.hpp"
#include "tests/report/sample.hpp"

namespace truce::exchange {
namespace {

using report::Cell;
using test::TemporaryFolder;

std::filesystem::path sample_run(const TemporaryFolder& temporary) {
  const auto folder = temporary.path() / "run";
  const auto results = report::sample_results();
  report::Dossier dossier(folder, report::Existing::keep, results.columns, results.seed);
  std::vector<double> row(results.columns.size());
  for (std::uint64_t i = 0; i < results.replications; ++i) {
    for (std::size_t c = 0; c < row.size(); ++c) row[c] = static_cast<double>(i) / 3.0;
    dossier.row(i, row);
  }
  dossier.finish(results, report::sample_scenario(), {});
  return folder;
}

TEST(Result, KnowsItsTablesAndTheirColumns) {
  const TemporaryFolder temporary;
  const Result result(sample_run(temporary));
  EXPECT_EQ(result.kind(), "run");
  const auto* summary = result.find("summary");
  ASSERT_NE(summary, nullptr);
  EXPECT_EQ(summary->fields[summary->column("mean")].type, report::Type::number);
  EXPECT_EQ(result.find("nothing"), nullptr);
  EXPECT_THROW((void)summary->column("nothing"), WorldError);
}

TEST(Result, ReadsEveryBitOfANumber) {
  const TemporaryFolder temporary;
  const Result result(sample_run(temporary));
  const auto table = read_all(result, *result.find("replications"));
  ASSERT_EQ(table.rows.size(), 40U);
  EXPECT_EQ(table.rows[7].back(), Cell(7.0 / 3.0));
}

TEST(Result, RefusesAFolderThatWasChanged) {
  const TemporaryFolder temporary;
  const auto folder = sample_run(temporary);
  test::write_file(folder / "summary.csv", "id\r\n");
  EXPECT_THROW(Result{folder}, WorldError);
}

TEST(Result, RefusesWhatIsNoResult) {
  const TemporaryFolder temporary;
  EXPECT_THROW(Result{temporary.path()}, WorldError);
  test::write_file(temporary.path() / "manifest.json", "[1]");
  EXPECT_THROW(Result{temporary.path()}, WorldError);
}

}  // namespace
}  // namespace truce::exchange
