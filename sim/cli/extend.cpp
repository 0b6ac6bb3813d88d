// SPDX-License-Identifier: Apache-2.0
// truce extend: adds replications to a finished result, as if it had been one longer run.
#include <filesystem>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/remains.hpp"
#include "sim/experiment/run.hpp"

#include "sim/report/dossier.hpp"
#include "sim/report/stored.hpp"

#include "sim/cli/campaign.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/companions.hpp"
#include "sim/cli/compared.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/interrupt.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

ExitCode extend_run(const ExtendOptions& options, const Arguments& arguments) {
  report::Stored stored(options.folder);
  const auto& finished = stored.finished();
  std::error_code ignored;
  const auto above = fs::absolute(options.folder, ignored).lexically_normal();
  const auto parent =
      above.has_filename() ? above.parent_path() : above.parent_path().parent_path();
  if (fs::exists(parent / report::manifest_name, ignored) && report::kind_of(parent) == "compare") {
    throw UsageError(printable(options.folder, 400) + " is part of the comparison " +
                     printable(parent.string(), 400) + ": extend that");
  }
  const model::Player player(stored.loaded());
  auto plan = plan_of(options, recipe_of(finished.record), stored.loaded().scenario, player);
  plan.seed = finished.seed;
  plan.first = finished.first;
  if (!options.replications) plan.replications = experiment::most_for_precision;
  check_longer(plan.replications, finished.replications, options.folder);
  const auto asked = read_asked(options, plan.columns);
  const auto stopping = stopping_of(options, asked, plan);
  auto missing = plan;  // what there is already takes no time
  missing.replications -= finished.replications;
  judge(missing, player, options.folder, "--replications", options.loudness);
  report::Dossier dossier(options.folder, report::Existing::replace, plan.columns, plan.seed,
                          companions_of(options.workbook));
  auto record = finished.record;
  record.goes_on_from = options.folder;
  record.command = command_of("extend", arguments);
  record.threads = plan.threads;
  const Interrupt interrupt;
  const Stopwatch watch;
  const auto row = [&](std::uint64_t replication, std::span<const double> values) {
    dossier.row(replication, values);
  };
  experiment::Restorer restorer(plan.columns, plan.series, stored.remains());
  report::StoredRows rows(stored, plan.columns);
  for (std::uint64_t i = 0; i < restorer.replications() && rows.next(); ++i) {
    row(rows.replication(), rows.values());
    restorer.add(rows.values());
  }
  const auto results = play_alone({plan, play_of(player), restorer.results()}, stopping,
                                  options.loudness, interrupt, row);
  watch.stop(record);
  if (results.failure) complain("error: a replication failed: " + results.failure->what + "\n");
  if (results.replications <= finished.replications) {
    complain("No block of replications was finished; " + printable(options.folder, 400) +
             " stays as it is.\n");
    return exit_code_of(results.ending);
  }
  record.precision = precision_reached(stopping, experiment::estimates_of(results));
  dossier.finish(results, stored.loaded(), record);
  tell_run(results, stored.loaded().scenario, record, options.folder, options.loudness);
  return verdict_on(results, asked, record);
}

}  // namespace

ExitCode extend(const Arguments& arguments) {
  const auto options = read_extend_options(arguments);
  if (!options) {
    say(extend_help());
    return ExitCode::done;
  }
  if (report::kind_of(options->folder) == "compare") return extend_comparison(*options, arguments);
  return extend_run(*options, arguments);
}

}  // namespace truce::cli
