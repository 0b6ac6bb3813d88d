// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/survival_difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

void check_observed(std::span<const Observed> observed, Duration tau) {
  TRUCE_EXPECT(tau > Duration{0}, "a restricted mean reaches to a time after the start");
  TRUCE_EXPECT(
      std::ranges::all_of(observed, [](const Observed& one) { return one.length >= Duration{0}; }),
      "nothing lasts less than no time");
}

/// What is seen of it up to `tau`.
Observed up_to(const Observed& observed, Duration tau) {
  return observed.length > tau ? Observed{tau, false} : observed;
}

/// What happens at one length, in order of length.
struct Instant {
  Duration at{0};
  std::uint64_t ended = 0;
  std::uint64_t censored = 0;
  std::uint64_t at_risk = 0;
};

std::vector<Instant> instants_of(std::span<const Observed> observed, Duration tau) {
  std::vector<Observed> sorted;
  for (const Observed& one : observed) sorted.push_back(up_to(one, tau));
  std::ranges::sort(sorted, {}, &Observed::length);
  std::vector<Instant> instants;
  std::uint64_t at_risk = sorted.size();
  for (const Observed& one : sorted) {
    if (instants.empty() || instants.back().at != one.length) {
      instants.push_back({one.length, 0, 0, at_risk});
    }
    ++(one.ended ? instants.back().ended : instants.back().censored);
    --at_risk;
  }
  return instants;
}

std::size_t place_of(const std::vector<Instant>& instants, Duration length) {
  const auto found = std::ranges::lower_bound(instants, length, {}, &Instant::at);
  return static_cast<std::size_t>(found - instants.begin());
}

/// The share that stays when `ended` of `at_risk` end; all of nobody.
double stays(std::uint64_t ended, std::uint64_t at_risk) {
  if (at_risk == 0) return 1.0;
  return std::max(0.0, 1.0 - static_cast<double>(ended) / static_cast<double>(at_risk));
}

/// The restricted mean, and what it would be without one of those that ended or were censored at
/// each instant. Without i the curve has one fewer at risk before, and is parallel to that of all
/// afterwards: one pass forwards and one backwards give all.
struct LeftOut {
  double mean = 0.0;             ///< with all [days]
  std::vector<double> ended;     ///< without one that ended, by instant [days]
  std::vector<double> censored;  ///< without one censored
};

LeftOut leave_out(const std::vector<Instant>& instants, Duration tau) {
  const std::size_t size = instants.size();
  std::vector<double> after(size);  // days from the instant to tau, for one who lasts beyond it
  for (std::size_t j = size; j-- > 0;) {
    const bool last = j + 1 == size;
    after[j] = last ? in_days(tau - instants[j].at)
                    : in_days(instants[j + 1].at - instants[j].at) +
                          stays(instants[j + 1].ended, instants[j + 1].at_risk) * after[j + 1];
  }
  LeftOut result;
  result.mean = in_days(instants[0].at) + stays(instants[0].ended, instants[0].at_risk) * after[0];
  double before = 0.0;  // days up to the instant, with one fewer at risk
  double lasts = 1.0;   // chance of lasting beyond the instant before
  Duration previous{0};
  for (const Instant& instant : instants) {
    before += lasts * in_days(instant.at - previous);
    const double rest = lasts * after[result.ended.size()];
    const std::uint64_t others = instant.at_risk - 1;
    result.ended.push_back(before +
                           rest * stays(instant.ended == 0 ? 0 : instant.ended - 1, others));
    result.censored.push_back(before + rest * stays(instant.ended, others));
    lasts *= stays(instant.ended, others);
    previous = instant.at;
  }
  return result;
}

}  // namespace

std::optional<std::vector<double>> pseudo_lengths(std::span<const Observed> observed,
                                                  Duration tau) {
  check_observed(observed, tau);
  if (observed.empty()) return std::nullopt;
  std::vector<double> lengths;
  const auto cut_off = [&](const Observed& one) { return !one.ended && one.length < tau; };
  if (std::ranges::none_of(observed, cut_off)) {
    for (const Observed& one : observed) lengths.push_back(in_days(std::min(one.length, tau)));
    return lengths;
  }
  const auto instants = instants_of(observed, tau);
  if (instants.back().at < tau && instants.back().censored > 0) return std::nullopt;
  const LeftOut without = leave_out(instants, tau);
  const auto n = static_cast<double>(observed.size());
  for (const Observed& one : observed) {
    const Observed seen = up_to(one, tau);
    const std::size_t place = place_of(instants, seen.length);
    const double left = (seen.ended ? without.ended : without.censored)[place];
    lengths.push_back(n * without.mean - (n - 1.0) * left);
  }
  return lengths;
}

std::optional<PairedDifference> restricted_mean_difference(std::span<const Observed> from,
                                                           std::span<const Observed> to,
                                                           Duration tau, double level) {
  TRUCE_EXPECT(from.size() == to.size(), "pairs have an observation in either arm");
  const auto in_from = pseudo_lengths(from, tau);
  const auto in_to = pseudo_lengths(to, tau);
  if (!in_from || !in_to) return std::nullopt;
  JointMoments joint(2);
  for (std::size_t i = 0; i < from.size(); ++i) joint.add(std::array{(*in_from)[i], (*in_to)[i]});
  return paired_difference(joint, 0, 1, level);
}

std::optional<PairedLogRank> paired_log_rank(std::span<const Observed> from,
                                             std::span<const Observed> to, Duration tau) {
  TRUCE_EXPECT(from.size() == to.size(), "pairs have an observation in either arm");
  check_observed(from, tau);
  check_observed(to, tau);
  if (from.empty()) return std::nullopt;
  std::vector<Observed> all(from.begin(), from.end());
  all.insert(all.end(), to.begin(), to.end());
  const auto instants = instants_of(all, tau);
  const auto of_from = instants_of(from, tau);
  const auto of_to = instants_of(to, tau);
  const auto at_risk = [](const std::vector<Instant>& arm, Duration at) {
    const std::size_t place = place_of(arm, at);
    return place < arm.size() ? static_cast<double>(arm[place].at_risk) : 0.0;
  };
  // By instant: the share of the other arm among those at risk, and its integral over the hazard of
  // all up to then.
  struct Weight {
    double share = 0.0;
    double expected = 0.0;
  };
  std::vector<Weight> for_from, for_to;
  Weight sum_from, sum_to;
  for (const Instant& instant : instants) {
    const auto risk = static_cast<double>(instant.at_risk);
    const double hazard = static_cast<double>(instant.ended) / risk;
    sum_from.share = at_risk(of_to, instant.at) / risk;
    sum_to.share = at_risk(of_from, instant.at) / risk;
    sum_from.expected += sum_from.share * hazard;
    sum_to.expected += sum_to.share * hazard;
    for_from.push_back(sum_from);
    for_to.push_back(sum_to);
  }
  const auto added = [&](const Observed& one, const std::vector<Weight>& weights) {
    const Observed seen = up_to(one, tau);
    const Weight& weight = weights[place_of(instants, seen.length)];
    return (seen.ended ? weight.share : 0.0) - weight.expected;
  };
  PairedLogRank result;
  result.pairs = from.size();
  double variance = 0.0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const double difference = added(to[i], for_to) - added(from[i], for_from);
    result.excess += difference;
    variance += difference * difference;
  }
  result.standard_error = std::sqrt(variance);
  if (variance > 0.0) result.z = result.excess / result.standard_error;
  result.p = std::erfc(std::abs(result.z) / std::numbers::sqrt2);
  return result;
}

}  // namespace truce::stats
