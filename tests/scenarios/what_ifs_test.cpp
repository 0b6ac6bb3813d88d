// SPDX-License-Identifier: Apache-2.0
// What-ifs on the Paris case: each moves the outcomes that its head claims, on the same luck as the
// base case and beyond noise; and the base case counts violations as missions have counted them.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/paired.hpp"
#include "tests/verification/given.hpp"

namespace truce::scenario {
namespace {

using test::difference;
using test::Played;

constexpr std::uint64_t seed = 1;

Node file(const std::string& name) {
  return load(std::string(TRUCE_SCENARIOS_FOLDER) + "/" + name + ".yaml");
}

/// A direction that must be clear, or one that must not be the wrong one beyond noise.
enum class Way { up, down, never_up, never_down };
struct Claim {
  std::string column;
  Way way;
};
struct WhatIf {
  std::string name;
  std::uint64_t replications;  ///< as many as show its claims
  std::vector<Claim> claims;
};

// Claims whose difference takes more replications than a test can wait for must not go the wrong
// way; their heads and scenarios/README.md have them from longer runs.
const std::vector<WhatIf>& what_ifs() {
  using enum Way;
  static const std::vector<WhatIf> all{
      {"no-backstop",
       160,
       {{"final_collapse", up},
        {"ceasefire_days", never_up},
        {"crises_defused", down},
        {"answers.coordinated_response", down}}},
      {"german-in-country",
       160,
       {{"verified_share", never_down},
        {"attributed_share", never_down},
        {"troops_in_place.rzeszow", down}}},
      {"hubs-late",
       30,
       {{"troops_at.90", down},
        {"initial_capability_day", up},
        {"detected_share", down},
        {"verified_share", down}}},
      {"donbas-settled",
       100,
       {{"incidents_per_day", down}, {"breakdowns", down}, {"ceasefire_days", never_down}}},
      {"donbas-open", 160, {{"incidents.donetsk_pokrovsk", up}, {"breakdowns", up}}},
      {"lead-steps-back", 70, {{"decision_delay", up}, {"answers", down}, {"breakdowns", up}}},
      {"lean", 30, {{"detected_share", up}, {"attributed_share", down}, {"cost.monitoring", down}}},
      {"larger-force",
       40,
       {{"troops_in_place", up},
        {"cost", up},
        {"sustainment_gap", up},
        {"ceasefire_days", never_up},
        {"ceasefire_days", never_down}}},
      {"france-britain-alone",
       30,
       {{"full_capability", down}, {"teams_at_work", down}, {"attributed_share", down}}},
  };
  return all;
}

TEST(WhatIfs, MoveWhatTheyClaim) {
  const Played base(file("paris-2026"), seed, 160);
  for (const auto& what_if : what_ifs()) {
    const Played played(file("paris-2026." + what_if.name), seed, what_if.replications);
    for (const auto& [column, way] : what_if.claims) {
      const auto moved = difference(base, played, column);
      const double t = moved.t();
      const bool holds = way == Way::up         ? t > 3
                         : way == Way::down     ? t < -3
                         : way == Way::never_up ? t < 3
                                                : t > -3;
      EXPECT_TRUE(holds) << what_if.name << ": " << column << " moves by " << moved.mean
                         << ", t = " << t << " over " << moved.pairs;
    }
    if (what_if.name == "no-backstop") {
      EXPECT_EQ(played.mean("answers.coordinated_response"), 0);
      EXPECT_EQ(played.mean("restorations"), 0);
    }
    if (what_if.name == "france-britain-alone") {
      EXPECT_EQ(played.mean("full_capability"), 0);
    }
  }
}

/// Daily counts as missions publish them: how spread out, and how much a day tells of the next.
struct Counts {
  double dispersion = 0.0;   ///< k of the negative binomial with their mean and variance
  double persistence = 0.0;  ///< correlation of log(1 + count) from one day to the next
  double factor = 0.0;       ///< median factor between one day and the next
};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.at(values.size() / 2);
}

Counts counts(const std::vector<double>& days) {
  stats::Moments moments, logs;
  for (const double count : days) {
    moments.add(count);
    logs.add(std::log1p(count));
  }
  const double mean = moments.mean().value();
  const auto deviation = [&](std::size_t day) {
    return std::log1p(days[day]) - logs.mean().value();
  };
  double together = 0.0;
  std::vector<double> factors;
  for (std::size_t day = 1; day < days.size(); ++day) {
    together += deviation(day) * deviation(day - 1);
    factors.push_back(std::exp(std::abs(deviation(day) - deviation(day - 1))));
  }
  return {mean * mean / (moments.variance().value() - mean),
          together / (static_cast<double>(days.size() - 1) * logs.variance().value()),
          median(factors)};
}

// Three months of daily counts half a year after the ceasefire, as often as it lasts so long. The
// daily reports of the OSCE's Special Monitoring Mission of 2020 to 2022 have k from 0.9 to 1.9, a
// lag-1 correlation of log counts of 0.2 in normal times and 0.4 in escalation, and a median factor
// of 1.8 from one day to the next. Poisson counts would have k beyond 100.
TEST(Paris, CountsViolationsAsMissionsHave) {
  constexpr std::size_t first = 200, days = 90;
  std::vector<double> dispersion, persistence, factor;
  const Played base(file("paris-2026"), seed, 60);
  for (const auto& timeline : base.timelines()) {
    std::vector<double> window;
    for (std::size_t day = first; day < first + days; ++day) {
      window.push_back(verification::at_end_of_day(timeline, day, "recorded_violations"));
    }
    if (std::isnan(window.back())) continue;  // ended by a final collapse
    const Counts seen = counts(window);
    dispersion.push_back(seen.dispersion);
    persistence.push_back(seen.persistence);
    factor.push_back(seen.factor);
  }
  ASSERT_GT(dispersion.size(), 30U);
  EXPECT_GT(median(dispersion), 0.6);
  EXPECT_LT(median(dispersion), 2.5);
  EXPECT_GT(median(persistence), 0.2);
  EXPECT_LT(median(persistence), 0.4);
  EXPECT_GT(median(factor), 1.5);
  EXPECT_LT(median(factor), 2.2);
}

}  // namespace
}  // namespace truce::scenario
