// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/branching.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>

namespace truce::scenario {
namespace {

/// Up to so many sectors all eigenvalues are computed; the time for that grows with the cube.
constexpr std::size_t most_dense = 64;

double dense_radius(const Branching& branching) {
  const auto n = static_cast<Eigen::Index>(branching.size());
  Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
  for (std::size_t r = 0; r < branching.size(); ++r) {
    for (const auto& [s, expected] : branching[r]) {
      matrix(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(s)) = expected;
    }
  }
  return Eigen::EigenSolver<Eigen::MatrixXd>(matrix, false).eigenvalues().cwiseAbs().maxCoeff();
}

std::vector<double> times(const Branching& branching, const std::vector<double>& x) {
  std::vector<double> product(x.size(), 0.0);
  for (std::size_t r = 0; r < x.size(); ++r) {
    for (const auto& [s, expected] : branching[r]) product[r] += expected * x[s];
  }
  return product;
}

/// Whether N x < x for some x > 0 that few steps of x = 1 + N x lead to; then the radius is below 1
/// (Collatz and Wielandt). Found at once for all but lines close to explosion.
bool is_seen_to_die_out(const Branching& branching) {
  constexpr int most_steps = 30;
  std::vector<double> x(branching.size(), 1.0);
  for (int step = 0; step < most_steps; ++step) {
    const auto next = times(branching, x);
    bool below = true;
    for (std::size_t i = 0; i < x.size(); ++i) below = below && next[i] < (1 - 1e-9) * x[i];
    if (below) return true;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = 1.0 + next[i];
  }
  return false;
}

/// Whether the radius is below `bound`: whether (bound I - N) x = 1 has a solution x >= 0.
bool is_below(const Branching& branching, double bound) {
  const auto n = static_cast<Eigen::Index>(branching.size());
  std::vector<Eigen::Triplet<double>> entries;
  for (std::size_t r = 0; r < branching.size(); ++r) {
    const auto row = static_cast<int>(r);
    entries.emplace_back(row, row, bound);
    for (const auto& [s, expected] : branching[r]) {
      entries.emplace_back(row, static_cast<int>(s), -expected);
    }
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  Eigen::SparseLU<Eigen::SparseMatrix<double>> factors(matrix);
  if (factors.info() != Eigen::Success) return false;
  const Eigen::VectorXd x = factors.solve(Eigen::VectorXd::Ones(n));
  return x.allFinite() && x.minCoeff() > 0;
}

}  // namespace

Branching branching_of(const Scenario& scenario) {
  Branching branching(scenario.sectors.size());
  for (const auto r : scenario.sectors.ids()) {
    const auto& sector = scenario.sectors[r];
    std::map<std::size_t, double> row{{r.index(), sector.incidents.branching}};
    for (const auto& [ref, expected] : sector.spills_into) {
      const auto s = scenario.sectors.find(ref);
      if (s) row[s.index()] += expected;
    }
    std::erase_if(row, [](const auto& entry) { return entry.second == 0.0; });
    branching[r.index()].assign(row.begin(), row.end());
  }
  return branching;
}

bool dies_out(const Branching& branching) {
  if (branching.size() <= most_dense) return spectral_radius(branching) < 1.0;
  return is_seen_to_die_out(branching) || is_below(branching, 1.0);
}

double spectral_radius(const Branching& branching) {
  if (branching.empty()) return 0.0;
  if (branching.size() <= most_dense) return dense_radius(branching);
  double low = 0.0;
  double high = 0.0;  // no row sums to more
  for (const auto& row : branching) {
    double sum = 0.0;
    for (const auto& entry : row) sum += entry.second;
    high = std::max(high, sum);
  }
  while (high - low > 1e-10 * high) {
    const double middle = 0.5 * (low + high);
    (is_below(branching, middle) ? high : low) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace truce::scenario
