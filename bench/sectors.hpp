// SPDX-License-Identifier: Apache-2.0
// The model's events without the model: what an event costs the engine alone.
#pragma once

#include <cstddef>
#include <cstdint>

#include "sim/core/time.hpp"

#include "sim/engine/loop.hpp"

#include "sim/model/events.hpp"

#include "bench/noise.hpp"

namespace truce::bench {

/// Each of N sectors has one incident after the other, a day apart in the mean: the model's events
/// in the model's calendar, and nothing of the model.
class Sectors {
 public:
  explicit Sectors(std::size_t n) {
    for (std::size_t i = 0; i != n; ++i) schedule(model::SectorId{i});
  }
  void now(Time time) { now_ = time; }
  void on(const model::IncidentOccurs& event) { schedule(event.sector); }
  template <class Other>
  void on(const Other&) {}

  /// The number of events of the next day.
  std::uint64_t play_a_day() {
    day_ += one_day;
    return engine::run(*this, calendar_, day_, {.in_total = 1'000'000'000}).events;
  }

 private:
  void schedule(model::SectorId sector) {
    const double ticks = noise_.exponential() * static_cast<double>(one_day.count());
    calendar_.schedule(now_ + Duration{static_cast<std::int64_t>(ticks)},
                       model::IncidentOccurs{sector});
  }

  model::Calendar calendar_;
  Noise noise_;
  Time now_ = start_of_time;
  Time day_ = start_of_time;
};

}  // namespace truce::bench
