// SPDX-License-Identifier: Apache-2.0
#include "sim/model/theatre.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <utility>

#include "sim/core/contract.hpp"

#include "sim/model/geodesy.hpp"
#include "sim/model/purposes.hpp"

namespace truce::model {
namespace {

using random::Source;
using scenario::Scenario;

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

CountTable::CountTable(const random::Distribution& law) : law_(law) {
  // Cumulative probabilities by doubling back from the quantile function: count k covers
  // u in (F(k-1), F(k)]. Only laws given by counts from 0 are tabulated; others are cheap.
  const auto* negative_binomial = std::get_if<random::NegativeBinomial>(&law.kind());
  if (negative_binomial == nullptr || negative_binomial->mean <= 0) return;
  const double k = negative_binomial->dispersion;
  const double success = k / (k + negative_binomial->mean);
  double probability = std::pow(success, k);
  double sum = probability;
  for (double n = 0; n < 100'000 && sum < 1 - 1e-9; ++n) {
    cumulative_.push_back(sum);
    probability *= (n + k) / (n + 1) * (1 - success);
    sum += probability;
  }
  for (std::size_t part = 0; part < guides; ++part) {
    const double from = static_cast<double>(part) / guides;
    const auto first = std::lower_bound(cumulative_.begin(), cumulative_.end(), from);
    guide_.push_back(static_cast<std::uint32_t>(first - cumulative_.begin()));
  }
}

double CountTable::operator()(double u) const {
  if (cumulative_.empty() || u > cumulative_.back()) return law_.quantile(u);
  std::size_t count = guide_[static_cast<std::size_t>(u * guides)];
  while (cumulative_[count] < u) ++count;
  return static_cast<double>(count);
}

Theatre::Theatre(const Scenario& scenario, const random::Tables* known)
    : horizon(start_of_time + resolve(scenario.horizon, scenario.start)),
      ceasefire(scenario.ceasefire.takes_effect),
      ceasefire_after(
          once(scenario::after_start(ceasefire, scenario.start), "ceasefire.takes_effect")),
      scenario_(scenario),
      tables_(known) {
  days = static_cast<std::size_t>(std::ceil(in_days(horizon)));
  if (ceasefire.kind == scenario::Moment::Kind::date) {
    ceasefire_date = at_date(scenario.start, ceasefire.date);
  }
  start = scenario.start;
  plan_targets();
  plan_pledges();
  plan_hubs_and_legs();
  plan_types_and_sectors();
  plan_cells();
  plan_deterrence();
  plan_politics();
  plan_climate_and_crisis();
  plan_coordination();
  plan_costs();
  if (scenario.verification) {
    const auto& v = *scenario.verification;
    verification = VerificationPlan{
        noise(v.work, "verification", purpose::work),
        noise(v.analysis, "verification", purpose::work),
        noise(v.expires_after, "verification", purpose::expiry),
        noise(v.access_retry_after, "verification", purpose::access),
        v.access_retries,
        {v.attribution.in_country, v.attribution.neighbouring, v.attribution.remote},
        {target("verification.attribution.in_country"),
         target("verification.attribution.neighbouring"),
         target("verification.attribution.remote")},
        target("verification.speed"),
        target("verification.work"),
        target("verification.analysis"),
        v.road_factor,
        v.speed.value};
  }
}

void Theatre::plan_pledges() {
  const Scenario& s = scenario_;
  const Network network(s);
  std::unordered_map<std::string, PledgeId> by_name;
  for (const auto c : s.contributors.ids()) {
    const auto& contributor = s.contributors[c];
    for (const auto p : contributor.pledges.ids()) {
      const auto& spec = contributor.pledges[p];
      const std::string path =
          "contributors." + s.contributors.name(c) + ".pledges." + contributor.pledges.name(p);
      PledgePlan plan;
      plan.name = s.contributors.name(c) + "." + contributor.pledges.name(p);
      plan.contributor = c;
      plan.function = spec.function;
      plan.needs_ceasefire = spec.conditions.ceasefire;
      plan.facts = facts_of(spec.conditions.facts);
      for (const auto a : spec.conditions.approvals.ids()) {
        const auto& approval = spec.conditions.approvals[a];
        // One vote for all pledges of a contributor that name it: the key leaves the pledge out.
        const std::string at = "contributors." + s.contributors.name(c) + ".approvals." +
                               spec.conditions.approvals.name(a);
        plan.approvals.push_back({once(approval.probability, at + ".probability"),
                                  once(approval.delay, at + ".delay"),
                                  Source(at, purpose::decision), approval.from});
      }
      plan.troops = once(spec.troops, path + ".troops");
      plan.delivered = once(spec.delivered, path + ".delivered");
      plan.contingents = static_cast<std::size_t>(spec.contingents);
      plan.units = std::max(plan.contingents,
                            static_cast<std::size_t>(
                                std::llround(spec.pool * static_cast<double>(plan.contingents))));
      plan.identity = random::source_of(plan.name, "units");
      plan.notice = noise(spec.notice_to_move, plan.name, purpose::notice);
      plan.tour = noise(spec.tour, plan.name, purpose::tour);
      plan.extension = noise(spec.tour_extension, plan.name, purpose::extension);
      plan.dwell = noise(spec.dwell, plan.name, purpose::dwell);

      const Troops size{spec.troops.mean() * spec.delivered.mean() /
                        static_cast<double>(plan.contingents)};
      std::vector<HubId> destinations;
      std::vector<PlaceId> places;
      for (const auto& ref : spec.hubs) {
        const auto hub = s.hubs.find(ref);
        if (s.hubs[hub].station != spec.station) continue;
        destinations.push_back(hub);
        places.push_back(s.places.find(s.hubs[hub].place));
      }
      if (spec.route.empty()) {
        auto routes = network.fastest(s.places.find(spec.from), places, size);
        for (std::size_t i = 0; i < destinations.size(); ++i) {
          TRUCE_EXPECT(routes[i], "the reader refuses hubs that can't be reached");
          plan.destinations.push_back({destinations[i], std::move(*routes[i])});
        }
      } else {
        Route route;
        for (const auto& leg : spec.route) {
          const auto id = s.routes.find(leg);
          route.legs.push_back(id);
          route.expected = route.expected + expected_time(s.routes[id], size);
        }
        for (const HubId hub : destinations) plan.destinations.push_back({hub, route});
      }
      by_name.emplace(plan.name, PledgeId{pledges.size()});
      pledges.push_back(std::move(plan));
    }
  }
  // References to pledges need all of them to be known.
  std::size_t next = 0;
  for (const auto c : s.contributors.ids()) {
    for (const auto p : s.contributors[c].pledges.ids()) {
      auto& plan = pledges[PledgeId{next++}];
      const auto& after = s.contributors[c].pledges[p].conditions.after;
      for (const auto a : after.ids()) {
        plan.after.push_back({by_name.at(after[a].pledge.name), after[a].share});
      }
    }
  }
}

void Theatre::plan_hubs_and_legs() {
  const Scenario& s = scenario_;
  for (const auto id : s.routes.ids()) {
    const auto& leg = s.routes[id];
    LegPlan plan;
    if (leg.capacity)
      plan.capacity = once(*leg.capacity, "routes." + s.routes.name(id) + ".capacity");
    plan.travel = noise(leg.time, s.routes.name(id), purpose::travel);
    plan.capacity_target = target("routes." + s.routes.name(id) + ".capacity");
    plan.time_target = target("routes." + s.routes.name(id) + ".time");
    legs.push_back(std::move(plan));
  }
  for (const auto id : s.hubs.ids()) {
    const auto& hub = s.hubs[id];
    const std::string path = "hubs." + s.hubs.name(id);
    HubPlan plan;
    plan.opens_after = once(hub.opens_after, path + ".opens_after");
    plan.built_from = hub.built_from;
    plan.at = s.places[s.places.find(hub.place)].at;
    plan.beds = hub.beds ? hub.beds->value : infinity;
    if (hub.reception) plan.reception = once(*hub.reception, path + ".reception");
    plan.station = hub.station;
    plan.reception_target = target(path + ".reception");
    if (hub.engineers_double) plan.engineers_double = hub.engineers_double->value;
    if (hub.supply) {
      const auto& supply = *hub.supply;
      plan.supply =
          SupplyPlan{supply.per_head.value, supply.convoys.value, supply.every.value,
                     supply.reserve.value,  supply.stock.value,   target(path + ".supply.convoys")};
    }
    if (hub.store) {
      const auto& store = *hub.store;
      plan.store = StorePlan{store.capacity.value, store.hardness, store.deliveries.value,
                             store.releases.value, target(path + ".store.deliveries")};
    }
    if (hub.attacks) {
      const auto& attacks = *hub.attacks;
      plan.attacks =
          AttacksPlan{attacks.rate.value, attacks.in_crisis,
                      noise(attacks.repair, s.hubs.name(id), purpose::repair),
                      Source(s.hubs.name(id), purpose::attacks), target(path + ".attacks.rate")};
    }
    hubs.push_back(std::move(plan));
  }
}

void Theatre::plan_types_and_sectors() {
  const Scenario& s = scenario_;
  for (const auto id : s.incident_types.ids()) {
    const auto& type = s.incident_types[id];
    types.push_back({type.grade, CountTable(type.violations.law),
                     type.evidence_half_life ? type.evidence_half_life->value : infinity,
                     type.crisis, CountTable(type.harm.law)});
  }
  for (const auto id : s.sectors.ids()) {
    const auto& spec = s.sectors[id];
    const std::string& name = s.sectors.name(id);
    const std::string path = "sectors." + name;
    SectorPlan plan;
    plan.name = name;
    plan.from = spec.from;
    plan.to = spec.to;
    plan.daylight = Daylight(spec.from, spec.to);
    plan.length = spec.length.value;
    plan.rate = once(spec.incidents.rate, path + ".incidents.rate");
    plan.mean_delay = 1.0 / spec.incidents.decay.value;
    plan.access_denied = once(spec.access_denied, path + ".access_denied");
    const auto region = std::find(regions.begin(), regions.end(), spec.region);
    plan.region = static_cast<std::size_t>(region - regions.begin());
    if (region == regions.end()) regions.push_back(spec.region);
    plan.rate_target = target(path + ".incidents.rate");
    plan.access_target = target(path + ".access_denied");
    plan.baseline = Source(name, purpose::baseline);
    plan.attributes = Source(name, purpose::attributes);
    plan.follow_ups = Source(name, purpose::follow_ups);
    plan.access = Source(name, purpose::access);
    line_km += plan.length;

    std::vector<double> shares(types.size(), 0.0);
    for (const auto t : s.incident_types.ids()) shares[t.index()] = s.incident_types[t].share;
    if (!spec.mix.empty()) {
      std::fill(shares.begin(), shares.end(), 0.0);
      for (const auto& [ref, share] : spec.mix) shares[s.incident_types.find(ref).index()] = share;
    }
    plan.types = random::WeightedPick(shares);
    // Weights are scaled to mean 1 over the sector's mix, so that n is what the file says.
    double total = 0.0;
    double mean_weight = 0.0;
    for (const auto t : s.incident_types.ids()) {
      total += shares[t.index()];
      mean_weight += shares[t.index()] * s.incident_types[t].weight;
    }
    mean_weight /= total;
    const auto spill = [&](SectorId into, double expected) {
      if (expected <= 0 || mean_weight <= 0) return;
      Spill entry{into, {}, {}};
      for (const auto t : s.incident_types.ids()) {
        const double mean = expected * s.incident_types[t].weight / mean_weight;
        entry.number.emplace_back(random::Poisson{mean});
        entry.none.push_back(std::exp(-mean));
      }
      plan.spills.push_back(std::move(entry));
    };
    spill(id, spec.incidents.branching);
    for (const auto& [ref, expected] : spec.spills_into) spill(s.sectors.find(ref), expected);
    sectors.push_back(std::move(plan));
  }
}

void Theatre::plan_deterrence() {
  const Scenario& s = scenario_;
  const double road =
      s.verification ? s.verification->road_factor : scenario::VerificationSpec{}.road_factor;
  double farthest = 0.0;  // that any function reaches [km]
  for (const auto d : s.deterrence.ids())
    farthest = std::max(farthest, s.deterrence[d].reach.value);
  constexpr int points = 21;  // along a sector, to find its nearest one
  for (const auto sector : sectors.ids()) {
    const SectorPlan& line = sectors[sector];
    const auto middle = between(line.from, line.to, 0.5);
    const double half =
        std::max(great_circle(middle, line.from).value, great_circle(middle, line.to).value);
    std::vector<Deterrent> deterrents;
    for (const auto d : s.deterrence.ids()) {
      const auto& spec = s.deterrence[d];
      Deterrent deterrent;
      const auto& names = EnumNames<scenario::Function>::names;
      deterrent.function = static_cast<scenario::Function>(
          std::find(names.begin(), names.end(), s.deterrence.name(d)) - names.begin());
      deterrent.effect = spec.effect;
      deterrent.half_effect_troops = spec.half_effect_at.value * line.length;
      deterrent.effect_target = target("deterrence." + s.deterrence.name(d) + ".effect");
      deterrents.push_back(std::move(deterrent));
    }
    for (const auto hub : hubs.ids()) {
      // Most hubs are too far from the middle for any point of the line to be within reach. (The
      // line is not quite a great circle, hence the allowance.)
      constexpr double allowance = 1.01;
      const double to_middle = great_circle(hubs[hub].at, middle).value;
      if ((to_middle - half * allowance) * road > farthest * allowance) continue;
      double nearest = infinity;
      for (int i = 0; i < points; ++i) {
        nearest = std::min(nearest, distance(hub, sector, i / double{points - 1}));
      }
      bool deterred = false;
      for (const auto d : s.deterrence.ids()) {
        if (nearest * road > s.deterrence[d].reach.value) continue;
        deterrents[d.index()].hubs.push_back(hub);
        deterred = true;
      }
      if (deterred) hubs[hub].deterred.push_back(sector);
    }
    for (auto& deterrent : deterrents) {
      if (!deterrent.hubs.empty()) sectors[sector].deterrents.push_back(std::move(deterrent));
    }
  }
}

void Theatre::plan_cells() {
  const Scenario& s = scenario_;
  for (const auto id : s.cells.ids()) {
    const auto& spec = s.cells[id];
    const std::string& name = s.cells.name(id);
    CellPlan plan;
    plan.name = name;
    if (spec.hub) {
      plan.hub = s.hubs.find(*spec.hub);
      plan.station = s.hubs[plan.hub].station;
      hubs[plan.hub].cells.push_back(id);
    }
    plan.teams = spec.teams;
    plan.team_size = spec.team_size.value;
    plan.ready_after = once(spec.ready_after, "cells." + name + ".ready_after");
    plan.teams_target = target("cells." + name + ".teams");
    planned_teams += static_cast<double>(spec.teams);
    double km = 0.0;
    for (const auto& ref : spec.watches) {
      const auto sector = s.sectors.find(ref);
      plan.watches.push_back(sector);
      sectors[sector].cells.push_back(id);
      km += sectors[sector].length;
    }
    for (const auto& [ref, units] : spec.sensors) {
      const auto kind = s.sensors.find(ref);
      const auto& sensor = s.sensors[kind];
      const std::string entity = name + "/" + ref.name;
      SensorPlan installed;
      installed.kind = kind;
      installed.units = units;
      installed.coverage_per_unit = sensor.swath.value / km;
      installed.carried_by = sensor.carried_by;
      installed.detects.assign(types.size(), 0.0);
      for (const auto& [type, chance] : sensor.detects) {
        installed.detects[s.incident_types.find(type).index()] = chance;
      }
      installed.detection = Source(entity, purpose::detection);
      installed.delay = noise(sensor.delay, entity, purpose::detection);
      if (sensor.time_to_failure) {
        installed.time_to_failure = random::Sampler(sensor.time_to_failure->law, tables_);
      }
      installed.time_to_repair = random::Sampler(sensor.time_to_repair.law, tables_);
      installed.failure = Source(entity, purpose::failure);
      installed.jamming = Source(entity, purpose::jamming);
      installed.at_night = sensor.at_night;
      installed.in_bad_weather = sensor.in_bad_weather;
      installed.when_jammed = sensor.when_jammed;
      installed.swath = sensor.swath.value;
      installed.swath_target = target("sensors." + ref.name + ".swath");
      plan.sensors.push_back(std::move(installed));
    }
    cells.push_back(std::move(plan));
  }
}

double Theatre::distance(HubId hub, SectorId sector, double share) const {
  const SectorPlan& line = sectors[sector];
  return great_circle(hubs[hub].at, between(line.from, line.to, share)).value;
}

}  // namespace truce::model
