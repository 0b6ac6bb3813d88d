// SPDX-License-Identifier: Apache-2.0
// What designs that were made for one analysis tell: rows of saltelli, trajectories of morris, one
// factor at a time; and how much of the variance is chance where points were played several times.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "sim/core/contract.hpp"

#include "sim/random/points.hpp"

#include "sim/stats/moments.hpp"
#include "sim/stats/morris.hpp"
#include "sim/stats/sobol_indices.hpp"
#include "sim/stats/tornado.hpp"
#include "sim/stats/variance_split.hpp"

#include "sim/experiment/sensitivity_parts.hpp"
#include "sim/experiment/summary.hpp"

namespace truce::experiment {
namespace {

std::size_t input_called(const Sample& sample, const std::string& name) {
  const auto found = std::ranges::find(sample.inputs, name, &Input::name);
  TRUCE_EXPECT(found != sample.inputs.end(), "a point differs in a factor of its study");
  return static_cast<std::size_t>(found - sample.inputs.begin());
}

/// Outcomes by row of the design; the last block is chance.
stats::SobolOutcomes blocks_of(const Sample& sample, std::span<const std::optional<double>> means) {
  stats::SobolOutcomes blocks;
  blocks.mixed.resize(sample.inputs.size() + 1);
  for (std::size_t p = 0; p < sample.points; ++p) {
    const auto& role = sample.roles[p];
    auto& block = role.block == "A"    ? blocks.a
                  : role.block == "B"  ? blocks.b
                  : role.block == "AB" ? blocks.mixed[input_called(sample, role.factor)]
                                       : blocks.mixed.back();
    block.push_back(means[p]);
  }
  blocks.last_is_chance = true;
  return blocks;
}

/// A share of parameters in the variance of means of m replications as a share in that of single
/// ones: chance is m times as much of these.
double share_of_single(double share, double m) {
  return share / (share + m * (1.0 - share));
}

void add_sobol(const Inquiry& inquiry, const stats::SobolIndices& indices) {
  const auto m = inquiry.sample.replications;
  const std::string of_means =
      m == 1 ? "" : "of the mean of " + std::to_string(m) + " replications";
  const auto add = [&](std::size_t i, Measure measure, const stats::Share& share) {
    const bool chance = i == inquiry.sample.inputs.size();
    const bool clear = !share.unresolved && share.interval.low > 0.0;
    std::string note = clear ? "" : share.unresolved ? "unresolved" : "not clearly above 0";
    if (!of_means.empty() && measure != Measure::first_order_mean) {
      note += (note.empty() ? "" : "; ") + of_means;
    }
    inquiry.found.influences.push_back({chance ? std::nullopt : std::optional(i), chance, measure,
                                        share.value, share.interval, indices.rows, std::nullopt,
                                        clear, std::move(note)});
  };
  for (std::size_t i = 0; i < indices.total.size(); ++i) {
    add(i, Measure::total, indices.total[i]);
    add(i, Measure::first_order, indices.first[i]);
  }
  for (std::size_t i = 0; i < indices.first_of_mean.size(); ++i) {
    add(i, Measure::first_order_mean, indices.first_of_mean[i]);
  }
  if (!indices.explained) return;
  auto share = *indices.explained;
  const auto times = static_cast<double>(m);
  share.value = share_of_single(share.value, times);
  share.interval = {share_of_single(share.interval.low, times),
                    share_of_single(share.interval.high, times)};
  const stats::Share rest{
      1.0 - share.value, {1.0 - share.interval.high, 1.0 - share.interval.low}, share.unresolved};
  inquiry.found.explained.push_back({"1 - total index of chance", 2 * indices.rows,
                                     indices.rows * m * (inquiry.sample.inputs.size() + 3), share,
                                     rest, std::nullopt, true, false});
}

/// The replications of one point.
std::vector<std::optional<double>> values_at(const Inquiry& inquiry, std::size_t point) {
  const auto m = inquiry.sample.replications;
  const auto begin = inquiry.observed.values.begin() + static_cast<std::ptrdiff_t>(point * m);
  return {begin, begin + static_cast<std::ptrdiff_t>(m)};
}

std::optional<double> mean_of(std::span<const std::optional<double>> values) {
  stats::Moments moments;
  for (const auto& value : values) {
    if (value) moments.add(*value);
  }
  return moments.mean();
}

/// Which points the low and the high end of a bar are.
struct Ends {
  std::size_t input = 0;
  std::size_t low = 0;
  std::size_t high = 0;
};

/// A bar for each factor of numbers, from its least to its greatest value; for each word beside the
/// base's own.
std::vector<Ends> ends_of(const Sample& sample) {
  std::vector<Ends> all;
  for (std::size_t i = 0; i < sample.inputs.size(); ++i) {
    const auto& input = sample.inputs[i];
    std::vector<std::size_t> others;
    for (std::size_t p = 1; p < sample.points; ++p) {
      if (sample.roles[p].factor == input.name) others.push_back(p);
    }
    if (others.empty()) continue;
    if (!input.numeric) {
      for (const auto p : others) all.push_back({i, 0, p});
      continue;
    }
    others.push_back(0);
    const auto by_number = [&](std::size_t p) { return input.numbers[p]; };
    all.push_back({i, *std::ranges::min_element(others, {}, by_number),
                   *std::ranges::max_element(others, {}, by_number)});
  }
  return all;
}

void add_swing(const Inquiry& inquiry, const Ends& ends, const stats::Bar& bar,
               std::uint64_t rank) {
  const auto& input = inquiry.sample.inputs[ends.input];
  Swing swing;
  swing.input = ends.input;
  swing.base_value = input.texts[0];
  swing.low_value = input.texts[ends.low];
  swing.high_value = input.texts[ends.high];
  swing.at_base = mean_of(values_at(inquiry, 0));
  swing.at_low = mean_of(values_at(inquiry, ends.low));
  swing.at_high = mean_of(values_at(inquiry, ends.high));
  swing.pairs = bar.pairs;
  swing.rank = rank;
  if (!bar.swing) {
    inquiry.leave_out("tornado", "fewer than two replications have the outcome at both ends",
                      input.name);
    inquiry.found.swings.push_back(std::move(swing));
    return;
  }
  swing.value = bar.swing->value;
  swing.interval = bar.swing->interval;
  const bool clear = bar.swing->interval.low > 0.0 || bar.swing->interval.high < 0.0;
  if (clear && input.numeric) {
    inquiry.found.ways[ends.input] = bar.swing->value > 0.0 ? Way::higher : Way::lower;
  }
  inquiry.found.influences.push_back(
      {ends.input, false, Measure::swing, swing.value, swing.interval, bar.pairs, std::nullopt,
       clear, swing.low_value + " to " + swing.high_value + (clear ? "" : "; no clear swing")});
  inquiry.found.swings.push_back(std::move(swing));
}

void add_split(const Inquiry& inquiry, const std::string& design,
               const stats::Answer<stats::VarianceSplit>& split) {
  if (!split) {
    const auto why = split.refused().why;
    inquiry.leave_out("parameters and chance",
                      why == stats::Refusal::too_few
                          ? "too few points, or replications that all of them have the outcome in"
                          : std::string(in_words(why)));
    return;
  }
  inquiry.found.explained.push_back({design + ": " + std::string(split->method), split->points,
                                     split->values, split->parameters, split->chance,
                                     split->together, true, false});
}

}  // namespace

void explain_saltelli(const Inquiry& inquiry, std::span<const std::optional<double>> means) {
  const auto indices = stats::sobol_indices(blocks_of(inquiry.sample, means), inquiry.bootstrap);
  if (!indices) {
    inquiry.leave_out("Sobol' indices", std::string(in_words(indices.refused().why)) + ": " +
                                            std::to_string(stats::fewest_sobol_rows) +
                                            " complete ones at least are needed");
    inquiry.leave_out("parameters and chance", "there are no Sobol' indices");
    return;
  }
  add_sobol(inquiry, *indices);
}

std::vector<std::size_t> independent_points(const Sample& sample) {
  std::vector<std::size_t> points;
  for (std::size_t p = 0; p < sample.points; ++p) {
    const auto& block = sample.roles[p].block;
    if (block == "A" || block == "B") points.push_back(p);
  }
  return points;
}

void explain_morris(const Inquiry& inquiry, std::span<const std::optional<double>> means) {
  const auto& sample = inquiry.sample;
  random::Trajectories design;
  design.factors = sample.inputs.size();
  design.trajectories = sample.points / (design.factors + 1);
  design.points.rows = sample.points;
  for (const auto& role : sample.roles) {
    if (*role.step > 0) design.steps.push_back({input_called(sample, role.factor), *role.by});
  }
  const auto effects = stats::elementary_effects(design, means, inquiry.bootstrap);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const auto& one = effects[i];
    const auto add = [&](Measure measure, const std::optional<double>& value,
                         const std::optional<stats::Interval>& interval, bool clear,
                         std::string note) {
      if (!value) return;
      inquiry.found.influences.push_back(
          {i, false, measure, value, interval, one.effects, std::nullopt, clear, std::move(note)});
    };
    if (!one.mean_absolute) {
      inquiry.leave_out("elementary effects", "no step of it has the outcome before and after",
                        sample.inputs[i].name);
      continue;
    }
    const double size = *one.mean_absolute;
    const bool bent = one.sd.value_or(0.0) > size && size > 0.0;
    add(Measure::mu_star, size, one.interval, size > 0.0,
        size > 0.0 ? bent ? "bent, or acts with others" : "" : "no effect anywhere");
    add(Measure::mu, one.mean, std::nullopt, true, "");
    add(Measure::sigma, one.sd, std::nullopt, true, "");
    if (size > 0.0) {
      constexpr double mostly = 0.5;
      const bool one_way = std::abs(*one.mean) >= mostly * size;
      auto& way = inquiry.found.ways[i];
      way = !sample.inputs[i].numeric ? Way::unknown
            : !one_way                ? Way::both
            : *one.mean > 0.0         ? Way::higher
                                      : Way::lower;
    }
  }
}

void explain_one_at_a_time(const Inquiry& inquiry) {
  const auto ends = ends_of(inquiry.sample);
  std::vector<stats::LowHigh> inputs;
  for (const auto& one : ends) {
    inputs.push_back({values_at(inquiry, one.low), values_at(inquiry, one.high)});
  }
  const auto bars = stats::tornado(values_at(inquiry, 0), inputs, confidence);
  std::uint64_t rank = 0;
  for (const auto& bar : bars) add_swing(inquiry, ends[bar.input], bar, ++rank);
}

void split_variance(const Inquiry& inquiry) {
  const auto& sample = inquiry.sample;
  if (sample.chosen == Chosen::drawn) return;
  const std::uint64_t needed = sample.same_luck ? 3 : 2;
  if (sample.replications < needed) {
    inquiry.leave_out("parameters and chance",
                      sample.replications == 1
                          ? "each point was played once: chance can't be told from parameters"
                          : "each point was played twice: three replications are needed");
    return;
  }
  stats::Cells cells;
  if (sample.chosen == Chosen::morris) {
    // Points of a trajectory go together; their starts are independent, and so is their luck.
    for (std::size_t p = 0; p < sample.points; ++p) {
      if (*sample.roles[p].step == 0) cells.push_back(values_at(inquiry, p));
    }
    add_split(inquiry, "starts of trajectories on luck of their own",
              stats::split_nested(cells, stats::NestedInterval::jackknife, confidence));
    return;
  }
  for (std::size_t p = 0; p < sample.points; ++p) cells.push_back(values_at(inquiry, p));
  if (sample.same_luck) {
    add_split(inquiry, "all points on the same luck", stats::split_crossed(cells, confidence));
  } else {
    add_split(inquiry, "each point on luck of its own",
              stats::split_nested(cells, stats::NestedInterval::jackknife, confidence));
  }
}

}  // namespace truce::experiment
