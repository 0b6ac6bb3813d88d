// SPDX-License-Identifier: Apache-2.0
// The command line of truce sweep.
#include <algorithm>
#include <array>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

/// Designs that need nothing but lists of values.
constexpr std::array designs_of_lists{scenario::Method::factorial, scenario::Method::one_at_a_time,
                                      scenario::Method::lockstep};

po::options_description sweep_options() {
  po::options_description options("Options");
  const auto word = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto words = [](const char* name) {
    return po::value<Arguments>()->composing()->value_name(name);
  };
  options.add_options()("plan",
                        "tell the points, how long it will take, and what disk and memory, and "
                        "play nothing")(
      "factor", words("PATH=VALUES"),
      "vary a value of a scenario, as often as needed: values with commas between, or a "
      "distribution; no study is needed then")(
      "design", word("METHOD"),
      "how --factor are combined: factorial (default), one_at_a_time or lockstep")(
      "outcome", words("ID"),
      "tell standard error and standard deviation of this outcome too in points.csv")(
      "replications", word("N"), "times to play each point; default: the study's own")(
      "seed", word("S"), "seed of all chance; default: the study's or scenario's own")(
      "first", word("K"), "number of the first replication; default: 0")(
      "threads", word("T"), "threads to play on; default: all cores. Results do not depend on it")(
      "out", word("DIR"),
      "folder of the results; default: results/ and the study's name, numbered if it exists")(
      "force", "replace an existing result folder")(
      "no-workbook", "do not write results.xlsx; truce export makes it later")(
      "quiet", "no warnings, no progress, no results on standard output");
  add_silence_option(options);
  add_scenario_options(options);
  return options;
}

}  // namespace

std::optional<SweepOptions> read_sweep_options(const Arguments& arguments) {
  const auto values = parse(arguments, sweep_options());
  if (values.count("help") > 0) return std::nullopt;
  if (values.count("scenario") == 0) {
    throw UsageError("no study is given, for example scenarios/minimal.study.yaml");
  }
  SweepOptions options;
  options.scenario = scenario_of(values);
  Problems problems;
  take_campaign_options(values, options, problems);
  problems.raise();
  options.plan = values.count("plan") > 0;
  if (values.count("factor") > 0) options.factors = values["factor"].as<Arguments>();
  if (values.count("outcome") > 0) options.outcomes = values["outcome"].as<Arguments>();
  if (values.count("design") == 0) return options;
  if (options.factors.empty()) {
    throw UsageError("--design combines --factor, and none is given; a study has a design itself");
  }
  const auto& text = values["design"].as<std::string>();
  const auto found = std::ranges::find_if(
      designs_of_lists, [&](scenario::Method method) { return name_of(method) == text; });
  if (found == designs_of_lists.end()) {
    throw UsageError("unknown design '" + printable(text) +
                     "': factorial, one_at_a_time or lockstep; a study file can have others");
  }
  options.design = *found;
  return options;
}

std::string sweep_help() {
  return help(
      "Usage: truce sweep STUDY [options]\n"
      "       truce sweep SCENARIO --factor PATH=VALUES [--factor ...] [options]\n"
      "Plays a scenario at many points of what is uncertain or could be decided, all on the same\n"
      "luck, and writes a table of points. scenarios/README.md tells what a study can say.",
      sweep_options(),
      "Examples: what a study would take, and the study itself\n"
      "  truce sweep scenarios/minimal.study.yaml --plan\n"
      "  truce sweep scenarios/minimal.study.yaml --out results/study\n"
      "\n"
      "Three rates by two numbers of teams, without a study:\n"
      "  truce sweep scenarios/minimal.yaml --replications 50 \\\n"
      "    --factor \"sectors.north.incidents.rate=1 /day,2 /day,4 /day\" \\\n"
      "    --factor cells.north.teams=4,8\n"
      "\n"
      "Ctrl-C stops and keeps whole points. Exit codes: 0 done, 1 disk or missing file, 2 command\n"
      "line, study or scenario, 3 interrupted, 4 a replication failed.\n");
}

}  // namespace truce::cli
