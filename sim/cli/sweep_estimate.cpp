// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/sweep_estimate.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>

#include "sim/core/problem.hpp"

#include "sim/engine/run_away.hpp"

#include "sim/model/player.hpp"

#include "sim/experiment/effort.hpp"

#include "sim/report/sweep_tables.hpp"

#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"

namespace truce::cli {
namespace {

/// Points that are played on trial to tell how long all will take.
constexpr std::uint64_t told_from = 4;

using SweepClock = std::chrono::steady_clock;

double seconds_since(SweepClock::time_point start) {
  return std::chrono::duration<double>(SweepClock::now() - start).count();
}

/// Nothing if a replication fails: the sweep itself will tell.
std::optional<experiment::Pilot> play_points_on_trial(const experiment::SweepPlan& plan,
                                                      const experiment::Design& design,
                                                      const scenario::StudyScenario& scenario,
                                                      std::uint64_t wanted) {
  const auto points = design.points.size();
  wanted = std::min<std::uint64_t>(wanted, points);
  engine::Limits limits;
  limits.in_total = most_events;
  experiment::Pilot pilot;
  const auto start = SweepClock::now();
  double making = 0.0;
  double playing = 0.0;
  std::uint64_t begun = 0;
  while (begun < wanted && SweepClock::now() - start < longest_trial) {
    // Spread over the design: points may differ in how long they take.
    const auto& point = design.points[begun * points / wanted];
    const auto replication = first_of(plan, point);
    ++begun;
    try {
      const auto before = SweepClock::now();
      const auto loaded = scenario.at(point.values);
      const model::Player player(loaded);
      making += seconds_since(before);
      const auto made = SweepClock::now();
      const auto played = player.play({plan.seed, replication}, limits);
      playing += seconds_since(made);
      pilot.row_bytes +=
          bytes_of(report::sweep_replication_row(point, replication, plan.seed, played.row));
      ++pilot.replications;
    } catch (const engine::RunAway&) {
      pilot.cut = true;
      playing += seconds_since(start) - making - playing;
      break;
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }
  if (begun == 0) return std::nullopt;
  // Each scenario is made to be looked at, and once for each piece.
  const auto each = static_cast<double>(plan.replications);
  const double in_a_piece = std::min(each, static_cast<double>(experiment::piece_size));
  pilot.seconds = (playing + making * (1 / in_a_piece + 1 / each)) / static_cast<double>(begun);
  pilot.seconds = std::max(pilot.seconds, 1e-9);
  if (pilot.replications > 0) pilot.row_bytes /= static_cast<double>(pilot.replications);
  pilot.resident_bytes = resident_bytes();
  return pilot;
}

}  // namespace

std::string judge_sweep(const experiment::SweepPlan& plan, const experiment::Design& design,
                        const scenario::StudyScenario& scenario,
                        const std::filesystem::path& target, const SweepOptions& options) {
  const auto all = design.points.size() * plan.replications;
  auto wanted = experiment::pilot_size(all);
  if (options.plan) wanted = std::max(wanted, told_from);
  const auto pilot = play_points_on_trial(plan, design, scenario, wanted);
  if (!pilot) return "";
  const auto machine = machine_for(target);
  // A row of points.csv has about as many numbers as a replication.
  const auto effort = effort_of(plan, design, *pilot, pilot->row_bytes, machine);
  const std::string takes =
      (pilot->cut ? "at least " : "about ") + span_text(effort.seconds) + " on " +
      threads_text(plan.threads, machine) + ", " +
      (pilot->row_bytes > 0 ? size_text(effort.disk_bytes) : std::string("an unknown size")) +
      " of disk and up to " + size_text(effort.memory_bytes) + " of memory";
  const bool too_long = effort.seconds > experiment::longest_run;
  const bool too_big = effort.disk_bytes > machine.free_bytes;
  if (too_long || too_big) {
    Problems problems;
    problems.add({Code::run_too_large,
                  {},
                  "sweep",
                  count_text(design.points.size()) + " points with " +
                      count_text(plan.replications) + " replications each would take " + takes +
                      (too_long ? " (30 days are the most)" : "") +
                      (too_big ? " (" + size_text(machine.free_bytes) + " of disk are free)" : "") +
                      ", judged by " + count_text(pilot->replications) + " played on trial",
                  "Ask for fewer points, or fewer replications of each."});
    problems.raise();
  }
  if (!options.plan && options.loudness == Loudness::normal && effort.seconds > worth_telling) {
    complain("This will take " + takes + ".\n");
  }
  return takes;
}

}  // namespace truce::cli
