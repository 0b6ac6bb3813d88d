// SPDX-License-Identifier: Apache-2.0
// From incident to crisis and breakdown: who knows of it, what defuses it, how it spreads.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"
#include "tests/verification/troubled.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

/// Analysts far away for all cases, and an eye that sees a share of the incidents after a delay.
std::string watched(const std::string& share, const std::string& delay) {
  return R"(
sensors:
  eye: {swath: 100 km, detects: {shot: )" +
         share + "}, delay: " + delay + R"(}
cells:
  remote: {watches: [line], teams: 1000, sensors: {eye: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1000 days,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)";
}
// Half the incidents are seen, and members decide at once and always defuse: a crisis that nobody
// has seen breaks down after its patience.
TEST(Crisis, ThatNobodySeesCannotBeDefused) {
  const std::string members =
      "coordination: {desks: 1000, work: 1 h, members: {lead: {response: 1 h}}}\n";
  const auto crisis = line_in_crisis("1000 days", "0.5", "1", two_days + "spread: 0");
  double crises = 0, known = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto o = Given(crisis + watched("0.5", "1 h") + members).outcome(162, r);
    // The last crisis may be on at the horizon.
    EXPECT_LE(o.crises - o.crises_defused - o.breakdowns, 1);
    EXPECT_LE(o.crises_known - o.crises_defused, 1);
    EXPECT_EQ(o.breakdowns_undecided, o.breakdowns);
    crises += o.crises;
    known += o.crises_known;
  }
  EXPECT_TRUE(expect_within_sigma(known / crises, 0.5, binomial_error(0.5, crises)));
  // None seen, or all seen too late.
  for (const auto& [share, delay] : {std::pair{"0", "1 h"}, {"1", "49 h"}}) {
    const auto o = Given(crisis + watched(share, delay) + members).outcome(162);
    ASSERT_GT(o.breakdowns, 100) << delay;
    EXPECT_EQ(o.crises_defused, 0) << delay;
    EXPECT_EQ(o.crises_known, 0) << delay;
    EXPECT_LE(o.crises - o.breakdowns, 1) << delay;
  }
  // All seen in time, but nobody decides; or decides too late.
  for (const std::string who :
       {"", "coordination: {desks: 1000, work: 1 h, members: {lead: {response: 48 h}}}\n"}) {
    const auto o = Given(crisis + watched("1", "1 h") + who).outcome(162);
    ASSERT_GT(o.crises_known, 100) << who;
    EXPECT_EQ(o.crises_defused, 0) << who;
    EXPECT_EQ(o.breakdowns_undecided, o.breakdowns) << who;
  }
  const auto all = Given(crisis + watched("1", "1 h") + members).outcome(162);
  ASSERT_GT(all.crises, 200);
  EXPECT_EQ(all.breakdowns, 0);
}

// An allegation makes a crisis known as well.
TEST(Crisis, ThatIsAllegedCanBeDefused) {
  const auto o = Given(line_in_crisis("1000 days", "0.5", "1", two_days + "spread: 0") +
                       watched("0", "1 h") + "allegations: {true_share: 1, delay: 12 h}\n" +
                       "coordination: {desks: 1, work: 1 h, members: {lead: {response: 1 h}}}\n")
                     .outcome(163);
  ASSERT_GT(o.crises, 200);
  EXPECT_EQ(o.breakdowns, 0);
  EXPECT_LE(o.crises - o.crises_defused, 1);
}

// Decisions in time defuse with 1 - (1 - p) D: p = 0.3, and D = 1 - 0.8 x 50/(50 + 50) = 0.6 by the
// troops within reach. What they don't defuse breaks down when they decide, not undecided.
TEST(Crisis, IsDefusedWithTheHelpOfDeterrence) {
  const Given given(line_in_crisis("1000 days", "1", "1",
                                   "patience: 2 days, defusal: 0.3, breakdown_lasts: 1 h, "
                                   "breakdown_rate: 1, collapse_rate: 1, spread: 0") +
                    watched("1", "1 h") + R"(
coordination: {desks: 1000, work: 1 h, members: {lead: {response: 1 h}}}
places:
  town: {at: [50, 36.5], country: UA}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: reassurance, troops: 50 troops, from: town, hubs: [town]}
deterrence:
  reassurance: {effect: 0.8, half_effect_at: 0.5 troops/km, reach: 500 km}
)");
  double decided = 0, defused = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto o = given.outcome(164, r);
    EXPECT_EQ(o.breakdowns_undecided, 0);
    decided += o.crises_defused + o.breakdowns;
    defused += o.crises_defused;
  }
  const double chance = 1 - 0.7 * 0.6;
  EXPECT_TRUE(expect_within_sigma(defused / decided, chance, binomial_error(chance, decided)));
}

// A breakdown becomes a collapse with chance 0.2, and a tenth more for each other breakdown in
// force. With two sectors of which the other one has just broken down: 0.3.
TEST(Crisis, SpreadsMoreWhileOtherSectorsHaveBrokenDown) {
  const Given given(from_the_start("60 days") + R"(
incident_types:
  shot: {share: 1, grade: grave, crisis: 1}
sectors:
  a: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 0.05 /day}}
  b: {from: [50, 37], to: [50, 38], length: 100 km, incidents: {rate: 0.05 /day}}
crisis: {patience: 1 h, defusal: 1, breakdown_lasts: 20 days, breakdown_rate: 1, collapse_rate: 1,
         spread: 0.2, spread_per_breakdown: 0.1}
)");
  double alone = 0, alone_fell = 0, second = 0, second_fell = 0;
  for (std::uint64_t r = 0; r < 4'000; ++r) {
    const auto o = given.outcome(165, r);
    // Replay: until the collapse, an incident in a calm sector breaks down an hour later.
    double until[2] = {0, 0};
    double fell = o.collapses > 0 ? o.ceasefire_days : 1000;
    for (const auto& incident : given.incidents(165, r)) {
      const std::size_t here = incident.sector == given.sector("a") ? 0 : 1;
      const double breaks = incident.day + 1.0 / 24;
      if (incident.day < until[here] || breaks > 60 || breaks > fell + exactly) continue;
      until[here] = breaks + 20;
      const bool other = until[1 - here] > breaks && until[1 - here] - 20 < breaks;
      const double now = std::abs(breaks - fell) < exactly ? 1 : 0;
      (other ? second : alone) += 1;
      (other ? second_fell : alone_fell) += now;
    }
  }
  ASSERT_GT(second, 1'000);
  EXPECT_TRUE(expect_within_sigma(alone_fell / alone, 0.2, binomial_error(0.2, alone)));
  EXPECT_TRUE(expect_within_sigma(second_fell / second, 0.3, binomial_error(0.3, second)));
}

// While a sector has broken down, or all have collapsed, baselines are so many times as high.
TEST(Crisis, RaisesTheRateWhileItLasts) {
  const Given given(from_the_start("100 days") + R"(
incident_types:
  shot: {share: 1, grade: grave}
  spark: {share: 1, grade: grave, crisis: 1}
sectors:
  first: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 0.05 /day}, mix: {spark: 1}}
  second: {from: [50, 37], to: [50, 38], length: 100 km, incidents: {rate: 10 /day}, mix: {shot: 1}}
crisis: {patience: 5 days, defusal: 1, breakdown_lasts: 10 days, breakdown_rate: 4, collapse_rate: 3,
         spread: 1, restoration: {probability: 1, time: 8 days}}
)");
  double calm = 0, calm_days = 0, fallen = 0, fallen_days = 0;
  for (std::uint64_t r = 0; r < 100; ++r) {
    std::vector<std::pair<double, double>> collapses;
    for (const double day : given.days_of<model::CeasefireIsRestored>(167, r)) {
      collapses.emplace_back(day - 8, day);
    }
    if (collapses.empty()) continue;
    const double end = collapses.back().second;
    for (const auto& incident : given.incidents(167, r)) {
      if (incident.day > end || incident.sector == given.sector("first")) continue;
      const bool in = std::any_of(collapses.begin(), collapses.end(), [&](const auto& span) {
        return incident.day > span.first && incident.day <= span.second;
      });
      (in ? fallen : calm) += 1;
    }
    fallen_days += 8 * static_cast<double>(collapses.size());
    calm_days += end - 8 * static_cast<double>(collapses.size());
  }
  ASSERT_GT(fallen_days, 1'000);
  EXPECT_TRUE(expect_within_sigma(calm / calm_days, 10, std::sqrt(10 / calm_days)));
  EXPECT_TRUE(expect_within_sigma(fallen / fallen_days, 30, std::sqrt(30 / fallen_days)));
}

// Teams that reach a sector which has broken down are turned back, whatever its access; the others
// get through. Work begins on arrival, so that what counts is the state then.
TEST(Crisis, TurnsTeamsBackWhereItHasBrokenDown) {
  std::string text = in_place("spread: 0");
  const std::string rate = "rate: 0.1 /day", lasts = "breakdown_lasts: 1 day";
  text.replace(text.find(rate), rate.size(), "rate: 2 /day");
  text.replace(text.find(lasts), lasts.size(), "breakdown_lasts: 7 days");
  const Given given(text);
  for (std::uint64_t r = 0; r < 5; ++r) {
    // A calm sector: crisis with the next incident, breakdown two days later, for seven days.
    std::vector<double> incidents;
    for (const auto& incident : given.incidents(171, r)) incidents.push_back(incident.day);
    std::vector<std::pair<double, double>> broken;
    double calm_from = 0.0;
    for (const double day : incidents) {
      if (day < calm_from) continue;
      broken.emplace_back(day + 2, day + 9);
      calm_from = day + 9;
    }
    double turned_back = 0.0, through = 0.0;
    given.watch(171, r, [&](const auto&, double day, const auto& event) {
      if (!std::holds_alternative<model::TeamArrives>(event)) return;
      const bool in = std::any_of(broken.begin(), broken.end(), [&](const auto& span) {
        return day > span.first && day < span.second;
      });
      (in ? turned_back : through) += 1;
    });
    const auto o = given.outcome(171, r);
    ASSERT_GT(turned_back, 50);
    ASSERT_GT(through, 10);
    EXPECT_EQ(o.access_denials, turned_back) << r;
    EXPECT_EQ(o.cases_denied, turned_back) << r;
    EXPECT_EQ(o.collapses, 0);
  }
}

}  // namespace
}  // namespace truce::verification
