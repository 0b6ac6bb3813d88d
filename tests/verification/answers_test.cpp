// SPDX-License-Identifier: Apache-2.0
// The ladder of answers to grave cases, worked by hand: which rung, when, and why not the one
// below.
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

// Decided ten hours after the incident: seen after an hour, analysis one, desk two, members six.
// Limits count from detection.
constexpr double decided = 10.0 / 24;
std::string ladder(const std::string& rungs, std::string_view remote = "1") {
  std::string text = one_a_day(remote);
  const std::string eye = "detects: {shot: 1}";
  text.replace(text.find(eye), eye.size(), eye + ", delay: 1 h");
  return text + R"(
facts:
  sure: {probability: 1}
  lost: {probability: 0}
coordination:
  desks: 1000
  work: 2 h
  members:
    lead: {response: 6 h}
  answers:
)" + rungs +
         "shocks:" + std::string(silence);
}

double of(const Given& given, const model::By<scenario::AnswerSpec>& values,
          std::string_view rung) {
  return values[given.scenario().coordination->answers.find(rung)];
}

// Nine hours after detection the members have decided. The warning would come at 9 + 16 = 25 h, an
// hour late; the host's forces lack a fact; sanctions are given at 9 + 50 = 59 h.
TEST(Answers, AreTheLowestRungThatCanBeGivenInTime) {
  const Given given(ladder(R"(
    warning: {within: 24 h, delay: 16 h}
    forces: {within: 48 h, delay: 1 h, needs: [sure, lost]}
    sanctions: {within: 60 h, delay: 50 h, needs: [sure]}
    backstop: {within: 72 h, delay: 60 h}
)"));
  const auto o = given.outcome(81);
  ASSERT_GT(o.incidents, 800);
  EXPECT_EQ(o.decisions, o.incidents);
  EXPECT_EQ(o.answers, o.incidents);
  EXPECT_EQ(of(given, o.answers_by_rung, "sanctions"), o.incidents);
  EXPECT_EQ(of(given, o.rungs_late_by_rung, "warning"), o.incidents);
  EXPECT_EQ(o.rungs_late, o.incidents);
  EXPECT_EQ(of(given, o.rungs_without_means_by_rung, "forces"), o.incidents);
  EXPECT_EQ(o.rungs_without_means, o.incidents);
  EXPECT_EQ(o.cases_unanswered, 0);
  EXPECT_NEAR(o.answer_delay, decided + 50.0 / 24, exactly);
  EXPECT_NEAR(o.answer_delay_p90, decided + 50.0 / 24, 1e-3);
  EXPECT_EQ(o.cases_open_at_end, 0);
}

// A minute decides: 9 h + 15 h is in time, a minute more is not.
TEST(Answers, AreInTimeUpToTheLimit) {
  for (const auto& [delay, in_time] : {std::pair{"15 h", true}, {"901 min", false}}) {
    const Given given(ladder("    warning: {within: 24 h, delay: " + std::string(delay) + "}\n"));
    const auto o = given.outcome(82);
    EXPECT_EQ(o.answers, in_time ? o.incidents : 0) << delay;
    EXPECT_EQ(o.rungs_late, in_time ? 0 : o.incidents) << delay;
    EXPECT_EQ(o.cases_unanswered, in_time ? 0 : o.incidents) << delay;
    EXPECT_EQ(o.cases_open_at_end, 0);
  }
}

// Three cases in ten are attributed; only they can be answered by blame.
TEST(Answers, ThatNeedAttributionAreMissedWithoutIt) {
  const Given given(ladder(R"(
    blame: {within: 24 h, delay: 1 h, needs_attribution: true}
    protest: {within: 24 h, delay: 2 h}
)",
                           "0.3"));
  double n = 0.0, blamed = 0.0;
  for (std::uint64_t r = 0; r < 10; ++r) {
    const auto o = given.outcome(83, r);
    EXPECT_EQ(of(given, o.answers_by_rung, "blame"), o.cases_attributed);
    EXPECT_EQ(of(given, o.rungs_without_means_by_rung, "blame"), o.incidents - o.cases_attributed);
    EXPECT_EQ(of(given, o.answers_by_rung, "protest"), o.incidents - o.cases_attributed);
    n += o.incidents;
    blamed += o.cases_attributed;
  }
  EXPECT_TRUE(expect_within_sigma(blamed / n, 0.3, std::sqrt(0.3 * 0.7 / n)));
}

// Only grave cases go up the ladder.
TEST(Answers, AreForGraveCases) {
  std::string text = ladder("    warning: {within: 24 h, delay: 1 h}\n");
  text.replace(text.find("grade: grave"), 12, "grade: serious");
  const auto o = Given(text).outcome(84);
  EXPECT_EQ(o.decisions, 0);
  EXPECT_EQ(o.answers, 0);
  EXPECT_EQ(o.cases_handled, o.incidents);
}

/// 120 reassurance troops at one hub, 70 at another, from day 5 on; pledges of 60, 60 and 70.
constexpr std::string_view two_garrisons = R"(
places:
  west: {at: [49, 24], country: UA}
  east: {at: [49, 34], country: UA}
hubs:
  west: {place: west}
  east: {place: east}
contributors:
  alpha:
    pledges:
      one: {function: reassurance, troops: 120 troops, from: west, hubs: [west], contingents: 2, notice_to_move: 5 days}
      two: {function: reassurance, troops: 70 troops, from: east, hubs: [east], notice_to_move: 5 days}
)";

// Each detachment of 50 is away for 30 h: three can be out at a time (one of the nearer garrison in
// the east, two of the other), and a fourth is missed when it is decided. The rung takes 20 h, in
// which troops that were there may have gone: it is then missed on the day it was to be given, and
// the next rung, which counts from there, comes too late.
TEST(Answers, TakeTroopsFromTheNearestHubThatHasThem) {
  const Given given(ladder(R"(
    troops: {within: 40 h, delay: 20 h, troops: 50 troops, detached: 30 h}
    words: {within: 38 h, delay: 10 h}
)") + std::string(two_garrisons));
  struct Moment {
    double day;
    double incident;
    enum Kind { back, given, decided } kind;
    std::size_t hub = 0;
  };
  const auto later = [](const Moment& a, const Moment& b) { return a.day > b.day; };
  std::vector<Moment> ahead;
  const auto push = [&](const Moment& moment) {
    ahead.push_back(moment);
    std::push_heap(ahead.begin(), ahead.end(), later);
  };
  for (const auto& incident : given.incidents(85)) {
    push({incident.day + decided, incident.day, Moment::decided});
  }
  double troops[2] = {120, 70};
  double sent = 0, words = 0, late = 0, means = 0, unanswered = 0, delay = 0;
  const auto speak = [&](const Moment& now) {
    if (now.day + 10.0 / 24 - now.incident - 1.0 / 24 > 38.0 / 24) {
      late += 1;
      unanswered += 1;
      return;
    }
    words += 1;
    delay += now.day + 10.0 / 24 - now.incident;
  };
  while (!ahead.empty()) {
    std::pop_heap(ahead.begin(), ahead.end(), later);
    const Moment now = ahead.back();
    ahead.pop_back();
    const std::size_t nearest = troops[1] >= 50 ? 1 : 0;
    const bool there = now.day >= 5 && troops[nearest] >= 50;
    switch (now.kind) {
      case Moment::back:
        troops[now.hub] += 50;
        break;
      case Moment::decided:
        if (there) {
          push({now.day + 20.0 / 24, now.incident, Moment::given});
        } else {
          means += 1;
          speak(now);
        }
        break;
      case Moment::given:
        if (!there) {
          means += 1;
          speak(now);
          break;
        }
        sent += 1;
        delay += now.day - now.incident;
        troops[nearest] -= 50;
        push({now.day + 30.0 / 24, now.incident, Moment::back, nearest});
        break;
    }
  }
  const auto o = given.outcome(85);
  ASSERT_GT(means, 20) << "else nothing is tested";
  ASSERT_GT(unanswered, 0) << "troops were gone within the 20 h";
  EXPECT_EQ(of(given, o.answers_by_rung, "troops"), sent);
  EXPECT_EQ(of(given, o.answers_by_rung, "words"), words);
  EXPECT_EQ(o.rungs_without_means, means);
  EXPECT_EQ(o.rungs_late, late);
  EXPECT_EQ(o.cases_unanswered, unanswered);
  EXPECT_NEAR(o.answer_delay, delay / (sent + words), exactly);
  EXPECT_NEAR(o.troops_in_place, 190 * 995.0 / 1000, 190 * exactly) << "they are not withdrawn";
}

// An answer comes 10 h after the incident and removes 60 % of the follow-ups still to come. With
// follow-ups after an exponential time of mean 2 days, a share s = exp(-beta/2.4) of them is left
// then, so that each incident has n (1 - 0.6 s) of them: mean rate mu/(1 - n (1 - 0.6 s)).
TEST(Answers, RemoveFollowUps) {
  std::string text = ladder("    all: {within: 24 h, delay: 0 h, removes: 0.6}\n");
  const std::string rate = "incidents: {rate: 1 /day}";
  text.replace(text.find(rate), rate.size(),
               "incidents: {rate: 1 /day, branching: 0.5, decay: 0.5 /day}");
  const Given given(text);
  const double left = std::exp(-0.5 * decided);
  const double branching = 0.5 * (1 - 0.6 * left);
  double incidents = 0.0, follow_ups = 0.0, prevented = 0.0;
  const std::uint64_t n = 200;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto o = given.outcome(86, r);
    incidents += o.incidents;
    follow_ups += o.follow_up_share * o.incidents;
    prevented += o.follow_ups_prevented;
  }
  // Up to day 900 there are n x 900 baseline incidents; the total of a cluster has mean 1/(1-m) and
  // variance m/(1-m)^3 (Borel), and few follow-ups come after day 1000.
  const double clusters = 900.0 * static_cast<double>(n);
  const double m = branching;
  EXPECT_TRUE(expect_within_sigma(
      incidents, clusters / (1 - m),
      std::sqrt(clusters * (1 / ((1 - m) * (1 - m)) + m / ((1 - m) * (1 - m) * (1 - m))))));
  // Of all follow-ups that would have come, 0.6 s are prevented.
  const double removed = 0.6 * left;
  const double all = follow_ups + prevented;
  EXPECT_TRUE(
      expect_within_sigma(prevented / all, removed, std::sqrt(removed * (1 - removed) / all)));
}

// While an answer lasts, its effects are in force: from half a day after an incident on nothing
// happens for eight hours.
TEST(Answers, CarryEffectsWhileTheyLast) {
  const Given given(
      ladder("    calm: {within: 24 h, delay: 2 h, lasts: 8 h,"
             " effects: {sectors.line.incidents.rate: {times: 0}}}\n"));
  const auto incidents = given.incidents(87);
  ASSERT_GT(incidents.size(), 500U);
  // The rate without answers is 1: what is left until the next incident does not shrink while any
  // answer is in force.
  std::string plain = ladder("    calm: {within: 24 h, delay: 2 h}\n");
  const auto without = Given(plain).incidents(87);
  std::vector<std::pair<double, double>> calm;
  double stretched = 0.0;
  std::size_t next = 0;
  for (std::size_t k = 0; k < incidents.size() && incidents[k].day < 899; ++k) {
    while (next < calm.size() && calm[next].first < incidents[k].day) {
      // Intervals in force overlap: only what sticks out of the one before counts.
      const double from =
          next == 0 ? calm[0].first : std::max(calm[next].first, calm[next - 1].second);
      stretched += calm[next].second - from;
      ++next;
    }
    EXPECT_NEAR(incidents[k].day - stretched, without[k].day, 1e-5) << "incident " << k;
    calm.emplace_back(incidents[k].day + 0.5, incidents[k].day + 0.5 + 8.0 / 24);
  }
}

}  // namespace
}  // namespace truce::verification
