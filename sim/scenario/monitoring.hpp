// SPDX-License-Identifier: Apache-2.0
// Who watches the line: sensors, monitoring cells, verification, and the coordination cell.
#pragma once

#include <optional>
#include <vector>

#include "sim/scenario/hubs.hpp"
#include "sim/scenario/sectors.hpp"

namespace truce::scenario {

/// A kind of sensor.
struct SensorSpec {
  Carrier carried_by = Carrier::cell;
  Kilometres swath;
  Numbers<IncidentTypeSpec, double> detects;
  Variate<Days> delay{0.0};
  std::optional<Variate<Days>> time_to_failure;
  Variate<Days> time_to_repair{0.0};
  double at_night = 1.0;
  double in_bad_weather = 1.0;
  double when_jammed = 1.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("carried_by", self.carried_by, optional,
          "Whether a cell has its number once, or each of its staffed teams has it.");
    visit("swath", self.swath, needed | above(0), "Line that one unit covers at a time.");
    visit("detects", self.detects, needed | between(0, 1),
          "Chance of detecting an incident under its swath, by type; 0 for types left out.");
    visit("delay", self.delay, optional | at_least(0),
          "Time from incident to detection; drawn per incident.");
    visit("time_to_failure", self.time_to_failure, optional | above(0),
          "Working time of a unit before it fails; drawn per failure. Never, if left out.");
    visit("time_to_repair", self.time_to_repair, optional | at_least(0),
          "Time until a failed unit works again; drawn per failure.");
    visit("at_night", self.at_night, optional | between(0, 1),
          "Factor on the chance of detection between sunset and sunrise.");
    visit("in_bad_weather", self.in_bad_weather, optional | between(0, 1),
          "Factor on it in bad weather.");
    visit("when_jammed", self.when_jammed, optional | between(0, 1),
          "Factor on it while the sensor is jammed.");
  }
};

/// Teams and sensors with a stretch of the line to watch.
struct CellSpec {
  std::optional<Ref<HubSpec>> hub;
  std::vector<Ref<SectorSpec>> watches;
  std::int64_t teams = 0;
  Troops team_size{8.0};
  Numbers<SensorSpec, std::int64_t> sensors;
  Variate<Days> ready_after{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("hub", self.hub, optional,
          "Hub of the cell, which gives its station and staff; a cell without a hub is remote and "
          "staffed as soon as it is ready.");
    visit("watches", self.watches, needed, "Sectors it watches.");
    visit("teams", self.teams, optional | between(0, 10000),
          "Teams (of analysts, where the cell does not go out) that can work at a time.");
    visit("team_size", self.team_size, optional | above(0),
          "Monitoring troops in place at the hub that staff one team.");
    visit("sensors", self.sensors, optional | between(0, 100000), "Units by kind of sensor.");
    visit("ready_after", self.ready_after, optional | at_least(0),
          "Time from the hub's opening (without hub: the ceasefire) until sensors work and teams "
          "go out; drawn once a replication.");
  }
};

/// Chance of attributing a verified incident to a side while its evidence is fresh, by station.
struct AttributionSpec {
  double in_country = 1.0;
  double neighbouring = 1.0;
  double remote = 1.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("in_country", self.in_country, needed | between(0, 1), "Teams on site.");
    visit("neighbouring", self.neighbouring, needed | between(0, 1),
          "Analysts in a neighbouring country.");
    visit("remote", self.remote, needed | between(0, 1), "Analysts far away.");
  }
};

/// How cases are verified.
struct VerificationSpec {
  Speed speed{40.0 * 24.0};
  double road_factor = 1.3;
  Variate<Days> work{0.0};
  Variate<Days> analysis{0.0};
  Variate<Days> expires_after{365.0};
  Variate<Days> access_retry_after{1.0};
  std::int64_t access_retries = 0;
  AttributionSpec attribution;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("speed", self.speed, optional | above(0), "Speed of a team by road.");
    visit("road_factor", self.road_factor, optional | at_least(1),
          "Distance by road over great-circle distance.");
    visit("work", self.work, needed | at_least(0),
          "Time a team works on site; drawn per attempt that gets through.");
    visit("analysis", self.analysis, needed | at_least(0),
          "Time that analysts of neighbouring and remote cells need; drawn per case.");
    visit("expires_after", self.expires_after, needed | above(0),
          "Time from opening after which a case that waits for a team is closed; drawn per case.");
    visit("access_retry_after", self.access_retry_after, optional | at_least(0),
          "Time from being turned back until the case queues again; drawn per attempt.");
    visit("access_retries", self.access_retries, optional | between(0, 1000),
          "How often a case that was turned back is tried again before it is closed.");
    visit("attribution", self.attribution, needed, "Chance of attribution with fresh evidence.");
  }
};

/// What hinders sensors.
struct EnvironmentSpec {
  double bad_weather_winter = 0.0;
  double bad_weather_summer = 0.0;
  double weather_persistence = 0.0;
  double jamming = 0.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("bad_weather_winter", self.bad_weather_winter, optional | between(0, 1),
          "Share of days with bad weather in mid-January; a cosine over the year in between.");
    visit("bad_weather_summer", self.bad_weather_summer, optional | between(0, 1),
          "The same in mid-July.");
    visit("weather_persistence", self.weather_persistence, optional | from_up_to(0, 1),
          "Correlation of the weather from one day to the next, by region.");
    visit("jamming", self.jamming, optional | between(0, 1),
          "Chance that a kind of sensor of a cell is jammed when an incident happens.");
  }
};

/// What the parties say.
struct AllegationsSpec {
  double true_share = 0.0;
  Variate<Days> delay{0.0};
  PerDay false_rate{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("true_share", self.true_share, optional | between(0, 1),
          "Share of incidents that the side that suffered them alleges; those that start a crisis "
          "always are.");
    visit("delay", self.delay, optional | at_least(0),
          "Time from incident to allegation; drawn per incident.");
    visit("false_rate", self.false_rate, optional | at_least(0),
          "False allegations of both sides along the whole line, spread over the sectors like "
          "baselines.");
  }
};

}  // namespace truce::scenario
