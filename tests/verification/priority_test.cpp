// SPDX-License-Identifier: Apache-2.0
// Grave cases before serious before minor, at teams and at desks, against Cobham's formula.
//
// With exponential service of mean 1, c servers, and the load s_k of class k and those above it,
//     W_k = C / (c (1 - s_{k-1}) (1 - s_k)),
// C the chance that all servers are busy (Cobham, Operations Research 2 (1954), 70; for several
// servers also Kella and Yechiali, Naval Research Logistics 32 (1985), 97).
#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/chain.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr std::size_t classes = 3;
using ByClass = std::array<double, classes>;  // grave, serious, minor

/// Queues of three classes before c servers of rate 1; jumps of kind k are arrivals of class k.
class PriorityQueue {
 public:
  PriorityQueue(const ByClass& rates, std::size_t servers, std::array<std::size_t, classes> room)
      : rates_(rates), servers_(servers), room_(room), chain_(states(), jumps()) {}

  double wait(std::size_t k) const {
    const auto c = static_cast<double>(servers_);
    double above = 0.0;
    for (std::size_t i = 0; i < k; ++i) above += rates_[i] / c;
    return all_busy() / (c * (1 - above) * (1 - above - rates_[k] / c));
  }
  /// Cases of class k that wait, less the wait W_k for each that arrives.
  Earnings excess(std::size_t k) const {
    return chain_.earnings([&](std::size_t state) { return queue(state)[k]; },
                           [&](int kind) { return kind == static_cast<int>(k) ? -wait(k) : 0.0; });
  }

 private:
  std::size_t states() const { return servers_ + (room_[0] + 1) * (room_[1] + 1) * (room_[2] + 1); }
  // States 0..c-1: so many servers busy, nobody waits. Then all are busy.
  std::size_t state(const std::array<std::size_t, classes>& q) const {
    return servers_ + (q[0] * (room_[1] + 1) + q[1]) * (room_[2] + 1) + q[2];
  }
  ByClass queue(std::size_t state) const {
    if (state < servers_) return {};
    const std::size_t at = state - servers_;
    return {static_cast<double>(at / (room_[2] + 1) / (room_[1] + 1)),
            static_cast<double>(at / (room_[2] + 1) % (room_[1] + 1)),
            static_cast<double>(at % (room_[2] + 1))};
  }
  double all_busy() const {
    double sum = 0.0;
    for (std::size_t s = servers_; s < states(); ++s) sum += chain_.probability(s);
    return sum;
  }
  std::vector<Chain::Jump> jumps() const {
    std::vector<Chain::Jump> jumps;
    for (std::size_t busy = 0; busy < servers_; ++busy) {
      const std::size_t more = busy + 1 < servers_ ? busy + 1 : state({});
      for (std::size_t k = 0; k < classes; ++k) {
        jumps.push_back({busy, more, rates_[k], static_cast<int>(k)});
      }
      if (busy > 0) jumps.push_back({busy, busy - 1, static_cast<double>(busy), -1});
    }
    std::array<std::size_t, classes> q{};
    for (q[0] = 0; q[0] <= room_[0]; ++q[0]) {
      for (q[1] = 0; q[1] <= room_[1]; ++q[1]) {
        for (q[2] = 0; q[2] <= room_[2]; ++q[2]) add(q, jumps);
      }
    }
    return jumps;
  }
  void add(const std::array<std::size_t, classes>& q, std::vector<Chain::Jump>& jumps) const {
    for (std::size_t k = 0; k < classes; ++k) {
      auto more = q;
      if (q[k] < room_[k]) ++more[k];
      jumps.push_back({state(q), state(more), rates_[k], static_cast<int>(k)});
    }
    auto fewer = q;
    std::size_t next = servers_ - 1;
    for (std::size_t k = 0; k < classes; ++k) {
      if (q[k] == 0) continue;
      --fewer[k];
      next = state(fewer);
      break;
    }
    jumps.push_back({state(q), next, static_cast<double>(servers_), -1});
  }

  ByClass rates_;
  std::size_t servers_;
  std::array<std::size_t, classes> room_;
  Chain chain_;
};

/// Three grades with shares 1 : 2 : 2, detected at once by a remote cell.
std::string three_grades(const std::string& rate, int teams, const std::string& analysis) {
  return from_the_start("10000 days") + R"(
incident_types:
  raid: {share: 0.2, grade: grave}
  shelling: {share: 0.4, grade: serious}
  shot: {share: 0.4, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: )" +
         rate + R"(}}
sensors:
  eye: {swath: 100 km, detects: {raid: 1, shelling: 1, shot: 1}}
cells:
  remote: {watches: [line], teams: )" +
         std::to_string(teams) + R"(, sensors: {eye: 1}}
verification:
  work: 0 h
  expires_after: 1000000 days
  attribution: {in_country: 1, neighbouring: 1, remote: 1}
  analysis: )" +
         analysis + "\n";
}

template <class Waits>
void expect_cobham(const Given& given, const PriorityQueue& theory, const ByClass& rates,
                   std::uint64_t seed, Waits waits_of) {
  constexpr std::uint64_t replications = 8;
  const double hours = given.days() * 24;
  std::array<stats::Moments, classes> waits;
  for (std::uint64_t r = 0; r < replications; ++r) {
    const model::ByGrade by_grade = waits_of(given.outcome(seed, r));
    for (std::size_t k = 0; k < classes; ++k) waits[k].add(by_grade[classes - 1 - k] * 24);
  }
  for (std::size_t k = 0; k < classes; ++k) {
    const Earnings excess = theory.excess(k);
    ASSERT_NEAR(excess.mean, 0.0, 1e-6) << "the chain has Cobham's mean";
    EXPECT_TRUE(expect_within_sigma(
        waits[k].mean().value(), theory.wait(k) + excess.start / (rates[k] * hours),
        std::sqrt(excess.variance / (hours * static_cast<double>(replications))) / rates[k]))
        << "class " << k;
  }
}

TEST(Priority, AtTwoTeams) {
  const ByClass rates{0.24, 0.48, 0.48};
  const PriorityQueue theory(rates, 2, {9, 18, 36});
  expect_cobham(Given(three_grades("1.2 /h", 2, "{exponential: 1 h}")), theory, rates, 31,
                [](const model::Outcome& o) { return o.team_wait_by_grade; });
}

TEST(Priority, AtOneDesk) {
  const ByClass rates{0.12, 0.24, 0.24};
  const PriorityQueue theory(rates, 1, {9, 18, 36});
  const Given given(three_grades("0.6 /h", 1, "0 h") +
                    "coordination: {desks: 1, work: {exponential: 1 h}}\n");
  expect_cobham(given, theory, rates, 32,
                [](const model::Outcome& o) { return o.desk_wait_by_grade; });
}

}  // namespace
}  // namespace truce::verification
