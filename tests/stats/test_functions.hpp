// SPDX-License-Identifier: Apache-2.0
// Functions of uniform inputs whose sensitivities are known.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numbers>
#include <optional>
#include <span>
#include <vector>

#include "sim/random/points.hpp"

#include "sim/stats/sobol_indices.hpp"

#include "tests/support/noise.hpp"

namespace truce::test {

using Function = std::function<double(std::span<const double>)>;

/// A function on the unit cube with its indices.
struct KnownFunction {
  std::size_t inputs = 0;
  Function value;
  std::vector<double> first;
  std::vector<double> total;
  double mean = 0.0;
  double variance = 0.0;
};

/// sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, the x uniform on (-pi, pi) (Ishigami and Homma, 1990).
/// With b = 0.1: V1 = (1 + b pi^4 / 5)^2 / 2, V2 = 49 / 8, V13 = b^2 pi^8 (1/18 - 1/50).
inline KnownFunction ishigami() {
  constexpr double pi = std::numbers::pi, b = 0.1;
  const double v1 = std::pow(1.0 + b * std::pow(pi, 4) / 5.0, 2) / 2.0;
  const double v2 = 49.0 / 8.0;
  const double v13 = b * b * std::pow(pi, 8) * (1.0 / 18.0 - 1.0 / 50.0);
  const double v = v1 + v2 + v13;
  const auto value = [](std::span<const double> u) {
    const double s1 = std::sin(pi * (2.0 * u[0] - 1.0)), s2 = std::sin(pi * (2.0 * u[1] - 1.0));
    const double x3 = pi * (2.0 * u[2] - 1.0);
    return s1 + 7.0 * s2 * s2 + b * x3 * x3 * x3 * x3 * s1;
  };
  return {3, value, {v1 / v, v2 / v, 0.0}, {(v1 + v13) / v, v2 / v, v13 / v}, 3.5, v};
}

/// prod (|4 u_i - 2| + a_i) / (1 + a_i) with a = 0, 1, 4.5, 9 (Saltelli and Sobol', 1995): partial
/// variances V_i = 1 / (3 (1 + a_i)^2), V = prod (1 + V_i) - 1, T_i = V_i prod_others (1 + V_j) /
/// V.
inline KnownFunction g_function() {
  static constexpr std::array a{0.0, 1.0, 4.5, 9.0};
  KnownFunction g{4, {}, {}, {}, 1.0, 1.0};
  for (const double a_i : a) g.variance *= 1.0 + 1.0 / (3.0 * (1.0 + a_i) * (1.0 + a_i));
  const double product = g.variance;
  g.variance -= 1.0;
  for (const double a_i : a) {
    const double v = 1.0 / (3.0 * (1.0 + a_i) * (1.0 + a_i));
    g.first.push_back(v / g.variance);
    g.total.push_back(v * product / (1.0 + v) / g.variance);
  }
  g.value = [](std::span<const double> u) {
    double y = 1.0;
    for (std::size_t i = 0; i < a.size(); ++i)
      y *= (std::abs(4.0 * u[i] - 2.0) + a[i]) / (1.0 + a[i]);
    return y;
  };
  return g;
}

/// Ishigami's function as the mean response, and chance on top that is larger where x1 is: 6 (u4 -
/// 1/2) (1 + sin x1). Its partial variances: 3 of chance alone, 3/2 of chance with x1, none else.
inline KnownFunction noisy_ishigami() {
  const KnownFunction quiet = ishigami();
  KnownFunction noisy{4, {}, {}, {}, quiet.mean, quiet.variance + 4.5};
  noisy.value = [value = quiet.value](std::span<const double> u) {
    return value(u) + 6.0 * (u[3] - 0.5) * (1.0 + std::sin(std::numbers::pi * (2.0 * u[0] - 1.0)));
  };
  for (std::size_t i = 0; i < 3; ++i) {
    noisy.first.push_back(quiet.first[i] * quiet.variance / noisy.variance);
    noisy.total.push_back((quiet.total[i] * quiet.variance + (i == 0 ? 1.5 : 0.0)) /
                          noisy.variance);
  }
  noisy.first.push_back(3.0 / noisy.variance);
  noisy.total.push_back(4.5 / noisy.variance);
  return noisy;
}

/// Independent uniform points.
inline random::Points independent_points(std::size_t rows, std::size_t columns, Noise& noise) {
  random::Points points{rows, columns, std::vector<double>(rows * columns)};
  for (double& u : points.values) u = noise.uniform();
  return points;
}

/// The outcomes of a function at the points of a design.
inline stats::SobolOutcomes outcomes_of(const KnownFunction& function, const random::Pair& pair) {
  const auto at = [&](const random::Points& points) {
    stats::SobolOutcomes::Row row;
    for (std::size_t r = 0; r < points.rows; ++r) row.emplace_back(function.value(points.row(r)));
    return row;
  };
  stats::SobolOutcomes outcomes{at(pair.a), at(pair.b), {}, false};
  for (std::size_t i = 0; i < function.inputs; ++i) {
    outcomes.mixed.push_back(at(random::mixed(pair, i)));
  }
  return outcomes;
}

}  // namespace truce::test
