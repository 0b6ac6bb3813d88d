// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/statistic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/quantity.hpp"
#include "sim/core/text.hpp"

#include "sim/experiment/summary.hpp"

namespace truce::experiment {
namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::string in_quotes(std::string_view text) {
  return "'" + printable(text) + "'";
}

const model::Column& find_column(std::string_view id, std::span<const model::Column> columns) {
  const auto found = std::ranges::find(columns, id, &model::Column::id);
  if (found != columns.end()) return *found;
  std::vector<std::string> ids;
  for (const auto& column : columns) ids.push_back(column.id);
  throw std::invalid_argument("there is no outcome " + in_quotes(id) + "." + did_you_mean(id, ids));
}

/// "p10" is 0.1.
std::optional<double> percent_of(std::string_view name) {
  if (!name.starts_with('p')) return std::nullopt;
  const auto number = parse_number(name.substr(1));
  if (!number || *number <= 0 || *number >= 100) return std::nullopt;
  return *number / 100;
}

Statistic read_statistic(std::string_view text, std::span<const model::Column> columns) {
  Statistic statistic;
  text = trimmed(text);
  const auto open = text.find('(');
  if (open == std::string_view::npos) {
    statistic.outcome = find_column(text, columns).id;
    return statistic;
  }
  if (!text.ends_with(')')) {
    throw std::invalid_argument(in_quotes(text) + " has no closing bracket");
  }
  const auto name = trimmed(text.substr(0, open));
  auto inside = trimmed(text.substr(open + 1, text.size() - open - 2));
  if (name == "difference") {
    statistic.kind = Statistic::Kind::difference;
    if (const auto comma = inside.find(','); comma != std::string_view::npos) {
      statistic.what_if = trimmed(inside.substr(comma + 1));
      inside = trimmed(inside.substr(0, comma));
    }
  } else if (const auto p = percent_of(name)) {
    statistic.kind = Statistic::Kind::quantile;
    statistic.p = *p;
  } else if (name != "mean") {
    throw std::invalid_argument(in_quotes(name) +
                                " is no statistic: mean, p5 to p95, or difference");
  }
  const auto& column = find_column(inside, columns);
  statistic.outcome = column.id;
  if (statistic.kind == Statistic::Kind::quantile && column.scale == model::Scale::proportion) {
    throw std::invalid_argument(column.id + " is yes or no in each replication and has no " +
                                std::string(name) + "; its mean is the share of yes");
  }
  return statistic;
}

/// A number with a unit that fits the outcome's: "14 h" for days, "5 %" for a share. Times must
/// have one; counts and money may stand alone. What can't be a share is refused.
double read_amount(std::string_view text, const std::string& id, const std::string& unit_wanted) {
  text = trimmed(text);
  const auto end = text.find_first_not_of("0123456789.+-eE_");
  const auto number = parse_number(trimmed(text.substr(0, end)));
  const auto unit = end == std::string_view::npos ? "" : trimmed(text.substr(end));
  if (!number) throw std::invalid_argument(in_quotes(text) + " does not begin with a number");
  const auto wanted = parse_unit(unit_wanted);
  const auto given = parse_unit(unit);
  const bool is_share = unit_wanted.empty();
  if (!unit.empty() && unit != unit_wanted &&
      !(wanted && given && wanted->dimension == given->dimension)) {
    throw std::invalid_argument(in_quotes(unit) + " is not the unit of " + id + ": " +
                                (is_share ? "a share, with % or without unit" : unit_wanted));
  }
  if (unit.empty() && wanted && wanted->dimension == dimension::time) {
    throw std::invalid_argument(in_quotes(text) + " has no unit: " + id + " is in " + unit_wanted +
                                "; h will do too");
  }
  const double amount =
      unit.empty() || unit == unit_wanted ? *number : *number * given->factor / wanted->factor;
  if (is_share && std::abs(amount) > 1) {
    throw std::invalid_argument(in_quotes(text) + " is more than all: " + id +
                                " is a share, 0.8 or 80 %");
  }
  return amount;
}

}  // namespace

std::size_t column_of(const Statistic& statistic, std::span<const model::Column> columns) {
  const auto found = std::ranges::find(columns, statistic.outcome, &model::Column::id);
  TRUCE_EXPECT(found != columns.end(), "a statistic is about a column");
  return static_cast<std::size_t>(found - columns.begin());
}

Precision read_precision(std::string_view text, std::span<const model::Column> columns) {
  Precision precision;
  precision.text = text;
  const auto equals = text.rfind('=');
  if (equals == std::string_view::npos) {
    throw std::invalid_argument("a precision is OUTCOME=HALF-WIDTH, for example coverage=0.01");
  }
  precision.of = read_statistic(text.substr(0, equals), columns);
  auto amount = trimmed(text.substr(equals + 1));
  constexpr std::string_view word = "relative";
  if (amount.ends_with(word)) {
    amount.remove_suffix(word.size());
    precision.relative = true;
    precision.half_width = read_amount(amount, "a relative half-width", "");
  } else {
    const auto& column = columns[column_of(precision.of, columns)];
    precision.half_width = read_amount(amount, column.id, column.unit);
  }
  if (precision.half_width <= 0) throw std::invalid_argument("a half-width is above zero");
  return precision;
}

Requirement read_requirement(std::string_view text, std::span<const model::Column> columns) {
  using enum Requirement::Order;
  constexpr std::array signs{
      std::pair{std::string_view(">="), at_least}, std::pair{std::string_view("<="), at_most},
      std::pair{std::string_view(">"), above}, std::pair{std::string_view("<"), below}};
  for (const auto& [sign, order] : signs) {
    const auto place = text.find(sign);
    if (place == std::string_view::npos) continue;
    Requirement requirement;
    requirement.text = text;
    requirement.order = order;
    requirement.of = read_statistic(text.substr(0, place), columns);
    const auto& column = columns[column_of(requirement.of, columns)];
    requirement.bound = read_amount(text.substr(place + sign.size()), column.id, column.unit);
    return requirement;
  }
  throw std::invalid_argument(
      "a requirement is STATISTIC >= BOUND, for example 'p10(coverage) >= 80 %'");
}

Estimate estimate(const Statistic& statistic, const model::Column& column,
                  const ColumnSample& sample) {
  TRUCE_EXPECT(statistic.kind != Statistic::Kind::difference,
               "a difference is not of one scenario");
  if (statistic.kind == Statistic::Kind::quantile) {
    return {sample.quantiles.quantile(statistic.p),
            sample.quantiles.interval(statistic.p, confidence)};
  }
  const auto summary = summarise(column, sample);
  return {summary.mean, summary.interval};
}

std::optional<Verdict> verdict(const Requirement& requirement, const Estimate& estimate) {
  if (!estimate.value) return std::nullopt;
  const auto keeps = [&](double value) {
    switch (requirement.order) {
      case Requirement::Order::below:
        return value < requirement.bound;
      case Requirement::Order::at_most:
        return value <= requirement.bound;
      case Requirement::Order::above:
        return value > requirement.bound;
      case Requirement::Order::at_least:
        break;
    }
    return value >= requirement.bound;
  };
  const bool met = keeps(*estimate.value);
  const bool all =
      estimate.interval && keeps(estimate.interval->low) && keeps(estimate.interval->high);
  const bool some =
      !estimate.interval || keeps(estimate.interval->low) || keeps(estimate.interval->high);
  if (met) return all ? Verdict::met : Verdict::barely_met;
  return some ? Verdict::barely_missed : Verdict::missed;
}

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 4> names{"met", "met, but its interval reaches across",
                                                  "missed, but its interval reaches across",
                                                  "missed"};
  return names[static_cast<std::size_t>(verdict)];
}

}  // namespace truce::experiment
