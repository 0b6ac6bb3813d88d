// SPDX-License-Identifier: Apache-2.0
// Designs of points: strata hold what they must, trajectories change one input at a time, and
// integrals come out closer than on independent points.
#include "sim/random/points.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/random/stream.hpp"

#include "tests/support/statistics.hpp"

namespace truce::random {
namespace {

/// How many points lie in each of `parts` equal strata of a column.
std::vector<int> counts_in(const Points& points, std::size_t column, std::size_t parts) {
  std::vector<int> counts(parts);
  for (std::size_t r = 0; r < points.rows; ++r) {
    ++counts[static_cast<std::size_t>(points.at(r, column) * static_cast<double>(parts))];
  }
  return counts;
}

bool inside(const Points& points) {
  return std::ranges::all_of(points.values, [](double u) { return u > 0.0 && u < 1.0; });
}

TEST(LatinHypercube, HasOnePointInEachStratumOfEachColumn) {
  const Points points = latin_hypercube(37, 5, 3);
  ASSERT_EQ(points.values.size(), 37U * 5U);
  EXPECT_TRUE(inside(points));
  for (std::size_t c = 0; c < 5; ++c) {
    EXPECT_EQ(counts_in(points, c, 37), std::vector<int>(37, 1));
    EXPECT_EQ(points.column(c)[7], points.row(7)[c]);
  }
}

TEST(LatinHypercube, IsRandomWithinTheStratumAndInItsOrder) {
  double sum = 0.0, square = 0.0, product = 0.0;
  constexpr std::size_t n = 10'000;
  const Points points = latin_hypercube(n, 2, 11);
  for (std::size_t r = 0; r < n; ++r) {
    const double place = points.at(r, 0) * n - std::floor(points.at(r, 0) * n) - 0.5;
    sum += place;
    square += place * place;
    product += 12.0 * (points.at(r, 0) - 0.5) * (points.at(r, 1) - 0.5);
  }
  EXPECT_TRUE(test::expect_within_sigma(sum / n, 0.0, std::sqrt(1.0 / 12.0 / n)));
  EXPECT_TRUE(test::expect_within_sigma(square / n, 1.0 / 12.0, std::sqrt(1.0 / 180.0 / n)));
  EXPECT_TRUE(test::expect_within_sigma(product / n, 0.0, 1.0 / std::sqrt(n)));
}

TEST(LatinHypercube, KeepsAColumnWhenOthersCome) {
  const std::vector<std::string> few{"rate", "delay"}, more{"range", "delay", "rate"};
  const Points a = latin_hypercube(16, few, 5), b = latin_hypercube(16, more, 5);
  EXPECT_EQ(a.column(0), b.column(2));
  EXPECT_EQ(a.column(1), b.column(1));
  EXPECT_NE(a.column(0), a.column(1));
  EXPECT_NE(a.values, latin_hypercube(16, few, 6).values);
  EXPECT_EQ(latin_hypercube(16, 2, 5).column(1), latin_hypercube(16, 3, 5).column(1));
}

// Sobol's sequence in two dimensions is a (0,2)-sequence: of 2^m points, each box of volume 2^-m
// with sides that are powers of two holds one. Scrambling keeps that.
TEST(Sobol, PointsStayANetInTwoDimensions) {
  constexpr unsigned m = 8;
  for (const std::uint64_t seed : {1U, 2U, 99U}) {
    const Points points = sobol(std::size_t{1} << m, 2, seed);
    EXPECT_TRUE(inside(points));
    for (unsigned k = 0; k <= m; ++k) {
      const double wide = std::exp2(k), high = std::exp2(m - k);
      std::set<std::pair<double, double>> boxes;
      for (std::size_t r = 0; r < points.rows; ++r) {
        boxes.emplace(std::floor(points.at(r, 0) * wide), std::floor(points.at(r, 1) * high));
      }
      EXPECT_EQ(boxes.size(), points.rows) << "boxes " << k;
    }
  }
}

TEST(Sobol, EachColumnIsStratifiedAndEachBlockToo) {
  const Points points = sobol(512, 60, 4);
  for (std::size_t c = 0; c < 60; ++c) {
    EXPECT_EQ(counts_in(points, c, 512), std::vector<int>(512, 1)) << "column " << c;
    Points second{256, 1, {}};
    for (std::size_t r = 256; r < 512; ++r) second.values.push_back(points.at(r, c));
    EXPECT_EQ(counts_in(second, 0, 256), std::vector<int>(256, 1)) << "column " << c;
  }
}

TEST(Sobol, FewerPointsAndColumnsBeginTheMore) {
  const Points few = sobol(100, 3, 8), more = sobol(200, 5, 8);
  for (std::size_t r = 0; r < few.rows; ++r) {
    for (std::size_t c = 0; c < few.columns; ++c) EXPECT_EQ(few.at(r, c), more.at(r, c));
  }
  EXPECT_NE(few.values, sobol(100, 3, 9).values);
}

// The scramble of one point is uniform, and its bits at one level do not hang on those above:
// over seeds, mean and variance of a coordinate, and no correlation of two points that part at the
// first bit.
TEST(Sobol, ScrambledPointsAreUniformOverSeeds) {
  constexpr int seeds = 20'000;
  double sum = 0.0, square = 0.0, product = 0.0, low_bits = 0.0;
  for (int s = 0; s < seeds; ++s) {
    const Points points = sobol(4, 1, static_cast<std::uint64_t>(s));
    const double u = points.at(0, 0) - 0.5;
    sum += u;
    square += u * u;
    const auto in_half = [&](std::size_t r) { return std::fmod(2.0 * points.at(r, 0), 1.0) - 0.5; };
    product += in_half(0) * in_half(1);
    const double deep = points.at(2, 0) * 0x1p40;
    low_bits += deep - std::floor(deep) - 0.5;
  }
  EXPECT_TRUE(test::expect_within_sigma(sum / seeds, 0.0, std::sqrt(1.0 / 12.0 / seeds)));
  EXPECT_TRUE(
      test::expect_within_sigma(square / seeds, 1.0 / 12.0, std::sqrt(1.0 / 180.0 / seeds)));
  EXPECT_TRUE(test::expect_within_sigma(product / seeds, 0.0, 1.0 / 12.0 / std::sqrt(seeds)));
  EXPECT_TRUE(test::expect_within_sigma(low_bits / seeds, 0.0, std::sqrt(1.0 / 12.0 / seeds)));
}

/// Variance over seeds of the mean of prod (1 + (x_c - 1/2)) over points, of which the truth is 1.
template <class Design>
double mean_square_error(Design&& design) {
  double sum = 0.0;
  constexpr int seeds = 50;
  for (int s = 0; s < seeds; ++s) {
    const Points points = design(static_cast<std::uint64_t>(s));
    double mean = 0.0;
    for (std::size_t r = 0; r < points.rows; ++r) {
      double product = 1.0;
      for (const double u : points.row(r)) product *= 0.5 + u;
      mean += product / static_cast<double>(points.rows);
    }
    sum += (mean - 1.0) * (mean - 1.0);
  }
  return sum / seeds;
}

// On n independent points the mean square error is ((13/12)^4 - 1) / n. That of the main effects,
// 4/12 of it, goes with a Latin hypercube (Stein, Technometrics 29, 1987); nearly all of it with a
// scrambled net (Owen, Ann. Statist. 25, 1997).
TEST(Designs, IntegrateBetterThanIndependentPoints) {
  constexpr std::size_t n = 512;
  const double plain = (std::pow(13.0 / 12.0, 4) - 1.0) / n;
  const double interactions = plain - 4.0 / 12.0 / n;
  const double latin = mean_square_error([](auto seed) { return latin_hypercube(n, 4, seed); });
  const double net = mean_square_error([](auto seed) { return sobol(n, 4, seed); });
  EXPECT_TRUE(test::expect_within_sigma(latin, interactions, interactions * std::sqrt(2.0 / 50)));
  EXPECT_LT(net, plain / 200.0);
}

TEST(Morris, EachStepMovesOneInputAndEachInputMovesOnce) {
  constexpr std::size_t trajectories = 30, factors = 6, levels = 4;
  const auto design = morris(trajectories, factors, levels, 2);
  ASSERT_EQ(design.points.rows, trajectories * (factors + 1));
  ASSERT_EQ(design.steps.size(), trajectories * factors);
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::set<std::size_t> moved;
    for (std::size_t s = 0; s < factors; ++s) {
      const auto before = design.points.row(t * (factors + 1) + s);
      const auto after = design.points.row(t * (factors + 1) + s + 1);
      const auto& step = design.steps[t * factors + s];
      moved.insert(step.factor);
      EXPECT_DOUBLE_EQ(std::abs(step.by), 4.0 / 6.0);
      for (std::size_t f = 0; f < factors; ++f) {
        EXPECT_NEAR(after[f] - before[f], f == step.factor ? step.by : 0.0, 1e-15);
        EXPECT_NEAR(std::remainder(after[f], 1.0 / 3.0), 0.0, 1e-15);
        EXPECT_TRUE(after[f] >= 0.0 && after[f] <= 1.0);
      }
    }
    EXPECT_EQ(moved.size(), factors);
  }
}

// All levels, both directions and all orders are equally likely.
TEST(Morris, StartsAnywhereInAnyOrder) {
  constexpr std::size_t trajectories = 6'000;
  const auto design = morris(trajectories, 3, 6, 7);
  std::vector<double> level(6), first(3);
  double up = 0.0;
  for (std::size_t t = 0; t < trajectories; ++t) {
    ++level[static_cast<std::size_t>(std::lround(design.points.at(t * 4, 1) * 5.0))];
    ++first[design.steps[t * 3].factor];
    up += design.steps[t * 3].by > 0.0 ? 1.0 : 0.0;
  }
  const auto error = [](double p) { return std::sqrt(p * (1.0 - p) / trajectories); };
  for (const double n : level) {
    EXPECT_TRUE(test::expect_within_sigma(n / trajectories, 1.0 / 6, error(1.0 / 6)));
  }
  for (const double n : first) {
    EXPECT_TRUE(test::expect_within_sigma(n / trajectories, 1.0 / 3, error(1.0 / 3)));
  }
  EXPECT_TRUE(test::expect_within_sigma(up / trajectories, 0.5, error(0.5)));
}

TEST(Morris, GridGoesToTheMiddleOfItsStrata) {
  EXPECT_DOUBLE_EQ(mid_stratum(0.0, 4), 0.125);
  EXPECT_DOUBLE_EQ(mid_stratum(1.0 / 3.0, 4), 0.375);
  EXPECT_DOUBLE_EQ(mid_stratum(1.0, 4), 0.875);
}

TEST(Saltelli, BlocksExchangeOneColumn) {
  const Pair pair = saltelli(64, 3, 1);
  EXPECT_NE(pair.a, pair.b);
  const Points both = sobol(64, 6, 1);
  EXPECT_EQ(pair.a.column(2), both.column(2));
  EXPECT_EQ(pair.b.column(0), both.column(3));
  for (std::size_t i = 0; i < 3; ++i) {
    const Points block = mixed(pair, i);
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_EQ(block.column(c), (c == i ? pair.b : pair.a).column(c));
    }
  }
}

TEST(Designs, RefuseWhatIsNone) {
  EXPECT_THROW(latin_hypercube(0, 2, 1), ContractViolation);
  EXPECT_THROW(sobol(2, 0, 1), ContractViolation);
  EXPECT_THROW(sobol(2, most_sobol_columns + 1, 1), ContractViolation);
  EXPECT_THROW(morris(2, 2, 5, 1), ContractViolation);
  EXPECT_THROW(mixed(saltelli(4, 2, 1), 2), ContractViolation);
}

}  // namespace
}  // namespace truce::random
