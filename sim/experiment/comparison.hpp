// SPDX-License-Identifier: Apache-2.0
// What-ifs against the base case on the same luck: what changes, how sure that is when many things
// are looked at, and which scenario is best.
//
// Differences are paired by replication; p-values are adjusted by Holm's method over a family: all
// what-ifs by the outcomes that matter most, or by all others. What is said in words follows from
// the adjusted p-value.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/stats/joint.hpp"
#include "sim/stats/multiple.hpp"
#include "sim/stats/paired.hpp"
#include "sim/stats/survival_difference.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/results.hpp"
#include "sim/experiment/summary.hpp"

namespace truce::experiment {

/// One of the scenarios; the first is the base.
struct Contender {
  std::string name;
  std::vector<model::Column> columns;
};

/// What is said of a difference.
enum class Word : std::uint8_t {
  better,
  worse,
  higher,  ///< of an outcome of which neither is better, and of a total
  lower,
  no_clear_difference,
};
std::string_view text_of(Word word);

/// One outcome in one what-if against the base, over the replications that have it in both.
struct Contrast {
  std::size_t what_if = 0;         ///< from 1, as contenders are numbered
  std::uint64_t only_base = 0;     ///< replications that have it in the base alone
  std::uint64_t only_what_if = 0;  ///< in the what-if alone
  double base = 0.0;               ///< mean
  double changed = 0.0;            ///< mean
  stats::PairedDifference difference;
  std::optional<double> relative;  ///< difference / base
  std::optional<stats::Interval> relative_interval;
  std::optional<stats::Interval> simultaneous;  ///< all what-ifs of the outcome at once
  double p_adjusted = 1.0;
  std::uint64_t family = 0;  ///< comparisons that p is adjusted for
  Word word = Word::no_clear_difference;
};

/// A quantile in one what-if against the base, over the first replications.
struct QuantileContrast {
  std::size_t what_if = 0;
  int percent = 0;
  std::uint64_t n = 0;
  double base = 0.0;
  double changed = 0.0;
  std::optional<stats::Interval> interval;  ///< of the difference
};

/// Whether a contender is the best, with 95 % for all contenders at once.
enum class Place : std::uint8_t { best, may_be_best, not_the_best };

/// How a contender fares for one outcome against the best of the others, over the replications that
/// have it in all.
struct Standing {
  std::size_t contender = 0;
  double mean = 0.0;
  /// Of its mean minus the best of the other means: holds 0 if it may be best or may be not.
  std::optional<stats::Interval> from_best;
  Place place = Place::may_be_best;
  double probability_best = 0.0;  ///< that its mean is the best
  double share_best = 0.0;        ///< of replications in which it is the best, ties shared
};

/// An outcome in all contenders.
struct Compared {
  model::Column column;
  bool headline = false;
  std::vector<Contrast> contrasts;
  std::vector<QuantileContrast> quantiles;
  std::uint64_t n_all = 0;          ///< replications that have it in all contenders
  std::vector<Standing> standings;  ///< empty if no direction is better
};

/// How long the ceasefire lasts in a what-if against the base.
struct SurvivalContrast {
  std::size_t what_if = 0;
  int day = 0;                              ///< up to which
  double base = 0.0;                        ///< restricted mean [days]
  double changed = 0.0;                     ///< restricted mean [days]
  stats::PairedDifference restricted_mean;  ///< [days]
  std::optional<stats::PairedLogRank> log_rank;
};

/// Series on a day in a what-if against the base, over the replications whose days are kept.
struct DayContrast {
  std::uint64_t n = 0;
  std::optional<double> mean;  ///< of the difference
  std::optional<stats::Interval> interval;
  std::optional<double> p5, p50, p95;  ///< of the difference, between replications
};

/// The outcomes that a planner looks at first.
std::span<const std::string_view> headline_outcomes();

/// Compares replication by replication, in memory that does not grow with their number.
class Comparison {
 public:
  /// `headlines` are ids of columns. Contract: two contenders at least.
  Comparison(std::vector<Contender> contenders, std::span<const std::string> headlines);

  /// The next replication: a row for each contender, in the order of its columns.
  void add(std::span<const std::span<const double>> rows);

  const std::vector<Contender>& contenders() const { return contenders_; }
  std::uint64_t replications() const { return replications_; }
  /// The paired difference of an outcome as it stands; absent if there is none.
  std::optional<stats::PairedDifference> difference(std::string_view outcome,
                                                    std::size_t what_if) const;
  /// How many outcomes are compared.
  std::size_t outcomes() const { return outcomes_.size(); }

  /// All outcomes, once the last replication was added.
  std::vector<Compared> compare();
  /// At the milestones of survival up to `days`, the horizon, and there; empty without crises.
  std::vector<SurvivalContrast> compare_survival(std::size_t days) const;

 private:
  struct Outcome {
    Outcome(model::Column what, std::size_t contenders)
        : column(std::move(what)),
          place(contenders),
          all(contenders),
          pairs(contenders - 1, stats::JointMoments(2)),
          counts(contenders - 1),
          only_base(contenders - 1),
          only_what_if(contenders - 1),
          wins(contenders),
          kept(contenders) {}

    model::Column column;
    bool headline = false;
    bool in_all = true;                             ///< whether each contender has the column
    std::vector<std::optional<std::size_t>> place;  ///< by contender
    stats::JointMoments all;                        ///< of replications in which all have it
    std::vector<stats::JointMoments> pairs;         ///< by what-if: those that both have
    std::vector<stats::PairedCounts> counts;        ///< by what-if, of a yes-or-no
    std::vector<std::uint64_t> only_base;           ///< by what-if
    std::vector<std::uint64_t> only_what_if;        ///< by what-if
    std::vector<double> wins;                       ///< by contender
    std::vector<std::vector<double>> kept;          ///< first values, by contender
  };

  /// Ceasefires that take effect in both scenarios of a pair.
  struct Lifetimes {
    std::vector<stats::Observed> base;
    std::vector<stats::Observed> what_if;
  };

  void take_lifetimes(std::span<const std::span<const double>> rows);
  void take_block();
  void take(Outcome& outcome);
  std::optional<stats::PairedDifference> difference(const Outcome& outcome,
                                                    std::size_t what_if) const;
  Contrast contrast(const Outcome& outcome, std::size_t what_if,
                    const stats::PairedDifference& difference) const;
  void add_standings(const Outcome& outcome, Compared& compared) const;

  std::vector<Contender> contenders_;
  std::vector<Outcome> outcomes_;
  std::vector<std::vector<double>> block_;  ///< rows of the block under way, contender by contender
  std::uint64_t replications_ = 0;
  std::size_t kept_at_most_ = 0;
  /// Places of the days of ceasefire and of the day of the first collapse, by contender; of all or
  /// of none.
  std::vector<std::array<std::size_t, 2>> life_places_;
  std::vector<Lifetimes> lifetimes_;  ///< by what-if
};

/// The days of a what-if against those of the base: by day and series, as in Results::timeline.
/// Over the replications whose days both have kept. Empty if their days differ in number.
std::vector<DayContrast> compare_days(const Results& base, const Results& what_if);

}  // namespace truce::experiment
