// SPDX-License-Identifier: Apache-2.0
// The theatre: what follows from a scenario before any chance. References are resolved to ids,
// routes are found, distances measured, streams of chance named. Shared by all replications,
// never changed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/id.hpp"
#include "sim/core/time.hpp"

#include "sim/scenario/scenario.hpp"

#include "sim/model/plans_politics.hpp"

namespace truce::model {

class Theatre {
 public:
  /// Derives everything; the scenario must have passed the reader and must outlive the theatre.
  /// Quantile functions that are tabulated in `known`, which must outlive the theatre, are not
  /// tabulated again.
  explicit Theatre(const scenario::Scenario& scenario, const random::Tables* known = nullptr);

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
  IdVector<scenario::FactSpec, Chance> facts;
  IdVector<TargetTag, TargetPlan> targets;
  IdVector<scenario::LayerSpec, LayerPlan> layers;
  IdVector<scenario::ShockSpec, ShockPlan> shocks;
  std::optional<ClimatePlan> climate;
  std::optional<CrisisPlan> crisis;
  std::optional<EnvironmentPlan> environment;
  std::optional<AllegationsPlan> allegations;
  std::optional<CostsPlan> costs;
  std::vector<std::string> regions;
  Date start{};
  double line_km = 0.0;
  double planned_teams = 0.0;

  /// Great-circle distance from a hub to a point of a sector [km].
  double distance(HubId hub, SectorId sector, double share) const;

  const random::Tables& tables() const { return tables_; }

 private:
  void plan_targets();
  void plan_politics();
  void plan_climate_and_crisis();
  void plan_coordination();
  void plan_costs();
  /// The target at a path, if some effect acts on it.
  TargetId target(std::string_view path) const;
  EffectsPlan effects(const scenario::Effects& effects) const;
  std::vector<FactId> facts_of(const std::vector<scenario::Ref<scenario::FactSpec>>& refs) const;
  void plan_pledges();
  void plan_hubs_and_legs();
  void plan_types_and_sectors();
  void plan_deterrence();
  void plan_cells();
  template <class Q>
  Noise noise(const random::Variate<Q>& variate, std::string_view entity,
              std::string_view purpose) {
    return {random::Sampler(variate.law, tables_), random::Source(entity, purpose)};
  }
  template <class Q>
  std::optional<Noise> noise(const std::optional<random::Variate<Q>>& variate,
                             std::string_view entity, std::string_view purpose) {
    if (!variate) return std::nullopt;
    return noise(*variate, entity, purpose);
  }

  const scenario::Scenario& scenario_;
  random::Tables tables_;
  std::vector<std::string> target_paths_;  ///< by target
  std::map<std::string, TargetId, std::less<>> targets_by_path_;
};

}  // namespace truce::model
