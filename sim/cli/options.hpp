// SPDX-License-Identifier: Apache-2.0
// The command line: what can be written there, and what it means.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/code.hpp"
#include "sim/core/describe.hpp"

#include "sim/scenario/compose.hpp"
#include "sim/scenario/study.hpp"

#include "sim/report/csv_profile.hpp"
#include "sim/report/folder.hpp"
#include "sim/report/origin.hpp"
#include "sim/report/trace.hpp"

#include "sim/cli/progress.hpp"

namespace truce::cli {

/// The words after the command.
using Arguments = std::vector<std::string>;

/// What every command that reads a scenario is told.
struct ScenarioOptions {
  scenario::Recipe recipe;
  std::vector<Code> silenced;  ///< warnings that are not told
};

enum class Loudness : std::uint8_t { normal, quiet };

/// Whether results.xlsx is written.
enum class Workbook : std::uint8_t { yes, no };

/// What every command that plays many replications is told.
struct CampaignOptions {
  std::optional<std::uint64_t> replications;  ///< the scenario's own, if not given; at most
  std::optional<std::uint64_t> at_least;      ///< before the first look at precision
  std::optional<std::uint64_t> seed;          ///< the scenario's own, if not given
  std::uint64_t first = 0;
  unsigned threads = 1;
  std::optional<std::string> out;
  report::Existing existing = report::Existing::keep;
  Loudness loudness = Loudness::normal;
  Workbook workbook = Workbook::yes;
  std::vector<std::string> precision;     ///< OUTCOME=HALF-WIDTH
  std::vector<std::string> requirements;  ///< STATISTIC >= BOUND
};

/// What `truce run` is told.
struct RunOptions : CampaignOptions {
  ScenarioOptions scenario;
};

/// Something that is compared with the base.
struct WhatIf {
  std::string name;
  ScenarioOptions scenario;
};

/// What `truce compare` is told.
struct CompareOptions : CampaignOptions {
  ScenarioOptions base;
  std::vector<WhatIf> what_ifs;  ///< if none, all variations of the base
  std::vector<std::string> outcomes;
};

/// What `truce extend` is told.
struct ExtendOptions : CampaignOptions {
  std::string folder;
};

/// What `truce sweep` is told.
struct SweepOptions : CampaignOptions {
  ScenarioOptions scenario;          ///< or study
  std::vector<std::string> factors;  ///< PATH=VALUES; of a scenario without study
  scenario::Method design = scenario::Method::factorial;  ///< of these
  std::vector<std::string> outcomes;                      ///< that are told in detail
  bool plan = false;                                      ///< tell what would be played
};

/// What `truce sensitivity` is told.
struct SensitivityOptions {
  std::string folder;
  std::vector<std::string> outcomes;
  std::size_t top = 5;  ///< inputs on the screen, of each outcome
  std::optional<std::string> out;
  report::Existing existing = report::Existing::keep;
  Loudness loudness = Loudness::normal;
  Workbook workbook = Workbook::yes;
};

/// A format that results can be had in beside their own CSV.
enum class ExportFormat : std::uint8_t { csv, xlsx, json, sqlite };

/// What `truce export` is told.
struct ExportOptions {
  std::string folder;
  std::vector<ExportFormat> formats;  ///< each once
  const report::CsvProfile* profile = nullptr;
  std::optional<std::uint64_t> rows;  ///< of replications or points in a workbook
  bool example = false;               ///< a workbook with calculations of one's own
  std::optional<std::string> into;    ///< a workbook whose tables are filled again
  std::optional<std::string> out;     ///< of one format
  report::Existing existing = report::Existing::keep;
  Loudness loudness = Loudness::normal;
};

/// What `truce trace` is told.
struct TraceOptions {
  ScenarioOptions scenario;
  std::optional<std::string> from;    ///< a result folder to replay instead of a scenario
  std::optional<std::uint64_t> seed;  ///< the scenario's or result's own, if not given
  std::uint64_t replication = 0;
  report::TraceFormat format = report::TraceFormat::text;
  report::TraceFilter filter;
  bool days = false;  ///< the day-by-day table instead of the events
};

enum class OutputFormat : std::uint8_t { text, json };

/// What `truce validate` is told.
struct ValidateOptions {
  ScenarioOptions scenario;
  OutputFormat format = OutputFormat::text;
};

/// What `truce explain` is told: a scenario and possibly a path, or a code.
struct ExplainOptions {
  ScenarioOptions scenario;
  std::string path;
  std::optional<Code> code;
  report::OriginFilter filter = report::OriginFilter::all;
  OutputFormat format = OutputFormat::text;
};

/// What `truce diff` is told: each side a scenario file or a result folder.
struct DiffOptions {
  std::string left;
  ScenarioOptions right;  ///< with the changes that make it differ
  OutputFormat format = OutputFormat::text;
};

/// What `truce new` is told.
struct NewOptions {
  std::string file;
  std::optional<std::string> name;
};

/// Reads the options; nothing if only help is wanted. Throws UsageError or, with all values that
/// can't be used, ScenarioError.
std::optional<RunOptions> read_run_options(const Arguments& arguments);
std::string run_help();

std::optional<CompareOptions> read_compare_options(const Arguments& arguments);
std::string compare_help();

std::optional<ExtendOptions> read_extend_options(const Arguments& arguments);
std::string extend_help();

std::optional<SweepOptions> read_sweep_options(const Arguments& arguments);
std::string sweep_help();

std::optional<SensitivityOptions> read_sensitivity_options(const Arguments& arguments);
std::string sensitivity_help();

std::optional<ExportOptions> read_export_options(const Arguments& arguments);
std::string export_help();

std::optional<TraceOptions> read_trace_options(const Arguments& arguments);
std::string trace_help();

enum class SchemaFormat : std::uint8_t { json, markdown };
std::optional<SchemaFormat> read_schema_options(const Arguments& arguments);
std::string schema_help();

std::optional<ValidateOptions> read_validate_options(const Arguments& arguments);
std::string validate_help();
std::optional<ExplainOptions> read_explain_options(const Arguments& arguments);
std::string explain_help();
std::optional<DiffOptions> read_diff_options(const Arguments& arguments);
std::string diff_help();
std::optional<NewOptions> read_new_options(const Arguments& arguments);
std::string new_help();

/// The command line as a shell would take it: words quoted where they need it.
std::string shell_text(const Arguments& words);

}  // namespace truce::cli

namespace truce {
template <>
struct EnumNames<cli::ExportFormat> {
  static constexpr std::array<std::string_view, 4> names{"csv", "xlsx", "json", "sqlite"};
};
}  // namespace truce
