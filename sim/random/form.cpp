// SPDX-License-Identifier: Apache-2.0
#include "sim/random/form.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace truce::random {
namespace {

using Values = std::span<const double>;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double z95 = 1.6448536269514722;  // Phi^-1(0.95)

Distribution make(Distribution::Kind kind) {
  return Distribution(std::move(kind));
}

Distribution pert(Values v) {
  const double width = v[2] - v[0];
  if (!(width > 0) || v[1] < v[0] || v[1] > v[2]) {
    throw std::invalid_argument("min <= mode <= max must hold, with min below max");
  }
  const double a = 1 + 4 * (v[1] - v[0]) / width;
  return make(ScaledBeta{v[0], v[2], a, 6 - a});
}

Distribution beta_from_moments(Values v) {
  const double mean = v[0], variance = v[1] * v[1];
  if (!(mean > 0 && mean < 1) || !(v[1] > 0 && variance < mean * (1 - mean))) {
    throw std::invalid_argument(
        "mean must lie in (0, 1), sd above 0 and sd^2 below mean (1 - mean)");
  }
  const double total = mean * (1 - mean) / variance - 1;
  return make(ScaledBeta{0, 1, mean * total, (1 - mean) * total});
}

Distribution lognormal_from_p95(Values v) {
  if (!(v[0] > 0) || !(v[1] > v[0])) {
    throw std::invalid_argument("0 < median < p95 must hold");
  }
  return make(Lognormal{v[0], std::log(v[1] / v[0]) / z95});
}

Distribution lognormal_from_cv(Values v) {
  if (!(v[0] > 0) || !(v[1] > 0)) throw std::invalid_argument("mean and cv must be above 0");
  const double s2 = std::log1p(v[1] * v[1]);
  return make(Lognormal{v[0] * std::exp(-s2 / 2), std::sqrt(s2)});
}

Distribution gamma_from_cv(Values v) {
  if (!(v[1] > 0)) throw std::invalid_argument("cv must be above 0");
  const double shape = 1 / (v[1] * v[1]);
  return make(Gamma{shape, v[0] / shape});
}

Distribution erlang(Values v) {
  if (v[0] < 1 || v[0] != std::trunc(v[0])) {
    throw std::invalid_argument("stages must be a whole number from 1");
  }
  return make(Gamma{v[0], v[1] / v[0]});
}

Distribution weibull_from_mean(Values v) {
  if (!(v[0] > 0)) throw std::invalid_argument("shape must be above 0");
  return make(Weibull{v[0], v[1] / std::tgamma(1 + 1 / v[0])});
}

}  // namespace

std::span<const Form> forms() {
  constexpr Role number = Role::number;
  static const std::vector<Form> table{
      {"constant", {{"value"}}, [](Values v) { return make(Constant{v[0]}); }, "always the value"},
      {"uniform",
       {{"min"}, {"max"}},
       [](Values v) {
         return make(Uniform{v[0], v[1]});
       },
       "every value between min and max equally likely"},
      {"triangular",
       {{"min"}, {"mode"}, {"max"}},
       [](Values v) {
         return make(Triangular{v[0], v[1], v[2]});
       },
       "density rises from min to mode and falls to max; mean (min + mode + max)/3"},
      {"pert", {{"min"}, {"mode"}, {"max"}}, pert, "beta with mean (min + 4 mode + max)/6"},
      {"beta",
       {{"min"}, {"max"}, {"alpha", number}, {"beta", number}},
       [](Values v) {
         return make(ScaledBeta{v[0], v[1], v[2], v[3]});
       },
       "min + (max - min) B, B of density x^(alpha-1) (1-x)^(beta-1)"},
      {"beta", {{"mean", number}, {"sd", number}}, beta_from_moments, "on [0, 1], by its moments"},
      {"normal",
       {{"mean"}, {"sd"}, {"min"}, {"max"}},
       [](Values v) {
         return make(Normal{v[0], v[1], v[2], v[3]});
       },
       "normal, conditioned to lie between min and max"},
      {"normal",
       {{"mean"}, {"sd"}, {"min"}},
       [](Values v) {
         return make(Normal{v[0], v[1], v[2], infinity});
       },
       "normal, conditioned to lie above min"},
      {"normal",
       {{"mean"}, {"sd"}, {"max"}},
       [](Values v) {
         return make(Normal{v[0], v[1], -infinity, v[2]});
       },
       "normal, conditioned to lie below max"},
      {"normal",
       {{"mean"}, {"sd"}},
       [](Values v) {
         return make(Normal{v[0], v[1], -infinity, infinity});
       },
       "normal with this mean and standard deviation"},
      {"lognormal",
       {{"median"}, {"sigma", number}},
       [](Values v) {
         return make(Lognormal{v[0], v[1]});
       },
       "its logarithm is normal with mean log(median) and standard deviation sigma"},
      {"lognormal",
       {{"median"}, {"p95"}},
       lognormal_from_p95,
       "half below the median, 95 % below p95: sigma = log(p95/median)/1.645"},
      {"lognormal",
       {{"mean"}, {"cv", number}},
       lognormal_from_cv,
       "cv is standard deviation over mean: sigma^2 = log(1 + cv^2)"},
      {"gamma",
       {{"shape", number}, {"scale"}},
       [](Values v) {
         return make(Gamma{v[0], v[1]});
       },
       "mean shape x scale, cv 1/sqrt(shape)"},
      {"gamma", {{"mean"}, {"cv", number}}, gamma_from_cv, "cv is standard deviation over mean"},
      {"erlang", {{"stages", number}, {"mean"}}, erlang, "sum of equal exponential stages"},
      {"exponential",
       {{"mean"}},
       [](Values v) { return make(Exponential{v[0]}); },
       "memoryless; 1/mean is its rate"},
      {"weibull",
       {{"shape", number}, {"scale"}},
       [](Values v) {
         return make(Weibull{v[0], v[1]});
       },
       "P(X > x) = exp(-(x/scale)^shape)"},
      {"weibull",
       {{"shape", number}, {"mean"}},
       weibull_from_mean,
       "scale = mean/Gamma(1+1/shape)"},
      {"bernoulli",
       {{"probability", number}},
       [](Values v) { return make(Bernoulli{v[0]}); },
       "1 with the probability, else 0"},
      {"poisson",
       {{"mean"}},
       [](Values v) { return make(Poisson{v[0]}); },
       "counts, variance = mean"},
      {"binomial",
       {{"trials", number}, {"probability", number}},
       [](Values v) {
         return make(Binomial{v[0], v[1]});
       },
       "successes in so many trials"},
      {"negative_binomial",
       {{"mean"}, {"dispersion", number}},
       [](Values v) {
         return make(NegativeBinomial{v[0], v[1]});
       },
       "counts with variance mean + mean^2/dispersion"},
  };
  return table;
}

Written write(const Distribution& distribution) {
  constexpr Role number = Role::number;
  struct Writer {
    Written operator()(const Constant& d) const { return {"constant", {{{"value"}, d.value}}}; }
    Written operator()(const Uniform& d) const {
      return {"uniform", {{{"min"}, d.min}, {{"max"}, d.max}}};
    }
    Written operator()(const Triangular& d) const {
      return {"triangular", {{{"min"}, d.min}, {{"mode"}, d.mode}, {{"max"}, d.max}}};
    }
    Written operator()(const ScaledBeta& d) const {
      return {
          "beta",
          {{{"min"}, d.min}, {{"max"}, d.max}, {{"alpha", number}, d.a}, {{"beta", number}, d.b}}};
    }
    Written operator()(const Normal& d) const {
      Written w{"normal", {{{"mean"}, d.mean}, {{"sd"}, d.sd}}};
      if (std::isfinite(d.min)) w.parameters.push_back({{"min"}, d.min});
      if (std::isfinite(d.max)) w.parameters.push_back({{"max"}, d.max});
      return w;
    }
    Written operator()(const Lognormal& d) const {
      return {"lognormal", {{{"median"}, d.median}, {{"sigma", number}, d.sigma}}};
    }
    Written operator()(const Gamma& d) const {
      return {"gamma", {{{"shape", number}, d.shape}, {{"scale"}, d.scale}}};
    }
    Written operator()(const Exponential& d) const { return {"exponential", {{{"mean"}, d.mean}}}; }
    Written operator()(const Weibull& d) const {
      return {"weibull", {{{"shape", number}, d.shape}, {{"scale"}, d.scale}}};
    }
    Written operator()(const Bernoulli& d) const {
      return {"bernoulli", {{{"probability", number}, d.probability}}};
    }
    Written operator()(const Poisson& d) const { return {"poisson", {{{"mean"}, d.mean}}}; }
    Written operator()(const Binomial& d) const {
      return {"binomial",
              {{{"trials", number}, d.trials}, {{"probability", number}, d.probability}}};
    }
    Written operator()(const NegativeBinomial& d) const {
      return {"negative_binomial", {{{"mean"}, d.mean}, {{"dispersion", number}, d.dispersion}}};
    }
    Written operator()(const Discrete& d) const {
      Written w{"discrete", {}};
      for (std::size_t i = 0; i < d.values.size(); ++i) {
        w.parameters.push_back({{"values"}, d.values[i]});
        w.parameters.push_back({{"weights", number}, d.weights[i]});
      }
      return w;
    }
  };
  return std::visit(Writer{}, distribution.kind());
}

}  // namespace truce::random
