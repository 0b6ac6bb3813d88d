// SPDX-License-Identifier: Apache-2.0
// truce compare: a base scenario and what-ifs on the same luck, and what changes.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/model/player.hpp"

#include "sim/report/stored.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/companions.hpp"
#include "sim/cli/compared.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/contest.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

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

/// The exit code, and what to say once all is written.
struct Told {
  ExitCode code = ExitCode::done;
  std::string text;
  std::uint64_t replications = 0;
};

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
    experiment::Arm arm{
        plan_of(options, recipe, entries.front().loaded.scenario, entries[i].player),
        play_of(entries[i].player)};
    stopping = stopping_of(options, asked, arm.plan);
    arm.plan.scenario =
        printable(entries[i].loaded.scenario.name) + " (" + printable(recipe.file, 400) + ")";
    arm.so_far.room = experiment::values_kept_of_each(entries.size());
    arms.push_back(std::move(arm));
  }
  const auto target =
      target_of(options.out, stem_of(options.base.recipe.file) + ".compare", options.existing);
  auto whole = arms.front().plan;
  whole.replications *= arms.size();
  judge(whole, entries.front().player, target, "--replications", options.loudness);

  report::ComparisonFiles files(target, options.existing, companions_of(options.workbook),
                                companions_of(Workbook::no));
  report::ComparisonRecord record;
  record.outcomes = headlines;
  record.requirements = options.requirements;
  record.run.scenario_file = options.base.recipe.file;
  record.run.command = command_of("compare", arguments);
  record.run.threads = options.threads;
  const auto told = guarded(files, [&]() -> Told {
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
      return {exit_code_of(results.front().ending), "", 0};
    }
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto& scenario = i == 0 ? options.base : what_ifs[i - 1].scenario;
      files.add(entries[i].name,
                runs[i]->finish(results[i], entries[i].loaded, record_of(scenario, record.run)));
    }
    const auto findings = findings_of(comparison, results);
    record.precision = precision_reached(stopping, estimates_between(results, comparison));
    const auto notes = notes_of(entries);
    const auto code = verdict_between(results, comparison, asked, record);
    files.finish(findings, notes, results.front(), entries.front().loaded.scenario.start, record);
    return {code, comparison_text(findings, notes, results.front(), record, files.target()),
            results.front().replications};
  });
  if (options.loudness == Loudness::normal) say(told.text);
  tell_size(told.replications, options.loudness);
  return told.code;
}

ExitCode compare_folders(const CompareOptions& options, const Arguments& arguments) {
  std::vector<fs::path> folders{options.base.recipe.file};
  std::vector<std::string> names{"base"};
  for (const auto& one : options.what_ifs) {
    folders.emplace_back(one.scenario.recipe.file);
    names.push_back(one.name);
  }
  const auto& recipe = options.base.recipe;
  if (!recipe.changes.empty() || !recipe.overlays.empty() || options.replications || options.seed ||
      options.first > 0 || !options.precision.empty()) {
    throw UsageError(
        "results are compared as they are: no --set, --with, --replications, --seed, --first or "
        "--precision");
  }
  for (const auto& one : options.what_ifs) {
    if (one.scenario.recipe.changes.empty() && one.scenario.recipe.variations.empty()) continue;
    throw UsageError("results are compared as they are: no --what-if and no --variation");
  }
  if (folders.size() < 2) throw UsageError("two result folders at least are compared");
  const Shelf shelf(folders);
  const auto entries = shelf.entries(names);
  const auto contenders = contenders_of(entries);
  const auto headlines = headlines_of(options.outcomes, contenders);
  const auto asked = read_asked_between(options, contenders);
  const auto target = target_of(
      options.out, stem_of(folders.front().filename().string()) + ".compare", options.existing);
  check_not_among(target, folders);
  report::ComparisonFiles files(target, options.existing, companions_of(options.workbook),
                                companions_of(Workbook::no));
  report::ComparisonRecord record;
  record.outcomes = headlines;
  record.requirements = options.requirements;
  record.run.scenario_file = options.base.recipe.file;
  record.run.command = command_of("compare", arguments);
  const auto told = guarded(files, [&]() -> Told {
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
    return {code, comparison_text(findings, notes, results.front(), record, files.target()),
            results.front().replications};
  });
  if (options.loudness == Loudness::normal) say(told.text);
  return told.code;
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

}  // namespace truce::cli
