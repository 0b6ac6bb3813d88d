// SPDX-License-Identifier: Apache-2.0
// What loading costs: text to tree, tree to scenario with all checks, scenario to theatre; for the
// Paris case and for a generated scenario of 5,000 entries.
//
// Goals: the Paris case within 100 ms, so that a mistake is told at once; 5,000 entries within 1 s
// from text to scenario.
#include <string>

#include <benchmark/benchmark.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/theatre.hpp"

#include "bench/generated.hpp"

namespace {

using truce::scenario::Loaded;
using truce::scenario::Node;
using truce::scenario::parse;
using truce::scenario::read;

std::string large_scenario() {
  return truce::bench::scenario_text(truce::bench::Sizes::of_5000_entries());
}

std::string paris_text() {
  return to_yaml(truce::scenario::load(TRUCE_SCENARIOS_FOLDER "/paris-2026.yaml"));
}

template <std::string (*text_of)()>
void text_to_tree(benchmark::State& state) {
  const std::string text = text_of();
  for (auto step : state) benchmark::DoNotOptimize(parse(text, "bench.yaml"));
  state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

template <std::string (*text_of)()>
void tree_to_scenario(benchmark::State& state) {
  const Node root = parse(text_of(), "bench.yaml");
  for (auto step : state) benchmark::DoNotOptimize(read(root));
}

template <std::string (*text_of)()>
void scenario_to_theatre(benchmark::State& state) {
  const Loaded loaded = read(parse(text_of(), "bench.yaml"));
  for (auto step : state) benchmark::DoNotOptimize(truce::model::Theatre(loaded.scenario));
}

constexpr auto paris = paris_text;
constexpr auto large = large_scenario;

BENCHMARK(text_to_tree<paris>)->Name("text_to_tree/paris")->Unit(benchmark::kMillisecond);
BENCHMARK(tree_to_scenario<paris>)->Name("tree_to_scenario/paris")->Unit(benchmark::kMillisecond);
BENCHMARK(scenario_to_theatre<paris>)
    ->Name("scenario_to_theatre/paris")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(text_to_tree<large>)->Name("text_to_tree/5000")->Unit(benchmark::kMillisecond);
BENCHMARK(tree_to_scenario<large>)->Name("tree_to_scenario/5000")->Unit(benchmark::kMillisecond);
BENCHMARK(scenario_to_theatre<large>)
    ->Name("scenario_to_theatre/5000")
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
