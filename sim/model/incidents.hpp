// SPDX-License-Identifier: Apache-2.0
// Incidents: a marked, mutually exciting point process over the sectors, drawn exactly.
//
// Sector s has the conditional intensity b_s(t) + x_s(t), where b_s = rate * deterrence * climate *
// crisis is the baseline and x_s sums, over past incidents i in sectors r, n_rs w_i beta_s
// exp(-beta_s (t - t_i)). It is drawn by its cluster representation (Hawkes and Oakes 1974):
// baseline incidents are a Poisson process of intensity b_s; each incident i in r has Poisson(n_rs
// w_i) follow-ups in s, at exponential delays of mean 1/beta_s, and these have follow-ups of their
// own. The two are the same process.
//
// The baseline is drawn by inversion of its integral: incident k comes when the integral of b_s
// since the one before reaches the k-th unit exponential. When b_s changes, what is left of it is
// stretched, not drawn anew, and an incident keeps its follow-ups whatever happens elsewhere: so a
// what-if moves or removes incidents and never reshuffles them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "sim/model/cases.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/purposes.hpp"
#include "sim/model/stage.hpp"

namespace truce::model {

class Incidents {
 public:
  explicit Incidents(Stage& stage);

  void on(const CeasefireTakesEffect&);
  /// A factor on a sector's baseline, or on that of all sectors of a region, from now on.
  void set_deterrence(SectorId sector, double factor);
  void set_climate(std::span<const double> by_region);
  void set_crisis(SectorId sector, double factor);
  double deterrence(SectorId sector) const { return sectors_[sector].deterrence; }
  /// Effects on the sector's rate have changed.
  void rate_changed(SectorId sector);
  /// An answer removes a share of an incident's follow-ups still to come.
  void remove_follow_ups(std::uint64_t identity, double share) { removed_[identity] = share; }

  /// Handles the event and returns the incident, its attributes drawn; nothing if an answer has
  /// prevented it.
  std::optional<Case> on(const IncidentOccurs&);
  std::optional<Case> on(const FollowUpOccurs&);

  double today() const { return today_; }
  void end_day() { today_ = 0.0; }
  void report(Outcome& outcome, double days_of_ceasefire) const;

 private:
  /// What changes with each incident, in one cache line.
  struct alignas(64) Sector {
    double rate = 0.0;  ///< baseline under the effects in force, before the factors [1/day]
    double deterrence = 1.0;
    double crisis = 1.0;
    double intensity = 0.0;  ///< of the baseline, since `since` [1/day]
    double remaining = 0.0;  ///< of the unit exponential until the next baseline incident
    Time since = start_of_time;
    std::uint32_t count = 0;
    std::uint32_t region = 0;
    Handle next;
  };
  static_assert(sizeof(Sector) == 64);

  double intensity(SectorId id) const;
  void draw_next(SectorId id);
  void schedule_next(SectorId id);
  void retime(SectorId id);
  Case incident(SectorId id, std::uint64_t identity);

  Stage& stage_;
  const random::Source prevention_{"incidents", purpose::prevention};
  IdVector<scenario::SectorSpec, Sector> sectors_;
  By<scenario::SectorSpec> rates_;  ///< baseline before effects [1/day]
  std::vector<double> climate_;     ///< by region
  bool active_ = false;
  double today_ = 0.0;
  double follow_ups_ = 0.0;
  double violations_ = 0.0;
  double prevented_ = 0.0;
  double harm_ = 0.0;
  std::unordered_map<std::uint64_t, double>
      removed_;  ///< shares by identity of the answered incident
  By<scenario::SectorSpec> by_sector_;
  By<scenario::IncidentTypeSpec> by_type_;
};

}  // namespace truce::model
