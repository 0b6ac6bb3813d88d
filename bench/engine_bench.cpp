// SPDX-License-Identifier: Apache-2.0
// What an event costs the engine: a queue M/M/1 through its public interface beside the same queue
// as bare C++, and events of the model's size among as many pending ones as a scenario has.
//
// M/M/1 at a load of 0.75. An event is an arrival or the end of a service: two a customer. The
// bare version has a switch and a std::priority_queue of 24-byte events and keeps no statistics but
// the sum of times in system, which both check against the exact mean, 4; the engine's keeps two
// averages over time and a tally. Goal: at most 1.4 times the bare version.
#include <cmath>
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/core/time.hpp"

#include "sim/engine/calendar.hpp"
#include "sim/engine/loop.hpp"

#include "sim/stats/moments.hpp"
#include "sim/stats/time_average.hpp"

#include "bench/noise.hpp"
#include "bench/plain_queue.hpp"
#include "bench/sectors.hpp"

namespace {

using truce::Duration;
using truce::Time;
using truce::bench::Noise;
using truce::bench::Queue;
using truce::bench::Queued;

constexpr double mean_between_arrivals = 4.0 / 3.0;  // [service times]
constexpr double mean_in_system = 4.0;               // 1/(1 - 0.75)
/// Long, so that rounding to whole ticks is of no account.
constexpr double service_ticks = 1e9;
constexpr std::uint64_t customers = 1'000'000;

std::int64_t between_arrivals(Noise& noise) {
  return static_cast<std::int64_t>(noise.exponential() * (mean_between_arrivals * service_ticks));
}
std::int64_t service(Noise& noise) {
  return static_cast<std::int64_t>(noise.exponential() * service_ticks);
}

/// The customers who wait, first come first served: their arrivals, in a ring that grows.
class Line {
 public:
  std::size_t size() const { return size_; }
  void join(std::int64_t arrival) {
    if (size_ == ring_.size()) grow();
    ring_[(first_ + size_++) & (ring_.size() - 1)] = arrival;
  }
  std::int64_t leave() {
    const std::int64_t arrival = ring_[first_];
    first_ = (first_ + 1) & (ring_.size() - 1);
    --size_;
    return arrival;
  }

 private:
  void grow() {
    std::vector<std::int64_t> larger(2 * ring_.size());
    for (std::size_t i = 0; i != size_; ++i) larger[i] = ring_[(first_ + i) & (ring_.size() - 1)];
    ring_ = std::move(larger);
    first_ = 0;
  }

  std::vector<std::int64_t> ring_ = std::vector<std::int64_t>(16);
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

void judge(benchmark::State& state, double mean) {
  if (std::abs(mean - mean_in_system) > 0.1) state.SkipWithError("not an M/M/1 queue");
}

void mm1_bare(benchmark::State& state) {
  enum : std::uint64_t { arrives, departs };
  for (auto run : state) {
    Noise noise;
    Queue queue;
    Line line;
    std::uint64_t sequence = 0;
    std::uint64_t arrived = 0;
    std::uint64_t served = 0;
    double in_system = 0.0;
    queue.push({between_arrivals(noise), sequence++, arrives});
    while (!queue.empty()) {
      const Queued event = queue.top();
      queue.pop();
      switch (event.detail) {
        case arrives:
          if (++arrived != customers) {
            queue.push({event.time + between_arrivals(noise), sequence++, arrives});
          }
          if (line.size() == 0) queue.push({event.time + service(noise), sequence++, departs});
          line.join(event.time);
          break;
        case departs:
          in_system += static_cast<double>(event.time - line.leave());
          ++served;
          if (line.size() != 0) queue.push({event.time + service(noise), sequence++, departs});
          break;
      }
    }
    judge(state, in_system / service_ticks / static_cast<double>(served));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(2 * customers) * state.iterations());
}

struct Arrives {
  static constexpr std::string_view name = "Arrives";
};
struct Departs {
  static constexpr std::string_view name = "Departs";
};

class Station {
 public:
  using Event = std::variant<Arrives, Departs>;

  Station() { calendar_.schedule(Time{Duration{between_arrivals(noise_)}}, Arrives{}); }

  void now(Time time) { now_ = time; }
  void on(const Arrives&) {
    if (++arrived_ != customers) {
      calendar_.schedule(now_ + Duration{between_arrivals(noise_)}, Arrives{});
    }
    if (line_.size() == 0) serve();
    line_.join(now_.time_since_epoch().count());
    number_.add(now_, 1.0);
  }
  void on(const Departs&) {
    in_system_.add(static_cast<double>(now_.time_since_epoch().count() - line_.leave()));
    number_.add(now_, -1.0);
    if (line_.size() != 0) {
      serve();
    } else {
      busy_.set(now_, 0.0);
    }
  }

  truce::engine::Calendar<Event>& calendar() { return calendar_; }
  double mean_in_system() const { return *in_system_.mean() / service_ticks; }
  double load() const { return *busy_.mean(truce::start_of_time, now_); }

 private:
  void serve() {
    busy_.set(now_, 1.0);
    calendar_.schedule(now_ + Duration{service(noise_)}, Departs{});
  }

  truce::engine::Calendar<Event> calendar_;
  Noise noise_;
  Time now_ = truce::start_of_time;
  Line line_;
  std::uint64_t arrived_ = 0;
  truce::stats::TimeAverage number_;
  truce::stats::TimeAverage busy_;
  truce::stats::Moments in_system_;
};

void mm1_engine(benchmark::State& state) {
  for (auto run : state) {
    Station station;
    truce::engine::run(station, station.calendar(), truce::never);
    judge(state, station.mean_in_system());
    benchmark::DoNotOptimize(station.load());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(2 * customers) * state.iterations());
}

void model_events(benchmark::State& state) {
  truce::bench::Sectors sectors(static_cast<std::size_t>(state.range(0)));
  std::uint64_t events = 0;
  for (auto day : state) events += sectors.play_a_day();
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}

BENCHMARK(mm1_bare)->Unit(benchmark::kMillisecond);
BENCHMARK(mm1_engine)->Unit(benchmark::kMillisecond);
BENCHMARK(model_events)->RangeMultiplier(10)->Range(10, 100'000)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
