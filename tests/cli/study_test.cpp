// SPDX-License-Identifier: Apache-2.0
// What a user gets to read when a study can't be used, or hardly means what it says.
#include <string>

#include <gtest/gtest.h>

#include "tests/cli/sweep_fixture.hpp"

namespace truce::test {
namespace {

using BadStudy = SweepFixture;

TEST_F(BadStudy, TellsWhatIsWrongInItsPlace) {
  const auto good = text("x.study.yaml");
  const auto refused = [&](const std::string& from, const std::string& to, const Words& parts) {
    study(replace(good, from, to));
    expect_refused(sweep(), parts);
  };
  refused("times: {uniform: [0.5, 2]}", "time: {uniform: [0.5, 2]}",
          {"x.study.yaml:9:47: error[T0101]: factors.incidents.time", "Did you mean 'times'?"});
  refused("[0, 0.4]", "[0, 1.4]",
          {"x.study.yaml:10:3: error[T0204]: sectors.east.access_denied", "at point ", "denied = 1",
           "more point"});
  refused("points: 8", "points: 0", {"error[T0204]: design.points"});
  refused("design: {method: sobol, points: 8}",
          "design: {method: sobol, points: 8}\nwhere: [\"teams < 2\"]",
          {"x.study.yaml:14:9: error[T0704]: where: none of 8 points satisfies teams < 2"});
  refused("design: {method: sobol, points: 8}",
          "design: {method: morris, trajectories: 8}\nwhere: [\"teams < 2\"]",
          {"error[T0702]: where: morris makes of each point others"});
  refused("  incidents: {", "  incidents: {parameter: heat, ", {"error[T0701]: factors.incidents"});
  write_file(folder_.path() / "table.csv", "incidents,denied,tems\r\n1,2,3\r\n");
  refused("{method: sobol, points: 8}", "{method: table, file: table.csv}",
          {"x.study.yaml:13:9: error[T0705]: design.file: table.csv, line 1: there is no factor "
           "'tems'. Did you mean 'teams'?",
           "there is no column 'teams'", "there is no column 'supply'"});
  write_file(folder_.path() / "table.xlsx", "no archive");
  refused("{method: sobol, points: 8}", "{method: table, file: table.xlsx}",
          {"error[T0705]: design.file: 'table.xlsx' is not an XLSX file"});
}

TEST_F(BadStudy, WarnsAndIsSilencedByName) {
  study(replace(replace(text("x.study.yaml"), "note: \"assumption: all of it\"\n", ""),
                "design: {method: sobol, points: 8}",
                "design: {method: sobol, points: 8}\nwhere: \"denied < 0.3\""));
  const auto warned = sweep({"--plan"});
  EXPECT_EQ(warned.code, 0) << warned.err;
  EXPECT_NE(warned.err.find("warning[W0012]: factors.teams"), std::string::npos) << warned.err;
  EXPECT_NE(warned.err.find("warning[W0013]: where: 2 of 8 points are left out"), std::string::npos)
      << warned.err;
  EXPECT_NE(warned.out.find("left out by conditions: 2 points"), std::string::npos) << warned.out;
  EXPECT_EQ(sweep({"--plan", "--silence", "undocumented-factor", "--silence", "W0013"}).err, "");
  EXPECT_EQ(sweep({"--plan", "--quiet"}).err, "");
  study(text("x.study.yaml") + "silence: [undocumented-factor, points-left-out]\n");
  EXPECT_EQ(sweep({"--plan"}).err, "");
}

TEST_F(BadStudy, RefusesWhatWouldTakeTooLong) {
  const auto ended = sweep({"--replications", "1e9"});
  expect_refused(ended, {"error[T0602]: sweep: 8 points with 1,000,000,000 replications each"});
}

}  // namespace
}  // namespace truce::test
