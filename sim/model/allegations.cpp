// SPDX-License-Identifier: Apache-2.0
#include "sim/model/allegations.hpp"

#include <algorithm>
#include <cmath>

namespace truce::model {

void Allegations::on(const CeasefireTakesEffect&) {
  if (!stage_.theatre.allegations) return;
  active_ = true;
  draw_next();
}

std::optional<Time> Allegations::alleged(const Case& incident, Gravity gravity) const {
  if (!stage_.theatre.allegations) return std::nullopt;
  const AllegationsPlan& plan = *stage_.theatre.allegations;
  auto stream = plan.truths.at(stage_.key, incident.identity);
  const double share = stage_.quantities.chance(plan.true_target, plan.true_share);
  if (stream.uniform() >= share && gravity != Gravity::crisis) {
    return std::nullopt;
  }
  return later(stage_.now, from_days(plan.delay.draw(stage_.key, incident.identity)));
}

double Allegations::rate() const {
  const AllegationsPlan& plan = *stage_.theatre.allegations;
  return stage_.quantities.positive(plan.false_target, plan.false_rate);
}

void Allegations::draw_next() {
  auto stream = stage_.theatre.allegations->falsehoods.at(stage_.key, count_);
  remaining_ = -std::log(stream.uniform());
  schedule_next();
}

void Allegations::schedule_next() {
  since_ = stage_.now;
  rate_ = rate();
  next_ = rate_ > 0 ? stage_.in_days_from_now(remaining_ / rate_, FalseAllegation{}) : Handle{};
}

void Allegations::rate_changed() {
  if (!active_) return;
  remaining_ = std::max(0.0, remaining_ - rate_ * in_days(stage_.now - since_));
  stage_.calendar.cancel(next_);
  schedule_next();
}

// Sector, type, place and the rest come from the falsehood's own stream, after the time to it.
Case Allegations::on(const FalseAllegation&) {
  const AllegationsPlan& plan = *stage_.theatre.allegations;
  auto stream = plan.falsehoods.at(stage_.key, count_);
  stream.uniform();
  Case claim;
  claim.identity = random::mix(plan.falsehoods.id(), count_);
  claim.occurred = stage_.now;
  claim.sector = SectorId{plan.sectors(stream.uniform())};
  claim.type = TypeId{stage_.theatre.sectors[claim.sector].types(stream.uniform())};
  claim.place = stream.uniform();
  claim.attribution = 1.0;
  claim.grade = stage_.theatre.types[claim.type].grade;
  claim.alleged = true;
  claim.false_claim = true;
  ++count_;
  draw_next();
  return claim;
}

}  // namespace truce::model
