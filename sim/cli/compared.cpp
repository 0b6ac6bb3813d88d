// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/compared.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/compare_narrative.hpp"

#include "sim/cli/console.hpp"

namespace truce::cli {

std::vector<std::string> headlines_of(std::span<const std::string> wanted,
                                      std::span<const experiment::Contender> contenders) {
  std::vector<std::string> all;
  for (const auto& contender : contenders) {
    for (const auto& column : contender.columns) all.push_back(column.id);
  }
  std::vector<std::string> headlines;
  if (wanted.empty()) {
    for (const auto id : experiment::headline_outcomes()) {
      if (std::ranges::find(all, id) != all.end()) headlines.emplace_back(id);
    }
    return headlines;
  }
  for (const auto& id : wanted) {
    if (std::ranges::find(all, id) == all.end()) {
      throw UsageError("--outcome: there is no outcome '" + printable(id) + "'." +
                       did_you_mean(id, all));
    }
    headlines.push_back(id);
  }
  return headlines;
}

std::vector<experiment::Results> play_together(
    std::vector<experiment::Arm> arms, const experiment::Stopping& stopping,
    const experiment::Comparison& comparison, Loudness loudness, const Interrupt& interrupt,
    const std::function<void(std::uint64_t, std::span<const std::span<const double>>)>& take) {
  const auto done = arms.front().so_far.replications;
  Progress progress(progress_style(loudness));
  experiment::JointAudience audience;
  std::vector<std::span<const double>> rows(arms.size());
  audience.played = [&](std::uint64_t replication,
                        std::span<const experiment::Played* const> played) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = played[i]->row;
    take(replication, rows);
  };
  audience.progress = [&](std::uint64_t played, std::uint64_t planned) {
    progress.update(played, planned);
  };
  audience.stop = &interrupt.requested();
  experiment::Looks looks(stopping, done);
  audience.enough = [&](std::span<const experiment::Results> results) {
    return looks.enough(results.front().replications, estimates_between(results, comparison));
  };
  auto results = experiment::run_together(std::move(arms), audience);
  progress.finish();
  return results;
}

report::Findings findings_of(experiment::Comparison& comparison,
                             std::span<const experiment::Results> results) {
  report::Findings findings;
  findings.outcomes = comparison.compare();
  findings.survival = comparison.compare_survival(results.front().days);
  for (std::size_t w = 1; w < results.size(); ++w) {
    findings.days.push_back(experiment::compare_days(results.front(), results[w]));
  }
  return findings;
}

experiment::Estimates estimates_between(std::span<const experiment::Results> results,
                                        const experiment::Comparison& comparison) {
  return [results, &comparison](const experiment::Statistic& statistic) {
    std::vector<experiment::Estimate> estimates;
    if (statistic.kind != experiment::Statistic::Kind::difference) {
      for (const auto& one : results) {
        const auto found = std::ranges::find(one.columns, statistic.outcome, &model::Column::id);
        if (found == one.columns.end()) continue;
        const auto c = static_cast<std::size_t>(found - one.columns.begin());
        estimates.push_back(experiment::estimate(statistic, *found, one.samples[c]));
      }
      return estimates;
    }
    for (std::size_t w = 1; w < comparison.contenders().size(); ++w) {
      if (!statistic.what_if.empty() && statistic.what_if != comparison.contenders()[w].name) {
        continue;
      }
      const auto difference = comparison.difference(statistic.outcome, w);
      estimates.push_back(difference ? experiment::Estimate{difference->mean, difference->interval}
                                     : experiment::Estimate{});
    }
    return estimates;
  };
}

ExitCode verdict_between(std::span<const experiment::Results> results,
                         const experiment::Comparison& comparison, const Asked& asked,
                         report::ComparisonRecord& record) {
  const bool precise = tell_precision(record.precision);
  bool met = true;
  const auto& contenders = comparison.contenders();
  for (const auto& requirement : asked.requirements) {
    const bool difference = requirement.of.kind == experiment::Statistic::Kind::difference;
    for (std::size_t c = difference ? 1 : 0; c < contenders.size(); ++c) {
      auto of = requirement.of;
      if (difference && !of.what_if.empty() && of.what_if != contenders[c].name) continue;
      of.what_if = contenders[c].name;
      const auto found = difference ? estimates_between(results, comparison)(of)
                                    : estimates_between(results.subspan(c, 1), comparison)(of);
      const auto estimate = found.empty() ? experiment::Estimate{} : found.front();
      const auto verdict = experiment::verdict(requirement, estimate);
      record.required.push_back(
          {requirement.text, contenders[c].name,
           verdict ? std::string(experiment::name_of(*verdict)) : "missed: nothing has it"});
      met = tell_requirements(
                {&requirement, 1}, [&](const experiment::Requirement&) { return estimate; },
                printable(contenders[c].name) + ": ") &&
            met;
    }
  }
  for (const auto& one : results) {
    if (const auto code = exit_code_of(one.ending); code != ExitCode::done) return code;
  }
  if (!precise) return ExitCode::imprecise;
  return met ? ExitCode::done : ExitCode::missed;
}

bool tell_failures(std::span<const experiment::Results> results) {
  for (const auto& one : results) {
    if (one.failure) complain("error: a replication failed: " + one.failure->what + "\n");
  }
  return results.front().replications > 0;
}

std::string comparison_text(const report::Findings& findings,
                            std::span<const report::ContenderNote> notes,
                            const experiment::Results& base, const report::ComparisonRecord& record,
                            const std::filesystem::path& folder) {
  const std::chrono::duration<double> took = record.run.finished - record.run.started;
  return report::comparison_narrative(findings, notes, base,
                                      {folder.string(), took.count(), record.run.threads});
}

}  // namespace truce::cli
