// SPDX-License-Identifier: Apache-2.0
// What is left of a sweep that was stopped: whole rows, trajectories, levels and bars; and which
// designs say nothing at all.
#include "sim/report/sample_trim.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/problem.hpp"

namespace truce::report {
namespace {

using experiment::Chosen;

StoredSample stored(const std::string& method, std::uint64_t points, std::uint64_t planned,
                    std::size_t inputs, std::uint64_t replications = 2) {
  StoredSample one;
  one.source.folder = "results/x";
  one.source.design = method;
  one.source.points = points;
  one.source.points_planned = planned;
  one.sample.chosen = chosen_of(method, 0);
  one.sample.points = points;
  one.sample.replications = replications;
  one.sample.roles.resize(points);
  for (std::size_t i = 0; i < inputs; ++i) {
    experiment::Input input{"f" + std::to_string(i), ""};
    for (std::uint64_t p = 0; p < points; ++p) {
      // The first input varies slowest: four points each.
      input.numbers.push_back(static_cast<double>(i == 0 ? p / 4 : p % 4));
      input.texts.emplace_back("x");
    }
    one.sample.inputs.push_back(std::move(input));
  }
  return one;
}

std::uint64_t points_left(StoredSample one) {
  trim_sample(one);
  EXPECT_EQ(one.sample.roles.size(), one.sample.points);
  EXPECT_EQ(one.sample.inputs[0].numbers.size(), one.sample.points);
  EXPECT_EQ(one.source.notes.size(), one.source.points < one.source.points_planned ? 1U : 0U);
  return one.sample.points;
}

void expect_refused(StoredSample one, const std::string& part) {
  try {
    trim_sample(one);
    ADD_FAILURE() << "not refused: " << part;
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
  }
}

TEST(SampleTrim, KeepsWholeRowsAndTrajectories) {
  EXPECT_EQ(points_left(stored("saltelli", 50, 50, 2)), 50U);
  EXPECT_EQ(points_left(stored("saltelli", 48, 50, 2)), 45U);
  EXPECT_EQ(points_left(stored("morris", 11, 12, 2)), 9U);
  expect_refused(stored("saltelli", 4, 50, 2), "interrupted before the first 5 points");
  auto one = stored("morris", 11, 12, 2);
  trim_sample(one);
  EXPECT_EQ(one.source.notes[0],
            "the sweep was interrupted: 3 whole trajectories are analysed, 11 of 12 points were "
            "played");
}

TEST(SampleTrim, KeepsWholeLevelsOfTheSlowestFactor) {
  EXPECT_EQ(points_left(stored("factorial", 16, 16, 2)), 16U);
  EXPECT_EQ(points_left(stored("factorial", 15, 16, 2)), 12U);
  expect_refused(stored("factorial", 7, 16, 2), "before two values of f0");
}

TEST(SampleTrim, KeepsBarsWithBothEnds) {
  auto one = stored("one_at_a_time", 4, 7, 3);
  one.sample.roles[1].factor = one.sample.roles[2].factor = "f0";
  one.sample.roles[3].factor = "f1";
  EXPECT_EQ(points_left(one), 3U);
  expect_refused(stored("one_at_a_time", 7, 7, 3, 1), "--replications 20 or more");
  expect_refused(stored("one_at_a_time", 1, 7, 3), "only the base was played");
}

TEST(SampleTrim, RefusesWhatSaysNothing) {
  expect_refused(stored("table", 3, 3, 2), "3 points of 2 factors are too few");
  expect_refused(stored("lockstep", 30, 30, 2), "moves all factors at once");
  EXPECT_EQ(points_left(stored("lockstep", 30, 30, 1)), 30U);
  EXPECT_EQ(points_left(stored("table", 5, 5, 2)), 5U);
  EXPECT_EQ(points_left(stored("latin_hypercube", 30, 40, 2)), 30U);
}

// What conditions cut out of a design may leave inputs that go together.
TEST(SampleTrim, TakesWhatConditionsLeaveForATable) {
  EXPECT_EQ(chosen_of("sobol", 0), Chosen::net);
  EXPECT_EQ(chosen_of("sobol", 3), Chosen::listed);
  EXPECT_EQ(chosen_of("factorial", 3), Chosen::listed);
  EXPECT_EQ(chosen_of("one_at_a_time", 3), Chosen::one_at_a_time);
}

}  // namespace
}  // namespace truce::report
