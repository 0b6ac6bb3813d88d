// SPDX-License-Identifier: Apache-2.0
// Plans: the entities of a scenario with what follows from it before any chance: references
// resolved to ids, distributions with the names of their streams, targets of effects.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/core/id.hpp"
#include "sim/core/time.hpp"

#include "sim/random/pick.hpp"
#include "sim/random/sampler.hpp"
#include "sim/random/stream.hpp"

#include "sim/scenario/effectable.hpp"
#include "sim/scenario/scenario.hpp"

#include "sim/model/geodesy.hpp"
#include "sim/model/purposes.hpp"
#include "sim/model/routes.hpp"

namespace truce::model {

/// A value drawn once a replication, keyed by its path in the scenario.
struct Parameter {
  random::Distribution law;
  random::Source source;

  double draw(random::ReplicationKey key) const {
    auto stream = source.at(key);
    return law.sample(stream);
  }
};

/// A value drawn at each use, keyed by entity, purpose and occurrence.
struct Noise {
  random::Sampler law;
  random::Source source;

  double draw(random::ReplicationKey key, std::uint64_t occurrence) const {
    if (law.law().constant()) return law.law().least();
    return law.quantile(source.uniform_at(key, occurrence));
  }
};

template <class Q>
Parameter once(const random::Variate<Q>& variate, std::string_view path) {
  return {variate.law, random::Source(path, purpose::once)};
}

struct PledgeTag;
struct TargetTag;
using PledgeId = Id<PledgeTag>;
using TargetId = Id<TargetTag>;  ///< a quantity that some effect acts on
using FactId = Id<scenario::FactSpec>;
using LayerId = Id<scenario::LayerSpec>;
using ShockId = Id<scenario::ShockSpec>;
using MemberId = Id<scenario::MemberSpec>;
using AnswerId = Id<scenario::AnswerSpec>;
using RegimeId = Id<scenario::RegimeSpec>;
using PlaceId = Id<scenario::PlaceSpec>;
using LegId = Id<scenario::LegSpec>;
using HubId = Id<scenario::HubSpec>;
using SectorId = Id<scenario::SectorSpec>;
using TypeId = Id<scenario::IncidentTypeSpec>;
using SensorId = Id<scenario::SensorSpec>;
using CellId = Id<scenario::CellSpec>;
using ContributorId = Id<scenario::ContributorSpec>;

/// What one cause changes: targets and what is done to them.
struct EffectPlan {
  TargetId target;
  scenario::Operation operation = scenario::Operation::times;
  double value = 1.0;
};
using EffectsPlan = std::vector<EffectPlan>;

/// Something that is so with a probability.
struct Chance {
  Parameter probability;
  random::Source decision;

  /// Decided once for an occurrence.
  bool holds(random::ReplicationKey key, std::uint64_t occurrence = 0) const {
    auto stream = decision.at(key, occurrence);
    return stream.uniform() < probability.draw(key);
  }
};

/// Where a pledge's contingents may go, and how.
struct Destination {
  HubId hub;
  Route route;
};

struct ApprovalPlan {
  Parameter probability;
  Parameter delay;
  random::Source decision;
  scenario::Reference from = scenario::Reference::ceasefire;
};

struct PrecedencePlan {
  PledgeId pledge;
  double share = 1.0;
};

struct PledgePlan {
  std::string name;  ///< contributor.pledge
  ContributorId contributor;
  scenario::Function function = scenario::Function::monitoring;
  bool needs_ceasefire = true;
  std::vector<FactId> facts;
  std::vector<ApprovalPlan> approvals;
  std::vector<PrecedencePlan> after;
  Parameter troops;
  Parameter delivered;
  std::vector<Destination> destinations;
  std::size_t contingents = 1;
  std::size_t units = 1;  ///< contingents in the rotation pool, those in place included
  std::uint64_t identity = 0;
  Noise notice;
  std::optional<Noise> tour;
  Noise extension;
  Noise dwell;
};

struct LegPlan {
  std::optional<Parameter> capacity;  ///< [troops/day]
  Noise travel;                       ///< [days]
  TargetId capacity_target;
  TargetId time_target;
};

struct SupplyPlan {
  double per_head = 0.0;  ///< [t/troop/day]
  double convoys = 0.0;   ///< [t/day]
  double every = 1.0;     ///< [days]
  double reserve = 0.0;   ///< [days]
  double stock = 0.0;     ///< [days]
  TargetId convoys_target;
};

struct StorePlan {
  double capacity = 0.0;  ///< [t]
  double hardness = 0.0;
  double deliveries = 0.0;  ///< [t/day]
  double releases = 0.0;    ///< [t/day]
  TargetId deliveries_target;
};

struct AttacksPlan {
  double rate = 0.0;  ///< [1/day]
  double in_crisis = 1.0;
  Noise repair;
  random::Source attacks;
  TargetId rate_target;
};

struct HubPlan {
  scenario::Station station = scenario::Station::in_country;
  Parameter opens_after;
  scenario::Reference built_from = scenario::Reference::ceasefire;
  scenario::Coordinates at;
  double beds = 0.0;                   ///< [troops]; infinite without a limit
  std::optional<Parameter> reception;  ///< [troops/day]
  double engineers_double = 0.0;       ///< [troops]; 0 means no effect
  std::optional<SupplyPlan> supply;
  std::optional<StorePlan> store;
  std::optional<AttacksPlan> attacks;
  TargetId reception_target;
  std::vector<SectorId> deterred;  ///< sectors within reach of one function at least
  std::vector<CellId> cells;       ///< that work from it, in the order of the file
};

/// Follow-ups of an incident in one sector that happen in another, or in the same.
struct Spill {
  SectorId into;
  std::vector<random::Distribution> number;  ///< by type of the incident: Poisson
  std::vector<double> none;                  ///< by type: chance of no follow-up
};

/// Troops of one function at some hubs, and what they do to a sector.
struct Deterrent {
  scenario::Function function = scenario::Function::monitoring;
  std::vector<HubId> hubs;
  double effect = 0.0;
  double half_effect_troops = 1.0;  ///< [troops within reach]
  TargetId effect_target;
};

/// What each incident asks for comes first.
struct SectorPlan {
  random::Source attributes;
  random::Source baseline;
  random::Source follow_ups;
  random::Source access;
  std::size_t region = 0;
  TargetId rate_target;
  TargetId access_target;
  random::WeightedPick types;
  std::vector<Spill> spills;
  std::vector<CellId> cells;  ///< that watch it, in the order of the file
  double mean_delay = 0.0;    ///< of a follow-up in this sector [days]
  double length = 0.0;        ///< [km]
  scenario::Coordinates from;
  scenario::Coordinates to;
  Daylight daylight;
  std::vector<Deterrent> deterrents;
  Parameter rate;  ///< [1/day]
  Parameter access_denied;
  std::string name;
};

/// A count distribution with its cumulative probabilities tabulated.
class CountTable {
 public:
  CountTable() = default;
  explicit CountTable(const random::Distribution& law);
  double operator()(double u) const;

 private:
  static constexpr std::size_t guides = 64;

  random::Distribution law_;
  std::vector<double> cumulative_;
  /// First count that u can mean, by the part of (0, 1) that u is in (Chen and Asau, "On generating
  /// random variates from an empirical distribution", AIIE Transactions 6, 1974).
  std::vector<std::uint32_t> guide_;
};

struct TypePlan {
  scenario::Grade grade = scenario::Grade::minor;
  CountTable violations;
  double half_life = 0.0;  ///< of evidence [days]; infinite if it lasts
  double crisis = 0.0;     ///< chance of starting one
  CountTable harm;
};

/// Units of one kind of sensor with one cell.
struct SensorPlan {
  SensorId kind;
  std::int64_t units = 0;
  double coverage_per_unit = 0.0;  ///< share of the cell's line
  scenario::Carrier carried_by = scenario::Carrier::cell;
  std::vector<double> detects;  ///< by type
  Noise delay;                  ///< [days]; shares the stream of `detection`
  std::optional<random::Sampler> time_to_failure;
  random::Sampler time_to_repair;
  double at_night = 1.0;
  double in_bad_weather = 1.0;
  double when_jammed = 1.0;
  TargetId swath_target;
  double swath = 0.0;  ///< [km]
  random::Source detection;
  random::Source failure;
  random::Source jamming;
};

struct CellPlan {
  std::string name;
  HubId hub;  ///< none for a remote cell without a hub
  scenario::Station station = scenario::Station::remote;
  std::int64_t teams = 0;
  double team_size = 0.0;  ///< [troops]
  std::vector<SectorId> watches;
  std::vector<SensorPlan> sensors;
  Parameter ready_after;
  TargetId teams_target;
};

struct VerificationPlan {
  Noise work;
  Noise analysis;
  Noise expires_after;
  Noise access_retry_after;
  std::int64_t access_retries = 0;
  std::array<double, scenario::station_count> attribution{};
  std::array<TargetId, scenario::station_count> attribution_target;
  TargetId speed_target;
  TargetId work_target;
  TargetId analysis_target;
  double road_factor = 1.0;
  double speed = 1.0;  ///< [km/day]
};

}  // namespace truce::model
