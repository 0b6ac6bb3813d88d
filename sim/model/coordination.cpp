// SPDX-License-Identifier: Apache-2.0
#include "sim/model/coordination.hpp"

#include <numeric>

#include "sim/model/verification.hpp"

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
    const auto grade = static_cast<std::size_t>(incident.grade);
    wait_[grade] += in_days(stage_.now - incident.verified);
    begun_by_grade_[grade] += 1.0;
    stage_.in_days_from_now(stage_.theatre.coordination->work.draw(stage_.key, incident.identity),
                            DeskFinishes{next});
  }
}

void Coordination::on(const DeskFinishes& event) {
  const Case& incident = cases_[event.incident];
  const auto grade = static_cast<std::size_t>(incident.grade);
  const double delay = in_days(stage_.now - incident.occurred);
  handled_ += 1.0;
  handled_by_grade_[grade] += 1.0;
  handling_delay_[grade] += delay;
  delays_.push_back(delay);
  busy_.add(stage_.now, -1.0);
  serve();
}

void Coordination::begin() {
  busy_.begin(stage_.now);
  desks_.begin(stage_.now);
  queue_.begin(stage_.now);
}

void Coordination::report(Outcome& outcome, Time until) const {
  const auto ratio = [](double part, double whole) { return whole > 0 ? part / whole : absent; };
  const auto sum = [](const ByGrade& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
  };
  outcome.cases_handled = handled_;
  outcome.handling_delay = ratio(sum(handling_delay_), handled_);
  auto delays = delays_;
  outcome.handling_delay_p90 = order_statistic(delays, 0.9);
  outcome.desk_wait = ratio(sum(wait_), sum(begun_by_grade_));
  for (std::size_t g = 0; g < scenario::grade_count; ++g) {
    outcome.handling_delay_by_grade[g] = ratio(handling_delay_[g], handled_by_grade_[g]);
    outcome.desk_wait_by_grade[g] = ratio(wait_[g], begun_by_grade_[g]);
  }
  outcome.desk_queue = queue_.mean(until);
  outcome.desk_utilisation = ratio(busy_.integral(until), desks_.integral(until));
}

}  // namespace truce::model
