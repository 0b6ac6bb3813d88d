// SPDX-License-Identifier: Apache-2.0
// The options of the commands that play many replications: run, compare, extend, sweep.
#include <algorithm>
#include <thread>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/stats/sequential.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

constexpr std::int64_t most_replications = 1'000'000'000;
constexpr std::int64_t most_threads = 1024;

po::options_description extend_options() {
  po::options_description options("Options");
  add_campaign_options(options, CampaignKind::extended);
  options.add_options()("help,h", "show this help");
  return options;
}

}  // namespace

std::optional<std::int64_t> count_of(const po::variables_map& values, const std::string& name,
                                     std::int64_t least, std::int64_t most, Problems& problems) {
  if (values.count(name) == 0) return std::nullopt;
  const auto& text = values[name].as<std::string>();
  const auto number = parse_integer(text);
  if (number && *number >= least && *number <= most) return number;
  const auto range = std::to_string(least) + " to " + std::to_string(most);
  problems.add({Code::bad_option,
                {},
                "--" + name,
                "'" + printable(text) + "' is not a whole number from " + range,
                "Write digits, or 1e6 for a million"});
  return std::nullopt;
}

void add_campaign_options(po::options_description& options, CampaignKind kind) {
  const auto word = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto words = [](const char* name) {
    return po::value<Arguments>()->composing()->value_name(name);
  };
  options.add_options()(
      "replications", word("N"),
      kind == CampaignKind::fresh
          ? "times to play it, with --precision at most; default: the scenario's own"
          : "how many there shall be in all, with --precision at most")(
      "precision", words("OUTCOME=WIDTH"),
      "play until the 95 % interval is no wider than WIDTH on either side: in the outcome's unit, "
      "or "
      "\"5 % relative\"; of a mean, share, quantile as in p10(OUTCOME), as often as needed")(
      "at-least", word("N"),
      "replications before the first look at precision, 128 or more; default: 1,024")(
      "require", words("CONDITION"),
      "what must come out, \"p10(coverage) >= 80 %\"; exit code 6 if it does not")(
      "threads", word("T"), "threads to play on; default: all cores. Results do not depend on it")(
      "no-workbook", "do not write results.xlsx; truce export makes it later")(
      "quiet", "no warnings, no progress, no results on standard output");
  if (kind == CampaignKind::extended) return;
  options.add_options()("seed", word("S"), "seed of all chance; default: the scenario's own")(
      "first", word("K"), "number of the first replication; default: 0")(
      "out", word("DIR"),
      "folder of the results; default: results/ and the scenario's name, numbered if it exists")(
      "force", "replace an existing result folder");
}

void take_campaign_options(const po::variables_map& values, CampaignOptions& options,
                           Problems& problems) {
  const auto unsigned_of = [&](const std::string& name, std::int64_t least, std::int64_t most) {
    const auto number = count_of(values, name, least, most, problems);
    return number ? std::optional(static_cast<std::uint64_t>(*number)) : std::nullopt;
  };
  options.replications = unsigned_of("replications", 1, most_replications);
  options.at_least = unsigned_of("at-least", stats::least_minimum, most_replications);
  options.seed = unsigned_of("seed", 0, most_seed);
  options.first = unsigned_of("first", 0, most_seed).value_or(0);
  options.threads =
      static_cast<unsigned>(unsigned_of("threads", 1, most_threads)
                                .value_or(std::clamp<std::uint64_t>(
                                    std::thread::hardware_concurrency(), 1, most_threads)));
  if (values.count("out") > 0) options.out = values["out"].as<std::string>();
  if (values.count("force") > 0) options.existing = report::Existing::replace;
  if (values.count("quiet") > 0) options.loudness = Loudness::quiet;
  if (values.count("no-workbook") > 0) options.workbook = Workbook::no;
  if (values.count("precision") > 0) options.precision = values["precision"].as<Arguments>();
  if (values.count("require") > 0) options.requirements = values["require"].as<Arguments>();
  if (options.at_least && options.precision.empty()) {
    throw UsageError("--at-least is about --precision, and none is given");
  }
}

std::optional<ExtendOptions> read_extend_options(const Arguments& arguments) {
  const auto values = parse(arguments, extend_options());
  if (values.count("help") > 0) return std::nullopt;
  const auto folders =
      values.count("scenario") > 0 ? values["scenario"].as<Arguments>() : Arguments{};
  if (folders.size() != 1) {
    throw UsageError("one result folder is extended, for example results/paris-2026");
  }
  ExtendOptions options;
  options.folder = folders.front();
  Problems problems;
  take_campaign_options(values, options, problems);
  problems.raise();
  if (!options.replications && options.precision.empty()) {
    throw UsageError("--replications or --precision tells how far it is extended");
  }
  return options;
}

std::string extend_help() {
  return help(
      "Usage: truce extend DIR --replications N [options]\n"
      "Adds replications to a finished result of truce run or truce compare: it becomes, byte for\n"
      "byte, what one longer run would have written.",
      extend_options(),
      "Example:\n"
      "  truce extend results/paris-2026 --replications 4000\n"
      "\n"
      "The old result stays until the new one is complete.\n");
}

}  // namespace truce::cli
