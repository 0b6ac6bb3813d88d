// SPDX-License-Identifier: Apache-2.0
// What spans sections: references, routes, branching, conditions that could never hold.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "sim/core/problem.hpp"

#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

/// Where each value of a scenario was written, by path.
using Origins = std::map<std::string, Position, std::less<>>;

/// The position of a path, or of its nearest parent that was written.
Position position_of(const Origins& origins, std::string path);

struct Loaded;

/// Adds what is wrong between sections to `problems`.
void check_rules(const Loaded& loaded, Problems& problems);

/// How rules tell what is wrong: (code, path, what, accepted).
using Complain = std::function<void(Code, const std::string&, std::string, std::string)>;

/// The rules of facts, layers, effects, shocks, climate, crisis, coordination and costs.
void check_politics(const Scenario& scenario, const Complain& complain);

/// The rules of parameters and their correlations.
void check_parameters(const Loaded& loaded, const Complain& complain);

}  // namespace truce::scenario
