// SPDX-License-Identifier: Apache-2.0
// What the Paris case costs: one replication, and a fixed number of them through the experiment on
// one and on two threads.
//
// Goals: 1,000 replications within two minutes on two cores, which allows 240 ms a replication;
// two threads at least 1.8 times as quick as one where two cores are free.
#include <cmath>
#include <cstdint>
#include <utility>

#include <benchmark/benchmark.h>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/simulate.hpp"
#include "sim/model/world.hpp"

#include "sim/experiment/run.hpp"

#include "bench/sectors.hpp"

namespace {

using truce::scenario::Scenario;

Scenario paris() {
  return read(truce::scenario::load(TRUCE_SCENARIOS_FOLDER "/paris-2026.yaml")).scenario;
}

/// The replications 0, 1, 2 ... in turn; items are events.
void replication(benchmark::State& state) {
  const Scenario scenario = paris();
  const truce::model::Theatre theatre(scenario);
  std::uint64_t number = 0;
  double events = 0.0;
  for (auto step : state) {
    const auto played = truce::model::simulate(scenario, theatre, {1, number++});
    events += played.outcome.events;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}

/// The same eight replications again and again; items are replications.
void fixed_replications(benchmark::State& state) {
  constexpr std::uint64_t replications = 8;
  const Scenario scenario = paris();
  const truce::model::Theatre theatre(scenario);
  for (auto step : state) {
    for (std::uint64_t number = 0; number != replications; ++number) {
      benchmark::DoNotOptimize(truce::model::simulate(scenario, theatre, {1, number}));
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(replications) * state.iterations());
}

/// Events pending in the mean over the events of a few replications.
std::int64_t mean_pending(const Scenario& scenario, const truce::model::Theatre& theatre) {
  double pending = 0.0;
  double events = 0.0;
  for (std::uint64_t number = 0; number != 4; ++number) {
    truce::model::World world(scenario, theatre, {1, number});
    world.start();
    const auto count = [&](truce::Time, const truce::model::Event&) {
      pending += static_cast<double>(world.calendar().size());
      events += 1.0;
    };
    truce::engine::run(world, world.calendar(), theatre.horizon, {}, count);
  }
  return std::llround(pending / events);
}

/// The engine's own share: events of the model, which do nothing but schedule the next one, among
/// as many pending ones as the Paris case has. Goal: `replication` takes at most five times as long
/// an event.
void engine_alone(benchmark::State& state) {
  const Scenario scenario = paris();
  const std::int64_t pending = mean_pending(scenario, truce::model::Theatre(scenario));
  truce::bench::Sectors sectors(static_cast<std::size_t>(pending));
  std::uint64_t events = 0;
  for (auto day : state) events += sectors.play_a_day();
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
  state.counters["pending"] = static_cast<double>(pending);
}

/// Outcome to row of columns, as the experiment takes it in.
void outcome_to_row(benchmark::State& state) {
  const Scenario scenario = paris();
  const truce::model::Theatre theatre(scenario);
  const auto played = truce::model::simulate(scenario, theatre, {1, 0});
  for (auto step : state) {
    benchmark::DoNotOptimize(truce::model::outcome_row(played.outcome, scenario));
  }
}

/// 256 replications; the argument is the number of threads, items are replications.
void experiment(benchmark::State& state) {
  constexpr std::uint64_t replications = 256;
  const Scenario scenario = paris();
  const truce::model::Theatre theatre(scenario);
  truce::experiment::Plan plan;
  plan.replications = replications;
  plan.threads = static_cast<unsigned>(state.range(0));
  plan.columns = truce::model::outcome_columns(scenario);
  const auto& series = truce::model::timeline_series();
  plan.series.assign(series.begin(), series.end());
  const auto play = [&](truce::random::ReplicationKey key) {
    auto played = truce::model::simulate(scenario, theatre, key);
    return truce::experiment::Played{truce::model::outcome_row(played.outcome, scenario),
                                     std::move(played.timeline), played.ceasefire};
  };
  for (auto step : state) {
    const auto results = truce::experiment::run(plan, play);
    if (results.replications != replications) state.SkipWithError("the run did not complete");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(replications) * state.iterations());
}

BENCHMARK(replication)->Unit(benchmark::kMillisecond);
BENCHMARK(fixed_replications)->Unit(benchmark::kMillisecond);
BENCHMARK(engine_alone)->Unit(benchmark::kMicrosecond);
BENCHMARK(outcome_to_row)->Unit(benchmark::kMicrosecond);
BENCHMARK(experiment)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace

BENCHMARK_MAIN();
