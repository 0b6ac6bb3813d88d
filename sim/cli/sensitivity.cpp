// SPDX-License-Identifier: Apache-2.0
// truce sensitivity: what drives the outcomes of a finished sweep or run.
#include "sim/experiment/sensitivity.hpp"

#include <filesystem>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/sample_read.hpp"
#include "sim/report/sensitivity_files.hpp"
#include "sim/report/sensitivity_narrative.hpp"

#include "sim/cli/campaign.hpp"
#include "sim/cli/command_line.hpp"
#include "sim/cli/commands.hpp"
#include "sim/cli/companions.hpp"
#include "sim/cli/console.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

constexpr std::size_t usual_top = 5;
constexpr std::int64_t most_top = 1000;

po::options_description sensitivity_options() {
  po::options_description options("Options");
  const auto word = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()(
      "outcome", po::value<Arguments>()->composing()->value_name("ID"),
      "an outcome to explain, a column of replications.csv, as often as needed; default: "
      "ceasefire_days, holds_at.365, final_collapse, verification_delay, attributed_share, "
      "detected_share, troops_at.90 and cost, those that there are")(
      "top", word("N"), "how many inputs of each outcome to tell on the screen; default: 5")(
      "out", word("DIR"),
      "folder of the tables; default: results/ and the name of the folder with .sensitivity, "
      "numbered if it exists")("force", "replace an existing result folder")(
      "no-workbook", "do not write results.xlsx; truce export makes it later")(
      "quiet", "nothing on standard output")("help,h", "show this help");
  return options;
}

}  // namespace

std::optional<SensitivityOptions> read_sensitivity_options(const Arguments& arguments) {
  const auto values = parse(arguments, sensitivity_options());
  if (values.count("help") > 0) return std::nullopt;
  if (values.count("scenario") == 0) {
    throw UsageError("no result folder is given, for example results/minimal.study");
  }
  const auto& folders = values["scenario"].as<Arguments>();
  if (folders.size() > 1) {
    throw UsageError("unexpected argument '" + printable(folders[1]) + "': one folder is analysed");
  }
  SensitivityOptions options;
  options.folder = folders.front();
  Problems problems;
  const auto top = count_of(values, "top", 1, most_top, problems);
  problems.raise();
  options.top = top ? static_cast<std::size_t>(*top) : usual_top;
  if (values.count("outcome") > 0) options.outcomes = values["outcome"].as<Arguments>();
  if (values.count("out") > 0) options.out = values["out"].as<std::string>();
  if (values.count("force") > 0) options.existing = report::Existing::replace;
  if (values.count("quiet") > 0) options.loudness = Loudness::quiet;
  if (values.count("no-workbook") > 0) options.workbook = Workbook::no;
  return options;
}

std::string sensitivity_help() {
  return help(
      "Usage: truce sensitivity DIR [options]\n"
      "Tells what drives the outcomes of a finished truce sweep, or of a truce run of a scenario\n"
      "whose parameters are drawn: which inputs matter most, which way, and how much is chance.\n"
      "Nothing is played; the design of the sweep decides which analyses are made.",
      sensitivity_options(),
      "Examples:\n"
      "  truce sensitivity results/minimal.study\n"
      "  truce sensitivity results/minimal.study --outcome verification_delay --top 10\n"
      "\n"
      "Exit codes: 0 done, 1 disk, missing or changed file, 2 command line, or nothing to "
      "analyse.\n");
}

ExitCode sensitivity(const Arguments& arguments) {
  const auto options = read_sensitivity_options(arguments);
  if (!options) {
    say(sensitivity_help());
    return ExitCode::done;
  }
  std::filesystem::path folder(options->folder);
  if (!folder.has_filename()) folder = folder.parent_path();
  const Stopwatch watch;
  const auto stored = report::read_sample(folder, options->outcomes);
  const auto target = target_of(
      options->out, stem_of(folder.filename().string() + ".x") + ".sensitivity", options->existing);
  const std::vector<std::filesystem::path> inputs{options->folder};
  check_not_among(target, inputs);
  report::Folder files(target, options->existing);
  stats::Bootstrap bootstrap;
  bootstrap.seed = stored.source.seed;
  const auto found = experiment::sensitivity_of(stored.sample, bootstrap);
  report::RunRecord record;
  record.scenario_file = options->folder;
  record.command = command_of("sensitivity", arguments);
  watch.stop(record);
  report::write_sensitivity(files, found, stored, bootstrap, record,
                            companions_of(options->workbook));
  if (options->loudness == Loudness::normal) {
    say(report::sensitivity_narrative(found, stored, options->top, target.string()));
  }
  return ExitCode::done;
}

}  // namespace truce::cli
