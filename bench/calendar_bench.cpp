// SPDX-License-Identifier: Apache-2.0
// What a pending event costs: our calendar beside std::priority_queue of 24-byte events.
//
// Hold model (Jones, "An empirical comparison of priority-queue and event-set implementations",
// CACM 29, 1986): N events pending; one step pops the next and schedules it again. The time per
// iteration is one hold, drawing the delay included. Goals: the calendar, which can also cancel,
// takes at most 0.65, 0.55 and 0.8 of the plain queue's time at N = 100, 10,000 and 1,000,000, and
// does not collapse where many events share a time.
#include <cmath>
#include <cstdint>
#include <vector>

#include <benchmark/benchmark.h>

#include "sim/core/time.hpp"

#include "sim/engine/calendar.hpp"

#include "bench/noise.hpp"
#include "bench/plain_queue.hpp"

namespace {

using truce::Duration;
using truce::Time;
using truce::bench::Noise;
using truce::bench::Queue;
using truce::bench::Queued;

constexpr std::int64_t day = truce::one_day.count();

/// Delays with a mean of one day.
struct Exponential {
  static std::int64_t draw(Noise& noise) {
    return static_cast<std::int64_t>(noise.exponential() * static_cast<double>(day));
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

/// Half of all events follow at once.
struct HalfAtOnce {
  static std::int64_t draw(Noise& noise) {
    return noise.bits() % 2 == 0 ? 0 : Exponential::draw(noise);
  }
};
/// Very few events are very far off: infinite variance.
struct Pareto {
  static std::int64_t draw(Noise& noise) {
    return static_cast<std::int64_t>(std::pow(noise.uniform(), -1 / 1.5) *
                                     static_cast<double>(day) / 3);
  }
};

/// What waits in the calendar beside the time: an entity's number as in the plain queue, or as much
/// as an event of the model.
using Number = std::uint64_t;
struct Large {
  Large(Number number) : entity(number) {}  // NOLINT(google-explicit-constructor)
  Number entity;
  std::uint64_t detail[3] = {};
};

template <class Delay, class Event = Number>
void hold_calendar(benchmark::State& state) {
  Noise noise;
  truce::engine::Calendar<Event> calendar;
  const auto n = static_cast<std::size_t>(state.range(0));
  calendar.reserve(n);
  for (Number i = 0; i != n; ++i) calendar.schedule(Time{Duration{Delay::draw(noise)}}, i);
  for (auto step : state) {
    const auto [time, event] = calendar.pop();
    calendar.schedule(time + Duration{Delay::draw(noise)}, event);
  }
  benchmark::DoNotOptimize(calendar.next_time());
}

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
    queue.push({next.time + Delay::draw(noise), sequence++, next.detail});
  }
  benchmark::DoNotOptimize(queue.top());
}

/// Each of N entities has an event and a time-out of 20 days that the event re-arms, so that it
/// nearly never fires; an iteration is one event.
void rearm_calendar(benchmark::State& state) {
  Noise noise;
  truce::engine::Calendar<Number> calendar;  // n + entity for a time-out
  const auto n = static_cast<std::size_t>(state.range(0));
  calendar.reserve(2 * n);
  std::vector<truce::engine::Handle> timers(n);
  for (std::uint64_t i = 0; i != n; ++i) {
    calendar.schedule(Time{Duration{Exponential::draw(noise)}}, i);
    timers[i] = calendar.schedule(Time{Duration{20 * day}}, n + i);
  }
  for (auto step : state) {
    const auto [time, event] = calendar.pop();
    const Number entity = event % n;
    const Time due = time + Duration{20 * day};
    if (!calendar.reschedule(timers[entity], due)) {
      timers[entity] = calendar.schedule(due, n + entity);
    }
    if (event < n) calendar.schedule(time + Duration{Exponential::draw(noise)}, entity);
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
    while (next.detail >= n && armed[next.detail - n] != next.sequence) {
      next = queue.top();
      queue.pop();
    }
    const std::uint64_t entity = next.detail % n;
    arm(entity, next.time);
    if (next.detail < n) queue.push({next.time + Exponential::draw(noise), sequence++, entity});
  }
  benchmark::DoNotOptimize(queue.top());
}

constexpr std::int64_t few = 100;
constexpr std::int64_t many = 10'000;
constexpr std::int64_t very_many = 1'000'000;

#define TRUCE_HOLD(Delay)                                               \
  BENCHMARK(hold_calendar<Delay>)->Arg(few)->Arg(many)->Arg(very_many); \
  BENCHMARK(hold_priority_queue<Delay>)->Arg(few)->Arg(many)->Arg(very_many)
TRUCE_HOLD(Exponential);
TRUCE_HOLD(WholeDays);
TRUCE_HOLD(Constant);
TRUCE_HOLD(HalfAtOnce);
TRUCE_HOLD(Pareto);
BENCHMARK(hold_calendar<Exponential, Large>)->Arg(few)->Arg(many)->Arg(very_many);
BENCHMARK(rearm_calendar)->Arg(few)->Arg(many);
BENCHMARK(rearm_priority_queue)->Arg(few)->Arg(many);

}  // namespace

BENCHMARK_MAIN();
