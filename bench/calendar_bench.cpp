// SPDX-License-Identifier: Apache-2.0
// What a pending event costs: our calendar beside std::priority_queue of 24-byte events.
//
// Hold model (Jones, "An empirical comparison of priority-queue and event-set implementations",
// CACM 29, 1986): N events pending; one step pops the next and schedules it again. The time per
// iteration is one hold, drawing the delay included. Goal: the calendar, which can also
// cancel, takes at most 0.8 of the plain queue's time at N = 100 and 10,000, and about as much at
// a million, which no scenario comes near.
#include <bit>
#include <cmath>
#include <cstdint>
#include <queue>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/core/time.hpp"

#include "sim/engine/calendar.hpp"

namespace {

using truce::Duration;
using truce::Time;

/// xoshiro256++ of Blackman and Vigna (2018), seeded with fixed words.
class Noise {
 public:
  std::uint64_t bits() {
    const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  /// In (0, 1).
  double uniform() { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; }

 private:
  std::uint64_t state_[4] = {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb, 1};
};

constexpr std::int64_t day = truce::one_day.count();

/// Delays with a mean of one day.
struct Exponential {
  static std::int64_t draw(Noise& noise) {
    return static_cast<std::int64_t>(-std::log(noise.uniform()) * static_cast<double>(day));
  }
};
/// 1, 2 or 3 whole days: a third of all pending events share each time.
struct WholeDays {
  static std::int64_t draw(Noise& noise) {
    return day * static_cast<std::int64_t>(1 + noise.bits() % 3);
  }
};
/// Always one day: last in, last out.
struct Constant {
  static std::int64_t draw(Noise&) { return day; }
};

/// What a model would schedule: 24 bytes.
struct Payload {
  std::uint64_t kind = 0;
  std::uint64_t entity = 0;
  std::uint64_t detail = 0;
};

template <class Delay>
void hold_calendar(benchmark::State& state) {
  Noise noise;
  truce::engine::Calendar<Payload> calendar;
  const auto n = static_cast<std::size_t>(state.range(0));
  calendar.reserve(n);
  for (std::uint64_t i = 0; i != n; ++i) {
    calendar.schedule(Time{Duration{Delay::draw(noise)}}, {i, i, i});
  }
  for (auto step : state) {
    const auto [time, event] = calendar.pop();
    calendar.schedule(time + Duration{Delay::draw(noise)}, event);
  }
  benchmark::DoNotOptimize(calendar.next_time());
}

struct Queued {
  std::int64_t time;
  std::uint64_t sequence;
  std::uint64_t entity;
};
struct Later {
  bool operator()(const Queued& a, const Queued& b) const {
    return a.time != b.time ? a.time > b.time : a.sequence > b.sequence;
  }
};
using Queue = std::priority_queue<Queued, std::vector<Queued>, Later>;

template <class Delay>
void hold_priority_queue(benchmark::State& state) {
  Noise noise;
  Queue queue;
  std::uint64_t sequence = 0;
  const auto n = static_cast<std::uint64_t>(state.range(0));
  for (std::uint64_t i = 0; i != n; ++i) queue.push({Delay::draw(noise), sequence++, i});
  for (auto step : state) {
    const Queued next = queue.top();
    queue.pop();
    queue.push({next.time + Delay::draw(noise), sequence++, next.entity});
  }
  benchmark::DoNotOptimize(queue.top());
}

/// Each of N entities has an event and a time-out of 20 days that the event re-arms, so that it
/// nearly never fires; an iteration is one event.
void rearm_calendar(benchmark::State& state) {
  Noise noise;
  truce::engine::Calendar<Payload> calendar;
  const auto n = static_cast<std::size_t>(state.range(0));
  calendar.reserve(2 * n);
  std::vector<truce::engine::Handle> timers(n);
  for (std::uint64_t i = 0; i != n; ++i) {
    calendar.schedule(Time{Duration{Exponential::draw(noise)}}, {0, i, 0});
    timers[i] = calendar.schedule(Time{Duration{20 * day}}, {1, i, 0});
  }
  for (auto step : state) {
    const auto [time, event] = calendar.pop();
    calendar.cancel(timers[event.entity]);
    timers[event.entity] = calendar.schedule(time + Duration{20 * day}, {1, event.entity, 0});
    if (event.kind == 0) calendar.schedule(time + Duration{Exponential::draw(noise)}, event);
  }
  benchmark::DoNotOptimize(calendar.next_time());
}

/// The same with a plain queue: a cancelled time-out stays in it and is skipped when it comes up.
void rearm_priority_queue(benchmark::State& state) {
  Noise noise;
  Queue queue;
  std::uint64_t sequence = 0;
  const auto n = static_cast<std::uint64_t>(state.range(0));
  std::vector<std::uint64_t> armed(n);  // sequence number of the valid time-out
  const auto arm = [&](std::uint64_t entity, std::int64_t time) {
    armed[entity] = sequence;
    queue.push({time + 20 * day, sequence++, n + entity});
  };
  for (std::uint64_t i = 0; i != n; ++i) {
    queue.push({Exponential::draw(noise), sequence++, i});
    arm(i, 0);
  }
  for (auto step : state) {
    Queued next = queue.top();
    queue.pop();
    while (next.entity >= n && armed[next.entity - n] != next.sequence) {
      next = queue.top();
      queue.pop();
    }
    const std::uint64_t entity = next.entity % n;
    arm(entity, next.time);
    if (next.entity < n) queue.push({next.time + Exponential::draw(noise), sequence++, entity});
  }
  benchmark::DoNotOptimize(queue.top());
}

constexpr std::int64_t few = 100;
constexpr std::int64_t many = 10'000;
constexpr std::int64_t very_many = 1'000'000;

BENCHMARK(hold_calendar<Exponential>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(hold_priority_queue<Exponential>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(hold_calendar<WholeDays>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(hold_priority_queue<WholeDays>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(hold_calendar<Constant>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(hold_priority_queue<Constant>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(rearm_calendar)->Arg(few)->Arg(many);
BENCHMARK(rearm_priority_queue)->Arg(few)->Arg(many);

}  // namespace

BENCHMARK_MAIN();
