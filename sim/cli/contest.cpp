// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/contest.hpp"

#include <algorithm>

#include "sim/core/time.hpp"

#include "sim/scenario/document.hpp"

#include "sim/report/digest.hpp"
#include "sim/report/origin.hpp"

namespace truce::cli {
namespace {

std::string differs_text(const Entry& base, const Entry& other) {
  constexpr std::size_t most = 40;
  const auto all = report::differences(base.loaded, other.loaded);
  std::string text;
  std::size_t told = 0;
  for (const auto& one : all) {
    if (one.path == "name" || one.path == "summary") continue;
    if (told++ == most) return text + "; and more (truce diff tells all)";
    text += (text.empty() ? "" : "; ") + one.path + ": " + (one.left.empty() ? "-" : one.left) +
            " -> " + (one.right.empty() ? "-" : one.right);
  }
  return text;
}

/// Columns of all scenarios, those of the base first.
std::vector<model::Column> all_columns(std::span<const experiment::Contender> contenders) {
  std::vector<model::Column> all;
  for (const auto& one : contenders) {
    for (const auto& column : one.columns) {
      if (std::ranges::find(all, column.id, &model::Column::id) == all.end()) all.push_back(column);
    }
  }
  return all;
}

void check_what_ifs(std::span<const experiment::Statistic* const> statistics,
                    std::span<const experiment::Contender> contenders) {
  std::vector<std::string> names;
  for (const auto& one : contenders.subspan(1)) names.push_back(one.name);
  for (const auto* one : statistics) {
    if (one->what_if.empty() || std::ranges::find(names, one->what_if) != names.end()) continue;
    throw UsageError("difference(" + one->outcome + ", " + printable(one->what_if) +
                     "): nothing that is compared is called so." +
                     did_you_mean(one->what_if, names));
  }
}

void check_same_luck(const report::Stored& base, const report::Stored& other) {
  const auto& a = base.finished();
  const auto& b = other.finished();
  const auto what = [](const report::Finished& one) {
    return "seed " + std::to_string(one.seed) + ", replications " + std::to_string(one.first) +
           " to " + std::to_string(one.first + one.replications - 1);
  };
  if (what(a) == what(b)) return;
  Problems problems;
  problems.add(
      {Code::not_comparable,
       {},
       printable(other.folder().string(), 400),
       "it has " + what(b) + ", and the base " + what(a),
       "Results on the same luck are compared: run one again with --seed and --first of the "
       "other, or add the replications that it lacks with truce extend"});
  problems.raise();
}

}  // namespace

void check_comparable(const Entry& base, const Entry& other) {
  const auto& a = base.loaded.scenario;
  const auto& b = other.loaded.scenario;
  const auto refuse = [&](const std::string& what, const std::string& left,
                          const std::string& right) {
    Problems problems;
    problems.add({Code::not_comparable,
                  {},
                  other.name,
                  "its " + what + " is " + right + " and that of the base " + left,
                  "Outcomes of different spans of time can't be told apart from what caused them: "
                  "--set " +
                      what + "=... changes all of them alike"});
    problems.raise();
  };
  if (a.start != b.start) refuse("start", to_string(a.start), to_string(b.start));
  const auto horizon = [](const Entry& one) {
    const auto found =
        std::ranges::find(one.loaded.assumptions, "horizon", &scenario::Assumption::path);
    return found == one.loaded.assumptions.end() ? std::string() : found->value;
  };
  if (!(a.horizon == b.horizon)) refuse("horizon", horizon(base), horizon(other));
}

std::vector<report::ContenderNote> notes_of(const std::deque<Entry>& entries) {
  std::vector<report::ContenderNote> notes;
  for (const auto& one : entries) {
    notes.push_back({one.name, one.loaded.scenario.name, one.file,
                     &one == &entries.front() ? "" : differs_text(entries.front(), one),
                     report::sha256(scenario::to_yaml(scenario::write(one.loaded)))});
  }
  return notes;
}

std::vector<experiment::Contender> contenders_of(const std::deque<Entry>& entries) {
  std::vector<experiment::Contender> contenders;
  for (const auto& one : entries) contenders.push_back({one.name, one.player.columns()});
  return contenders;
}

Asked read_asked_between(const CampaignOptions& options,
                         std::span<const experiment::Contender> contenders) {
  auto asked = read_asked(options, all_columns(contenders), Sides::several);
  std::vector<const experiment::Statistic*> statistics;
  for (const auto& one : asked.precision) statistics.push_back(&one.of);
  for (const auto& one : asked.requirements) statistics.push_back(&one.of);
  check_what_ifs(statistics, contenders);
  return asked;
}

std::deque<Entry> Shelf::entries(std::span<const std::string> names) const {
  std::deque<Entry> entries;
  for (std::size_t i = 0; i < stored_.size(); ++i) {
    entries.emplace_back(names[i], stored_[i].finished().record.scenario_file, stored_[i].loaded());
    check_comparable(entries.front(), entries.back());
    check_same_luck(stored_.front(), stored_[i]);
  }
  return entries;
}

}  // namespace truce::cli
