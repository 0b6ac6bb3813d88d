// SPDX-License-Identifier: Apache-2.0
// What a planner reads of what drives the outcomes: the inputs that matter most, which way, and how
// much is chance.
#pragma once

#include <cstddef>
#include <string>

#include "sim/experiment/sensitivity.hpp"

#include "sim/report/sample_read.hpp"

namespace truce::report {

/// Lines of at most 100 characters: per outcome the `top` inputs by the best measure that the
/// design allows, then parameters and chance; warnings at the end.
std::string sensitivity_narrative(const experiment::Sensitivity& all, const StoredSample& stored,
                                  std::size_t top, const std::string& folder);

}  // namespace truce::report
