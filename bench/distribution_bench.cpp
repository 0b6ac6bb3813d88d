// SPDX-License-Identifier: Apache-2.0
// What a draw costs by distribution, uniform included. All are sampled by inversion: those with a
// closed quantile take a logarithm or less, the others what Boost.Math takes to invert.
//
// Goals: closed forms below 50 ns, normal and lognormal below 100 ns, no other above 2 microseconds
// with the parameters that scenarios have.
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/random/distribution.hpp"

namespace {

using namespace truce::random;  // NOLINT(google-build-using-namespace): a list of its names follows

constexpr double infinity = std::numeric_limits<double>::infinity();

void draw(benchmark::State& state, const Distribution& law) {
  Stream stream({1, 0}, 2);
  for (auto step : state) benchmark::DoNotOptimize(law.sample(stream));
}

std::vector<std::pair<std::string, Distribution::Kind>> laws() {
  return {
      {"constant", Constant{3}},
      {"uniform", Uniform{2, 7}},
      {"triangular", Triangular{2, 3, 6}},
      {"exponential, mean 120", Exponential{120}},
      {"weibull, shape 2", Weibull{2, 30}},
      {"bernoulli", Bernoulli{0.9}},
      {"discrete, 4 values", Discrete{{1, 2, 3, 4}, {1, 3, 2, 1}}},
      {"normal", Normal{10, 3, -infinity, infinity}},
      {"normal, cut at 0", Normal{10, 5, 0, infinity}},
      {"lognormal", Lognormal{20, 0.5}},
      {"gamma, cv 0.4", Gamma{6.25, 3.2}},
      {"gamma, cv 1.5", Gamma{0.44, 10}},
      {"pert", ScaledBeta{1, 6, 1.8, 4.2}},
      {"beta, mean 0.9 sd 0.05", ScaledBeta{0, 1, 31.5, 3.5}},
      {"poisson, mean 4", Poisson{4}},
      {"poisson, mean 400", Poisson{400}},
      {"binomial, 20 trials", Binomial{20, 0.3}},
      {"binomial, 5000 trials", Binomial{5000, 0.4}},
      {"negative binomial, mean 12 dispersion 0.4", NegativeBinomial{12, 0.4}},
      {"negative binomial, mean 500 dispersion 3", NegativeBinomial{500, 3}},
      {"gamma, cut above", Truncated(Distribution(Gamma{6.25, 3.2}), -infinity, 30)},
      {"mixture of a constant and a gamma",
       Mixture{{Distribution(Constant{10}), Distribution(Gamma{6.25, 3.2})}, {0.7, 0.3}}},
      {"mixture of a gamma and a lognormal",
       Mixture{{Distribution(Gamma{6.25, 3.2}), Distribution(Lognormal{20, 0.5})}, {0.3, 0.7}}},
      {"quantiles", elicited({{5, 50, 95}, {10, 20, 60}}).kind()},
  };
}

}  // namespace

int main(int argc, char** argv) {
  for (auto& [name, kind] : laws()) {
    benchmark::RegisterBenchmark(("draw/" + name).c_str(), draw, Distribution(std::move(kind)));
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
