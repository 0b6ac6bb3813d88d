// SPDX-License-Identifier: Apache-2.0
// The screenful: short, rounded, and honest about what is missing.
#include "sim/report/narrative.hpp"

#include <string>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "tests/report/sample.hpp"

namespace truce::report {
namespace {

std::string sample_narrative(const experiment::Results& results) {
  return narrative(results, sample_scenario().scenario, {"results/x", 12.34, 2});
}

/// The line that begins with `label`.
std::string line_of(const std::string& text, const std::string& label) {
  for (const auto line : split(text, '\n')) {
    if (trim(line).starts_with(label)) return std::string(line);
  }
  return "no line " + label + " in\n" + text;
}

TEST(Grouped, GroupsThousands) {
  EXPECT_EQ(grouped(0, 0), "0");
  EXPECT_EQ(grouped(999, 0), "999");
  EXPECT_EQ(grouped(1000, 0), "1,000");
  EXPECT_EQ(grouped(-123456.78, 1), "-123,456.8");
  EXPECT_EQ(grouped(-123, 0), "-123");
  EXPECT_EQ(grouped(1e9, 2), "1,000,000,000.00");
  EXPECT_EQ(grouped(-0.01, 1), "0.0");
}

TEST(Narrative, RoundsToWhatIntervalsAllow) {
  const auto text = sample_narrative(sample_results());
  EXPECT_NE(text.find("Sample, 2026-07-01 to 2026-07-04\n"), std::string::npos);
  EXPECT_NE(text.find("40 replications, seed 20260106, 12.3 s on 2 threads\n"), std::string::npos);
  // sd 11.69, half width 3.7.
  EXPECT_EQ(line_of(text, "Incidents a day"),
            "  Incidents a day [incidents/day]                   1,254    1,250 to 1,257"
            "    1,236 to 1,271");
  EXPECT_EQ(line_of(text, "Initial capability"),
            "  Initial capability reached [%]                       25          14 to 40");
  EXPECT_EQ(line_of(text, "Incident to end"),
            "  Incident to end of handling                     never");
  // A quarter of a day in half of the replications.
  EXPECT_NE(line_of(text, "Incident to detection").find(" 6.00 "), std::string::npos);
  EXPECT_TRUE(line_of(text, "Incident to detection").ends_with(" *50%"));
  EXPECT_NE(text.find("Least watched sector: east, 12.5 %"), std::string::npos) << text;
  EXPECT_NE(text.find("Files in results/x/"), std::string::npos);
}

TEST(Narrative, SaysHowLongTheCeasefireHolds) {
  auto scenario = sample_scenario().scenario;
  auto results = sample_results();
  EXPECT_EQ(sample_narrative(results).find("Stability"), std::string::npos);
  EXPECT_EQ(sample_narrative(results).find("survival.csv"), std::string::npos);
  scenario.crisis.emplace();
  const auto told = [&] { return narrative(results, scenario, {"results/x", 12.34, 2}); };
  EXPECT_NE(told().find("timeline.csv, survival.csv, replications.csv"), std::string::npos);
  EXPECT_EQ(told().find("Days until collapse"), std::string::npos);
  auto& ceasefires = results.ceasefires.emplace(3 * one_day, experiment::collapses);
  for (int i = 0; i < 50; ++i) {
    ceasefires.add_end(one_day, 0);
    ceasefires.add_censored(2 * one_day);  // nobody is watched for three days
  }
  // 1.5 days, sd 0.5, so that half the interval is 0.098.
  EXPECT_EQ(line_of(told(), "Days until"),
            "  Days until collapse or day 2 [days]                1.50      1.40 to 1.60");
}

TEST(Narrative, SaysWhenItIsNotAll) {
  auto results = sample_results();
  EXPECT_EQ(sample_narrative(results).find("INTERRUPTED"), std::string::npos);
  results.planned = 1000;
  results.ending = experiment::Ending::interrupted;
  EXPECT_NE(sample_narrative(results).find("INTERRUPTED: only 40 of 1,000 replications"),
            std::string::npos);
  results.ending = experiment::Ending::failed;
  EXPECT_NE(sample_narrative(results).find("FAILED: only 40 of 1,000"), std::string::npos);
}

}  // namespace
}  // namespace truce::report
