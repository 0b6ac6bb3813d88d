// SPDX-License-Identifier: Apache-2.0
// truce run: from a scenario file to a folder of results.
#include "sim/experiment/run.hpp"

#include <chrono>
#include <filesystem>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/model/player.hpp"

#include "sim/report/dossier.hpp"
#include "sim/report/narrative.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/interrupt.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

/// A file's name without its extension, of letters that any file system takes.
std::string stem_of(const std::string& file) {
  auto stem = fs::path(file).stem().string();
  for (char& c : stem) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    if (!plain) c = '_';
  }
  return stem.empty() || stem.front() == '.' || stem.front() == '-' ? "scenario" + stem : stem;
}

/// Where the results go: where the user says, or the first of results/x, results/x-2 ... that is
/// free.
fs::path target_of(const RunOptions& options) {
  if (options.out) return *options.out;
  auto stem = fs::path("results") / stem_of(options.scenario.recipe.file);
  for (const auto& variation : options.scenario.recipe.variations) stem += "." + variation;
  auto target = stem;
  std::error_code ignored;
  const bool free = options.existing == report::Existing::replace;
  for (int i = 2;
       !free && fs::symlink_status(target, ignored).type() != fs::file_type::not_found && !ignored;
       ++i) {
    target = stem.string() + "-" + std::to_string(i);
  }
  return target;
}

/// What makes the same scenario again on the command line.
Arguments words_of(const scenario::Recipe& recipe) {
  Arguments words{recipe.file};
  const auto add = [&](const char* option, const std::vector<std::string>& values) {
    for (const auto& value : values) words.insert(words.end(), {option, value});
  };
  add("--variation", recipe.variations);
  add("--with", recipe.overlays);
  add("--set", recipe.changes);
  if (recipe.reach == scenario::Reach::anywhere) words.emplace_back("--allow-outside");
  return words;
}

experiment::Plan plan_of(const RunOptions& options, const scenario::Scenario& scenario,
                         const model::Player& player) {
  experiment::Plan plan;
  plan.seed = options.seed.value_or(static_cast<std::uint64_t>(scenario.experiment.seed));
  plan.first = options.first;
  plan.replications =
      options.replications.value_or(static_cast<std::uint64_t>(scenario.experiment.replications));
  plan.threads = options.threads;
  plan.columns = player.columns();
  const auto& series = model::timeline_series();
  plan.series.assign(series.begin(), series.end());
  plan.scenario =
      printable(scenario.name) + " (" + printable(options.scenario.recipe.file, 400) + ")";
  Arguments words{"truce", "run"};
  const auto recipe = words_of(options.scenario.recipe);
  words.insert(words.end(), recipe.begin(), recipe.end());
  plan.command = shell_text(words);
  return plan;
}

experiment::Results play(const experiment::Plan& plan, const model::Player& player,
                         report::Dossier& dossier, const RunOptions& options,
                         const Interrupt& interrupt) {
  Progress progress(options.loudness == Loudness::quiet ? ProgressStyle::none
                    : error_is_terminal()               ? ProgressStyle::terminal
                                                        : ProgressStyle::log);
  experiment::Audience audience;
  audience.row = [&](std::uint64_t replication, std::span<const double> row) {
    dossier.row(replication, row);
  };
  audience.progress = [&](std::uint64_t done, std::uint64_t planned) {
    progress.update(done, planned);
  };
  audience.stop = &interrupt.requested();
  auto results = experiment::run(
      plan,
      [&](random::ReplicationKey key) {
        auto played = player.play(key);
        return experiment::Played{std::move(played.row), std::move(played.replication.timeline),
                                  played.replication.ceasefire};
      },
      audience);
  progress.finish();
  return results;
}

ExitCode exit_code_of(experiment::Ending ending) {
  switch (ending) {
    case experiment::Ending::complete:
      return ExitCode::done;
    case experiment::Ending::interrupted:
      return ExitCode::interrupted;
    case experiment::Ending::failed:
      break;
  }
  return ExitCode::defect;
}

std::string left_in(report::Dossier& dossier) {
  return "what was written until then is in " + printable(dossier.leave().string(), 400);
}

}  // namespace

ExitCode run(const Arguments& arguments) {
  const auto options = read_run_options(arguments);
  if (!options) {
    say(run_help());
    return ExitCode::done;
  }
  const auto loaded = read_scenario(options->scenario, options->loudness);
  const model::Player player(loaded);
  const auto plan = plan_of(*options, loaded.scenario, player);
  const auto target = target_of(*options);
  judge(plan, player, target, options->replications ? "--replications" : "experiment.replications",
        options->loudness);
  report::Dossier dossier(target, options->existing, plan.columns, plan.seed);
  report::RunRecord record;
  record.scenario_file = options->scenario.recipe.file;
  record.variations = options->scenario.recipe.variations;
  record.overlays = options->scenario.recipe.overlays;
  record.overrides = options->scenario.recipe.changes;
  Arguments words{"truce", "run"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  record.command = shell_text(words);
  record.threads = plan.threads;

  experiment::Results results;
  try {
    const Interrupt interrupt;  // until all is written
    record.started = std::chrono::system_clock::now();
    const auto start = std::chrono::steady_clock::now();  // the other may be set meanwhile
    results = play(plan, player, dossier, *options, interrupt);
    record.finished = record.started + std::chrono::round<std::chrono::system_clock::duration>(
                                           std::chrono::steady_clock::now() - start);
    if (results.failure) complain("error: a replication failed: " + results.failure->what + "\n");
    if (results.replications == 0) {
      complain("No block of replications was finished; nothing is written.\n");
      return exit_code_of(results.ending);
    }
    dossier.finish(results, loaded, record);
  } catch (const WorldError& error) {
    throw WorldError(error.what(), left_in(dossier));
  } catch (const UsageError& error) {
    throw UsageError(std::string(error.what()) + ": " + left_in(dossier));
  } catch (...) {
    dossier.leave();
    throw;
  }
  if (options->loudness == Loudness::normal) {
    const std::chrono::duration<double> took = record.finished - record.started;
    say(report::narrative(results, loaded.scenario,
                          {dossier.target().string(), took.count(), plan.threads}));
  }
  return exit_code_of(results.ending);
}

}  // namespace truce::cli
