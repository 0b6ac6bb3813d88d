// SPDX-License-Identifier: Apache-2.0
// Intervals reported where a target is reached contain the truth as often as without stopping.
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

#include "sim/stats/moments.hpp"
#include "sim/stats/paired.hpp"
#include "sim/stats/quantile.hpp"
#include "sim/stats/sequential.hpp"

#include "tests/stats/coverage.hpp"

namespace truce::stats {
namespace {

constexpr std::uint64_t no_maximum = 1'000'000;

/// Plays until the target is reached. `Kept` has add(), which draws one replication, and look().
template <typename Kept>
Look play_until(Kept kept, const Target& target, std::uint64_t minimum) {
  std::uint64_t n = 0;
  Look look;
  unsigned in_a_row = 0;
  while (in_a_row != looks_in_a_row) {
    const std::uint64_t next = next_look(n, minimum, no_maximum).value();
    for (; n != next; ++n) kept.add();
    look = kept.look();
    in_a_row = reached(look, target) ? in_a_row + 1 : 0;
  }
  return look;
}

template <typename Draw>
struct MeanKept {
  Draw& draw;
  Moments moments;
  void add() { moments.add(draw()); }
  Look look() const { return {student_interval(moments, 0.95), moments.mean()}; }
};

/// For values of a mean and a standard deviation, targets that some replications are needed for.
template <typename Draw>
void expect_means_covered(const std::string& of, double mean, double sd, std::uint64_t minimum,
                          std::initializer_list<double> needed, Draw&& draw) {
  for (const bool relative : {false, true}) {
    for (const double n : needed) {
      const Target target{1.96 * sd / std::sqrt(n) / (relative ? mean : 1.0), relative};
      EXPECT_TRUE(
          covers(of + (relative ? " relative " : " ") + std::to_string(std::lround(n)), [&] {
            return holds(play_until(MeanKept<Draw>{draw, {}}, target, minimum).interval, mean);
          }));
    }
  }
}

TEST(CoverageAtTheStop, Means) {
  Normals normal{401};
  expect_means_covered("normal", 10.0, 3.0, least_minimum, {150.0, 500.0},
                       [&] { return 10.0 + 3.0 * normal(); });
  expect_means_covered("exponential", 1.0, 1.0, least_minimum, {150.0, 500.0},
                       [&] { return normal.uniforms().exponential(); });
}

// Cochran's rule asks for 955 replications at this skewness, to miss in no more than 6 % without
// stopping. Coverage is about that, 93.9 to 94.5 % in several 10,000 experiments; half a percent
// less is allowed. With the least minimum it is below 93 %.
TEST(CoverageAtTheStop, MeansOfLognormals) {
  Normals normal{402};
  const double mean = std::exp(0.5);
  const double sd = mean * std::sqrt(std::expm1(1.0));
  const auto draw = [&] { return std::exp(normal()); };
  const auto stops = [&](const std::string& name, const Target& target) {
    const auto contains = [&] {
      const MeanKept<decltype(draw)> kept{draw, {}};
      return holds(play_until(kept, target, usual_minimum).interval, mean);
    };
    EXPECT_TRUE(covers(name, contains, 0.935, 0.96));
  };
  stops("lognormal 400", {1.96 * sd / std::sqrt(400.0), false});
  stops("lognormal 1200", {1.96 * sd / std::sqrt(1'200.0), false});
  stops("lognormal relative 1200", {1.96 * sd / std::sqrt(1'200.0) / mean, true});
}

struct ShareKept {
  test::Noise& noise;
  double p;
  std::uint64_t n = 0;
  std::uint64_t successes = 0;
  void add() {
    ++n;
    successes += noise.uniform() < p ? 1U : 0U;
  }
  Look look() const {
    return {wilson_interval(successes, n, 0.95),
            static_cast<double>(successes) / static_cast<double>(n)};
  }
};

// At 5 % and an absolute target of some 10 successes, each look stops below a whole number of them:
// coverage is jagged as for any such rule, and one percent more is allowed on the safe side.
TEST(CoverageAtTheStop, Proportions) {
  test::Noise noise{403};
  for (const double p : {0.05, 0.5}) {
    for (const bool relative : {false, true}) {
      for (const double n : {200.0, 900.0}) {
        const double half = 1.96 * std::sqrt(p * (1.0 - p) / n);
        const Target target{relative ? half / p : half, relative};
        const std::string name = "proportion " + std::to_string(p) +
                                 (relative ? " relative " : " ") + std::to_string(std::lround(n));
        const auto contains = [&] {
          return holds(play_until(ShareKept{noise, p}, target, least_minimum).interval, p);
        };
        EXPECT_TRUE(covers(name, contains, 0.94, n * p < 15.0 ? 0.97 : 0.96));
      }
    }
  }
}

struct PairKept {
  Normals& normal;
  JointMoments joint{2};
  void add() {
    const double luck = 5.0 * normal();
    joint.add(std::array{luck + normal(), 2.0 + luck + normal()});
  }
  Look look() const {
    const auto found = paired_difference(joint, 0, 1, 0.95).value();
    return {found.interval, found.mean};
  }
};

TEST(CoverageAtTheStop, PairedDifferences) {
  Normals normal{404};
  for (const bool relative : {false, true}) {
    const double half = 1.96 * std::sqrt(2.0 / 400.0);
    const Target target{relative ? half / 2.0 : half, relative};
    EXPECT_TRUE(covers(relative ? "paired difference relative 400" : "paired difference 400", [&] {
      return holds(play_until(PairKept{normal}, target, least_minimum).interval, 2.0);
    }));
  }
}

struct MedianKept {
  test::Noise& noise;
  Quantiles quantiles;
  void add() { quantiles.add(noise.exponential()); }
  Look look() const { return {quantiles.interval(0.5, 0.95), quantiles.quantile(0.5)}; }
};

// Order statistics are conservative, and stopping where they lie close together is the reverse.
TEST(CoverageAtTheStop, Medians) {
  test::Noise noise{405};
  const double median = std::log(2.0);
  // Standard error of the median 1/2 / (density 1/2) / sqrt(n).
  const Target target{1.96 / std::sqrt(400.0), false};
  EXPECT_TRUE(covers("median 400", [&] {
    return holds(play_until(MedianKept{noise, Quantiles{}}, target, least_minimum).interval,
                 median);
  }));
}

}  // namespace
}  // namespace truce::stats
