// SPDX-License-Identifier: Apache-2.0
// The program as a whole: which command is meant, and what an error means to whoever started it.
#include <array>
#include <exception>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/problem_text.hpp"
#include "sim/report/version.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"

namespace truce::cli {
namespace {

struct Command {
  std::string_view name;
  std::string_view summary;
  ExitCode (*run)(const Arguments&);
};

constexpr std::array commands{
    Command{"new", "write a small scenario with comments, to build on", make_new},
    Command{"validate", "check a scenario and tell all that is wrong with it", validate},
    Command{"explain", "tell where each value comes from, or what a code means", explain},
    Command{"diff", "tell in which values two scenarios or results differ", diff},
    Command{"run", "play a scenario many times and write tables of what came out", run},
    Command{"compare", "play what-ifs on the same luck and tell what changes", compare},
    Command{"extend", "add replications to a finished result", extend},
    Command{"sweep", "play a scenario at many points of what is uncertain or could differ", sweep},
    Command{"sensitivity", "tell what drives the outcomes of a sweep or run", sensitivity},
    Command{"export", "write a result as a workbook, CSV for a spreadsheet, JSON or SQLite",
            export_result},
    Command{"trace", "tell one replication event by event", trace},
    Command{"schema", "write the scenario format for editors, or as a page of tables", schema}};

constexpr std::size_t most_problems = 100;
constexpr std::size_t longest_line = 4000;

std::string program_help() {
  std::string text =
      "Usage: truce COMMAND [arguments]\n"
      "A scenario simulator for ceasefire-monitoring deployments.\n\nCommands:\n";
  for (const auto& command : commands) {
    text += "  " + std::string(command.name) + std::string(13 - command.name.size(), ' ') +
            std::string(command.summary) + "\n";
  }
  return text +
         "\nOptions:\n"
         "  --help    show this help; after a command, its own\n"
         "  --version show the version\n\n"
         "Example:\n"
         "  truce run scenarios/paris-2026.yaml --replications 200\n";
}

ExitCode dispatch(const Arguments& arguments) {
  if (arguments.empty()) {
    complain(program_help());
    return ExitCode::usage;
  }
  const auto& word = arguments.front();
  if (word == "--help" || word == "-h") {
    say(program_help());
    return ExitCode::done;
  }
  if (word == "--version") {
    say("truce " + std::string(report::version()) + " (" + report::compiler() + ", " +
        std::string(report::build_type()) + ")\n");
    return ExitCode::done;
  }
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.name == word) return command.run({arguments.begin() + 1, arguments.end()});
    names.emplace_back(command.name);
  }
  const bool option = word.starts_with('-');
  if (option) names = {"--help", "--version"};
  throw UsageError(std::string(option ? "unknown option" : "unknown command") + " '" +
                   printable(word) + "'." + did_you_mean(word, names) +
                   (option ? "" : " Commands: " + join(names, ", ") + "."));
}

void tell(const ScenarioError& error) {
  const auto& problems = error.problems();
  std::string text;
  for (std::size_t i = 0; i < problems.size() && i < most_problems; ++i) {
    text += report::problem_text(problems[i]);
  }
  if (problems.size() > most_problems) {
    text += "... and " + std::to_string(problems.size() - most_problems) + " more\n";
  }
  complain(text);
}

}  // namespace

ExitCode run_program(const Arguments& arguments) {
  prepare_console();
  const auto fail = [](std::string_view what, ExitCode code) {
    complain("error: " + std::string(what) + "\n");
    return code;
  };
  try {
    return dispatch(arguments);
  } catch (const ScenarioError& error) {
    tell(error);
    return ExitCode::usage;
  } catch (const UsageError& error) {
    return fail(std::string(error.what()) + "\nTry truce --help.", ExitCode::usage);
  } catch (const WorldError& error) {
    return fail(printable(error.what(), longest_line), ExitCode::world);
  } catch (const std::filesystem::filesystem_error& error) {
    return fail(printable(error.what(), longest_line), ExitCode::world);
  } catch (const std::bad_alloc&) {
    return fail("not enough memory", ExitCode::world);
  } catch (const std::exception& error) {
    return fail(error.what(), ExitCode::defect);
  }
}

}  // namespace truce::cli
