// SPDX-License-Identifier: Apache-2.0
// What is allowed in a scenario but hardly meant: a hub that never opens, beds for half of the
// troops, a sensor that sees nothing. Each warning can be silenced by its name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/read.hpp"

namespace truce::scenario {

/// The warnings of a scenario, but for those that it silences itself. What can happen is looked at
/// with the best of luck, capacities with means and with drawn parameters at their medians: only
/// what is clearly odd is told.
std::vector<Problem> lint(const Loaded& loaded);

/// The warnings of hubs, pledges and rotation pools.
void lint_deployment(const Loaded& loaded, const Complain& complain);

/// The warning of a name or code.
std::optional<Code> find_warning(std::string_view name);
/// Which warning may be meant by a name that is none's.
std::string hint_of_warning(std::string_view name);

}  // namespace truce::scenario
