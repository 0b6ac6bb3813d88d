// SPDX-License-Identifier: Apache-2.0
#include "sim/random/form.hpp"

#include "sim/random/fit.hpp"

namespace truce::random {
namespace {

Distribution make(Distribution::Kind kind) {
  return Distribution(std::move(kind));
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
      {"uniform",
       {{"p10"}, {"p90"}},
       uniform_from_p10_p90,
       "from p10 - (p90 - p10)/8 to p90 + (p90 - p10)/8"},
      {"triangular",
       {{"min"}, {"mode"}, {"max"}},
       [](Values v) {
         return make(Triangular{v[0], v[1], v[2]});
       },
       "density rises from min to mode and falls to max; mean (min + mode + max)/3"},
      {"triangular",
       {{"p10"}, {"mode"}, {"p90"}},
       triangular_from_p10_p90,
       "one tenth lies below p10, one tenth above p90: mode - min = t w, max - min = w with "
       "w (t - sqrt(0.1 t)) = mode - p10 and w (1 - t - sqrt(0.1 (1 - t))) = p90 - mode"},
      {"pert", {{"min"}, {"mode"}, {"max"}}, pert, "beta with mean (min + 4 mode + max)/6"},
      {"pert",
       {{"min"}, {"mode"}, {"max"}, {"shape", number}},
       modified_pert,
       "beta with mean (min + shape mode + max)/(shape + 2); the larger the shape, the surer the "
       "mode"},
      {"beta",
       {{"min"}, {"max"}, {"alpha", number}, {"beta", number}},
       [](Values v) {
         return make(ScaledBeta{v[0], v[1], v[2], v[3]});
       },
       "min + (max - min) B, B of density x^(alpha-1) (1-x)^(beta-1)"},
      {"beta", {{"mean", number}, {"sd", number}}, beta_from_moments, "on [0, 1], by its moments"},
      {"beta",
       {{"mean", number}, {"cv", number}},
       beta_from_cv,
       "on [0, 1]; cv is standard deviation over mean"},
      {"beta",
       {{"min"}, {"max"}, {"mean"}, {"sd"}},
       beta_from_range_and_moments,
       "on [min, max], by its moments"},
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
      {"normal", {{"mean"}, {"cv", number}}, normal_from_cv, "sd = mean cv"},
      {"normal", {{"median"}, {"p95"}}, normal_from_p95, "sd = (p95 - median)/1.645"},
      {"normal",
       {{"p10"}, {"p90"}},
       normal_from_p10_p90,
       "mean (p10 + p90)/2, sd = (p90 - p10)/2.563"},
      {"normal", {{"p5"}, {"p95"}}, normal_from_p5_p95, "mean (p5 + p95)/2, sd = (p95 - p5)/3.290"},
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
      {"lognormal", {{"mean"}, {"sd"}}, lognormal_from_sd, "sigma^2 = log(1 + (sd/mean)^2)"},
      {"lognormal",
       {{"p10"}, {"p90"}},
       lognormal_from_p10_p90,
       "median sqrt(p10 p90), sigma = log(p90/p10)/2.563"},
      {"lognormal",
       {{"p5"}, {"p95"}},
       lognormal_from_p5_p95,
       "median sqrt(p5 p95), sigma = log(p95/p5)/3.290"},
      {"gamma",
       {{"shape", number}, {"scale"}},
       [](Values v) {
         return make(Gamma{v[0], v[1]});
       },
       "mean shape x scale, cv 1/sqrt(shape)"},
      {"gamma", {{"mean"}, {"cv", number}}, gamma_from_cv, "cv is standard deviation over mean"},
      {"gamma", {{"mean"}, {"sd"}}, gamma_from_sd, "shape = (mean/sd)^2, scale = sd^2/mean"},
      {"gamma",
       {{"median"}, {"p95"}},
       gamma_from_p95,
       "the shape whose quantiles have the ratio p95/median"},
      {"gamma",
       {{"p10"}, {"p90"}},
       gamma_from_p10_p90,
       "the shape whose quantiles have the ratio p90/p10"},
      {"erlang", {{"stages", number}, {"mean"}}, erlang, "sum of equal exponential stages"},
      {"exponential",
       {{"mean"}},
       [](Values v) { return make(Exponential{v[0]}); },
       "memoryless; 1/mean is its rate"},
      {"exponential", {{"median"}}, exponential_from_median, "mean = median/log 2"},
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
      {"weibull",
       {{"median"}, {"p95"}},
       weibull_from_p95,
       "shape = 1.464/log(p95/median), scale = p95/2.996^(1/shape)"},
      {"weibull",
       {{"p10"}, {"p90"}},
       weibull_from_p10_p90,
       "shape = 3.084/log(p90/p10), scale = p90/2.303^(1/shape)"},
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

}  // namespace truce::random
