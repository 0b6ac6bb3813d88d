// SPDX-License-Identifier: Apache-2.0
#include "sim/model/verification.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/contract.hpp"

namespace truce::model {

using scenario::Station;

namespace {

// What a team is kept busy by differs per attempt.
std::uint64_t attempt_of(const Case& incident) {
  return random::mix(incident.identity, incident.attempts);
}

}  // namespace

Verification::Verification(Stage& stage, Cases& cases)
    : stage_(stage),
      cases_(cases),
      cells_(stage.theatre.cells.size()),
      off_limits_(stage.theatre.sectors.size(), 0),
      recorded_by_sector_(stage.theatre.sectors.size(), 0.0),
      detected_by_sector_(stage.theatre.sectors.size(), 0.0),
      detected_by_type_(stage.theatre.types.size(), 0.0) {
  for (const auto& sector : stage.theatre.sectors) {
    access_denied_.push_back(sector.access_denied.draw(stage.key));
  }
  for (const auto id : cells_.ids()) {
    const CellPlan& plan = stage.theatre.cells[id];
    if (!plan.hub) cells_[id].staffed = static_cast<double>(plan.teams);
  }
}

void Verification::on(const CellIsReady& event) {
  cells_[event.cell].ready = true;
  set_at_work(event.cell);
}

const std::vector<CellId>& Verification::staff(HubId hub, double troops) {
  const auto& cells = stage_.theatre.hubs[hub].cells;
  for (const CellId id : cells) cells_[id].staffed = 0.0;
  for (bool more = true; more;) {
    more = false;
    for (const CellId id : cells) {
      const CellPlan& plan = stage_.theatre.cells[id];
      if (cells_[id].staffed >= static_cast<double>(plan.teams) || troops < plan.team_size)
        continue;
      troops -= plan.team_size;
      cells_[id].staffed += 1.0;
      more = true;
    }
  }
  for (const CellId id : cells) set_at_work(id);
  return cells;
}

void Verification::set_at_work(CellId id) {
  Cell& cell = cells_[id];
  const CellPlan& plan = stage_.theatre.cells[id];
  const double planned =
      stage_.quantities.positive(plan.teams_target, static_cast<double>(plan.teams));
  const double teams = cell.ready && cell.works ? std::min(cell.staffed, std::floor(planned)) : 0.0;
  at_work_.add(stage_.now, teams - cell.at_work.current());
  cell.at_work.set(stage_.now, teams);
  serve(id);
}

void Verification::set_works(CellId id, bool works) {
  if (cells_[id].works == works) return;
  cells_[id].works = works;
  set_at_work(id);
}

CellId Verification::responsible(SectorId sector) const {
  CellId fallback;
  for (const CellId id : stage_.theatre.sectors[sector].cells) {
    if (cells_[id].at_work.current() > 0) return id;
    if (!fallback && stage_.theatre.cells[id].teams > 0) fallback = id;
  }
  return fallback;
}

void Verification::on(const CaseOpens& event) {
  Case& incident = cases_[event.incident];
  incident.opened = stage_.now;
  opened_ += 1.0;
  open_.add(stage_.now, 1.0);
  if (incident.false_claim) {
    false_opened_ += 1.0;
  } else {
    if (incident.alleged) alleged_opened_ += 1.0;
    if (incident.seen <= stage_.theatre.horizon) {
      detected_ += 1.0;
      recorded_ += incident.violations;
      recorded_today_ += incident.violations;
      recorded_by_sector_[incident.sector] += incident.violations;
      detected_by_sector_[incident.sector] += 1.0;
      detected_by_type_[incident.type] += 1.0;
      detection_delay_ += in_days(incident.seen - incident.occurred);
    }
  }

  const double expires_after =
      stage_.theatre.verification->expires_after.draw(stage_.key, incident.identity);
  incident.expires_on = in_days(stage_.now) + expires_after;
  incident.cell = responsible(incident.sector);
  incident.state = CaseState::queued;
  arm_expiry(event.incident);
  if (incident.cell && stage_.theatre.cells[incident.cell].station == Station::in_country) {
    incident.distance = stage_.theatre.distance(stage_.theatre.cells[incident.cell].hub,
                                                incident.sector, incident.place);
  }
  if (!incident.cell) return;  // no cell has teams: it stays open until it expires
  cells_[incident.cell].line.join(cases_, event.incident);
  queue_.add(stage_.now, 1.0);
  serve(incident.cell);
}

void Verification::arm_expiry(CaseId id) {
  Case& incident = cases_[id];
  incident.expiry =
      stage_.at(std::max(stage_.now, Time{from_days(incident.expires_on)}), CaseExpires{id});
}

void Verification::on(const CaseExpires& event) {
  const Case& incident = cases_[event.incident];
  TRUCE_EXPECT(incident.state == CaseState::queued, "only a case that waits for a team expires");
  if (incident.cell) {
    cells_[incident.cell].line.leave(cases_, event.incident);
    queue_.add(stage_.now, -1.0);
  }
  expired_ += 1.0;
  close(event.incident);
}

void Verification::close(CaseId id) {
  open_.add(stage_.now, -1.0);
  cases_.close(id);
}

void Verification::set_busy(CellId id, double delta) {
  cells_[id].busy += delta;
  cells_[id].busy_level.set(stage_.now, cells_[id].busy);
  busy_.add(stage_.now, delta);
}

double Verification::travel_days(const Case& incident) const {
  const CellPlan& plan = stage_.theatre.cells[incident.cell];
  if (plan.station != Station::in_country) return 0.0;
  const VerificationPlan& how = *stage_.theatre.verification;
  const double speed = stage_.quantities.positive(how.speed_target, how.speed);
  // A team that can't move at all is as good as lost: it comes after the horizon.
  if (speed <= 0) return 1e8;
  return incident.distance * how.road_factor / speed;
}

// Sends free teams of a cell to waiting cases.
void Verification::serve(CellId id) {
  Cell& cell = cells_[id];
  while (!cell.line.empty() && cell.busy < cell.at_work.current()) {
    const CaseId next = cell.line.front();
    cell.line.leave(cases_, next);
    queue_.add(stage_.now, -1.0);
    Case& incident = cases_[next];
    stage_.calendar.cancel(incident.expiry);
    incident.state = CaseState::begun;
    if (incident.attempts == 0) {
      incident.begun = stage_.now;
      waits_.add(incident.grade, in_days(stage_.now - incident.opened));
    }
    set_busy(id, 1.0);
    if (stage_.theatre.cells[id].station == Station::in_country) {
      stage_.in_days_from_now(travel_days(incident), TeamArrives{next});
    } else {
      begin_work(next);
    }
  }
}

void Verification::on(const TeamArrives& event) {
  Case& incident = cases_[event.incident];
  const SectorPlan& sector = stage_.theatre.sectors[incident.sector];
  auto stream = sector.access.at(stage_.key, attempt_of(incident));
  const double denied =
      stage_.quantities.chance(sector.access_target, access_denied_[incident.sector]);
  if (!off_limits_[incident.sector] && stream.uniform() >= denied) {
    begin_work(event.incident);
    return;
  }
  denials_ += 1.0;
  stage_.in_days_from_now(travel_days(incident), TeamReturns{incident.cell});
  const auto& plan = *stage_.theatre.verification;
  const double retry_after = plan.access_retry_after.draw(stage_.key, attempt_of(incident));
  ++incident.attempts;
  if (static_cast<std::int64_t>(incident.attempts) > plan.access_retries) {
    denied_ += 1.0;
    close(event.incident);
    return;
  }
  incident.state = CaseState::away;
  stage_.in_days_from_now(retry_after, CaseQueuesAgain{event.incident});
}

void Verification::on(const CaseQueuesAgain& event) {
  Case& incident = cases_[event.incident];
  incident.state = CaseState::queued;
  arm_expiry(event.incident);
  cells_[incident.cell].line.join(cases_, event.incident);
  queue_.add(stage_.now, 1.0);
  serve(incident.cell);
}

void Verification::begin_work(CaseId id) {
  Case& incident = cases_[id];
  const auto& plan = *stage_.theatre.verification;
  const CellPlan& cell = stage_.theatre.cells[incident.cell];
  const TypePlan& type = stage_.theatre.types[incident.type];
  const double delay = in_days(stage_.now - incident.occurred);
  const auto station = static_cast<std::size_t>(cell.station);
  const double fresh =
      stage_.quantities.chance(plan.attribution_target[station], plan.attribution[station]);
  const double chance = fresh * std::exp2(-delay / type.half_life);
  incident.attribution = !incident.false_claim && incident.attribution < chance ? 1.0 : 0.0;
  const bool on_site = cell.station == Station::in_country;
  const double work = (on_site ? plan.work : plan.analysis).draw(stage_.key, incident.identity);
  stage_.in_days_from_now(
      stage_.quantities.positive(on_site ? plan.work_target : plan.analysis_target, work),
      VerificationEnds{id});
}

void Verification::on(const VerificationEnds& event) {
  Case& incident = cases_[event.incident];
  incident.state = CaseState::verified;
  incident.verified = stage_.now;
  if (incident.false_claim) {
    false_found_ += 1.0;
  } else {
    verified_today_ += 1.0;
    attributed_ += incident.attribution;
    delays_.add(incident.grade, in_days(stage_.now - incident.occurred));
  }
  const CellId cell = incident.cell;
  if (stage_.theatre.cells[cell].station == Station::in_country) {
    stage_.in_days_from_now(travel_days(incident), TeamReturns{cell});
  } else {
    set_busy(cell, -1.0);
    serve(cell);
  }
}

void Verification::on(const TeamReturns& event) {
  set_busy(event.cell, -1.0);
  serve(event.cell);
}

void Verification::check() const {
  std::size_t open = 0;
  for (const auto state :
       {CaseState::queued, CaseState::away, CaseState::begun, CaseState::verified}) {
    open += cases_.count(state);
  }
  TRUCE_ENSURE(open_.current() == static_cast<double>(open), "an open case is in one state");
  double waiting = 0.0;
  double busy = 0.0;
  for (const auto& cell : cells_) {
    waiting += static_cast<double>(cell.line.size());
    busy += cell.busy;
    TRUCE_ENSURE(cell.busy >= 0, "teams busy are teams");
  }
  TRUCE_ENSURE(waiting == queue_.current(), "cases that wait stand in one line");
  TRUCE_ENSURE(busy == busy_.current(), "busy teams are counted once");
  TRUCE_ENSURE(static_cast<double>(cases_.count(CaseState::begun)) <= busy,
               "a case that has begun has a team");
}

void Verification::begin() {
  for (auto& cell : cells_) {
    cell.at_work.begin(stage_.now);
    cell.busy_level.begin(stage_.now);
  }
  at_work_.begin(stage_.now);
  busy_.begin(stage_.now);
  queue_.begin(stage_.now);
  open_.begin(stage_.now);
}

void Verification::report(Outcome& outcome, double days_of_ceasefire, Time until) const {
  outcome.recorded_violations = recorded_;
  outcome.recorded_violations_by_sector = recorded_by_sector_;
  outcome.recorded_violations_per_day = ratio(recorded_, days_of_ceasefire);
  outcome.detected_share = ratio(detected_, outcome.incidents);
  outcome.allegations_true = alleged_opened_;
  outcome.allegations_false = false_opened_;
  outcome.allegations_found_false = false_found_;
  for (const auto id : detected_by_sector_.ids()) {
    outcome.detected_share_by_sector[id] =
        ratio(detected_by_sector_[id], outcome.incidents_by_sector[id]);
  }
  for (const auto id : detected_by_type_.ids()) {
    outcome.detected_share_by_type[id] =
        ratio(detected_by_type_[id], outcome.incidents_by_type[id]);
  }
  outcome.verified_share = ratio(delays_.count(), outcome.incidents);
  outcome.attributed_share = ratio(attributed_, outcome.incidents);
  outcome.cases_opened = opened_;
  outcome.cases_verified = delays_.count();
  outcome.cases_attributed = attributed_;
  outcome.cases_expired = expired_;
  outcome.cases_denied = denied_;
  outcome.cases_open_at_end = open_.current();
  outcome.cases_open = open_.mean(until);
  outcome.access_denials = denials_;
  outcome.detection_delay = ratio(detection_delay_, detected_);
  outcome.verification_delay = delays_.mean();
  outcome.verification_delay_by_grade = delays_.mean_by_grade();
  outcome.verification_delay_p90 = delays_.quantile(0.9);
  outcome.team_wait = waits_.mean();
  outcome.team_wait_by_grade = waits_.mean_by_grade();
  for (std::size_t g = 0; g < scenario::grade_count; ++g) {
    outcome.verified_share_by_grade[g] =
        ratio(delays_.count(static_cast<scenario::Grade>(g)), outcome.incidents_by_grade[g]);
  }
  outcome.team_queue = queue_.mean(until);
  outcome.team_utilisation = ratio(busy_.integral(until), at_work_.integral(until));
  for (const auto id : cells_.ids()) {
    outcome.team_utilisation_by_cell[id] =
        ratio(cells_[id].busy_level.integral(until), cells_[id].at_work.integral(until));
  }
  outcome.teams_at_work = ratio(at_work_.mean(until), stage_.theatre.planned_teams);
}

}  // namespace truce::model
