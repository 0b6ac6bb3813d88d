// SPDX-License-Identifier: Apache-2.0
// Points of each method, the luck that they meet, conditions on them, and tables of them.
#include "sim/experiment/design.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

namespace truce::experiment {
namespace {

using scenario::Factor;
using scenario::Method;
using scenario::Study;

Factor drawn(const std::string& name, double min = 0.0, double max = 1.0) {
  Factor factor;
  factor.name = name;
  factor.paths = {"a." + name};
  factor.law = random::Distribution(random::Uniform{min, max});
  return factor;
}

Factor listed(const std::string& name, const std::vector<std::string>& texts) {
  Factor factor;
  factor.name = name;
  factor.paths = {"a." + name};
  for (const auto& text : texts) factor.listed.push_back({text, {}});
  factor.numeric = number_values(factor.listed, factor.dimension);
  return factor;
}

Study study_of(Method method, std::vector<Factor> factors) {
  Study study;
  study.design.method = method;
  study.design.levels = method == Method::morris ? 4 : 3;
  study.factors = std::move(factors);
  return study;
}

std::string problem_of(Study study, const std::optional<TextTable>& table = std::nullopt) {
  try {
    design_of(study, 1, 10, table);
  } catch (const ScenarioError& error) {
    std::string text;
    for (const auto& one : error.problems()) {
      text += std::string(text_of(one.code).id) + " " + one.what + ". " + one.accepted + "\n";
    }
    return text;
  }
  return "";
}

void expect_problem(const Study& study, const std::string& code, const std::string& part,
                    const std::optional<TextTable>& table = std::nullopt) {
  const auto text = problem_of(study, table);
  EXPECT_TRUE(text.starts_with(code)) << text;
  EXPECT_NE(text.find(part), std::string::npos) << text;
}

std::vector<std::string> texts_of(const Design& design) {
  std::vector<std::string> texts;
  for (const auto& point : design.points) {
    std::string text;
    for (const auto& value : point.values) text += (text.empty() ? "" : " ") + value.text;
    texts.push_back(text);
  }
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Design, FactorialIsEveryCombinationTheLastFactorFastest) {
  auto study = study_of(Method::factorial, {listed("a", {"x", "y"}), drawn("b", 0, 6)});
  const auto design = design_of(study, 1, 10);
  EXPECT_EQ(texts_of(design), (Texts{"x 1", "x 3", "x 5", "y 1", "y 3", "y 5"}));
  for (std::size_t i = 0; i < design.points.size(); ++i) {
    EXPECT_EQ(design.points[i].number, i);
    EXPECT_EQ(design.points[i].luck, 0U);
  }
  std::vector<Factor> many;
  for (int i = 0; i < 15; ++i) many.push_back(drawn("f" + std::to_string(i)));
  expect_problem(study_of(Method::factorial, many), "T0702", "too many");
}

TEST(Design, OneAtATimeStartsAtTheMiddleAndGoesLowAndHigh) {
  auto study = study_of(Method::one_at_a_time,
                        {drawn("a", 0, 100), listed("b", {"x", "y", "z"}), drawn("c", 0, 10)});
  const auto design = design_of(study, 1, 10);
  EXPECT_EQ(texts_of(design),
            (Texts{"50 x 5", "5 x 5", "95 x 5", "50 y 5", "50 z 5", "50 x 0.5", "50 x 9.5"}));
  EXPECT_EQ(design.points[0].role.factor, "");
  EXPECT_EQ(design.points[2].role.factor, "a");
  EXPECT_EQ(design.points[4].role.factor, "b");
  study.design.low = 10;
  study.design.high = 60;
  EXPECT_EQ(texts_of(design_of(study, 1, 10))[1], "10 x 5");
  EXPECT_EQ(texts_of(design_of(study, 1, 10))[2], "60 x 5");
}

TEST(Design, LockstepGoesAlongListsOfOneLength) {
  auto study = study_of(Method::lockstep, {listed("a", {"1", "2"}), listed("b", {"x", "y"})});
  EXPECT_EQ(texts_of(design_of(study, 1, 10)), (Texts{"1 x", "2 y"}));
  expect_problem(study_of(Method::lockstep, {listed("a", {"1", "2"}), listed("b", {"x"})}), "T0702",
                 "2 and 1 values");
  expect_problem(study_of(Method::lockstep, {listed("a", {"1", "2"}), drawn("b")}), "T0702",
                 "distribution");
}

TEST(Design, LatinHypercubeHasAPointInEachStratumOfEachFactor) {
  constexpr std::size_t n = 40;
  auto study = study_of(Method::latin_hypercube, {drawn("a"), drawn("b", 2, 3)});
  study.design.points = n;
  const auto design = design_of(study, 3, 10);
  ASSERT_EQ(design.points.size(), n);
  for (const std::size_t f : {0U, 1U}) {
    std::set<int> strata;
    for (const auto& point : design.points) {
      const double u = *point.values[f].number - (f == 0 ? 0 : 2);
      strata.insert(static_cast<int>(std::floor(u * n)));
    }
    EXPECT_EQ(strata.size(), n);
    EXPECT_EQ(*strata.rbegin(), static_cast<int>(n) - 1);
  }
  // A factor more moves no other.
  auto more = study_of(Method::latin_hypercube, {drawn("c"), drawn("a"), drawn("b", 2, 3)});
  more.design.points = n;
  const auto with_more = design_of(more, 3, 10);
  for (std::size_t i = 0; i < n; ++i) {
    EXPECT_EQ(with_more.points[i].values[1], design.points[i].values[0]);
  }
  EXPECT_NE(texts_of(design_of(study, 4, 10)), texts_of(design));
}

TEST(Design, SobolHasIndependentScramblings) {
  auto study = study_of(Method::sobol, {drawn("a"), listed("b", {"x", "y"})});
  study.design.points = 16;
  const auto one = texts_of(design_of(study, 1, 10));
  study.design.replicates = 3;
  const auto design = design_of(study, 1, 10);
  const auto all = texts_of(design);
  ASSERT_EQ(all.size(), 48U);
  EXPECT_TRUE(std::equal(one.begin(), one.end(), all.begin()));
  EXPECT_FALSE(std::equal(one.begin(), one.end(), all.begin() + 16));
  EXPECT_FALSE(std::equal(all.begin() + 16, all.begin() + 32, all.begin() + 32));
  EXPECT_EQ(design.points[16].role.replicate, 1U);
  for (std::size_t r = 0; r < 3; ++r) {
    std::size_t low = 0;
    std::size_t x = 0;
    for (std::size_t i = 0; i < 16; ++i) {
      const auto& values = design.points[16 * r + i].values;
      low += *values[0].number < 0.25 ? 1U : 0U;
      x += values[1].text == "x" ? 1U : 0U;
    }
    EXPECT_EQ(low, 4U);
    EXPECT_EQ(x, 8U);
  }
}

TEST(Design, MorrisMovesOneFactorAtATimeOnLuckOfItsOwn) {
  auto study = study_of(Method::morris, {drawn("a"), drawn("b"), drawn("c")});
  study.design.trajectories = 6;
  const auto design = design_of(study, 1, 10);
  ASSERT_EQ(design.points.size(), 24U);
  for (std::size_t i = 0; i < design.points.size(); ++i) {
    const auto& point = design.points[i];
    EXPECT_EQ(point.role.trajectory, i / 4);
    EXPECT_EQ(point.role.step, i % 4);
    EXPECT_EQ(point.luck, i / 4 * 10);
    for (const auto& value : point.values) {
      // The middle of a stratum of four: 1/8, 3/8, 5/8 or 7/8.
      EXPECT_NEAR(std::fmod(*value.number, 0.25), 0.125, 1e-12);
    }
    if (i % 4 == 0) {
      EXPECT_EQ(point.role.factor, "");
      continue;
    }
    std::size_t moved = 0;
    for (std::size_t f = 0; f < 3; ++f) {
      const double by = *point.values[f].number - *design.points[i - 1].values[f].number;
      if (by == 0) continue;
      ++moved;
      EXPECT_EQ(point.role.factor, study.factors[f].name);
      EXPECT_NEAR(std::abs(by), 0.5, 1e-12);  // two of four strata
      EXPECT_NEAR(std::abs(*point.role.by), 2.0 / 3, 1e-12);
      EXPECT_GT(by * *point.role.by, 0);
    }
    EXPECT_EQ(moved, 1U);
  }
}

TEST(Design, SaltelliMixesAAndBAndTheirLuck) {
  auto study = study_of(Method::saltelli, {drawn("a"), drawn("b")});
  study.design.points = 8;
  const auto design = design_of(study, 1, 10);
  ASSERT_EQ(design.points.size(), 8U * 5);
  for (std::size_t j = 0; j < 8; ++j) {
    const auto* row = &design.points[5 * j];
    const Texts blocks{row[0].role.block, row[1].role.block, row[2].role.block, row[3].role.block,
                       row[4].role.block};
    EXPECT_EQ(blocks, (Texts{"A", "B", "AB", "AB", "AB_chance"}));
    EXPECT_EQ(row[2].role.factor, "a");
    EXPECT_EQ(row[3].role.factor, "b");
    const auto& a = row[0].values;
    const auto& b = row[1].values;
    EXPECT_NE(a[0], b[0]);
    EXPECT_EQ(row[2].values, (std::vector{b[0], a[1]}));
    EXPECT_EQ(row[3].values, (std::vector{a[0], b[1]}));
    EXPECT_EQ(row[4].values, a);
    const auto luck_of_a = 2 * j * 10;
    EXPECT_EQ(row[0].luck, luck_of_a);
    EXPECT_EQ(row[1].luck, luck_of_a + 10);
    EXPECT_EQ(row[2].luck, luck_of_a);
    EXPECT_EQ(row[3].luck, luck_of_a);
    EXPECT_EQ(row[4].luck, luck_of_a + 10);
    for (const auto* one = row; one != row + 5; ++one) EXPECT_EQ(one->role.row, j);
  }
}

Study with_conditions(Study study, const std::vector<std::string>& texts) {
  for (const auto& text : texts) study.where.push_back({text, {"x.yaml", 9, 1}});
  return study;
}

TEST(Design, LeavesOutAndCountsWhatConditionsRefuse) {
  auto study = with_conditions(
      study_of(Method::factorial, {listed("a", {"1", "2", "3"}), listed("b", {"1", "2", "3"})}),
      {"a < b"});
  const auto design = design_of(study, 1, 10);
  EXPECT_EQ(texts_of(design), (Texts{"1 2", "1 3", "2 3"}));
  EXPECT_EQ(design.left_out, 6U);
  EXPECT_EQ(design.points.back().number, 5U);
  EXPECT_TRUE(design.warnings.empty());
  auto sample =
      with_conditions(study_of(Method::sobol, {drawn("a"), drawn("b")}), {"a < b", "b < 0.75"});
  sample.design.points = 64;
  const auto sampled = design_of(sample, 1, 10);
  EXPECT_EQ(sampled.points.size() + sampled.left_out, 64U);
  EXPECT_NEAR(static_cast<double>(sampled.points.size()), 64 * 0.28125, 4);
  for (const auto& point : sampled.points) {
    EXPECT_LT(*point.values[0].number, *point.values[1].number);
    EXPECT_LT(*point.values[1].number, 0.75);
  }
  ASSERT_EQ(sampled.warnings.size(), 1U);
  EXPECT_EQ(sampled.warnings.front().code, Code::points_left_out);
}

TEST(Design, RefusesConditionsThatCantBeKept) {
  auto contradictory = with_conditions(study_of(Method::latin_hypercube, {drawn("a"), drawn("b")}),
                                       {"a < b", "b < a"});
  contradictory.design.points = 50;
  expect_problem(contradictory, "T0704", "none of 50 points satisfies a < b, b < a");
  for (const auto method : {Method::morris, Method::saltelli}) {
    auto study = with_conditions(study_of(method, {drawn("a"), drawn("b")}), {"a < b"});
    study.design.points = study.design.trajectories = 4;
    expect_problem(study, "T0702", "makes of each point others");
  }
  expect_problem(
      with_conditions(study_of(Method::one_at_a_time, {drawn("a"), drawn("b")}), {"a > 0.6"}),
      "T0704", "the base, with all factors in the middle, is left out: a = 0.5, b = 0.5");
  expect_problem(with_conditions(study_of(Method::factorial, {drawn("a")}), {"a < c"}), "T0703",
                 "there is no factor 'c'");
  expect_problem(study_of(Method::factorial, {}), "T0702", "no factor");
}

TextTable table_of(const Texts& header, const std::vector<Texts>& rows) {
  TextTable table;
  table.file = "design.xlsx";
  for (const auto& name : header) table.header.push_back({name, "cell A1"});
  for (const auto& row : rows) {
    auto& cells = table.rows.emplace_back();
    for (const auto& text : row) {
      cells.push_back({text, "cell " + std::string(1, static_cast<char>('A' + cells.size())) +
                                 std::to_string(table.rows.size() + 1)});
    }
  }
  return table;
}

TEST(Design, TakesPointsFromATable) {
  auto study = study_of(Method::table, {drawn("a"), listed("b", {"3 days"}), listed("c", {"x"})});
  study.factors[0].act = scenario::Act::times;
  Factor bare;
  bare.name = "d";
  bare.unit = "km";
  study.factors.push_back(bare);
  const auto table =
      table_of({"c", "a", "d", "b"}, {{"x", "0.5", "7", "2"}, {"a: b", "2", "3 m", "1 weeks"}});
  const auto design = design_of(study, 1, 10, table);
  EXPECT_EQ(texts_of(design), (Texts{"0.5 2 days x 7 km", "2 1 weeks \"a: b\" 3 m"}));
  EXPECT_EQ(design.points[1].values[1].number, 7.0);
  EXPECT_EQ(design.points[1].values[3].number, 0.003);
  EXPECT_TRUE(study.factors[3].numeric);
  EXPECT_FALSE(study.factors[2].numeric);
}

TEST(Design, TellsWhatIsWrongWithATable) {
  auto study = study_of(Method::table, {drawn("alpha"), drawn("beta")});
  study.factors[0].act = scenario::Act::times;
  const auto wrong = [&](const Texts& header, const std::vector<Texts>& rows,
                         const std::string& part) {
    expect_problem(study, "T0705", part, table_of(header, rows));
  };
  wrong({"alpha", "bta"}, {{"1", "2"}}, "there is no factor 'bta'. Did you mean 'beta'?");
  wrong({"alpha"}, {{"1"}}, "there is no column 'beta'");
  wrong({"alpha", "alpha", "beta"}, {{"1", "2", "3"}}, "a second column is called 'alpha'");
  wrong({"alpha", "beta"}, {}, "no rows");
  wrong({"alpha", "beta"}, {{"1", "2"}, {"", "2"}}, "cell A3: there is no value of alpha");
  wrong({"alpha", "beta"}, {{"-1", "2"}}, "cell A2: '-1' can't multiply");
  wrong({"alpha", "beta"}, {{"1 day", "2"}}, "cell A2: '1 day' can't multiply");
}

}  // namespace
}  // namespace truce::experiment
