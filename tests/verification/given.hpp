// SPDX-License-Identifier: Apache-2.0
// A scenario written in a test, read by the program's own reader and played by the model itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/random/stream.hpp"

#include "sim/engine/loop.hpp"

#include "sim/stats/moments.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/simulate.hpp"
#include "sim/model/world.hpp"

namespace truce::verification {

/// The first lines of a scenario whose ceasefire is in effect from the first moment on.
inline std::string from_the_start(std::string_view horizon) {
  return "truce: 1\nname: Known answer\nstart: 2026-07-01\nhorizon: " + std::string(horizon) +
         "\nceasefire: {takes_effect: 2026-07-01}\n";
}

/// One kind of incident and no line worth speaking of, for scenarios that are about something else.
inline constexpr std::string_view quiet_line = R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 0 /day}}
)";

/// An incident as it happens, seen or not.
struct Occurrence {
  model::SectorId sector;
  double day = 0.0;
  bool follow_up = false;
  bool operator==(const Occurrence&) const = default;
};

class Given {
 public:
  /// Throws ScenarioError, with all its problems, if the text is not a scenario.
  explicit Given(std::string_view yaml)
      : scenario_(scenario::read(scenario::parse(yaml, "given.yaml")).scenario),
        theatre_(scenario_) {}
  Given(const Given&) = delete;
  Given& operator=(const Given&) = delete;

  const scenario::Scenario& scenario() const { return scenario_; }
  const model::Theatre& theatre() const { return theatre_; }
  double days() const { return in_days(theatre_.horizon); }

  model::SectorId sector(std::string_view name) const { return scenario_.sectors.find(name); }
  model::HubId hub(std::string_view name) const { return scenario_.hubs.find(name); }

  model::Replication play(std::uint64_t seed, std::uint64_t replication = 0) const {
    return model::simulate(scenario_, theatre_, {seed, replication});
  }
  model::Outcome outcome(std::uint64_t seed, std::uint64_t replication = 0) const {
    return play(seed, replication).outcome;
  }

  /// Moments of value(outcome) over replications 0, 1, ... of a seed.
  template <class Value>
  stats::Moments over(std::uint64_t seed, std::uint64_t replications, Value value) const {
    stats::Moments moments;
    for (std::uint64_t r = 0; r < replications; ++r) moments.add(value(outcome(seed, r)));
    return moments;
  }

  /// Every incident of a replication in order of time.
  std::vector<Occurrence> incidents(std::uint64_t seed, std::uint64_t replication = 0) const {
    model::World world(scenario_, theatre_, {seed, replication});
    world.start();
    std::vector<Occurrence> seen;
    engine::run(world, world.calendar(), theatre_.horizon, {}, [&](Time now, const auto& event) {
      if (const auto* first = std::get_if<model::IncidentOccurs>(&event)) {
        seen.push_back({first->sector, in_days(now), false});
      } else if (const auto* next = std::get_if<model::FollowUpOccurs>(&event)) {
        seen.push_back({next->sector, in_days(now), true});
      }
    });
    return seen;
  }

 private:
  scenario::Scenario scenario_;
  model::Theatre theatre_;
};

/// Value of a series of the timeline at the end of a day, the first being day 1.
inline double at_end_of_day(const model::Timeline& timeline, std::size_t day,
                            std::string_view series) {
  const auto& all = model::timeline_series();
  std::size_t index = 0;
  while (all[index].id != series) ++index;
  return timeline.values[(day - 1) * model::series_count + index];
}

}  // namespace truce::verification
