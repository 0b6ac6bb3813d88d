// SPDX-License-Identifier: Apache-2.0
// From incident to crisis, breakdown, collapse and restoration: survival against its law, dates by
// hand, and what a collapse does to those in place.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

double binomial_error(double p, double n) {
  return std::sqrt(p * (1 - p) / n);
}

/// `incidents` of the line and of the type, and the crisis section; nobody watches.
std::string line_in_crisis(const std::string& horizon, const std::string& rate,
                           const std::string& chance, const std::string& crisis) {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 1, grade: grave, crisis: )" +
         chance + R"(}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: )" +
         rate + " /day}}\ncrisis: {" + crisis + "}\n";
}
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
const std::string two_days =
    "patience: 2 days, defusal: 1, breakdown_lasts: 1 day, breakdown_rate: 1, collapse_rate: 1, ";

// Each incident starts a crisis with chance p = 0.02, at 0.3 a day; nobody decides, so that two
// days later comes the collapse: it survives day t with probability exp(-mu p (t - 2)).
TEST(Crisis, SurvivalIsExponentialWithoutAnswers) {
  const double rate = 0.3 * 0.02;
  const Given given(line_in_crisis("2 years", "0.3", "0.02", two_days + "spread: 1"));
  const std::uint64_t n = 4'000;
  model::BySurvivalDay held{};
  double days = 0.0;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto o = given.outcome(161, r);
    for (std::size_t i = 0; i < held.size(); ++i) held[i] += o.holds_at[i];
    days += o.ceasefire_days;
    EXPECT_EQ(o.ceasefire_holds, o.collapses == 0 ? 1 : 0);
    EXPECT_EQ(o.final_collapse, o.collapses);
    if (o.collapses > 0) {
      EXPECT_EQ(o.collapse_day, o.ceasefire_days);
    }
  }
  const auto size = static_cast<double>(n);
  for (std::size_t i = 0; i < held.size(); ++i) {
    const double survival = std::exp(-rate * (model::survival_days[i] - 2));
    EXPECT_TRUE(expect_within_sigma(held[i] / size, survival, binomial_error(survival, size)))
        << model::survival_days[i] << " days";
  }
  // Restricted mean: 2 + (1 - exp(-r T))/r with T = 731 - 2; its second moment is 2 times the
  // integral of t S(t).
  const double horizon = 731, left = horizon - 2, gone = std::exp(-rate * left);
  const double mean = 2 + (1 - gone) / rate;
  const double beyond = (1 - gone * (1 + rate * left)) / (rate * rate);  // of t exp(-r t)
  const double second = 4 + 2 * (2 * (1 - gone) / rate + beyond);
  EXPECT_TRUE(expect_within_sigma(days / size, mean, std::sqrt((second - mean * mean) / size)));
}

// Half the incidents are seen, and members decide at once and always defuse: a crisis that nobody
// has seen breaks down after its patience.
TEST(Crisis, ThatNobodySeesCannotBeDefused) {
  const std::string members = "coordination: {desks: 1000, work: 1 h, members: {lead: {response: 1 h}}}\n";
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

// Restored five days after a collapse with chance 0.6, if a fact (0.5) holds and 100 reassurance
// troops are in place, which they are from day 50 on; else it is final.
TEST(Crisis, IsRestoredByForceAndFacts) {
  const Given given(line_in_crisis("200 days", "0.02", "1",
                                   two_days +
                                       "spread: 1, restoration: {needs: [backstop], troops: 100 "
                                       "troops, probability: 0.6, time: 5 days}") +
                    R"(
facts:
  backstop: {probability: 0.5}
places:
  town: {at: [50, 36.5], country: UA}
hubs:
  town: {place: town}
contributors:
  alpha:
    pledges:
      a: {function: reassurance, troops: 100 troops, from: town, hubs: [town], notice_to_move: 50 days}
)");
  double early = 0, late = 0, late_restored = 0;
  for (std::uint64_t r = 0; r < 6'000; ++r) {
    const auto collapsed = given.outcome(166, r);
    const auto restored = given.days_of<model::CeasefireIsRestored>(166, r);
    if (!(collapsed.collapse_day < 195)) continue;  // no collapse, or restored too late to be seen
    if (collapsed.collapse_day < 50) {
      early += 1;
      EXPECT_TRUE(restored.empty()) << "without troops it is final";
      EXPECT_EQ(collapsed.final_collapse, 1);
      continue;
    }
    late += 1;
    late_restored += restored.empty() ? 0 : 1;
    if (!restored.empty()) {
      EXPECT_NEAR(restored.front(), collapsed.collapse_day + 5, exactly);
    }
  }
  ASSERT_GT(early, 1'000);
  EXPECT_TRUE(expect_within_sigma(late_restored / late, 0.3, binomial_error(0.3, late)));
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

/// Teams and guards in the country from day 3.5 on, 25 teams of 8, and analysts next door.
std::string in_place(const std::string& crisis) {
  std::string text = line_in_crisis("100 days", "0.1", "1", two_days + crisis) + R"(
places:
  town: {at: [50, 36.5], country: UA}
  base: {at: [50, 22], country: PL}
hubs:
  town: {place: town, built_from: start}
  base: {place: base, station: neighbouring, built_from: start}
contributors:
  alpha:
    pledges:
      watch: {function: monitoring, troops: 200 troops, from: town, hubs: [town], notice_to_move: 3.5 days}
      guard: {function: reassurance, troops: 300 troops, from: town, hubs: [town], notice_to_move: 3.5 days}
      desk: {function: monitoring, station: neighbouring, troops: 20 troops, from: base, hubs: [base], notice_to_move: 3.5 days}
sensors:
  eye: {swath: 100 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 25, team_size: 8 troops, sensors: {eye: 1}}
  next: {hub: base, watches: [line], teams: 2, team_size: 8 troops}
verification: {work: 1 h, analysis: 1 h, expires_after: 10 days, access_retries: 0,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)";
  return text;
}

// Twelve days after the final collapse the monitors in the country are gone; guards and those next
// door stay. From the collapse on no team in the country is at work.
TEST(Crisis, EvacuatesMonitorsAfterFinalCollapse) {
  const Given given(in_place("spread: 1, evacuation: 12 days"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(168, r);
    const double fell = replication.outcome.collapse_day;
    if (!(fell < 80) || fell < 4) continue;
    ++tested;
    for (std::size_t day = 5; day <= 100; ++day) {
      const auto at = static_cast<double>(day);
      SCOPED_TRACE("replication " + std::to_string(r) + ", day " + std::to_string(day));
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "troops.monitoring"),
                at < fell + 12 ? 220 : 20);
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "troops.reassurance"), 300);
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"), at < fell ? 27 : 2);
    }
    for (const double day : given.days_of<model::UnitWithdraws>(168, r)) {
      EXPECT_NEAR(day, fell + 12, exactly);
    }
    EXPECT_EQ(replication.outcome.pledges_withdrawn, 1);
  }
  EXPECT_GT(tested, 10);
}

// A replication may end with the collapse: later days have no values, and rates run to its end.
TEST(Crisis, EndsTheReplicationIfSoAsked) {
  const Given given(in_place("spread: 1, ends_with_collapse: true"));
  const Given goes_on(in_place("spread: 1"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(169, r);
    const auto& o = replication.outcome;
    if (!(o.collapse_day < 99)) continue;
    ++tested;
    const double fell = o.collapse_day;
    double incidents = 0.0;
    for (std::size_t day = 1; day <= 100; ++day) {
      const double today = at_end_of_day(replication.timeline, day, "incidents");
      EXPECT_EQ(std::isnan(today), static_cast<double>(day) > fell) << "day " << day;
      if (!std::isnan(today)) incidents += today;
    }
    EXPECT_GE(o.incidents, incidents);
    EXPECT_NEAR(o.incidents_per_day, o.incidents / fell, 1e-9);
    EXPECT_NEAR(o.troops_in_place, 520 * std::max(0.0, fell - 3.5) / fell, 1e-3);
    EXPECT_EQ(o.pledges_withdrawn, 0) << "nobody is seen to leave";
    double before = 0;
    for (const auto& incident : goes_on.incidents(169, r)) before += incident.day <= fell ? 1 : 0;
    EXPECT_EQ(o.incidents, before);
    EXPECT_EQ(goes_on.outcome(169, r).collapse_day, fell);
    EXPECT_TRUE(std::isnan(o.holds_at[0]) || o.holds_at[0] == (fell <= 91 ? 0 : 1));
    EXPECT_EQ(o.holds_at[0], goes_on.outcome(169, r).holds_at[0]);
  }
  EXPECT_GT(tested, 10);
}

// Restored after six days: teams are in for these days only, and out again afterwards.
TEST(Crisis, KeepsTeamsInDuringACollapse) {
  const Given given(in_place("spread: 1, restoration: {probability: 1, time: 6 days}"));
  int tested = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto replication = given.play(170, r);
    std::vector<std::pair<double, double>> spans;
    for (const double day : given.days_of<model::CeasefireIsRestored>(170, r)) {
      spans.emplace_back(day - 6, day);
    }
    if (spans.empty()) continue;
    ++tested;
    for (std::size_t day = 5; static_cast<double>(day) <= spans.back().second; ++day) {
      const auto at = static_cast<double>(day);
      const bool in = std::any_of(spans.begin(), spans.end(), [&](const auto& span) {
        return at >= span.first && at < span.second;
      });
      EXPECT_EQ(at_end_of_day(replication.timeline, day, "teams_at_work"), in ? 2 : 27)
          << "replication " << r << ", day " << day;
    }
  }
  EXPECT_GT(tested, 10);
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
