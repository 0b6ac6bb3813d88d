// SPDX-License-Identifier: Apache-2.0
// The command line of truce export.
#include <algorithm>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/cli/command_line.hpp"

#include "sim/exchange/book.hpp"

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
      "rows", word("N"),
      "of a workbook: rows of replications or points, as many as a sheet holds; default: as make "
      "half a million cells")(
      "example",
      "write a workbook with formulas that read the result's tables, to make one's own from")(
      "into", word("FILE"),
      "put the result into the tables (tblSummary, ...) of a workbook of one's own, whose other "
      "sheets and formulas stay; what it was stays beside it as NAME.before.xlsx")(
      "out", word("PATH"),
      "the file, or of csv the folder; default: beside DIR, its name with .xlsx, .json, .sqlite, "
      ".csv-PROFILE or .example.xlsx behind; only for one of them")(
      "force", "replace an existing file or export")("quiet", "nothing on standard output")(
      "help,h", "show this help");
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
  options.example = values.count("example") > 0;
  if (values.count("into") > 0) options.into = values["into"].as<std::string>();
  const bool other = options.example || options.into;
  if (values.count("as") == 0 && !other) {
    throw UsageError("no format is given: --as " + format_names() + ", or --example or --into");
  }
  if (values.count("as") > 0) {
    for (const auto& name : values["as"].as<Arguments>()) {
      const auto format = format_named(name);
      if (std::ranges::find(options.formats, format) == options.formats.end()) {
        options.formats.push_back(format);
      }
    }
  }
  Problems problems;
  if (const auto rows = count_of(values, "rows", 1, exchange::most_sheet_rows - 1, problems)) {
    options.rows = static_cast<std::uint64_t>(*rows);
  }
  problems.raise();
  const bool workbook =
      std::ranges::find(options.formats, ExportFormat::xlsx) != options.formats.end();
  if (options.rows && !workbook && !other) {
    throw UsageError(
        "--rows is of a workbook (--as xlsx, --example, --into), and none is asked for");
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
    if (options.formats.size() + (options.example ? 1 : 0) + (options.into ? 1 : 0) > 1) {
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
      "       truce export DIR --example | --into FILE [options]\n"
      "Writes a finished result once more in formats that other programs take: as CSV of another\n"
      "profile with a datapackage.json, as a workbook, as one JSON file, or as one SQLite "
      "database;\n"
      "or puts it into a workbook of one's own. The result stays as it is.",
      export_options(),
      "Examples:\n"
      "  truce export results/paris-2026 --as csv --csv-profile excel-eu\n"
      "  truce export results/paris-2026 --as json --as sqlite\n"
      "  truce export results/paris-2026 --example --out mine.xlsx\n"
      "  truce export results/paris-2026-2 --into mine.xlsx\n"
      "\n"
      "Exit codes: 0 done, 1 disk, missing or changed file, 2 command line.\n");
}

}  // namespace truce::cli
