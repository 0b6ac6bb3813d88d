// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sensitivity_narrative.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/report/narrative.hpp"
#include "sim/report/narrative_numbers.hpp"

namespace truce::report {
namespace {

using experiment::Influence;
using experiment::Measure;
using experiment::OutcomeSensitivity;
using experiment::Way;

constexpr std::size_t input_width = 30;
constexpr std::size_t widest = 100;

/// "a b c" in lines that fit, all but the first indented.
std::string wrapped(const std::string& text, const std::string& indent) {
  std::string lines;
  std::string line;
  for (const auto word : split(text, ' ')) {
    if (!line.empty() && indent.size() + line.size() + 1 + word.size() > widest) {
      lines += indent + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + printable(word, widest - indent.size() - 1);
  }
  return lines + indent + line + "\n";
}

std::string_view told(Measure measure) {
  switch (measure) {
    case Measure::total:
      return "share of variance, with others (total index)";
    case Measure::first_order:
    case Measure::first_order_mean:
      return "share of variance, alone (first-order index)";
    case Measure::src:
      return "standardised regression coefficient";
    case Measure::srrc:
    case Measure::prcc:
      return "standardised regression coefficient of ranks";
    case Measure::pawn_median:
    case Measure::pawn_max:
      return "distance of distributions (PAWN)";
    case Measure::mu_star:
      return "mean size of elementary effects (mu*)";
    case Measure::swing:
      return "swing from low to high";
    case Measure::mu:
    case Measure::sigma:
    case Measure::r_squared:
    case Measure::r_squared_of_ranks:
      break;
  }
  return "";
}

bool in_unit(Measure measure) {
  return measure == Measure::mu_star || measure == Measure::swing;
}

std::string way_text(Way way) {
  switch (way) {
    case Way::higher:
      return "more of it: higher";
    case Way::lower:
      return "more of it: lower";
    case Way::both:
      return "up and down";
    case Way::unknown:
      break;
  }
  return "";
}

/// Which way, as the measure that is shown has it; where another says the opposite, both.
std::string way_text(const Influence& one, Way way) {
  const bool has_sign =
      one.measure == Measure::src || one.measure == Measure::srrc || one.measure == Measure::prcc;
  if (!has_sign) return way_text(way);
  const auto own = *one.value > 0 ? Way::higher : Way::lower;
  const bool opposite = (way == Way::higher || way == Way::lower) && way != own;
  return opposite ? "measures disagree which way" : way_text(own);
}

std::string percent(double share) {
  return grouped(100 * share, 0);
}
std::string share_text(const stats::Share& share, bool has_interval) {
  std::string text = percent(share.value) + " %";
  if (has_interval) {
    text += " (" + percent(share.interval.low) + " to " + percent(share.interval.high) + ")";
  }
  return text;
}

std::string title_of(const OutcomeSensitivity& one, const ToldScale& scale) {
  auto label = one.column.label;
  if (const auto colon = label.find(": "); !one.column.key.empty() && colon != std::string::npos) {
    label = label.substr(0, colon) + " " + label.substr(colon + 2);
  }
  std::string text = printable(label, 50);
  if (!scale.unit.empty()) text += " [" + printable(scale.unit, 20) + "]";
  if (one.mean) {
    text += ", mean " +
            grouped(*one.mean * scale.factor, decimals_for(*one.mean, std::nullopt, scale.factor));
  }
  return text;
}

std::string influence_line(const OutcomeSensitivity& outcome, const Influence& one,
                           const std::string& name, const ToldScale& scale) {
  const double factor = in_unit(one.measure) ? scale.factor : 1.0;
  const int decimals = in_unit(one.measure) ? decimals_for(*one.value, one.interval, factor) : 2;
  const auto number = [&](double value) { return grouped(value * factor, decimals); };
  std::string line = "    " + left_aligned(printable(name, input_width), input_width) +
                     right_aligned(number(*one.value), 10);
  std::string range =
      one.interval ? "(" + number(one.interval->low) + " to " + number(one.interval->high) + ")"
                   : "";
  line += "  " + left_aligned(range, 20);
  std::string words = one.clear ? way_text(one, outcome.ways[*one.input]) : "not clear";
  return line + (words.empty() ? "" : "  " + words);
}

/// The inputs that matter most, in their order.
std::string influences_text(const OutcomeSensitivity& outcome, const StoredSample& stored,
                            std::size_t top, const ToldScale& scale) {
  std::vector<const Influence*> order;
  for (const auto& one : outcome.influences) {
    if (one.measure == *outcome.best && one.rank) order.push_back(&one);
  }
  std::ranges::sort(order, {}, [](const Influence* one) { return *one->rank; });
  std::string text;
  for (std::size_t k = 0; k < order.size() && k < top; ++k) {
    auto line =
        influence_line(outcome, *order[k], stored.sample.inputs[*order[k]->input].name, scale);
    while (line.ends_with(' ')) line.pop_back();
    text += line.substr(0, widest) + "\n";
  }
  return text;
}

std::string explained_text(const OutcomeSensitivity& outcome) {
  if (outcome.explained.empty()) return {};
  const auto& one = outcome.explained.front();
  std::string text = "    parameters explain " + std::string(one.at_least ? "at least " : "") +
                     share_text(one.parameters, one.has_interval);
  if (one.chance) text += ", chance " + share_text(*one.chance, one.has_interval);
  if (one.together) text += ", both together " + share_text(*one.together, one.has_interval);
  if (one.parameters.unresolved && !one.at_least) {
    text += "; unresolved: too few points to tell how near the bound it is";
  }
  if (one.at_least) text += "; the rest is chance, or what a plane does not see";
  return wrapped(text.substr(4), "    ");
}

std::string size_text(const StoredSample& stored) {
  const auto& source = stored.source;
  const auto points = grouped(static_cast<double>(stored.sample.points), 0);
  const auto inputs = std::to_string(stored.sample.inputs.size());
  if (source.kind == "run") {
    return points + " replications, in each of which " + inputs +
           (stored.sample.inputs.size() == 1 ? " parameter is drawn" : " parameters are drawn");
  }
  const auto each = stored.sample.replications;
  const auto played = each == 1 ? std::string("each played once")
                                : grouped(static_cast<double>(each), 0) + " replications of each";
  return source.design + ": " + points + " points of " + inputs +
         (stored.sample.inputs.size() == 1 ? " factor, " : " factors, ") + played +
         (stored.sample.same_luck ? " on the same luck" : "");
}

bool of_means(const experiment::Sample& sample) {
  return sample.replications > 1 && sample.chosen != experiment::Chosen::one_at_a_time;
}

/// What was left out for another reason than the design, with the outcomes that it is about.
std::string left_out_text(const experiment::Sensitivity& all) {
  std::vector<std::string> order;
  std::map<std::string, std::set<std::string>> outcomes;
  for (const auto& one : all.left_out) {
    if (one.by_design) continue;
    const auto what = one.analysis + (one.input.empty() ? "" : " of " + one.input) + ": " + one.why;
    if (!outcomes.contains(what)) order.push_back(what);
    outcomes[what].insert(one.outcome);
  }
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t k = 0; k < order.size() && k < most; ++k) {
    const auto& of = outcomes[order[k]];
    const auto about = of.size() == all.outcomes.size() ? std::string()
                       : of.size() == 1                 ? " (" + *of.begin() + ")"
                                        : " (" + std::to_string(of.size()) + " outcomes)";
    text += wrapped("left out: " + order[k] + about, "  ");
  }
  if (order.size() > most) {
    text += "  left out: " + std::to_string(order.size() - most) + " more, see left_out.csv\n";
  }
  return text;
}

std::string absent_text(const experiment::Sensitivity& all, const StoredSample& stored) {
  std::string text;
  const auto total = static_cast<double>(stored.sample.points * stored.sample.replications);
  for (const auto& one : all.outcomes) {
    if (one.absent == 0 || !one.mean) continue;
    text +=
        wrapped(one.column.id + ": " + grouped(100.0 * static_cast<double>(one.absent) / total, 1) +
                    " % of replications do not have it; all is about the others",
                "  ");
  }
  return text;
}

}  // namespace

std::string sensitivity_narrative(const experiment::Sensitivity& all, const StoredSample& stored,
                                  std::size_t top, const std::string& folder) {
  std::string text =
      "What drives the outcomes of " + printable(stored.source.name, 70) + "\n" +
      size_text(stored) + "\n95 % intervals" +
      (of_means(stored.sample) ? "; measures of inputs are about the mean of each point" : "") +
      "\n";
  for (const auto& one : all.outcomes) {
    const auto scale = told_scale(one.column, one.mean.value_or(0.0));
    auto title = "  " + title_of(one, scale);
    if (!one.best) {
      text += title + ": nothing can be told, see left_out.csv\n";
      continue;
    }
    text += title + ", by " + std::string(told(*one.best)) + "\n";
    text += influences_text(one, stored, top, scale) + explained_text(one);
  }
  std::string warnings;
  for (const auto& note : stored.source.notes) warnings += wrapped("note: " + note, "  ");
  for (const auto& warning : all.warnings) warnings += wrapped("warning: " + warning, "  ");
  warnings += absent_text(all, stored) + left_out_text(all);
  if (!warnings.empty()) text += "To keep in mind\n" + warnings;
  return text + "All measures: " + printable(folder, 400) +
         "/sensitivity.csv; how to read them: scenarios/README.md\n";
}

}  // namespace truce::report
