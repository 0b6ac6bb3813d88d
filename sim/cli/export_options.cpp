// SPDX-License-Identifier: Apache-2.0
// The command line of truce export.
#include <algorithm>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/cli/command_line.hpp"

namespace truce::cli {
namespace po = boost::program_options;
namespace {

std::string format_names() {
  std::string text;
  for (const auto name : EnumNames<ExportFormat>::names) {
    text += (text.empty() ? "" : ", ") + std::string(name);
  }
  return text;
}

std::string profile_names() {
  std::string text;
  for (const auto& profile : report::csv_profiles()) {
    text += (text.empty() ? "" : ", ") + std::string(profile.name());
  }
  return text;
}

po::options_description export_options() {
  po::options_description options("Options");
  const auto word = [](const char* name) { return po::value<std::string>()->value_name(name); };
  options.add_options()("as", po::value<Arguments>()->composing()->value_name("FORMAT"),
                        (format_names() + "; as often as needed").c_str())(
      "csv-profile", word("NAME"),
      "of --as csv: rfc4180 (default: comma, decimal point), excel (the same with a byte order "
      "mark), excel-eu (semicolon, decimal comma, mark) or tsv (tab)")(
      "out", word("PATH"),
      "the file, or of csv the folder; default: beside DIR, its name with .json, .sqlite or "
      ".csv-PROFILE behind; only with one --as")("force", "replace an existing file or export")(
      "quiet", "nothing on standard output")("help,h", "show this help");
  return options;
}

ExportFormat format_named(const std::string& name) {
  const auto& names = EnumNames<ExportFormat>::names;
  const auto* found = std::ranges::find(names, name);
  if (found == names.end()) {
    throw UsageError("--as: unknown format '" + printable(name) + "': " + format_names());
  }
  return static_cast<ExportFormat>(found - names.begin());
}

}  // namespace

std::optional<ExportOptions> read_export_options(const Arguments& arguments) {
  const auto values = parse(arguments, export_options());
  if (values.count("help") > 0) return std::nullopt;
  if (values.count("scenario") == 0) {
    throw UsageError("no result folder is given, for example results/minimal");
  }
  const auto& folders = values["scenario"].as<Arguments>();
  if (folders.size() > 1) {
    throw UsageError("unexpected argument '" + printable(folders[1]) + "': one result at a time");
  }
  ExportOptions options;
  options.folder = folders.front();
  if (values.count("as") == 0) throw UsageError("no format is given: --as " + format_names());
  for (const auto& name : values["as"].as<Arguments>()) {
    const auto format = format_named(name);
    if (std::ranges::find(options.formats, format) == options.formats.end()) {
      options.formats.push_back(format);
    }
  }
  options.profile = &report::rfc4180();
  if (values.count("csv-profile") > 0) {
    const auto& name = values["csv-profile"].as<std::string>();
    if (std::ranges::find(options.formats, ExportFormat::csv) == options.formats.end()) {
      throw UsageError("--csv-profile is of --as csv, which is not asked for");
    }
    options.profile = report::find_csv_profile(name);
    if (options.profile == nullptr) {
      throw UsageError("--csv-profile: unknown profile '" + printable(name) +
                       "': " + profile_names());
    }
  }
  if (values.count("out") > 0) {
    if (options.formats.size() > 1) {
      throw UsageError(
          "--out is the place of one format: leave it out, or give one --as at a time");
    }
    options.out = values["out"].as<std::string>();
  }
  if (values.count("force") > 0) options.existing = report::Existing::replace;
  if (values.count("quiet") > 0) options.loudness = Loudness::quiet;
  return options;
}

std::string export_help() {
  return help(
      "Usage: truce export DIR --as FORMAT [options]\n"
      "Writes a finished result once more in formats that other programs take: as CSV of another\n"
      "profile with a datapackage.json, as one JSON file, or as one SQLite database. The result\n"
      "stays as it is.",
      export_options(),
      "Examples:\n"
      "  truce export results/paris-2026 --as csv --csv-profile excel-eu\n"
      "  truce export results/paris-2026 --as json --as sqlite\n"
      "\n"
      "Exit codes: 0 done, 1 disk, missing or changed file, 2 command line.\n");
}

}  // namespace truce::cli
