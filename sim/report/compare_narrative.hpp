// SPDX-License-Identifier: Apache-2.0
// What a planner reads when a comparison is over: for each outcome that matters, what clearly
// changes and what does not.
#pragma once

#include <span>
#include <string>

#include "sim/experiment/results.hpp"

#include "sim/report/comparison_files.hpp"
#include "sim/report/narrative.hpp"

namespace truce::report {

/// Lines of at most 100 characters. Per headline: the base with its mean; each what-if that clearly
/// differs, with mean, difference, interval and verdict; the names of the others; the best. Then
/// what the ceasefire gains or loses, and what the same luck has saved.
std::string comparison_narrative(const Findings& findings,
                                 std::span<const ContenderNote> contenders,
                                 const experiment::Results& base, const RunNote& note);

}  // namespace truce::report
