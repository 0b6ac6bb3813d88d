// SPDX-License-Identifier: Apache-2.0
// What the parties say: true allegations open the cases that no sensor opened before, false ones
// are a Poisson process spread over the sectors like baselines.
#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr double exactly = 1e-6;  // days; times are held in milliseconds, 1.2e-8 days

/// Incidents at 1 and 3 a day in two sectors, up to day 900 of 1000; analysts for all cases, and a
/// satellite that sees a share of the incidents after five days.
std::string said(const std::string& allegations, const std::string& seen = "0") {
  return from_the_start("1000 days") + R"(
incident_types:
  shot: {share: 1, grade: minor}
  raid: {share: 1, grade: grave}
sectors:
  calm: {from: [50, 36], to: [50, 37], length: 50 km, incidents: {rate: 1 /day}}
  busy: {from: [50, 37], to: [50, 38], length: 50 km, incidents: {rate: 3 /day}, mix: {shot: 9, raid: 1}}
sensors:
  satellite: {swath: 100 km, delay: 5 days, detects: {shot: )" +
         seen + ", raid: " + seen + R"(}}
cells:
  remote: {watches: [calm, busy], teams: 1000, sensors: {satellite: 1}}
verification: {work: 1 h, analysis: 2 h, expires_after: 1000 days,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
coordination: {desks: 1000, work: 1 h}
shocks:
  silence: {at: 900 days, effects: {sectors.*.incidents.rate: {set: 0 /day}, allegations.false_rate: {set: 0 /day}}}
allegations: )" +
         allegations + "\n";
}

// Nobody else sees anything: every incident becomes a case three days later, and none is recorded.
TEST(Allegations, OpenCasesAfterTheirDelay) {
  const Given given(said("{true_share: 1, delay: 3 days}"));
  const auto o = given.outcome(141);
  ASSERT_GT(o.incidents, 3'000);
  EXPECT_EQ(o.allegations_true, o.incidents);
  EXPECT_EQ(o.cases_opened, o.incidents);
  EXPECT_EQ(o.cases_verified, o.incidents);
  EXPECT_EQ(o.cases_handled, o.incidents);
  EXPECT_NEAR(o.verification_delay, 3 + 2.0 / 24, exactly);
  EXPECT_EQ(o.recorded_violations, 0) << "no monitor logged them";
  EXPECT_EQ(o.detected_share, 0);
  EXPECT_EQ(o.allegations_false, 0);
}

TEST(Allegations, AreMadeOfAShareOfIncidents) {
  const auto o = Given(said("{true_share: 0.3, delay: 1 h}")).outcome(142);
  EXPECT_TRUE(expect_within_sigma(o.allegations_true / o.incidents, 0.3,
                                  std::sqrt(0.3 * 0.7 / o.incidents)));
}

// A satellite sees six in ten after five days. Allegations after three days come first, after
// seven they add what it has missed.
TEST(Allegations, AddWhatSensorsDoNotReportBefore) {
  const auto early = Given(said("{true_share: 1, delay: 3 days}", "0.6")).outcome(143);
  EXPECT_EQ(early.allegations_true, early.incidents);
  const auto late = Given(said("{true_share: 1, delay: 7 days}", "0.6")).outcome(143);
  ASSERT_EQ(late.incidents, early.incidents);
  EXPECT_EQ(late.detected_share, early.detected_share) << "whoever opens the case";
  EXPECT_EQ(late.cases_opened, late.incidents);
  EXPECT_NEAR(late.allegations_true, late.incidents * (1 - late.detected_share), 1e-6);
  EXPECT_TRUE(expect_within_sigma(late.detected_share, 0.6, std::sqrt(0.24 / late.incidents)));
  EXPECT_NEAR(late.verification_delay,
              5 * late.detected_share + 7 * (1 - late.detected_share) + 2.0 / 24, exactly);
}

// At 2 a day over 900 days: a Poisson count, a quarter of them in the calm sector, a tenth of those
// in the busy one about raids. They end at a desk, found to be false.
TEST(Allegations, ThatAreFalseAreAPoissonProcess) {
  const Given given(said("{false_rate: 2 /day}"));
  stats::Moments counts;
  const std::uint64_t n = 400;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto o = given.outcome(144, r);
    EXPECT_EQ(o.cases_opened, o.allegations_false);
    EXPECT_EQ(o.allegations_found_false, o.allegations_false);
    EXPECT_EQ(o.cases_verified, 0);
    EXPECT_EQ(o.cases_attributed, 0);
    EXPECT_EQ(o.cases_open_at_end, 0);
    counts.add(o.allegations_false);
  }
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), 1'800, std::sqrt(1'800.0 / n)));
  EXPECT_TRUE(expect_within_sigma(counts.variance().value(), 1'800,
                                  std::sqrt((1'800 + 2 * 1'800.0 * 1'800) / n)));
  double all = 0, calm = 0, busy_raids = 0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    given.watch(144, r, [&](const auto& world, double, const auto& event) {
      const auto* opens = std::get_if<model::CaseOpens>(&event);
      if (opens == nullptr) return;
      const auto& claim = world.incident(opens->incident);
      all += 1;
      calm += claim.sector == given.sector("calm") ? 1 : 0;
      busy_raids += claim.sector == given.sector("busy") && claim.grade == scenario::Grade::grave;
    });
  }
  EXPECT_TRUE(expect_within_sigma(calm / all, 0.25, std::sqrt(0.25 * 0.75 / all)));
  EXPECT_TRUE(expect_within_sigma(busy_raids / all, 0.075, std::sqrt(0.075 * 0.925 / all)));
}

// Alone, an allegation can't make an incident a crisis, and grave falsehoods are not decided on.
TEST(Allegations, ThatAreFalseAreNotDecidedOn) {
  std::string text = said("{false_rate: 2 /day}");
  const std::string desks = "coordination: {desks: 1000, work: 1 h}";
  text.replace(text.find(desks), desks.size(),
               "coordination: {desks: 1000, work: 1 h, members: {lead: {response: 1 h}}}");
  const auto o = Given(text).outcome(145);
  ASSERT_GT(o.allegations_false, 1'500);
  EXPECT_EQ(o.decisions, 0);
}

}  // namespace
}  // namespace truce::verification
