// SPDX-License-Identifier: Apache-2.0
// The command line of truce compare: one base, and what is compared with it.
#include <algorithm>
#include <cctype>

#include "sim/core/name.hpp"
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

po::options_description compare_options() {
  po::options_description options("Options");
  const auto words = [](const char* name) {
    return po::value<Arguments>()->composing()->value_name(name);
  };
  options.add_options()(
      "variation", words("NAME"),
      "compare a what-if that the base names in its section variations; all of them "
      "if nothing else is given")("what-if", words("NAME: PATH=VALUE; ..."),
                                  "compare the base with these values changed, as often as needed")(
      "outcome", words("ID"),
      "an outcome that matters: it stands at the top, and p-values are adjusted over these alone; "
      "default: some that most planners look at")(
      "with", words("FILE"), "put a file over all of them in which only what differs stands")(
      "set", words("PATH=VALUE"), "change one value in all of them")(
      "horizon", po::value<std::string>()->value_name("SPAN"),
      "how long to simulate all of them; the same as --set horizon=SPAN")(
      "allow-outside", "let scenarios extend files outside their folder")("help,h",
                                                                          "show this help");
  add_campaign_options(options, CampaignKind::fresh);
  add_silence_option(options);
  return options;
}

/// "NAME: PATH=VALUE; PATH=VALUE"
WhatIf read_what_if(const std::string& text, const ScenarioOptions& base) {
  const auto colon = text.find(':');
  const auto equals = text.find('=');
  if (colon == std::string::npos || colon == 0 || equals == std::string::npos || equals < colon) {
    throw UsageError("--what-if '" + printable(text) +
                     "': write a name, a colon and changes, for example 'fewer-desks: "
                     "coordination.desks=2'");
  }
  WhatIf what_if{text.substr(0, colon), base};
  for (const auto part : split(std::string_view(text).substr(colon + 1), ';')) {
    auto change = part;
    while (change.starts_with(' ')) change.remove_prefix(1);
    while (change.ends_with(' ')) change.remove_suffix(1);
    if (!change.empty()) what_if.scenario.recipe.changes.emplace_back(change);
  }
  return what_if;
}

bool is_plain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

/// Whether a folder beside our tables can be called so, on any file system.
bool can_name(const std::string& name) {
  constexpr std::size_t longest = 60;
  return !name.empty() && name.size() <= longest && name.front() != '.' && name.front() != '-' &&
         !name.ends_with(".csv") && !name.ends_with(".json") && !name.ends_with(".gz") &&
         !name.ends_with(".xlsx") && std::ranges::all_of(name, is_plain);
}

/// "paris-2026.lean" compared with "paris-2026" is "lean".
std::string name_beside(const std::string& base, const std::string& file) {
  const auto stem = [](const std::string& path) {
    const auto slash = path.find_last_of('/');
    auto name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (name.ends_with(".yaml")) name.resize(name.size() - 5);
    return name;
  };
  const auto whole = stem(file);
  const auto front = stem(base) + ".";
  auto name =
      whole.starts_with(front) && whole.size() > front.size() ? whole.substr(front.size()) : whole;
  for (char& c : name) {
    if (!is_plain(c)) c = '_';
  }
  return name;
}

}  // namespace

std::optional<CompareOptions> read_compare_options(const Arguments& arguments) {
  auto values = parse(arguments, compare_options());
  if (values.count("help") > 0) return std::nullopt;
  CompareOptions options;
  auto files = values.count("scenario") > 0 ? values["scenario"].as<Arguments>() : Arguments{};
  if (files.empty()) {
    throw UsageError("no scenario is given, for example scenarios/paris-2026.yaml");
  }
  Arguments variations;
  if (values.count("variation") > 0) variations = values["variation"].as<Arguments>();
  values.erase("variation");
  values.at("scenario").value() = Arguments{files.front()};
  options.base = scenario_of(values);
  for (auto file = files.begin() + 1; file != files.end(); ++file) {
    WhatIf what_if{name_beside(files.front(), *file), options.base};
    what_if.scenario.recipe.file = *file;
    options.what_ifs.push_back(std::move(what_if));
  }
  for (const auto& variation : variations) {
    WhatIf what_if{variation, options.base};
    what_if.scenario.recipe.variations = {variation};
    options.what_ifs.push_back(std::move(what_if));
  }
  if (values.count("what-if") > 0) {
    for (const auto& text : values["what-if"].as<Arguments>()) {
      options.what_ifs.push_back(read_what_if(text, options.base));
    }
  }
  for (auto one = options.what_ifs.begin(); one != options.what_ifs.end(); ++one) {
    const auto same = [&](const std::string& other) {
      return std::ranges::equal(one->name, other, [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
      });
    };
    const bool twice =
        same("base") || std::any_of(options.what_ifs.begin(), one,
                                    [&](const WhatIf& other) { return same(other.name); });
    if (!can_name(one->name)) {
      throw UsageError(
          "'" + printable(one->name) +
          "' can't name a what-if: up to 60 letters, digits, '-', '_' and '.' can, and "
          "no name of a table");
    }
    if (reads_as_value(one->name)) {
      throw UsageError("'" + printable(one->name) +
                       "' can't name a what-if: spreadsheets take it for a number or a date. Put a "
                       "letter before it");
    }
    if (twice) {
      throw UsageError("two things are called '" + printable(one->name) +
                       "' (files are called by their names, the first is 'base')");
    }
  }
  if (values.count("outcome") > 0) options.outcomes = values["outcome"].as<Arguments>();
  Problems problems;
  take_campaign_options(values, options, problems);
  problems.raise();
  return options;
}

std::string compare_help() {
  return help(
      "Usage: truce compare BASE [OTHER...] [options]\n"
      "       truce compare DIR DIR... [options]\n"
      "Plays a base scenario and what-ifs on the same luck, and tells what changes: differences\n"
      "with intervals, adjusted for how many are looked at, and which scenario is best. Result\n"
      "folders of truce run with the same replications are compared without playing again.",
      compare_options(),
      "Examples:\n"
      "  truce compare scenarios/paris-2026.yaml scenarios/paris-2026.*.yaml\n"
      "  truce compare my-case.yaml --what-if \"desks: coordination.desks=2\" --replications 2000\n"
      "  truce compare scenarios/paris-2026.yaml scenarios/paris-2026.lean.yaml \\\n"
      "    --precision \"difference(detected_share)=0.01\"\n"
      "\n"
      "Exit codes are those of truce run.\n");
}

}  // namespace truce::cli
