// SPDX-License-Identifier: Apache-2.0
// truce compare: a base scenario and what-ifs on the same luck, and what changes.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/document.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/remains.hpp"

#include "sim/report/compare_narrative.hpp"
#include "sim/report/digest.hpp"
#include "sim/report/origin.hpp"
#include "sim/report/stored.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/compared.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

/// A scenario that is compared, with what plays it.
struct Entry {
  Entry(std::string called, std::string from, scenario::Loaded read)
      : name(std::move(called)), file(std::move(from)), loaded(std::move(read)), player(loaded) {}

  std::string name;
  std::string file;
  scenario::Loaded loaded;
  model::Player player;
};

/// What makes two scenarios different models of different things.
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
                  "--set " + what + "=... changes all of them alike"});
    problems.raise();
  };
  if (a.start != b.start) refuse("start", to_string(a.start), to_string(b.start));
  const auto horizon = [](const Entry& one) {
    const auto found = std::ranges::find(one.loaded.assumptions, "horizon",
                                         &scenario::Assumption::path);
    return found == one.loaded.assumptions.end() ? std::string() : found->value;
  };
  if (!(a.horizon == b.horizon)) refuse("horizon", horizon(base), horizon(other));
}

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

Asked read_asked_between(const CampaignOptions& options,
                         std::span<const experiment::Contender> contenders) {
  auto asked = read_asked(options, all_columns(contenders));
  std::vector<const experiment::Statistic*> statistics;
  for (const auto& one : asked.precision) statistics.push_back(&one.of);
  for (const auto& one : asked.requirements) statistics.push_back(&one.of);
  check_what_ifs(statistics, contenders);
  return asked;
}

/// Adds the values of one replication to the comparison and to the files of each scenario.
auto taker(experiment::Comparison& comparison, std::span<report::RunFiles* const> files) {
  return [&comparison, files](std::uint64_t replication,
                              std::span<const std::span<const double>> rows) {
    comparison.add(rows);
    for (std::size_t i = 0; i < files.size(); ++i) files[i]->row(replication, rows[i]);
  };
}

std::string left_in(report::ComparisonFiles& files) {
  return "what was written until then is in " + printable(files.leave().string(), 400);
}

/// Keeps what is written when something goes wrong.
template <class Work>
auto guarded(report::ComparisonFiles& files, Work work) {
  try {
    return work();
  } catch (const WorldError& error) {
    throw WorldError(error.what(), left_in(files));
  } catch (const UsageError& error) {
    throw UsageError(std::string(error.what()) + ": " + left_in(files));
  } catch (...) {
    files.leave();
    throw;
  }
}

bool tell_failures(std::span<const experiment::Results> results) {
  for (const auto& one : results) {
    if (one.failure) complain("error: a replication failed: " + one.failure->what + "\n");
  }
  return results.front().replications > 0;
}

void tell_comparison(const report::Findings& findings,
                     std::span<const report::ContenderNote> notes,
                     const experiment::Results& base, const report::ComparisonRecord& record,
                     const fs::path& folder, Loudness loudness) {
  if (loudness != Loudness::normal) return;
  const std::chrono::duration<double> took = record.run.finished - record.run.started;
  say(report::comparison_narrative(findings, notes, base,
                                   {folder.string(), took.count(), record.run.threads}));
}

/// A scenario's own record, as truce run would have it.
report::RunRecord record_of(const ScenarioOptions& options, const report::RunRecord& common) {
  auto record = common;
  record.scenario_file = options.recipe.file;
  record.variations = options.recipe.variations;
  record.overlays = options.recipe.overlays;
  record.overrides = options.recipe.changes;
  return record;
}

/// The base's own variations, if nothing else is named.
std::vector<WhatIf> all_variations(const ScenarioOptions& base, const scenario::Loaded& loaded) {
  std::vector<WhatIf> what_ifs;
  for (const auto id : loaded.scenario.variations.ids()) {
    WhatIf what_if{loaded.scenario.variations.name(id), base};
    what_if.scenario.recipe.variations = {what_if.name};
    what_ifs.push_back(std::move(what_if));
  }
  if (what_ifs.empty()) {
    throw UsageError("nothing is compared with " + printable(base.recipe.file, 400) +
                     ": name other files, --variation or --what-if; it has no variations of its "
                     "own");
  }
  return what_ifs;
}

ExitCode compare_scenarios(const CompareOptions& options, const Arguments& arguments) {
  std::deque<Entry> entries;
  entries.emplace_back("base", options.base.recipe.file,
                       read_scenario(options.base, options.loudness));
  auto what_ifs = options.what_ifs;
  if (what_ifs.empty()) what_ifs = all_variations(options.base, entries.front().loaded);
  for (const auto& one : what_ifs) {
    // Warnings of the base would be told again for each.
    entries.emplace_back(one.name, one.scenario.recipe.file,
                         read_scenario(one.scenario, Loudness::quiet));
    check_comparable(entries.front(), entries.back());
  }
  const auto contenders = contenders_of(entries);
  const auto headlines = headlines_of(options.outcomes, contenders);
  const auto asked = read_asked_between(options, contenders);

  std::vector<experiment::Arm> arms;
  experiment::Stopping stopping;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& recipe = i == 0 ? options.base.recipe : what_ifs[i - 1].scenario.recipe;
    experiment::Arm arm{plan_of(options, recipe, entries.front().loaded.scenario,
                                entries[i].player),
                        play_of(entries[i].player)};
    stopping = stopping_of(options, asked, arm.plan);
    arm.plan.scenario = printable(entries[i].loaded.scenario.name) + " (" +
                        printable(recipe.file, 400) + ")";
    arm.so_far.room = experiment::values_kept_of_each(entries.size());
    arms.push_back(std::move(arm));
  }
  const auto target =
      target_of(options.out, stem_of(options.base.recipe.file) + ".compare", options.existing);
  auto whole = arms.front().plan;
  whole.replications *= arms.size();
  judge(whole, entries.front().player, target, "--replications", options.loudness);

  report::ComparisonFiles files(target, options.existing);
  report::ComparisonRecord record;
  record.outcomes = headlines;
  record.requirements = options.requirements;
  record.run.scenario_file = options.base.recipe.file;
  record.run.command = command_of("compare", arguments);
  record.run.threads = options.threads;
  return guarded(files, [&] {
    const Interrupt interrupt;
    const Stopwatch watch;
    std::vector<report::RunFiles*> runs;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      runs.push_back(&files.begin(entries[i].name, arms[i].plan.columns, arms[i].plan.seed));
    }
    experiment::Comparison comparison(contenders, headlines);
    const auto results = play_together(std::move(arms), stopping, comparison, options.loudness,
                                       interrupt, taker(comparison, runs));
    watch.stop(record.run);
    if (!tell_failures(results)) {
      complain("No block of replications was finished; nothing is written.\n");
      for (const auto& one : results) {
        if (one.ending == experiment::Ending::failed) return ExitCode::defect;
      }
      return ExitCode::interrupted;
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& scenario = i == 0 ? options.base : what_ifs[i - 1].scenario;
      files.add(entries[i].name,
                runs[i]->finish(results[i], entries[i].loaded, record_of(scenario, record.run)));
    }
    record.precision = precision_reached(stopping, estimates_between(results, comparison));
    const auto findings = findings_of(comparison, results);
    const auto notes = notes_of(entries);
    const auto code = verdict_between(results, comparison, asked, record);
    files.finish(findings, notes, results.front(), entries.front().loaded.scenario.start, record);
    tell_comparison(findings, notes, results.front(), record, files.target(), options.loudness);
    return code;
  });
}

/// Results that are there already, read side by side.
class Shelf {
 public:
  explicit Shelf(std::span<const fs::path> folders) {
    for (const auto& folder : folders) stored_.emplace_back(folder);
  }

  const std::deque<report::Stored>& stored() const { return stored_; }
  std::deque<Entry> entries(std::span<const std::string> names) const {
    std::deque<Entry> entries;
    for (std::size_t i = 0; i < stored_.size(); ++i) {
      entries.emplace_back(names[i], stored_[i].finished().record.scenario_file,
                           stored_[i].loaded());
      check_comparable(entries.front(), entries.back());
      check_same_luck(stored_.front(), stored_[i]);
    }
    return entries;
  }

  /// Gives up to `most` replications of all, row by row.
  template <class Take>
  void read(std::span<const experiment::Contender> contenders, std::uint64_t most, Take take) const {
    std::deque<report::StoredRows> all;
    for (std::size_t i = 0; i < stored_.size(); ++i) {
      all.emplace_back(stored_[i], contenders[i].columns);
    }
    std::vector<std::span<const double>> rows(all.size());
    for (std::uint64_t n = 0; n < most; ++n) {
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].next()) return;
        rows[i] = all[i].values();
      }
      take(all.front().replication(), rows);
    }
  }

 private:
  static void check_same_luck(const report::Stored& base, const report::Stored& other) {
    const auto& a = base.finished();
    const auto& b = other.finished();
    const auto what = [](const report::Finished& one) {
      return "seed " + std::to_string(one.seed) + ", replications " + std::to_string(one.first) +
             " to " + std::to_string(one.first + one.replications - 1);
    };
    if (what(a) == what(b)) return;
    Problems problems;
    problems.add({Code::not_comparable,
                  {},
                  printable(other.folder().string(), 400),
                  "it has " + what(b) + ", and the base " + what(a),
                  "Results on the same luck are compared: run it again, or extend the shorter one "
                  "with truce extend"});
    problems.raise();
  }

  std::deque<report::Stored> stored_;
};

ExitCode compare_folders(const CompareOptions& options, const Arguments& arguments) {
  std::vector<fs::path> folders{options.base.recipe.file};
  std::vector<std::string> names{"base"};
  for (const auto& one : options.what_ifs) {
    folders.emplace_back(one.scenario.recipe.file);
    names.push_back(one.name);
  }
  const auto& recipe = options.base.recipe;
  if (!recipe.changes.empty() || !recipe.overlays.empty() || options.replications ||
      options.seed || options.first > 0 || !options.precision.empty()) {
    throw UsageError(
        "results are compared as they are: no --set, --with, --replications, --seed, --first or "
        "--precision");
  }
  if (folders.size() < 2) throw UsageError("two result folders at least are compared");
  const Shelf shelf(folders);
  const auto entries = shelf.entries(names);
  const auto contenders = contenders_of(entries);
  const auto headlines = headlines_of(options.outcomes, contenders);
  const auto asked = read_asked_between(options, contenders);
  const auto target = target_of(options.out, stem_of(folders.front().filename().string()) + ".compare",
                                options.existing);
  report::ComparisonFiles files(target, options.existing);
  report::ComparisonRecord record;
  record.outcomes = headlines;
  record.requirements = options.requirements;
  record.run.scenario_file = options.base.recipe.file;
  record.run.command = command_of("compare", arguments);
  return guarded(files, [&] {
    const Stopwatch watch;
    experiment::Comparison comparison(contenders, headlines);
    std::vector<experiment::Results> results;
    const auto& series = model::timeline_series();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      auto remains = shelf.stored()[i].remains();
      auto& one = results.emplace_back();
      one.columns = contenders[i].columns;
      one.series.assign(series.begin(), series.end());
      one.samples.resize(one.columns.size());
      one.days = remains.days;
      one.timeline = std::move(remains.timeline);
      one.kept = std::move(remains.kept);
      one.seed = shelf.stored()[i].finished().seed;
      one.first = shelf.stored()[i].finished().first;
      one.replications = one.planned = shelf.stored()[i].finished().replications;
    }
    shelf.read(contenders, results.front().replications,
               [&](std::uint64_t, std::span<const std::span<const double>> rows) {
                 comparison.add(rows);
                 for (std::size_t i = 0; i < rows.size(); ++i) {
                   for (std::size_t c = 0; c < rows[i].size(); ++c) {
                     results[i].samples[c].add(rows[i][c]);
                   }
                 }
               });
    watch.stop(record.run);
    const auto findings = findings_of(comparison, results);
    const auto notes = notes_of(entries);
    const auto code = verdict_between(results, comparison, asked, record);
    files.finish(findings, notes, results.front(), entries.front().loaded.scenario.start, record);
    tell_comparison(findings, notes, results.front(), record, files.target(), options.loudness);
    return code;
  });
}

bool is_result(const std::string& path) {
  std::error_code ignored;
  return fs::exists(fs::path(path) / report::manifest_name, ignored);
}

}  // namespace

ExitCode compare(const Arguments& arguments) {
  const auto options = read_compare_options(arguments);
  if (!options) {
    say(compare_help());
    return ExitCode::done;
  }
  std::vector<std::string> files{options->base.recipe.file};
  for (const auto& one : options->what_ifs) files.push_back(one.scenario.recipe.file);
  const auto results = std::ranges::count_if(files, is_result);
  if (results == 0) return compare_scenarios(*options, arguments);
  if (results != std::ssize(files)) {
    throw UsageError(
        "scenarios and results can't be compared in one: play the scenarios first, with the "
        "replications and seed of the results");
  }
  return compare_folders(*options, arguments);
}

ExitCode extend_comparison(const ExtendOptions& options, const Arguments& arguments) {
  const fs::path folder = options.folder;
  const auto finished = report::read_comparison_manifest(folder);
  if (!finished.has_runs) {
    throw UsageError(printable(options.folder, 400) +
                     " compares results that stand elsewhere: extend these, and compare again");
  }
  std::vector<fs::path> folders;
  std::vector<std::string> names;
  for (const auto& one : finished.contenders) {
    folders.push_back(folder / one.name);
    names.push_back(one.name);
  }
  const Shelf shelf(folders);
  const auto entries = shelf.entries(names);
  const auto contenders = contenders_of(entries);
  auto with_requirements = options;
  if (options.requirements.empty()) with_requirements.requirements = finished.requirements;
  const auto asked = read_asked_between(with_requirements, contenders);
  std::vector<experiment::Arm> arms;
  std::deque<experiment::Restorer> restorers;
  experiment::Stopping stopping;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& before = shelf.stored()[i].finished();
    scenario::Recipe recipe;
    recipe.file = folders[i].string();
    experiment::Arm arm{plan_of(options, recipe, entries[i].loaded.scenario, entries[i].player),
                        play_of(entries[i].player)};
    arm.plan.seed = before.seed;
    arm.plan.first = before.first;
    if (!options.replications) arm.plan.replications = experiment::most_for_precision;
    check_longer(arm.plan.replications, finished.replications, options.folder);
    stopping = stopping_of(options, asked, arm.plan);
    restorers.emplace_back(arm.plan.columns, arm.plan.series, shelf.stored()[i].remains());
    arms.push_back(std::move(arm));
  }
  report::ComparisonFiles files(folder, report::Existing::replace);
  report::ComparisonRecord record;
  record.outcomes = finished.outcomes;
  record.requirements = with_requirements.requirements;
  record.run.scenario_file = shelf.stored().front().finished().record.scenario_file;
  record.run.command = command_of("extend", arguments);
  record.run.threads = options.threads;
  const Interrupt interrupt;
  const Stopwatch watch;
  std::vector<report::RunFiles*> runs;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    runs.push_back(&files.begin(names[i], contenders[i].columns, arms[i].plan.seed));
  }
  experiment::Comparison comparison(contenders, finished.outcomes);
  const auto take = taker(comparison, runs);
  shelf.read(contenders, restorers.front().replications(),
             [&](std::uint64_t replication, std::span<const std::span<const double>> rows) {
               take(replication, rows);
               for (std::size_t i = 0; i < rows.size(); ++i) restorers[i].add(rows[i]);
             });
  for (std::size_t i = 0; i < arms.size(); ++i) {
    arms[i].so_far = restorers[i].results();
    arms[i].so_far.room = experiment::values_kept_of_each(entries.size());
  }
  const auto results = play_together(std::move(arms), stopping, comparison, options.loudness,
                                     interrupt, take);
  watch.stop(record.run);
  tell_failures(results);
  if (results.front().replications <= finished.replications) {
    complain("No block of replications was finished; " + printable(options.folder, 400) +
             " stays as it is.\n");
    return ExitCode::interrupted;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto own = shelf.stored()[i].finished().record;
    own.goes_on_from = folders[i];
    own.command = record.run.command;
    own.threads = record.run.threads;
    own.started = record.run.started;
    own.finished = record.run.finished;
    files.add(names[i], runs[i]->finish(results[i], entries[i].loaded, own));
  }
  record.precision = precision_reached(stopping, estimates_between(results, comparison));
  const auto findings = findings_of(comparison, results);
  const auto code = verdict_between(results, comparison, asked, record);
  files.finish(findings, finished.contenders, results.front(),
               entries.front().loaded.scenario.start, record);
  tell_comparison(findings, finished.contenders, results.front(), record, files.target(),
                  options.loudness);
  return code;
}

}  // namespace truce::cli
