// SPDX-License-Identifier: Apache-2.0
// Pseudo-lengths against leaving out one by one, the test on pairs by hand, and where nothing
// differs.
#include "sim/stats/survival_difference.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/survival.hpp"

#include "tests/support/noise.hpp"

namespace truce::stats {
namespace {

using std::chrono::hours;

/// The restricted mean by Survival, of whole days and a curve that stays where the last was cut
/// off.
double restricted_mean(const std::vector<Observed>& observed, Duration tau) {
  Survival survival(tau, 1);
  Duration longest{0};
  for (const Observed& one : observed) {
    longest = std::max(longest, one.length);
    one.ended ? survival.add_end(one.length, 0) : survival.add_censored(one.length);
  }
  const Duration known = std::min(longest, tau);
  const auto point = survival.at(std::vector{known}, 0.95)[0].estimate.value();
  return point.restricted_mean + point.lasts.value * in_days(tau - known);
}

std::vector<Observed> some_observed() {
  test::Noise noise{61};
  std::vector<Observed> observed;
  for (int i = 0; i != 30; ++i) {
    const auto days = static_cast<std::int64_t>(1.0 + 8.0 * noise.exponential());
    observed.push_back({hours{24 * days}, noise.uniform() < 0.6});
  }
  observed.push_back({hours{24 * 50}, false});
  return observed;
}

TEST(PseudoLengths, AreThoseOfLeavingOutOneByOne) {
  const auto observed = some_observed();
  for (const Duration tau : {Duration{hours{24 * 12}}, Duration{hours{24 * 50}}}) {
    const auto lengths = pseudo_lengths(observed, tau).value();
    ASSERT_EQ(lengths.size(), observed.size());
    const auto n = static_cast<double>(observed.size());
    const double all = restricted_mean(observed, tau);
    for (std::size_t i = 0; i != observed.size(); ++i) {
      auto others = observed;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NEAR(lengths[i], n * all - (n - 1.0) * restricted_mean(others, tau), 1e-9) << i;
    }
  }
}

// Also where the last ones end together, and one is left over.
TEST(PseudoLengths, AtTheEndOfTheCurve) {
  const Duration tau = hours{240};
  for (const auto& last : {Observed{hours{96}, true}, Observed{hours{72}, true}}) {
    const std::vector<Observed> observed = {
        {hours{24}, true}, {hours{48}, false}, {hours{72}, true}, last};
    const auto lengths = pseudo_lengths(observed, tau).value();
    const double all = restricted_mean(observed, tau);
    for (std::size_t i = 0; i != 4; ++i) {
      auto others = observed;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      EXPECT_NEAR(lengths[i], 4.0 * all - 3.0 * restricted_mean(others, tau), 1e-12) << i;
    }
  }
}

TEST(PseudoLengths, WithoutCensoringAreTheLengths) {
  const std::vector<Observed> observed = {
      {hours{36}, true}, {hours{240}, false}, {hours{500}, true}, {hours{7}, true}};
  EXPECT_EQ(pseudo_lengths(observed, hours{240}),
            (std::vector{1.5, 10.0, 10.0, in_days(hours{7})}));
}

TEST(PseudoLengths, OfWhatIsNotKnownAreAbsent) {
  EXPECT_FALSE(pseudo_lengths({}, hours{24}));
  const std::vector<Observed> cut_off = {{hours{24}, true}, {hours{48}, false}};
  EXPECT_FALSE(pseudo_lengths(cut_off, hours{72}));
  EXPECT_TRUE(pseudo_lengths(cut_off, hours{48}));
  EXPECT_THROW(static_cast<void>(pseudo_lengths(cut_off, hours{0})), ContractViolation);
  EXPECT_THROW(
      static_cast<void>(pseudo_lengths(std::vector<Observed>{{hours{-1}, true}}, hours{2})),
      ContractViolation);
}

TEST(RestrictedMeanDifference, ByHand) {
  // Days 1, 2, 3 against 2, 4, 6 of which tau makes 2, 4, 5: differences 1, 2, 2.
  const std::vector<Observed> from = {{hours{24}, true}, {hours{48}, true}, {hours{72}, true}};
  const std::vector<Observed> to = {{hours{48}, true}, {hours{96}, true}, {hours{144}, true}};
  const auto found = restricted_mean_difference(from, to, hours{120}, 0.95).value();
  EXPECT_EQ(found.n, 3U);
  EXPECT_NEAR(found.mean, 5.0 / 3.0, 1e-12);
  EXPECT_NEAR(found.standard_error, 1.0 / 3.0, 1e-12);
  const auto same = restricted_mean_difference(from, from, hours{120}, 0.95).value();
  EXPECT_EQ(same.interval, (Interval{0.0, 0.0}));
  EXPECT_EQ(same.p, 1.0);
}

// Lengths 1, 3 against 2, 2 days, all ended. At 1: 4 at risk, of `from` 2, one of it ends. At 2: 3
// at risk, of `from` 1, two of `to` end. At 3: one of `from` alone. Ends of `to` expected: 2/4 and
// 2 x 2/3; observed 2; excess 2 - 11/6 = 1/6.
TEST(PairedLogRank, ByHand) {
  const std::vector<Observed> from = {{hours{24}, true}, {hours{72}, true}};
  const std::vector<Observed> to = {{hours{48}, true}, {hours{48}, true}};
  const auto found = paired_log_rank(from, to, hours{240}).value();
  EXPECT_EQ(found.pairs, 2U);
  EXPECT_NEAR(found.excess, 1.0 / 6.0, 1e-12);
  // What each adds: `to` 1/3 - (1/2)(1/4) - (1/3)(2/3) = -1/72, both; `from` 1/2 - 1/8 = 3/8 and
  // 0 - 1/8 - (2/3)(2/3) - 0 = -41/72: differences -28/72 and 40/72.
  EXPECT_NEAR(found.standard_error, std::sqrt(28.0 * 28.0 + 40.0 * 40.0) / 72.0, 1e-12);
  EXPECT_NEAR(found.z, 12.0 / std::sqrt(28.0 * 28.0 + 40.0 * 40.0), 1e-12);
  EXPECT_NEAR(found.p, std::erfc(found.z / std::sqrt(2.0)), 1e-12);
  const auto back = paired_log_rank(to, from, hours{240}).value();
  EXPECT_NEAR(back.excess, -found.excess, 1e-12);
  EXPECT_NEAR(back.p, found.p, 1e-12);
}

TEST(PairedLogRank, CountsEndsUpToTau) {
  const std::vector<Observed> from = {{hours{24}, true}, {hours{72}, true}};
  const std::vector<Observed> to = {{hours{48}, true}, {hours{100}, false}};
  std::vector<Observed> later = to;
  later[1] = {hours{72}, false};
  EXPECT_EQ(paired_log_rank(from, to, hours{48})->excess,
            paired_log_rank(from, later, hours{48})->excess);
  EXPECT_NE(paired_log_rank(from, to, hours{48})->excess,
            paired_log_rank(from, to, hours{47})->excess);
}

TEST(PairedLogRank, OfTheSameArms) {
  const auto observed = some_observed();
  const auto same = paired_log_rank(observed, observed, hours{24 * 50}).value();
  EXPECT_EQ(same.excess, 0.0);
  EXPECT_EQ(same.p, 1.0);
  EXPECT_FALSE(paired_log_rank({}, {}, hours{24}));
  EXPECT_THROW(static_cast<void>(paired_log_rank(observed, {}, hours{24})), ContractViolation);
}

}  // namespace
}  // namespace truce::stats
