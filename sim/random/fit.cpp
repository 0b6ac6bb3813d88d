// SPDX-License-Identifier: Apache-2.0
#include "sim/random/fit.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <stdexcept>
#include <string>

namespace truce::random {
namespace {

constexpr double z90 = 1.2815515655446004;  // Phi^-1(0.90)
constexpr double z95 = 1.6448536269514722;  // Phi^-1(0.95)

// A value that is not exceeded with a probability.
struct Point {
  double probability;
  double value;
};

void ordered(std::initializer_list<double> values, const char* sentence) {
  const auto* const fall =
      std::adjacent_find(values.begin(), values.end(), [](double a, double b) { return !(a < b); });
  if (fall != values.end()) throw std::invalid_argument(sentence);
}

// Where a function that rises through 0 between low and high does so.
template <class F>
double root_between(double low, double high, F f) {
  for (int i = 0; i < 200; ++i) {
    const double middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    (f(middle) < 0 ? low : high) = middle;
  }
  return high;
}

Distribution normal(double mean, double sd) {
  return Distribution(Normal{mean, sd, -infinity, infinity});
}

// The ratio of two quantiles falls with the shape, from any size to 1.
Distribution gamma_from_quantiles(Point low, Point high, const std::string& names) {
  const double wanted = std::log(high.value) - std::log(low.value);
  const auto excess = [&](double log_shape) {
    const Distribution law(Gamma{std::exp(log_shape), 1.0});
    return wanted - std::log(law.quantile(high.probability) / law.quantile(low.probability));
  };
  const double least = std::log(0.05), most = std::log(1e6);
  if (excess(least) > 0) {
    throw std::invalid_argument(names + " are too far apart for a gamma distribution (shape 0.05)");
  }
  if (excess(most) < 0) {
    throw std::invalid_argument(names + " are too close for a gamma distribution (shape 1e6)");
  }
  const double shape = std::exp(root_between(least, most, excess));
  const double unit = Distribution(Gamma{shape, 1.0}).quantile(low.probability);
  return Distribution(Gamma{shape, low.value / unit});
}

// -log(1 - p) = (x/scale)^shape at both points.
Distribution weibull_from_quantiles(Point low, Point high) {
  const double hazard_low = -std::log1p(-low.probability);
  const double hazard_high = -std::log1p(-high.probability);
  const double shape =
      std::log(hazard_high / hazard_low) / (std::log(high.value) - std::log(low.value));
  return Distribution(Weibull{shape, high.value / std::pow(hazard_high, 1 / shape)});
}

}  // namespace

Distribution pert(Values v) {
  const double width = v[2] - v[0];
  if (!(width > 0) || v[1] < v[0] || v[1] > v[2]) {
    throw std::invalid_argument("min <= mode <= max must hold, with min below max");
  }
  const double a = 1 + 4 * (v[1] - v[0]) / width;
  return Distribution(ScaledBeta{v[0], v[2], a, 6 - a});
}

Distribution beta_from_moments(Values v) {
  const double mean = v[0], variance = v[1] * v[1];
  if (!(mean > 0 && mean < 1) || !(v[1] > 0 && variance < mean * (1 - mean))) {
    throw std::invalid_argument(
        "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)");
  }
  const double total = mean * (1 - mean) / variance - 1;
  return Distribution(ScaledBeta{0, 1, mean * total, (1 - mean) * total});
}

Distribution lognormal_from_p95(Values v) {
  if (!(v[0] > 0) || !(v[1] > v[0])) {
    throw std::invalid_argument("0 < median < p95 must hold");
  }
  return Distribution(Lognormal{v[0], std::log(v[1] / v[0]) / z95});
}

Distribution lognormal_from_cv(Values v) {
  if (!(v[0] > 0) || !(v[1] > 0)) throw std::invalid_argument("mean and cv must be above 0");
  const double s2 = std::log1p(v[1] * v[1]);
  return Distribution(Lognormal{v[0] * std::exp(-s2 / 2), std::sqrt(s2)});
}

Distribution gamma_from_cv(Values v) {
  if (!(v[1] > 0)) throw std::invalid_argument("cv must be above 0");
  const double shape = 1 / (v[1] * v[1]);
  return Distribution(Gamma{shape, v[0] / shape});
}

Distribution erlang(Values v) {
  if (v[0] < 1 || v[0] != std::trunc(v[0])) {
    throw std::invalid_argument("stages must be a whole number from 1");
  }
  return Distribution(Gamma{v[0], v[1] / v[0]});
}

Distribution weibull_from_mean(Values v) {
  if (!(v[0] > 0)) throw std::invalid_argument("shape must be above 0");
  return Distribution(Weibull{v[0], v[1] / std::tgamma(1 + 1 / v[0])});
}

Distribution modified_pert(Values v) {
  const double width = v[2] - v[0];
  if (!(width > 0) || v[1] < v[0] || v[1] > v[2]) {
    throw std::invalid_argument("min <= mode <= max must hold, with min below max");
  }
  if (!(v[3] >= 0)) throw std::invalid_argument("shape must not be negative");
  const double a = 1 + v[3] * (v[1] - v[0]) / width;
  return Distribution(ScaledBeta{v[0], v[2], a, 2 + v[3] - a});
}

Distribution uniform_from_p10_p90(Values v) {
  ordered({v[0], v[1]}, "p10 < p90 must hold");
  const double width = (v[1] - v[0]) / 0.8;
  return Distribution(Uniform{v[0] - 0.1 * width, v[1] + 0.1 * width});
}

// With t the probability below the mode and w the width, F(p10) = 0.1 says
// mode - p10 = w (t - sqrt(0.1 t)), and the same from the other side: t from the ratio, then w.
Distribution triangular_from_p10_p90(Values v) {
  if (!(v[0] <= v[1] && v[1] <= v[2] && v[0] < v[2])) {
    throw std::invalid_argument("p10 <= mode <= p90 must hold, with p10 below p90");
  }
  const auto left = [](double t) { return t - std::sqrt(0.1 * t); };
  const double share = (v[1] - v[0]) / (v[2] - v[0]);
  const double t =
      root_between(0.1, 0.9, [&](double x) { return left(x) - share * (left(x) + left(1 - x)); });
  const double width = (v[2] - v[0]) / (left(t) + left(1 - t));
  return Distribution(Triangular{v[1] - t * width, v[1], v[1] + (1 - t) * width});
}

Distribution beta_from_cv(Values v) {
  if (!(v[1] > 0)) throw std::invalid_argument("cv must be above 0");
  const double moments[] = {v[0], v[0] * v[1]};
  return beta_from_moments(moments);
}

Distribution beta_from_range_and_moments(Values v) {
  const double width = v[1] - v[0];
  if (!(width > 0)) throw std::invalid_argument("min must be below max");
  const double mean = (v[2] - v[0]) / width, variance = v[3] / width * (v[3] / width);
  if (!(mean > 0 && mean < 1) || !(v[3] > 0 && variance < mean * (1 - mean))) {
    throw std::invalid_argument(
        "mean must lie between min and max and sd^2 below (mean - min) (max - mean)");
  }
  const double total = mean * (1 - mean) / variance - 1;
  return Distribution(ScaledBeta{v[0], v[1], mean * total, (1 - mean) * total});
}

Distribution normal_from_p10_p90(Values v) {
  ordered({v[0], v[1]}, "p10 < p90 must hold");
  return normal((v[0] + v[1]) / 2, (v[1] - v[0]) / (2 * z90));
}

Distribution normal_from_p5_p95(Values v) {
  ordered({v[0], v[1]}, "p5 < p95 must hold");
  return normal((v[0] + v[1]) / 2, (v[1] - v[0]) / (2 * z95));
}

Distribution normal_from_cv(Values v) {
  if (!(v[0] > 0) || !(v[1] > 0)) throw std::invalid_argument("mean and cv must be above 0");
  return normal(v[0], v[0] * v[1]);
}

Distribution normal_from_p95(Values v) {
  ordered({v[0], v[1]}, "median < p95 must hold");
  return normal(v[0], (v[1] - v[0]) / z95);
}

Distribution lognormal_from_p10_p90(Values v) {
  ordered({0, v[0], v[1]}, "0 < p10 < p90 must hold");
  return Distribution(
      Lognormal{std::sqrt(v[0]) * std::sqrt(v[1]), (std::log(v[1]) - std::log(v[0])) / (2 * z90)});
}

Distribution lognormal_from_p5_p95(Values v) {
  ordered({0, v[0], v[1]}, "0 < p5 < p95 must hold");
  return Distribution(
      Lognormal{std::sqrt(v[0]) * std::sqrt(v[1]), (std::log(v[1]) - std::log(v[0])) / (2 * z95)});
}

Distribution lognormal_from_sd(Values v) {
  if (!(v[0] > 0) || !(v[1] > 0)) throw std::invalid_argument("mean and sd must be above 0");
  const double by_cv[] = {v[0], v[1] / v[0]};
  return lognormal_from_cv(by_cv);
}

Distribution gamma_from_sd(Values v) {
  if (!(v[0] > 0) || !(v[1] > 0)) throw std::invalid_argument("mean and sd must be above 0");
  return Distribution(Gamma{v[0] / v[1] * (v[0] / v[1]), v[1] / v[0] * v[1]});
}

Distribution gamma_from_p95(Values v) {
  ordered({0, v[0], v[1]}, "0 < median < p95 must hold");
  return gamma_from_quantiles({0.5, v[0]}, {0.95, v[1]}, "p95 and median");
}

Distribution gamma_from_p10_p90(Values v) {
  ordered({0, v[0], v[1]}, "0 < p10 < p90 must hold");
  return gamma_from_quantiles({0.1, v[0]}, {0.9, v[1]}, "p90 and p10");
}

Distribution exponential_from_median(Values v) {
  if (!(v[0] > 0)) throw std::invalid_argument("the median must be above 0");
  return Distribution(Exponential{v[0] / std::log(2.0)});
}

Distribution weibull_from_p95(Values v) {
  ordered({0, v[0], v[1]}, "0 < median < p95 must hold");
  return weibull_from_quantiles({0.5, v[0]}, {0.95, v[1]});
}

Distribution weibull_from_p10_p90(Values v) {
  ordered({0, v[0], v[1]}, "0 < p10 < p90 must hold");
  return weibull_from_quantiles({0.1, v[0]}, {0.9, v[1]});
}

}  // namespace truce::random
