// SPDX-License-Identifier: Apache-2.0
// Probabilities of boxes against laws that have one integral, bounds or tables, and the points they
// are summed over.
#include "sim/stats/equicoordinate.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

#include "sim/stats/interval.hpp"
#include "sim/stats/lattice.hpp"

namespace truce::stats {
namespace {

Eigen::MatrixXd equal_correlations(Eigen::Index k, double correlation) {
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(k, k, correlation);
  matrix.diagonal().setOnes();
  return matrix;
}

double below(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

/// For equal correlations r: Z_i = sqrt(r) X + sqrt(1 - r) Y_i, one integral over x.
double box_of_equal_correlations(int k, double r, double c) {
  constexpr int steps = 2'000;
  double sum = 0.0;
  for (int i = 0; i != steps; ++i) {
    const double x = 16.0 * (i + 0.5) / steps - 8.0;
    const double shared = std::sqrt(r) * x;
    const double own = std::sqrt(1.0 - r);
    const double inside = below((c - shared) / own) - below((-c - shared) / own);
    sum += std::exp(-0.5 * x * x) * std::pow(inside, k);
  }
  return sum * 16.0 / steps / std::sqrt(2.0 * std::numbers::pi);
}

TEST(Box, OfEqualCorrelations) {
  for (const int k : {2, 5, 10, 100}) {
    for (const double r : {0.0, 0.1, 0.5, 0.9}) {
      const double truth = box_of_equal_correlations(k, r, 2.8);
      EXPECT_NEAR(box_probability(equal_correlations(k, r), std::nullopt, 2.8), truth,
                  k <= 10 ? 0.001 : 0.003)
          << k << " variables, correlation " << r;
    }
  }
}

// P(|Z_1| <= c, |Z_2| <= c) as c -> 0 over c^2 is the density 2 / (pi sqrt(1 - r^2)).
TEST(Box, OfTwoThatNearlyAgreeAndOfOpposites) {
  const double r = 0.8, c = 0.01;
  EXPECT_NEAR(box_probability(equal_correlations(2, r), std::nullopt, c) / (c * c),
              2.0 / (std::numbers::pi * std::sqrt(1.0 - r * r)), 1e-3);
  const double one = 2.0 * below(2.0) - 1.0;
  EXPECT_NEAR(box_probability(equal_correlations(2, -1.0), std::nullopt, 2.0), one, 1e-12);
}

TEST(Box, OfSingularCorrelations) {
  // Three copies of each of two independent variables.
  Eigen::MatrixXd copies(6, 6);
  for (int i = 0; i != 6; ++i) {
    for (int j = 0; j != 6; ++j) copies(i, j) = i % 2 == j % 2 ? 1.0 : 0.0;
  }
  const double one = 2.0 * below(2.0) - 1.0;
  EXPECT_NEAR(box_probability(copies, std::nullopt, 2.0), one * one, 1e-12);
  // The three differences of three independent variables, Z_1 + Z_2 + Z_3 = 0: their largest is the
  // range over sqrt(2), of which Tukey's tables have the upper 5 % at 3.314 (and 3.877 for 10
  // degrees of freedom).
  Eigen::MatrixXd range(3, 3);
  range << 1.0, -0.5, -0.5, -0.5, 1.0, -0.5, -0.5, -0.5, 1.0;
  EXPECT_NEAR(equicoordinate_quantile(range, std::nullopt, 0.95) * std::numbers::sqrt2, 3.314,
              0.005);
  EXPECT_NEAR(equicoordinate_quantile(range, 10.0, 0.95) * std::numbers::sqrt2, 3.877, 0.01);
}

// Dunnett's two-sided table ("New tables for multiple comparisons with a control", Biometrics 20,
// 1964), correlations 1/2, level 0.95.
TEST(EquicoordinateQuantile, OfDunnettsTable) {
  EXPECT_NEAR(equicoordinate_quantile(equal_correlations(2, 0.5), 10.0, 0.95), 2.57, 0.01);
  EXPECT_NEAR(equicoordinate_quantile(equal_correlations(5, 0.5), 10.0, 0.95), 2.99, 0.01);
  EXPECT_NEAR(equicoordinate_quantile(equal_correlations(9, 0.5), 20.0, 0.95), 2.95, 0.01);
  EXPECT_NEAR(equicoordinate_quantile(equal_correlations(5, 0.5), std::nullopt, 0.95), 2.51, 0.01);
}

TEST(EquicoordinateQuantile, LiesBetweenItsBounds) {
  for (const int k : {1, 2, 7, 100}) {
    for (const double dof : {1.0, 4.0, 15.0, 1e4}) {
      const double one = student_quantile(0.975, dof);
      const double sidak = sidak_quantile(static_cast<std::size_t>(k), dof, 0.95);
      for (const double r : {0.0, 0.6, 1.0}) {
        const double c = equicoordinate_quantile(equal_correlations(k, r), dof, 0.95);
        EXPECT_GE(c, one);
        EXPECT_LE(c, sidak);
        if (r == 1.0) {
          EXPECT_NEAR(c, one, 0.01 * one) << k << ' ' << dof;
        }
      }
    }
  }
  for (const int k : {3, 100}) {
    const double sidak = sidak_quantile(static_cast<std::size_t>(k), std::nullopt, 0.9);
    EXPECT_NEAR(equicoordinate_quantile(equal_correlations(k, 0.0), std::nullopt, 0.9), sidak,
                1e-4);
    EXPECT_LT(sidak, normal_quantile(1.0 - 0.05 / k)) << "Bonferroni";
  }
}

TEST(EquicoordinateQuantile, MeetsItsLevel) {
  for (const int k : {2, 5, 30, 100}) {
    for (const double r : {0.2, 0.5, 0.9}) {
      const double c = equicoordinate_quantile(equal_correlations(k, r), std::nullopt, 0.95);
      EXPECT_NEAR(box_of_equal_correlations(k, r, c), 0.95, k <= 10 ? 0.0005 : 0.0015) << k << r;
    }
  }
}

TEST(EquicoordinateQuantile, IsTheSameEveryTime) {
  const auto matrix = equal_correlations(4, 0.3);
  EXPECT_EQ(equicoordinate_quantile(matrix, 7.0, 0.95), equicoordinate_quantile(matrix, 7.0, 0.95));
}

TEST(EquicoordinateQuantile, RefusesWhatIsNoCorrelation) {
  EXPECT_THROW(static_cast<void>(equicoordinate_quantile(Eigen::MatrixXd(), 5.0, 0.95)),
               ContractViolation);
  EXPECT_THROW(static_cast<void>(box_probability(2.0 * equal_correlations(2, 0.1), 5.0, 1.0)),
               ContractViolation);
  EXPECT_THROW(static_cast<void>(box_probability(equal_correlations(2, 0.1), 0.0, 1.0)),
               ContractViolation);
}

TEST(Lattice, FillsTheCube) {
  const Lattice lattice(3);
  double mean = 0.0, product = 0.0;
  constexpr std::uint64_t points = 4'096;
  for (std::uint64_t i = 0; i != points; ++i) {
    for (std::size_t j = 0; j != 3; ++j) {
      EXPECT_GT(lattice(i, j), 0.0);
      EXPECT_LT(lattice(i, j), 1.0);
    }
    mean += lattice(i, 2) / points;
    product += lattice(i, 0) * lattice(i, 1) * lattice(i, 2) / points;
  }
  EXPECT_NEAR(mean, 0.5, 5e-4);
  EXPECT_NEAR(product, 0.125, 5e-4) << "chance would be wrong by 0.002";
}

}  // namespace
}  // namespace truce::stats
