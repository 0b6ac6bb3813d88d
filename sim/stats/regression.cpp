// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/regression.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/QR>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

/// Columns with mean 0 and mean square 1, and the least squares of the outcome on the inputs.
struct StandardisedFit {
  Eigen::MatrixXd inputs;
  Eigen::VectorXd outcome;
  Eigen::VectorXd slopes;
  Eigen::VectorXd residuals;
  Eigen::MatrixXd inverse;   ///< of the correlations of the inputs
  double unexplained = 0.0;  ///< 1 - R^2
};

/// False if all values are the same, but for rounding of their mean.
bool standardise(std::span<const double> values, Eigen::Ref<Eigen::VectorXd> column) {
  TRUCE_EXPECT(std::ranges::all_of(values, [](double v) { return std::isfinite(v); }),
               "statistics take finite values only");
  if (std::ranges::all_of(values, [&](double v) { return v == values.front(); })) return false;
  column = Eigen::Map<const Eigen::VectorXd>(values.data(), column.size());
  column.array() -= column.mean();
  const double scale = column.norm() / std::sqrt(static_cast<double>(column.size()));
  if (!(scale > 0.0)) return false;
  column /= scale;
  return true;
}

Answer<StandardisedFit> fit_standardised(Columns inputs, std::span<const double> outcome) {
  TRUCE_EXPECT(!inputs.empty(), "a regression has an input");
  for (const auto& input : inputs) {
    TRUCE_EXPECT(input.size() == outcome.size(), "each row has all inputs and the outcome");
  }
  if (outcome.size() < inputs.size() + 3) return Refused{Refusal::too_few};
  const auto n = static_cast<Eigen::Index>(outcome.size());
  const auto d = static_cast<Eigen::Index>(inputs.size());
  StandardisedFit fit{Eigen::MatrixXd(n, d), Eigen::VectorXd(n), {}, {}, {}};
  if (!standardise(outcome, fit.outcome)) return Refused{Refusal::constant_outcome};
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto place = static_cast<std::size_t>(i);
    if (!standardise(inputs[place], fit.inputs.col(i))) {
      return Refused{Refusal::constant_input, place};
    }
  }
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(n, d);
  qr.setThreshold(1e-10);  // of correlations: what differs by less differs by rounding
  qr.compute(fit.inputs);
  if (qr.rank() < d) {
    return Refused{Refusal::collinear_inputs,
                   static_cast<std::size_t>(qr.colsPermutation().indices()(qr.rank()))};
  }
  fit.slopes = qr.solve(fit.outcome);
  fit.residuals = fit.outcome - fit.inputs.lazyProduct(fit.slopes);
  // (X'X)^-1 = P R^-1 R^-T P'
  const Eigen::MatrixXd upper = qr.matrixR().topRows(d).triangularView<Eigen::Upper>();
  const Eigen::MatrixXd root = qr.colsPermutation() * upper.triangularView<Eigen::Upper>().solve(
                                                          Eigen::MatrixXd::Identity(d, d));
  // Products are lazy: the order of the sums of others hangs on the cache of the processor.
  fit.inverse = static_cast<double>(n) * root.lazyProduct(root.transpose());
  fit.unexplained = std::min(1.0, fit.residuals.squaredNorm() / static_cast<double>(n));
  return fit;
}

/// 1 - (1 - R^2) (n - 1) / (n - inputs - 1).
Share explained_share(const StandardisedFit& fit, const Eigen::ArrayXd& left_out, double t) {
  const auto n = static_cast<double>(fit.outcome.size());
  const auto d = static_cast<double>(fit.slopes.size());
  const double share = 1.0 - fit.unexplained * (n - 1.0) / (n - d - 1.0);
  const Eigen::ArrayXd adds =
      fit.unexplained * fit.outcome.array().square() - fit.residuals.array() * left_out;
  const double variance =
      adds.square().mean() / n + 2.0 * d * fit.unexplained * fit.unexplained / (n * n);
  const double rest = 1.0 - share;
  const double times = rest > 0.0 ? std::exp(t * std::sqrt(variance) / rest) : 1.0;
  const double within = std::clamp(share, 0.0, 1.0);
  return {
      within,
      {std::clamp(1.0 - rest * times, 0.0, within), std::clamp(1.0 - rest / times, within, 1.0)},
      within != share};
}

std::vector<std::vector<double>> rank_columns(Columns inputs) {
  std::vector<std::vector<double>> ranks;
  for (const auto& input : inputs) ranks.push_back(mid_ranks(input));
  return ranks;
}

}  // namespace

std::vector<double> mid_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0, next = 0; first < order.size(); first = next) {
    while (next < order.size() && values[order[next]] == values[order[first]]) ++next;
    const double shared = static_cast<double>(first + 1 + next) / 2.0;
    for (std::size_t k = first; k < next; ++k) ranks[order[k]] = shared;
  }
  return ranks;
}

Answer<Regression> standardised_regression(Columns inputs, std::span<const double> outcome,
                                           double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const auto fitted = fit_standardised(inputs, outcome);
  if (!fitted) return fitted.refused();
  const StandardisedFit& fit = *fitted;
  const auto dof = static_cast<double>(outcome.size() - inputs.size() - 1);
  const double t = student_quantile(0.5 + level / 2.0, dof);
  const auto n = static_cast<double>(outcome.size());
  // What one row adds to SRC_i, to first order: (c z)_i e + SRC_i (z_i^2 - z_y^2) / 2, with the
  // residual e that the row has from a plane through the others.
  const Eigen::MatrixXd beside = fit.inputs.lazyProduct(fit.inverse);
  const Eigen::ArrayXd leverages =
      (1.0 + beside.cwiseProduct(fit.inputs).rowwise().sum().array()) / n;
  // A row on which alone an input depends has leverage 1 and lies on the plane.
  const Eigen::ArrayXd left_out =
      (leverages < 1.0 - 1e-9).select(fit.residuals.array() / (1.0 - leverages), 0.0);
  Regression regression{{}, 1.0 - fit.unexplained, explained_share(fit, left_out, t)};
  for (Eigen::Index i = 0; i < fit.slopes.size(); ++i) {
    const double slope = fit.slopes(i);
    const Eigen::ArrayXd adds =
        beside.col(i).array() * left_out +
        slope / 2.0 * (fit.inputs.col(i).array().square() - fit.outcome.array().square());
    const double half = t * std::sqrt(adds.square().mean() / n);
    regression.coefficients.push_back({slope, {slope - half, slope + half}});
  }
  return regression;
}

Answer<Regression> rank_regression(Columns inputs, std::span<const double> outcome, double level) {
  const auto ranks = rank_columns(inputs);
  return standardised_regression(ranks, mid_ranks(outcome), level);
}

Answer<std::vector<Coefficient>> partial_rank_correlation(Columns inputs,
                                                          std::span<const double> outcome,
                                                          double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  const auto ranks = rank_columns(inputs);
  const auto fitted = fit_standardised(ranks, mid_ranks(outcome));
  if (!fitted) return fitted.refused();
  const auto left = static_cast<double>(outcome.size() - inputs.size() - 2);
  const double z = normal_quantile(0.5 + level / 2.0);
  std::vector<Coefficient> correlations;
  for (Eigen::Index i = 0; i < fitted->slopes.size(); ++i) {
    const double slope = fitted->slopes(i);
    const double r = slope / std::sqrt(slope * slope + fitted->inverse(i, i) * fitted->unexplained);
    const double half = z * std::sqrt((1.0 + r * r / 2.0) / left);
    // atanh is infinite where the ranks leave nothing unexplained; the interval is then the point.
    const double centre = std::atanh(r);
    correlations.push_back({r, {std::tanh(centre - half), std::tanh(centre + half)}});
  }
  return correlations;
}

}  // namespace truce::stats
