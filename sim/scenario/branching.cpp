// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/branching.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <Eigen/SparseCore>
#include <Eigen/SparseLU>

namespace truce::scenario {
namespace {

/// Up to so many sectors all eigenvalues are computed; the time for that grows with the cube.
constexpr std::size_t most_dense = 64;

/// Finds strongly connected components (Tarjan, "Depth-first search and linear graph algorithms",
/// SIAM Journal on Computing 1, 1972), without recursion: a line may have any number of sectors.
class Components {
 public:
  explicit Components(const Branching& branching)
      : branching_(branching),
        order_(branching.size(), 0),
        lowest_(branching.size(), 0),
        place_(branching.size(), 0) {
    for (std::size_t sector = 0; sector < branching.size(); ++sector) {
      if (order_[sector] == 0) search(sector);
    }
  }
  /// Each as a matrix of its own.
  std::vector<Branching> take() { return std::move(found_); }

 private:
  struct Step {
    std::size_t sector;
    std::size_t next;  ///< entry of its row to be followed
  };

  void search(std::size_t root) {
    enter(root);
    while (!way_.empty()) {
      Step& step = way_.back();
      const std::size_t sector = step.sector;
      if (step.next < branching_[sector].size()) {
        const std::size_t into = branching_[sector][step.next++].first;
        if (order_[into] == 0) {
          enter(into);
        } else if (lowest_[into] != closed) {
          lowest_[sector] = std::min(lowest_[sector], order_[into]);
        }
        continue;
      }
      way_.pop_back();
      if (!way_.empty() && lowest_[sector] != closed) {
        auto& before = lowest_[way_.back().sector];
        before = std::min(before, lowest_[sector]);
      }
      if (lowest_[sector] == order_[sector]) close(sector);
    }
  }

  void enter(std::size_t sector) {
    order_[sector] = lowest_[sector] = ++count_;
    open_.push_back(sector);
    way_.push_back({sector, 0});
  }

  /// What was opened since `first` hangs together.
  void close(std::size_t first) {
    const auto begin = std::find(open_.rbegin(), open_.rend(), first).base() - 1;
    const std::vector<std::size_t> members(begin, open_.end());
    open_.erase(begin, open_.end());
    for (std::size_t i = 0; i < members.size(); ++i) place_[members[i]] = i;
    Branching component(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const auto& [into, expected] : branching_[members[i]]) {
        const bool is_member = place_[into] < members.size() && members[place_[into]] == into;
        if (is_member) component[i].emplace_back(place_[into], expected);
      }
    }
    for (const std::size_t member : members) lowest_[member] = closed;
    found_.push_back(std::move(component));
  }

  static constexpr std::size_t closed = std::numeric_limits<std::size_t>::max();
  const Branching& branching_;
  std::vector<std::size_t> order_;   ///< in which sectors are met, from 1
  std::vector<std::size_t> lowest_;  ///< order of the first sector that it leads back to
  std::vector<std::size_t> place_;   ///< in its component
  std::vector<std::size_t> open_;    ///< met, of components not yet complete
  std::vector<Step> way_;
  std::size_t count_ = 0;
  std::vector<Branching> found_;
};

double dense_radius(const Branching& branching) {
  if (branching.size() == 1)
    return branching.front().empty() ? 0.0 : branching.front().front().second;
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

double sparse_radius(const Branching& branching) {
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
  const auto components = Components(branching).take();
  return std::ranges::all_of(components, [](const Branching& component) {
    if (component.size() <= most_dense) return dense_radius(component) < 1.0;
    return is_seen_to_die_out(component) || is_below(component, 1.0);
  });
}

double spectral_radius(const Branching& branching) {
  double radius = 0.0;
  for (const auto& component : Components(branching).take()) {
    radius = std::max(radius, component.size() <= most_dense ? dense_radius(component)
                                                             : sparse_radius(component));
  }
  return radius;
}

}  // namespace truce::scenario
