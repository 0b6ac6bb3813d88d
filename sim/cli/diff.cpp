// SPDX-License-Identifier: Apache-2.0
// truce diff: in which values two scenarios differ.
#include <filesystem>

#include "sim/core/text.hpp"

#include "sim/report/manifest.hpp"
#include "sim/report/origin.hpp"
#include "sim/report/trace.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

/// A side of the comparison: its scenario, and what is said of how it was played.
struct Side {
  scenario::Loaded loaded;
  std::vector<report::Difference> played;  ///< path and left only
};

Side side_of(const ScenarioOptions& options) {
  fs::path folder = options.recipe.file;
  if (folder.filename() == report::manifest_name) folder = folder.parent_path();
  std::error_code ignored;
  if (!fs::exists(folder / report::manifest_name, ignored)) {
    return {scenario::read(document_of(options)), {}};
  }
  const auto replay = report::replay_of(folder);
  scenario::Document document;
  document.root = scenario::parse(replay.scenario, (folder / report::manifest_name).string());
  return {scenario::read(scenario::changed(std::move(document), options.recipe)),
          {{"seed", std::to_string(replay.seed), ""},
           {"first", std::to_string(replay.first), ""},
           {"replications", std::to_string(replay.replications), ""},
           {"truce", replay.version, ""}}};
}

}  // namespace

ExitCode diff(const Arguments& arguments) {
  const auto options = read_diff_options(arguments);
  if (!options) {
    say(diff_help());
    return ExitCode::done;
  }
  ScenarioOptions first;
  first.recipe.file = options->left;
  first.recipe.reach = options->right.recipe.reach;
  const auto left = side_of(first);
  const auto right = side_of(options->right);
  auto all = report::differences(left.loaded, right.loaded);
  if (left.played.size() == right.played.size()) {
    for (std::size_t i = 0; i < left.played.size(); ++i) {
      const auto& one = left.played[i];
      if (one.left == right.played[i].left) continue;
      all.push_back({"run." + one.path, one.left, right.played[i].left});
    }
  }
  const std::string& name = options->right.recipe.file;
  const std::string other = name == options->left ? name + " as changed" : name;
  say(options->format == OutputFormat::json
          ? report::differences_json(all, options->left, other)
          : report::differences_text(all, printable(options->left, 400), printable(other, 400)));
  return ExitCode::done;
}

}  // namespace truce::cli
