// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/estimate.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>
#include <thread>

#include <sys/resource.h>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/engine/run_away.hpp"

#include "sim/experiment/effort.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/narrative.hpp"
#include "sim/report/tables.hpp"

#include "sim/cli/console.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

struct Unit {
  double size;
  std::string_view name;
};

/// "4.4 TB", "46 days": two digits at least, in the largest unit of which there is one.
std::string in_units(double value, std::span<const Unit> units) {
  const Unit* unit = &units.front();
  for (const auto& one : units) {
    if (value >= one.size) unit = &one;
  }
  const double many = value / unit->size;
  return report::grouped(many, many < 9.95 ? 1 : 0) + " " + std::string(unit->name);
}

/// The disk that takes `target`: of the nearest folder above it that exists. Not finite if nobody
/// can tell.
double free_bytes(const fs::path& target) {
  std::error_code error;
  auto folder = fs::absolute(target, error);
  while (!error && !fs::exists(folder, error) && folder.has_relative_path()) {
    folder = folder.parent_path();
    error.clear();
  }
  const auto space = fs::space(folder, error);
  return error ? std::numeric_limits<double>::infinity() : static_cast<double>(space.available);
}

/// Nothing if a replication fails: the run itself will tell.
std::optional<experiment::Pilot> play_on_trial(const experiment::Plan& plan,
                                               const model::Player& player) {
  using Clock = std::chrono::steady_clock;
  engine::Limits limits;
  limits.in_total = most_events;
  experiment::Pilot pilot;
  const auto start = Clock::now();
  const auto wanted = experiment::pilot_size(plan.replications);
  std::uint64_t begun = 0;
  while (begun < wanted && Clock::now() - start < longest_trial) {
    const auto replication = plan.first + begun++;
    try {
      const auto played = player.play({plan.seed, replication}, limits);
      pilot.row_bytes += bytes_of(report::replication_row(replication, plan.seed, played.row));
      pilot.days = played.replication.timeline.days;
      ++pilot.replications;
    } catch (const engine::RunAway&) {
      pilot.cut = true;
      break;
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }
  if (begun == 0) return std::nullopt;
  const std::chrono::duration<double> took = Clock::now() - start;
  pilot.seconds = std::max(took.count(), 1e-9) / static_cast<double>(begun);
  if (pilot.replications > 0) pilot.row_bytes /= static_cast<double>(pilot.replications);
  pilot.resident_bytes = resident_bytes();
  return pilot;
}

}  // namespace

std::string size_text(double bytes) {
  constexpr std::array units{Unit{1e3, "kB"}, Unit{1e6, "MB"}, Unit{1e9, "GB"}, Unit{1e12, "TB"},
                             Unit{1e15, "PB"}};
  return in_units(bytes, units);
}

std::string span_text(double seconds) {
  constexpr std::array units{Unit{1, "seconds"}, Unit{60, "minutes"}, Unit{3600, "hours"},
                             Unit{86400, "days"}, Unit{365.25 * 86400, "years"}};
  return in_units(seconds, units);
}

std::string count_text(std::uint64_t count) {
  return report::grouped(static_cast<double>(count), 0);
}

double bytes_of(std::span<const report::Cell> row) {
  double bytes = 1;  // a comma after each cell but the last, and CR LF
  for (const auto& cell : row) bytes += static_cast<double>(report::csv_text(cell).size()) + 1;
  return bytes;
}

double resident_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

experiment::Machine machine_for(const fs::path& target) {
  return {std::max(1u, std::thread::hardware_concurrency()), free_bytes(target)};
}

std::string threads_text(unsigned threads, const experiment::Machine& machine) {
  std::string text = std::to_string(threads) + (threads == 1 ? " thread" : " threads");
  if (threads > machine.cores) text += " of " + std::to_string(machine.cores) + " cores";
  return text;
}

void judge(const experiment::Plan& plan, const model::Player& player, const fs::path& target,
           const std::string& where, Loudness loudness) {
  const auto pilot = play_on_trial(plan, player);
  if (!pilot) return;
  const auto machine = machine_for(target);
  const auto effort = experiment::effort_of(plan, *pilot, machine);
  const auto time = (pilot->cut ? "at least " : "about ") + span_text(effort.seconds) + " on " +
                    threads_text(plan.threads, machine);
  const auto disk = pilot->row_bytes > 0 ? size_text(effort.disk_bytes) : "an unknown size";
  const auto memory = size_text(effort.memory_bytes);
  const bool too_long = effort.seconds > experiment::longest_run;
  const bool too_big = effort.disk_bytes > machine.free_bytes;
  if (too_long || too_big) {
    const auto most = experiment::most_that_fit(plan, *pilot, machine);
    Problems problems;
    problems.add(
        {Code::run_too_large,
         {},
         where,
         count_text(plan.replications) + " replications would take " + time +
             (too_long ? " (30 days are the most)" : "") + ", " + disk +
             " of disk for replications.csv" +
             (too_big ? " (" + size_text(machine.free_bytes) + " are free)" : "") + " and up to " +
             memory + " of memory, judged by " +
             (pilot->cut ? "one that was cut" : count_text(pilot->replications) + " played") +
             " on trial",
         most > 0 ? "At most about " + count_text(most) + " would fit" : "Not even one would fit"});
    problems.raise();
  }
  if (loudness == Loudness::normal && effort.seconds > worth_telling) {
    complain("This will take " + time + ", " + disk + " of disk for replications.csv and up to " +
             memory + " of memory.\n");
  }
}

}  // namespace truce::cli
