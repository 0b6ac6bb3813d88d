// SPDX-License-Identifier: Apache-2.0
// Layers of the security assurances: what triggers them, how long they last, what stock they ask
// for; and the arithmetic of the effects that they share with shocks and answers.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

/// Days on which each layer becomes active.
std::map<std::string, std::vector<double>> activations(const Given& given, std::uint64_t seed) {
  std::map<std::string, std::vector<double>> days;
  given.watch(seed, 0, [&](const auto&, double day, const auto& event) {
    if (const auto* active = std::get_if<model::LayerActivates>(&event)) {
      days[given.scenario().layers.name(active->layer)].push_back(day);
    }
  });
  return days;
}

// The ceasefire comes on day 10 of 110. Troops reach initial capability on day 30.5 and full on day
// 40.5. Incidents start crises that nobody knows of and that end in breakdowns after three days.
constexpr std::string_view all_triggers = R"(
truce: 1
name: Known answer
start: 2026-07-01
horizon: 110 days
ceasefire: {takes_effect: 2026-07-11}
facts:
  sure: {probability: 1}
  lost: {probability: 0}
places:
  town: {at: [50, 36], country: UA}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: air, troops: 50 troops, from: town, hubs: [town], notice_to_move: 20.5 days}
      b: {function: air, troops: 50 troops, from: town, hubs: [town], notice_to_move: 30.5 days}
incident_types:
  shot: {share: 1, grade: minor, crisis: 1}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 0.04 /day}}
crisis: {patience: 3 days, defusal: 1, breakdown_lasts: 1 day, breakdown_rate: 1, spread: 0,
         collapse_rate: 1}
capability:
  initial: {troops: 50 troops}
  full: {troops: 100 troops}
layers:
  from_start: {trigger: start, delay: 12 days}
  from_ceasefire: {trigger: ceasefire, delay: 1 day, needs: [sure]}
  from_initial: {trigger: initial-capability, delay: 2 days}
  from_full: {trigger: full-capability, delay: 3 days, lasts: 20 days}
  from_date: {trigger: 2026-08-30}
  from_crisis: {trigger: crisis, delay: 6 h, lasts: 1 day}
  from_breakdown: {trigger: breakdown, delay: 12 h, lasts: 1 day}
  from_renewal: {trigger: renewed-hostilities}
  from_restoration: {trigger: restoration}
  after_full: {trigger: layer from_full, delay: 4 days}
  after_that: {trigger: layer after_full, delay: 5 days}
  never: {trigger: ceasefire, needs: [sure, lost]}
)";

TEST(Layers, AreActiveFromTheirTriggerOn) {
  const Given given(all_triggers);
  auto days = activations(given, 101);
  const auto o = given.outcome(101);
  const auto share = [&](std::string_view layer) {
    return o.layer_active[given.scenario().layers.find(layer)];
  };
  for (const auto& [layer, day, length] : {std::tuple{"from_start", 12.0, 98.0},
                                           {"from_ceasefire", 11.0, 99.0},
                                           {"from_initial", 32.5, 77.5},
                                           {"from_full", 43.5, 20.0},
                                           {"from_date", 60.0, 50.0},
                                           {"after_full", 47.5, 62.5},
                                           {"after_that", 52.5, 57.5}}) {
    ASSERT_EQ(days[layer].size(), 1U) << layer;
    EXPECT_NEAR(days[layer].front(), day, exactly) << layer;
    EXPECT_NEAR(share(layer), length / 100, exactly) << layer;
  }
  EXPECT_TRUE(days["never"].empty()) << "it needs a fact that does not hold";
  EXPECT_EQ(share("never"), 0);
}

// Incidents in a sector that is not calm start nothing; a crisis lasts 3 days and a breakdown 1.
TEST(Layers, ComeAgainWithEachCrisisAndBreakdown) {
  std::vector<double> crises, breakdowns;
  const std::uint64_t seed = 112;
  const Given given(all_triggers);
  double calm_from = 0.0;
  for (const auto& incident : given.incidents(seed)) {
    if (incident.day < calm_from) continue;
    crises.push_back(incident.day + 0.25);
    breakdowns.push_back(incident.day + 3.5);
    calm_from = incident.day + 4;
  }
  ASSERT_GE(crises.size(), 2U);
  auto days = activations(given, seed);
  for (const auto& [layer, expected] :
       {std::pair{"from_crisis", &crises}, {"from_breakdown", &breakdowns}}) {
    std::erase_if(*expected, [](double day) { return day > 110; });
    ASSERT_EQ(days[layer].size(), expected->size()) << layer;
    for (std::size_t i = 0; i < expected->size(); ++i) {
      EXPECT_NEAR(days[layer][i], (*expected)[i], exactly) << layer;
    }
  }
  EXPECT_TRUE(days["from_renewal"].empty());
  EXPECT_TRUE(days["from_restoration"].empty());
}

TEST(Layers, AnswerCollapseAndRestoration) {
  std::string text(all_triggers);
  const std::string no_spread = "spread: 0,\n         collapse_rate: 1}";
  text.replace(
      text.find(no_spread), no_spread.size(),
      "spread: 1,\n         collapse_rate: 1, restoration: {probability: 1, time: 5 days}}");
  const Given given(text);
  const double first = given.incidents(103).at(0).day;
  ASSERT_LT(first, 90);
  auto days = activations(given, 103);
  ASSERT_EQ(days["from_renewal"].size(), 1U) << "it stays active, whatever triggers it again";
  EXPECT_NEAR(days["from_renewal"].front(), first + 3, exactly);
  ASSERT_EQ(days["from_restoration"].size(), 1U);
  EXPECT_NEAR(days["from_restoration"].front(), first + 8, exactly);
  EXPECT_TRUE(days["from_breakdown"].empty()) << "the breakdown became a collapse";
}

// A trigger that comes while the layer is active or on its way does nothing: crises come about
// every day (patience 1 h, breakdown 1 h), the layer takes 2 days and lasts 3.
TEST(Layers, AreNotTriggeredTwice) {
  std::string text(all_triggers);
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"rate: 0.04", "rate: 1"},
                                 {"patience: 3 days", "patience: 1 h"},
                                 {"breakdown_lasts: 1 day", "breakdown_lasts: 1 h"},
                                 {"delay: 6 h, lasts: 1 day", "delay: 2 days, lasts: 3 days"}}) {
    text.replace(text.find(from), from.size(), to);
  }
  const Given given(text);
  std::vector<double> expected;
  double dormant_from = 0.0, calm_from = 0.0;
  for (const auto& incident : given.incidents(104)) {
    if (incident.day < calm_from) continue;
    calm_from = incident.day + 2.0 / 24;
    if (incident.day < dormant_from) continue;
    if (incident.day + 2 <= 110) expected.push_back(incident.day + 2);
    dormant_from = incident.day + 5;
  }
  const auto days = activations(given, 104)["from_crisis"];
  ASSERT_GT(days.size(), 10U);
  ASSERT_EQ(days.size(), expected.size());
  for (std::size_t i = 0; i < days.size(); ++i) EXPECT_NEAR(days[i], expected[i], exactly);
}

// The hub opens on day 4. Its store takes 3 t a day and gives 1: 2 (t - 4) tonnes, from day 20 on,
// without deliveries, 32 - (t - 20). It holds 10.5 t from day 9.25 to day 41.5, seen at the ends of
// days 10 and 42.
std::string stocked(const std::string& more = "") {
  return from_the_start("100 days") + R"(
places:
  town: {at: [50, 36], country: UA}
hubs:
  town: {place: town, opens_after: 4 days, store: {capacity: 1000 t, deliveries: 3 t/day, releases: 1 t/day}}
shocks:
  stop: {at: 20 days, effects: {hubs.town.store.deliveries: {set: 0 t/day}}}
layers:
  support: {trigger: ceasefire, stock: 10.5 t, while_stocked: {sectors.line.incidents.rate: {set: 20 /day}}, )" +
         more + "}\n" + std::string(quiet_line);
}

TEST(Layers, AreStockedWhileTheStoresHoldEnough) {
  const Given given(stocked("delay: 1 day"));
  const auto incidents = given.incidents(105);
  ASSERT_GT(incidents.size(), 400U);
  EXPECT_GE(incidents.front().day, 10);
  EXPECT_LE(incidents.back().day, 42);
  EXPECT_LT(incidents.front().day, 11) << "20 a day";
  EXPECT_GT(incidents.back().day, 41);
  const auto o = given.outcome(105);
  const auto layer = given.scenario().layers.find("support");
  EXPECT_NEAR(o.layer_stocked[layer], 0.32, exactly);
  EXPECT_NEAR(o.layer_active[layer], 0.99, exactly);
  EXPECT_NEAR(o.tonnes_delivered, 48, 1e-6);
  EXPECT_NEAR(o.tonnes_released, 48, 1e-6);
}

// A layer that becomes active, or ends, while the stores are full is stocked from then, until then.
TEST(Layers, AreStockedOnlyWhileActive) {
  const Given given(stocked("delay: 15.5 days, lasts: 7.25 days"));
  const auto o = given.outcome(106);
  const auto layer = given.scenario().layers.find("support");
  EXPECT_NEAR(o.layer_stocked[layer], 0.0725, exactly);
  for (const auto& incident : given.incidents(106)) {
    EXPECT_GE(incident.day, 15.5);
    EXPECT_LE(incident.day, 22.75);
  }
}

// A hit empties the store: the effects end with it, not with the day.
TEST(Layers, AreNoLongerStockedOnceAStoreIsHit) {
  std::string text = stocked("delay: 1 day");
  const std::string store = "releases: 1 t/day}";
  text.replace(text.find(store), store.size(),
               store + ", attacks: {rate: 0.02 /day, repair: 1000 days}");
  const Given given(text);
  int tested = 0;
  for (std::uint64_t r = 0; r < 40; ++r) {
    const auto attacks = given.days_of<model::HubIsAttacked>(107, r);
    const double hit = attacks.empty() ? 1000.0 : attacks.front();
    if (hit < 10) continue;
    const double until = std::min(hit, 42.0);
    const auto o = given.outcome(107, r);
    const auto layer = given.scenario().layers.find("support");
    EXPECT_NEAR(o.layer_stocked[layer], (until - 10) / 100, exactly) << r;
    const auto incidents = given.incidents(107, r);
    for (const auto& incident : incidents) EXPECT_LE(incident.day, until);
    tested += hit < 42 ? 1 : 0;
  }
  EXPECT_GT(tested, 8);
}

// Four shocks change the hours of analysis: 2 at first, times 3 from day 100 on, plus 1 from day
// 200, set to 5 from day 300, times 0.5 from day 400; each lasts 350 days.
double hours(double day) {
  const auto in_force = [&](double from) { return day >= from && day < from + 350; };
  return (in_force(300) ? 5 : 2) * (in_force(100) ? 3 : 1) * (in_force(400) ? 0.5 : 1) +
         (in_force(200) ? 1 : 0);
}
TEST(Effects, AreTheBaseOrWhatIsSetTimesTheFactorsPlusTheTerms) {
  std::string text = one_a_day();
  text.replace(text.find("analysis: 1 h"), 13, "analysis: 2 h");
  const auto effect = [](const std::string& name, const std::string& at, const std::string& what) {
    return "  " + name + ": {at: " + at +
           " days, lasts: 350 days, effects: {verification.analysis: {" + what + "}}}\n";
  };
  text += "shocks:\n" + effect("a", "100", "times: 3") + effect("b", "200", "plus: 1 h") +
          effect("c", "300", "set: 5 h") + effect("d", "400", "times: 0.5");
  const Given given(text);
  std::vector<double> expected;
  for (const auto& incident : given.incidents(108)) {
    expected.push_back(incident.day + hours(incident.day) / 24);
  }
  std::sort(expected.begin(), expected.end());
  const auto seen = given.days_of<model::VerificationEnds>(108);
  ASSERT_GT(seen.size(), 900U);
  for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_NEAR(seen[i], expected[i], exactly);
}

// What can't be negative stays at 0, a chance stays a chance: minus 3 h of 2 h, and 0.4 plus 0.7.
TEST(Effects, KeepQuantitiesInTheirRange) {
  const Given given(one_a_day("0.4") + R"(shocks:
  fast: {at: 500 days, effects: {verification.analysis: {plus: -3 h}}}
  clear: {at: 500 days, effects: {verification.attribution.remote: {plus: 0.7}}}
  dark: {at: 700 days, effects: {verification.attribution.*: {plus: -2}}}
)");
  double before = 0, between = 0, after = 0, certain = 0, none = 0, some = 0;
  given.watch(109, 0, [&](const auto& world, double day, const auto& event) {
    const auto* ends = std::get_if<model::VerificationEnds>(&event);
    if (ends == nullptr) return;
    const auto& incident = world.incident(ends->incident);
    const double begun = in_days(incident.begun);
    EXPECT_NEAR(day - begun, begun < 500 ? 1.0 / 24 : 0, exactly);
    (begun < 500 ? before : begun < 700 ? between : after) += 1;
    (begun < 500 ? some : begun < 700 ? certain : none) += incident.attribution;
  });
  EXPECT_EQ(certain, between);
  EXPECT_EQ(none, 0);
  ASSERT_GT(after, 200);
  EXPECT_TRUE(expect_within_sigma(some / before, 0.4, std::sqrt(0.24 / before)));
}

// A star stands for any one name.
TEST(Effects, ActOnAllThatAStarStandsFor) {
  const Given given(from_the_start("100 days") + R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  a: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 10 /day}}
  b: {from: [50, 37], to: [50, 38], length: 100 km, incidents: {rate: 20 /day}}
shocks:
  all: {at: 0 days, effects: {sectors.*.incidents.rate: {times: 2}}}
  one: {at: 0 days, effects: {sectors.b.incidents.rate: {plus: 5 /day}}}
)");
  const double n = 50;
  for (const auto& [sector, rate] : {std::pair{"a", 20.0}, {"b", 45.0}}) {
    const auto counts = given.over(
        110, 50, [id = given.sector(sector)](const auto& o) { return o.incidents_by_sector[id]; });
    EXPECT_TRUE(expect_within_sigma(counts.mean().value(), rate * 100, std::sqrt(rate * 100 / n)))
        << sector;
  }
}

}  // namespace
}  // namespace truce::verification
