// SPDX-License-Identifier: Apache-2.0
// What the parameters of a scenario may be, before any draw and in one.
#pragma once

#include <functional>
#include <string>

#include "sim/scenario/expression.hpp"
#include "sim/scenario/parameters.hpp"

namespace truce::scenario {

/// The value of each parameter that is drawn, in its canonical unit.
using Drawn = std::function<double(const std::string& name, const ParameterSpec&)>;

/// All parameters when those that are drawn have the values that `drawn` gives.
/// Problems (an expression of what is not there, parameters made of each other) go to `report`.
Valuation valuation(const Table<ParameterSpec>& parameters, const Drawn& drawn,
                    const Report& report);
/// The ends of what each may be.
Valuation ranges(const Table<ParameterSpec>& parameters, const Report& report);
/// The median of each: what checks and tables use before there is a draw.
Valuation medians(const Table<ParameterSpec>& parameters, const Report& report);

}  // namespace truce::scenario
