// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/quantile_difference.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/contract.hpp"

#include "sim/stats/lattice.hpp"
#include "sim/stats/quantile.hpp"

namespace truce::stats {
namespace {

/// A value by its rank, counted from 1, read linearly between whole ranks.
double at_rank(const std::vector<double>& sorted, double rank) {
  const double place = std::clamp(rank - 1.0, 0.0, static_cast<double>(sorted.size() - 1));
  const double whole = std::floor(place);
  const auto below = static_cast<std::size_t>(whole);
  if (place == whole) return sorted[below];
  return std::lerp(sorted[below], sorted[below + 1], place - whole);
}

/// 2 below the quantile, 1 at it, 0 above.
std::int64_t side_of(double value, double quantile) {
  return value < quantile ? 2 : value == quantile ? 1 : 0;
}

/// Correlation of the sides on which values of the two arms fall; whole numbers, so that it is
/// exactly 1 for arms that are the same.
double side_correlation(std::span<const double> from, double from_quantile,
                        std::span<const double> to, double to_quantile) {
  std::int64_t x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto a = side_of(from[i], from_quantile);
    const auto b = side_of(to[i], to_quantile);
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const auto n = static_cast<std::int64_t>(from.size());
  const auto from_spread = static_cast<double>(n * xx - x * x);
  const auto to_spread = static_cast<double>(n * yy - y * y);
  if (from_spread <= 0.0 || to_spread <= 0.0) return 0.0;
  const auto joint = static_cast<double>(n * xy - x * y);
  return std::clamp(joint / std::sqrt(from_spread * to_spread), -1.0, 1.0);
}

}  // namespace

std::optional<QuantileDifference> quantile_difference(std::span<const double> from,
                                                      std::span<const double> to, double p,
                                                      double level) {
  TRUCE_EXPECT(from.size() == to.size(), "pairs have a value in either arm");
  const auto finite = [](double value) { return std::isfinite(value); };
  TRUCE_EXPECT(std::ranges::all_of(from, finite) && std::ranges::all_of(to, finite),
               "statistics take finite values only");
  if (!quantile_ranks(from.size(), p, level)) return std::nullopt;
  std::vector<double> x(from.begin(), from.end());
  std::vector<double> y(to.begin(), to.end());
  std::ranges::sort(x);
  std::ranges::sort(y);
  const auto n = static_cast<double>(from.size());
  const double place = 1.0 + (n - 1.0) * p;
  const double x_quantile = at_rank(x, place);
  const double y_quantile = at_rank(y, place);
  QuantileDifference result{from.size(), y_quantile - x_quantile, {}, 0.0};
  result.correlation = side_correlation(from, x_quantile, to, y_quantile);

  constexpr std::uint64_t points = 499;
  const Lattice lattice(2);
  const double own = std::sqrt(std::max(0.0, 1.0 - result.correlation * result.correlation));
  const double spread = std::sqrt(n * p * (1.0 - p));
  std::vector<double> differences;
  const auto put = [&](double x_step, double y_step) {
    differences.push_back(at_rank(y, n * p + 0.5 + spread * y_step) -
                          at_rank(x, n * p + 0.5 + spread * x_step));
  };
  put(0.0, 0.0);
  for (std::uint64_t i = 0; i < points; ++i) {
    const double x_step = normal_quantile(lattice(i, 0));
    const double y_step = result.correlation * x_step + own * normal_quantile(lattice(i, 1));
    put(x_step, y_step);
    put(-x_step, -y_step);
  }
  std::ranges::sort(differences);
  const auto one_more = static_cast<double>(differences.size() + 1);
  const double tail = 0.5 * (1.0 - level) * one_more;
  result.interval = {at_rank(differences, tail), at_rank(differences, one_more - tail)};
  return result;
}

}  // namespace truce::stats
