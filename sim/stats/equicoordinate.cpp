// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/equicoordinate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/special_functions/erf.hpp>

#include "sim/core/contract.hpp"

#include "sim/stats/interval.hpp"
#include "sim/stats/lattice.hpp"

namespace truce::stats {
namespace {

// In doubles throughout: Boost's default of long double costs three times as much here.
using InDoubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

double below_normal(double x) {
  return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double normal_below(double p) {
  constexpr double least = 1e-300;
  constexpr double most = 1.0 - 0x1p-53;
  return -std::numbers::sqrt2 *
         boost::math::erfc_inv(2.0 * std::clamp(p, least, most), InDoubles());
}

/// Below this, what is left of a variable that others explain counts as nothing.
constexpr double nothing_left = 1e-5;

/// One variable as a sum of independent ones, of which the last, of coefficient `scale`, bounds it.
struct Row {
  std::vector<double> before;
  double scale = 0.0;
};

/// Rows by the last independent variable that they depend on: pivoted Cholesky factors, the most
/// varied first; it is also the order in which the transformed integrand is smoothest.
class Factors {
 public:
  explicit Factors(const Eigen::MatrixXd& correlations) {
    const auto size = static_cast<std::size_t>(correlations.rows());
    std::vector<std::vector<double>> rows(size);
    std::vector<double> left(size, 1.0);
    std::vector<bool> is_pivot(size, false);
    for (std::size_t rank = 0; rank < size; ++rank) {
      const auto most = std::ranges::max_element(left);
      if (*most < nothing_left * nothing_left) break;
      const auto pivot = static_cast<std::size_t>(most - left.begin());
      const double scale = std::sqrt(*most);
      is_pivot[pivot] = true;
      const auto pivot_row = rows[pivot];
      for (std::size_t i = 0; i < size; ++i) {
        if (is_pivot[i] && i != pivot) continue;
        const double joint =
            correlations(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(pivot));
        const double known =
            std::inner_product(pivot_row.begin(), pivot_row.end(), rows[i].begin(), 0.0);
        const double coefficient = i == pivot ? scale : (joint - known) / scale;
        rows[i].push_back(coefficient);
        left[i] = i == pivot ? 0.0 : std::max(0.0, left[i] - coefficient * coefficient);
      }
      by_last_.emplace_back();
    }
    for (auto& row : rows) {
      while (row.size() > 1 && std::abs(row.back()) < nothing_left) row.pop_back();
      const double scale = row.back();
      row.pop_back();
      const auto last = row.size();
      by_last_[last].push_back({std::move(row), scale});
    }
  }

  std::size_t rank() const { return by_last_.size(); }
  const std::vector<Row>& bounding(std::size_t variable) const { return by_last_[variable]; }

 private:
  std::vector<std::vector<Row>> by_last_;
};

/// The integrand at fixed points, for several c.
class BoxIntegral {
 public:
  BoxIntegral(const Eigen::MatrixXd& correlations, std::optional<double> dof)
      : factors_(correlations), lattice_(factors_.rank() + 1), values_(factors_.rank()) {
    constexpr std::uint64_t effort = 20'000;
    points_ = std::clamp<std::uint64_t>(effort / factors_.rank(), 1'000, 2'000);
    if (!dof) return;
    const boost::math::chi_squared_distribution<double, InDoubles> law{*dof};
    for (std::uint64_t point = 0; point < points_; ++point) {
      const double p = lattice_(point, factors_.rank());
      scales_.push_back(std::sqrt(boost::math::quantile(law, p) / *dof));
    }
  }

  double operator()(double c) {
    double sum = 0.0;
    for (std::uint64_t point = 0; point < points_; ++point) {
      sum += at(point, scales_.empty() ? c : c * scales_[point]);
    }
    return sum / static_cast<double>(points_);
  }

 private:
  double at(std::uint64_t point, double bound) {
    double product = 1.0;
    for (std::size_t j = 0; j < factors_.rank(); ++j) {
      double low = -std::numeric_limits<double>::infinity();
      double high = std::numeric_limits<double>::infinity();
      for (const Row& row : factors_.bounding(j)) {
        const double known =
            std::inner_product(row.before.begin(), row.before.end(), values_.begin(), 0.0);
        const double centre = -known / row.scale;
        const double half = bound / std::abs(row.scale);
        low = std::max(low, centre - half);
        high = std::min(high, centre + half);
      }
      if (low >= high) return 0.0;
      const double below = below_normal(low);
      const double within = below_normal(high) - below;
      product *= within;
      if (j + 1 < factors_.rank()) values_[j] = normal_below(below + lattice_(point, j) * within);
    }
    return product;
  }

  Factors factors_;
  Lattice lattice_;
  std::vector<double> values_;
  std::uint64_t points_ = 0;
  std::vector<double> scales_;  ///< sqrt(chi2 / dof) by point; none for the normal law
};

void check_correlations(const Eigen::MatrixXd& correlations, const std::optional<double>& dof) {
  TRUCE_EXPECT(correlations.rows() > 0 && correlations.rows() == correlations.cols(),
               "correlations are a square matrix");
  TRUCE_EXPECT(((correlations.diagonal().array() - 1.0).abs() < 1e-9).all() &&
                   (correlations.array().abs() <= 1.0 + 1e-9).all(),
               "correlations lie between -1 and 1, those with oneself are 1");
  TRUCE_EXPECT(!dof || *dof > 0.0, "Student's t has more than 0 degrees of freedom");
}

}  // namespace

double box_probability(const Eigen::MatrixXd& correlations, std::optional<double> dof, double c) {
  check_correlations(correlations, dof);
  TRUCE_EXPECT(c >= 0.0, "a box has two sides, the upper above the lower");
  return BoxIntegral(correlations, dof)(c);
}

double sidak_quantile(std::size_t k, std::optional<double> dof, double level) {
  TRUCE_EXPECT(k > 0, "the largest of no variables is nothing");
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const double p = 0.5 + 0.5 * std::pow(level, 1.0 / static_cast<double>(k));
  return dof ? student_quantile(p, *dof) : normal_quantile(p);
}

double equicoordinate_quantile(const Eigen::MatrixXd& correlations, std::optional<double> dof,
                               double level) {
  check_correlations(correlations, dof);
  double low = sidak_quantile(1, dof, level);
  if (correlations.rows() == 1) return low;
  double high = sidak_quantile(static_cast<std::size_t>(correlations.rows()), dof, level);
  // In the logarithm of what lies outside, of which c is nearly a linear function: few steps.
  BoxIntegral inside(correlations, dof);
  const auto excess = [&](double c) {
    return std::log((1.0 - level) / std::max(1e-300, 1.0 - inside(c)));
  };
  double at_low = excess(low);
  if (at_low >= 0.0) return low;
  double at_high = excess(high);
  if (at_high <= 0.0) return high;
  // Regula falsi, halving the value of an end that stays (Dowell and Jarratt, BIT 11, 1971).
  constexpr double precision = 1e-4;
  int stayed = 0;
  for (int step = 0; step < 50 && high - low > precision; ++step) {
    const double c = low - at_low * (high - low) / (at_high - at_low);
    const double at = excess(c);
    if (std::abs(at) < precision) return c;
    if (at < 0.0) {
      low = c;
      at_low = at;
      if (stayed == -1) at_high *= 0.5;
      stayed = -1;
    } else {
      high = c;
      at_high = at;
      if (stayed == 1) at_low *= 0.5;
      stayed = 1;
    }
  }
  return 0.5 * (low + high);
}

}  // namespace truce::stats
