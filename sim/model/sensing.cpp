// SPDX-License-Identifier: Apache-2.0
#include "sim/model/sensing.hpp"

#include <algorithm>

#include "sim/model/geodesy.hpp"

namespace truce::model {

Sensing::Sensing(Stage& stage)
    : stage_(stage),
      watches_(stage.theatre.sectors.size()),
      day_(stage.theatre.start),
      by_sector_(stage.theatre.sectors.size()) {
  std::size_t kinds = 0;
  for (const auto& plan : stage.theatre.cells) {
    Cell cell;
    cell.sensors.resize(plan.sensors.size());
    for (std::size_t i = 0; i < plan.sensors.size(); ++i) {
      cell.sensors[i].failures.assign(static_cast<std::size_t>(plan.sensors[i].units), 0);
      kinds = std::max(kinds, plan.sensors[i].kind.index() + 1);
    }
    cells_.push_back(std::move(cell));
  }
  working_.resize(kinds);
  installed_.resize(kinds);
  for (const auto sector : watches_.ids()) {
    for (const CellId id : stage.theatre.sectors[sector].cells) {
      const auto& plans = stage.theatre.cells[id].sensors;
      for (std::size_t i = 0; i < plans.size(); ++i) {
        watches_[sector].push_back({&plans[i], &cells_[id].sensors[i]});
      }
    }
  }
}

void Sensing::on(const CellIsReady& event) {
  const auto& plans = stage_.theatre.cells[event.cell].sensors;
  Cell& cell = cells_[event.cell];
  cell.ready = true;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (plans[i].carried_by == scenario::Carrier::team) continue;
    const auto units = static_cast<std::uint32_t>(plans[i].units);
    cell.sensors[i].units = units;
    working_[plans[i].kind.index()].add(stage_.now, units);
    installed_[plans[i].kind.index()].add(stage_.now, units);
    if (!plans[i].time_to_failure) continue;
    for (std::uint32_t unit = 0; unit < units; ++unit) {
      schedule_failure(event.cell, static_cast<std::uint32_t>(i), unit);
    }
  }
  update_coverage(event.cell);
}

void Sensing::schedule_failure(CellId id, std::uint32_t sensor, std::uint32_t unit) {
  const SensorPlan& plan = stage_.theatre.cells[id].sensors[sensor];
  const auto occurrence = (std::uint64_t{unit} << 32U) | cells_[id].sensors[sensor].failures[unit];
  auto stream = plan.failure.at(stage_.key, occurrence);
  stage_.in_days_from_now(plan.time_to_failure->quantile(stream.uniform()),
                          SensorFails{id, sensor, unit});
}

void Sensing::on(const SensorFails& event) {
  const SensorPlan& plan = stage_.theatre.cells[event.cell].sensors[event.sensor];
  auto& failures = cells_[event.cell].sensors[event.sensor].failures[event.unit];
  const auto occurrence = (std::uint64_t{event.unit} << 32U) | failures;
  ++failures;
  auto stream = plan.failure.at(stage_.key, occurrence);
  stream.uniform();  // the first draw was the time to this failure
  stage_.in_days_from_now(plan.time_to_repair.quantile(stream.uniform()),
                          SensorIsMended{event.cell, event.sensor, event.unit});
  change_units(event.cell, event.sensor, -1.0);
}

void Sensing::on(const SensorIsMended& event) {
  change_units(event.cell, event.sensor, 1.0);
  schedule_failure(event.cell, event.sensor, event.unit);
}

void Sensing::change_units(CellId id, std::uint32_t sensor, double delta) {
  cells_[id].sensors[sensor].units += delta;
  working_[stage_.theatre.cells[id].sensors[sensor].kind.index()].add(stage_.now, delta);
  update_coverage(id);
}

void Sensing::set_teams(CellId id, double teams) {
  if (cells_[id].teams == teams) return;
  cells_[id].teams = teams;
  const auto& plans = stage_.theatre.cells[id].sensors;
  bool changed = false;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (plans[i].carried_by != scenario::Carrier::team) continue;
    const double units = teams * static_cast<double>(plans[i].units);
    const double delta = units - cells_[id].sensors[i].units;
    cells_[id].sensors[i].units = units;
    working_[plans[i].kind.index()].add(stage_.now, delta);
    installed_[plans[i].kind.index()].add(stage_.now, delta);
    changed = true;
  }
  if (changed) update_coverage(id);
}

double Sensing::covered(const SensorPlan& plan, const Installed& installed) const {
  const double swath = stage_.quantities.positive(plan.swath_target, plan.swath) / plan.swath;
  return std::min(1.0, installed.units * plan.coverage_per_unit * swath);
}

void Sensing::set_works(CellId id, bool works) {
  if (cells_[id].works == works) return;
  cells_[id].works = works;
  update_coverage(id);
}

void Sensing::swath_changed() {
  for (const auto id : cells_.ids()) update_coverage(id);
}

void Sensing::update_coverage(CellId id) {
  const CellPlan& plan = stage_.theatre.cells[id];
  Cell& cell = cells_[id];
  cell.uncovered = 1.0;
  for (std::size_t i = 0; i < plan.sensors.size(); ++i) {
    Installed& installed = cell.sensors[i];
    installed.covered = covered(plan.sensors[i], installed);
    installed.detects = cell.ready && cell.works;
    if (cell.works) cell.uncovered *= 1.0 - installed.covered;
  }
  double change = 0.0;
  for (const SectorId sector : plan.watches) {
    double uncovered = 1.0;
    for (const CellId watcher : stage_.theatre.sectors[sector].cells) {
      uncovered *= cells_[watcher].uncovered;
    }
    const double before = by_sector_[sector].current();
    by_sector_[sector].set(stage_.now, 1.0 - uncovered);
    change += (1.0 - uncovered - before) * stage_.theatre.sectors[sector].length;
  }
  if (change != 0.0) coverage_.add(stage_.now, change / stage_.theatre.line_km);
}

std::optional<Time> Sensing::detect(const Case& incident, bool bad_weather) {
  std::optional<Time> first;
  std::optional<bool> night;
  const double jamming = stage_.theatre.environment ? stage_.theatre.environment->jamming : 0.0;
  for (const auto& [plan, installed] : watches_[incident.sector]) {
    const SensorPlan& sensor = *plan;
    if (!installed->detects) continue;
    double chance = installed->covered * sensor.detects[incident.type.index()];
    if (chance <= 0) continue;
    if (sensor.at_night != 1) {
      if (!night) {
        const auto& line = stage_.theatre.sectors[incident.sector].daylight;
        night = line.is_night(incident.place, day_, stage_.now);
      }
      if (*night) chance *= sensor.at_night;
    }
    if (bad_weather) chance *= sensor.in_bad_weather;
    if (chance <= 0) continue;
    if (jamming > 0 && sensor.when_jammed < 1) {
      const double jam = sensor.jamming.uniform_at(stage_.key, incident.identity);
      if (jam < jamming) chance *= sensor.when_jammed;
    }
    // Most draws end here, with no second one from the same stream.
    if (sensor.detection.uniform_at(stage_.key, incident.identity) >= chance) continue;
    auto stream = sensor.detection.at(stage_.key, incident.identity);
    stream.uniform();
    const Time at = later(stage_.now, from_days(sensor.delay.law.sample(stream)));
    if (!first || at < *first) first = at;
  }
  return first;
}

void Sensing::begin() {
  for (auto& level : by_sector_) level.begin(stage_.now);
  coverage_.begin(stage_.now);
  for (auto& level : working_) level.begin(stage_.now);
  for (auto& level : installed_) level.begin(stage_.now);
}

void Sensing::report(Outcome& outcome, Time until) const {
  if (!stage_.theatre.cells.empty()) {
    outcome.coverage = coverage_.mean(until);
    for (const auto id : by_sector_.ids()) {
      outcome.coverage_by_sector[id] = by_sector_[id].mean(until);
    }
  }
  for (std::size_t kind = 0; kind < working_.size(); ++kind) {
    const double installed = installed_[kind].integral(until);
    if (installed > 0) {
      outcome.sensor_availability[SensorId{kind}] = working_[kind].integral(until) / installed;
    }
  }
}

}  // namespace truce::model
