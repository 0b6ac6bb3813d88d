// SPDX-License-Identifier: Apache-2.0
// truce sweep: from a study to a folder of points.
#include "sim/experiment/sweep.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/lint.hpp"
#include "sim/scenario/study_scenario.hpp"

#include "sim/experiment/design.hpp"

#include "sim/report/narrative.hpp"
#include "sim/report/sweep_files.hpp"
#include "sim/report/table_read.hpp"

#include "sim/cli/campaign.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/companions.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/estimate.hpp"
#include "sim/cli/interrupt.hpp"
#include "sim/cli/scenario_file.hpp"
#include "sim/cli/sweep_estimate.hpp"

namespace truce::cli {
namespace {

constexpr std::size_t most_points_told = 100;
/// Looking at the scenarios of so many points takes long enough to say so.
constexpr std::size_t many_points = 500;

/// The study in a file.
scenario::Study study_in_file(const SweepOptions& options) {
  const auto& asked = options.scenario.recipe;
  auto study = scenario::read_study(scenario::load_alone(asked.file), asked.reach);
  auto& recipe = study.recipe;
  recipe.variations.insert(recipe.variations.end(), asked.variations.begin(),
                           asked.variations.end());
  recipe.overlays = asked.overlays;
  recipe.changes = asked.changes;
  return study;
}

/// The study that the command line writes by itself.
scenario::Study study_on_command_line(const SweepOptions& options) {
  if (scenario::is_study(scenario::load_alone(options.scenario.recipe.file))) {
    throw UsageError("--factor varies a scenario, and " +
                     printable(options.scenario.recipe.file, 400) +
                     " is a study, which has factors of its own");
  }
  scenario::Study study;
  study.recipe = options.scenario.recipe;
  study.design.method = options.design;
  study.design.levels = 3;
  Problems problems;
  for (const auto& text : options.factors) {
    if (auto factor = scenario::read_factor_option(text, problems)) {
      study.factors.push_back(std::move(*factor));
    }
  }
  problems.raise();
  return study;
}

/// The table of points, if the design is one.
std::optional<TextTable> table_of(const scenario::Study& study) {
  if (study.design.method != scenario::Method::table) return std::nullopt;
  try {
    return report::read_table(study.design.file);
  } catch (const report::UnreadableTable& error) {
    throw ScenarioError({Problem{Code::bad_design_table, study.design.at, "design.file",
                                 printable(error.what(), 400), ""}});
  }
}

report::Detail detail_of(const SweepOptions& options, std::span<const model::Column> columns) {
  try {
    return {columns, options.outcomes};
  } catch (const std::invalid_argument& error) {
    throw ScenarioError({Problem{Code::bad_option, {}, "--outcome", error.what(), ""}});
  }
}

/// Tells what is odd, but for what is silenced on the command line or in the study.
void tell_all_warnings(const SweepOptions& options, const scenario::Study& study,
                       const scenario::StudyScenario& scenario, const experiment::Design& design) {
  if (options.loudness == Loudness::quiet) return;
  std::vector<Problem> warnings = scenario::lint(scenario.loaded());
  const auto add = [&](const std::vector<Problem>& more) {
    warnings.insert(warnings.end(), more.begin(), more.end());
  };
  add(scenario::lint(study));
  add(scenario.warnings());
  add(design.warnings);
  std::erase_if(warnings, [&](const Problem& warning) {
    const auto is_it = [&](Code code) { return code == warning.code; };
    return std::ranges::any_of(options.scenario.silenced, is_it) ||
           std::ranges::any_of(study.silenced, is_it);
  });
  tell_warnings(warnings);
}

std::string points_text(std::uint64_t points) {
  return count_text(points) + (points == 1 ? " point" : " points");
}

/// "sobol, 256 points of 2 factors, 20 replications each: 5,120 in all"
std::string size_of(const scenario::Study& study, const experiment::Design& design,
                    std::uint64_t replications) {
  return std::string(name_of(study.design.method)) + ", " + points_text(design.points.size()) +
         " of " + std::to_string(study.factors.size()) +
         (study.factors.size() == 1 ? " factor, " : " factors, ") + count_text(replications) +
         (replications == 1 ? " replication" : " replications") +
         " each: " + count_text(design.points.size() * replications) + " in all";
}

std::string plan_text(const scenario::Study& study, const scenario::StudyScenario& scenario,
                      const experiment::Design& design, const experiment::SweepPlan& plan,
                      const std::string& takes) {
  std::string text = printable(study.name, 90) + "\n";
  if (!study.question.empty()) text += "  " + printable(study.question, 400) + "\n";
  text += "  scenario: " + printable(study.recipe.file, 400) + " (" +
          printable(scenario.loaded().scenario.name, 90) + ")\n";
  text += "  " + size_of(study, design, plan.replications) + "\n";
  if (design.left_out > 0) {
    text += "  left out by conditions: " + points_text(design.left_out) + "\n";
  }
  text += "  takes " + (takes.empty() ? "a time that the trial did not tell" : takes) + "\n";
  text += "\nFactors:\n";
  for (std::size_t i = 0; i < study.factors.size(); ++i) {
    const auto& factor = study.factors[i];
    text += "  " + printable(factor.name) + ": " +
            (factor.act == scenario::Act::times ? "times " : "") +
            (factor.written.empty() ? "as the table has it" : printable(factor.written, 200)) +
            " at " + printable(join(factor.paths, ", "), 200) + ", where " +
            printable(scenario.standing(i), 200) + " stands\n";
  }
  text += "\nPoints:\n";
  for (std::size_t i = 0; i < design.points.size() && i < most_points_told; ++i) {
    const auto& point = design.points[i];
    const auto first = first_of(plan, point);
    text += "  " + std::to_string(point.number) + ": " +
            printable(text_of(point, study.factors), 1000) + "; replications " +
            std::to_string(first) + " to " + std::to_string(first + plan.replications - 1) + "\n";
  }
  if (design.points.size() > most_points_told) {
    text += "  ... and " + count_text(design.points.size() - most_points_told) + " more\n";
  }
  return text;
}

/// Where the means of outcomes that a planner looks at first are least and greatest.
class Extremes {
 public:
  Extremes(std::span<const model::Column> columns, const report::Detail& detail)
      : columns_(columns), detail_(detail), found_(detail.detailed().size()) {}

  void add(const experiment::Point& point, std::span<const stats::Moments> moments) {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const auto mean = moments[detail_.detailed()[i]].mean();
      if (!mean) continue;
      auto& one = found_[i];
      if (!one.any || *mean < one.least) one.least = *mean, one.at_least = point.number;
      if (!one.any || *mean > one.most) one.most = *mean, one.at_most = point.number;
      one.any = true;
    }
  }

  std::string text() const {
    std::string text = "Means, from the least to the greatest point:\n";
    for (std::size_t i = 0; i < found_.size(); ++i) {
      const auto& one = found_[i];
      if (!one.any) continue;
      const auto& column = columns_[detail_.detailed()[i]];
      text += "  " + column.label + ": " + report::significant(one.least) + " (point " +
              std::to_string(one.at_least) + ") to " + report::significant(one.most) + " (point " +
              std::to_string(one.at_most) + ")" + (column.unit.empty() ? "" : " " + column.unit) +
              "\n";
    }
    return text;
  }

 private:
  struct Extreme {
    bool any = false;
    double least = 0.0;
    double most = 0.0;
    std::uint64_t at_least = 0;
    std::uint64_t at_most = 0;
  };
  std::span<const model::Column> columns_;
  const report::Detail& detail_;
  std::vector<Extreme> found_;
};

/// All that a sweep rests on.
struct Prepared {
  scenario::Study& study;
  const scenario::StudyScenario& scenario;
  const experiment::Design& design;
  const experiment::SweepPlan& plan;
  const report::Detail& detail;
};

ExitCode play(const SweepOptions& options, const Prepared& all, const Arguments& arguments,
              const std::filesystem::path& target) {
  report::SweepFiles files(target, options.existing, all.study, all.scenario, all.design, all.plan,
                           all.detail, companions_of(options.workbook));
  report::RunRecord record;
  const auto& recipe = all.scenario.recipe();
  record.scenario_file = recipe.file;
  record.variations = recipe.variations;
  record.overlays = recipe.overlays;
  record.overrides = recipe.changes;
  record.command = command_of("sweep", arguments);
  record.threads = all.plan.threads;
  Extremes extremes(all.plan.columns, all.detail);
  const Interrupt interrupt;  // until all is written
  const auto results = guarded(files, [&] {
    const Stopwatch watch;
    Progress progress(progress_style(options.loudness));
    experiment::SweepAudience audience;
    audience.row = [&](const auto& point, std::uint64_t replication,
                       std::span<const double> values) { files.row(point, replication, values); };
    audience.point = [&](const auto& point, std::span<const stats::Moments> moments) {
      files.point(point, moments);
      extremes.add(point, moments);
    };
    audience.progress = [&](std::uint64_t done, std::uint64_t planned) {
      progress.update(done, planned);
    };
    audience.stop = &interrupt.requested();
    auto played =
        experiment::sweep(all.plan, all.design, all.study.factors, all.scenario, audience);
    progress.finish();
    watch.stop(record);
    if (played.failure) complain("error: a replication failed: " + played.failure->what + "\n");
    if (played.points > 0) files.finish(played, record);
    return played;
  });
  if (results.points == 0) {
    complain("No point was finished; nothing is written.\n");
    return exit_code_of(results.ending);
  }
  if (options.loudness == Loudness::normal) {
    const std::chrono::duration<double> took = record.finished - record.started;
    std::string text = printable(all.study.name, 90) + "\n  " +
                       size_of(all.study, all.design, all.plan.replications) + "\n";
    if (results.points < all.design.points.size()) {
      text += "  played: " + points_text(results.points) + "\n";
    }
    if (all.design.left_out > 0) {
      text += "  left out by conditions: " + points_text(all.design.left_out) + "\n";
    }
    say(text + extremes.text() + "Results in " + printable(files.target().string(), 400) + ", " +
        span_text(took.count()) + "\n");
    tell_size(results.points * all.plan.replications, options.loudness);
  }
  return exit_code_of(results.ending);
}

}  // namespace

ExitCode sweep(const Arguments& arguments) {
  const auto options = read_sweep_options(arguments);
  if (!options) {
    say(sweep_help());
    return ExitCode::done;
  }
  auto study = options->factors.empty() ? study_in_file(*options) : study_on_command_line(*options);
  const scenario::StudyScenario scenario(study);
  const auto& own = scenario.loaded().scenario;
  if (study.name.empty()) study.name = own.name;
  experiment::SweepPlan plan;
  plan.seed = options->seed ? *options->seed
                            : study.seed.value_or(static_cast<std::uint64_t>(own.experiment.seed));
  plan.first = options->first;
  study.replications =
      options->replications
          ? *options->replications
          : study.replications.value_or(static_cast<std::uint64_t>(own.experiment.replications));
  study.seed = plan.seed;
  plan.replications = *study.replications;
  plan.threads = options->threads;
  const auto design = experiment::design_of(study, plan.seed, plan.replications, table_of(study));
  tell_all_warnings(*options, study, scenario, design);
  if (design.points.size() > many_points && options->loudness == Loudness::normal) {
    complain("Looking at the scenarios of " + points_text(design.points.size()) + ".\n");
  }
  plan.columns = experiment::check_points(design, study.factors, scenario, plan.threads);
  plan.command = [&](const experiment::Point& point) {
    auto recipe = scenario.recipe();
    for (const auto& one : scenario.changes(point.values)) recipe.changes.push_back(one.text());
    Arguments words{"truce", "run"};
    const auto more = words_of(recipe);
    words.insert(words.end(), more.begin(), more.end());
    return shell_text(words);
  };
  const auto detail = detail_of(*options, plan.columns);
  const auto target =
      target_of(options->out,
                stem_of(options->scenario.recipe.file) + (options->factors.empty() ? "" : ".sweep"),
                options->existing);
  const auto takes = judge_sweep(plan, design, scenario, target, *options);
  if (options->plan) {
    say(plan_text(study, scenario, design, plan, takes));
    return ExitCode::done;
  }
  return play(*options, {study, scenario, design, plan, detail}, arguments, target);
}

}  // namespace truce::cli
