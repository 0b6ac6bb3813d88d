// SPDX-License-Identifier: Apache-2.0
#include "sim/random/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/random/precision.hpp"

namespace truce::random {
namespace {

// Whether each value is above the one before.
bool ascend(const std::vector<double>& values) {
  return std::adjacent_find(values.begin(), values.end(),
                            [](double a, double b) { return !(a < b); }) == values.end();
}

void check(const Distribution::Kind& kind) {
  std::visit(
      Overload{
          [](const Constant& d) { demand(finite({d.value}), "the value is not finite"); },
          [](const Uniform& d) {
            demand(finite({d.min, d.max}) && d.min < d.max, "min must be below max");
          },
          [](const Triangular& d) {
            demand(finite({d.min, d.mode, d.max}) && d.min <= d.mode && d.mode <= d.max &&
                       d.min < d.max,
                   "min <= mode <= max must hold, with min below max");
          },
          [](const ScaledBeta& d) {
            demand(finite({d.min, d.max, d.a, d.b}) && d.min < d.max, "min must be below max");
            demand(d.a > 0 && d.b > 0, "the shapes must be above 0");
          },
          [](const Normal& d) {
            demand(finite({d.mean, d.sd}) && d.sd > 0, "sd must be above 0");
            demand(d.min < d.max, "min must be below max");
            demand(probability_kept(d) > 1e-9,
                   "almost none of the distribution lies between min and max");
          },
          [](const Lognormal& d) {
            demand(finite({d.median, d.sigma}) && d.median > 0, "the median must be above 0");
            demand(d.sigma > 0 && d.sigma < 10, "the spread must be above 0 (sigma below 10)");
          },
          [](const Gamma& d) {
            demand(finite({d.shape, d.scale}) && d.shape > 0 && d.scale > 0,
                   "mean and spread must be above 0");
          },
          [](const Exponential& d) {
            demand(finite({d.mean}) && d.mean > 0, "the mean must be above 0");
          },
          [](const Weibull& d) {
            demand(finite({d.shape, d.scale}) && d.shape > 0 && d.scale > 0,
                   "shape and scale must be above 0");
          },
          [](const Bernoulli& d) {
            demand(d.probability >= 0 && d.probability <= 1,
                   "a probability must lie between 0 and 1");
          },
          [](const Poisson& d) {
            demand(d.mean >= 0 && d.mean < 1e9, "the mean must not be negative");
          },
          [](const Binomial& d) {
            demand(d.trials >= 0 && d.trials == std::trunc(d.trials) && d.trials < 1e9,
                   "trials must be a whole number, not negative");
            demand(d.probability >= 0 && d.probability <= 1,
                   "a probability must lie between 0 and 1");
          },
          [](const NegativeBinomial& d) {
            demand(d.mean >= 0 && d.mean < 1e9, "the mean must not be negative");
            demand(finite({d.dispersion}) && d.dispersion > 0, "the dispersion must be above 0");
          },
          [](const Discrete& d) {
            demand(!d.values.empty() && d.values.size() == d.weights.size(),
                   "as many weights as values are needed, at least one");
            demand(std::is_sorted(d.values.begin(), d.values.end()) &&
                       finite({d.values.front(), d.values.back()}),
                   "values must be finite and ascend");
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            demand(
                std::all_of(d.weights.begin(), d.weights.end(), [](double w) { return w >= 0; }) &&
                    total > 0 && std::isfinite(total),
                "weights must not be negative, and one must be above 0");
          },
          [](const Quantiles& d) {
            demand(d.percents.size() == d.values.size() && d.percents.size() >= 2,
                   "at least two points are needed");
            demand(d.percents.front() == 0 && d.percents.back() == 100 && ascend(d.percents),
                   "the percentages must ascend from 0 to 100");
            demand(finite({d.values.front(), d.values.back()}) && ascend(d.values),
                   "the values must rise with their percentages");
          },
          [](const Truncated&) {},  // its constructor checks
          [](const Mixture& d) {
            demand(!d.parts.empty() && d.parts.size() == d.weights.size(),
                   "as many weights as parts are needed, at least one");
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            demand(
                std::all_of(d.weights.begin(), d.weights.end(), [](double w) { return w >= 0; }) &&
                    total > 0 && std::isfinite(total),
                "weights must not be negative, and one must be above 0");
          },
      },
      kind);
}

struct Summary {
  double mean, variance, least, most;
};

Summary summarise(const Distribution::Kind& kind) {
  return std::visit(
      Overload{
          [](const Constant& d) {
            return Summary{d.value, 0.0, d.value, d.value};
          },
          [](const Uniform& d) {
            const double width = d.max - d.min;
            return Summary{(d.min + d.max) / 2, width * width / 12, d.min, d.max};
          },
          [](const Triangular& d) {
            const double a = d.min, b = d.max, c = d.mode;
            return Summary{(a + b + c) / 3, (a * a + b * b + c * c - a * b - a * c - b * c) / 18, a,
                           b};
          },
          [](const ScaledBeta& d) {
            const double width = d.max - d.min, s = d.a + d.b;
            return Summary{d.min + width * d.a / s, width * width * d.a * d.b / (s * s * (s + 1)),
                           d.min, d.max};
          },
          [](const Normal& d) {  // Johnson, Kotz, Balakrishnan: Continuous Univariate I, 13.10
            const bm::normal_distribution<double, Policy> unit(0.0, 1.0);
            const double low = (d.min - d.mean) / d.sd, high = (d.max - d.mean) / d.sd;
            const double z = probability_kept(d);
            const double f_low = std::isinf(low) ? 0.0 : bm::pdf(unit, low);
            const double f_high = std::isinf(high) ? 0.0 : bm::pdf(unit, high);
            const double shift = (f_low - f_high) / z;
            const double stretch =
                1 +
                ((std::isinf(low) ? 0.0 : low * f_low) - (std::isinf(high) ? 0.0 : high * f_high)) /
                    z -
                shift * shift;
            return Summary{d.mean + d.sd * shift, d.sd * d.sd * stretch, d.min, d.max};
          },
          [](const Lognormal& d) {
            const double s2 = d.sigma * d.sigma;
            const double mean = d.median * std::exp(s2 / 2);
            return Summary{mean, mean * mean * std::expm1(s2), 0.0, infinity};
          },
          [](const Gamma& d) {
            return Summary{d.shape * d.scale, d.shape * d.scale * d.scale, 0.0, infinity};
          },
          [](const Exponential& d) {
            return Summary{d.mean, d.mean * d.mean, 0.0, infinity};
          },
          [](const Weibull& d) {
            const double first = std::tgamma(1 + 1 / d.shape);
            const double second = std::tgamma(1 + 2 / d.shape);
            return Summary{d.scale * first, d.scale * d.scale * (second - first * first), 0.0,
                           infinity};
          },
          [](const Bernoulli& d) {
            const double p = d.probability;
            return Summary{p, p * (1 - p), p < 1 ? 0.0 : 1.0, p > 0 ? 1.0 : 0.0};
          },
          [](const Poisson& d) {
            return Summary{d.mean, d.mean, 0.0, infinity};
          },
          [](const Binomial& d) {
            return Summary{d.trials * d.probability, d.trials * d.probability * (1 - d.probability),
                           0.0, d.trials};
          },
          [](const NegativeBinomial& d) {
            return Summary{d.mean, d.mean + d.mean * d.mean / d.dispersion, 0.0, infinity};
          },
          [](const Discrete& d) {
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            double mean = 0.0, square = 0.0;
            for (std::size_t i = 0; i < d.values.size(); ++i) {
              mean += d.weights[i] / total * d.values[i];
              square += d.weights[i] / total * d.values[i] * d.values[i];
            }
            return Summary{mean, square - mean * mean, d.values.front(), d.values.back()};
          },
          [](const Quantiles& d) {
            double mean = 0.0, variance = 0.0;
            for (std::size_t i = 1; i < d.values.size(); ++i) {
              mean +=
                  (d.percents[i] - d.percents[i - 1]) / 100 * (d.values[i] + d.values[i - 1]) / 2;
            }
            for (std::size_t i = 1; i < d.values.size(); ++i) {
              const double width = d.values[i] - d.values[i - 1];
              const double off = (d.values[i] + d.values[i - 1]) / 2 - mean;
              variance +=
                  (d.percents[i] - d.percents[i - 1]) / 100 * (width * width / 12 + off * off);
            }
            return Summary{mean, variance, d.values.front(), d.values.back()};
          },
          [](const Truncated& d) {
            return Summary{d.mean, d.variance, d.cut.least, d.cut.most};
          },
          [](const Mixture& d) {
            const double total = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
            Summary all{0.0, 0.0, infinity, -infinity};
            for (std::size_t i = 0; i < d.parts.size(); ++i) {
              if (d.weights[i] == 0) continue;
              all.mean += d.weights[i] / total * d.parts[i].mean();
              all.least = std::min(all.least, d.parts[i].least());
              all.most = std::max(all.most, d.parts[i].most());
            }
            for (std::size_t i = 0; i < d.parts.size(); ++i) {
              if (d.weights[i] == 0) continue;
              const double off = d.parts[i].mean() - all.mean;
              all.variance += d.weights[i] / total * (d.parts[i].variance() + off * off);
            }
            return all;
          },
      },
      kind);
}

}  // namespace

Distribution::Distribution(Kind kind) : kind_(std::move(kind)) {
  check(kind_);
  if (auto* d = std::get_if<Discrete>(&kind_)) {
    d->sums.resize(d->weights.size());
    std::partial_sum(d->weights.begin(), d->weights.end(), d->sums.begin());
  }
}
double Distribution::mean() const {
  return summarise(kind_).mean;
}
double Distribution::variance() const {
  return summarise(kind_).variance;
}
double Distribution::least() const {
  if (const auto* constant = std::get_if<Constant>(&kind_)) return constant->value;
  return summarise(kind_).least;
}
double Distribution::most() const {
  return summarise(kind_).most;
}

bool Distribution::whole() const {
  const auto is_whole = [](double v) { return v == std::trunc(v); };
  if (const auto* d = std::get_if<Constant>(&kind_)) return is_whole(d->value);
  if (const auto* d = std::get_if<Discrete>(&kind_)) {
    return std::all_of(d->values.begin(), d->values.end(), is_whole);
  }
  if (const auto* d = std::get_if<Truncated>(&kind_)) return d->of.front().whole();
  if (const auto* d = std::get_if<Mixture>(&kind_)) {
    return std::all_of(d->parts.begin(), d->parts.end(),
                       [](const Distribution& part) { return part.whole(); });
  }
  return std::holds_alternative<Bernoulli>(kind_) || std::holds_alternative<Poisson>(kind_) ||
         std::holds_alternative<Binomial>(kind_) || std::holds_alternative<NegativeBinomial>(kind_);
}

Distribution elicited(Quantiles points) {
  auto& [percents, values] = points;
  demand(percents.size() >= 2 && percents.size() == values.size(),
         "at least two points are needed");
  demand(percents.front() >= 0 && percents.back() <= 100 && ascend(percents),
         "the percentages must ascend between p0 and p100");
  const double margin = (values.back() - values.front()) / 10;
  if (percents.front() > 0) {
    percents.insert(percents.begin(), 0.0);
    values.insert(values.begin(), values.front() - margin);
  }
  if (percents.back() < 100) {
    percents.push_back(100.0);
    values.push_back(values.back() + margin);
  }
  return Distribution(std::move(points));
}

Distribution empirical(const std::vector<double>& values, const std::vector<double>& weights) {
  demand(values.size() == weights.size(), "as many weights as values are needed, at least one");
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  Discrete law;
  for (const std::size_t i : order) {
    demand(finite({values[i]}), "values must be finite");
    demand(weights[i] >= 0, "weights must not be negative, and one must be above 0");
    if (!law.values.empty() && law.values.back() == values[i]) {
      law.weights.back() += weights[i];
    } else {
      law.values.push_back(values[i]);
      law.weights.push_back(weights[i]);
    }
  }
  return Distribution(std::move(law));
}

}  // namespace truce::random
