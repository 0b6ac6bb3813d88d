// SPDX-License-Identifier: Apache-2.0
// truce extend on the result of truce compare: more replications of all scenarios.
#include <deque>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/experiment/remains.hpp"

#include "sim/cli/companions.hpp"
#include "sim/cli/compared.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/contest.hpp"

namespace truce::cli {
namespace fs = std::filesystem;

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
    const auto recipe = recipe_of(before.record);
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
  report::ComparisonFiles files(folder, report::Existing::replace, companions_of(options.workbook),
                                companions_of(Workbook::no));
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
  const auto results =
      play_together(std::move(arms), stopping, comparison, options.loudness, interrupt, take);
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
  const auto findings = findings_of(comparison, results);
  record.precision = precision_reached(stopping, estimates_between(results, comparison));
  const auto code = verdict_between(results, comparison, asked, record);
  files.finish(findings, finished.contenders, results.front(),
               entries.front().loaded.scenario.start, record);
  if (options.loudness == Loudness::normal) {
    say(comparison_text(findings, finished.contenders, results.front(), record, files.target()));
  }
  return code;
}

}  // namespace truce::cli
