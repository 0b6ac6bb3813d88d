// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/comparison.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

#include "sim/stats/best.hpp"
#include "sim/stats/quantile_difference.hpp"

#include "sim/experiment/block.hpp"

namespace truce::experiment {
namespace {

/// Values that are kept for quantiles, of all contenders together: 384 MB of them.
constexpr std::size_t most_kept = 48'000'000;

constexpr std::array headlines{std::string_view("ceasefire_days"),
                               std::string_view("holds_at.365"),
                               std::string_view("final_collapse"),
                               std::string_view("crises"),
                               std::string_view("breakdowns"),
                               std::string_view("harm"),
                               std::string_view("incidents_per_day"),
                               std::string_view("detected_share"),
                               std::string_view("verified_share"),
                               std::string_view("attributed_share"),
                               std::string_view("verification_delay"),
                               std::string_view("answer_delay"),
                               std::string_view("answers"),
                               std::string_view("troops_at.90"),
                               std::string_view("full_capability"),
                               std::string_view("coverage"),
                               std::string_view("cost")};

/// What is not an outcome of the deployment: inputs, and the work of the computer.
bool is_compared(const model::Column& column) {
  return column.outcome != "parameters" && column.outcome != "events";
}

bool is_absent_value(double value) {
  return std::isnan(value);
}

Word word_for(const model::Column& column, double difference, double p) {
  if (!(p < 1 - confidence) || difference == 0.0) return Word::no_clear_difference;
  const bool up = difference > 0;
  // Fewer crises because the war came sooner are no gain.
  if (column.scale == model::Scale::total) return up ? Word::higher : Word::lower;
  switch (column.better) {
    case model::Direction::higher:
      return up ? Word::better : Word::worse;
    case model::Direction::lower:
      return up ? Word::worse : Word::better;
    case model::Direction::neither:
      break;
  }
  return up ? Word::higher : Word::lower;
}

/// Whether each may be the best: one is not, if another beats it by more than chance may do, at the
/// width of the intervals from the best; one that equals the best in all replications is as good.
std::vector<Place> places_of(const stats::JointMoments& joint, stats::Best best) {
  const auto k = joint.arms();
  const auto n = static_cast<double>(joint.count());
  const double t =
      stats::student_quantile(1 - (1 - confidence) / static_cast<double>(k - 1), n - 1);
  const double sign = best == stats::Best::highest ? 1.0 : -1.0;
  const auto beats = [&](std::size_t one, std::size_t other) {
    const double lead = sign * *joint.difference(other, one);
    return lead > t * std::sqrt(*joint.difference_variance(other, one) / n);
  };
  const auto equals = [&](std::size_t one, std::size_t other) {
    return *joint.difference(other, one) == 0.0 && *joint.difference_variance(other, one) == 0.0;
  };
  std::vector<Place> places(k, Place::may_be_best);
  for (std::size_t i = 0; i < k; ++i) {
    bool is_best = true;
    for (std::size_t j = 0; j < k; ++j) {
      if (j == i) continue;
      if (beats(j, i)) places[i] = Place::not_the_best;
      is_best = is_best && (beats(i, j) || equals(i, j));
    }
    if (is_best && places[i] == Place::may_be_best) places[i] = Place::best;
  }
  return places;
}

/// Adjusts the p-values of one family, and says what follows.
void judge_family(std::vector<Compared>& all, bool headline) {
  std::vector<double> p;
  for (const auto& one : all) {
    if (one.headline != headline) continue;
    for (const auto& contrast : one.contrasts) p.push_back(contrast.difference.p);
  }
  const auto adjusted = stats::holm(p);
  std::size_t i = 0;
  for (auto& one : all) {
    if (one.headline != headline) continue;
    for (auto& contrast : one.contrasts) {
      contrast.p_adjusted = adjusted[i++];
      contrast.family = p.size();
      contrast.word = word_for(one.column, contrast.difference.mean, contrast.p_adjusted);
    }
  }
}

}  // namespace

std::string_view text_of(Word word) {
  constexpr std::array<std::string_view, 5> texts{"better", "worse", "higher", "lower",
                                                  "no clear difference"};
  return texts[static_cast<std::size_t>(word)];
}

std::span<const std::string_view> headline_outcomes() {
  return headlines;
}

Comparison::Comparison(std::vector<Contender> contenders, std::span<const std::string> wanted)
    : contenders_(std::move(contenders)), block_(contenders_.size()) {
  TRUCE_EXPECT(contenders_.size() >= 2, "something is compared with the base");
  for (std::size_t c = 0; c < contenders_.size(); ++c) {
    for (std::size_t i = 0; i < contenders_[c].columns.size(); ++i) {
      const auto& column = contenders_[c].columns[i];
      if (!is_compared(column)) continue;
      auto found =
          std::ranges::find(outcomes_, column.id, [](const Outcome& one) { return one.column.id; });
      if (found == outcomes_.end()) {
        Outcome outcome(column, contenders_.size());
        outcome.headline = std::ranges::find(wanted, column.id) != wanted.end();
        outcomes_.push_back(std::move(outcome));
        found = outcomes_.end() - 1;
      }
      found->place[c] = i;
    }
  }
  for (auto& one : outcomes_) {
    one.in_all =
        std::ranges::all_of(one.place, [](const auto& place) { return place.has_value(); });
  }
  for (const auto& contender : contenders_) {
    const auto place = [&](std::string_view id) {
      return std::ranges::find(contender.columns, id, &model::Column::id) -
             contender.columns.begin();
    };
    const std::array places{static_cast<std::size_t>(place("ceasefire_days")),
                            static_cast<std::size_t>(place("collapse_day"))};
    if (std::ranges::max(places) < contender.columns.size()) life_places_.push_back(places);
  }
  if (life_places_.size() < contenders_.size()) life_places_.clear();
  lifetimes_.resize(contenders_.size() - 1);
  kept_at_most_ = std::max<std::size_t>(
      block_size, most_kept / std::max<std::size_t>(1, outcomes_.size() * contenders_.size()));
}

void Comparison::add(std::span<const std::span<const double>> rows) {
  TRUCE_EXPECT(rows.size() == contenders_.size(), "a replication has a row for each contender");
  for (std::size_t c = 0; c < rows.size(); ++c) {
    TRUCE_EXPECT(rows[c].size() == contenders_[c].columns.size(), "a row has all its columns");
    block_[c].insert(block_[c].end(), rows[c].begin(), rows[c].end());
  }
  if (!life_places_.empty()) take_lifetimes(rows);
  ++replications_;
  if (replications_ % block_size == 0) take_block();
}

void Comparison::take_lifetimes(std::span<const std::span<const double>> rows) {
  const auto lifetime = [&](std::size_t c) -> std::optional<stats::Observed> {
    const double days = rows[c][life_places_[c][0]];
    if (is_absent_value(days)) return std::nullopt;
    return stats::Observed{from_days(days), !is_absent_value(rows[c][life_places_[c][1]])};
  };
  const auto base = lifetime(0);
  for (std::size_t w = 1; base && w < rows.size(); ++w) {
    const auto other = lifetime(w);
    if (!other) continue;
    lifetimes_[w - 1].base.push_back(*base);
    lifetimes_[w - 1].what_if.push_back(*other);
  }
}

/// Sums are formed block by block, as everywhere: parts of a run that are played elsewhere can be
/// put together to the same bits.
void Comparison::take_block() {
  for (auto& outcome : outcomes_) take(outcome);
  for (auto& rows : block_) rows.clear();
}

void Comparison::take(Outcome& outcome) {
  const auto k = contenders_.size();
  const auto in_block = block_.front().size() / contenders_.front().columns.size();
  stats::JointMoments all(k);
  std::vector<stats::JointMoments> pairs(k - 1, stats::JointMoments(2));
  std::vector<double> values(k);
  const bool yes_or_no = outcome.column.scale == model::Scale::proportion;
  for (std::size_t i = 0; i < in_block; ++i) {
    for (std::size_t c = 0; c < k; ++c) {
      values[c] = outcome.place[c]
                      ? block_[c][i * contenders_[c].columns.size() + *outcome.place[c]]
                      : model::absent;
    }
    for (std::size_t w = 1; w < k; ++w) {
      const bool has_base = !is_absent_value(values[0]);
      const bool has_what_if = !is_absent_value(values[w]);
      if (has_base && has_what_if) {
        pairs[w - 1].add(std::array{values[0], values[w]});
        if (yes_or_no) outcome.counts[w - 1].add(values[0] == 1.0, values[w] == 1.0);
      } else {
        outcome.only_base[w - 1] += has_base ? 1 : 0;
        outcome.only_what_if[w - 1] += has_what_if ? 1 : 0;
      }
    }
    if (!yes_or_no && outcome.kept.front().size() < kept_at_most_) {
      for (std::size_t c = 0; c < k; ++c) outcome.kept[c].push_back(values[c]);
    }
    if (std::ranges::any_of(values, is_absent_value)) continue;
    all.add(values);
    if (outcome.column.better == model::Direction::neither) continue;
    const bool high = outcome.column.better == model::Direction::higher;
    const double best = high ? std::ranges::max(values) : std::ranges::min(values);
    const auto winners = static_cast<double>(std::ranges::count(values, best));
    for (std::size_t c = 0; c < k; ++c) {
      if (values[c] == best) outcome.wins[c] += 1.0 / winners;
    }
  }
  outcome.all.merge(all);
  for (std::size_t w = 0; w + 1 < k; ++w) outcome.pairs[w].merge(pairs[w]);
}

std::optional<stats::PairedDifference> Comparison::difference(const Outcome& outcome,
                                                              std::size_t what_if) const {
  auto difference = stats::paired_difference(outcome.pairs[what_if - 1], 0, 1, confidence);
  if (difference && outcome.column.scale == model::Scale::proportion) {
    const auto& counts = outcome.counts[what_if - 1];
    difference->interval = *stats::tango_interval(counts, confidence);
    difference->p = stats::mcnemar_p(counts);
  }
  return difference;
}

std::optional<stats::PairedDifference> Comparison::difference(std::string_view outcome,
                                                              std::size_t what_if) const {
  const auto found = std::ranges::find(
      outcomes_, outcome, [](const Outcome& one) { return std::string_view(one.column.id); });
  if (found == outcomes_.end()) return std::nullopt;
  return difference(*found, what_if);
}

Contrast Comparison::contrast(const Outcome& outcome, std::size_t what_if,
                              const stats::PairedDifference& difference) const {
  const auto& pair = outcome.pairs[what_if - 1];
  Contrast contrast;
  contrast.what_if = what_if;
  contrast.only_base = outcome.only_base[what_if - 1];
  contrast.only_what_if = outcome.only_what_if[what_if - 1];
  contrast.base = *pair.mean(0);
  contrast.changed = *pair.mean(1);
  contrast.difference = difference;
  const auto n = static_cast<double>(pair.count());
  const double base_error = std::sqrt(*pair.variance(0) / n);
  // Of a ratio whose denominator may be zero nothing is known.
  constexpr double well_above = 4.0;
  if (std::abs(contrast.base) > well_above * base_error && contrast.base != 0.0) {
    const double ratio = contrast.changed / contrast.base;
    contrast.relative = ratio - 1;
    // The delta method: var(y / x) = (var y - 2 r cov + r^2 var x) / x^2, written by differences.
    const double variance =
        *pair.difference_variance(0, 1) +
        (1 - ratio) * (2 * *pair.covariance(0, 1) - (1 + ratio) * *pair.variance(0));
    const double half = stats::student_quantile(0.5 + confidence / 2, n - 1) *
                        std::sqrt(std::max(0.0, variance) / n) / std::abs(contrast.base);
    contrast.relative_interval = {*contrast.relative - half, *contrast.relative + half};
  }
  return contrast;
}

void Comparison::add_standings(const Outcome& outcome, Compared& compared) const {
  if (outcome.column.better == model::Direction::neither || !outcome.in_all ||
      outcome.column.scale == model::Scale::total) {
    return;
  }
  const auto best = outcome.column.better == model::Direction::higher ? stats::Best::highest
                                                                      : stats::Best::lowest;
  const auto chances = stats::probability_best(outcome.all, best);
  const auto intervals = stats::differences_from_best(outcome.all, best, confidence);
  if (!chances || !intervals) return;
  const auto places = places_of(outcome.all, best);
  for (std::size_t c = 0; c < contenders_.size(); ++c) {
    compared.standings.push_back(
        {.contender = c,
         .mean = *outcome.all.mean(c),
         .from_best = (*intervals)[c],
         .place = places[c],
         .probability_best = (*chances)[c],
         .share_best = outcome.wins[c] / static_cast<double>(outcome.all.count())});
  }
}

std::vector<Compared> Comparison::compare() {
  if (!block_.front().empty()) take_block();
  std::vector<Compared> all;
  for (const auto& outcome : outcomes_) {
    Compared compared;
    compared.column = outcome.column;
    compared.headline = outcome.headline;
    compared.n_all = outcome.all.count();
    const auto simultaneous =
        outcome.in_all ? stats::simultaneous_differences(outcome.all, 0, confidence) : std::nullopt;
    for (std::size_t w = 1; w < contenders_.size(); ++w) {
      const auto found = difference(outcome, w);
      if (!found) continue;
      auto one = contrast(outcome, w, *found);
      if (simultaneous) {
        // How what-ifs move together is seen where all have the outcome; the rest is the pair's.
        const double half = simultaneous->factor * found->standard_error;
        one.simultaneous = {found->mean - half, found->mean + half};
        if (outcome.column.scale == model::Scale::proportion) {
          // Tango's interval is wider where few replications differ; so is one for all at once.
          one.simultaneous = {std::min(one.simultaneous->low, found->interval.low),
                              std::max(one.simultaneous->high, found->interval.high)};
        }
      }
      compared.contrasts.push_back(one);
      if (outcome.column.scale == model::Scale::proportion) continue;
      std::vector<double> base;
      std::vector<double> changed;
      stats::Quantiles of_base(outcome.kept[0].size());
      stats::Quantiles of_changed(outcome.kept[0].size());
      for (std::size_t i = 0; i < outcome.kept[0].size(); ++i) {
        const double from = outcome.kept[0][i];
        const double to = outcome.kept[w][i];
        if (is_absent_value(from) || is_absent_value(to)) continue;
        base.push_back(from);
        changed.push_back(to);
        of_base.add(from);
        of_changed.add(to);
      }
      for (const int percent : percentiles) {
        const auto quantile =
            stats::quantile_difference(base, changed, percent / 100.0, confidence);
        if (!quantile) continue;
        compared.quantiles.push_back({.what_if = w,
                                      .percent = percent,
                                      .n = base.size(),
                                      .base = *of_base.quantile(percent / 100.0),
                                      .changed = *of_changed.quantile(percent / 100.0),
                                      .interval = quantile->interval});
      }
    }
    add_standings(outcome, compared);
    all.push_back(std::move(compared));
  }
  judge_family(all, true);
  judge_family(all, false);
  return all;
}

}  // namespace truce::experiment
