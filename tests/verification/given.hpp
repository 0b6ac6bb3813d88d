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

/// A hundred km of line where grave incidents happen, one a day until day 900: each is seen at
/// once, by an eye far away with analysts for all of them, who take an hour and attribute `remote`
/// of them. `more` goes into the incident type.
inline std::string one_a_day(std::string_view remote = "1", std::string_view more = "") {
  return from_the_start("1000 days") + R"(
incident_types:
  shot: {share: 1, grade: grave)" +
         std::string(more) + R"(}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 1 /day}}
sensors:
  eye: {swath: 100 km, detects: {shot: 1}}
cells:
  remote: {watches: [line], teams: 1000, sensors: {eye: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1000 days,
               attribution: {in_country: 1, neighbouring: 1, remote: )" +
         std::string(remote) + R"(}}
)";
}
/// The shock after which nothing happens any more, so that all that was begun comes to an end.
inline constexpr std::string_view silence = R"(
  silence: {at: 900 days, effects: {sectors.line.incidents.rate: {set: 0 /day}}}
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

  /// Plays a replication and calls see(world, day, event) before each event is handled.
  template <class See>
  void watch(std::uint64_t seed, std::uint64_t replication, See see) const {
    model::World world(scenario_, theatre_, {seed, replication});
    world.start();
    engine::run(world, world.calendar(), theatre_.horizon, {},
                [&](Time now, const auto& event) { see(world, in_days(now), event); });
  }

  /// The days on which events of a kind happen.
  template <class Kind>
  std::vector<double> days_of(std::uint64_t seed, std::uint64_t replication = 0) const {
    std::vector<double> seen;
    watch(seed, replication, [&](const auto&, double day, const auto& event) {
      if (std::holds_alternative<Kind>(event)) seen.push_back(day);
    });
    return seen;
  }

  /// Every incident of a replication in order of time.
  std::vector<Occurrence> incidents(std::uint64_t seed, std::uint64_t replication = 0) const {
    std::vector<Occurrence> seen;
    watch(seed, replication, [&](const auto&, double day, const auto& event) {
      if (const auto* first = std::get_if<model::IncidentOccurs>(&event)) {
        seen.push_back({first->sector, day, false});
      } else if (const auto* next = std::get_if<model::FollowUpOccurs>(&event)) {
        seen.push_back({next->sector, day, true});
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
