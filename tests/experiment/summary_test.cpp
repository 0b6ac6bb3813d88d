// SPDX-License-Identifier: Apache-2.0
// The numbers that stand for a sample, against values worked out by hand or published.
#include "sim/experiment/summary.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/experiment/block.hpp"

namespace truce::experiment {
namespace {

/// Results of one column with the given values, nothing else.
Results results_of(model::Scale scale, const std::vector<double>& values) {
  Results results;
  results.columns.resize(1);
  results.columns[0].scale = scale;
  results.series = {{"s", "S", "", ""}};
  for (std::size_t i = 0; i < values.size();) {
    Block block;
    for (std::size_t end = std::min(values.size(), i + block_size); i < end; ++i) {
      block.add({.row = {values[i]}, .timeline = {.days = 1, .values = {values[i]}}},
                results.columns);
    }
    results.fold(std::move(block));
  }
  return results;
}

TEST(Summary, OfAMeasure) {
  // Eleven values 1 to 11: mean 6, variance 11, t(0.975, 10) = 2.228139 (Student's table).
  const auto results =
      results_of(model::Scale::measure, {11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6, model::absent});
  const auto summary = summarise(results.columns[0], results.samples[0]);
  EXPECT_EQ(summary.n, 11u);
  EXPECT_EQ(summary.missing, 1u);
  EXPECT_DOUBLE_EQ(summary.mean.value(), 6.0);
  EXPECT_DOUBLE_EQ(summary.sd.value(), std::sqrt(11.0));
  EXPECT_NEAR(summary.interval.value().low, 6.0 - 2.228139, 1e-6);
  EXPECT_NEAR(summary.interval.value().high, 6.0 + 2.228139, 1e-6);
  EXPECT_EQ(summary.min, 1.0);
  EXPECT_EQ(summary.max, 11.0);
  EXPECT_DOUBLE_EQ(summary.quantiles[0].value.value(), 1.5);  // rank 1 + 10 * 0.05
  EXPECT_EQ(summary.quantiles[2].value, 6.0);
  EXPECT_DOUBLE_EQ(summary.quantiles[4].value.value(), 10.5);
  // Binomial(11, 1/2): P(B <= 1) = 12/2048 < 0.025 < P(B <= 2) = 67/2048, hence ranks 2 and 10.
  EXPECT_EQ(summary.quantiles[2].interval.value().low, 2.0);
  EXPECT_EQ(summary.quantiles[2].interval.value().high, 10.0);
  EXPECT_FALSE(summary.quantiles[0].interval);  // eleven values can't bound the 5 % quantile
}

TEST(Summary, OfAProportion) {
  std::vector<double> values(100, 0.0);
  for (std::size_t i = 0; i < 10; ++i) values[i * 9] = 1.0;
  values.push_back(model::absent);
  const auto results = results_of(model::Scale::proportion, values);
  const auto summary = summarise(results.columns[0], results.samples[0]);
  EXPECT_EQ(summary.n, 100u);
  EXPECT_EQ(summary.missing, 1u);
  EXPECT_EQ(summary.mean, 0.1);
  // Wilson for 10 of 100 at 95 %: 0.0552 to 0.1744 (Newcombe, Stat. Med. 17, 1998, by formula).
  EXPECT_NEAR(summary.interval.value().low, 0.0552, 5e-5);
  EXPECT_NEAR(summary.interval.value().high, 0.1744, 5e-5);
  for (const auto& quantile : summary.quantiles) EXPECT_FALSE(quantile.value);
}

TEST(Summary, OfNothingIsAbsent) {
  for (const auto scale : {model::Scale::measure, model::Scale::proportion}) {
    const auto results = results_of(scale, {model::absent, model::absent});
    const auto summary = summarise(results.columns[0], results.samples[0]);
    EXPECT_EQ(summary.n, 0u);
    EXPECT_EQ(summary.missing, 2u);
    EXPECT_FALSE(summary.mean || summary.sd || summary.interval || summary.min || summary.max);
    for (const auto& quantile : summary.quantiles) EXPECT_FALSE(quantile.value);
  }
}

TEST(Summary, OfOneValueHasNoSpread) {
  const auto results = results_of(model::Scale::measure, {4.0});
  const auto summary = summarise(results.columns[0], results.samples[0]);
  EXPECT_EQ(summary.mean, 4.0);
  EXPECT_FALSE(summary.sd || summary.interval);
  EXPECT_EQ(summary.quantiles[2].value, 4.0);
}

TEST(Summary, OfADay) {
  const auto results = results_of(model::Scale::measure, {1, 2, 3, 4, 5, model::absent});
  const auto day = summarise_days(results).front();
  EXPECT_EQ(day.n, 5u);
  EXPECT_EQ(day.band_n, 5u);
  EXPECT_EQ(day.mean, 3.0);
  EXPECT_DOUBLE_EQ(day.sd.value(), std::sqrt(2.5));
  EXPECT_NEAR(day.interval.value().high, 3.0 + 2.776445 * std::sqrt(0.5), 1e-6);  // t(0.975, 4)
  EXPECT_DOUBLE_EQ(day.p5.value(), 1.2);
  EXPECT_EQ(day.p50, 3.0);
  EXPECT_DOUBLE_EQ(day.p95.value(), 4.8);
}

TEST(Summary, OfCeasefires) {
  auto results = results_of(model::Scale::measure, {1, 2, 3});
  results.days = 3;
  EXPECT_FALSE(results.ceasefires);
  EXPECT_FALSE(survival_by_day(results).front().estimate);
  Block block;
  using enum model::CeasefireEnd;
  const auto add = [&](std::optional<model::Ceasefire> ceasefire) {
    block.add({.row = {1}, .timeline = {.days = 1, .values = {1}}, .ceasefire = ceasefire},
              results.columns);
  };
  add(model::Ceasefire{one_day, collapsed_for_good});
  add(model::Ceasefire{2 * one_day, collapsed_and_restored});
  add(model::Ceasefire{3 * one_day, held});
  add(model::Ceasefire{3 * one_day, held});
  add({});
  results.fold(std::move(block));
  const auto days = survival_by_day(results);
  ASSERT_EQ(days.size(), 4u);
  EXPECT_EQ(days[0].at_risk, 4u);
  EXPECT_EQ(days[1].estimate.value().ends[cause_of(collapsed_for_good)].value, 0.25);
  EXPECT_EQ(days[1].estimate.value().ends[cause_of(collapsed_and_restored)].value, 0.0);
  EXPECT_EQ(days[3].estimate.value().lasts.value, 0.5);
  EXPECT_EQ(days[3].estimate.value().restricted_mean, 2.25);
}

}  // namespace
}  // namespace truce::experiment
