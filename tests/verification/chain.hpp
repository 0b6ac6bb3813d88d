// SPDX-License-Identifier: Apache-2.0
// What a Markov chain in continuous time earns in the long run: mean, variance, and what the start
// in state 0 adds. Standard errors of simulated queues come from here, not from the simulation.
//
// A chain earns f(x) per time in state x and g at each jump. With generator Q, stationary law pi,
// total rate of earning r(x) = f(x) + sum over jumps of rate * g, and mean m = pi r, let h solve
// the Poisson equation Q h = m - r. Then A_T - m T + h(X_T) - h(X_0) is a martingale, so that
//     E A_T   = m T + h(0) - pi h + o(1)
//     Var A_T = T sum_x pi_x sum_jumps rate (g + h(to) - h(x))^2 + O(1)
// (Asmussen and Glynn, Stochastic Simulation, 2007, IV.4; Whitt, Management Science 38 (1992),
// 1369, has the closed form for birth and death).
#pragma once

#include <cstddef>
#include <stdexcept>
#include <vector>

#include <Eigen/Sparse>
#include <Eigen/SparseLU>

namespace truce::verification {

struct Earnings {
  double mean = 0.0;      ///< per time
  double variance = 0.0;  ///< per time
  double start = 0.0;     ///< added once by the start in state 0
};

class Chain {
 public:
  struct Jump {
    std::size_t from = 0;
    std::size_t to = 0;
    double rate = 0.0;
    int kind = 0;
  };

  /// An irreducible chain on 0, 1, ..., states - 1.
  Chain(std::size_t states, std::vector<Jump> jumps) : states_(states), jumps_(std::move(jumps)) {
    // With pi(0) = 1 and h(0) = 0, both systems leave the same matrix: Q without state 0.
    const auto n = static_cast<Eigen::Index>(states - 1);
    std::vector<Eigen::Triplet<double>> entries;
    Eigen::VectorXd from_zero = Eigen::VectorXd::Zero(n);
    for (const Jump& jump : jumps_) {
      if (jump.from == jump.to) continue;
      const auto from = static_cast<Eigen::Index>(jump.from) - 1;
      const auto to = static_cast<Eigen::Index>(jump.to) - 1;
      if (from >= 0) entries.emplace_back(from, from, -jump.rate);
      if (from >= 0 && to >= 0) entries.emplace_back(from, to, jump.rate);
      if (from < 0 && to >= 0) from_zero(to) += jump.rate;
    }
    Eigen::SparseMatrix<double> rest(n, n);
    rest.setFromTriplets(entries.begin(), entries.end());
    rest.makeCompressed();
    lu_.compute(rest);
    if (lu_.info() != Eigen::Success) throw std::invalid_argument("the chain is reducible");
    law_ = Eigen::VectorXd::Ones(n + 1);
    law_.tail(n) = lu_.transpose().solve(-from_zero);
    law_ /= law_.sum();
  }

  double probability(std::size_t state) const { return law_(static_cast<Eigen::Index>(state)); }

  /// `per_time(state)` and `per_jump(kind)` are what is earned.
  template <class PerTime, class PerJump>
  Earnings earnings(PerTime per_time, PerJump per_jump) const {
    const auto n = static_cast<Eigen::Index>(states_);
    Eigen::VectorXd rate(n);
    for (std::size_t x = 0; x < states_; ++x) rate(static_cast<Eigen::Index>(x)) = per_time(x);
    for (const Jump& jump : jumps_) {
      rate(static_cast<Eigen::Index>(jump.from)) += jump.rate * per_jump(jump.kind);
    }
    Earnings result;
    result.mean = law_.dot(rate);
    Eigen::VectorXd h = Eigen::VectorXd::Zero(n);
    const Eigen::VectorXd deviation =
        Eigen::VectorXd::Constant(n - 1, result.mean) - rate.tail(n - 1);
    h.tail(n - 1) = lu_.solve(deviation);
    for (const Jump& jump : jumps_) {
      const auto from = static_cast<Eigen::Index>(jump.from);
      const double change = per_jump(jump.kind) + h(static_cast<Eigen::Index>(jump.to)) - h(from);
      result.variance += law_(from) * jump.rate * change * change;
    }
    result.start = -law_.dot(h);
    return result;
  }

 private:
  std::size_t states_;
  std::vector<Jump> jumps_;
  Eigen::VectorXd law_;
  Eigen::SparseLU<Eigen::SparseMatrix<double>> lu_;
};

/// Birth and death on 0..top: births at birth(j), deaths at death(j), kinds 0 and 1. A birth at the
/// top is turned away but counted.
template <class Birth, class Death>
Chain birth_and_death(std::size_t top, Birth birth, Death death) {
  std::vector<Chain::Jump> jumps;
  for (std::size_t j = 0; j <= top; ++j) {
    jumps.push_back({j, j < top ? j + 1 : j, birth(j), 0});
    if (j > 0) jumps.push_back({j, j - 1, death(j), 1});
  }
  return Chain(top + 1, std::move(jumps));
}

}  // namespace truce::verification
