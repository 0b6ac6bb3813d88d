// SPDX-License-Identifier: Apache-2.0
// Warnings: each is told where something is odd, and not just beside that.
#include "sim/scenario/lint.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::small_text;
using Lines = std::vector<std::string>;

Loaded small_after(const Lines& edits) {
  Node root = parse(small_text, "test.yaml");
  Problems problems;
  for (const auto& edit : edits) set_value(root, edit, problems);
  problems.raise();
  return read(root);
}

/// The warnings of the small sample after edits, as "name path".
Lines warnings_after(const Lines& edits) {
  Lines lines;
  for (const auto& warning : lint(small_after(edits))) {
    EXPECT_EQ(severity_of(warning.code), Severity::warning);
    EXPECT_FALSE(warning.accepted.empty());
    lines.push_back(std::string(text_of(warning.code).name) + " " + warning.path);
  }
  return lines;
}

/// What is told first.
std::string first_after(const Lines& edits) {
  const auto warnings = lint(small_after(edits));
  return warnings.empty() ? "" : warnings.front().what;
}

struct Case {
  Lines edits;
  Lines warnings;
};

void expect(const std::vector<Case>& cases) {
  for (const auto& [edits, warnings] : cases) {
    EXPECT_EQ(warnings_after(edits), warnings) << "--set " << join(edits, " --set ");
  }
}

const std::string pledge = "contributors.coalition.pledges.monitors";

TEST(Lint, ThereIsNothingOddInTheSample) {
  EXPECT_EQ(warnings_after({}), Lines{});
}

TEST(Lint, TellsPlaceAndFigures) {
  const auto warnings = lint(small_after({"hubs.town.beds=40 troops"}));
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(to_string(warnings.front()),
            "--set hubs.town.beds=40 troops:1:1: warning[W0003]: hubs.town.beds: 40 beds for 48 "
            "pledged troops. Add beds, or name more hubs for the pledges.");
  const auto sensors = lint(small_after({"sensors.blank={swath: 1 km, detects: {}}"}));
  ASSERT_EQ(sensors.size(), 1U);
  EXPECT_EQ(sensors.front().what, "the sensor detects none of the 2 incident types");
}

TEST(Lint, SectorThatNoCellWatches) {
  const std::string south =
      "sectors.south={from: [49.9, 37.6], to: [49.5, 37.9], length: 9 km, incidents: {rate: 1 "
      "/day}}";
  expect({{{south}, {"unwatched-sector sectors.south"}},
          {{south, "cells.north-1.watches=[north, south]"}, {}},
          {{south, "cells=~"}, {}}});
}

// The ceasefire comes on the 14th day, the hub opens 20 days later.
TEST(Lint, HubThatNeverOpens) {
  const std::string hub = "hub-never-opens hubs.town";
  const std::string late = "pledge-too-late " + pledge;
  expect({{{"horizon=34 days"}, {hub, late}},
          {{"horizon=35 days"}, {}},
          {{"horizon=21 days", "hubs.town.built_from=start"}, {}},
          {{"horizon=20 days", "hubs.town.built_from=start"}, {hub, late}},
          {{"hubs.town.opens_after={uniform: [300 days, 900 days]}"}, {}},
          {{"hubs.town.opens_after={uniform: [351 days, 900 days]}"}, {hub, late}},
          {{"ceasefire.takes_effect=never"}, {}},
          {{"ceasefire.takes_effect=2027-06-15"}, {hub, late}},
          {{"ceasefire.takes_effect={uniform: [5 days, 900 days]}"}, {}}});
  EXPECT_EQ(first_after({"horizon=34 days"}),
            "the hub opens on 2026-08-04 at the earliest, the scenario ends on 2026-08-04");
}

TEST(Lint, EngineersMayOpenAHubInTime) {
  const std::string engineers = pledge + ".function=engineering";
  const std::string takes = "hubs.town.opens_after=702 days";
  const std::string twice = "hubs.town.engineers_double=";
  expect({{{takes, engineers, twice + "48 troops"},
           {"hub-never-opens hubs.town", "pledge-too-late " + pledge}},
          {{takes, engineers, twice + "47 troops"}, {}}});
}

TEST(Lint, WhatParametersMayBeCounts) {
  const Lines waits{"parameters.wait={uniform: [10 days, 900 days]}",
                    "hubs.town.opens_after=$wait"};
  expect({{waits, {}},
          {{waits[0], "hubs.town.opens_after={plus: [$wait, 341 days]}"},
           {"hub-never-opens hubs.town", "pledge-too-late " + pledge}},
          {{waits[0], "hubs.town.opens_after={uniform: [$wait, 901 days]}"}, {}},
          {{"parameters.p={discrete: {values: [0, 0.5], weights: [3, 1]}}",
            "sensors.camera.detects={fire: $p, shelling: 0}"},
           {}},
          {{"parameters.p=0", "sensors.camera.detects={fire: $p, shelling: 0}"},
           {"blind-sensor sensors.camera.detects"}}});
}

TEST(Lint, FewerBedsThanTroops) {
  const std::string beds = "hubs.town.beds=";
  const std::string told = "too-few-beds hubs.town.beds";
  const Lines second{"hubs.second={place: town, beds: 16 troops}", pledge + ".hubs=[town, second]",
                     pledge + ".contingents=3"};
  const auto with = [&](Lines edits, const std::string& edit) {
    edits.push_back(edit);
    return edits;
  };
  expect({{{beds + "47 troops"}, {told}},
          {{beds + "48 troops"}, {}},
          {{beds + "43 troops", pledge + ".delivered=0.9"}, {told}},
          {{beds + "44 troops", pledge + ".delivered=0.9"}, {}},
          {with(second, beds + "31 troops"), {told}},
          {with(second, beds + "32 troops"), {}},
          {with(second, "hubs.second.beds=15 troops"), {"too-few-beds hubs.second.beds"}},
          {with(second, "hubs.second.station=remote"), {}}});
}

// 14 days to the ceasefire, at least 2 over the road.
TEST(Lint, PledgeThatComesTooLate) {
  const std::string notice = pledge + ".notice_to_move=";
  const std::string told = "pledge-too-late " + pledge;
  const std::string vote = pledge + ".conditions.approvals.vote=";
  const std::string shortcut = "routes.air={from: base, to: town, by: air, time: 1 day}";
  const std::string other =
      "contributors.coalition.pledges.guards={function: reassurance, troops: "
      "1 troops, from: base, hubs: [town], notice_to_move: 340 days}";
  const std::string after = pledge + ".conditions.after.guards=";
  expect(
      {{{notice + "348 days"}, {}},
       {{notice + "349 days"}, {told}},
       {{notice + "{uniform: [348 days, 900 days]}"}, {}},
       {{notice + "349 days", shortcut}, {}},
       {{notice + "350 days", shortcut}, {told}},
       {{notice + "349 days", shortcut, pledge + ".route=[base-town]"}, {told}},
       {{notice + "362 days", pledge + ".conditions.ceasefire=false"}, {}},
       {{notice + "363 days", pledge + ".conditions.ceasefire=false"}, {told}},
       {{vote + "{probability: 1, delay: 348 days}"}, {}},
       {{vote + "{probability: 1, delay: 349 days}"}, {told}},
       {{vote + "{probability: 1, delay: 349 days, from: start}"}, {}},
       {{other, after + "{pledge: coalition.guards}", notice + "6 days"}, {}},
       {{other, after + "{pledge: coalition.guards}", notice + "7 days"}, {told}},
       {{other, after + "{pledge: coalition.guards, share: 0}", notice + "7 days"}, {}},
       {{notice + "349 days", "shocks.haste={at: 9 days, effects: {routes.*.time: {times: 0.1}}}"},
        {}}});
}

TEST(Lint, PoolTooSmallForTourAndDwell) {
  const std::string told = "pool-too-small " + pledge + ".pool";
  const auto pool = [&](const std::string& size, const std::string& contingents,
                        const Lines& more) {
    Lines edits{pledge + ".tour=100 days", pledge + ".dwell=100 days", pledge + ".pool=" + size,
                pledge + ".contingents=" + contingents};
    edits.insert(edits.end(), more.begin(), more.end());
    return edits;
  };
  expect({{pool("1.8", "10", {}), {}},
          {pool("1.7", "10", {}), {told}},
          {pool("1.7", "10", {pledge + ".tour_extension=20 days"}), {}},
          {pool("1.8", "2", {}), {}},
          {pool("1.7", "2", {}), {told}},
          {pool("1", "2", {pledge + ".tour=340 days"}), {}},
          {pool("1", "2", {pledge + ".dwell=11 days"}), {}},
          {pool("1", "2", {pledge + ".dwell=12 days"}), {told}}});
  EXPECT_EQ(
      first_after(pool("1.7", "10", {})),
      "17 contingents for 10 in place, with 100 days there and 100 days of dwell, keep 85 % of "
      "the pledge in place");
}

TEST(Lint, ReceptionSlowerThanArrivals) {
  const std::string reception = "hubs.town.reception=";
  expect({{{reception + "0.534 troops/day"}, {}},
          {{reception + "0.533 troops/day"}, {"slow-reception hubs.town.reception"}},
          {{reception + "0.533 troops/day", pledge + ".delivered=0.9"}, {}}});
}

TEST(Lint, ParameterThatNothingUses) {
  const std::string heat = "parameters.heat=2";
  const std::string told = "unused-parameter parameters.heat";
  expect(
      {{{heat}, {told}},
       {{heat, "sectors.north.incidents.rate={times: [$heat, 1 /day]}"}, {}},
       {{heat, "shocks.a={at: 9 days, effects: {sectors.*.incidents.rate: {times: $heat}}}"}, {}},
       {{heat, "variations.hot={set: {sectors.north.incidents.branching: $heat}}"}, {}},
       {{heat, "parameters.more={times: [$heat, 2]}"}, {"unused-parameter parameters.more"}},
       {{heat, "parameters.cold={uniform: [1, 2]}", "parameters.mild={uniform: [1, 2]}",
         "correlations=[{between: [cold, mild], rank: 0.5}]"},
        {told, "unused-parameter parameters.cold", "unused-parameter parameters.mild"}}});
}

// Of a normal 5 % lie 1.645 standard deviations or more below the mean.
TEST(Lint, DistributionThatItsBoundsCut) {
  const std::string notice = pledge + ".notice_to_move=";
  const std::string told = "unlikely-range " + pledge + ".notice_to_move";
  expect(
      {{{notice + "{normal: {mean: 1.65 days, sd: 1 day, min: 0 days}}"}, {}},
       {{notice + "{normal: {mean: 1.64 days, sd: 1 day, min: 0 days}}"}, {told}},
       {{notice + "{normal: {mean: 1.97 days, sd: 1 day, min: 0 days, max: 3.94 days}}"}, {}},
       {{notice + "{normal: {mean: 1.95 days, sd: 1 day, min: 0 days, max: 3.9 days}}"}, {told}},
       {{notice + "{truncated: {of: {exponential: 10 days}, max: 30 days}}"}, {}},
       {{notice + "{truncated: {of: {exponential: 10 days}, max: 29 days}}"}, {told}},
       {{notice + "{mixture: [{weight: 1, of: 10 days}, {weight: 1, of: {normal: {mean: 1 day, sd: "
                  "1 day, min: 0 days}}}]}"},
        {told}},
       {{"parameters.p={normal: {mean: 1, sd: 1, min: 0}}",
         "sectors.north.incidents.rate={times: [$p, 1 /day]}"},
        {"unlikely-range parameters.p.value"}},
       {{"ceasefire.takes_effect={normal: {mean: 1 day, sd: 1 day, min: 0 days}}"},
        {"unlikely-range ceasefire.takes_effect"}}});
  EXPECT_EQ(first_after({notice + "{normal: {mean: 0 days, sd: 10 days, min: 0 days}}"}),
            "50 % of the distribution lies outside its min and max; cut to them, its mean is 7.98 "
            "days instead of 0 days");
}

TEST(Lint, SensorThatDetectsNothing) {
  const std::string told = "blind-sensor sensors.camera.detects";
  expect({{{"sensors.camera.detects={fire: 0, shelling: 0}"}, {told}},
          {{"sensors.camera.detects={fire: 0, shelling: ~}"}, {told}},
          {{"sensors.camera.detects={fire: 0, shelling: 0.001}"}, {}}});
}

TEST(Lint, DecisionRuleThatNeedsAnAbsentMember) {
  const std::string told = "absent-member coordination.decision_rule";
  const auto cell = [](const std::string& rule, const std::string& shock) {
    return Lines{"coordination={desks: 1, work: 1 h, decision_rule: " + rule +
                     ", members: {a: {response: 1 h}, b: {response: 1 h}, c: {response: 1 h}, d: "
                     "{response: 1 h}}}",
                 "facts={sure: {probability: 1}, open: {probability: 0.5}}",
                 "shocks.gone=" + shock};
  };
  const auto out = [](const std::string& members) {
    return "{at: 100 days, members_out: [" + members + "]}";
  };
  expect({{cell("lead", out("a")), {told}},
          {cell("lead", out("b, c, d")), {}},
          {cell("all", out("b")), {told}},
          {cell("majority", out("b, c")), {told}},
          {cell("majority", out("b")), {}},
          {cell("any", out("a, b, c, d")), {told}},
          {cell("any", out("a, b, c")), {}},
          {cell("lead", "{at: 100 days, members_out: [a], lasts: 9 days}"), {}},
          {cell("lead", "{at: 100 days, members_out: [a], probability: 0.99}"), {}},
          {cell("lead", "{at: 100 days, members_out: [a], needs: [sure]}"), {told}},
          {cell("lead", "{at: 100 days, members_out: [a], needs: [open]}"), {}},
          {cell("lead", "{at: 364 days, members_out: [a]}"), {told}},
          {cell("lead", "{at: 365 days, members_out: [a]}"), {}},
          {cell("lead", "{at: never, members_out: [a]}"), {}},
          {cell("lead", "{by: 350 days, members_out: [a]}"), {told}},
          {cell("lead", "{by: 351 days, members_out: [a]}"), {}},
          {cell("lead", "{rate: 1 /day, members_out: [a]}"), {}}});
  EXPECT_EQ(
      first_after(cell("lead", out("a, b"))),
      "the rule 'lead' counts on a, out for good since gone: a deputy decides then, 2 times as "
      "slowly as the lead");
}

TEST(Lint, WarningsAreSilencedByNameOrCode) {
  const std::string beds = "hubs.town.beds=1 troops";
  const std::string blind = "sensors.camera.detects={fire: 0, shelling: 0}";
  const std::string told = "blind-sensor sensors.camera.detects";
  expect({{{beds, blind}, {"too-few-beds hubs.town.beds", told}},
          {{beds, blind, "lint={silence: [too-few-beds]}"}, {told}},
          {{beds, blind, "lint={silence: [W0003]}"}, {told}},
          {{beds, blind, "lint={silence: [w0003, Blind-Sensor]}"}, {}},
          {{beds, blind, "lint={silence: [too-few-bed, blind-sensor]}"},
           {"too-few-beds hubs.town.beds", "unknown-warning lint.silence.0"}},
          {{"lint={silence: [unknown-key]}"}, {"unknown-warning lint.silence.0"}},
          {{"lint={silence: [nonsense, unknown-warning]}"}, {}}});
  const auto slip = lint(small_after({"lint={silence: [too-few-bed]}"}));
  ASSERT_EQ(slip.size(), 1U);
  EXPECT_EQ(slip.front().what, "there is no warning 'too-few-bed'");
  EXPECT_EQ(slip.front().accepted, "Did you mean 'too-few-beds'?");
  EXPECT_EQ(hint_of_warning("unknown-key"), "That is an error, which can't be silenced.");
}

}  // namespace
}  // namespace truce::scenario
