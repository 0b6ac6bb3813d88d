// SPDX-License-Identifier: Apache-2.0
#include "sim/model/world.hpp"

#include <algorithm>

namespace truce::model {

using scenario::Function;
using scenario::Trigger;

World::World(const scenario::Scenario& scenario, const Theatre& theatre, random::ReplicationKey key)
    : scenario_(scenario),
      stage_{theatre, key, Quantities(theatre), Facts(theatre, key)},
      pledges_(stage_),
      incidents_(stage_),
      sensing_(stage_),
      verification_(stage_, cases_),
      coordination_(stage_, cases_),
      services_(stage_),
      layers_(
          stage_,
          [this](const auto& effects, std::optional<double> days) {
            return put_in_force(effects, days);
          },
          [this](std::uint32_t occurrence) { changed(stage_.quantities.end(occurrence)); }),
      shocks_(stage_, [this](const auto& effects,
                             std::optional<double> days) { return put_in_force(effects, days); }),
      climate_(stage_),
      crisis_(stage_),
      allegations_(stage_),
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
  climate_.start();
  layers_.start();
  shocks_.start();
  coordination_.start();
  pledges_.start();
}

void World::on(const CeasefireTakesEffect& event) {
  pledges_.begin();
  sensing_.begin();
  verification_.begin();
  coordination_.begin();
  services_.begin();
  layers_.begin_means();
  record_.on(event);
  climate_.on(event);
  incidents_.on(event);
  update_climate();
  allegations_.on(event);
  pledges_.on(event);
  if (stage_.theatre.coordination) coordination_.on(event);
  for (const auto id : stage_.theatre.cells.ids()) {
    const CellPlan& cell = stage_.theatre.cells[id];
    if (!cell.hub) stage_.in_days_from_now(cell.ready_after.draw(stage_.key), CellIsReady{id});
  }
  shocks_.on(event);
  layers_.trigger(Trigger::Kind::ceasefire);
  settle_troops();
  check_capability();
}

void World::on(const HubOpens& event) {
  if (stage_.theatre.hubs[event.hub].station == scenario::Station::in_country) hubs_built_ += 1.0;
  services_.on(event);
  for (const CellId id : stage_.theatre.hubs[event.hub].cells) {
    const CellPlan& cell = stage_.theatre.cells[id];
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

std::uint32_t World::put_in_force(const EffectsPlan& effects, std::optional<double> days) {
  const std::uint32_t occurrence = stage_.quantities.begin(effects);
  if (days) stage_.in_days_from_now(*days, EffectsEnd{occurrence});
  changed(effects);
  return occurrence;
}

void World::changed(const EffectsPlan& effects) {
  for (const auto& effect : effects) changed(stage_.theatre.targets[effect.target]);
}

// Most quantities are looked up at each use; these take effect at once.
void World::changed(const TargetPlan& target) {
  using enum scenario::Quantum;
  switch (target.quantum) {
    case sector_rate:
      incidents_.rate_changed(SectorId{target.entity});
      return;
    case cell_teams:
      verification_.teams_changed(CellId{target.entity});
      sensing_.set_teams(CellId{target.entity}, verification_.teams_at_work(CellId{target.entity}));
      return;
    case sensor_swath:
      sensing_.swath_changed();
      return;
    case deterrence_effect:
      for (const auto sector : stage_.theatre.sectors.ids()) update_deterrence(sector);
      return;
    case desks:
      coordination_.desks_changed();
      return;
    case attack_rate:
    case store_deliveries:
      services_.rates_changed(HubId{target.entity});
      return;
    case false_allegations:
      allegations_.rate_changed();
      return;
    case access_denied:
    case leg_capacity:
    case leg_time:
    case hub_reception:
    case hub_supply:
    case verification_speed:
    case verification_work:
    case verification_analysis:
    case attribution:
    case desk_work:
    case member_response:
    case defusal:
    case patience:
    case spread:
    case true_allegations:
      return;
  }
}

void World::settle_troops() {
  if (pledges_.changes().empty()) return;
  const auto& changes = pledges_.changes();
  for (auto at = changes.begin(); at != changes.end(); ++at) {
    const TroopsChange& change = *at;
    // A relief in place changes a hub's troops twice at one moment; what counts is what is left.
    if (std::find(changes.begin(), at, change) != at) continue;
    services_.set_troops(change.hub, pledges_.troops(change.hub));
    settle_hub(change.hub);
    if (change.function == Function::monitoring) {
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

void World::settle_hub(HubId hub) {
  services_.settle(hub);
  for (const CellId id : stage_.theatre.hubs[hub].cells) settle_cell(id);
}

// A hub that is out of action or short of supplies sends no teams; out of action, its sensors rest.
// While the ceasefire has collapsed, teams in the country stay where they are.
void World::settle_cell(CellId id) {
  const CellPlan& cell = stage_.theatre.cells[id];
  const bool stays = crisis_.collapsed() && cell.station == scenario::Station::in_country;
  verification_.set_works(id, !stays && (!cell.hub || services_.works(cell.hub)));
  sensing_.set_works(id, !cell.hub || services_.in_action(cell.hub));
  sensing_.set_teams(id, verification_.teams_at_work(id));
}

// D_s = product over functions f of  1 - e_f F / (F + F50), F: troops of f within reach.
void World::update_deterrence(SectorId sector) {
  double factor = 1.0;
  for (const Deterrent& deterrent : stage_.theatre.sectors[sector].deterrents) {
    double troops = 0.0;
    for (const HubId hub : deterrent.hubs) troops += pledges_.troops(hub, deterrent.function);
    const double effect = stage_.quantities.chance(deterrent.effect_target, deterrent.effect);
    factor *= 1.0 - effect * troops / (troops + deterrent.half_effect_troops);
  }
  incidents_.set_deterrence(sector, factor);
}

void World::update_climate() {
  climate_factors_.clear();
  for (std::size_t region = 0; region < stage_.theatre.regions.size(); ++region) {
    climate_factors_.push_back(climate_.factor(region));
  }
  incidents_.set_climate(climate_factors_);
}

void World::on(const RegimeChanges& event) {
  climate_.on(event);
  update_climate();
}

void World::check_capability() {
  const auto reached = record_.check_capability(pledges_.troops(), verification_.teams_at_work(),
                                                sensing_.coverage());
  if (reached.initial) layers_.trigger(Trigger::Kind::initial_capability);
  if (reached.full) layers_.trigger(Trigger::Kind::full_capability);
}

// What an incident sets going: detection or allegation, and perhaps a crisis.
void World::follow(std::optional<Case> incident) {
  last_ = {incident, std::nullopt};
  if (!incident) return;
  const SectorPlan& sector = stage_.theatre.sectors[incident->sector];
  const bool starts_crisis = crisis_.starts(*incident, incident->crisis);
  const auto gravity =
      starts_crisis ? Allegations::Gravity::crisis : Allegations::Gravity::incident;
  auto opens = sensing_.detect(*incident, climate_.bad_weather(sector.region));
  if (opens) incident->seen = *opens;
  if (stage_.theatre.verification) {
    const auto alleged = allegations_.alleged(*incident, gravity);
    if (alleged && (!opens || *alleged < *opens)) {
      opens = alleged;
      incident->alleged = true;
    }
  }
  last_ = {incident, opens};
  if (opens && *opens <= stage_.theatre.horizon) {
    stage_.at(*opens, CaseOpens{cases_.open(*incident)});
  }
  if (!starts_crisis) return;
  crisis_.begin(*incident);
  services_.set_tension(crisis_.tense());
  layers_.trigger(Trigger::Kind::crisis);
}

void World::on(const CaseOpens& event) {
  verification_.on(event);
  const Case& incident = cases_[event.incident];
  if (!stage_.theatre.crisis || !crisis_.is_on(incident)) return;
  std::optional<Time> decision;
  if (coordination_.decides()) {
    decision = coordination_.decision(incident.identity, stage_.now);
  }
  crisis_.becomes_known(incident, decision);
}

void World::on(const FalseAllegation& event) {
  const Case claim = allegations_.on(event);
  if (stage_.theatre.verification) stage_.at(stage_.now, CaseOpens{cases_.open(claim)});
}

void World::on(const CrisisIsDecided& event) {
  turn(crisis_.on(event, incidents_.deterrence(event.sector), reassurance()));
}

void World::turn(Crisis::Turn turn) {
  using enum Crisis::Turn;
  if (turn == nothing) return;
  for (const auto sector : stage_.theatre.sectors.ids()) {
    incidents_.set_crisis(sector, crisis_.factor(sector));
    verification_.set_off_limits(sector, crisis_.collapsed() || crisis_.broken_down(sector));
  }
  if (turn == collapse || turn == final_collapse || turn == restored) {
    for (const auto cell : stage_.theatre.cells.ids()) settle_cell(cell);
  }
  services_.set_tension(crisis_.tense());
  if (turn == breakdown) layers_.trigger(Trigger::Kind::breakdown);
  if (turn == collapse || turn == final_collapse) {
    layers_.trigger(Trigger::Kind::renewed_hostilities);
  }
  if (turn == restored) layers_.trigger(Trigger::Kind::restoration);
  if (turn != final_collapse) return;
  if (stage_.theatre.crisis->ends_with_collapse) {
    ended_ = stage_.now;
    stage_.calendar.clear();
    return;
  }
  pledges_.evacuate(Function::monitoring, stage_.theatre.crisis->evacuation);
  settle_troops();
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
  if (coordination_.on(event)) verification_.close(event.incident);
}

double World::strongest_reaction() const {
  return pledges_.most(Function::reassurance);
}

void World::on(const CaseIsDecided& event) {
  if (coordination_.on(event, strongest_reaction())) verification_.close(event.incident);
}

void World::on(const AnswerIsGiven& event) {
  const auto given = coordination_.on(event, strongest_reaction());
  if (given == Coordination::Given::missed) return;
  const Case incident = cases_[event.incident];
  verification_.close(event.incident);
  if (given == Coordination::Given::over) return;
  const AnswerPlan& answer = stage_.theatre.coordination->answers[incident.answer];
  if (answer.troops > 0) {
    const HubId hub = pledges_.nearest(Function::reassurance, answer.troops, incident);
    pledges_.detach(hub, answer.troops);
    stage_.in_days_from_now(answer.detached.draw(stage_.key, incident.identity),
                            DetachmentReturns{hub, answer.troops});
    settle_troops();
  }
  incidents_.remove_follow_ups(incident.identity, coordination_.removes(incident.answer));
  std::optional<double> days;
  if (answer.lasts) days = answer.lasts->draw(stage_.key, incident.identity);
  put_in_force(answer.effects, days);
}

void World::on(const HubIsAttacked& event) {
  services_.on(event);
  layers_.set_stock(services_.stored());
  pledges_.set_in_action(event.hub, services_.in_action(event.hub));
  settle_hub(event.hub);
  settle_troops();
  check_capability();
}

void World::on(const HubIsRepaired& event) {
  services_.on(event);
  settle_hub(event.hub);
  pledges_.set_in_action(event.hub, true);
  settle_troops();
  check_capability();
}

void World::on(const ConvoyArrives& event) {
  services_.on(event);
  settle_hub(event.hub);
  check_capability();
}

void World::on(const ShockStrikes& event) {
  if (!shocks_.on(event)) return;
  const ShockPlan& plan = stage_.theatre.shocks[event.shock];
  for (const MemberId member : plan.members_out) coordination_.set_out(member, true);
  for (const PledgeId pledge : plan.withdraws) pledges_.withdraw(pledge, plan.notice);
  settle_troops();
}

void World::on(const ShockPasses& event) {
  for (const MemberId member : stage_.theatre.shocks[event.shock].members_out) {
    coordination_.set_out(member, false);
  }
}

void World::on(const DayEnds&) {
  for (const auto hub : stage_.theatre.hubs.ids()) settle_hub(hub);
  layers_.set_stock(services_.stored());
  record_.end_day(snapshot());
  incidents_.end_day();
  verification_.end_day();
  climate_.new_day(record_.day());
  update_climate();
}

}  // namespace truce::model
