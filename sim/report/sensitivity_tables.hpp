// SPDX-License-Identifier: Apache-2.0
// The tables of what drives outcomes: measures of inputs, bars of a tornado, parameters and chance,
// and which analyses were left out.
#pragma once

#include "sim/experiment/sensitivity.hpp"

#include "sim/report/table.hpp"

namespace truce::report {

/// sensitivity.csv: a row per outcome, input and measure.
Table sensitivity_table(const experiment::Sensitivity& all, const experiment::Sample& sample);
/// tornado.csv: a row per outcome and bar, the longest first.
Table tornado_table(const experiment::Sensitivity& all, const experiment::Sample& sample);
/// variance.csv: a row per outcome and method.
Table variance_table(const experiment::Sensitivity& all);
/// left_out.csv: a row per analysis that was not made.
Table left_out_table(const experiment::Sensitivity& all);

}  // namespace truce::report
