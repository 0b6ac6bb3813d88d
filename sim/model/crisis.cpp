// SPDX-License-Identifier: Apache-2.0
#include "sim/model/crisis.hpp"

#include <algorithm>

namespace truce::model {

Crisis::Crisis(Stage& stage) : stage_(stage), sectors_(stage.theatre.sectors.size()) {
  if (!stage.theatre.crisis) return;
  defusal_ = stage.theatre.crisis->defusal.draw(stage.key);
  spread_ = stage.theatre.crisis->spread.draw(stage.key);
}

bool Crisis::starts(const Case& incident, double u) const {
  if (!stage_.theatre.crisis || collapsed_) return false;
  if (sectors_[incident.sector].state != State::calm) return false;
  return u < stage_.theatre.types[incident.type].crisis;
}

void Crisis::begin(const Case& incident) {
  const CrisisPlan& plan = *stage_.theatre.crisis;
  Sector& sector = sectors_[incident.sector];
  sector.state = State::crisis;
  ++sector.number;
  sector.identity = incident.identity;
  sector.known = false;
  ++in_crisis_;
  crises_ += 1.0;
  const double patience = stage_.quantities.positive(
      plan.patience_target, plan.patience.draw(stage_.key, incident.identity));
  stage_.in_days_from_now(patience, PatienceEnds{incident.sector, sector.number});
}

bool Crisis::is_on(const Case& incident) const {
  const Sector& sector = sectors_[incident.sector];
  return sector.state == State::crisis && sector.identity == incident.identity;
}

void Crisis::becomes_known(const Case& incident, std::optional<Time> decision) {
  known_ += 1.0;
  sectors_[incident.sector].known = true;
  if (!decision) return;
  stage_.at(*decision, CrisisIsDecided{incident.sector, sectors_[incident.sector].number});
}

Crisis::Turn Crisis::on(const CrisisIsDecided& event, double deterrence, double reassurance) {
  Sector& sector = sectors_[event.sector];
  if (sector.state != State::crisis || sector.number != event.number) return Turn::nothing;
  const CrisisPlan& plan = *stage_.theatre.crisis;
  const double alone = stage_.quantities.chance(plan.defusal_target, defusal_);
  auto stream = plan.defusal_decision.at(stage_.key, sector.identity);
  if (stream.uniform() >= 1 - (1 - alone) * deterrence) {
    return break_down(event.sector, reassurance);
  }
  sector.state = State::calm;
  --in_crisis_;
  defused_ += 1.0;
  return Turn::defused;
}

Crisis::Turn Crisis::on(const PatienceEnds& event, double reassurance) {
  const Sector& sector = sectors_[event.sector];
  if (sector.state != State::crisis || sector.number != event.number) return Turn::nothing;
  undecided_ += 1.0;
  return break_down(event.sector, reassurance);
}

Crisis::Turn Crisis::break_down(SectorId id, double reassurance) {
  const CrisisPlan& plan = *stage_.theatre.crisis;
  Sector& sector = sectors_[id];
  const double chance = stage_.quantities.chance(plan.spread_target, spread_) +
                        plan.spread_per_breakdown * broken_down_;
  sector.state = State::broken_down;
  --in_crisis_;
  ++broken_down_;
  breakdowns_ += 1.0;
  auto stream = plan.spread_decision.at(stage_.key, sector.identity);
  if (stream.uniform() < chance) return collapse(sector.identity, reassurance);
  stage_.in_days_from_now(plan.breakdown_lasts.draw(stage_.key, sector.identity),
                          BreakdownEnds{id, sector.number});
  return Turn::breakdown;
}

// All breakdowns and crises are lost in the collapse.
Crisis::Turn Crisis::collapse(std::uint64_t identity, double reassurance) {
  const CrisisPlan& plan = *stage_.theatre.crisis;
  for (auto& sector : sectors_) {
    sector.state = State::calm;
    ++sector.number;
  }
  in_crisis_ = broken_down_ = 0;
  collapsed_ = true;
  collapses_ += 1.0;
  if (!first_collapse_) first_collapse_ = stage_.now;
  const auto& restoration = plan.restoration;
  if (restoration && stage_.facts.hold(restoration->needs) && reassurance >= restoration->troops &&
      restoration->chance.holds(stage_.key, identity)) {
    stage_.in_days_from_now(restoration->time.draw(stage_.key, identity), CeasefireIsRestored{});
    return Turn::collapse;
  }
  final_ = stage_.now;
  return Turn::final_collapse;
}

Crisis::Turn Crisis::on(const BreakdownEnds& event) {
  Sector& sector = sectors_[event.sector];
  if (sector.state != State::broken_down || sector.number != event.number) return Turn::nothing;
  sector.state = State::calm;
  --broken_down_;
  return Turn::defused;
}

Crisis::Turn Crisis::on(const CeasefireIsRestored&) {
  collapsed_ = false;
  restorations_ += 1.0;
  return Turn::restored;
}

double Crisis::factor(SectorId sector) const {
  if (collapsed_) return stage_.theatre.crisis->collapse_rate;
  if (sectors_[sector].state == State::broken_down) return stage_.theatre.crisis->breakdown_rate;
  return 1.0;
}

void Crisis::report(Outcome& outcome, std::optional<Time> ceasefire, Time until) const {
  if (!stage_.theatre.crisis) {
    outcome.crises = outcome.breakdowns = outcome.collapses = outcome.restorations = absent;
    outcome.crises_defused = outcome.ceasefire_holds = outcome.final_collapse = absent;
    outcome.crises_known = outcome.breakdowns_undecided = absent;
    return;
  }
  outcome.crises = crises_;
  outcome.crises_defused = defused_;
  outcome.crises_known = known_;
  outcome.breakdowns = breakdowns_;
  outcome.breakdowns_undecided = undecided_;
  outcome.collapses = collapses_;
  outcome.restorations = restorations_;
  if (!ceasefire) {
    outcome.ceasefire_holds = outcome.final_collapse = absent;
    return;
  }
  outcome.ceasefire_holds = first_collapse_ ? 0.0 : 1.0;
  outcome.final_collapse = final_ ? 1.0 : 0.0;
  outcome.ceasefire_days = in_days(first_collapse_.value_or(until) - *ceasefire);
  if (first_collapse_) outcome.collapse_day = in_days(*first_collapse_ - *ceasefire);
  for (std::size_t i = 0; i < survival_days.size(); ++i) {
    const Time day = later(*ceasefire, std::chrono::hours{24 * survival_days[i]});
    const bool fell = first_collapse_ && *first_collapse_ <= day;
    // Beyond the horizon only collapses could be known, which would make the share too low.
    if (day <= until) outcome.holds_at[i] = fell ? 0.0 : 1.0;
  }
}

std::optional<Ceasefire> Crisis::fate(std::optional<Time> ceasefire, Time until) const {
  if (!stage_.theatre.crisis || !ceasefire) return std::nullopt;
  if (!first_collapse_) return Ceasefire{until - *ceasefire, CeasefireEnd::held};
  // After a final collapse there is no other: if there was only one, it was that.
  const bool for_good = final_ && collapses_ == 1.0;
  return Ceasefire{*first_collapse_ - *ceasefire, for_good ? CeasefireEnd::collapsed_for_good
                                                           : CeasefireEnd::collapsed_and_restored};
}

}  // namespace truce::model
