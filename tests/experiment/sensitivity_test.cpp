// SPDX-License-Identifier: Apache-2.0
// What drives made-up outcomes whose answer is known, in samples of every design; which analyses
// are left out, and in which words.
#include "sim/experiment/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/points.hpp"

#include "tests/support/noise.hpp"

namespace truce::experiment {
namespace {

using Function = std::function<double(std::span<const double>, double)>;

constexpr std::uint64_t seed = 5;

Sample sample_of(Chosen chosen, const random::Points& points, std::uint64_t replications,
                 bool same_luck) {
  Sample sample;
  sample.chosen = chosen;
  sample.points = points.rows;
  sample.replications = replications;
  sample.same_luck = same_luck;
  for (std::size_t i = 0; i < points.columns; ++i) {
    sample.inputs.push_back({std::string(1, static_cast<char>('a' + i)), "", true, points.column(i),
                             std::vector<std::string>(points.rows, "x")});
  }
  return sample;
}

/// Adds y = f(x, luck); luck is that of the point's lucks.
void play(Sample& sample, const Function& f, const std::function<double(std::size_t)>& luck) {
  Observations y;
  y.column.id = y.column.label = "y";
  for (std::size_t p = 0; p < sample.points; ++p) {
    std::vector<double> x;
    for (const auto& input : sample.inputs) x.push_back(input.numbers[p]);
    for (std::uint64_t r = 0; r < sample.replications; ++r) {
      y.values.emplace_back(f(x, luck(p * sample.replications + r)));
    }
  }
  sample.outcomes.push_back(std::move(y));
}

std::function<double(std::size_t)> lucks(std::uint64_t key) {
  return [noise = test::Noise(key)](std::size_t) mutable { return noise.uniform() - 0.5; };
}
double no_luck(std::size_t) {
  return 0.0;
}

const Influence* find(const OutcomeSensitivity& found, Measure measure,
                      std::optional<std::size_t> input) {
  const auto it = std::ranges::find_if(found.influences, [&](const Influence& one) {
    return one.measure == measure && one.input == input;
  });
  return it == found.influences.end() ? nullptr : &*it;
}
bool left_out(const Sensitivity& all, const std::string& analysis) {
  return std::ranges::any_of(all.left_out, [&](const LeftOut& one) {
    return one.analysis.find(analysis) != std::string::npos;
  });
}

TEST(Sensitivity, OfAPlaneIsItsCoefficientsInTheirOrder) {
  auto sample = sample_of(Chosen::latin, random::latin_hypercube(200, 3, seed), 1, false);
  play(
      sample, [](auto x, double) { return 10.0 - 2.0 * x[0] + x[1]; }, no_luck);
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  EXPECT_EQ(y.best, Measure::src);
  EXPECT_NEAR(*find(y, Measure::src, 0)->value, -2.0 / std::sqrt(5.0), 0.05);
  EXPECT_NEAR(*find(y, Measure::src, 1)->value, 1.0 / std::sqrt(5.0), 0.05);
  EXPECT_NEAR(*find(y, Measure::r_squared, std::nullopt)->value, 1.0, 1e-12);
  EXPECT_EQ(find(y, Measure::src, 0)->rank, 1U);
  EXPECT_EQ(find(y, Measure::src, 2)->rank, 3U);
  EXPECT_FALSE(find(y, Measure::src, 2)->clear);
  EXPECT_FALSE(find(y, Measure::pawn_median, 2)->clear);
  EXPECT_TRUE(find(y, Measure::pawn_median, 0)->clear);
  EXPECT_EQ(y.ways, (std::vector{Way::lower, Way::higher, Way::unknown}));
  EXPECT_TRUE(left_out(all, "parameters and chance"));  // one luck for each point
  EXPECT_TRUE(left_out(all, "tornado"));
}

// y = (x0 - 1/2)^2: no plane sees it, slices do.
TEST(Sensitivity, PrefersSlicesToAPlaneWhereTheOutcomeIsBent) {
  for (const auto chosen : {Chosen::latin, Chosen::net}) {
    auto sample = sample_of(chosen, random::sobol(256, 2, seed), 1, false);
    play(
        sample, [](auto x, double) { return (x[0] - 0.5) * (x[0] - 0.5); }, no_luck);
    const auto all = sensitivity_of(sample, {});
    const auto& y = all.outcomes.front();
    EXPECT_EQ(y.best, Measure::first_order);
    EXPECT_GT(*find(y, Measure::first_order, 0)->value, 0.9);
    EXPECT_LT(*find(y, Measure::first_order, 1)->value, 0.05);
    EXPECT_EQ(y.ways[0], Way::unknown);
  }
}

// A net has a point in each part of every slice: means of slices have little noise to take out.
TEST(Sensitivity, TakesNoMoreNoiseOutOfANetThanItHas) {
  auto sample = sample_of(Chosen::net, random::sobol(256, 2, seed), 1, false);
  play(
      sample, [](auto x, double) { return x[0] + x[1]; }, no_luck);
  const auto all = sensitivity_of(sample, {});
  EXPECT_NEAR(*find(all.outcomes.front(), Measure::first_order, 0)->value, 0.5, 0.03);
  EXPECT_NEAR(*find(all.outcomes.front(), Measure::first_order, 1)->value, 0.5, 0.03);
}

// Var(2 x0) = 1/3, Var(luck) = 1/12.
TEST(Sensitivity, TellsParametersFromChanceWherePointsWerePlayedOften) {
  auto sample = sample_of(Chosen::net, random::sobol(64, 2, seed), 20, true);
  std::vector<double> common;
  auto draw = lucks(3);
  for (std::uint64_t r = 0; r < sample.replications; ++r) common.push_back(draw(0));
  play(
      sample, [](auto x, double u) { return 2.0 * x[0] + u; },
      [&](std::size_t k) { return common[k % common.size()]; });
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  ASSERT_EQ(y.explained.size(), 1U);
  EXPECT_NEAR(y.explained[0].parameters.value, 0.8, 0.06);
  EXPECT_NEAR(y.explained[0].chance->value, 0.2, 0.06);
  ASSERT_TRUE(y.explained[0].together);
  EXPECT_NEAR(y.explained[0].together->value, 0.0, 1e-9);
}

// One luck for each replication and no second: a plane tells what it explains, at least.
TEST(Sensitivity, OfDrawsTellsWhatIsExplainedAtLeast) {
  auto sample = sample_of(Chosen::drawn, random::latin_hypercube(2000, 2, seed), 1, false);
  play(
      sample, [](auto x, double u) { return x[0] + u; }, lucks(4));
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  ASSERT_EQ(y.explained.size(), 2U);
  EXPECT_TRUE(y.explained[0].at_least);
  EXPECT_NEAR(y.explained[0].parameters.value, 0.5, 0.05);
  EXPECT_NEAR(y.explained[1].parameters.value, 0.5, 0.06);
  EXPECT_LE(y.explained[0].parameters.interval.low, 0.5);
  EXPECT_GE(y.explained[0].parameters.interval.high, 0.5);
}

Sample saltelli_sample(std::size_t rows, std::uint64_t replications) {
  const auto pair = random::saltelli(rows, 2, seed);
  random::Points points{rows * 5, 2, {}};
  std::vector<Role> roles;
  for (std::size_t j = 0; j < rows; ++j) {
    const auto put = [&](double a, double b, std::string block, std::string factor) {
      points.values.insert(points.values.end(), {a, b});
      Role role;
      role.row = j;
      role.block = std::move(block);
      role.factor = std::move(factor);
      roles.push_back(std::move(role));
    };
    put(pair.a.at(j, 0), pair.a.at(j, 1), "A", "");
    put(pair.b.at(j, 0), pair.b.at(j, 1), "B", "");
    put(pair.b.at(j, 0), pair.a.at(j, 1), "AB", "a");
    put(pair.a.at(j, 0), pair.b.at(j, 1), "AB", "b");
    put(pair.a.at(j, 0), pair.a.at(j, 1), "AB_chance", "");
  }
  auto sample = sample_of(Chosen::saltelli, points, replications, false);
  sample.roles = std::move(roles);
  return sample;
}

// y = 2 a + b + u: shares 4/6, 1/6 and 1/6; of the mean over luck 4/5 and 1/5. Means of four
// replications have chance share (1/4) / (5 + 1/4), from which that of single ones follows.
TEST(Sensitivity, OfSaltellisRowsIsThatOfSobol) {
  for (const std::uint64_t m : {1U, 4U}) {
    auto sample = saltelli_sample(512, m);
    std::vector<double> of_a, of_b;
    auto draw = lucks(6);
    for (std::size_t k = 0; k < 512 * m; ++k) {
      of_a.push_back(draw(0));
      of_b.push_back(draw(0));
    }
    play(
        sample, [](auto x, double u) { return 2.0 * x[0] + x[1] + u; },
        [&](std::size_t k) {
          const auto point = k / m;
          const bool luck_of_b = point % 5 == 1 || point % 5 == 4;
          return (luck_of_b ? of_b : of_a)[(point / 5) * m + k % m];
        });
    const auto all = sensitivity_of(sample, {});
    const auto& y = all.outcomes.front();
    EXPECT_EQ(y.best, Measure::total);
    const double variance = 5.0 + 1.0 / static_cast<double>(m);
    EXPECT_NEAR(*find(y, Measure::total, 0)->value, 4.0 / variance, 0.08);
    EXPECT_NEAR(*find(y, Measure::first_order_mean, 1)->value, 0.2, 0.06);
    ASSERT_EQ(y.explained.size(), 1U);
    EXPECT_NEAR(y.explained[0].parameters.value, 5.0 / 6.0, 0.04);
    EXPECT_EQ(y.ways, (std::vector{Way::higher, Way::higher}));
    const auto chance = std::ranges::find_if(y.influences, &Influence::chance);
    ASSERT_NE(chance, y.influences.end());
    EXPECT_FALSE(chance->rank);
    EXPECT_NE(find(y, Measure::src, 0), nullptr);  // from A and B
  }
}

// EE = 3 of a everywhere; of b it changes sign; c does nothing.
TEST(Sensitivity, OfTrajectoriesIsThatOfMorris) {
  const auto design = random::morris(20, 3, 4, seed);
  auto sample = sample_of(Chosen::morris, design.points, 2, false);
  for (std::size_t t = 0; t < 20; ++t) {
    for (std::size_t step = 0; step <= 3; ++step) {
      Role role;
      role.trajectory = t;
      role.step = step;
      if (step > 0) {
        const auto& moved = design.steps[t * 3 + step - 1];
        role.factor = sample.inputs[moved.factor].name;
        role.by = moved.by;
      }
      sample.roles.push_back(std::move(role));
    }
  }
  play(
      sample, [](auto x, double) { return 3.0 * x[0] + std::cos(6.0 * (x[1] - 0.5)); }, no_luck);
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  EXPECT_EQ(y.best, Measure::mu_star);
  EXPECT_NEAR(*find(y, Measure::mu_star, 0)->value, 3.0, 1e-9);
  EXPECT_NEAR(*find(y, Measure::mu, 0)->value, 3.0, 1e-9);
  EXPECT_NEAR(*find(y, Measure::sigma, 0)->value, 0.0, 1e-9);
  EXPECT_EQ(*find(y, Measure::mu_star, 2)->value, 0.0);
  EXPECT_FALSE(find(y, Measure::mu_star, 2)->clear);
  EXPECT_EQ(y.ways[0], Way::higher);
  EXPECT_EQ(y.ways[2], Way::unknown);
  EXPECT_EQ(find(y, Measure::src, 0), nullptr);
  ASSERT_EQ(y.explained.size(), 1U);
  EXPECT_EQ(y.explained[0].points, 20U);
}

// Base (2, x); a low 1, high 4; b another word.
TEST(Sensitivity, OfOneAtATimeIsATornado) {
  Sample sample;
  sample.chosen = Chosen::one_at_a_time;
  sample.points = 4;
  sample.replications = 5;
  sample.same_luck = true;
  sample.inputs = {{"a", "", true, {2, 4, 1, 2}, {"2", "4", "1", "2"}},
                   {"b", "", false, {0, 0, 0, 1}, {"lead", "lead", "lead", "all"}}};
  for (const auto* factor : {"", "a", "a", "b"}) {
    Role role;
    role.factor = factor;
    sample.roles.push_back(std::move(role));
  }
  play(
      sample, [](auto x, double u) { return -2.0 * x[0] + 10.0 * x[1] + u; },
      [](std::size_t k) { return static_cast<double>(k % 5); });
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  ASSERT_EQ(y.swings.size(), 2U);
  EXPECT_EQ(y.swings[0].input, 1U);
  EXPECT_NEAR(*y.swings[0].value, 10.0, 1e-12);
  EXPECT_EQ(y.swings[0].high_value, "all");
  EXPECT_NEAR(*y.swings[1].value, -6.0, 1e-12);
  EXPECT_EQ(y.swings[1].low_value, "1");
  EXPECT_NEAR(*y.swings[1].at_base, -2.0, 1e-12);
  EXPECT_NEAR(*y.swings[1].at_high - *y.swings[1].at_low, -6.0, 1e-12);
  EXPECT_EQ(y.ways, (std::vector{Way::lower, Way::unknown}));
  EXPECT_EQ(y.best, Measure::swing);
}

// All combinations of three levels and two words, y = 3 level + word: shares of the variance
// 9 * 2/3 to 1/4; words have no coefficient.
TEST(Sensitivity, OfAllCombinationsIsThatOfTheirLevels) {
  Sample sample;
  sample.chosen = Chosen::grid;
  sample.points = 12;
  sample.replications = 1;
  sample.inputs = {{"a", "", true}, {"b", "", false}, {"c", "", true}};
  for (int k = 0; k < 12; ++k) {
    sample.inputs[0].numbers.push_back(k / 4);
    sample.inputs[1].numbers.push_back(k / 2 % 2);
    sample.inputs[2].numbers.push_back(k % 2);
  }
  play(
      sample, [](auto x, double) { return 3.0 * x[0] + x[1]; }, no_luck);
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  EXPECT_EQ(y.best, Measure::first_order);
  EXPECT_NEAR(*find(y, Measure::first_order, 0)->value, 24.0 / 25.0, 1e-9);
  EXPECT_NEAR(*find(y, Measure::first_order, 1)->value, 1.0 / 25.0, 1e-9);
  EXPECT_FALSE(find(y, Measure::first_order, 2)->clear);
  EXPECT_EQ(find(y, Measure::src, 1), nullptr);
  EXPECT_TRUE(left_out(all, "regression and ranks"));
}

// y = 3 a +- 1, the sign by whether b and c agree: sums of squares 72 and, of the rest, 12 with 7
// degrees of freedom; (72 - 2 * 12 / 7) / (84 + 12 / 7) = 0.8.
TEST(Sensitivity, OfLevelsIsWithoutWhatTheRestAddsToThem) {
  Sample sample;
  sample.chosen = Chosen::grid;
  sample.points = 12;
  sample.inputs = {{"a", "", true}, {"b", "", true}, {"c", "", true}};
  for (int k = 0; k < 12; ++k) {
    sample.inputs[0].numbers.push_back(k / 4);
    sample.inputs[1].numbers.push_back(k / 2 % 2);
    sample.inputs[2].numbers.push_back(k % 2);
  }
  play(
      sample, [](auto x, double) { return 3.0 * x[0] + (x[1] == x[2] ? 1.0 : -1.0); }, no_luck);
  const auto all = sensitivity_of(sample, {});
  const auto& y = all.outcomes.front();
  EXPECT_NEAR(*find(y, Measure::first_order, 0)->value, 0.8, 1e-9);
  EXPECT_EQ(*find(y, Measure::first_order, 1)->value, 0.0);
  EXPECT_EQ(find(y, Measure::first_order, 1)->note, "unresolved");
}

// One of five words makes y 1: its distribution is 0.8 from that of all.
TEST(Sensitivity, TakesEachWordByItself) {
  Sample sample;
  sample.chosen = Chosen::listed;
  sample.points = 40;
  sample.inputs = {{"rule", "", false}};
  for (int k = 0; k < 40; ++k) sample.inputs[0].numbers.push_back(k % 5);
  play(
      sample, [](auto x, double) { return x[0] == 2.0 ? 1.0 : 0.0; }, no_luck);
  const auto all = sensitivity_of(sample, {});
  EXPECT_NEAR(*find(all.outcomes.front(), Measure::pawn_max, 0)->value, 0.8, 1e-9);
}

TEST(Sensitivity, SaysWhenInputsGoTogether) {
  auto points = random::latin_hypercube(100, 3, seed);
  for (std::size_t row = 0; row < 100; ++row) {
    points.at(row, 1) = 0.7 * points.at(row, 0) + 0.3 * points.at(row, 1);
  }
  auto sample = sample_of(Chosen::listed, points, 1, false);
  sample.inputs.push_back({"words", "", false, {}, {}});
  for (std::size_t row = 0; row < 100; ++row) {
    sample.inputs[3].numbers.push_back(points.at(row, 2) < 0.5 ? 0.0 : 1.0);
  }
  sample.correlated = find_correlated(sample.inputs);
  ASSERT_EQ(sample.correlated.size(), 2U);
  EXPECT_EQ(sample.correlated[0].one, 0U);
  EXPECT_EQ(sample.correlated[0].other, 1U);
  EXPECT_GT(sample.correlated[0].rank_correlation, 0.7);
  EXPECT_EQ(sample.correlated[1].one, 2U);
  EXPECT_EQ(sample.correlated[1].other, 3U);
  play(
      sample, [](auto x, double) { return x[0]; }, no_luck);
  const auto all = sensitivity_of(sample, {});
  EXPECT_EQ(all.warnings.size(), 2U);
  const auto& y = all.outcomes.front();
  EXPECT_EQ(find(y, Measure::first_order, 0), nullptr);
  EXPECT_EQ(find(y, Measure::src, 0)->note, "goes together with b");
  EXPECT_TRUE(find_correlated(
                  sample_of(Chosen::listed, random::latin_hypercube(400, 6, seed), 1, false).inputs)
                  .empty());
}

TEST(Sensitivity, LeavesOutWhatHasNothingToExplain) {
  auto sample = sample_of(Chosen::latin, random::latin_hypercube(30, 2, seed), 1, false);
  play(
      sample, [](auto, double) { return 4.0; }, no_luck);
  play(
      sample, [](auto x, double) { return x[0]; }, no_luck);
  for (auto& value : sample.outcomes[1].values) value.reset();
  play(
      sample, [](auto x, double) { return x[0]; }, no_luck);
  std::ranges::fill(sample.inputs[1].numbers, 7.0);
  for (std::size_t p = 0; p < 10; ++p) sample.outcomes[2].values[p].reset();
  const auto all = sensitivity_of(sample, {});
  EXPECT_FALSE(all.outcomes[0].best);
  EXPECT_FALSE(all.outcomes[1].best);
  EXPECT_EQ(all.outcomes[2].absent, 10U);
  EXPECT_EQ(find(all.outcomes[2], Measure::src, 0)->n, 20U);
  EXPECT_NEAR(*find(all.outcomes[2], Measure::src, 0)->value, 1.0, 1e-12);
  EXPECT_EQ(find(all.outcomes[2], Measure::src, 1), nullptr);
}

}  // namespace
}  // namespace truce::experiment
