// SPDX-License-Identifier: Apache-2.0
// Cases that wait for teams, against the theory of queues: M/M/c (Erlang C), M/D/1 and M/G/1
// (Pollaczek and Khinchine), M/M/1 with impatience (Palm), in scenarios in which every incident is
// detected at once.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/chain.hpp"
#include "tests/verification/given.hpp"
#include "tests/verification/single_server.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

constexpr std::uint64_t replications = 8;
constexpr double hours = 10'000.0 * 24.0;  // of one replication
constexpr double all_hours = static_cast<double>(replications) * hours;

/// Analysts of a remote cell; nothing is travelled.
std::string remote_cell(const std::string& rate, int teams, const std::string& analysis,
                        const std::string& patience = "1000000 days",
                        const std::string& horizon = "10000 days") {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: )" +
         rate + R"(}}
sensors:
  eye: {swath: 100 km, detects: {shot: 1}}
cells:
  remote: {watches: [line], teams: )" +
         std::to_string(teams) + R"(, sensors: {eye: 1}}
verification:
  work: 0 h
  analysis: )" +
         analysis + "\n  expires_after: " + patience + R"(
  attribution: {in_country: 1, neighbouring: 1, remote: 1}
)";
}

double erlang_c(double offered, int servers) {
  double loss = 1.0;
  for (int k = 1; k <= servers; ++k) loss = offered * loss / (k + offered * loss);
  return loss / (1 - offered / servers * (1 - loss));
}

/// The analysts of a remote cell in a neighbouring country instead: of five teams, 26 troops staff
/// three of eight.
std::string staffed_next_door(std::string text) {
  const std::string cell = "remote: {watches: [line], teams: 3,";
  const auto at = text.find(cell);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, cell.size(), "base: {hub: base, watches: [line], teams: 5,") + R"(
places:
  base: {at: [50, 22], country: PL}
hubs:
  base: {place: base, station: neighbouring, built_from: start}
contributors:
  ally:
    pledges:
      analysts: {function: monitoring, station: neighbouring, troops: 26 troops, from: base, hubs: [base]}
)";
}

void expect_mmc(const Given& given, double rate, int teams, std::uint64_t seed) {
  const Chain chain = birth_and_death(
      400, [&](std::size_t) { return rate; },
      [&](std::size_t j) { return std::min<double>(teams, static_cast<double>(j)); });
  const auto waiting = [&](std::size_t j) { return std::max(0.0, static_cast<double>(j) - teams); };
  const auto nothing = [](int) { return 0.0; };
  const double wait = erlang_c(rate, teams) / (teams - rate);
  const Earnings queue = chain.earnings(waiting, nothing);
  ASSERT_NEAR(queue.mean, rate * wait, 1e-9) << "Erlang C, and Little's law";
  const Earnings excess =
      chain.earnings(waiting, [&](int kind) { return kind == 0 ? -wait : 0.0; });
  const Earnings busy = chain.earnings(
      [&](std::size_t j) { return std::min<double>(teams, static_cast<double>(j)) / teams; },
      nothing);

  stats::Moments queues, waits, uses;
  for (std::uint64_t r = 0; r < replications; ++r) {
    const auto outcome = given.outcome(seed, r);
    queues.add(outcome.team_queue);
    waits.add(outcome.team_wait * 24);
    uses.add(outcome.team_utilisation);
  }
  EXPECT_TRUE(expect_within_sigma(queues.mean().value(), queue.mean + queue.start / hours,
                                  std::sqrt(queue.variance / all_hours)));
  EXPECT_TRUE(expect_within_sigma(waits.mean().value(), wait + excess.start / (rate * hours),
                                  std::sqrt(excess.variance / all_hours) / rate));
  EXPECT_TRUE(expect_within_sigma(uses.mean().value(), rate / teams + busy.start / hours,
                                  std::sqrt(busy.variance / all_hours)));
}

TEST(Queues, OneTeamIsAnMM1) {
  expect_mmc(Given(remote_cell("0.6 /h", 1, "{exponential: 1 h}")), 0.6, 1, 21);
}
TEST(Queues, ThreeTeamsAreAnMM3) {
  expect_mmc(Given(staffed_next_door(remote_cell("2.1 /h", 3, "{exponential: 1 h}"))), 2.1, 3, 22);
}

void expect_single_server(const Given& given, const SingleServer& theory, std::uint64_t seed) {
  const auto waits = given.over(seed, replications, [](const auto& o) { return o.team_wait * 24; });
  const double error = std::sqrt(theory.wait_variance() / (theory.rate * all_hours));
  // The start saves less than h(w) = c w^2 case-waits: below a twentieth of the standard error.
  const double saved = theory.rate / (2 * (1 - theory.load())) * theory.wait() * theory.wait();
  ASSERT_LT(saved / (theory.rate * hours), 0.05 * error);
  EXPECT_TRUE(expect_within_sigma(waits.mean().value(), theory.wait(), error));
}

TEST(Queues, ConstantAnalysisIsAnMD1) {
  expect_single_server(Given(remote_cell("0.6 /h", 1, "1 h")), constant_service(0.6, 1.0), 23);
}

TEST(Queues, GammaAnalysisIsAnMG1) {
  expect_single_server(
      Given(remote_cell("0.5 /h", 1, "{gamma: {mean: 1 h, cv: 0.7071067811865476}}")),
      gamma_service(0.5, 2.0, 1.0), 24);
}

// A team in the country is away for the way out, the work, and the way back.
TEST(Queues, InTheCountryTheServiceIsOutWorkAndBack) {
  const Given given(from_the_start("10000 days") + R"(
places:
  town: {at: [50, 36], country: UA}
hubs:
  town: {place: town, built_from: start}
contributors:
  coalition:
    pledges:
      monitors: {function: monitoring, troops: 8 troops, from: town, hubs: [town]}
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50.1, 36], to: [50.1, 36], length: 1 km, incidents: {rate: 0.56 /h}}
sensors:
  eye: {swath: 1 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 1, team_size: 8 troops, sensors: {eye: 1}}
verification:
  speed: 50 km/h
  road_factor: 1.25
  work: 30 min
  analysis: 0 h
  expires_after: 1000000 days
  attribution: {in_country: 1, neighbouring: 1, remote: 1}
)");
  const double degree_km = 6371.0088 * std::acos(-1.0) / 180.0;
  const double out = 0.1 * degree_km * 1.25 / 50.0;
  const SingleServer theory = constant_service(0.56, out + 0.5 + out);
  ASSERT_NEAR(theory.load(), 0.6, 0.01);
  expect_single_server(given, theory, 25);
  // A case is verified after its wait, the way out and the work. Every case has the same delay on
  // top of its wait, but a case still under way at the horizon counts with one of them only.
  const auto outcome = given.outcome(25);
  EXPECT_NEAR((outcome.verification_delay - outcome.team_wait) * 24, out + 0.5, 1e-4);
  const auto uses = given.over(25, replications, [](const auto& o) { return o.team_utilisation; });
  // The time busy is that of the cases served: Var of N_T service times, less the work at the end.
  EXPECT_TRUE(expect_within_sigma(uses.mean().value(), theory.load(),
                                  theory.service[0] * std::sqrt(theory.rate / all_hours)));
}

// Cases lose patience at rate 1/20 h: M/M/1 + M (Palm 1957; Garnett, Mandelbaum and Reiman 2002),
// overloaded by a half. A share theta E(queue)/lambda of cases expires.
TEST(Queues, CasesExpireLikeImpatientCustomers) {
  const double rate = 1.5, theta = 0.05;
  const Chain chain = [&] {
    std::vector<Chain::Jump> jumps;
    const std::size_t top = 150;
    for (std::size_t j = 0; j <= top; ++j) {
      jumps.push_back({j, j < top ? j + 1 : j, rate, 0});
      if (j > 0) jumps.push_back({j, j - 1, 1.0, 1});
      if (j > 1) jumps.push_back({j, j - 1, theta * static_cast<double>(j - 1), 2});
    }
    return Chain(top + 1, std::move(jumps));
  }();
  const auto idle = [](std::size_t) { return 0.0; };
  const Earnings expired = chain.earnings(idle, [](int kind) { return kind == 2 ? 1.0 : 0.0; });
  const double share = expired.mean / rate;
  ASSERT_NEAR(share, 1 - (1 - chain.probability(0)) / rate, 1e-9) << "the rest keeps the team busy";
  const Earnings excess = chain.earnings(idle, [&](int kind) {
    return kind == 2 ? 1.0 : kind == 0 ? -share : 0.0;
  });

  const Given given(remote_cell("1.5 /h", 1, "{exponential: 1 h}", "{exponential: 20 h}"));
  const auto shares =
      given.over(26, replications, [](const auto& o) { return o.cases_expired / o.cases_opened; });
  EXPECT_TRUE(expect_within_sigma(shares.mean().value(), share + excess.start / (rate * hours),
                                  std::sqrt(excess.variance / all_hours) / rate));
  // With constant patience D: lambda pi_0 exp(-(mu - lambda) D)/mu of cases expire (Barrer 1957).
  const double patience = 3.0;
  const double growth = std::exp((rate - 1) * patience);
  const double empty = 1 / (1 + rate * (growth - 1) / (rate - 1) + rate * growth);
  const double constant = rate * empty * growth;
  const Given strict(remote_cell("1.5 /h", 1, "{exponential: 1 h}", "3 h", "1000 days"));
  const auto expiring =
      strict.over(27, 40, [](const auto& o) { return o.cases_expired / o.cases_opened; });
  // The unfinished work is no finite chain: the standard error is that of 40 replications.
  EXPECT_TRUE(
      expect_within_sigma(expiring.mean().value(), constant, expiring.standard_error().value()));
}

}  // namespace
}  // namespace truce::verification
