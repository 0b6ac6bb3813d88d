// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/campaign.hpp"

#include <stdexcept>
#include <system_error>
#include <utility>

#include "sim/core/text.hpp"

#include "sim/report/narrative.hpp"

#include "sim/cli/console.hpp"

#include "sim/exchange/book.hpp"
#include "sim/exchange/workbook.hpp"

namespace truce::cli {
namespace fs = std::filesystem;

std::string stem_of(const std::string& file) {
  auto stem = fs::path(file).stem().string();
  for (char& c : stem) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.';
    if (!plain) c = '_';
  }
  return stem.empty() || stem.front() == '.' || stem.front() == '-' ? "scenario" + stem : stem;
}

fs::path target_of(const std::optional<std::string>& out, const std::string& stem,
                   report::Existing existing) {
  if (out) return *out;
  const auto first = fs::path("results") / stem;
  auto target = first;
  std::error_code ignored;
  const bool free = existing == report::Existing::replace;
  for (int i = 2;
       !free && fs::symlink_status(target, ignored).type() != fs::file_type::not_found && !ignored;
       ++i) {
    target = first.string() + "-" + std::to_string(i);
  }
  return target;
}

void check_not_among(const fs::path& target, std::span<const fs::path> inputs) {
  std::error_code ignored;
  for (const auto& input : inputs) {
    if (!fs::equivalent(target, input, ignored)) continue;
    throw UsageError(printable(target.string(), 400) +
                     " is what is analysed, and is not replaced. Choose another --out");
  }
}

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

scenario::Recipe recipe_of(const report::RunRecord& record) {
  scenario::Recipe recipe;
  recipe.file = record.scenario_file;
  recipe.variations = record.variations;
  recipe.overlays = record.overlays;
  recipe.changes = record.overrides;
  return recipe;
}

experiment::Plan plan_of(const CampaignOptions& options, const scenario::Recipe& recipe,
                         const scenario::Scenario& scenario, const model::Player& player) {
  experiment::Plan plan;
  plan.seed = options.seed.value_or(static_cast<std::uint64_t>(scenario.experiment.seed));
  plan.first = options.first;
  plan.replications =
      options.replications.value_or(static_cast<std::uint64_t>(scenario.experiment.replications));
  plan.threads = options.threads;
  plan.columns = player.columns();
  const auto& series = model::timeline_series();
  plan.series.assign(series.begin(), series.end());
  plan.scenario = printable(scenario.name) + " (" + printable(recipe.file, 400) + ")";
  Arguments words{"truce", "run"};
  const auto words_again = words_of(recipe);
  words.insert(words.end(), words_again.begin(), words_again.end());
  plan.command = shell_text(words);
  return plan;
}

experiment::Play play_of(const model::Player& player) {
  return [&player](random::ReplicationKey key) {
    auto played = player.play(key);
    return experiment::Played{std::move(played.row), std::move(played.replication.timeline),
                              played.replication.ceasefire};
  };
}

ProgressStyle progress_style(Loudness loudness) {
  if (loudness == Loudness::quiet) return ProgressStyle::none;
  return error_is_terminal() ? ProgressStyle::terminal : ProgressStyle::log;
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

Asked read_asked(const CampaignOptions& options, std::span<const model::Column> columns,
                 Sides sides) {
  Asked asked;
  Problems problems;
  const auto read = [&](const std::string& option, const Arguments& texts, auto take) {
    for (const auto& text : texts) {
      try {
        take(text);
      } catch (const std::invalid_argument& error) {
        problems.add(
            {Code::bad_option, {}, option + " '" + printable(text) + "'", error.what(), ""});
      }
    }
  };
  const auto check = [&](const experiment::Statistic& statistic) {
    if (sides == Sides::several || statistic.kind != experiment::Statistic::Kind::difference) {
      return;
    }
    throw std::invalid_argument("a difference is between scenarios: truce compare has some");
  };
  read("--precision", options.precision, [&](const std::string& text) {
    asked.precision.push_back(experiment::read_precision(text, columns));
    check(asked.precision.back().of);
  });
  read("--require", options.requirements, [&](const std::string& text) {
    asked.requirements.push_back(experiment::read_requirement(text, columns));
    check(asked.requirements.back().of);
  });
  problems.raise();
  return asked;
}

bool tell_requirements(
    std::span<const experiment::Requirement> requirements,
    const std::function<experiment::Estimate(const experiment::Requirement&)>& estimate,
    const std::string& of) {
  bool all = true;
  for (const auto& requirement : requirements) {
    const auto found = estimate(requirement);
    const auto verdict = experiment::verdict(requirement, found);
    std::string text = of + printable(requirement.text) + ": ";
    if (!verdict) {
      text += "missed, since no replication has it";
    } else {
      text += std::string(experiment::name_of(*verdict)) + ", it is " +
              report::significant(*found.value);
      if (found.interval) {
        text += " (" + report::significant(found.interval->low) + " to " +
                report::significant(found.interval->high) + ")";
      }
    }
    const bool met = verdict && *verdict <= experiment::Verdict::barely_met;
    complain((met ? "required: " : "required, but missed: ") + text + "\n");
    all = all && met;
  }
  return all;
}

experiment::Stopping stopping_of(const CampaignOptions& options, const Asked& asked,
                                 experiment::Plan& plan) {
  experiment::Stopping stopping;
  stopping.targets = asked.precision;
  if (!asked.precision.empty() && !options.replications) {
    plan.replications = experiment::most_for_precision;
  }
  stopping.maximum = plan.replications;
  if (options.at_least) stopping.minimum = *options.at_least;
  return stopping;
}

void check_longer(std::uint64_t wanted, std::uint64_t there, const std::string& folder) {
  if (wanted > there) return;
  throw UsageError(printable(folder, 400) + " has " + std::to_string(there) +
                   " replications already: --replications is how many there shall be in all");
}

std::string command_of(const std::string& command, const Arguments& arguments) {
  Arguments words{"truce", command};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return shell_text(words);
}

void Stopwatch::stop(report::RunRecord& record) const {
  using std::chrono::system_clock;
  record.started = started_;
  record.finished = started_ + std::chrono::round<system_clock::duration>(
                                   std::chrono::steady_clock::now() - start_);
}

experiment::Results play_alone(
    experiment::Arm arm, const experiment::Stopping& stopping, Loudness loudness,
    const Interrupt& interrupt,
    const std::function<void(std::uint64_t, std::span<const double>)>& row) {
  const auto done = arm.so_far.replications;
  Progress progress(progress_style(loudness));
  experiment::JointAudience audience;
  audience.played = [&](std::uint64_t replication,
                        std::span<const experiment::Played* const> arms) {
    row(replication, arms.front()->row);
  };
  audience.progress = [&](std::uint64_t played, std::uint64_t planned) {
    progress.update(played, planned);
  };
  audience.stop = &interrupt.requested();
  experiment::Looks looks(stopping, done);
  audience.enough = [&](std::span<const experiment::Results> all) {
    return looks.enough(all.front().replications, experiment::estimates_of(all.front()));
  };
  std::vector<experiment::Arm> arms;
  arms.push_back(std::move(arm));
  auto results = experiment::run_together(std::move(arms), audience);
  progress.finish();
  return std::move(results.front());
}

std::vector<report::Reached> precision_reached(const experiment::Stopping& stopping,
                                               const experiment::Estimates& estimates) {
  std::vector<report::Reached> all;
  for (const auto& target : stopping.targets) {
    const auto reach = experiment::reach(target, estimates);
    all.push_back({target.text, reach.half_width, reach.reached});
  }
  return all;
}

void tell_run(const experiment::Results& results, const scenario::Scenario& scenario,
              const report::RunRecord& record, const std::string& folder, Loudness loudness) {
  if (loudness != Loudness::normal) return;
  const std::chrono::duration<double> took = record.finished - record.started;
  std::error_code ignored;
  const bool workbook =
      std::filesystem::exists(std::filesystem::path(folder) / exchange::workbook_name, ignored);
  say(report::narrative(results, scenario, {folder, took.count(), record.threads, workbook}));
  tell_size(results.replications, loudness);
}

void tell_size(std::uint64_t rows, Loudness loudness) {
  if (loudness != Loudness::normal || rows < exchange::most_sheet_rows) return;
  complain("note: replications.csv has " + report::grouped(static_cast<double>(rows), 0) +
           " rows, more than a spreadsheet opens (" +
           report::grouped(static_cast<double>(exchange::most_sheet_rows - 1), 0) +
           "): results.xlsx has the first, truce export writes all as SQLite or as several CSV "
           "files\n");
}

bool tell_precision(std::span<const report::Reached> precision) {
  bool all = true;
  for (const auto& one : precision) {
    all = all && one.reached;
    const auto width = one.half_width ? report::significant(*one.half_width) : "unknown";
    complain((one.reached ? "precision reached: " : "precision not reached: ") +
             printable(one.target) + ", the interval is " + width + " wide on either side\n");
  }
  return all;
}

ExitCode verdict_on(const experiment::Results& results, const Asked& asked,
                    const report::RunRecord& record) {
  const bool precise = tell_precision(record.precision);
  const bool met = tell_requirements(
      asked.requirements,
      [&](const experiment::Requirement& one) {
        return experiment::estimates_of(results)(one.of).front();
      },
      "");
  const auto code = exit_code_of(results.ending);
  if (code != ExitCode::done) return code;
  if (!precise) return ExitCode::imprecise;
  return met ? ExitCode::done : ExitCode::missed;
}

}  // namespace truce::cli
