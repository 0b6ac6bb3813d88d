// SPDX-License-Identifier: Apache-2.0
// The screenful that a planner reads when a run is over.
#pragma once

#include <string>
#include <string_view>

#include "sim/scenario/scenario.hpp"

#include "sim/experiment/results.hpp"

namespace truce::report {

/// What the screenful says about the run itself.
struct RunNote {
  std::string folder;    ///< where the files are
  double seconds = 0.0;  ///< that it took
  unsigned threads = 1;
  bool workbook = false;  ///< whether there is one among them
};

/// At most 45 lines of at most 100 characters: deployment, monitoring, what limits them, and where
/// the files are. Numbers are rounded to what their intervals allow; shares are in percent, times
/// below two days in hours, what is above 100,000 in thousands.
std::string narrative(const experiment::Results& results, const scenario::Scenario& scenario,
                      const RunNote& note);

/// "0.0123", "1,230": three significant digits.
std::string significant(double value);

/// "1,234.5": a number with a fixed number of decimals, thousands grouped.
std::string grouped(double value, int decimals);

}  // namespace truce::report
