// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/sensitivity.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

#include "sim/stats/given_data.hpp"
#include "sim/stats/moments.hpp"
#include "sim/stats/regression.hpp"

#include "sim/experiment/sensitivity_parts.hpp"

namespace truce::experiment {
namespace {

constexpr std::array<std::string_view, 14> measure_texts{
    "total",    "first_order", "first_order_mean",   "src",     "srrc", "prcc",  "pawn_median",
    "pawn_max", "r_squared",   "r_squared_of_ranks", "mu_star", "mu",   "sigma", "swing"};

double correlation(std::span<const double> a, std::span<const double> b) {
  double ab = 0.0, aa = 0.0, bb = 0.0;
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / static_cast<double>(a.size());
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / static_cast<double>(b.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    ab += (a[k] - mean_a) * (b[k] - mean_b);
    aa += (a[k] - mean_a) * (a[k] - mean_a);
    bb += (b[k] - mean_b) * (b[k] - mean_b);
  }
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

/// An input as one column of ranks, or, of words, one for each word.
std::vector<std::vector<double>> rank_views(const Input& input) {
  if (input.numeric) return {stats::mid_ranks(input.numbers)};
  std::vector<std::vector<double>> views;
  for (const double word : std::set(input.numbers.begin(), input.numbers.end())) {
    auto& view = views.emplace_back();
    for (const double one : input.numbers) view.push_back(one == word ? 1.0 : 0.0);
  }
  return views;
}

/// Gives the inputs of each measure their places by size, equal ones by input.
void put_in_order(std::vector<Influence>& influences) {
  std::set<Measure> measures;
  for (const auto& one : influences) measures.insert(one.measure);
  for (const Measure measure : measures) {
    std::vector<Influence*> order;
    for (auto& one : influences) {
      if (one.measure == measure && one.input && one.value) order.push_back(&one);
    }
    std::ranges::stable_sort(order, [](const Influence* a, const Influence* b) {
      return std::abs(*a->value) > std::abs(*b->value);
    });
    for (std::size_t k = 0; k < order.size(); ++k) order[k]->rank = k + 1;
  }
}

/// Whether every input that differs has the measure.
bool covers_all(const OutcomeSensitivity& found, Measure measure, std::size_t inputs) {
  std::set<std::size_t> measured;
  for (const auto& one : found.influences) {
    if (one.measure == measure && one.input && one.value) measured.insert(*one.input);
  }
  return measured.size() == inputs;
}

std::optional<double> value_of_all(const OutcomeSensitivity& found, Measure measure) {
  for (const auto& one : found.influences) {
    if (one.measure == measure && !one.input && !one.chance) return one.value;
  }
  return std::nullopt;
}

/// Coefficients of a plane tell small effects apart where slices do not, and have a sign; slices
/// see what is bent; distances take words.
std::optional<Measure> best_of_sample(const OutcomeSensitivity& found, std::size_t inputs) {
  const auto plane = value_of_all(found, Measure::r_squared);
  const auto ranks = value_of_all(found, Measure::r_squared_of_ranks);
  const bool straight = plane && covers_all(found, Measure::src, inputs);
  const bool slices = covers_all(found, Measure::first_order, inputs);
  constexpr double much = 0.1;
  constexpr double little = 0.02;
  if (straight) {
    const double explained = std::max(*plane, ranks.value_or(0.0));
    double by_slices = 0.0;
    for (const auto& one : found.influences) {
      if (slices && one.measure == Measure::first_order && one.clear) by_slices += *one.value;
    }
    if (std::min(1.0, by_slices) <= explained + much) {
      return ranks && *ranks > *plane + little ? Measure::srrc : Measure::src;
    }
  }
  if (slices) return Measure::first_order;
  for (const auto measure : {Measure::pawn_median, Measure::first_order, Measure::src}) {
    if (std::ranges::any_of(found.influences, [&](const auto& one) {
          return one.measure == measure && one.input && one.value;
        })) {
      return measure;
    }
  }
  return std::nullopt;
}

std::optional<Measure> best_of(const OutcomeSensitivity& found, const Sample& sample,
                               std::size_t inputs) {
  const auto if_there = [&](Measure measure) -> std::optional<Measure> {
    const bool there = std::ranges::any_of(found.influences, [&](const auto& one) {
      return one.measure == measure && one.input && one.value;
    });
    return there ? std::optional(measure) : std::nullopt;
  };
  switch (sample.chosen) {
    case Chosen::saltelli:
      if (const auto total = if_there(Measure::total)) return total;
      break;
    case Chosen::morris:
      return if_there(Measure::mu_star);
    case Chosen::one_at_a_time:
      return if_there(Measure::swing);
    case Chosen::drawn:
    case Chosen::latin:
    case Chosen::net:
    case Chosen::listed:
    case Chosen::grid:
      break;
  }
  return best_of_sample(found, inputs);
}

void explain(const Inquiry& inquiry) {
  switch (inquiry.sample.chosen) {
    case Chosen::saltelli: {
      const auto means = means_of(inquiry);
      explain_saltelli(inquiry, means);
      explain_points(inquiry, means, independent_points(inquiry.sample));
      return;
    }
    case Chosen::morris:
      explain_morris(inquiry, means_of(inquiry));
      break;
    case Chosen::one_at_a_time:
      return explain_one_at_a_time(inquiry);
    case Chosen::drawn:
    case Chosen::latin:
    case Chosen::net:
    case Chosen::listed:
    case Chosen::grid: {
      std::vector<std::size_t> all(inquiry.sample.points);
      std::iota(all.begin(), all.end(), std::size_t{0});
      explain_points(inquiry, means_of(inquiry), all);
      break;
    }
  }
  split_variance(inquiry);
}

/// What the design itself leaves out.
std::vector<LeftOut> left_out_by_design(const Sample& sample) {
  std::vector<LeftOut> all;
  const auto add = [&](std::string analysis, std::string why) {
    all.push_back({std::move(analysis), "", "", std::move(why), true});
  };
  const bool single = sample.chosen == Chosen::one_at_a_time || sample.chosen == Chosen::morris;
  if (sample.chosen != Chosen::saltelli) {
    add("Sobol' indices with totals",
        sample.correlated.empty()
            ? "they need the points of a saltelli design"
            : "they need the points of a saltelli design, and inputs that do not go together");
  }
  if (sample.chosen != Chosen::morris) {
    add("elementary effects", "they need the trajectories of a morris design");
  }
  if (sample.chosen != Chosen::one_at_a_time) {
    add("tornado", "it needs the points of a one_at_a_time design");
  }
  if (single) {
    add("regression, PAWN, first-order indices",
        "points that differ in one factor are no sample of all that factors may be together");
  }
  if (sample.chosen == Chosen::saltelli) {
    add("first-order indices by slices", "those of Sobol' are better");
  }
  if (sample.chosen == Chosen::one_at_a_time) {
    add("parameters and chance",
        "points that differ in one factor are no sample of all that factors may be together");
  }
  return all;
}

}  // namespace

std::string_view text_of(Measure measure) {
  return measure_texts.at(static_cast<std::size_t>(measure));
}

std::string_view method_of(Measure measure, Chosen chosen) {
  switch (measure) {
    case Measure::total:
    case Measure::first_order_mean:
      return "sobol";
    case Measure::first_order:
      return chosen == Chosen::saltelli ? "sobol" : chosen == Chosen::grid ? "levels" : "slices";
    case Measure::src:
    case Measure::r_squared:
      return "regression";
    case Measure::srrc:
    case Measure::prcc:
    case Measure::r_squared_of_ranks:
      return "ranks";
    case Measure::pawn_median:
    case Measure::pawn_max:
      return "pawn";
    case Measure::mu_star:
    case Measure::mu:
    case Measure::sigma:
      return "morris";
    case Measure::swing:
      break;
  }
  return "tornado";
}

std::string Inquiry::reason(const stats::Refused& refused,
                            std::span<const std::size_t> inputs) const {
  std::string why(in_words(refused.why));
  if (refused.input && *refused.input < inputs.size()) {
    why += " (" + sample.inputs[inputs[*refused.input]].name + ")";
  }
  return why;
}

std::vector<std::optional<double>> means_of(const Inquiry& inquiry) {
  const auto m = inquiry.sample.replications;
  std::vector<std::optional<double>> means;
  for (std::uint64_t p = 0; p < inquiry.sample.points; ++p) {
    stats::Moments point;
    for (std::uint64_t r = 0; r < m; ++r) {
      if (const auto& value = inquiry.observed.values[p * m + r]) point.add(*value);
    }
    means.push_back(point.mean());
  }
  return means;
}

std::vector<Together> find_correlated(const std::vector<Input>& inputs) {
  std::vector<Together> found;
  if (inputs.empty() || inputs.front().numbers.size() < 2) return found;
  const auto n = static_cast<double>(inputs.front().numbers.size());
  const double beyond_chance = std::max(0.2, 3.5 / std::sqrt(n - 1.0));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t k = i + 1; k < inputs.size(); ++k) {
      double most = 0.0;
      for (const auto& a : rank_views(inputs[i])) {
        for (const auto& b : rank_views(inputs[k])) {
          const double r = correlation(a, b);
          if (std::abs(r) > std::abs(most)) most = r;
        }
      }
      if (std::abs(most) > beyond_chance) found.push_back({i, k, most});
    }
  }
  return found;
}

Sensitivity sensitivity_of(const Sample& sample, const stats::Bootstrap& bootstrap) {
  TRUCE_EXPECT(!sample.inputs.empty(), "there is an input that may drive outcomes");
  for (const auto& input : sample.inputs) {
    TRUCE_EXPECT(input.numbers.size() == sample.points, "an input has a value at each point");
  }
  Sensitivity all;
  all.left_out = left_out_by_design(sample);
  std::size_t differ = 0;
  for (const auto& input : sample.inputs) {
    if (std::ranges::adjacent_find(input.numbers, std::not_equal_to{}) != input.numbers.end()) {
      ++differ;
    }
  }
  for (const auto& pair : sample.correlated) {
    all.warnings.push_back(sample.inputs[pair.one].name + " and " + sample.inputs[pair.other].name +
                           " go together (rank correlation " + readable(pair.rank_correlation, 2) +
                           "): what PAWN shows of one may be the other's doing, and coefficients "
                           "tell them apart by what little they differ");
  }
  if (sample.same_luck && sample.replications == 1 && sample.chosen != Chosen::one_at_a_time) {
    all.warnings.emplace_back(
        "all points were played once, on one luck: effects are those under that luck; several "
        "replications of each point would average over it");
  }
  for (const auto& observed : sample.outcomes) {
    TRUCE_EXPECT(observed.values.size() == sample.points * sample.replications,
                 "an outcome has a value, or none, for each replication");
    OutcomeSensitivity found;
    found.column = observed.column;
    stats::Moments moments;
    for (const auto& value : observed.values) {
      if (value) {
        moments.add(*value);
      } else {
        ++found.absent;
      }
    }
    found.mean = moments.mean();
    found.ways.assign(sample.inputs.size(), Way::unknown);
    const Inquiry inquiry{sample, observed, bootstrap, found, all.left_out};
    if (moments.count() == 0) {
      inquiry.leave_out("all", "no replication has the outcome");
    } else if (*moments.min() == *moments.max()) {
      inquiry.leave_out("all", "the outcome is the same in all replications");
    } else {
      explain(inquiry);
    }
    put_in_order(found.influences);
    found.best = best_of(found, sample, differ);
    all.outcomes.push_back(std::move(found));
  }
  return all;
}

}  // namespace truce::experiment
