// SPDX-License-Identifier: Apache-2.0
// The waiting time at a single server with Poisson arrivals (M/G/1), and how far its average over a
// long run may stray.
//
// Mean and second moment: Pollaczek and Khinchine, Takacs (Kleinrock, Queueing Systems I, 1975,
// 5.7): w = E W = lambda E S^2/(2(1-rho)), E W^2 = 2 w^2 + lambda E S^3/(3(1-rho)).
// Standard error: arrivals see the unfinished work V, whose law is W's. For the sum of V - w over
// arrivals the Poisson equation has the solution h(v) = c v^2, c = lambda/(2(1-rho)), because V
// falls at rate 1 and jumps by S. The sum's variance per arrival is then that of its martingale,
// E (V - w + h(V + S) - h(V))^2, of which V and S are independent. For the exponential law this is
// Blomqvist's rho(2 + 5 rho - 4 rho^2 + rho^3)/(1-rho)^4 (Skand. Aktuarietidskrift 50, 1967).
#pragma once

#include <array>
#include <cmath>

namespace truce::verification {

struct SingleServer {
  double rate = 0.0;                ///< arrivals per time
  std::array<double, 4> service{};  ///< E S, E S^2, E S^3, E S^4

  double load() const { return rate * service[0]; }
  double wait() const { return rate * service[1] / (2 * (1 - load())); }
  /// Variance of the mean of n waits, times n, for large n.
  double wait_variance() const {
    const double w = wait();
    const double square = 2 * w * w + rate * service[2] / (3 * (1 - load()));
    const double c = rate / (2 * (1 - load()));
    // E of ((1 + 2 c S) V + c S^2 - w)^2, term by term.
    const double on_square = 1 + 4 * c * service[0] + 4 * c * c * service[1];
    const double on_mean = c * service[1] - w + 2 * c * (c * service[2] - w * service[0]);
    const double alone = c * c * service[3] - 2 * c * w * service[1] + w * w;
    return square * on_square + 2 * w * on_mean + alone;
  }
};

/// Constant service.
inline SingleServer constant_service(double rate, double time) {
  return {rate, {time, time * time, std::pow(time, 3), std::pow(time, 4)}};
}
/// Gamma service of a shape and mean.
inline SingleServer gamma_service(double rate, double shape, double mean) {
  const double scale = mean / shape;
  const double second = scale * mean * (shape + 1);
  const double third = scale * second * (shape + 2);
  return {rate, {mean, second, third, scale * third * (shape + 3)}};
}

}  // namespace truce::verification
