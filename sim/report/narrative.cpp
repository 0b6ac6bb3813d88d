// SPDX-License-Identifier: Apache-2.0
#include "sim/report/narrative.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "sim/core/text.hpp"
#include "sim/core/time.hpp"

#include "sim/experiment/summary.hpp"

#include "sim/report/narrative_numbers.hpp"

namespace truce::report {
namespace {

using experiment::Results;
using experiment::Summary;

constexpr std::size_t label_width = 48;
constexpr std::size_t mean_width = 7;
constexpr std::size_t range_width = 18;

/// Looks results up by the names of outcomes.
class Reader {
 public:
  explicit Reader(const Results& results) : results_(results) {}

  const Results& results() const { return results_; }

  /// Index of a column by id; nothing if the scenario has none.
  std::optional<std::size_t> find(std::string_view id) const {
    const auto& columns = results_.columns;
    const auto found = std::ranges::find(columns, id, &model::Column::id);
    if (found == columns.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns.begin());
  }
  std::optional<double> mean(std::string_view id) const {
    const auto c = find(id);
    return c ? results_.samples[*c].moments.mean() : std::nullopt;
  }
  Summary summary(std::size_t c) const {
    return experiment::summarise(results_.columns[c], results_.samples[c]);
  }

  /// The part of an outcome's breakdown with the greatest `rank(mean, key)`.
  template <class Rank>
  std::optional<std::size_t> greatest(std::string_view outcome, std::string_view breakdown,
                                      Rank rank) const {
    std::optional<std::size_t> best;
    double best_rank = 0.0;
    for (std::size_t c = 0; c < results_.columns.size(); ++c) {
      const auto& column = results_.columns[c];
      const auto mean = results_.samples[c].moments.mean();
      if (column.outcome != outcome || column.breakdown != breakdown || !mean) continue;
      const double value = rank(*mean, column.key);
      if (!best || value > best_rank) {
        best = c;
        best_rank = value;
      }
    }
    return best;
  }

 private:
  const Results& results_;
};

/// The mean of a column as text with its unit: "12 %", "3.4 days".
std::string told(const Reader& reader, std::size_t c) {
  const auto summary = reader.summary(c);
  const auto scale = told_scale(reader.results().columns[c], *summary.mean);
  const auto number = grouped(*summary.mean * scale.factor,
                              decimals_for(*summary.mean, summary.interval, scale.factor));
  return number + " " + scale.unit;
}

/// A line of the table of outcomes; empty if no replication has the outcome.
std::string outcome_line(const Reader& reader, std::string_view id) {
  const auto c = reader.find(id);
  if (!c) return {};
  const auto& column = reader.results().columns[*c];
  const auto summary = reader.summary(*c);
  std::string label = column.label;
  if (!column.key.empty()) {  // "Troops in place on day: 30"
    label = label.substr(0, label.find(':')) + " " + column.key;
  }
  if (!summary.mean) return "  " + left_aligned(label, label_width) + "never\n";
  const auto scale = told_scale(column, *summary.mean);
  const int decimals = decimals_for(*summary.mean, summary.interval, scale.factor);
  const auto number = [&](double value) { return grouped(value * scale.factor, decimals); };
  const auto range = [&](double low, double high) { return number(low) + " to " + number(high); };

  std::string line = "  " + left_aligned(label + " [" + scale.unit + "]", label_width) +
                     right_aligned(number(*summary.mean), mean_width);
  const auto& interval = summary.interval;
  line += right_aligned(interval ? range(interval->low, interval->high) : "-", range_width);
  const auto& low = summary.quantiles.front().value;
  const auto& high = summary.quantiles.back().value;
  if (low && high) line += right_aligned(range(*low, *high), range_width);
  if (summary.missing > 0) {
    const auto percent =
        100.0 * static_cast<double>(summary.n) / static_cast<double>(summary.n + summary.missing);
    line += " *" + grouped(percent, percent < 99.0 ? 0 : 1) + "%";
  }
  return line + "\n";
}

constexpr std::array deployment{"troops_pledged",      "delivered_share",        "troops_at.30",
                                "troops_at.90",        "troops_at.180",          "troops_at.365",
                                "initial_capability",  "initial_capability_day", "full_capability",
                                "full_capability_day", "sustainment_gap"};
constexpr std::array monitoring{"incidents_per_day",
                                "recorded_violations_per_day",
                                "coverage",
                                "detected_share",
                                "verified_share",
                                "attributed_share",
                                "detection_delay",
                                "verification_delay",
                                "verification_delay_p90",
                                "handling_delay",
                                "teams_at_work",
                                "team_utilisation",
                                "desk_utilisation"};

constexpr std::array stability{"holds_at.183", "holds_at.365",   "holds_at.730", "final_collapse",
                               "crises",       "crises_defused", "breakdowns",   "decision_delay",
                               "answers",      "answer_delay",   "hub_attacks"};
constexpr std::array costs{"cost", "cost.in_place", "cost.sensors", "cost.hubs"};

/// How long the ceasefire holds, up to the last day on which a replication was still at risk.
std::string restricted_mean_line(const Results& results) {
  if (!results.ceasefires) return {};
  const auto points = experiment::survival_by_day(results);
  auto day = results.days;
  while (day > 0 && !points[day].estimate) --day;
  const auto& now = *points[day].estimate;
  const double half =
      stats::normal_quantile(0.5 + experiment::confidence / 2.0) * now.restricted_mean_error;
  const stats::Interval interval{std::max(0.0, now.restricted_mean - half),
                                 std::min(static_cast<double>(day), now.restricted_mean + half)};
  const int decimals = decimals_for(now.restricted_mean, interval, 1.0);
  const auto number = [&](double value) { return grouped(value, decimals); };
  return "  " +
         left_aligned("Days until collapse or day " + std::to_string(day) + " [days]",
                      label_width) +
         right_aligned(number(now.restricted_mean), mean_width) +
         right_aligned(half > 0.0 ? number(interval.low) + " to " + number(interval.high) : "-",
                       range_width) +
         "\n";
}

std::string limits(const Reader& reader) {
  std::string text;
  const auto columns = [&](std::size_t c) -> const model::Column& {
    return reader.results().columns[c];
  };
  const auto add = [&](const std::string& line) { text += "  " + printable(line, 96) + "\n"; };
  const auto itself = [](double mean, const std::string&) { return mean; };
  const auto shortfall = [&](double delivered, const std::string& key) {
    return (1.0 - delivered) * reader.mean("troops_pledged." + key).value_or(0.0);
  };
  if (const auto c = reader.greatest("delivered_share", "contributor", shortfall)) {
    const auto& key = columns(*c).key;
    if (shortfall(*reader.results().samples[*c].moments.mean(), key) > 0.5) {
      add("Largest shortfall: " + key + " delivers " + told(reader, *c) + " of " +
          grouped(reader.mean("troops_pledged." + key).value_or(0.0), 0) + " troops pledged.");
    }
  }
  if (const auto c = reader.greatest("hub_wait", "hub", itself);
      c && *reader.results().samples[*c].moments.mean() > 0.0) {
    add("Longest wait at a hub: " + columns(*c).key + ", " + told(reader, *c) +
        " before a contingent is received.");
  }
  if (const auto c = reader.greatest("coverage", "sector",
                                     [](double mean, const std::string&) { return -mean; })) {
    add("Least watched sector: " + columns(*c).key + ", " + told(reader, *c) +
        " of its line under a working sensor.");
  }
  if (const auto c = reader.greatest("team_utilisation", "cell", itself)) {
    add("Busiest teams: cell " + columns(*c).key + ", busy " + told(reader, *c) +
        " of their time.");
  }
  const auto opened = reader.mean("cases_opened").value_or(0.0);
  if (opened > 0.0) {
    const auto share = [&](std::string_view id) {
      return grouped(reader.mean(id).value_or(0.0) / opened * 100.0, 0) + " %";
    };
    const auto false_claims = reader.mean("allegations_found_false").value_or(0.0) > 0
                                  ? share("allegations_found_false") + " found false, "
                                  : std::string();
    add("Of cases opened: " + share("cases_verified") + " verified, " + false_claims +
        share("cases_expired") + " expired, " + share("cases_denied") + " given up, " +
        share("cases_open_at_end") + " still open.");
  }
  return text;
}

std::string heading(const Results& results, const scenario::Scenario& scenario,
                    const RunNote& note) {
  std::string text = printable(scenario.name, 60) + ", " + to_string(scenario.start) + " to " +
                     to_string(scenario.start + std::chrono::days(results.days)) + "\n";
  text += grouped(static_cast<double>(results.replications), 0) + " replications";
  if (results.first > 0) text += " from number " + std::to_string(results.first);
  text += ", seed " + std::to_string(results.seed) + ", " + grouped(note.seconds, 1) + " s on " +
          std::to_string(note.threads) + (note.threads == 1 ? " thread" : " threads") + "\n";
  if (results.ending != experiment::Ending::complete) {
    text += results.ending == experiment::Ending::failed ? "FAILED: " : "INTERRUPTED: ";
    text += "only " + grouped(static_cast<double>(results.replications), 0) + " of " +
            grouped(static_cast<double>(results.planned), 0) +
            " replications were done; all numbers rest on these.\n";
  }
  return text;
}

}  // namespace

ToldScale told_scale(const model::Column& column, double mean) {
  constexpr double hours_below = 2.0;  // days
  if (column.unit.empty()) return {"%", 100.0};
  if (column.unit == "days" && std::abs(mean) < hours_below) return {"h", 24.0};
  constexpr double thousands_from = 100'000.0;
  if (std::abs(mean) >= thousands_from) return {"thousand " + column.unit, 1e-3};
  return {column.unit, 1.0};
}

int decimals_for(double mean, const std::optional<stats::Interval>& interval, double factor) {
  const double half = interval ? (interval->high - interval->low) / 2.0 * factor : 0.0;
  const double digit = half > 0.0 ? half : std::max(std::abs(mean) * factor / 100.0, 1e-3);
  return std::clamp(static_cast<int>(std::ceil(-std::log10(digit))), 0, 3);
}

std::string right_aligned(std::string text, std::size_t width) {
  text.insert(0, text.size() < width ? width - text.size() : 1, ' ');
  return text;
}

std::string left_aligned(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string significant(double value) {
  if (value == 0.0 || !std::isfinite(value)) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
  const double unit = std::pow(10.0, magnitude - 2);
  return grouped(std::round(value / unit) * unit, std::clamp(2 - magnitude, 0, 12));
}

std::string grouped(double value, int decimals) {
  std::array<char, 400> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, decimals);
  std::string text(buffer.data(), end.ptr);
  const auto digits = text.starts_with('-') ? std::size_t{1} : std::size_t{0};
  auto place = std::min(text.find('.'), text.size());
  while (place > digits + 3) text.insert(place -= 3, ",");
  // "-0.0" is nothing below zero.
  if (digits == 1 && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
  return text;
}

std::string narrative(const Results& results, const scenario::Scenario& scenario,
                      const RunNote& note) {
  const Reader reader(results);
  std::string text = heading(results, scenario, note) + "\n";
  text += left_aligned("", label_width + 2) + right_aligned("mean", mean_width) +
          right_aligned("95 % interval", range_width) + right_aligned("90 % of runs", range_width) +
          "\n";
  text += "Deployment\n";
  for (const auto* id : deployment) text += outcome_line(reader, id);
  text += "Monitoring\n";
  for (const auto* id : monitoring) text += outcome_line(reader, id);
  if (scenario.crisis) {
    text += "Stability\n";
    for (const auto* id : stability) text += outcome_line(reader, id);
    text += restricted_mean_line(results);
  }
  if (scenario.costs) {
    text += "Cost\n";
    for (const auto* id : costs) text += outcome_line(reader, id);
  }
  const auto missing = [](const experiment::ColumnSample& s) {
    return s.absent > 0 && s.moments.count() > 0;
  };
  if (std::ranges::any_of(results.samples, missing)) {
    text += "  * over the share of runs that have it\n";
  }
  const auto limiting = limits(reader);
  if (!limiting.empty()) text += "What limits\n" + limiting;
  text += "Files in " + printable(note.folder, 80) + "/\n";
  text += "  " + std::string(note.workbook ? "results.xlsx, " : "") +
          "summary.csv, timeline.csv, " + std::string(scenario.crisis ? "survival.csv, " : "") +
          "replications.csv: results;\n";
  text +=
      "  assumptions.csv: what went in; dictionary.csv: what the columns mean;\n"
      "  manifest.json: how to run it again.\n";
  return text;
}

}  // namespace truce::report
