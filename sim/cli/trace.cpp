// SPDX-License-Identifier: Apache-2.0
// truce trace: the story of one replication, event by event, for a reader who checks it.
#include "sim/report/trace.hpp"

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/model/player.hpp"

#include "sim/report/stored.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {

ExitCode trace(const Arguments& arguments) {
  const auto options = read_trace_options(arguments);
  if (!options) {
    say(trace_help());
    return ExitCode::done;
  }
  std::uint64_t seed = options->seed.value_or(0);
  scenario::Loaded loaded;
  if (options->from) {
    if (report::kind_of(*options->from) == "sweep") {
      throw UsageError(printable(*options->from, 400) +
                       " is the result of truce sweep, with a scenario for each point: trace the "
                       "scenario with the values of a point, each by --set");
    }
    const auto replay = report::replay_of(*options->from);
    loaded = scenario::read(scenario::parse(replay.scenario, *options->from + "/manifest.json"));
    seed = replay.seed;
    if (options->replication < replay.first ||
        options->replication - replay.first >= replay.replications) {
      throw UsageError("the result in " + printable(*options->from) + " has no replication " +
                       std::to_string(options->replication) + ": it has " +
                       std::to_string(replay.replications) + " from number " +
                       std::to_string(replay.first));
    }
  } else {
    loaded = read_scenario(options->scenario, Loudness::normal);
    seed = options->seed.value_or(static_cast<std::uint64_t>(loaded.scenario.experiment.seed));
  }
  const auto& scenario = loaded.scenario;
  const model::Player player(loaded);
  const random::ReplicationKey key{seed, options->replication};
  if (options->days) {
    say(report::day_table(player.play(key).replication.timeline, scenario.start));
    return ExitCode::done;
  }
  say(report::trace_header(options->format));
  std::string lines;
  constexpr std::size_t enough = 1U << 16U;
  player.tell(key, [&](const model::Telling& telling) {
    if (!report::passes(options->filter, telling)) return;
    lines += report::trace_line(telling, scenario.start, options->format);
    if (lines.size() < enough) return;
    say(lines);
    lines.clear();
  });
  say(lines);
  return ExitCode::done;
}

}  // namespace truce::cli
