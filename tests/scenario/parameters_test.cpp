// SPDX-License-Identifier: Apache-2.0
// Parameters: where they stand, what is refused, and how they are drawn together.
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/text.hpp"

#include "sim/scenario/realisation.hpp"

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::edited;

std::string refusal(const std::vector<std::string>& assignments) {
  const auto lines = test::problems_after(assignments);
  return lines.empty() ? "" : lines.front();
}

TEST(Parameters, StandWhereverAQuantityStands) {
  const Loaded loaded = read(edited(
      {"sectors.south.incidents.rate=$heat", "sectors.north.access_denied={times: [0.25, $haste]}",
       "hubs.town.opens_after={gamma: {mean: {times: [$haste, 20 "
       "days]}, cv: 0.4}}",
       "hubs.town.beds=$beds", "verification.access_retries={plus: [1, 2]}",
       "layers.assistance.effects={crisis.spread: {times: $haste}}"}));
  EXPECT_EQ(loaded.scenario.sectors[loaded.scenario.sectors.find("south")].incidents.rate.mean(),
            1);
  EXPECT_EQ(loaded.scenario.hubs[loaded.scenario.hubs.find("town")].beds->value, 80);
  EXPECT_EQ(loaded.scenario.verification->access_retries, 3);

  const Realisation realisation(loaded);
  EXPECT_TRUE(realisation.varies());
  const auto drawn = realisation.draw({7, 3});
  const double haste = drawn.at("haste").least;
  EXPECT_GT(haste, 0.5);
  EXPECT_LT(haste, 2.0);
  const Scenario scenario = realisation.with(drawn);
  const auto& north = scenario.sectors[scenario.sectors.find("north")];
  EXPECT_DOUBLE_EQ(north.access_denied.mean(), 0.25 * haste);
  EXPECT_NEAR(scenario.hubs[scenario.hubs.find("town")].opens_after.mean(), 20 * haste, 1e-12);
  EXPECT_DOUBLE_EQ(scenario.layers[scenario.layers.find("assistance")].effects.items[0].value,
                   haste);
  // The medians stay where the scenario is asked before there is a draw.
  EXPECT_NEAR(loaded.scenario.sectors[loaded.scenario.sectors.find("north")].access_denied.mean(),
              0.25 * loaded.scenario.parameters[loaded.scenario.parameters.find("haste")]
                         .value.law.quantile(0.5),
              1e-12);
}

TEST(Parameters, AreWrittenWhereTheyStand) {
  const Loaded loaded = read(edited({"sectors.south.incidents.rate={times: [$heat, 2]}"}));
  const Loaded again = read(parse(to_yaml(write(loaded)), "again.yaml"));
  ASSERT_EQ(again.expressions.size(), 1U);
  EXPECT_EQ(one_line(again.expressions[0].node), "{times: [$heat, 2]}");
  const auto rate = [](const Loaded& one) {
    const Realisation realisation(one);
    const auto scenario = realisation.with(realisation.draw({1, 2}));
    return scenario.sectors[scenario.sectors.find("south")].incidents.rate.mean();
  };
  EXPECT_EQ(rate(loaded), rate(again));
}

TEST(Parameters, OfParametersAreEvaluatedInOrder) {
  const Loaded loaded =
      read(edited({"parameters.late={times: [$early, 2]}", "parameters.early={uniform: [1, 3]}"}));
  const auto drawn = Realisation(loaded).draw({1, 1});
  EXPECT_DOUBLE_EQ(drawn.at("late").least, 2 * drawn.at("early").least);
}

TEST(Parameters, UnitsBesideThemAreThoseOfTheirNumbers) {
  const Loaded loaded =
      read(edited({"parameters.a={value: {gamma: {mean: 3, cv: 0.5}}, unit: weeks}",
                   "parameters.b={value: {times: [80 troops, 2]}, unit: troops}"}));
  const auto& a = loaded.scenario.parameters[loaded.scenario.parameters.find("a")];
  EXPECT_DOUBLE_EQ(a.value.law.mean(), 21.0);
  EXPECT_EQ(Realisation(loaded).draw({1, 1}).at("b").least, 160.0);
}

TEST(Parameters, CanNotLeaveTheRangeOfTheirField) {
  EXPECT_EQ(refusal({"sectors.north.access_denied=$haste"}),
            "sectors.north.access_denied: '$haste' can yield values from 0.5 to 2");
  EXPECT_EQ(refusal({"sectors.north.access_denied={times: [0.5, $haste]}"}), "");
  EXPECT_EQ(
      refusal({"sectors.north.access_denied=$heat"}),
      "sectors.north.access_denied: the unit of '1 /day' does not fit, with the parameters at "
      "their medians");
  EXPECT_EQ(refusal({"cells.north-1.teams=$haste"}).substr(0, 19), "cells.north-1.teams");
  EXPECT_EQ(refusal({"parameters.n={poisson: 5}", "cells.north-1.teams=$n"}),
            "cells.north-1.teams: '$n' can yield values from 0 to no upper end");
  EXPECT_EQ(
      refusal({"parameters.n={binomial: {trials: 9, probability: 0.5}}", "cells.north-1.teams=$n"}),
      "");
  // Branching counts with the most that it may be.
  EXPECT_NE(refusal({"sectors.north.incidents.branching={times: [0.49, $haste]}",
                     "sectors.south.spills_into={north: 0.5}"})
                .find("breed more than they die out"),
            std::string::npos);
}

TEST(Parameters, DrawsAreKeyedByName) {
  const Loaded one = read(edited({"correlations=~"}));
  const Loaded more = read(edited({"correlations=~", "parameters.another={uniform: [0, 1]}"}));
  for (std::uint64_t k = 0; k < 5; ++k) {
    EXPECT_EQ(Realisation(one).draw({9, k}).at("heat").least,
              Realisation(more).draw({9, k}).at("heat").least);
  }
  EXPECT_NE(Realisation(one).draw({9, 0}).at("heat").least,
            Realisation(one).draw({9, 1}).at("heat").least);
}

/// Spearman's rank correlation of two samples without ties.
double rank_correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const auto ranks = [](const std::vector<double>& values) {
    std::vector<double> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (const double other : values) result[i] += other < values[i] ? 1.0 : 0.0;
    }
    return result;
  };
  const auto x = ranks(a);
  const auto y = ranks(b);
  const double n = static_cast<double>(a.size());
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (x[i] - y[i]) * (x[i] - y[i]);
  return 1 - 6 * squares / (n * (n * n - 1));
}

TEST(Correlations, AreThoseAskedFor) {
  const Loaded loaded = read(edited({"correlations=[{between: [heat, haste], rank: 0.7}]",
                                     "parameters.alone={uniform: [0, 1]}"}));
  const Realisation realisation(loaded);
  std::vector<double> heat;
  std::vector<double> haste;
  std::vector<double> alone;
  for (std::uint64_t k = 0; k < 2000; ++k) {
    const auto drawn = realisation.draw({11, k});
    heat.push_back(drawn.at("heat").least);
    haste.push_back(drawn.at("haste").least);
    alone.push_back(drawn.at("alone").least);
  }
  // The standard error of a rank correlation of 2,000 is at most 0.023.
  EXPECT_NEAR(rank_correlation(heat, haste), 0.7, 0.06);
  EXPECT_NEAR(rank_correlation(heat, alone), 0.0, 0.08);
  // Marginals are untouched: a third of a triangular on 0.5, 1, 2 lies below 1.
  const auto below = std::count_if(haste.begin(), haste.end(), [](double v) { return v < 1; });
  EXPECT_NEAR(static_cast<double>(below) / 2000, 1.0 / 3, 0.035);
}

TEST(Correlations, LeaveOthersAlone) {
  const Loaded with = read(edited({"parameters.alone={uniform: [0, 1]}"}));
  const Loaded without = read(edited({"parameters.alone={uniform: [0, 1]}", "correlations=~"}));
  EXPECT_EQ(Realisation(with).draw({1, 1}).at("alone").least,
            Realisation(without).draw({1, 1}).at("alone").least);
}

TEST(Correlations, ThatContradictEachOtherAreNamed) {
  EXPECT_EQ(refusal({"parameters.third={uniform: [0, 1]}",
                     "correlations=[{between: [heat, haste], rank: 0.9}, {between: [haste, third], "
                     "rank: 0.9}, {between: [heat, third], rank: -0.9}]"}),
            "correlations: no distribution has these correlations: heat with haste, haste with "
            "third, heat with third");
  EXPECT_EQ(refusal({"parameters.third={uniform: [0, 1]}",
                     "correlations=[{between: [heat, haste], rank: 0.9}, {between: [haste, third], "
                     "rank: 0.9}, {between: [heat, third], rank: 0.7}]"}),
            "");
  // What a what-if decides is not drawn, and correlates with nothing.
  EXPECT_EQ(refusal({"parameters.heat=1 /day"}), "");
}

}  // namespace
}  // namespace truce::scenario
