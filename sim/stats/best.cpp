// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/best.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include <Eigen/Eigenvalues>

#include "sim/core/contract.hpp"

#include "sim/stats/lattice.hpp"

namespace truce::stats {
namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

/// A line over the standard normal coordinate, of which the upper envelope is asked.
struct Line {
  double slope = 0.0;
  double height = 0.0;
  std::size_t arm = 0;
};

double normal_mass(double from, double to) {
  const auto below = [](double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); };
  return from > 0.0 ? below(-from) - below(-to) : below(to) - below(from);
}

/// Adds to each arm the probability that its line is the highest.
void add_envelope(std::vector<Line>& lines, std::vector<Line>& top, std::vector<double>& mass) {
  std::ranges::sort(lines, [](const Line& a, const Line& b) {
    if (a.slope != b.slope) return a.slope < b.slope;
    return a.height != b.height ? a.height < b.height : a.arm > b.arm;
  });
  const auto crossing = [](const Line& a, const Line& b) {
    return (a.height - b.height) / (b.slope - a.slope);
  };
  top.clear();
  for (const Line& line : lines) {
    if (!top.empty() && top.back().slope == line.slope) top.pop_back();
    while (top.size() > 1 &&
           crossing(top.back(), line) <= crossing(top[top.size() - 2], top.back())) {
      top.pop_back();
    }
    top.push_back(line);
  }
  double from = -no_bound;
  for (std::size_t i = 0; i < top.size(); ++i) {
    const double to = i + 1 < top.size() ? crossing(top[i], top[i + 1]) : no_bound;
    mass[top[i].arm] += normal_mass(from, to);
    from = to;
  }
}

/// Arms that can be the best, each with how many are always equal to it; an arm that is always the
/// same step behind another can't.
struct Contenders {
  std::vector<std::size_t> arms;
  std::vector<std::size_t> of;  ///< by arm, its place among `arms`; their number for none
  std::vector<double> sharing;  ///< by place
};

Contenders find_contenders(const JointMoments& joint, double sign) {
  Contenders found;
  const auto ahead = [&](std::size_t i, std::size_t j) {  // of i before j, where that never changes
    const bool fixed = *joint.difference_variance(j, i) == 0.0;
    return fixed ? sign * *joint.difference(j, i) : -1.0;
  };
  std::vector<std::size_t> leader(joint.arms());
  for (std::size_t i = 0; i < joint.arms(); ++i) {
    leader[i] = joint.arms();
    bool behind = false;
    for (std::size_t j = 0; j < joint.arms(); ++j) behind = behind || (j != i && ahead(j, i) > 0.0);
    if (behind) continue;
    leader[i] = i;
    for (std::size_t j = i; j-- > 0;) {
      if (leader[j] == j && ahead(j, i) == 0.0) leader[i] = j;
    }
    if (leader[i] == i) found.arms.push_back(i);
  }
  found.sharing.resize(found.arms.size());
  for (std::size_t i = 0; i < joint.arms(); ++i) {
    const auto place = std::ranges::find(found.arms, leader[i]) - found.arms.begin();
    found.of.push_back(static_cast<std::size_t>(place));
    if (found.of.back() < found.arms.size()) found.sharing[found.of.back()] += 1.0;
  }
  return found;
}

/// What each contender's mean adds to that of all, along independent directions, the widest first.
Eigen::MatrixXd directions(const JointMoments& joint, const std::vector<std::size_t>& arms) {
  const auto size = static_cast<Eigen::Index>(arms.size());
  // Covariances about the mean of all arms follow from the variances of differences alone; what all
  // share makes none of them the best.
  Eigen::MatrixXd matrix(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    for (Eigen::Index j = 0; j < size; ++j) {
      matrix(i, j) = -0.5 * *joint.difference_variance(arms[static_cast<std::size_t>(i)],
                                                       arms[static_cast<std::size_t>(j)]);
    }
  }
  const Eigen::VectorXd rows = matrix.rowwise().mean();
  const double all = rows.mean();
  matrix.colwise() -= rows;
  matrix.rowwise() -= rows.transpose();
  matrix.array() += all;
  matrix /= static_cast<double>(joint.count());
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  const Eigen::VectorXd scales = solver.eigenvalues().cwiseMax(0.0).cwiseSqrt();
  return (solver.eigenvectors() * scales.asDiagonal()).rowwise().reverse();
}

}  // namespace

std::optional<std::vector<Interval>> differences_from_best(const JointMoments& joint, Best best,
                                                           double level) {
  TRUCE_EXPECT(joint.arms() > 1, "the best is one of several");
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  if (joint.count() < 2) return std::nullopt;
  const double sign = best == Best::highest ? 1.0 : -1.0;
  const auto n = static_cast<double>(joint.count());
  const auto k = joint.arms();
  const double t = student_quantile(1.0 - (1.0 - level) / static_cast<double>(k - 1), n - 1.0);
  const auto ahead = [&](std::size_t i, std::size_t j) { return sign * *joint.difference(j, i); };
  const auto width = [&](std::size_t i, std::size_t j) {
    return t * std::sqrt(*joint.difference_variance(j, i) / n);
  };
  std::vector<Interval> intervals;
  for (std::size_t i = 0; i < k; ++i) {
    double low = no_bound;
    double high = no_bound;
    for (std::size_t j = 0; j < k; ++j) {
      if (j == i) continue;
      low = std::min(low, ahead(i, j) - width(i, j));
      high = std::min(high, ahead(i, j) + width(i, j));
    }
    low = std::min(0.0, low);
    high = std::max(0.0, high);
    intervals.push_back(best == Best::highest ? Interval{low, high}
                                              : Interval{0.0 - high, 0.0 - low});  // no -0
  }
  return intervals;
}

std::optional<std::vector<double>> probability_best(const JointMoments& joint, Best best) {
  if (joint.count() < 2) return std::nullopt;
  const double sign = best == Best::highest ? 1.0 : -1.0;
  const Contenders contenders = find_contenders(joint, sign);
  const auto& arms = contenders.arms;
  const Eigen::MatrixXd spread = directions(joint, arms);
  const auto size = spread.rows();
  Eigen::VectorXd means(size);
  for (Eigen::Index i = 0; i < size; ++i) {
    means[i] = sign * *joint.difference(arms.front(), arms[static_cast<std::size_t>(i)]);
  }
  // The last direction is that of the mean of all, in which nothing varies.
  const Eigen::Index beyond = std::max<Eigen::Index>(0, size - 2);
  const std::uint64_t points =
      beyond == 0 ? 1 : std::clamp<std::uint64_t>(100'000 / arms.size(), 1'000, 10'000);
  const Lattice lattice(static_cast<std::size_t>(beyond));
  std::vector<Line> lines, top;
  std::vector<double> mass(arms.size());
  Eigen::VectorXd z(beyond);
  for (std::uint64_t point = 0; point < points; ++point) {
    for (Eigen::Index d = 0; d < beyond; ++d) {
      z[d] = normal_quantile(lattice(point, static_cast<std::size_t>(d)));
    }
    const Eigen::VectorXd heights = means + sign * (spread.middleCols(1 % size, beyond) * z);
    lines.clear();
    for (Eigen::Index i = 0; i < size; ++i) {
      lines.push_back({sign * spread(i, 0), heights[i], static_cast<std::size_t>(i)});
    }
    add_envelope(lines, top, mass);
  }
  double sum = 0.0;
  for (const double one : mass) sum += one;
  std::vector<double> probabilities;
  for (const std::size_t place : contenders.of) {
    const bool none = place == arms.size();
    probabilities.push_back(none ? 0.0 : mass[place] / sum / contenders.sharing[place]);
  }
  return probabilities;
}

}  // namespace truce::stats
