// SPDX-License-Identifier: Apache-2.0
#include "sim/model/coordination.hpp"

#include <algorithm>
#include <numeric>

namespace truce::model {

using scenario::DecisionRule;
using scenario::Grade;

Coordination::Coordination(Stage& stage, Cases& cases) : stage_(stage), cases_(cases) {
  if (!stage.theatre.coordination) return;
  out_ = IdVector<scenario::MemberSpec, int>(stage.theatre.coordination->members.size(), 0);
  const std::size_t rungs = stage.theatre.coordination->answers.size();
  given_ = late_ = without_means_ = By<scenario::AnswerSpec>(rungs, 0.0);
  for (const auto& answer : stage.theatre.coordination->answers) {
    removes_.push_back(answer.removes.draw(stage.key));
  }
}

void Coordination::start() {
  if (!stage_.theatre.coordination || !stage_.theatre.coordination->hand_over) return;
  const HandOverPlan& plan = *stage_.theatre.coordination->hand_over;
  if (plan.at.kind == scenario::Moment::Kind::never) return;
  pause_begins_ = plan.at.kind == scenario::Moment::Kind::date
                      ? std::max(start_of_time, plan.date)
                      : later(stage_.now, from_days(plan.after.draw(stage_.key)));
  pause_ends_ = later(pause_begins_, from_days(plan.pause.draw(stage_.key)));
  stage_.at(pause_begins_, SeatIsHandedOver{});
}

void Coordination::on(const CeasefireTakesEffect&) {
  stage_.in_days_from_now(stage_.theatre.coordination->ready_after.draw(stage_.key), DesksOpen{});
}

void Coordination::on(const DesksOpen&) {
  open_ = true;
  desks_changed();
}

void Coordination::on(const SeatIsHandedOver&) {
  paused_ = true;
  stage_.at(pause_ends_, SeatIsReady{});
}

void Coordination::on(const SeatIsReady&) {
  paused_ = false;
  serve();
}

double Coordination::desks() const {
  const auto& plan = *stage_.theatre.coordination;
  return stage_.quantities.positive(plan.desks_target, static_cast<double>(plan.desks));
}

void Coordination::desks_changed() {
  desks_.set(stage_.now, open_ ? desks() : 0.0);
  serve();
}

void Coordination::take(CaseId id) {
  line_.join(cases_, id);
  queue_.add(stage_.now, 1.0);
  serve();
}

void Coordination::serve() {
  const auto& plan = *stage_.theatre.coordination;
  while (open_ && !paused_ && !line_.empty() && busy_.current() + 1 <= desks_.current()) {
    const CaseId next = line_.front();
    line_.leave(cases_, next);
    queue_.add(stage_.now, -1.0);
    busy_.add(stage_.now, 1.0);
    const Case& incident = cases_[next];
    waits_.add(incident.grade, in_days(stage_.now - incident.verified));
    const double work =
        stage_.quantities.positive(plan.work_target, plan.work.draw(stage_.key, incident.identity));
    stage_.in_days_from_now(work, DeskFinishes{next});
  }
}

bool Coordination::on(const DeskFinishes& event) {
  Case& incident = cases_[event.incident];
  const auto& plan = *stage_.theatre.coordination;
  if (!incident.false_claim) delays_.add(incident.grade, in_days(stage_.now - incident.occurred));
  busy_.add(stage_.now, -1.0);
  serve();
  if (incident.grade != Grade::grave || incident.false_claim || plan.members.empty()) return true;

  Time before = stage_.now;
  if (incident.attribution == 0.0) {
    disputed_ += 1.0;
    if (plan.commission) {
      before = later(before, from_days(plan.commission->time.draw(stage_.key, incident.identity)));
      if (plan.commission->attributes.holds(stage_.key, incident.identity)) {
        incident.attribution = 1.0;
      }
    }
  }
  const Time decided = decision(incident.identity, before);
  decision_delay_ += in_days(decided - stage_.now);
  decided_ += 1.0;
  if (deputy_decides()) deputised_ += 1.0;
  stage_.at(decided, CaseIsDecided{event.incident});
  return false;
}

double Coordination::response(MemberId id, std::uint64_t occurrence) const {
  const MemberPlan& member = stage_.theatre.coordination->members[id];
  return stage_.quantities.positive(member.response_target,
                                    member.response.draw(stage_.key, occurrence));
}

// What is left of it when the seat is handed over comes after the pause.
Time Coordination::deliberated(Time asked, double days) const {
  if (asked >= pause_begins_) return later(std::max(asked, pause_ends_), from_days(days));
  const Time decided = later(asked, from_days(days));
  return decided < pause_begins_ ? decided : later(decided, pause_ends_ - pause_begins_);
}

// The lead's deputy decides while the lead is out, or, where others count, while everybody is.
bool Coordination::deputy_decides() const {
  const auto& plan = *stage_.theatre.coordination;
  if (plan.rule == DecisionRule::lead) return out_[plan.lead] > 0;
  return std::ranges::none_of(out_, [](int shocks) { return shocks == 0; });
}

Time Coordination::decision(std::uint64_t occurrence, Time asked) const {
  const auto& plan = *stage_.theatre.coordination;
  if (deputy_decides()) {
    return deliberated(asked, plan.deputy_slower * response(plan.lead, occurrence));
  }
  if (plan.rule == DecisionRule::lead) return deliberated(asked, response(plan.lead, occurrence));
  std::vector<double> times;
  for (const auto id : plan.members.ids()) {
    if (out_[id] == 0) times.push_back(response(id, occurrence));
  }
  std::sort(times.begin(), times.end());
  std::size_t which = 0;
  if (plan.rule == DecisionRule::all) which = times.size() - 1;
  if (plan.rule == DecisionRule::majority) which = times.size() / 2;
  return deliberated(asked, times[which]);
}

void Coordination::set_out(MemberId id, bool out) {
  out_[id] += out ? 1 : -1;
}

bool Coordination::on(const CaseIsDecided& event, double troops) {
  return !climb(event.incident, 0, troops);
}

bool Coordination::feasible(const Case& incident, const AnswerPlan& rung, double troops) const {
  return stage_.facts.hold(rung.needs) && rung.troops <= troops &&
         (!rung.needs_attribution || incident.attribution > 0);
}

bool Coordination::climb(CaseId id, std::size_t from, double troops) {
  Case& incident = cases_[id];
  const auto& answers = stage_.theatre.coordination->answers;
  for (std::size_t i = from; i < answers.size(); ++i) {
    const AnswerId rung{i};
    const AnswerPlan& plan = answers[rung];
    const Time given = later(stage_.now, from_days(plan.delay.draw(stage_.key, incident.identity)));
    if (!feasible(incident, plan, troops)) {
      without_means_[rung] += 1.0;
      continue;
    }
    if (in_days(given - incident.opened) > plan.within) {
      late_[rung] += 1.0;
      continue;
    }
    incident.answer = rung;
    stage_.at(given, AnswerIsGiven{id});
    return true;
  }
  if (!answers.empty()) unanswered_ += 1.0;
  return false;
}

Coordination::Given Coordination::on(const AnswerIsGiven& event, double troops) {
  const Case& incident = cases_[event.incident];
  const AnswerId rung = incident.answer;
  if (stage_.theatre.coordination->answers[rung].troops > troops) {
    without_means_[rung] += 1.0;
    return climb(event.incident, rung.index() + 1, troops) ? Given::missed : Given::over;
  }
  given_[rung] += 1.0;
  answers_.add(incident.grade, in_days(stage_.now - incident.occurred));
  return Given::yes;
}

void Coordination::begin() {
  busy_.begin(stage_.now);
  desks_.begin(stage_.now);
  queue_.begin(stage_.now);
}

void Coordination::report(Outcome& outcome, Time until) const {
  outcome.cases_handled = delays_.count();
  outcome.handling_delay = delays_.mean();
  outcome.handling_delay_by_grade = delays_.mean_by_grade();
  outcome.handling_delay_p90 = delays_.quantile(0.9);
  outcome.desk_wait = waits_.mean();
  outcome.desk_wait_by_grade = waits_.mean_by_grade();
  const auto sum = [](const auto& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  outcome.desk_queue = queue_.mean(until);
  outcome.desk_utilisation = ratio(busy_.integral(until), desks_.integral(until));
  outcome.decisions = decided_;
  outcome.decision_delay = ratio(decision_delay_, decided_);
  outcome.cases_disputed = disputed_;
  outcome.decisions_deputised = deputised_;
  outcome.answers = answers_.count();
  outcome.answers_by_rung = given_;
  outcome.rungs_late = sum(late_);
  outcome.rungs_late_by_rung = late_;
  outcome.rungs_without_means = sum(without_means_);
  outcome.rungs_without_means_by_rung = without_means_;
  outcome.cases_unanswered = unanswered_;
  outcome.answer_delay = answers_.mean();
  outcome.answer_delay_p90 = answers_.quantile(0.9);
}

}  // namespace truce::model
