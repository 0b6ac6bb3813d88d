// SPDX-License-Identifier: Apache-2.0
#include "sim/stats/variance_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include <boost/math/distributions/fisher_f.hpp>

#include "sim/core/contract.hpp"

#include "sim/stats/interval.hpp"
#include "sim/stats/moments.hpp"

namespace truce::stats {
namespace {

constexpr std::size_t fewest_points = 3;  // so that two are left without one
constexpr double tiny = 1e-12;            // of a ratio: less is rounding

Share split_share(double value, Interval interval) {
  const double within = std::clamp(value, 0.0, 1.0);
  return {within,
          {std::clamp(interval.low, 0.0, within), std::clamp(interval.high, within, 1.0)},
          within != value};
}

Share rest_of(const Share& share) {
  return {
      1.0 - share.value, {1.0 - share.interval.high, 1.0 - share.interval.low}, share.unresolved};
}

/// What one point of a nested sample adds to mean squares.
struct Group {
  double count = 0.0;
  double mean = 0.0;
  double squares = 0.0;  ///< around its own mean
};

struct OneWay {
  double between = 0.0;  ///< mean square
  double within = 0.0;   ///< mean square
  double size = 0.0;     ///< n_0
  double between_degrees = 0.0;
  double within_degrees = 0.0;

  double ratio() const { return between / within; }
};

constexpr std::size_t no_group = static_cast<std::size_t>(-1);

/// Mean squares of all groups but one.
OneWay one_way(std::span<const Group> groups, std::size_t without = no_group) {
  double points = 0.0, values = 0.0, sum = 0.0, counts = 0.0, inner = 0.0, outer = 0.0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (g == without) continue;
    points += 1.0;
    values += groups[g].count;
    counts += groups[g].count * groups[g].count;
    sum += groups[g].count * groups[g].mean;
    inner += groups[g].squares;
  }
  const double mean = sum / values;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (g == without) continue;
    outer += groups[g].count * (groups[g].mean - mean) * (groups[g].mean - mean);
  }
  return {outer / (points - 1.0), inner / (values - points),
          (values - counts / values) / (points - 1.0), points - 1.0, values - points};
}

/// Wald's ratio, which is distributed as F where Var(a) = theta Var(e); it falls with theta.
double wald_ratio(std::span<const Group> groups, const OneWay& all, double theta) {
  double weights = 0.0, sum = 0.0, squares = 0.0;
  for (const Group& group : groups) {
    const double weight = group.count / (1.0 + group.count * theta);
    weights += weight;
    sum += weight * group.mean;
  }
  for (const Group& group : groups) {
    const double beside = group.mean - sum / weights;
    squares += group.count / (1.0 + group.count * theta) * beside * beside;
  }
  return squares / (all.between_degrees * all.within);
}

/// The share Var(a) / (Var(a) + Var(e)) at which Wald's ratio is `wanted`; 0 if it is below even
/// where Var(a) = 0.
double share_at_ratio(std::span<const Group> groups, const OneWay& all, double wanted) {
  double low = 0.0, high = 1.0;
  for (int halvings = 0; halvings < 60; ++halvings) {
    const double share = (low + high) / 2.0;
    (wald_ratio(groups, all, share / (1.0 - share)) > wanted ? low : high) = share;
  }
  return low;
}

Interval normal_interval(std::span<const Group> groups, const OneWay& all, double level) {
  const boost::math::fisher_f law(all.between_degrees, all.within_degrees);
  return {share_at_ratio(groups, all, boost::math::quantile(law, 0.5 + level / 2.0)),
          share_at_ratio(groups, all, boost::math::quantile(law, 0.5 - level / 2.0))};
}

/// From F = 1 + n_0 Var(a) / Var(e).
double share_of_ratio(double ratio, double size) {
  return (ratio - 1.0) / (ratio - 1.0 + size);
}

std::optional<Interval> jackknife_interval(std::span<const Group> groups, const OneWay& all,
                                           double level) {
  const auto log_ratio = [](const OneWay& mean_squares) {
    return std::log(std::max(tiny, mean_squares.ratio()));
  };
  Moments pseudo_values;
  const auto k = static_cast<double>(groups.size());
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const OneWay without = one_way(groups, g);
    if (!(without.within_degrees > 0.0 && without.within > 0.0)) return std::nullopt;
    pseudo_values.add(k * log_ratio(all) - (k - 1.0) * log_ratio(without));
  }
  const Interval logs = *student_interval(pseudo_values, level);
  return Interval{share_of_ratio(std::exp(logs.low), all.size),
                  share_of_ratio(std::exp(logs.high), all.size)};
}

/// Sums of a crossed sample from which all mean squares follow; without a point or luck they are
/// those of what is left.
struct Table {
  double points = 0.0;
  double lucks = 0.0;
  double sum = 0.0;
  double squares = 0.0;        ///< of values
  double point_squares = 0.0;  ///< of sums over lucks
  double luck_squares = 0.0;   ///< of sums over points
};

struct MeanSquares {
  double points = 0.0;
  double lucks = 0.0;
  double together = 0.0;
};

MeanSquares mean_squares_of(const Table& t) {
  const double common = t.sum * t.sum / (t.points * t.lucks);
  const double points = std::max(0.0, t.point_squares / t.lucks - common);
  const double lucks = std::max(0.0, t.luck_squares / t.points - common);
  const double together = std::max(0.0, t.squares - common - points - lucks);
  return {points / (t.points - 1.0), lucks / (t.lucks - 1.0),
          together / ((t.points - 1.0) * (t.lucks - 1.0))};
}

/// Of the mean squares the parts of the total variance, which sum to 1 and are none of them
/// negative: MS_p / lucks, MS_l / points, MS_c (1 - 1 / lucks - 1 / points).
std::array<double, 3> parts_of(const Table& t) {
  const MeanSquares mean = mean_squares_of(t);
  const double a = mean.points / t.lucks, b = mean.lucks / t.points;
  const double c = mean.together * (1.0 - 1.0 / t.lucks - 1.0 / t.points);
  const double total = a + b + c;
  if (!(total > 0.0)) return {0.0, 0.0, 0.0};
  return {a / total, b / total, c / total};
}

std::array<double, 3> logits_of(const Table& t) {
  std::array<double, 3> logits = parts_of(t);
  for (double& part : logits) {
    const double inside = std::clamp(part, tiny, 1.0 - tiny);
    part = std::log(inside / (1.0 - inside));
  }
  return logits;
}

/// Values centred by their mean, by point; lucks with an absent value left out.
std::vector<std::vector<double>> complete_lucks(const Cells& cells) {
  std::vector<std::vector<double>> kept(cells.size());
  double sum = 0.0;
  std::size_t lucks = 0;
  for (std::size_t l = 0; l < cells.front().size(); ++l) {
    if (!std::ranges::all_of(cells, [l](const auto& point) { return point[l].has_value(); })) {
      continue;
    }
    ++lucks;
    for (std::size_t p = 0; p < cells.size(); ++p) {
      TRUCE_EXPECT(std::isfinite(*cells[p][l]), "statistics take finite values only");
      kept[p].push_back(*cells[p][l]);
      sum += *cells[p][l];
    }
  }
  for (auto& point : kept) {
    for (double& value : point) value -= sum / static_cast<double>(lucks * cells.size());
  }
  return kept;
}

/// The sums of a sample, and those without each point and each luck in turn.
struct Tables {
  Table all;
  std::vector<Table> without_point;
  std::vector<Table> without_luck;
};

Tables tables_of(const std::vector<std::vector<double>>& values) {
  const std::size_t points = values.size(), lucks = values.front().size();
  std::vector<double> point_sums(points), luck_sums(lucks), point_own(points), luck_own(lucks);
  Table table{static_cast<double>(points), static_cast<double>(lucks), 0.0, 0.0, 0.0, 0.0};
  for (std::size_t p = 0; p < points; ++p) {
    for (std::size_t l = 0; l < lucks; ++l) {
      const double value = values[p][l];
      point_sums[p] += value;
      luck_sums[l] += value;
      point_own[p] += value * value;
      luck_own[l] += value * value;
    }
  }
  for (std::size_t p = 0; p < points; ++p) {
    table.sum += point_sums[p];
    table.squares += point_own[p];
    table.point_squares += point_sums[p] * point_sums[p];
  }
  for (const double sum : luck_sums) table.luck_squares += sum * sum;
  // Without point p, the sum of luck l is less by the value there: sum (C_l - y_pl)^2.
  std::vector<Table> without_point(points, table), without_luck(lucks, table);
  for (std::size_t p = 0; p < points; ++p) {
    for (std::size_t l = 0; l < lucks; ++l) {
      without_point[p].luck_squares -= 2.0 * luck_sums[l] * values[p][l];
      without_luck[l].point_squares -= 2.0 * point_sums[p] * values[p][l];
    }
    Table& left = without_point[p];
    left.points -= 1.0;
    left.sum -= point_sums[p];
    left.squares -= point_own[p];
    left.point_squares -= point_sums[p] * point_sums[p];
    left.luck_squares += point_own[p];
  }
  for (std::size_t l = 0; l < lucks; ++l) {
    Table& left = without_luck[l];
    left.lucks -= 1.0;
    left.sum -= luck_sums[l];
    left.squares -= luck_own[l];
    left.luck_squares -= luck_sums[l] * luck_sums[l];
    left.point_squares += luck_own[l];
  }
  return {table, std::move(without_point), std::move(without_luck)};
}

/// Variances of the three logits: those that points leave and those that lucks leave.
std::array<double, 3> jackknife_variances(const Tables& tables) {
  std::array<double, 3> variances{};
  for (const auto* side : {&tables.without_point, &tables.without_luck}) {
    std::array<Moments, 3> logits;
    for (const Table& left : *side) {
      const auto found = logits_of(left);
      for (std::size_t k = 0; k < 3; ++k) logits[k].add(found[k]);
    }
    const auto n = static_cast<double>(side->size());
    for (std::size_t k = 0; k < 3; ++k) {
      variances[k] += (n - 1.0) * (n - 1.0) / n * logits[k].variance().value_or(0.0);
    }
  }
  return variances;
}

}  // namespace

Answer<VarianceSplit> split_nested(const Cells& cells, NestedInterval interval, double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  std::vector<Group> groups;
  Moments all;
  for (const auto& point : cells) {
    Moments own;
    for (const auto& value : point) {
      if (value) own.add(*value);
    }
    if (own.count() == 0) continue;
    const auto count = static_cast<double>(own.count());
    groups.push_back({count, *own.mean(), own.variance().value_or(0.0) * (count - 1.0)});
    all.merge(own);
  }
  if (groups.size() < fewest_points || all.count() == groups.size()) {
    return Refused{Refusal::too_few};
  }
  if (*all.min() == *all.max()) return Refused{Refusal::constant_outcome};
  const OneWay found = one_way(groups);
  const bool normal = interval == NestedInterval::normal;
  VarianceSplit split{normal ? "F, normal effects" : "jackknife over points", groups.size(),
                      all.count()};
  if (!(found.within > tiny * found.between)) {  // nothing is left to chance
    split.variance = found.between / found.size;
    split.parameters = {1.0, {1.0, 1.0}, false};
  } else {
    const auto shares = normal ? std::optional(normal_interval(groups, found, level))
                               : jackknife_interval(groups, found, level);
    if (!shares) return Refused{Refusal::too_few};
    split.variance = std::max(0.0, found.between - found.within) / found.size + found.within;
    split.parameters = split_share(share_of_ratio(found.ratio(), found.size), *shares);
  }
  split.chance = rest_of(split.parameters);
  return split;
}

Answer<VarianceSplit> split_crossed(const Cells& cells, double level) {
  TRUCE_EXPECT(level > 0.0 && level < 1.0, "a confidence level lies between 0 and 1");
  if (cells.size() < fewest_points) return Refused{Refusal::too_few};
  std::size_t there = 0;
  for (const auto& point : cells) {
    TRUCE_EXPECT(point.size() == cells.front().size(), "all points are played on the same lucks");
    for (const auto& value : point) there += value ? 1U : 0U;
  }
  const auto values = complete_lucks(cells);
  const std::size_t points = values.size(), lucks = values.front().size();
  if (lucks < fewest_points) return Refused{Refusal::too_few};

  if (std::ranges::all_of(values, [&](const auto& point) {
        return std::ranges::all_of(point, [&](double v) { return v == values[0][0]; });
      })) {
    return Refused{Refusal::constant_outcome};
  }
  const Tables tables = tables_of(values);
  const Table& table = tables.all;
  const MeanSquares mean = mean_squares_of(table);
  const double a = (mean.points - mean.together) / table.lucks;
  const double b = (mean.lucks - mean.together) / table.points;
  const double shown = std::max(0.0, a) + std::max(0.0, b) + mean.together;
  const auto logits = logits_of(table);
  const auto variances = jackknife_variances(tables);
  const double t =
      student_quantile(0.5 + level / 2.0, static_cast<double>(std::min(points, lucks) - 1));
  // A share is its part times a factor, less what MS_c adds to that part.
  const double total = a + b + mean.together;
  const auto share = [&](std::size_t k, double value, double factor, double less) {
    const double half = t * std::sqrt(variances[k]);
    const auto at = [&](double logit) { return factor / (1.0 + std::exp(-logit)) - less / total; };
    Share made =
        split_share(std::max(0.0, value) / shown, {at(logits[k] - half), at(logits[k] + half)});
    made.unresolved = value < 0.0;
    return made;
  };
  VarianceSplit split{"jackknife over points and lucks", points, points * lucks,
                      there - points * lucks, shown};
  split.parameters = share(0, a, 1.0, mean.together / table.lucks);
  split.chance = share(1, b, 1.0, mean.together / table.points);
  split.together =
      share(2, mean.together, 1.0 / (1.0 - 1.0 / table.lucks - 1.0 / table.points), 0.0);
  return split;
}

}  // namespace truce::stats
