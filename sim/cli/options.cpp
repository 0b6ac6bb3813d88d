// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/options.hpp"

#include <algorithm>
#include <sstream>
#include <thread>

#include <boost/program_options.hpp>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/lint.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

using Words = std::vector<std::string>;

}  // namespace

void add_scenario_options(po::options_description& options) {
  const auto words = [](const char* name) {
    return po::value<Words>()->composing()->value_name(name);
  };
  options.add_options()("variation", words("NAME"),
                        "play a what-if that the scenario names in its section variations")(
      "with", words("FILE"), "put a file over the scenario in which only what differs stands")(
      "set", words("PATH=VALUE"),
      "change one value of the scenario, as often as needed; the value is YAML, ~ removes")(
      "allow-outside", "let the scenario extend files outside its folder")("help,h",
                                                                           "show this help");
}

void add_silence_option(po::options_description& options) {
  options.add_options()("silence", po::value<Words>()->composing()->value_name("WARNING"),
                        "do not tell a warning, by name or code");
}

namespace {

po::options_description run_options() {
  po::options_description options("Options");
  add_campaign_options(options, CampaignKind::fresh);
  options.add_options()("horizon", po::value<std::string>()->value_name("SPAN"),
                        "how long to simulate, \"12 months\"; the same as --set horizon=SPAN");
  add_silence_option(options);
  add_scenario_options(options);
  return options;
}

po::options_description trace_options() {
  po::options_description options("Options");
  const auto word = [](const char* name) { return po::value<std::string>()->value_name(name); };
  const auto words = [](const char* name) {
    return po::value<Words>()->composing()->value_name(name);
  };
  options.add_options()("replication", word("K"), "number of the replication; default: 0")(
      "seed", word("S"), "seed of all chance; default: the scenario's own")(
      "from", word("DIR"), "replay a replication of this result folder; no scenario is given then")(
      "format", word("FORMAT"), "text (default), csv or jsonl")(
      "kind", words("EVENT"), "tell only events of this kind, as often as needed")(
      "entity", words("WORD"), "tell only what happens to entities whose name contains the word")(
      "digest",
      "only what shapes the story: leave out single incidents and cases, teams, sensors, "
      "convoys")("days", "the state at the end of each day as CSV, instead of the events")(
      "horizon", word("SPAN"), "how long to simulate; the same as --set horizon=SPAN");
  add_silence_option(options);
  add_scenario_options(options);
  return options;
}

po::options_description schema_options() {
  po::options_description options("Options");
  options.add_options()("markdown", "the reference page: every key in tables, instead of JSON")(
      "help,h", "show this help");
  return options;
}

Words names_of(const po::options_description& options) {
  Words names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

}  // namespace

po::variables_map parse(const Arguments& arguments, const po::options_description& visible) {
  po::options_description all;
  all.add(visible);
  all.add_options()("scenario", po::value<Words>());
  po::positional_options_description positional;
  positional.add("scenario", -1);
  namespace styles = po::command_line_style;
  constexpr int style = styles::allow_long | styles::long_allow_adjacent | styles::long_allow_next |
                        styles::allow_short | styles::allow_dash_for_short |
                        styles::short_allow_next;
  po::variables_map values;
  try {
    po::store(
        po::command_line_parser(arguments).options(all).positional(positional).style(style).run(),
        values);
  } catch (const po::unknown_option& error) {
    const auto name = error.get_option_name();
    throw UsageError("unknown option '" + printable(name) + "'." +
                     did_you_mean(name, names_of(visible)));
  } catch (const po::error& error) {
    throw UsageError(printable(error.what(), 200));
  }
  return values;
}

ScenarioOptions scenario_of(const po::variables_map& values) {
  ScenarioOptions options;
  const auto files = values.count("scenario") > 0 ? values["scenario"].as<Words>() : Words{};
  if (files.empty())
    throw UsageError("no scenario is given, for example scenarios/paris-2026.yaml");
  if (files.size() > 1) {
    throw UsageError("unexpected argument '" + printable(files[1]) + "': one scenario at a time");
  }
  options.recipe.file = files.front();
  if (values.count("horizon") > 0) {
    options.recipe.changes.push_back("horizon=" + values["horizon"].as<std::string>());
  }
  if (values.count("set") > 0) {
    const auto& sets = values["set"].as<Words>();
    options.recipe.changes.insert(options.recipe.changes.end(), sets.begin(), sets.end());
  }
  const auto take = [&](const char* name, Words& out) {
    if (values.count(name) > 0) out = values[name].as<Words>();
  };
  take("variation", options.recipe.variations);
  take("with", options.recipe.overlays);
  Words silenced;
  take("silence", silenced);
  for (const auto& name : silenced) {
    const auto code = scenario::find_warning(name);
    if (!code) {
      throw UsageError("--silence: there is no warning '" + printable(name) + "'. " +
                       scenario::hint_of_warning(name));
    }
    options.silenced.push_back(*code);
  }
  if (values.count("allow-outside") > 0) options.recipe.reach = scenario::Reach::anywhere;
  return options;
}

std::string help(const std::string& usage, const po::options_description& options,
                 const std::string& rest) {
  std::ostringstream text;
  text << usage << "\n\n" << options << '\n' << rest;
  return text.str();
}

std::optional<RunOptions> read_run_options(const Arguments& arguments) {
  const auto values = parse(arguments, run_options());
  if (values.count("help") > 0) return std::nullopt;
  RunOptions options;
  options.scenario = scenario_of(values);
  Problems problems;
  take_campaign_options(values, options, problems);
  problems.raise();
  return options;
}

std::optional<TraceOptions> read_trace_options(const Arguments& arguments) {
  const auto values = parse(arguments, trace_options());
  if (values.count("help") > 0) return std::nullopt;
  TraceOptions options;
  if (values.count("from") > 0) {
    if (values.count("scenario") + values.count("set") + values.count("horizon") +
            values.count("seed") + values.count("variation") + values.count("with") >
        0) {
      throw UsageError(
          "--from replays a result as it was: no scenario, --set, --horizon or --seed with it");
    }
    options.from = values["from"].as<std::string>();
  } else {
    options.scenario = scenario_of(values);
  }
  Problems problems;
  const auto number = [&](const std::string& name, std::int64_t most) {
    const auto value = count_of(values, name, 0, most, problems);
    return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
  };
  options.seed = number("seed", most_seed);
  options.replication = number("replication", most_seed).value_or(0);
  problems.raise();
  if (values.count("format") > 0) {
    const auto& text = values["format"].as<std::string>();
    const auto& names = EnumNames<report::TraceFormat>::names;
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
      throw UsageError("unknown format '" + printable(text) + "': text, csv or jsonl");
    }
    options.format = static_cast<report::TraceFormat>(found - names.begin());
  }
  if (values.count("kind") > 0) options.filter.kinds = values["kind"].as<Words>();
  const auto kinds = model::event_kinds();
  for (const auto& kind : options.filter.kinds) {
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) continue;
    throw UsageError("unknown kind of event '" + printable(kind) + "'." +
                     did_you_mean(kind, kinds));
  }
  if (values.count("entity") > 0) options.filter.entities = values["entity"].as<Words>();
  options.filter.digest = values.count("digest") > 0;
  options.days = values.count("days") > 0;
  if (options.days && values.count("format") + values.count("kind") + values.count("entity") +
                              values.count("digest") >
                          0) {
    throw UsageError("--days is a table of all days: no --format, --kind, --entity or --digest");
  }
  return options;
}

std::string trace_help() {
  return help(
      "Usage: truce trace SCENARIO [options]\n"
      "       truce trace --from DIR [options]\n"
      "Tells one replication event by event: when, what, to whom, and why it was scheduled.",
      trace_options(),
      "Examples:\n"
      "  truce trace scenarios/paris-2026.yaml --replication 3 --digest\n"
      "  truce trace scenarios/paris-2026.yaml --replication 3 --entity pokrovsk\n"
      "  truce trace --from results/paris-2026 --replication 17 --format csv > story.csv\n");
}

std::optional<SchemaFormat> read_schema_options(const Arguments& arguments) {
  const auto values = parse(arguments, schema_options());
  if (values.count("help") > 0) return std::nullopt;
  if (values.count("scenario") > 0) {
    throw UsageError("unexpected argument '" + printable(values["scenario"].as<Words>().front()) +
                     "': the schema is that of all scenarios");
  }
  return values.count("markdown") > 0 ? SchemaFormat::markdown : SchemaFormat::json;
}

std::string schema_help() {
  return help(
      "Usage: truce schema [options]\n"
      "Writes the scenario format as JSON Schema (draft 07), with which an editor completes keys,\n"
      "shows what they mean, and marks mistakes while one types.",
      schema_options(),
      "Example: for the editor and the reader of a folder of scenarios\n"
      "  truce schema > scenarios/truce.schema.json\n"
      "  truce schema --markdown > scenarios/REFERENCE.md\n"
      "\n"
      "An editor with yaml-language-server finds it by the first line of a scenario:\n"
      "  # yaml-language-server: $schema=truce.schema.json\n");
}

std::string run_help() {
  return help(
      "Usage: truce run SCENARIO [options]\n"
      "Plays a scenario many times and writes tables of what came out.",
      run_options(),
      "Example: fewer access denials in one sector, at a glance\n"
      "  truce run scenarios/paris-2026.yaml --replications 200 \\\n"
      "    --set sectors.luhansk.access_denied=0.2 --out results/luhansk\n"
      "\n"
      "As many as it takes, to 10,000 at most, until the mean of coverage is known to 1 % and the\n"
      "delay to 5 % of itself:\n"
      "  truce run scenarios/paris-2026.yaml --replications 10000 \\\n"
      "    --precision coverage=0.01 --precision \"verification_delay=5 % relative\"\n"
      "\n"
      "Ctrl-C stops and keeps what is finished. Exit codes: 0 done, 1 disk or missing file,\n"
      "2 command line or scenario, 3 interrupted, 4 a replication failed, 5 precision not "
      "reached,\n"
      "6 a requirement is missed.\n");
}

std::string shell_text(const Arguments& words) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./=:,@%+-";
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ' ';
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) {
      text += word;
      continue;
    }
    text += '\'';
    for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
    text += '\'';
  }
  return text;
}

}  // namespace truce::cli
