// SPDX-License-Identifier: Apache-2.0
// truce run: from a scenario file to a folder of results.
#include "sim/experiment/run.hpp"

#include <cstdint>
#include <span>

#include "sim/model/player.hpp"

#include "sim/report/dossier.hpp"

#include "sim/cli/campaign.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/companions.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/interrupt.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
ExitCode run(const Arguments& arguments) {
  const auto options = read_run_options(arguments);
  if (!options) {
    say(run_help());
    return ExitCode::done;
  }
  const auto loaded = read_scenario(options->scenario, options->loudness);
  const model::Player player(loaded);
  auto plan = plan_of(*options, options->scenario.recipe, loaded.scenario, player);
  const auto asked = read_asked(*options, plan.columns);
  const auto stopping = stopping_of(*options, asked, plan);
  auto stem = stem_of(options->scenario.recipe.file);
  for (const auto& variation : options->scenario.recipe.variations) stem += "." + variation;
  const auto target = target_of(options->out, stem, options->existing);
  judge(plan, player, target, options->replications ? "--replications" : "experiment.replications",
        options->loudness);
  report::Dossier dossier(target, options->existing, plan.columns, plan.seed,
                          companions_of(options->workbook));
  report::RunRecord record;
  record.scenario_file = options->scenario.recipe.file;
  record.variations = options->scenario.recipe.variations;
  record.overlays = options->scenario.recipe.overlays;
  record.overrides = options->scenario.recipe.changes;
  record.command = command_of("run", arguments);
  record.threads = plan.threads;

  const Interrupt interrupt;  // until all is written
  const auto results = guarded(dossier, [&] {
    const Stopwatch watch;
    auto played = play_alone({plan, play_of(player)}, stopping, options->loudness, interrupt,
                             [&](std::uint64_t replication, std::span<const double> row) {
                               dossier.row(replication, row);
                             });
    watch.stop(record);
    if (played.failure) complain("error: a replication failed: " + played.failure->what + "\n");
    record.precision = precision_reached(stopping, experiment::estimates_of(played));
    if (played.replications > 0) dossier.finish(played, loaded, record);
    return played;
  });
  if (results.replications == 0) {
    complain("No block of replications was finished; nothing is written.\n");
    return exit_code_of(results.ending);
  }
  tell_run(results, loaded.scenario, record, dossier.target().string(), options->loudness);
  return verdict_on(results, asked, record);
}

}  // namespace truce::cli
