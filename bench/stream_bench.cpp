// SPDX-License-Identifier: Apache-2.0
// What chance costs: a uniform of a long stream, the first uniform of a new one, and a stream's
// name, beside std::mt19937_64, which is quick in long streams and slow to begin one.
//
// Goals: a uniform costs no more than twice that of std::mt19937_64; a new stream with its first
// uniform less than a hundredth of seeding one.
#include <cstdint>
#include <random>
#include <string>

#include <benchmark/benchmark.h>

#include "sim/random/stream.hpp"

namespace {

using truce::random::Source;
using truce::random::Stream;

double uniform(std::mt19937_64& bits) {
  return (static_cast<double>(bits() >> 12U) + 0.5) * 0x1p-52;
}

void uniform_of_a_long_stream(benchmark::State& state) {
  Stream stream = Source("donetsk", "baseline").at({1, 0});
  for (auto step : state) benchmark::DoNotOptimize(stream.uniform());
}

void uniform_of_mt19937(benchmark::State& state) {
  std::mt19937_64 bits(1);
  for (auto step : state) benchmark::DoNotOptimize(uniform(bits));
}

/// As the model draws what belongs to one incident or contingent.
void new_stream_and_uniform(benchmark::State& state) {
  const Source source("donetsk", "baseline");
  std::uint64_t occurrence = 0;
  for (auto step : state) {
    Stream stream = source.at({1, 0}, ++occurrence);
    benchmark::DoNotOptimize(stream.uniform());
  }
}

void new_mt19937_and_uniform(benchmark::State& state) {
  std::uint64_t occurrence = 0;
  for (auto step : state) {
    std::mt19937_64 bits(++occurrence);
    benchmark::DoNotOptimize(uniform(bits));
  }
}

/// Hashing the names of entity and purpose; done once, not in replications.
void source_from_names(benchmark::State& state) {
  std::string entity = "contributors.france.pledges.land";
  for (auto step : state) {
    benchmark::DoNotOptimize(entity);
    benchmark::DoNotOptimize(Source(entity, "extension"));
  }
}

BENCHMARK(uniform_of_a_long_stream);
BENCHMARK(uniform_of_mt19937);
BENCHMARK(new_stream_and_uniform);
BENCHMARK(new_mt19937_and_uniform);
BENCHMARK(source_from_names);

}  // namespace

BENCHMARK_MAIN();
