// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/multiple.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/contract.hpp"

#include "sim/stats/equicoordinate.hpp"

namespace truce::stats {

std::vector<double> holm(std::span<const double> p) {
  TRUCE_EXPECT(std::ranges::all_of(p, [](double one) { return one >= 0.0 && one <= 1.0; }),
               "p-values are probabilities");
  std::vector<std::size_t> order(p.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
  std::vector<double> adjusted(p.size());
  double greatest = 0.0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto left = static_cast<double>(order.size() - rank);
    greatest = std::max(greatest, std::min(1.0, left * p[order[rank]]));
    adjusted[order[rank]] = greatest;
  }
  return adjusted;
}

std::optional<SimultaneousDifferences> simultaneous_differences(const JointMoments& joint,
                                                                std::size_t base, double level) {
  TRUCE_EXPECT(joint.arms() > 1 && base < joint.arms(), "a base has other arms beside it");
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const auto covariances = joint.difference_covariances(base);
  if (!covariances) return std::nullopt;
  const auto n = static_cast<double>(joint.count());
  SimultaneousDifferences result;
  std::vector<Eigen::Index> varying;
  for (std::size_t arm = 0; arm < joint.arms(); ++arm) {
    if (arm == base) continue;
    const auto place = static_cast<Eigen::Index>(result.arms.size());
    const double variance = (*covariances)(place, place);
    if (variance > 0.0) varying.push_back(place);
    result.arms.push_back({arm, *joint.difference(base, arm), std::sqrt(variance / n), {}});
  }
  if (!varying.empty()) {
    const auto size = static_cast<Eigen::Index>(varying.size());
    Eigen::MatrixXd correlations = Eigen::MatrixXd::Identity(size, size);
    for (Eigen::Index i = 0; i < size; ++i) {
      for (Eigen::Index j = 0; j < i; ++j) {
        const auto a = varying[static_cast<std::size_t>(i)];
        const auto b = varying[static_cast<std::size_t>(j)];
        const double scale = std::sqrt((*covariances)(a, a)) * std::sqrt((*covariances)(b, b));
        correlations(i, j) = std::clamp((*covariances)(a, b) / scale, -1.0, 1.0);
        correlations(j, i) = correlations(i, j);
      }
    }
    result.factor = equicoordinate_quantile(correlations, n - 1.0, level);
  }
  for (ArmDifference& arm : result.arms) {
    const double half = result.factor * arm.standard_error;
    arm.interval = {arm.mean - half, arm.mean + half};
  }
  return result;
}

}  // namespace truce::stats
