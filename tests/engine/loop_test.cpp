// SPDX-License-Identifier: Apache-2.0
// The loop: clock before handler, the horizon, run-aways, and the context of a failure.
#include "sim/engine/loop.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

namespace truce::engine {
namespace {

struct Ticks {
  static constexpr std::string_view name = "Ticks";
  int number = 0;
};
struct Echoes {
  static constexpr std::string_view name = "Echoes";
};
struct Breaks {
  static constexpr std::string_view name = "Breaks";
};
struct Stops {
  static constexpr std::string_view name = "Stops";
};
using Event = std::variant<Ticks, Echoes, Breaks, Stops>;

Time day(int n) {
  return Time{n * one_day};
}

/// Ticks once a day; an echo causes an echo at once.
struct Clock {
  Calendar<Event> calendar;
  Time time = Time::min();
  std::vector<std::pair<Time, int>> ticks;

  void now(Time t) { time = t; }
  void on(const Ticks& tick) {
    ticks.emplace_back(time, tick.number);
    calendar.schedule(time + one_day, Ticks{tick.number + 1});
  }
  void on(const Echoes&) { calendar.schedule(time, Echoes{}); }
  void on(const Breaks&) { TRUCE_EXPECT(ticks.empty(), "clocks do not break"); }
  void on(const Stops&) { calendar.clear(); }
};

template <class Error>
std::string failure(Clock& clock, Time until, const Limits& limits = {}) {
  try {
    run(clock, clock.calendar, until, limits);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Loop, HandlesUpToTheHorizonInclusive) {
  Clock clock;
  clock.calendar.schedule(day(0), Ticks{});
  const LoopResult result = run(clock, clock.calendar, day(3));
  EXPECT_EQ(result.events, 4U);
  EXPECT_EQ(result.last_time, day(3));
  EXPECT_EQ(clock.ticks, (std::vector<std::pair<Time, int>>{
                             {day(0), 0}, {day(1), 1}, {day(2), 2}, {day(3), 3}}));
  EXPECT_EQ(clock.calendar.next_time(), day(4));
  EXPECT_EQ(run(clock, clock.calendar, day(4)).events, 1U) << "a run can be continued";
}

TEST(Loop, WithoutEventsDoesNothing) {
  Clock clock;
  const LoopResult result = run(clock, clock.calendar, never);
  EXPECT_EQ(result.events, 0U);
  EXPECT_EQ(result.last_time, start_of_time);
  EXPECT_EQ(clock.time, Time::min());
}

TEST(Loop, EndsWhenTheModelClearsTheCalendar) {
  Clock clock;
  clock.calendar.schedule(day(1), Ticks{});
  clock.calendar.schedule(day(2), Stops{});
  EXPECT_EQ(run(clock, clock.calendar, never).last_time, day(2));
}

TEST(Loop, ShowsEveryEventToTheObserverBeforeTheModel) {
  Clock clock;
  clock.calendar.schedule(day(1), Ticks{5});
  std::vector<std::string> seen;
  run(clock, clock.calendar, day(2), {}, [&](Time time, const Event& event) {
    EXPECT_EQ(clock.time, time);
    seen.push_back(std::string(name_of_kind(event)) + " " + std::to_string(clock.ticks.size()));
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"Ticks 0", "Ticks 1"}));
}

TEST(Loop, StopsARunAwayAtOneInstant) {
  Clock clock;
  clock.calendar.schedule(day(1), Ticks{});
  clock.calendar.schedule(day(2) + one_day / 2, Echoes{});
  const std::string what = failure<RunAway>(clock, day(9), {.at_one_instant = 50});
  EXPECT_NE(what.find("more than 50 events at one instant, at 2.5 days"), std::string::npos)
      << what;
  EXPECT_NE(what.find("simulated time: 2.5 days; event: Echoes, number 53 of the run"),
            std::string::npos)
      << what;
  std::size_t echoes = 0;
  for (auto at = what.find("2.5  Echoes"); at != std::string::npos;
       at = what.find("2.5  Echoes", at + 1)) {
    ++echoes;
  }
  EXPECT_EQ(echoes, Trail::length);
}

TEST(Loop, AllowsAsManyEventsAtOneInstantAsTheLimitSays) {
  for (const int extra : {0, 1}) {
    Clock clock;
    for (int i = 0; i != 10 + extra; ++i) clock.calendar.schedule(day(0), Ticks{});
    if (extra == 0) {
      EXPECT_EQ(run(clock, clock.calendar, day(0), {.at_one_instant = 10}).events, 10U);
    } else {
      EXPECT_THROW(run(clock, clock.calendar, day(0), {.at_one_instant = 10}), RunAway);
    }
  }
}

TEST(Loop, StopsARunAwayInTotal) {
  Clock clock;
  clock.calendar.schedule(day(0), Ticks{});
  const std::string what = failure<RunAway>(clock, never, {.in_total = 100});
  EXPECT_EQ(clock.ticks.size(), 100U);
  EXPECT_NE(what.find("more than 100 events in one run, at 100 days"), std::string::npos) << what;
  EXPECT_NE(what.find("    81  Ticks\n"), std::string::npos) << what;
  EXPECT_EQ(what.find("    80  Ticks\n"), std::string::npos) << what;
}

TEST(Loop, AddsTimeAndEventToABrokenContract) {
  Clock clock;
  clock.calendar.schedule(day(1), Ticks{});
  clock.calendar.schedule(day(1) + one_day / 4, Breaks{});
  const std::string what = failure<ContractViolation>(clock, never);
  EXPECT_NE(what.find("clocks do not break"), std::string::npos) << what;
  EXPECT_NE(what.find("simulated time: 1.25 days; event: Breaks, number 2 of the run"),
            std::string::npos)
      << what;
}

}  // namespace
}  // namespace truce::engine
