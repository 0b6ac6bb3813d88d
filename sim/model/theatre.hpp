// SPDX-License-Identifier: Apache-2.0
// The theatre: what follows from a scenario before any chance. References are resolved to ids,
// routes are found, distances measured, streams of chance named. Shared by all replications,
// never changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/core/id.hpp"
#include "sim/core/time.hpp"

#include "sim/random/pick.hpp"
#include "sim/random/stream.hpp"

#include "sim/scenario/scenario.hpp"

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
  random::Distribution law;
  random::Source source;

  double draw(random::ReplicationKey key, std::uint64_t occurrence) const {
    if (law.constant()) return law.least();
    auto stream = source.at(key, occurrence);
    return law.quantile(stream.uniform());
  }
};

struct PledgeTag;
struct ApprovalTag;
using PledgeId = Id<PledgeTag>;
using PlaceId = Id<scenario::PlaceSpec>;
using LegId = Id<scenario::LegSpec>;
using HubId = Id<scenario::HubSpec>;
using SectorId = Id<scenario::SectorSpec>;
using TypeId = Id<scenario::IncidentTypeSpec>;
using SensorId = Id<scenario::SensorSpec>;
using CellId = Id<scenario::CellSpec>;
using ContributorId = Id<scenario::ContributorSpec>;

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
};

struct HubPlan {
  Parameter opens_after;
  scenario::Reference built_from = scenario::Reference::ceasefire;
  scenario::Coordinates at;
  double beds = 0.0;                   ///< [troops]; infinite without a limit
  std::optional<Parameter> reception;  ///< [troops/day]
  std::vector<SectorId> deterred;      ///< sectors within reach of one function at least
};

/// Follow-ups of an incident in one sector that happen in another, or in the same.
struct Spill {
  SectorId into;
  std::vector<double> expected;  ///< by type of the incident; [incidents]
  std::vector<double> none;      ///< by type: chance of no follow-up
};

/// Troops of one function at some hubs, and what they do to a sector.
struct Deterrent {
  scenario::Function function = scenario::Function::monitoring;
  std::vector<HubId> hubs;
  double effect = 0.0;
  double half_effect_troops = 1.0;  ///< [troops within reach]
};

struct SectorPlan {
  std::string name;
  scenario::Coordinates from;
  scenario::Coordinates to;
  double length = 0.0;      ///< [km]
  Parameter rate;           ///< [1/day]
  double mean_delay = 0.0;  ///< of a follow-up in this sector [days]
  random::WeightedPick types;
  std::vector<Spill> spills;
  std::vector<Deterrent> deterrents;
  std::vector<CellId> cells;  ///< that watch it, in the order of the file
  Parameter access_denied;
  random::Source baseline;
  random::Source attributes;
  random::Source follow_ups;
  random::Source access;
};

/// A count distribution with its cumulative probabilities tabulated.
class CountTable {
 public:
  CountTable() = default;
  explicit CountTable(const random::Distribution& law);
  double operator()(double u) const;

 private:
  random::Distribution law_;
  std::vector<double> cumulative_;
};

struct TypePlan {
  scenario::Grade grade = scenario::Grade::minor;
  CountTable violations;
  double half_life = 0.0;  ///< of evidence [days]; infinite if it lasts
};

/// Units of one kind of sensor with one cell.
struct SensorPlan {
  SensorId kind;
  std::int64_t units = 0;
  double coverage_per_unit = 0.0;  ///< share of the cell's line
  scenario::Carrier carried_by = scenario::Carrier::cell;
  std::vector<double> detects;  ///< by type
  Noise delay;                  ///< [days]; shares the stream of `detection`
  std::optional<random::Distribution> time_to_failure;
  random::Distribution time_to_repair;
  random::Source detection;
  random::Source failure;
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
};

struct VerificationPlan {
  double days_per_km = 0.0;  ///< of great-circle distance
  Noise work;
  Noise analysis;
  Noise expires_after;
  Noise access_retry_after;
  std::int64_t access_retries = 0;
  std::array<double, scenario::station_count> attribution{};
};

struct CoordinationPlan {
  std::int64_t desks = 0;
  Noise work;
  Parameter ready_after;
};

class Theatre {
 public:
  /// Derives everything; the scenario must have passed the reader and must outlive the theatre.
  explicit Theatre(const scenario::Scenario& scenario);

  Time horizon;
  std::size_t days = 0;  ///< of the timeline, the last one possibly cut
  scenario::Moment ceasefire;
  Time ceasefire_date = never;  ///< if it is a date
  Parameter ceasefire_after;    ///< if it is a time after the start
  IdVector<PledgeTag, PledgePlan> pledges;
  IdVector<scenario::LegSpec, LegPlan> legs;
  IdVector<scenario::HubSpec, HubPlan> hubs;
  IdVector<scenario::IncidentTypeSpec, TypePlan> types;
  IdVector<scenario::SectorSpec, SectorPlan> sectors;
  IdVector<scenario::CellSpec, CellPlan> cells;
  std::optional<VerificationPlan> verification;
  std::optional<CoordinationPlan> coordination;
  double line_km = 0.0;
  double planned_teams = 0.0;

  /// Great-circle distance from a hub to a point of a sector [km].
  double distance(HubId hub, SectorId sector, double share) const;

 private:
  void plan_pledges();
  void plan_hubs_and_legs();
  void plan_types_and_sectors();
  void plan_deterrence();
  void plan_cells();

  const scenario::Scenario& scenario_;
};

}  // namespace truce::model
