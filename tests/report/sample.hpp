// SPDX-License-Identifier: Apache-2.0
// A small scenario and made-up results for the tests of tables and manifests.
#pragma once

#include <cstdint>
#include <string_view>

#include "sim/scenario/read.hpp"

#include "sim/experiment/results.hpp"

#include "tests/report/files.hpp"

namespace truce::report {

/// One sector, one hub, one pledge, one cell.
extern const std::string_view scenario_text;
scenario::Loaded sample_scenario();

/// Results with a measure, a proportion, a breakdown, an absent outcome; two series, three days.
experiment::Results sample_results(std::uint64_t replications = 40);

/// A column with some of its parts.
model::Column column_of(std::string_view outcome, std::string_view label, std::string_view unit,
                        std::string_view breakdown = "", std::string_view key = "");

}  // namespace truce::report
