// SPDX-License-Identifier: Apache-2.0
// Distributions as a scenario writes them: every form, its units, and ranges that hold for all that
// a distribution can yield.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/form.hpp"

#include "sim/scenario/leaf.hpp"

namespace truce::scenario {
namespace {

template <class Q>
std::pair<Variate<Q>, std::vector<std::string>> read_one(std::string_view text, const Rule& rule) {
  Variate<Q> out{-1.0};
  std::vector<std::string> said;
  read_leaf(parse(text, "f"), out, rule,
            [&](const Node&, Code, std::string what, std::string accepted) {
              said.push_back(std::move(what) + ". " + std::move(accepted));
            });
  return {out, said};
}

Variate<Days> days(std::string_view text) {
  auto [out, said] = read_one<Days>(text, at_least(0));
  EXPECT_TRUE(said.empty()) << text << ": " << said.front();
  return out;
}

template <class Q = Days>
std::string refusal(std::string_view text, const Rule& rule = at_least(0)) {
  const auto [out, said] = read_one<Q>(text, rule);
  EXPECT_TRUE(said.empty() || out.mean() == -1.0) << "a refused value was taken: " << text;
  return said.size() == 1 ? said.front() : std::to_string(said.size()) + " reports";
}

TEST(Laws, ReadConstants) {
  EXPECT_DOUBLE_EQ(days("36 h").mean(), 1.5);
  EXPECT_DOUBLE_EQ(days("{constant: 2 weeks}").mean(), 14.0);
  EXPECT_TRUE(days("{constant: {value: 2 weeks}}").law.constant());
}

TEST(Laws, ReadParametersInTheirOwnUnits) {
  EXPECT_DOUBLE_EQ(days("{uniform: [12 h, 2 days]}").mean(), 1.25);
  EXPECT_DOUBLE_EQ(days("{uniform: {max: 2 days, min: 12 h}}").mean(), 1.25);
  EXPECT_DOUBLE_EQ(days("{triangular: [1 day, 2 days, 6 days]}").mean(), 3.0);
  EXPECT_DOUBLE_EQ(days("{pert: [1 day, 2 days, 6 days]}").mean(), 2.5);
  EXPECT_DOUBLE_EQ(days("{exponential: 1 week}").mean(), 7.0);
  EXPECT_DOUBLE_EQ(days("{exponential: {mean: 1 week}}").mean(), 7.0);
  EXPECT_DOUBLE_EQ(days("{gamma: {mean: 48 h, cv: 40 %}}").mean(), 2.0);
  EXPECT_NEAR(days("{lognormal: {median: 20 days, p95: 45 days}}").law.quantile(0.95), 45.0, 1e-12);
  const auto drawn = days("{discrete: {values: [1 day, 48 h, 1 week], weights: [1, 2, 1]}}");
  EXPECT_DOUBLE_EQ(drawn.mean(), 3.0);
  EXPECT_DOUBLE_EQ(days("{discrete: {values: [1 day, 3 days]}}").mean(), 2.0);
}

// Each form of the table, named parameters in any order, then written and read again.
TEST(Laws, ReadEveryFormAndReadBackWhatIsWritten) {
  const std::vector<std::string> texts{
      "{constant: {value: 3}}",
      "{uniform: {min: 0.1, max: 0.4}}",
      "{triangular: {min: 0.1, mode: 0.2, max: 0.4}}",
      "{pert: {min: 0.1, mode: 0.2, max: 0.4}}",
      "{beta: {min: 0.1, max: 0.9, alpha: 2, beta: 3}}",
      "{beta: {mean: 0.3, sd: 0.1}}",
      "{normal: {mean: 0.3, sd: 0.1, min: 0, max: 1}}",
      "{normal: {mean: 0.3, sd: 0.1, min: 0}}",
      "{normal: {mean: 0.3, sd: 0.1, max: 1}}",
      "{normal: {mean: 0.3, sd: 0.1}}",
      "{lognormal: {median: 8, sigma: 0.5}}",
      "{lognormal: {median: 20, p95: 45}}",
      "{lognormal: {mean: 6, cv: 0.8}}",
      "{gamma: {shape: 2.5, scale: 3}}",
      "{gamma: {mean: 20, cv: 0.4}}",
      "{erlang: {stages: 3, mean: 12}}",
      "{exponential: {mean: 120}}",
      "{weibull: {shape: 2.5, scale: 30}}",
      "{weibull: {shape: 0.7, mean: 30}}",
      "{bernoulli: {probability: 0.3}}",
      "{poisson: {mean: 12}}",
      "{binomial: {trials: 20, probability: 0.3}}",
      "{negative_binomial: {mean: 12, dispersion: 0.4}}",
  };
  ASSERT_EQ(texts.size(), random::forms().size()) << "a form has no example here";
  for (std::size_t i = 0; i != texts.size(); ++i) {
    const auto [out, said] = read_one<Number>(texts[i], optional);
    ASSERT_TRUE(said.empty()) << texts[i] << ": " << said.front();
    std::string names = std::string(random::forms()[i].kind);
    EXPECT_EQ(texts[i].substr(1, names.size() + 1), names + ":") << "another form stands here";
    const auto [copy, again] = read_one<Number>(to_yaml(write_leaf(out)), optional);
    ASSERT_TRUE(again.empty()) << texts[i] << ": " << again.front();
    for (const double u : {0x1p-53, 0.2, 0.5, 0.9, 1 - 0x1p-53}) {
      EXPECT_EQ(copy.law.quantile(u), out.law.quantile(u)) << texts[i];
    }
  }
}

TEST(Laws, RefuseWhatIsNoDistribution) {
  const std::string known =
      "constant, uniform, triangular, pert, beta, normal, lognormal, gamma, erlang, exponential, "
      "weibull, bernoulli, poisson, binomial, negative_binomial, discrete.";
  EXPECT_EQ(refusal("{}"),
            "'{}' is not a distribution. A distribution has one key, its kind: " + known);
  EXPECT_EQ(refusal("{uniform: [1 day, 2 days], gamma: 3 days}").substr(0, 67),
            "'{uniform: [1 day, 2 days], gamma: 3 days}' is not a distribution. ");
  EXPECT_EQ(refusal("{unifrom: [1 day, 2 days]}"),
            "'unifrom' is not a distribution. Did you mean 'uniform'? Known: " + known);
  EXPECT_EQ(refusal("{cauchy: 3 days}"), "'cauchy' is not a distribution. Known: " + known);
  EXPECT_EQ(refusal("{gamma: {mean: 2 days}}"),
            "'{mean: 2 days}' does not define a gamma distribution. Write gamma: {shape, scale} or "
            "gamma: {mean, cv}.");
  // By position only where positions can't be mistaken.
  EXPECT_EQ(
      refusal("{lognormal: [20 days, 45 days]}"),
      "'[20 days, 45 days]' does not define a lognormal distribution. Write lognormal: {median, "
      "sigma} or lognormal: {median, p95} or lognormal: {mean, cv}.");
  EXPECT_EQ(
      refusal("{uniform: [1 day, 2 days, 3 days]}"),
      "'[1 day, 2 days, 3 days]' does not define a uniform distribution. Write uniform: {min, "
      "max}.");
  EXPECT_EQ(refusal("{uniform: [2 days, 1 day]}"),
            "'{uniform: [2 days, 1 day]}' is no distribution: min must be below max. ");
  EXPECT_EQ(refusal("{discrete: [1 day, 2 days]}"),
            "'[1 day, 2 days]' is not a discrete distribution. Write discrete: {values: [...], "
            "weights: [...]}, values ascending.");
  EXPECT_EQ(
      refusal("{discrete: {values: [1 day, 2 days], weights: [1]}}"),
      "'{discrete: {values: [1 day, 2 days], weights: [1]}}' is no distribution: as many weights "
      "as values are needed, at least one. ");
}

TEST(Laws, RefuseWrongUnitsOfParameters) {
  const std::string times = "Units that fit: min, h, days, weeks, months or years.";
  EXPECT_EQ(refusal("{uniform: [1, 2]}"), "'1' has no unit. " + times);
  EXPECT_EQ(refusal("{uniform: [1 day, 2 km]}"), "the unit of '2 km' does not fit. " + times);
  EXPECT_EQ(refusal("{gamma: {mean: 2, cv: 0.4}}"), "'2' has no unit. " + times);
  EXPECT_EQ(refusal("{gamma: {mean: 2 days, cv: 3 days}}"),
            "the unit of '3 days' does not fit. Units that fit: no unit, or %.");
  EXPECT_EQ(refusal("{discrete: {values: [1 day, 2]}}"), "'2' has no unit. " + times);
  EXPECT_EQ(
      refusal("{exponential: 010 days}"),
      "'010 days' is not a number. A number with a unit (min, h, days, weeks, months or years) "
      "is needed.");
}

TEST(Laws, HoldTheRangeForAllTheyCanYield) {
  EXPECT_EQ(refusal<Number>("1.2", between(0, 1)),
            "'1.2' is out of range. Values between 0 and 1 are accepted.");
  const std::string end =
      "Values between 0 and 1 are accepted. Choose or truncate the distribution accordingly.";
  EXPECT_EQ(refusal<Number>("{uniform: [0.5, 1.5]}", between(0, 1)),
            "'{uniform: [0.5, 1.5]}' can yield values from 0.5 to 1.5. " + end);
  EXPECT_EQ(refusal<Number>("{normal: {mean: 0.5, sd: 0.1}}", between(0, 1)),
            "'{normal: {mean: 0.5, sd: 0.1}}' can yield values from -inf to inf. " + end);
  EXPECT_EQ(refusal<Number>("{exponential: 0.1}", between(0, 1)),
            "'{exponential: 0.1}' can yield values from 0 to inf. " + end);
  EXPECT_EQ(
      refusal("{normal: {mean: 5 days, sd: 1 day}}"),
      "'{normal: {mean: 5 days, sd: 1 day}}' can yield values from -inf days to inf days. "
      "Values at least 0 days are accepted. Choose or truncate the distribution accordingly.");
  for (const std::string_view good :
       {"{uniform: [0, 1]}", "{normal: {mean: 0.5, sd: 0.1, min: 0, max: 1}}", "{bernoulli: 0.5}",
        "{beta: {mean: 0.3, sd: 0.1}}", "{discrete: {values: [0, 1]}}"}) {
    EXPECT_TRUE(read_one<Number>(good, between(0, 1)).second.empty()) << good;
  }
}

}  // namespace
}  // namespace truce::scenario
