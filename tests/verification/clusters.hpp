// SPDX-License-Identifier: Apache-2.0
// Exact mean and variance of the number of incidents by sector up to a day, from an empty start.
//
// The incidents are a Poisson process of clusters (Hawkes and Oakes 1974). A cluster that begins
// in sector r has by age u the mean M_rs(u) and variance V_rs(u) of incidents in s:
//     M = I + N K,                        K_c' = beta_c (M_c - K_c),         K(0) = 0
//     V_r = var(w_r) (N K)_r^2 + (N L)_r,  L_c' = beta_c (V_c + M_c^2 - L_c), L(0) = 0
// since an incident of weight w has Poisson(N_rc w) follow-ups in c, each of age u minus an
// exponential of rate beta_c. Counts are compound Poisson sums (Campbell's theorem):
//     E n_s(T) = sum_r mu_r int_0^T M_rs du,   Var n_s(T) = sum_r mu_r int_0^T (V_rs + M_rs^2) du.
#pragma once

#include <cmath>

#include <Eigen/Dense>

namespace truce::verification {

/// Incidents that breed others, by sector.
struct Breeding {
  Eigen::MatrixXd expected;       ///< N(r, s): follow-ups in s of an incident in r
  Eigen::VectorXd decay;          ///< beta_s [1/day]
  Eigen::VectorXd weight_spread;  ///< variance of an incident's weight, whose mean is 1
};

struct Counts {
  Eigen::VectorXd mean;
  Eigen::VectorXd variance;
};

/// Counts by sector in [0, days] with baseline rates [1/day]; the equations above by the classical
/// Runge-Kutta method with `steps` steps.
inline Counts counts_of(const Breeding& breeding, const Eigen::VectorXd& rate, double days,
                        int steps = 20'000) {
  using Eigen::MatrixXd;
  using Eigen::VectorXd;
  const Eigen::Index n = rate.size();
  const MatrixXd& expected = breeding.expected;
  struct State {
    MatrixXd k, l;
    VectorXd mean, variance;
  };
  const auto slope = [&](const State& at) {
    const MatrixXd follow_ups = expected * at.k;
    const MatrixXd first = MatrixXd::Identity(n, n) + follow_ups;
    const MatrixXd spread =
        breeding.weight_spread.asDiagonal() * follow_ups.cwiseProduct(follow_ups) + expected * at.l;
    const MatrixXd second = spread + first.cwiseProduct(first);
    return State{breeding.decay.asDiagonal() * (first - at.k),
                 breeding.decay.asDiagonal() * (second - at.l), first.transpose() * rate,
                 second.transpose() * rate};
  };
  const auto along = [](const State& at, double h, const State& by) {
    return State{at.k + h * by.k, at.l + h * by.l, at.mean + h * by.mean,
                 at.variance + h * by.variance};
  };
  State at{MatrixXd::Zero(n, n), MatrixXd::Zero(n, n), VectorXd::Zero(n), VectorXd::Zero(n)};
  const double h = days / steps;
  for (int step = 0; step < steps; ++step) {
    const State a = slope(at);
    const State b = slope(along(at, h / 2, a));
    const State c = slope(along(at, h / 2, b));
    const State d = slope(along(at, h, c));
    at = along(along(along(along(at, h / 6, a), h / 3, b), h / 3, c), h / 6, d);
  }
  return {at.mean, at.variance};
}

/// E C^order of the size C of a whole cluster in one sector, whose law is Borel's:
/// P(k) = exp(-n k) (n k)^(k-1) / k!. An upper bound for that of a cluster of any age.
inline double moment_of_cluster(double branching, int order) {
  double sum = 0.0;
  for (int k = 1; k < 2'000; ++k) {
    const double nk = branching * k;
    sum += std::pow(k, order) * std::exp(-nk + (k - 1) * std::log(nk) - std::lgamma(k + 1.0));
  }
  return sum;
}

}  // namespace truce::verification
