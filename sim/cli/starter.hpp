// SPDX-License-Identifier: Apache-2.0
// The scenario that `truce new` writes: scenarios/starter.yaml, made part of the program.
#pragma once

#include <string_view>

namespace truce::cli {

extern const std::string_view starter_scenario;

}  // namespace truce::cli
