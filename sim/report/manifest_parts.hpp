// SPDX-License-Identifier: Apache-2.0
// Pieces that the manifests of all kinds of results have.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/scenario/document.hpp"

#include "sim/experiment/results.hpp"

#include "sim/report/manifest.hpp"

namespace truce::report {

using Json = nlohmann::ordered_json;

/// What the tables of all results are written as.
inline constexpr std::string_view csv_dialect =
    "RFC 4180: UTF-8 without byte order mark, comma, decimal point, lines end with CR LF. Empty "
    "cells are absent values. Text that a spreadsheet would take for a formula has an apostrophe "
    "before it.";

/// "complete", "interrupted", "failed".
std::string_view ending_text(experiment::Ending ending);
/// A scenario as a tree.
Json scenario_json(const scenario::Node& node);
Json precision_json(std::span<const Reached> precision);
Json files_json(std::span<const Written> files);
/// What depends on when, where and how a command ran.
Json run_json(const RunRecord& record);
/// With an indent of two; what is not UTF-8 is replaced.
std::string json_text(const Json& json);

}  // namespace truce::report
