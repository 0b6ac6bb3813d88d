// SPDX-License-Identifier: Apache-2.0
// Problems as a good compiler tells them: the place, the code, what is wrong and what would do,
// the line with a caret, and how the text came in. And as JSON, for editors and scripts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"

namespace truce::report {

/// One problem, with its line if that can still be read; several lines, each ended. Texts of
/// changes from the command line show the change.
std::string problem_text(const Problem& problem);

/// {"schema_version": 1, "ok": ..., "problems": [{"code", "name", "severity", "file", "line",
/// "column", "path", "what", "accepted", "trail"}]}; ok if none is an error.
std::string problems_json(std::span<const Problem> problems);

}  // namespace truce::report
