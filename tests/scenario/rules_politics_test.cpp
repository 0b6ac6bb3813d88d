// SPDX-License-Identifier: Apache-2.0
// Rules of the political part: each with a scenario that keeps it and one that breaks it.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::full_text;
using test::problems_after;
using Lines = std::vector<std::string>;

struct Case {
  Lines edits;
  Lines problems;  // "path: what"; none if the scenario is good
};

void expect(const std::vector<Case>& cases) {
  for (const auto& [edits, problems] : cases) {
    EXPECT_EQ(problems_after(edits), problems) << "--set " << (edits.empty() ? "" : edits.front());
  }
}

/// The sample without the lines from one key of the first level up to another.
std::string without(std::string_view from, std::string_view to) {
  const auto start = full_text.find("\n" + std::string(from) + ":") + 1;
  const auto end = full_text.find("\n" + std::string(to) + ":") + 1;
  return std::string(full_text.substr(0, start)).append(full_text.substr(end));
}

TEST(PoliticalRules, EffectsActOnWhatThereIs) {
  const std::string effects = "layers.assistance.effects=";
  expect({
      {{effects + "{sectors.*.incidents.rate: {times: 0.5}}"}, {}},
      {{effects + "{sectors.south.incidents.rate: {plus: 1 /week}}"}, {}},
      {{effects + "{sectors.east.incidents.rate: {times: 0.5}}"},
       {"layers.assistance.effects: 'sectors.east.incidents.rate' is no quantity that effects can "
        "change"}},
      {{effects + "{crisis.patience: {plus: 3}}"},
       {"layers.assistance.effects: the effect on crisis.patience has the wrong unit"}},
      {{effects + "{crisis.patience: {times: 3 h}}"},
       {"layers.assistance.effects: the effect on crisis.patience has the wrong unit"}},
      {{"layers.assistance.while_stocked={crisis.spraed: {times: 0.5}}"},
       {"layers.assistance.while_stocked: 'crisis.spraed' is no quantity that effects can change"}},
      {{"shocks.winter.effects={routes.*.tmie: {times: 2}}"},
       {"shocks.winter.effects: 'routes.*.tmie' is no quantity that effects can change"}},
      {{"coordination.answers.warning.effects={desks: {plus: 1}}"},
       {"coordination.answers.warning.effects: 'desks' is no quantity that effects can change"}},
  });
}

TEST(PoliticalRules, LayersWaitForWhatComes) {
  const std::string trigger = "layers.assistance.trigger=";
  expect({
      {{trigger + "full-capability"}, {}},
      {{trigger + "layer assistence"},
       {"layers.assistance.trigger: there is no layer 'assistence'"}},
      {{trigger + "layer assistance"}, {"layers.assistance.trigger: the layer waits for itself"}},
      {{trigger + "layer second", "layers.second={trigger: layer assistance}"},
       {"layers.assistance.trigger: layers wait for each other in a ring",
        "layers.second.trigger: layers wait for each other in a ring"}},
      {{"layers.second={trigger: layer assistance}"}, {}},
      {{"layers.second={trigger: ceasefire, stock: 5 t}"},
       {"layers.second: stock and while_stocked belong together"}},
  });
}

TEST(PoliticalRules, TriggersNeedTheSectionThatPullsThem) {
  auto text = without("capability", "experiment");
  const auto trigger = text.find("trigger: ceasefire");
  EXPECT_TRUE(test::problems_of(text).empty());
  text.replace(trigger, 18, "trigger: full-capability");
  ASSERT_EQ(test::problems_of(text).size(), 1u);
  EXPECT_NE(test::problems_of(text).front().find("no capability section"), std::string::npos);

  auto calm = without("crisis", "sensors");
  for (const auto& [was, is] : std::vector<std::pair<std::string, std::string>>{
           {", crisis: 0.01", ""},
           {"effects: {crisis.spread: {times: 0.8}, crisis.patience: {times: 1.1}}, stock: 100 t,\n"
            "     while_stocked: {crisis.spread: {times: 0.9}}}",
            "effects: {}}"},
           {", removes: 0.1,\n       effects: {crisis.defusal: {plus: 0.02}}, lasts: 14 days}",
            "}"}}) {
    ASSERT_NE(calm.find(was), std::string::npos) << was;
    calm.replace(calm.find(was), was.size(), is);
  }
  EXPECT_EQ(test::problems_of(calm), Lines{});
  calm.replace(calm.find("trigger: ceasefire"), 18, "trigger: restoration");
  ASSERT_EQ(test::problems_of(calm).size(), 1u);
  EXPECT_NE(test::problems_of(calm).front().find("no crisis section"), std::string::npos);
}

TEST(PoliticalRules, StockNeedsAStore) {
  std::string text(full_text);
  const std::string store =
      "\n         store: {capacity: 300 t, hardness: 0.7, deliveries: 5 t/day, releases: 2 t/day},";
  text.replace(text.find(store), store.size(), "");
  ASSERT_EQ(test::problems_of(text).size(), 1u);
  EXPECT_NE(test::problems_of(text).front().find("layers.assistance.stock: no hub has a store"),
            std::string::npos);
}

TEST(PoliticalRules, ShocksComeInOneWayAndWithdrawWhomThereIs) {
  expect({
      {{"shocks.talks.by=50 days"}, {}},
      {{"shocks.talks.rate=1 /year"},
       {"shocks.talks: it is not said when the shock comes, or said twice"}},
      {{"shocks.third={probability: 1}"},
       {"shocks.third: it is not said when the shock comes, or said twice"}},
      {{"shocks.recall.withdraws=[coalition]"}, {}},
      {{"shocks.recall.withdraws=[coalition.gaurds]"},
       {"shocks.recall.withdraws.0: there is no contributor or pledge 'coalition.gaurds'"}},
      {{"shocks.recall.members_out=[chiar]"},
       {"shocks.recall.members_out.0: there is no 'chiar' in coordination.members"}},
  });
}

TEST(PoliticalRules, RegimesFollowEachOther) {
  expect({
      {{"climate.start={calm: 0, eroding: 0}"}, {"climate.start: no regime has a weight above 0"}},
      {{"climate.regimes.calm.next=~"},
       {"climate.regimes.calm.next: the regime ends, but no other may follow"}},
      {{"climate.regimes.eroding.next={calm: 1}"},
       {"climate.regimes.eroding.mean_stay: other regimes may follow, but it never ends"}},
      {{"climate.regimes.eroding.ceiling=1"},
       {"climate.regimes.eroding.ceiling: the ceiling lies below the multiplier"}},
  });
}

TEST(PoliticalRules, CostsAreOfFunctionsOfTroops) {
  expect({
      {{"costs.troops.air={in_place: 1 EUR/troop/day}"}, {}},
      {{"costs.troops.monitors={in_place: 1 EUR/troop/day}"},
       {"costs.troops.monitors: 'monitors' is not a function of troops"}},
  });
}

TEST(PoliticalRules, SomebodyDecidesOnAnswers) {
  expect({{{"coordination.members=~"},
           {"coordination.lead: there is no 'chair' in coordination.members",
            "shocks.recall.members_out.0: there is no 'chair' in coordination.members",
            "coordination.answers: there are answers, but nobody decides on them"}}});
}

}  // namespace
}  // namespace truce::scenario
