// SPDX-License-Identifier: Apache-2.0
#include "sim/model/world.hpp"

namespace truce::model {

World::World(const scenario::Scenario& scenario, const Theatre& theatre, random::ReplicationKey key)
    : scenario_(scenario),
      stage_{theatre, key},
      pledges_(stage_),
      incidents_(stage_),
      sensing_(stage_),
      verification_(stage_, cases_),
      coordination_(stage_, cases_),
      record_(stage_, scenario.capability) {}

void World::start() {
  using Kind = scenario::Moment::Kind;
  const Theatre& theatre = stage_.theatre;
  if (theatre.ceasefire.kind == Kind::date) {
    stage_.at(theatre.ceasefire_date, CeasefireTakesEffect{});
  } else if (theatre.ceasefire.kind == Kind::after_start) {
    stage_.in_days_from_now(theatre.ceasefire_after.draw(stage_.key), CeasefireTakesEffect{});
  }
  record_.start();
  pledges_.start();
}

void World::on(const CeasefireTakesEffect& event) {
  pledges_.begin();
  sensing_.begin();
  verification_.begin();
  coordination_.begin();
  record_.on(event);
  incidents_.on(event);
  pledges_.on(event);
  if (stage_.theatre.coordination) coordination_.on(event);
  for (const auto id : stage_.theatre.cells.ids()) {
    const CellPlan& cell = stage_.theatre.cells[id];
    if (!cell.hub) stage_.in_days_from_now(cell.ready_after.draw(stage_.key), CellIsReady{id});
  }
  settle_troops();
  check_capability();
}

void World::on(const HubOpens& event) {
  for (const auto id : stage_.theatre.cells.ids()) {
    const CellPlan& cell = stage_.theatre.cells[id];
    if (cell.hub != event.hub) continue;
    stage_.in_days_from_now(cell.ready_after.draw(stage_.key), CellIsReady{id});
  }
  deployment(event);
}

void World::on(const CellIsReady& event) {
  sensing_.on(event);
  verification_.on(event);
  sensing_.set_teams(event.cell, verification_.teams_at_work(event.cell));
  check_capability();
}

void World::on(const SensorIsMended& event) {
  sensing_.on(event);
  check_capability();
}

void World::settle_troops() {
  if (pledges_.changes().empty()) return;
  for (const TroopsChange& change : pledges_.changes()) {
    if (change.function == scenario::Function::monitoring) {
      const double monitors = pledges_.troops(change.hub, change.function);
      for (const CellId cell : verification_.staff(change.hub, monitors)) {
        sensing_.set_teams(cell, verification_.teams_at_work(cell));
      }
    }
    for (const SectorId sector : stage_.theatre.hubs[change.hub].deterred) {
      update_deterrence(sector);
    }
  }
  pledges_.clear_changes();
  check_capability();
}

// D_s = product over functions f of 1 - e_f F / (F + F50), F: troops of f within reach.
void World::update_deterrence(SectorId sector) {
  double factor = 1.0;
  for (const Deterrent& deterrent : stage_.theatre.sectors[sector].deterrents) {
    double troops = 0.0;
    for (const HubId hub : deterrent.hubs) troops += pledges_.troops(hub, deterrent.function);
    factor *= 1.0 - deterrent.effect * troops / (troops + deterrent.half_effect_troops);
  }
  incidents_.set_deterrence(sector, factor);
}

void World::check_capability() {
  record_.check_capability(pledges_.troops(), verification_.teams_at_work(), sensing_.coverage());
}

void World::detect(Case incident) {
  const auto at = sensing_.detect(incident);
  if (!at || *at > stage_.theatre.horizon) return;
  stage_.at(*at, CaseOpens{cases_.open(incident)});
}

void World::on(const VerificationEnds& event) {
  verification_.on(event);
  if (stage_.theatre.coordination) {
    coordination_.take(event.incident);
  } else {
    verification_.close(event.incident);
  }
}

void World::on(const DeskFinishes& event) {
  coordination_.on(event);
  verification_.close(event.incident);
}

Snapshot World::snapshot() const {
  Snapshot now;
  for (std::size_t f = 0; f < scenario::function_count; ++f) {
    now.troops[f] = pledges_.troops(static_cast<scenario::Function>(f));
  }
  now.troops_total = pledges_.troops();
  now.incidents_today = incidents_.today();
  now.recorded_today = verification_.recorded_today();
  now.open_cases = verification_.open_cases();
  now.teams_at_work = verification_.teams_at_work();
  now.coverage = sensing_.coverage();
  now.verified_today = verification_.verified_today();
  now.team_queue = verification_.queue();
  now.desk_queue = coordination_.queue();
  return now;
}

void World::on(const DayEnds&) {
  record_.end_day(snapshot());
  incidents_.end_day();
  verification_.end_day();
}

Replication World::report(std::uint64_t events) {
  const Time until = stage_.theatre.horizon;
  const double days = record_.days_of_ceasefire();
  Replication replication{Outcome::of(scenario_), {}};
  Outcome& outcome = replication.outcome;
  pledges_.report(outcome, until);
  incidents_.report(outcome, days);
  sensing_.report(outcome, until);
  verification_.report(outcome, days, until);
  coordination_.report(outcome, until);
  record_.report(outcome);
  outcome.events = static_cast<double>(events);
  replication.timeline = record_.take_timeline();
  return replication;
}

}  // namespace truce::model
