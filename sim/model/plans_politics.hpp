// SPDX-License-Identifier: Apache-2.0
// Plans of the political part: the coordination cell and its answers, layers, shocks, climate,
// crisis, allegations, costs.
#pragma once

#include "sim/model/plans.hpp"

namespace truce::model {

struct MemberPlan {
  Noise response;
  TargetId response_target;
};

struct CommissionPlan {
  Noise time;
  Chance attributes;
};

struct HandOverPlan {
  scenario::Moment at;
  Time date = never;
  Parameter after;
  Parameter pause;
};

/// A rung of the ladder of answers.
struct AnswerPlan {
  double within = 1.0;  ///< [days]
  Noise delay;
  std::vector<FactId> needs;
  double troops = 0.0;
  Noise detached;
  bool needs_attribution = false;
  Parameter removes;
  EffectsPlan effects;
  std::optional<Noise> lasts;
};

struct CoordinationPlan {
  std::int64_t desks = 0;
  Noise work;
  Parameter ready_after;
  IdVector<scenario::MemberSpec, MemberPlan> members;
  MemberId lead;
  scenario::DecisionRule rule = scenario::DecisionRule::lead;
  double deputy_slower = 1.0;
  std::optional<CommissionPlan> commission;
  std::optional<HandOverPlan> hand_over;
  IdVector<scenario::AnswerSpec, AnswerPlan> answers;
  TargetId desks_target;
  TargetId work_target;
};

struct LayerPlan {
  scenario::Trigger trigger;
  LayerId after;  ///< the layer that triggers it
  Time date = never;
  std::vector<FactId> needs;
  Noise delay;
  std::optional<Noise> lasts;
  EffectsPlan effects;
  double stock = 0.0;  ///< for while_stocked [t]; 0 if there is none
  EffectsPlan while_stocked;
};

struct ShockPlan {
  std::optional<scenario::Moment> at;
  Time date = never;
  Parameter after;
  double by = 0.0;    ///< [days]; 0 if not used
  double rate = 0.0;  ///< [1/day]; 0 if not used
  Chance chance;
  random::Source timing;
  std::vector<FactId> needs;
  std::optional<Noise> lasts;
  EffectsPlan effects;
  std::vector<PledgeId> withdraws;
  Noise notice;
  std::vector<MemberId> members_out;
};

struct RegimePlan {
  double multiplier = 1.0;
  double growth = 0.0;  ///< [1/day]
  double ceiling = 1.0;
  double mean_stay = 0.0;  ///< [days]; 0 if it lasts
  random::WeightedPick next;
};

struct ClimatePlan {
  IdVector<scenario::RegimeSpec, RegimePlan> regimes;
  random::WeightedPick start;
  random::Source regime;
  double sigma = 0.0;        ///< of the logarithm of the daily factor
  double persistence = 0.0;  ///< from day to day
};

struct CrisisPlan {
  Noise patience;
  Parameter defusal;
  random::Source defusal_decision;
  Noise breakdown_lasts;
  double breakdown_rate = 1.0;
  Parameter spread;
  random::Source spread_decision;
  double spread_per_breakdown = 0.0;
  double collapse_rate = 1.0;
  struct Restoration {
    std::vector<FactId> needs;
    double troops = 0.0;
    Chance chance;
    Noise time;
  };
  std::optional<Restoration> restoration;
  Noise evacuation;
  bool ends_with_collapse = false;
  TargetId patience_target;
  TargetId defusal_target;
  TargetId spread_target;
};

struct EnvironmentPlan {
  double bad_winter = 0.0;
  double bad_summer = 0.0;
  double persistence = 0.0;
  double jamming = 0.0;
};

struct AllegationsPlan {
  double true_share = 0.0;
  Noise delay;
  double false_rate = 0.0;  ///< [1/day]
  random::Source truths;    ///< whether an incident is alleged
  random::Source falsehoods;
  random::WeightedPick sectors;
  TargetId true_target;
  TargetId false_target;
};

struct CostsPlan {
  std::array<std::optional<Parameter>, scenario::function_count> in_place;  ///< [EUR/troop/day]
  std::array<std::optional<Parameter>, scenario::function_count> movement;  ///< [EUR/troop]
  std::vector<double> sensors;                                              ///< by kind [EUR/day]
  double hub_building = 0.0;                                                ///< [EUR]
  double supply = 0.0;                                                      ///< [EUR/t]
};

/// A quantity that some effect acts on.
struct TargetPlan {
  scenario::Quantum quantum = scenario::Quantum::sector_rate;
  std::size_t entity = 0;
};

}  // namespace truce::model
