// SPDX-License-Identifier: Apache-2.0
#include "sim/random/scaled.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

#include "sim/random/precision.hpp"

namespace truce::random {
namespace {

std::vector<double> times(std::vector<double> values, double factor) {
  for (double& value : values) value *= factor;
  return values;
}

[[noreturn]] Distribution refuse_count(const std::string& kind) {
  throw std::invalid_argument("a " + kind +
                              " law counts, and a count has no unit that could be multiplied; "
                              "change its parameters instead");
}

}  // namespace

Distribution scaled(const Distribution& law, double factor) {
  demand(std::isfinite(factor) && factor > 0, "a factor must be above 0 and finite");
  const auto made = [](auto kind) { return Distribution(std::move(kind)); };
  return std::visit(
      Overload{
          [&](const Constant& d) { return made(Constant{factor * d.value}); },
          [&](const Uniform& d) {
            return made(Uniform{factor * d.min, factor * d.max});
          },
          [&](const Triangular& d) {
            return made(Triangular{factor * d.min, factor * d.mode, factor * d.max});
          },
          [&](const ScaledBeta& d) {
            return made(ScaledBeta{factor * d.min, factor * d.max, d.a, d.b});
          },
          [&](const Normal& d) {
            return made(Normal{factor * d.mean, factor * d.sd, factor * d.min, factor * d.max});
          },
          [&](const Lognormal& d) {
            return made(Lognormal{factor * d.median, d.sigma});
          },
          [&](const Gamma& d) {
            return made(Gamma{d.shape, factor * d.scale});
          },
          [&](const Exponential& d) { return made(Exponential{factor * d.mean}); },
          [&](const Weibull& d) {
            return made(Weibull{d.shape, factor * d.scale});
          },
          [](const Bernoulli&) { return refuse_count("Bernoulli"); },
          [](const Poisson&) { return refuse_count("Poisson"); },
          [](const Binomial&) { return refuse_count("binomial"); },
          [](const NegativeBinomial&) { return refuse_count("negative binomial"); },
          [&](const Discrete& d) {
            return made(Discrete{times(d.values, factor), d.weights});
          },
          [&](const Quantiles& d) {
            return made(Quantiles{d.percents, times(d.values, factor)});
          },
          [&](const Truncated& d) {
            return made(Truncated(scaled(d.of.front(), factor), factor * d.min, factor * d.max));
          },
          [&](const Mixture& d) {
            Mixture mixture{{}, d.weights};
            for (const auto& part : d.parts) mixture.parts.push_back(scaled(part, factor));
            return made(std::move(mixture));
          },
      },
      law.kind());
}

}  // namespace truce::random
