// SPDX-License-Identifier: Apache-2.0
// What is asked of a result in words, and when a run is precise enough.
#include "sim/experiment/statistic.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/experiment/stopping.hpp"

namespace truce::experiment {
namespace {

std::vector<model::Column> columns() {
  std::vector<model::Column> all(3);
  all[0].id = "coverage";
  all[1].id = "delay";
  all[1].unit = "days";
  all[2].id = "holds";
  all[2].scale = model::Scale::proportion;
  return all;
}

std::string refused(const std::string& text, bool precision) {
  try {
    if (precision) {
      read_precision(text, columns());
    } else {
      read_requirement(text, columns());
    }
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Statistic, PrecisionIsReadInTheUnitOfTheOutcome) {
  const auto plain = read_precision("coverage=1 %", columns());
  EXPECT_EQ(plain.of.kind, Statistic::Kind::mean);
  EXPECT_DOUBLE_EQ(plain.half_width, 0.01);
  EXPECT_FALSE(plain.relative);
  EXPECT_DOUBLE_EQ(read_precision("mean(delay) = 0.5 days", columns()).half_width, 0.5);
  const auto relative = read_precision("p90(delay)=5 % relative", columns());
  EXPECT_EQ(relative.of.kind, Statistic::Kind::quantile);
  EXPECT_DOUBLE_EQ(relative.of.p, 0.9);
  EXPECT_TRUE(relative.relative);
  EXPECT_DOUBLE_EQ(relative.half_width, 0.05);
  const auto difference = read_precision("difference(holds, lean)=0.01", columns());
  EXPECT_EQ(difference.of.kind, Statistic::Kind::difference);
  EXPECT_EQ(difference.of.what_if, "lean");
}

TEST(Statistic, TimesHaveUnitsAndSharesAreAtMostAll) {
  EXPECT_DOUBLE_EQ(read_requirement("delay <= 12 h", columns()).bound, 0.5);
  EXPECT_DOUBLE_EQ(read_precision("delay=1 h", columns()).half_width, 1.0 / 24);
  EXPECT_NE(refused("delay <= 14", false).find("has no unit"), std::string::npos);
  EXPECT_NE(refused("coverage >= 50", false).find("more than all"), std::string::npos);
  EXPECT_NE(refused("coverage=500 %", true).find("more than all"), std::string::npos);
}

TEST(Statistic, RequirementsHaveFourOrders) {
  using enum Requirement::Order;
  EXPECT_EQ(read_requirement("p10(coverage) >= 80 %", columns()).order, at_least);
  EXPECT_EQ(read_requirement("coverage<=0.8", columns()).order, at_most);
  EXPECT_EQ(read_requirement("delay < 2 days", columns()).order, below);
  EXPECT_EQ(read_requirement("holds>0.5", columns()).order, above);
}

TEST(Statistic, MistakesAreToldWithWhatWouldBeAccepted) {
  EXPECT_NE(refused("covrage=0.1", true).find("Did you mean 'coverage'"), std::string::npos);
  EXPECT_NE(refused("delay=5 %", true).find("not the unit of delay: days"), std::string::npos);
  EXPECT_NE(refused("p10(holds)=0.1", true).find("yes or no"), std::string::npos);
  EXPECT_NE(refused("p100(delay)=0.1", true).find("no statistic"), std::string::npos);
  EXPECT_NE(refused("median(delay)=0.1", true).find("no statistic"), std::string::npos);
  EXPECT_NE(refused("coverage=0", true).find("above zero"), std::string::npos);
  EXPECT_NE(refused("coverage=-1", true).find("above zero"), std::string::npos);
  EXPECT_NE(refused("coverage=wide", true).find("number"), std::string::npos);
  EXPECT_NE(refused("coverage", true).find("OUTCOME=HALF-WIDTH"), std::string::npos);
  EXPECT_NE(refused("mean(delay=1", true).find("bracket"), std::string::npos);
  EXPECT_NE(refused("coverage = 0.8", false).find("STATISTIC >= BOUND"), std::string::npos);
}

TEST(Statistic, AVerdictKnowsWhetherTheIntervalReachesAcross) {
  const auto requirement = read_requirement("coverage >= 0.8", columns());
  EXPECT_EQ(verdict(requirement, {0.9, {{0.85, 0.95}}}), Verdict::met);
  EXPECT_EQ(verdict(requirement, {0.82, {{0.78, 0.86}}}), Verdict::barely_met);
  EXPECT_EQ(verdict(requirement, {0.79, {{0.75, 0.83}}}), Verdict::barely_missed);
  EXPECT_EQ(verdict(requirement, {0.7, {{0.65, 0.75}}}), Verdict::missed);
  EXPECT_FALSE(verdict(requirement, {}));
}

Estimates half_widths(double width) {
  return [width](const Statistic&) {
    return std::vector<Estimate>{{1.0, {{1.0 - width, 1.0 + width}}}};
  };
}

TEST(Stopping, TakesTwoLooksInARow) {
  Stopping stopping{{read_precision("coverage=0.1", columns())}, 128, 10'000};
  Looks looks(stopping);
  EXPECT_FALSE(looks.enough(112, half_widths(0.01)));  // no look before the minimum
  EXPECT_FALSE(looks.enough(128, half_widths(0.05)));
  EXPECT_FALSE(looks.enough(144, half_widths(0.05)));  // no look
  EXPECT_FALSE(looks.enough(160, half_widths(0.2)));   // not reached: counted anew
  EXPECT_FALSE(looks.enough(208, half_widths(0.05)));
  EXPECT_TRUE(looks.enough(272, half_widths(0.05)));
}

TEST(Stopping, GoesOnFromWhatIsThere) {
  Stopping stopping{{read_precision("coverage=0.1", columns())}, 128, 10'000};
  Looks looks(stopping, 160);
  EXPECT_FALSE(looks.enough(160, half_widths(0.05)));
  EXPECT_FALSE(looks.enough(208, half_widths(0.05)));
  EXPECT_TRUE(looks.enough(272, half_widths(0.05)));
}

TEST(Stopping, WithoutTargetsNeverComes) {
  Looks looks({{}, 128, 1000});
  EXPECT_FALSE(looks.enough(128, half_widths(0)));
}

TEST(Stopping, TheWidestOfSeveralScenariosCounts) {
  const auto target = read_precision("coverage=0.1", columns());
  const auto found = reach(target, [](const Statistic&) {
    return std::vector<Estimate>{{1.0, {{0.95, 1.05}}}, {1.0, {{0.8, 1.2}}}};
  });
  EXPECT_FALSE(found.reached);
  EXPECT_NEAR(found.half_width.value(), 0.2, 1e-12);
}

}  // namespace
}  // namespace truce::experiment
