// SPDX-License-Identifier: Apache-2.0
// What loading costs: text to tree, tree to scenario with all checks, scenario to theatre; for the
// Paris case and for a generated scenario of 5,000 entries.
//
// Goals: the Paris case within 100 ms, so that a mistake is told at once; 5,000 entries within 2 s.
#include <sstream>
#include <string>

#include <benchmark/benchmark.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/theatre.hpp"

namespace {

using truce::scenario::Loaded;
using truce::scenario::Node;
using truce::scenario::parse;
using truce::scenario::read;

constexpr int places = 1000;
constexpr int hubs = 200;
constexpr int contributors = 500;
constexpr int sectors = 200;

/// 5,000 entries: 1,000 places in a tree of four branches each, with legs both ways; 200 hubs among
/// them; 500 contributors with a pledge each; 200 sectors that spill into the next, and as many
/// incident types, sensors and cells.
std::string large_scenario() {
  std::ostringstream text;
  text << "truce: 1\nname: Large\nstart: 2026-07-01\nhorizon: 12 months\n"
          "ceasefire: {takes_effect: 2026-07-15}\nplaces:\n";
  for (int i = 0; i != places; ++i) {
    text << "  p" << i << ": {at: [" << 45 + i * 0.005 << ", 30], country: UA}\n";
  }
  text << "routes:\n";
  for (int i = 1; i != places; ++i) {
    const int parent = (i - 1) / 4;
    const char* rest = ", time: {triangular: [1 h, 2 h, 6 h]}, capacity: 100 troops/day}\n";
    text << "  up" << i << ": {from: p" << i << ", to: p" << parent << rest;
    text << "  down" << i << ": {from: p" << parent << ", to: p" << i << rest;
  }
  text << "hubs:\n";
  for (int i = 0; i != hubs; ++i) {
    text << "  h" << i << ": {place: p" << i * 4 << ", beds: 800 troops, opens_after: 20 days}\n";
  }
  text << "contributors:\n";
  for (int i = 0; i != contributors; ++i) {
    text << "  c" << i << ":\n    pledges:\n      land: {function: monitoring, troops: 48 troops, "
         << "from: p" << i * 2 << ", hubs: [h" << i % hubs << "], tour: 6 months, "
         << "notice_to_move: {lognormal: {median: 20 days, p95: 45 days}}}\n";
  }
  text << "incident_types:\n";
  for (int i = 0; i != sectors; ++i) text << "  t" << i << ": {share: 1, grade: minor}\n";
  text << "sectors:\n";
  for (int i = 0; i != sectors; ++i) {
    text << "  s" << i << ": {from: [50, 37], to: [49.8, 37.1], length: 9 km, incidents: {rate: "
         << "1 /day, branching: 0.3, decay: 0.2 /day}, spills_into: {s" << (i + 1) % sectors
         << ": 0.1}}\n";
  }
  text << "sensors:\n";
  for (int i = 0; i != sectors; ++i) {
    text << "  u" << i << ": {swath: 3 km, detects: {t" << i << ": 0.5}}\n";
  }
  text << "cells:\n";
  for (int i = 0; i != sectors; ++i) {
    text << "  k" << i << ": {hub: h" << i << ", watches: [s" << i << "], teams: 3, sensors: {u"
         << i << ": 4}}\n";
  }
  text << "verification: {work: 8 h, analysis: 12 h, expires_after: 14 days, attribution: "
          "{in_country: 0.6, neighbouring: 0.4, remote: 0.3}}\n";
  return std::move(text).str();
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
