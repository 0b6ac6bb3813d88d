// SPDX-License-Identifier: Apache-2.0
// truce new: a small scenario with comments, to build on.
#include <filesystem>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/schema.hpp"

#include "sim/report/file.hpp"

#include "sim/cli/commands.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/starter.hpp"

namespace truce::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view schema_name = "truce.schema.json";

void write_file(const fs::path& path, const std::string& text) {
  report::File file(path);
  file.write(text);
  file.close();
}

/// A name as YAML takes it for text, whatever is in it.
std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : printable(name)) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + '"';
}

}  // namespace

ExitCode make_new(const Arguments& arguments) {
  const auto options = read_new_options(arguments);
  if (!options) {
    say(new_help());
    return ExitCode::done;
  }
  const fs::path file = options->file;
  std::error_code ignored;
  if (fs::symlink_status(file, ignored).type() != fs::file_type::not_found) {
    throw WorldError(options->file, "exists; nothing is overwritten");
  }
  std::string text(starter_scenario);
  constexpr std::string_view name = "\nname: Starter\n";
  const auto at = text.find(name);
  text.replace(at, name.size(),
               "\nname: " + quoted(options->name.value_or(file.stem().string())) + "\n");
  write_file(file, text);
  const auto schema = file.parent_path() / schema_name;
  std::string written = printable(options->file, 400);
  if (fs::symlink_status(schema, ignored).type() == fs::file_type::not_found) {
    write_file(schema, scenario::json_schema());
    written += " and " + printable(schema.string(), 400);
  }
  say("Written: " + written + "\nNext:    truce validate " + printable(options->file, 400) +
      "\n         truce run " + printable(options->file, 400) + " --replications 200\n");
  return ExitCode::done;
}

}  // namespace truce::cli
