// SPDX-License-Identifier: Apache-2.0
#include "sim/report/compare_narrative.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/report/narrative_numbers.hpp"

namespace truce::report {
namespace {

using experiment::Compared;
using experiment::Contrast;
using experiment::Word;

constexpr std::size_t name_width = 24;
constexpr std::size_t line_width = 100;

std::string signed_text(double value, int decimals) {
  auto text = grouped(value, decimals);
  if (!text.starts_with('-') && text.find_first_of("123456789") != std::string::npos) {
    text.insert(0, 1, '+');
  }
  return text;
}

/// "no clear difference: a, b, c", in lines that fit.
std::string list_text(const std::string& head, const std::vector<std::string>& names) {
  std::string text;
  std::string line = head;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto word = names[i] + (i + 1 < names.size() ? "," : "");
    if (line.size() + 1 + word.size() > line_width) {
      text += line + "\n";
      line = "     ";
    }
    line += " " + word;
  }
  return text + line + "\n";
}

std::string title_of(const model::Column& column) {
  auto label = column.label;
  if (const auto colon = label.find(": "); !column.key.empty() && colon != std::string::npos) {
    label = label.substr(0, colon) + " " + label.substr(colon + 2);
  }
  return printable(label, 60);
}

std::string contrast_line(const Contrast& c, const ToldScale& scale, const std::string& name) {
  const auto& d = c.difference;
  const int decimals = decimals_for(std::abs(d.mean), d.interval, scale.factor);
  return "    " + left_aligned(name, name_width) +
         right_aligned(grouped(c.changed * scale.factor, decimals), 9) + "  " +
         right_aligned(signed_text(d.mean * scale.factor, decimals), 9) + " (" +
         signed_text(d.interval.low * scale.factor, decimals) + " to " +
         signed_text(d.interval.high * scale.factor, decimals) + ")  " +
         std::string(experiment::text_of(c.word)) + "\n";
}

std::string best_line(const Compared& one, std::span<const ContenderNote> contenders) {
  std::vector<std::string> names;
  bool sure = true;
  for (const auto& s : one.standings) {
    if (s.place == experiment::Place::not_the_best) continue;
    sure = sure && s.place == experiment::Place::best;
    const double percent = 100 * s.probability_best;
    names.push_back(printable(contenders[s.contender].name) + " (" +
                    (percent > 99.5 ? ">99" : grouped(percent, 0)) + " %)");
  }
  if (names.size() == one.standings.size()) return {};
  return list_text(sure ? "    best:" : "    may be best:", names);
}

std::string outcome_block(const Compared& one, std::span<const ContenderNote> contenders) {
  if (one.contrasts.empty()) {
    return "  " + title_of(one.column) + ": no replication has it in the base and a what-if\n";
  }
  const auto& first = one.contrasts.front();
  const auto scale = told_scale(one.column, first.base);
  const auto title =
      title_of(one.column) + (scale.unit.empty() ? "" : " [" + printable(scale.unit) + "]");
  std::string text = "  " + title + ", base " +
                     grouped(first.base * scale.factor,
                             decimals_for(first.base, first.difference.interval, scale.factor)) +
                     "\n";
  std::vector<std::string> same;
  std::vector<const Contrast*> clear;
  for (const auto& c : one.contrasts) {
    if (c.word == Word::no_clear_difference) {
      same.push_back(printable(contenders[c.what_if].name));
    } else {
      clear.push_back(&c);
    }
  }
  std::ranges::stable_sort(clear, std::greater{},
                           [](const Contrast* c) { return c->difference.mean; });
  for (const auto* c : clear) {
    text += contrast_line(*c, scale, printable(contenders[c->what_if].name));
  }
  if (!same.empty()) text += list_text("    no clear difference:", same);
  return text + best_line(one, contenders);
}

std::string survival_block(const Findings& findings, std::span<const ContenderNote> contenders) {
  std::string text;
  int last = 0;
  for (const auto& one : findings.survival) last = std::max(last, one.day);
  for (const auto& one : findings.survival) {
    if (one.day != last) continue;
    const auto& mean = one.restricted_mean;
    text += "    " + left_aligned(printable(contenders[one.what_if].name), name_width) +
            right_aligned(signed_text(mean.mean, 0), 9) + " days (" +
            signed_text(mean.interval.low, 0) + " to " + signed_text(mean.interval.high, 0) + ")";
    if (one.log_rank) {
      const bool tiny = one.log_rank->p < 0.0005;
      text += "  log-rank p " + (tiny ? "< 0.001" : "= " + grouped(one.log_rank->p, 3));
    }
    text += "\n";
  }
  if (text.empty()) return {};
  return "  Days of ceasefire gained until day " + std::to_string(last) +
         " (restricted mean; each interval by itself)\n" + text;
}

/// Per what-if, in what it is better and in what worse.
std::string short_block(const Findings& findings, std::span<const ContenderNote> contenders) {
  std::string text;
  std::uint64_t family = 0;
  for (std::size_t w = 1; w < contenders.size(); ++w) {
    std::vector<std::string> better;
    std::vector<std::string> worse;
    for (const auto& one : findings.outcomes) {
      for (const auto& c : one.contrasts) {
        if (!one.headline || c.what_if != w) continue;
        family = c.family;
        auto title = title_of(one.column);
        if (!title.empty()) title[0] = static_cast<char>(std::tolower(title[0]));
        if (c.word == Word::better) better.push_back(title);
        if (c.word == Word::worse) worse.push_back(title);
      }
    }
    const auto name = "  " + printable(contenders[w].name);
    if (!better.empty()) text += list_text(name + " better:", better);
    if (!worse.empty()) text += list_text(name + " worse:", worse);
    if (better.empty() && worse.empty()) text += name + ": nothing is clearly better or worse\n";
  }
  return "\nIn short, with 5 % for any error among " + std::to_string(family) + " comparisons\n" +
         text;
}

std::string gain_line(const Findings& findings, std::span<const ContenderNote> contenders) {
  std::vector<std::string> told;
  for (std::size_t w = 1; w < contenders.size(); ++w) {
    std::vector<double> gains;
    for (const auto& one : findings.outcomes) {
      if (!one.headline) continue;
      for (const auto& c : one.contrasts) {
        if (c.what_if == w && c.difference.gain) gains.push_back(*c.difference.gain);
      }
    }
    if (gains.empty()) continue;
    std::ranges::sort(gains);
    told.push_back(printable(contenders[w].name) + " " +
                   grouped(gains[gains.size() / 2], gains[gains.size() / 2] < 9.95 ? 1 : 0));
  }
  if (told.empty()) return {};
  return list_text("  The same luck is worth so many times the replications (median):", told);
}

}  // namespace

std::string comparison_narrative(const Findings& findings,
                                 std::span<const ContenderNote> contenders,
                                 const experiment::Results& base, const RunNote& note) {
  std::string text = printable(contenders.front().title) + " against " +
                     std::to_string(contenders.size() - 1) +
                     (contenders.size() == 2 ? " what-if\n" : " what-ifs\n") +
                     grouped(static_cast<double>(base.replications), 0) +
                     " replications of each on the same luck, seed " + std::to_string(base.seed);
  if (note.seconds > 0) {
    text += ", " + grouped(note.seconds, 1) + " s on " + std::to_string(note.threads) +
            (note.threads == 1 ? " thread" : " threads");
  }
  text += "\n";
  if (base.ending != experiment::Ending::complete) {
    text += std::string(base.ending == experiment::Ending::failed ? "FAILED" : "INTERRUPTED") +
            ": fewer replications than planned; all numbers rest on these.\n";
  }
  text += short_block(findings, contenders);
  text +=
      "\nMean, difference from the base with its 95 % interval, verdict; totals run until the\n"
      "replication ends, so that an early collapse makes them small\n";
  for (const auto& one : findings.outcomes) {
    if (one.headline) text += outcome_block(one, contenders);
  }
  text += survival_block(findings, contenders);
  text += gain_line(findings, contenders);
  return text + "\nAll differences: " + printable(note.folder, 400) +
         "/compare.csv; which is best: best.csv\n";
}

}  // namespace truce::report
