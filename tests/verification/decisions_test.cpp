// SPDX-License-Identifier: Apache-2.0
// How long the members take to decide: the rule, absences, the commission, a hand-over of the seat.
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

std::string members(const std::string& rule, const std::vector<std::string>& responses) {
  std::string text =
      "coordination:\n  desks: 1000\n  work: 2 h\n  decision_rule: " + rule + "\n  members:\n";
  for (std::size_t i = 0; i < responses.size(); ++i) {
    text += "    m" + std::to_string(i) + ": {response: " + responses[i] + "}\n";
  }
  return text;
}

/// Mean and second moment of the time by which k of n independent exponentials are over. A set of
/// members with total rate r is silent until t with probability exp(-r t), so that by inclusion and
/// exclusion P(X_(k) > t) = sum over sets S of more than n - k members of
/// (-1)^(|S|-n+k-1) C(|S|-1, n-k) exp(-r_S t) (David and Nagaraja, Order Statistics, 2003, 5.3).
struct Moments2 {
  double first = 0.0;
  double second = 0.0;
  double deviation() const { return std::sqrt(second - first * first); }
};
Moments2 order_statistic(const std::vector<double>& means, std::size_t k) {
  const std::size_t n = means.size();
  Moments2 sum;
  for (unsigned set = 1; set < (1U << n); ++set) {
    std::size_t size = 0;
    double rate = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if ((set >> i & 1U) == 0) continue;
      ++size;
      rate += 1 / means[i];
    }
    if (size < n - k + 1) continue;
    double weight = (size - (n - k + 1)) % 2 == 0 ? 1.0 : -1.0;
    for (std::size_t j = 0; j < n - k; ++j) {  // C(size - 1, n - k)
      weight *= static_cast<double>(size - 1 - j) / static_cast<double>(j + 1);
    }
    sum.first += weight / rate;
    sum.second += weight * 2 / (rate * rate);
  }
  return sum;
}

TEST(Decisions, OrderStatisticsOfEqualExponentialsAreSumsOfSpacings) {
  // The k-th of n with mean 1: 1/n + 1/(n-1) + ... (Renyi 1953).
  EXPECT_NEAR(order_statistic({1, 1, 1, 1}, 3).first, 1.0 / 4 + 1.0 / 3 + 1.0 / 2, 1e-12);
  EXPECT_NEAR(order_statistic({2, 3}, 1).first, 1.2, 1e-12);
  EXPECT_NEAR(order_statistic({2, 3}, 2).first, 2 + 3 - 1.2, 1e-12);
}

TEST(Decisions, ByRuleTakeTheTimeOfTheirOrderStatistic) {
  const std::vector<double> three{1, 2, 4};
  const std::vector<double> four{1, 2, 4, 0.5};
  struct Claim {
    std::string rule;
    std::vector<double> means;
    std::size_t rank;
  };
  for (const auto& [rule, means, rank] :
       {Claim{"any", three, 1}, Claim{"majority", three, 2}, Claim{"all", three, 3},
        Claim{"majority", four, 3}, Claim{"all", four, 4}}) {
    std::vector<std::string> responses;
    for (const double mean : means) {
      responses.push_back("{exponential: " + std::to_string(mean) + " days}");
    }
    const Given given(one_a_day() + members(rule, responses));
    const auto theory = order_statistic(means, rank);
    double days = 0.0, n = 0.0;
    for (std::uint64_t r = 0; r < 40; ++r) {
      const auto o = given.outcome(71, r);
      days += o.decision_delay * o.decisions;
      n += o.decisions;
    }
    EXPECT_TRUE(expect_within_sigma(days / n, theory.first, theory.deviation() / std::sqrt(n)))
        << rule << " of " << means.size();
  }
}

// The lead is the one named, not the first; the others may take as long as they like.
TEST(Decisions, OfTheLeadTakeItsTime) {
  const Given given(one_a_day() + members("lead", {"9 days", "3 h"}) + "  lead: m1\n");
  const auto o = given.outcome(72);
  ASSERT_GT(o.decisions, 900);
  EXPECT_NEAR(o.decision_delay, 3.0 / 24, exactly);
  EXPECT_EQ(o.decisions_deputised, 0);
}

/// When each case's desk is done: an hour of analysis and two at the desk after the incident.
std::vector<double> at_the_desk(const Given& given, std::uint64_t seed) {
  std::vector<double> days;
  for (const auto& incident : given.incidents(seed)) days.push_back(incident.day + 3.0 / 24);
  return days;
}

// A shock takes the lead out for 300 days: a deputy takes 2.5 times as long.
TEST(Decisions, AreTakenBySlowerDeputiesWhileTheLeadIsOut) {
  const Given given(one_a_day() + members("lead", {"4 h", "1 h"}) +
                    "  deputy_slower: 2.5\nshocks:" + std::string(silence) +
                    "  fall: {at: 200 days, lasts: 300 days, members_out: [m0]}\n");
  double out = 0.0, n = 0.0;
  for (const double day : at_the_desk(given, 73)) {
    n += 1;
    out += day >= 200 && day < 500 ? 1 : 0;
  }
  const auto o = given.outcome(73);
  ASSERT_EQ(o.decisions, n);
  EXPECT_EQ(o.decisions_deputised, out);
  EXPECT_NEAR(o.decision_delay, (out * 10 + (n - out) * 4) / n / 24, exactly);
}

// Who is out is not waited for: all, majority and any are those of the rest. With everybody out the
// lead's deputy decides.
TEST(Decisions, LeaveOutMembersThatAreOut) {
  struct Claim {
    std::string rule;
    std::string out;
    double hours;  // while they are out
    double else_hours;
  };
  for (const auto& [rule, out, hours, else_hours] :
       {Claim{"all", "[m2]", 4, 8}, Claim{"any", "[m0]", 4, 2}, Claim{"majority", "[m0, m1]", 8, 4},
        Claim{"all", "[m0, m1, m2]", 2 * 3.0, 8}}) {
    const Given given(one_a_day() + members(rule, {"2 h", "4 h", "8 h"}) +
                      "  deputy_slower: 3\nshocks:" + std::string(silence) +
                      "  fall: {at: 200 days, lasts: 300 days, members_out: " + out + "}\n");
    double sum = 0.0;
    const auto desks = at_the_desk(given, 74);
    for (const double day : desks) sum += day >= 200 && day < 500 ? hours : else_hours;
    const auto o = given.outcome(74);
    EXPECT_NEAR(o.decision_delay, sum / static_cast<double>(desks.size()) / 24, exactly)
        << rule << " without " << out;
  }
}

// Nobody is blamed at first: the commission sits for two days, before the members, on each case,
// and finds the side in a quarter of them; the rung that asks for it goes to these.
TEST(Decisions, OnDisputedCasesWaitForTheCommission) {
  const Given given(
      one_a_day("0") + members("lead", {"6 h"}) +
      "  commission: {time: 2 days, attributes: 0.25}\n"
      "  answers:\n    blame: {within: 90 days, delay: 0 h, needs_attribution: true}\n"
      "shocks:" +
      std::string(silence));
  double n = 0.0, blamed = 0.0;
  for (std::uint64_t r = 0; r < 20; ++r) {
    const auto o = given.outcome(75, r);
    EXPECT_EQ(o.cases_disputed, o.incidents);
    EXPECT_NEAR(o.decision_delay, 2.25, exactly);
    EXPECT_EQ(o.answers + o.cases_unanswered, o.incidents);
    EXPECT_NEAR(o.answer_delay, 2.25 + 3.0 / 24, exactly);
    n += o.incidents;
    blamed += o.answers;
  }
  EXPECT_TRUE(expect_within_sigma(blamed / n, 0.25, std::sqrt(0.25 * 0.75 / n)));
}

// Half the cases are attributed: only the others go before the commission.
TEST(Decisions, OnAttributedCasesDoNot) {
  const Given given(one_a_day("0.5") + members("lead", {"6 h"}) +
                    "  commission: {time: 2 days, attributes: 0}\nshocks:" + std::string(silence));
  const auto o = given.outcome(76);
  ASSERT_GT(o.cases_disputed, 350);
  EXPECT_EQ(o.cases_disputed + o.cases_attributed, o.incidents);
  EXPECT_NEAR(o.decision_delay, 0.25 + 2 * o.cases_disputed / o.incidents, exactly);
}

/// The same moments with those in the pause [100, 105) moved to its end.
double after_the_pause(double day) {
  return day >= 100 && day < 105 ? 105 : day;
}

// The seat moves on day 100 and works again on day 105. Until then no desk begins a case, and
// members do not deliberate: what they had begun goes on afterwards.
TEST(Decisions, PauseWhileTheSeatIsHandedOver) {
  const Given given(one_a_day() + members("lead", {"6 h"}) +
                    "  hand_over: {at: 100 days, pause: 5 days}\nshocks:" + std::string(silence));
  std::vector<double> decided;
  double waited = 0.0, deciding = 0.0;
  for (const auto& incident : given.incidents(77)) {
    const double verified = incident.day + 1.0 / 24;
    const double begins = after_the_pause(verified);
    const double done = begins + 2.0 / 24;
    waited += begins - verified;
    // What of the six hours is left at the pause comes after it.
    double end = after_the_pause(done) + 6.0 / 24;
    if (done < 100 && end >= 100) end += 5;
    deciding += end - done;
    decided.push_back(end);
  }
  std::sort(decided.begin(), decided.end());
  const auto seen = given.days_of<model::CaseIsDecided>(77);
  ASSERT_EQ(seen.size(), decided.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    EXPECT_NEAR(seen[i], decided[i], exactly);
    EXPECT_FALSE(seen[i] > 100 && seen[i] < 105);
  }
  const auto o = given.outcome(77);
  const auto n = static_cast<double>(decided.size());
  EXPECT_NEAR(o.desk_wait, waited / n, exactly);
  EXPECT_NEAR(o.decision_delay, deciding / n, exactly);
}

}  // namespace
}  // namespace truce::verification
