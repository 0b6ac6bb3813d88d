// SPDX-License-Identifier: Apache-2.0
// Which points of a sweep may be analysed together: whole rows, trajectories, levels.
#pragma once

#include <cstdint>
#include <string>

#include "sim/report/sample_read.hpp"

namespace truce::report {

/// What a design makes of its points, some of which conditions may have left out.
experiment::Chosen chosen_of(const std::string& method, std::uint64_t left_out);

/// Cuts the points back to what is whole, and notes it. Throws UsageError if nothing can be told
/// from what is left.
void trim_sample(StoredSample& stored);

}  // namespace truce::report
