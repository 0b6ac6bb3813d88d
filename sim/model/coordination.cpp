// SPDX-License-Identifier: Apache-2.0
#include "sim/model/coordination.hpp"

namespace truce::model {

void Coordination::on(const CeasefireTakesEffect&) {
  stage_.in_days_from_now(stage_.theatre.coordination->ready_after.draw(stage_.key), DesksOpen{});
}

void Coordination::on(const DesksOpen&) {
  open_ = true;
  desks_.set(stage_.now, static_cast<double>(stage_.theatre.coordination->desks));
  serve();
}

void Coordination::take(CaseId id) {
  line_.join(cases_, id);
  queue_.add(stage_.now, 1.0);
  serve();
}

void Coordination::serve() {
  while (open_ && !line_.empty() && busy_.current() < desks_.current()) {
    const CaseId next = line_.front();
    line_.leave(cases_, next);
    queue_.add(stage_.now, -1.0);
    busy_.add(stage_.now, 1.0);
    const Case& incident = cases_[next];
    waits_.add(incident.grade, in_days(stage_.now - incident.verified));
    stage_.in_days_from_now(stage_.theatre.coordination->work.draw(stage_.key, incident.identity),
                            DeskFinishes{next});
  }
}

void Coordination::on(const DeskFinishes& event) {
  const Case& incident = cases_[event.incident];
  delays_.add(incident.grade, in_days(stage_.now - incident.occurred));
  busy_.add(stage_.now, -1.0);
  serve();
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
  outcome.desk_queue = queue_.mean(until);
  outcome.desk_utilisation = ratio(busy_.integral(until), desks_.integral(until));
}

}  // namespace truce::model
