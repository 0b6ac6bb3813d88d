// SPDX-License-Identifier: Apache-2.0
// What a sample of points tells of an outcome: a plane through it, distances of its distributions,
// and shares of its variance between slices or levels of one input.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include "sim/stats/given_data.hpp"
#include "sim/stats/moments.hpp"
#include "sim/stats/pawn.hpp"
#include "sim/stats/regression.hpp"

#include "sim/experiment/sensitivity_parts.hpp"
#include "sim/experiment/summary.hpp"

namespace truce::experiment {
namespace {

/// Fewer points say too little of means in slices.
constexpr std::size_t fewest_for_slices = 64;
/// Each bootstrap sample of PAWN is a pass over all rows; more than these say no more of a distance
/// than its second digit.
constexpr std::size_t most_for_pawn = 2000;
/// So few values of an input are each a slice.
constexpr std::size_t few_values = 12;

/// What is smaller is rounding, of coefficients and of shares.
constexpr double least = 1e-9;

/// 0 if the interval does not tell.
int sign_of(const stats::Coefficient& one) {
  if (one.interval.low > 0.0 && one.value > least) return 1;
  return one.interval.high < 0.0 && one.value < -least ? -1 : 0;
}

class Points {
 public:
  Points(const Inquiry& inquiry, std::span<const std::optional<double>> means,
         std::span<const std::size_t> points)
      : inquiry_(inquiry), asked_(points.size()) {
    for (const auto p : points) {
      if (!means[p]) continue;
      rows_.push_back(p);
      outcome_.push_back(*means[p]);
    }
    for (std::size_t i = 0; i < sample().inputs.size(); ++i) {
      std::vector<double> column;
      for (const auto p : rows_) column.push_back(sample().inputs[i].numbers[p]);
      columns_.push_back(std::move(column));
    }
  }

  void explain() {
    if (rows_.empty() || same(outcome_)) {
      inquiry_.leave_out("all", rows_.empty() ? "no point has the outcome"
                                              : "the outcome is the same at all points");
      return;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!same(columns_[i])) {
        differ_.push_back(i);
      } else {
        inquiry_.leave_out("all", "it is the same at all points", sample().inputs[i].name);
      }
    }
    regress();
    for (const auto i : differ_) pawn(i);
    if (sample().chosen == Chosen::saltelli) return;
    if (sample().chosen == Chosen::grid) {
      levels();
    } else {
      slices();
    }
  }

 private:
  const Sample& sample() const { return inquiry_.sample; }
  static bool same(std::span<const double> values) {
    return std::ranges::adjacent_find(values, std::not_equal_to{}) == values.end();
  }

  /// "goes together with duration", or nothing.
  std::string goes_with(std::size_t input) const {
    std::string names;
    for (const auto& pair : sample().correlated) {
      if (pair.one != input && pair.other != input) continue;
      const auto other = pair.one == input ? pair.other : pair.one;
      names += (names.empty() ? "" : ", ") + sample().inputs[other].name;
    }
    return names.empty() ? names : "goes together with " + names;
  }

  void add(std::size_t input, Measure measure, double value, const stats::Interval& interval,
           bool clear, std::string note) {
    const auto with = goes_with(input);
    if (!with.empty()) note += (note.empty() ? "" : "; ") + with;
    inquiry_.found.influences.push_back({input, false, measure, value, interval, outcome_.size(),
                                         std::nullopt, clear, std::move(note)});
  }
  void add_coefficients(std::span<const std::size_t> inputs, Measure measure,
                        std::span<const stats::Coefficient> coefficients) {
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      const auto& one = coefficients[k];
      const bool clear = sign_of(one) != 0;
      add(inputs[k], measure, one.value, one.interval, clear, clear ? "" : "sign not clear");
    }
  }
  void add_share(Measure measure, const stats::Share& share) {
    inquiry_.found.influences.push_back({std::nullopt, false, measure, share.value, share.interval,
                                         outcome_.size(), std::nullopt, true, "all inputs"});
  }

  void regress() {
    std::vector<std::size_t> inputs;
    std::vector<std::vector<double>> numbers;
    for (const auto i : differ_) {
      if (!sample().inputs[i].numeric) {
        inquiry_.leave_out("regression and ranks", "its values are words", sample().inputs[i].name);
        continue;
      }
      inputs.push_back(i);
      numbers.push_back(columns_[i]);
    }
    if (inputs.empty()) return;
    const auto plane = stats::standardised_regression(numbers, outcome_, confidence);
    if (plane) {
      add_coefficients(inputs, Measure::src, plane->coefficients);
      add_share(Measure::r_squared, plane->explained);
      take_ways(inputs, plane->coefficients);
      if (sample().chosen == Chosen::drawn) {
        inquiry_.found.explained.push_back({"plane through all inputs", rows_.size(), rows_.size(),
                                            plane->explained, std::nullopt, std::nullopt, true,
                                            true});
      }
    } else {
      inquiry_.leave_out("regression", inquiry_.reason(plane.refused(), inputs));
    }
    const auto ranks = stats::rank_regression(numbers, outcome_, confidence);
    const auto partial = stats::partial_rank_correlation(numbers, outcome_, confidence);
    if (ranks && partial) {
      add_coefficients(inputs, Measure::srrc, ranks->coefficients);
      add_coefficients(inputs, Measure::prcc, *partial);
      add_share(Measure::r_squared_of_ranks, ranks->explained);
      take_ways(inputs, *partial);
    } else {
      inquiry_.leave_out("ranks",
                         inquiry_.reason(ranks ? partial.refused() : ranks.refused(), inputs));
    }
  }

  /// Later calls speak for those that say something.
  void take_ways(std::span<const std::size_t> inputs,
                 std::span<const stats::Coefficient> coefficients) {
    for (std::size_t k = 0; k < inputs.size(); ++k) {
      auto& way = inquiry_.found.ways[inputs[k]];
      const int sign = sign_of(coefficients[k]);
      if (sign != 0) way = sign > 0 ? Way::higher : Way::lower;
    }
  }

  /// So many slices as wanted, but for one for each value if these are few or words.
  std::size_t slices_of(std::size_t input, std::size_t wanted) const {
    const std::set<double> values(columns_[input].begin(), columns_[input].end());
    const bool by_value = !sample().inputs[input].numeric || values.size() <= few_values;
    return by_value ? std::max(wanted, values.size()) : wanted;
  }

  void pawn(std::size_t input) {
    const std::size_t n = std::min(most_for_pawn, outcome_.size());
    const auto wanted = std::clamp<std::size_t>(n / 16, 2, 10);
    const auto found =
        stats::pawn(std::span(columns_[input]).first(n), std::span(outcome_).first(n),
                    slices_of(input, wanted), inquiry_.bootstrap);
    if (!found) {
      inquiry_.leave_out("PAWN", std::string(in_words(found.refused().why)),
                         sample().inputs[input].name);
      return;
    }
    const auto put = [&](Measure measure, const stats::Distance& distance) {
      const bool clear = distance.above_dummy();
      add(input, measure, distance.value, distance.interval, clear,
          clear ? "" : "below the threshold of a dummy");
      inquiry_.found.influences.back().n = n;
    };
    put(Measure::pawn_median, found->median);
    put(Measure::pawn_max, found->maximum);
  }

  void slices() {
    double sum = 0.0;
    bool all = true;
    for (const auto i : differ_) {
      const auto& name = sample().inputs[i].name;
      if (outcome_.size() < fewest_for_slices) {
        inquiry_.leave_out("first-order indices by slices",
                           "fewer than " + std::to_string(fewest_for_slices) + " points", name);
        all = false;
        continue;
      }
      if (const auto with = goes_with(i); !with.empty()) {
        inquiry_.leave_out("first-order indices by slices", "it " + with, name);
        all = false;
        continue;
      }
      // Points of a net are evenly spread in each slice: fewer slices, or the noise that is taken
      // out of their means would be more than they have.
      const auto n = outcome_.size();
      const auto wanted =
          sample().chosen == Chosen::net
              ? static_cast<std::size_t>(std::lround(1.25 * std::cbrt(static_cast<double>(n))))
              : stats::slices_for(n);
      const auto found = stats::given_data_index(columns_[i], outcome_, slices_of(i, wanted), 0.95);
      if (!found) {
        inquiry_.leave_out("first-order indices by slices",
                           std::string(in_words(found.refused().why)), name);
        all = false;
        continue;
      }
      const bool clear = found->first.interval.low > 0.0;
      add(i, Measure::first_order, found->first.value, found->first.interval, clear,
          clear                     ? ""
          : found->first.unresolved ? "unresolved"
                                    : "not clearly above 0");
      sum += found->first.value;
    }
    if (sample().chosen != Chosen::drawn || !all) return;
    const double share = std::min(1.0, sum);
    inquiry_.found.explained.push_back({"sum of first-order indices",
                                        rows_.size(),
                                        rows_.size(),
                                        {share, {share, share}, sum > 1.0},
                                        std::nullopt,
                                        std::nullopt,
                                        false,
                                        true});
  }

  /// omega^2 = (SS_i - df_i MS_rest) / (SS + MS_rest) of a full factorial (Hays, Statistics for
  /// Psychologists, 1963): levels are taken for equally likely.
  void levels() {
    if (outcome_.size() < asked_) {
      inquiry_.leave_out("first-order indices by levels",
                         "some combinations do not have the outcome");
      return;
    }
    stats::Moments all;
    for (const double y : outcome_) all.add(y);
    const double total = *all.variance() * static_cast<double>(outcome_.size() - 1);
    double rest = total;
    double rest_degrees = static_cast<double>(outcome_.size() - 1);
    std::vector<double> squares, degrees;
    for (const auto i : differ_) {
      std::map<double, stats::Moments> by_level;
      for (std::size_t r = 0; r < outcome_.size(); ++r) {
        by_level[columns_[i][r]].add(outcome_[r]);
      }
      double between = 0.0;
      for (const auto& [level, moments] : by_level) {
        const double beside = *moments.mean() - *all.mean();
        between += static_cast<double>(moments.count()) * beside * beside;
      }
      squares.push_back(between);
      degrees.push_back(static_cast<double>(by_level.size() - 1));
      rest -= between;
      rest_degrees -= degrees.back();
    }
    if (!(rest_degrees > 0.0)) {
      inquiry_.leave_out("first-order indices by levels", "there is one input alone");
      return;
    }
    const double rounding = 1e-12 * total;
    const double mean_rest = rest > rounding ? rest / rest_degrees : 0.0;
    for (std::size_t k = 0; k < differ_.size(); ++k) {
      const double index = (squares[k] - degrees[k] * mean_rest) / (total + mean_rest);
      Influence one;
      one.input = differ_[k];
      one.measure = Measure::first_order;
      one.value = std::clamp(index, 0.0, 1.0);
      one.n = outcome_.size();
      one.clear = index > least;
      one.note = index > least ? "levels taken for equally likely" : "unresolved";
      inquiry_.found.influences.push_back(std::move(one));
    }
  }

  const Inquiry& inquiry_;
  std::size_t asked_;
  std::vector<std::size_t> rows_;  ///< points that have the outcome
  std::vector<double> outcome_;
  std::vector<std::vector<double>> columns_;  ///< by input
  std::vector<std::size_t> differ_;           ///< inputs that are not the same in all rows
};

}  // namespace

void explain_points(const Inquiry& inquiry, std::span<const std::optional<double>> means,
                    std::span<const std::size_t> points) {
  Points(inquiry, means, points).explain();
}

}  // namespace truce::experiment
