// SPDX-License-Identifier: Apache-2.0
// What factors may be, and which combinations of them are meant.
#include "sim/scenario/factor.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/condition.hpp"
#include "sim/scenario/leaf.hpp"
#include "sim/scenario/study.hpp"

namespace truce::scenario {
namespace {

TEST(Factors, TakeQuantilesAndLevels) {
  Factor law;
  law.law = random::Distribution(random::Uniform{10, 20});
  law.dimension = Days::dimension;
  EXPECT_EQ(value_at(law, 0.25), (FactorValue{"12.5 days", 12.5}));
  EXPECT_EQ(middle_of(law).number, 15.0);
  const auto levels = levels_of(law, 2);
  ASSERT_EQ(levels.size(), 2U);
  EXPECT_EQ(levels[0].number, 12.5);
  EXPECT_EQ(levels[1].number, 17.5);
  Factor list;
  list.listed = {{"a", {}}, {"b", {}}, {"c", {}}};
  EXPECT_EQ(value_at(list, 1e-12).text, "a");
  EXPECT_EQ(value_at(list, 0.34).text, "b");
  EXPECT_EQ(value_at(list, 1 - 1e-12).text, "c");
  EXPECT_EQ(middle_of(list).text, "a");
  EXPECT_EQ(levels_of(list, 7).size(), 3U);
  Factor two;
  two.law = random::Distribution(random::Discrete{{1, 2}, {1, 3}});
  EXPECT_EQ(levels_of(two, 3).size(), 2U);
}

TEST(Factors, AreReadFromTheCommandLine) {
  Problems problems;
  const auto list = read_factor_option("a.b=0.05, 20 days,{uniform: [1, 2]}", problems);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->name, "a.b");
  ASSERT_EQ(list->listed.size(), 3U);
  EXPECT_EQ(list->listed[1].text, "20 days");
  EXPECT_FALSE(list->numeric);
  const auto law = read_factor_option("a.\"c.d\"={uniform: [1 km, 2 km]}", problems);
  ASSERT_TRUE(law && law->law);
  EXPECT_EQ(law->dimension, Kilometres::dimension);
  EXPECT_TRUE(problems.empty());
  for (const auto* text : {"a.b", "=3", "a.b=", "a.b=[", "a.b=1,,2", "a.b=1,1"}) {
    Problems found;
    EXPECT_FALSE(read_factor_option(text, found)) << text;
    EXPECT_FALSE(found.empty()) << text;
  }
}

TEST(Factors, AreWrittenAsYamlThatReadsBackTheSame) {
  for (const auto* text :
       {"lead", "0.3", "-3 days", "20 %", "\"a: b\"", "\"~\"", "~", "\"*x\"", "\" a\"", "\"\"",
        "{uniform: [1 day, -2 days]}", "[a, \"b,c\", {d: \"e\\\"f\"}]", "\"null\"", "$heat",
        "\"line\\nend\""}) {
    const Node node = parse(text, "x");
    const Node again = parse(flow_text(node), "x");
    EXPECT_EQ(one_line(again), one_line(node)) << flow_text(node);
    EXPECT_EQ(again.kind, node.kind) << text;
  }
}

std::vector<Factor> some_factors() {
  std::vector<Factor> factors(4);
  const random::Distribution law(random::Uniform{0, 1});
  factors[0].name = "spread";
  factors[0].law = law;
  factors[1].name = "defusal";
  factors[1].law = law;
  factors[2].name = "delay";
  factors[2].law = law;
  factors[2].dimension = Days::dimension;
  factors[3].name = "rule";
  factors[3].numeric = false;
  factors[3].listed = {{"lead", {}}, {"any", {}}};
  return factors;
}

TEST(Conditions, CompareFactorsNumbersAndWords) {
  const auto factors = some_factors();
  const std::vector<FactorValue> point{{"0.2", 0.2}, {"0.5", 0.5}, {"7 days", 7.0}, {"lead", {}}};
  const auto met = [&](const std::string& text) {
    Problems problems;
    const auto condition = read_condition(text, {"x", 1, 1}, factors, problems);
    EXPECT_TRUE(condition) << text;
    return condition && holds(*condition, point);
  };
  for (const auto* text : {"spread < defusal", "defusal>spread", "spread <= 0.2", "spread >= 20 %",
                           "spread == 0.2", "spread != 0.3", "0.1 < spread", "delay <= 1 weeks",
                           "rule == lead", "any != rule", "rule == rule"}) {
    EXPECT_TRUE(met(text)) << text;
  }
  for (const auto* text : {"spread > defusal", "spread < 0.2", "spread > 0.2", "spread != 0.2",
                           "delay < 168 h", "rule == any", "rule != lead", "defusal <= spread"}) {
    EXPECT_FALSE(met(text)) << text;
  }
}

TEST(Conditions, RefuseWhatCantBeCompared) {
  const auto factors = some_factors();
  const auto refused = [&](const std::string& text) {
    Problems problems;
    EXPECT_FALSE(read_condition(text, {"x", 1, 1}, factors, problems)) << text;
    if (problems.all().size() != 1) return std::string("no problem");
    EXPECT_EQ(problems.all().front().code, Code::bad_condition) << text;
    return problems.all().front().what + ". " + problems.all().front().accepted;
  };
  const auto expect = [&](const std::string& text, const std::string& part) {
    EXPECT_NE(refused(text).find(part), std::string::npos) << refused(text);
  };
  expect("spread", "nothing that compares");
  expect("spread <", "empty");
  expect("0.1 < spread < 0.2", "compares twice");
  expect("sprad < defusal", "Did you mean 'spread'?");
  expect("1 < 2", "names no factor");
  expect("spread < delay", "different units");
  expect("delay < 3", "different units");
  expect("rule < any", "words have no order");
  expect("rule == leed", "Did you mean 'lead'?");
}

}  // namespace
}  // namespace truce::scenario
