// SPDX-License-Identifier: Apache-2.0
// What drives the outcomes of many replications whose inputs differ: of the points of a study, or
// of a scenario whose parameters are drawn.
//
// How the points were chosen decides what can be said of them; each analysis is made where its
// assumptions hold, and what is left out is told with its reason:
//
//   saltelli             Sobol' indices, chance being an input; regression and PAWN on A and B
//   morris               elementary effects
//   one at a time        swings on the same luck
//   all combinations     shares of the variance between levels; regression; PAWN
//   samples, tables      regression on values and ranks; PAWN; first-order indices by slices
//
// Replications of a point are no independent rows: analyses of samples rest on the mean of each
// point. Equations and sources are those of sim/stats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/stats/interval.hpp"
#include "sim/stats/resample.hpp"
#include "sim/stats/sobol_indices.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/design.hpp"

namespace truce::experiment {

/// How the points of a sample were chosen.
enum class Chosen : std::uint8_t {
  drawn,          ///< each replication is a point, with luck of its own
  latin,          ///< latin_hypercube
  net,            ///< sobol
  listed,         ///< a table, or what conditions leave of a factorial
  grid,           ///< all combinations of levels
  one_at_a_time,  ///< the first point is the base
  morris,         ///< whole trajectories
  saltelli,       ///< whole rows
};

/// One input of a sample.
struct Input {
  std::string name;
  std::string unit;
  bool numeric = true;
  std::vector<double> numbers = {};     ///< by point; of words, which word it is
  std::vector<std::string> texts = {};  ///< by point
};

/// Two inputs that go together, so that what one does can't be told from what the other does.
struct Together {
  std::size_t one = 0;
  std::size_t other = 0;
  double rank_correlation = 0.0;  ///< of words: a share of the variance of ranks, its root
};

/// An outcome in all replications of a sample.
struct Observations {
  model::Column column;
  std::vector<std::optional<double>> values = {};  ///< point by point, replication by replication
};

/// What is analysed.
struct Sample {
  Chosen chosen = Chosen::drawn;
  std::vector<Input> inputs;
  std::uint64_t points = 0;
  std::uint64_t replications = 1;    ///< of each point
  bool same_luck = false;            ///< all points have the same luck, replication by replication
  std::vector<Role> roles = {};      ///< by point; empty if points have none
  std::vector<Together> correlated;  ///< known, or found by find_correlated()
  std::vector<Observations> outcomes;
};

/// What an input is measured by. Those up to `mu_star` are without dimension.
enum class Measure : std::uint8_t {
  total,               ///< share of the variance by the input and what it does with others
  first_order,         ///< share of the variance by the input alone
  first_order_mean,    ///< the same of the mean over luck
  src,                 ///< standardised regression coefficient
  srrc,                ///< the same of ranks
  prcc,                ///< partial rank correlation
  pawn_median,         ///< distance of distributions, median over slices
  pawn_max,            ///< the greatest
  r_squared,           ///< share of the variance by the plane through all inputs
  r_squared_of_ranks,  ///< the same of ranks
  mu_star,             ///< mean size of elementary effects, in the unit of the outcome
  mu,                  ///< their mean
  sigma,               ///< their standard deviation
  swing,               ///< from the low to the high value
};
std::string_view text_of(Measure measure);
/// "sobol", "morris", "regression", "ranks", "pawn", "slices", "levels", "tornado"
std::string_view method_of(Measure measure, Chosen chosen);

/// A measure of one input.
struct Influence {
  std::optional<std::size_t> input = {};  ///< absent: all inputs together, or chance
  bool chance = false;
  Measure measure = Measure::total;
  std::optional<double> value = {};
  std::optional<stats::Interval> interval = {};
  std::uint64_t n = 0;                     ///< rows, trajectories or pairs that it rests on
  std::optional<std::uint64_t> rank = {};  ///< among inputs by size, from 1
  bool clear = true;                       ///< false: it may as well be nothing
  std::string note = {};
};

/// One bar of a tornado.
struct Swing {
  std::size_t input = 0;
  std::string base_value, low_value, high_value;
  std::optional<double> at_base, at_low, at_high;  ///< means
  std::optional<double> value;                     ///< at high - at low, over pairs
  std::optional<stats::Interval> interval;
  std::uint64_t pairs = 0;
  std::uint64_t rank = 0;
};

/// How much of the variance comes from where.
struct Explained {
  std::string method;
  std::uint64_t points = 0;
  std::uint64_t values = 0;
  stats::Share parameters;
  std::optional<stats::Share> chance;    ///< by itself
  std::optional<stats::Share> together;  ///< of chance and parameters
  bool has_interval = true;
  bool at_least = false;  ///< parameters may explain more, which the method can't see
};

/// An analysis that was not made.
struct LeftOut {
  std::string analysis;
  std::string outcome;  ///< id; empty: all
  std::string input;    ///< empty: all
  std::string why;
  bool by_design = false;  ///< it needs points of another design
};

/// Which way an outcome goes with more of an input.
enum class Way : std::uint8_t { unknown, higher, lower, both };

/// What was found of one outcome.
struct OutcomeSensitivity {
  model::Column column;
  std::optional<double> mean;  ///< over all replications that have it
  std::uint64_t absent = 0;    ///< replications that do not have it
  std::vector<Influence> influences;
  std::vector<Swing> swings;
  std::vector<Explained> explained;
  std::vector<Way> ways;        ///< by input
  std::optional<Measure> best;  ///< by which inputs are best put in order; absent without any
};

struct Sensitivity {
  std::vector<OutcomeSensitivity> outcomes;
  std::vector<LeftOut> left_out;
  std::vector<std::string> warnings;
};

/// Pairs of inputs whose values at the points go together beyond what chance does: rank
/// correlations above 0.2 in size, and above 3.5 / sqrt(points - 1).
std::vector<Together> find_correlated(const std::vector<Input>& inputs);

/// All analyses that the sample allows. The same sample and bootstrap give the same bits.
/// Contract: one input at least, as many values as points and replications, whole rows or
/// trajectories in the order of their design.
Sensitivity sensitivity_of(const Sample& sample, const stats::Bootstrap& bootstrap);

}  // namespace truce::experiment
