// SPDX-License-Identifier: Apache-2.0
// The command lines of those commands that are about scenario files: validate, explain, diff, new.
#include <algorithm>

#include "sim/core/code.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

using Words = std::vector<std::string>;

po::options_description validate_options() {
  po::options_description options("Options");
  options.add_options()("json", "what was found as JSON, on standard output");
  add_silence_option(options);
  add_scenario_options(options);
  return options;
}

po::options_description explain_options() {
  po::options_description options("Options");
  options.add_options()("changed", "only values that a layer changed")("json", "as JSON");
  add_scenario_options(options);
  return options;
}

po::options_description diff_options() {
  po::options_description options("Options");
  options.add_options()("json", "as JSON");
  add_scenario_options(options);
  return options;
}

po::options_description new_options() {
  po::options_description options("Options");
  options.add_options()("name", po::value<std::string>()->value_name("NAME"),
                        "name of the scenario; default: that of the file")("help,h",
                                                                           "show this help");
  return options;
}

Words words_of(const po::variables_map& values) {
  return values.count("scenario") > 0 ? values["scenario"].as<Words>() : Words{};
}

/// Puts the n-th word in the place of the scenario.
ScenarioOptions with_file(po::variables_map values, const std::string& file) {
  values.at("scenario").value() = Words{file};
  return scenario_of(values);
}

OutputFormat format_of(const po::variables_map& values) {
  return values.count("json") > 0 ? OutputFormat::json : OutputFormat::text;
}

}  // namespace

std::optional<ValidateOptions> read_validate_options(const Arguments& arguments) {
  const auto values = parse(arguments, validate_options());
  if (values.count("help") > 0) return std::nullopt;
  return ValidateOptions{scenario_of(values), format_of(values)};
}

std::string validate_help() {
  return help(
      "Usage: truce validate SCENARIO [options]\n"
      "Reads and checks a scenario and its variations, and tells all that is wrong with them.",
      validate_options(),
      "Examples:\n"
      "  truce validate scenarios/paris-2026.yaml --set \"horizon=12 months\"\n"
      "  truce validate scenarios/paris-2026.yaml --json\n"
      "\n"
      "truce explain CODE tells more about a code.\n");
}

std::optional<ExplainOptions> read_explain_options(const Arguments& arguments) {
  const auto values = parse(arguments, explain_options());
  if (values.count("help") > 0) return std::nullopt;
  const auto words = words_of(values);
  if (words.empty()) {
    throw UsageError("nothing to explain is given: a scenario, or a code such as T0203");
  }
  ExplainOptions options;
  options.format = format_of(values);
  if (words.size() == 1) options.code = find_code(words.front());
  if (options.code) return options;
  if (words.size() > 2) {
    throw UsageError("unexpected argument '" + printable(words[2]) + "': one path at a time");
  }
  options.scenario = with_file(values, words.front());
  if (words.size() == 2) options.path = words[1];
  if (values.count("changed") > 0) options.filter = report::OriginFilter::changed;
  return options;
}

std::string explain_help() {
  return help(
      "Usage: truce explain SCENARIO [PATH] [options]\n"
      "       truce explain CODE\n"
      "Tells where each value of a scenario comes from: file and line, the layer that set it and\n"
      "what it replaced, its source, and mean and range of what is drawn; or what a code means.",
      explain_options(),
      "Examples:\n"
      "  truce explain scenarios/paris-2026.hubs-late.yaml --changed\n"
      "  truce explain scenarios/paris-2026.yaml sectors.*.access_denied\n"
      "  truce explain T0203\n");
}

std::optional<DiffOptions> read_diff_options(const Arguments& arguments) {
  const auto values = parse(arguments, diff_options());
  if (values.count("help") > 0) return std::nullopt;
  const auto words = words_of(values);
  if (words.empty() || words.size() > 2) {
    throw UsageError("two scenarios or results are compared, for example a.yaml b.yaml");
  }
  DiffOptions options;
  options.format = format_of(values);
  options.left = words.front();
  options.right = with_file(values, words.back());
  const auto& recipe = options.right.recipe;
  if (words.size() == 1 && recipe.variations.empty() && recipe.overlays.empty() &&
      recipe.changes.empty()) {
    throw UsageError(
        "one scenario is compared with itself: give another, --variation, --with or "
        "--set");
  }
  return options;
}

std::string diff_help() {
  return help(
      "Usage: truce diff A [B] [options]\n"
      "Tells in which values two scenarios, or the scenarios of two result folders, differ. The\n"
      "options change B; without B, they change A.",
      diff_options(),
      "Examples:\n"
      "  truce diff scenarios/paris-2026.yaml scenarios/paris-2026.lean.yaml\n"
      "  truce diff scenarios/paris-2026.yaml --set coordination.desks=2\n"
      "  truce diff results/paris-2026 results/paris-2026-2\n");
}

std::optional<NewOptions> read_new_options(const Arguments& arguments) {
  const auto values = parse(arguments, new_options());
  if (values.count("help") > 0) return std::nullopt;
  const auto words = words_of(values);
  if (words.size() != 1) throw UsageError("one file name is needed, for example my-case.yaml");
  NewOptions options;
  options.file = words.front();
  if (values.count("name") > 0) options.name = values["name"].as<std::string>();
  return options;
}

std::string new_help() {
  return help(
      "Usage: truce new FILE [options]\n"
      "Writes a small scenario with a comment on every part, to build on, and the schema with\n"
      "which an editor completes keys beside it. Nothing is overwritten.",
      new_options(), "Example:\n  truce new my-case.yaml --name \"My case\"\n");
}

}  // namespace truce::cli
