// SPDX-License-Identifier: Apache-2.0
#include "sim/model/incidents.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/model/purposes.hpp"
#include "sim/model/tally.hpp"

namespace truce::model {

Incidents::Incidents(Stage& stage)
    : stage_(stage),
      sectors_(stage.theatre.sectors.size()),
      climate_(stage.theatre.regions.size(), 1.0),
      by_sector_(stage.theatre.sectors.size(), 0.0),
      by_type_(stage.theatre.types.size(), 0.0) {
  for (const auto id : sectors_.ids()) {
    const SectorPlan& plan = stage.theatre.sectors[id];
    Sector& sector = sectors_[id];
    const double rate = plan.rate.draw(stage.key);
    rates_.push_back(rate);
    sector.rate = stage.quantities.positive(plan.rate_target, rate);
    sector.region = static_cast<std::uint32_t>(plan.region);
  }
}

void Incidents::on(const CeasefireTakesEffect&) {
  active_ = true;
  for (const auto id : sectors_.ids()) draw_next(id);
}

double Incidents::intensity(SectorId id) const {
  const Sector& sector = sectors_[id];
  return sector.rate * sector.deterrence * climate_[sector.region] * sector.crisis;
}

void Incidents::rate_changed(SectorId id) {
  sectors_[id].rate =
      stage_.quantities.positive(stage_.theatre.sectors[id].rate_target, rates_[id]);
  retime(id);
}

void Incidents::draw_next(SectorId id) {
  Sector& sector = sectors_[id];
  auto stream = stage_.theatre.sectors[id].baseline.at(stage_.key, sector.count);
  sector.remaining = -std::log(stream.uniform());
  sector.next = {};
  schedule_next(id);
}

void Incidents::schedule_next(SectorId id) {
  Sector& sector = sectors_[id];
  sector.since = stage_.now;
  sector.intensity = intensity(id);
  const Time time = sector.intensity > 0
                        ? later(stage_.now, from_days(sector.remaining / sector.intensity))
                        : never;
  sector.next = stage_.move(sector.next, time, IncidentOccurs{id});
}

// What is left until the next baseline incident is stretched to the new intensity.
void Incidents::retime(SectorId id) {
  Sector& sector = sectors_[id];
  if (!active_ || intensity(id) == sector.intensity) return;
  sector.remaining =
      std::max(0.0, sector.remaining - sector.intensity * in_days(stage_.now - sector.since));
  schedule_next(id);
}

void Incidents::set_deterrence(SectorId id, double factor) {
  sectors_[id].deterrence = factor;
  retime(id);
}

void Incidents::set_climate(std::span<const double> by_region) {
  std::copy(by_region.begin(), by_region.end(), climate_.begin());
  for (const auto id : sectors_.ids()) retime(id);
}

void Incidents::set_crisis(SectorId id, double factor) {
  sectors_[id].crisis = factor;
  retime(id);
}

std::optional<Case> Incidents::on(const IncidentOccurs& event) {
  Sector& sector = sectors_[event.sector];
  const std::uint64_t identity =
      random::mix(stage_.theatre.sectors[event.sector].baseline.id(), sector.count);
  ++sector.count;
  draw_next(event.sector);
  return incident(event.sector, identity);
}

std::optional<Case> Incidents::on(const FollowUpOccurs& event) {
  if (!removed_.empty()) {
    const auto answered = removed_.find(event.parent);
    if (answered != removed_.end()) {
      auto stream = prevention_.at(stage_.key, event.identity);
      if (stream.uniform() < answered->second) {
        prevented_ += 1.0;
        return std::nullopt;
      }
    }
  }
  follow_ups_ += 1.0;
  return incident(event.sector, event.identity);
}

Case Incidents::incident(SectorId id, std::uint64_t identity) {
  const SectorPlan& plan = stage_.theatre.sectors[id];
  auto attributes = plan.attributes.at(stage_.key, identity);
  Case incident;
  incident.identity = identity;
  incident.occurred = stage_.now;
  incident.sector = id;
  incident.type = TypeId{plan.types(attributes.uniform())};
  incident.place = attributes.uniform();
  const TypePlan& type = stage_.theatre.types[incident.type];
  incident.violations = type.violations(attributes.uniform());
  incident.attribution = attributes.uniform();
  incident.crisis = attributes.uniform();
  incident.grade = type.grade;
  harm_ += type.harm(attributes.uniform());

  for (const Spill& spill : plan.spills) {
    const SectorPlan& into = stage_.theatre.sectors[spill.into];
    auto stream = into.follow_ups.at(stage_.key, identity);
    const double u = stream.uniform();
    if (u <= spill.none[incident.type.index()]) continue;
    const auto children =
        static_cast<std::uint64_t>(spill.number[incident.type.index()].quantile(u));
    for (std::uint64_t child = 0; child < children; ++child) {
      const double delay = -into.mean_delay * std::log(stream.uniform());
      stage_.in_days_from_now(
          delay, FollowUpOccurs{random::mix(random::mix(identity, into.follow_ups.id()), child),
                                identity, spill.into});
    }
  }

  today_ += 1.0;
  violations_ += incident.violations;
  by_sector_[id] += 1.0;
  by_type_[incident.type] += 1.0;
  return incident;
}

void Incidents::report(Outcome& outcome, double days_of_ceasefire) const {
  const double total = std::accumulate(by_sector_.begin(), by_sector_.end(), 0.0);
  outcome.incidents = total;
  outcome.incidents_by_sector = by_sector_;
  outcome.incidents_by_type = by_type_;
  for (const auto id : by_type_.ids()) {
    outcome.incidents_by_grade[static_cast<std::size_t>(stage_.theatre.types[id].grade)] +=
        by_type_[id];
  }
  outcome.incidents_per_day = ratio(total, days_of_ceasefire);
  outcome.follow_up_share = ratio(follow_ups_, total);
  outcome.violations = violations_;
  outcome.follow_ups_prevented = prevented_;
  outcome.harm = harm_;
}

}  // namespace truce::model
