// SPDX-License-Identifier: Apache-2.0
#include "sim/model/record.hpp"

#include <algorithm>
#include <cmath>

namespace truce::model {

void Record::start() {
  timeline_.values.reserve(stage_.theatre.days * series_count);
  schedule_day_end();
}

void Record::schedule_day_end() {
  if (timeline_.days == stage_.theatre.days) return;
  const auto day = static_cast<std::int64_t>(timeline_.days) + 1;
  stage_.at(std::min(start_of_time + day * one_day, stage_.theatre.horizon), DayEnds{});
}

void Record::on(const CeasefireTakesEffect&) {
  ceasefire_ = stage_.now;
  for (std::size_t i = 0; i < milestones.size(); ++i) {
    stage_.in_days_from_now(milestones[i], MilestoneComes{static_cast<std::uint32_t>(i)});
  }
}

void Record::milestone(std::uint32_t which, const Snapshot& now) {
  troops_at_[which] = now.troops_total;
  if (!stage_.theatre.cells.empty()) coverage_at_[which] = now.coverage;
}

void Record::end_day(const Snapshot& now) {
  auto& values = timeline_.values;
  values.insert(values.end(), now.troops.begin(), now.troops.end());
  values.insert(values.end(),
                {now.incidents_today, now.recorded_today, now.open_cases, now.teams_at_work,
                 now.coverage, now.verified_today, now.team_queue, now.desk_queue});
  ++timeline_.days;
  schedule_day_end();
}

Record::Reached Record::check_capability(double troops, double teams_at_work, double coverage) {
  Reached reached;
  if (!capability_ || !ceasefire_) return reached;
  constexpr double rounding = 1e-9;
  const auto holds = [&](const scenario::CapabilitySpec& needed) {
    return troops >= needed.troops.value &&
           teams_at_work >= needed.teams * stage_.theatre.planned_teams - rounding &&
           coverage >= needed.coverage - rounding;
  };
  reached.initial = !initial_ && holds(capability_->initial);
  reached.full = !full_ && holds(capability_->full);
  if (reached.initial) initial_ = stage_.now;
  if (reached.full) full_ = stage_.now;
  return reached;
}

double Record::days_of_ceasefire(Time until) const {
  return ceasefire_ ? in_days(until - *ceasefire_) : 0.0;
}

Timeline Record::take_timeline() {
  timeline_.days = stage_.theatre.days;
  timeline_.values.resize(timeline_.days * series_count, absent);
  return std::move(timeline_);
}

void Record::report(Outcome& outcome) const {
  if (ceasefire_) {
    outcome.ceasefire_day = in_days(*ceasefire_);
    // Stays absent if there never were troops.
    if (!std::isnan(outcome.days_to_peak_90)) {
      outcome.days_to_peak_90 = std::max(0.0, outcome.days_to_peak_90 - in_days(*ceasefire_));
    }
  }
  if (capability_) {
    outcome.initial_capability = initial_ ? 1.0 : 0.0;
    outcome.full_capability = full_ ? 1.0 : 0.0;
    if (initial_) outcome.initial_capability_day = in_days(*initial_ - *ceasefire_);
    if (full_) outcome.full_capability_day = in_days(*full_ - *ceasefire_);
  } else {
    outcome.initial_capability = outcome.full_capability = absent;
  }
  outcome.troops_at = troops_at_;
  outcome.coverage_at = coverage_at_;
}

const std::array<Series, series_count>& timeline_series() {
  static constexpr std::array<Series, series_count> series{{
      {"troops.monitoring", "Troops in place: monitoring", "troops", "At the end of the day."},
      {"troops.reassurance", "Troops in place: reassurance", "troops", "At the end of the day."},
      {"troops.air", "Troops in place: air", "troops", "At the end of the day."},
      {"troops.maritime", "Troops in place: maritime", "troops", "At the end of the day."},
      {"troops.training", "Troops in place: training", "troops", "At the end of the day."},
      {"troops.logistics", "Troops in place: logistics", "troops", "At the end of the day."},
      {"troops.engineering", "Troops in place: engineering", "troops", "At the end of the day."},
      {"incidents", "Incidents", "incidents", "Incidents of the day, seen or not."},
      {"recorded_violations", "Recorded violations", "violations",
       "Violations of the incidents that a sensor reports, on the day their case opens."},
      {"open_cases", "Open cases", "cases", "At the end of the day, detection to handling."},
      {"teams_at_work", "Teams at work", "teams", "Staffed and ready, at the end of the day."},
      {"coverage", "Coverage of the line", "", "Share under a working sensor, end of the day."},
      {"cases_verified", "Cases verified", "cases", "On the day, without those found false."},
      {"team_queue", "Cases waiting for a team", "cases", "At the end of the day."},
      {"desk_queue", "Cases waiting for a desk", "cases", "At the end of the day."},
  }};
  return series;
}

}  // namespace truce::model
