// SPDX-License-Identifier: Apache-2.0
// truce explain: where each value comes from, or what a code means.
#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/report/origin.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/scenario_file.hpp"

namespace truce::cli {
namespace {

/// Words in lines of at most 90 characters.
std::string wrapped(std::string_view text) {
  constexpr std::size_t width = 90;
  std::string result;
  std::size_t used = 0;
  for (const auto word : split(text, ' ')) {
    if (used > 0 && used + 1 + word.size() > width) {
      result += '\n';
      used = 0;
    }
    if (used > 0) result += ' ';
    result += word;
    used += word.size() + 1;
  }
  return result;
}

}  // namespace

ExitCode explain(const Arguments& arguments) {
  const auto options = read_explain_options(arguments);
  if (!options) {
    say(explain_help());
    return ExitCode::done;
  }
  if (options->code) {
    const auto& text = text_of(*options->code);
    say(std::string(text.id) + " " + std::string(text.name) + ": " + std::string(text.title) +
        "\n\n" + wrapped(text.text) + "\n");
    return ExitCode::done;
  }
  const auto document = document_of(options->scenario);
  const auto loaded = scenario::read(document);
  const bool json = options->format == OutputFormat::json;
  const auto text = report::origins_text(document, loaded, options->path, options->filter);
  if (text.empty() && !options->path.empty()) {
    std::vector<std::string> paths;
    for (const auto& row : loaded.assumptions) paths.push_back(row.path);
    throw UsageError("nothing of the scenario " +
                     std::string(options->filter == report::OriginFilter::changed
                                     ? "is changed at '"
                                     : "stands at '") +
                     printable(options->path) + "'." + did_you_mean(options->path, paths));
  }
  if (json) {
    say(report::origins_json(document, loaded, options->path, options->filter));
  } else {
    say(text.empty() ? "No layer changed anything.\n" : text);
  }
  return ExitCode::done;
}

}  // namespace truce::cli
