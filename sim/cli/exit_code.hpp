// SPDX-License-Identifier: Apache-2.0
// What the program's exit code tells whoever started it.
#pragma once

namespace truce::cli {

enum class ExitCode : int {
  done = 0,
  world = 1,        ///< disk, missing file, no memory
  usage = 2,        ///< the command line or the scenario needs mending; nothing was simulated
  interrupted = 3,  ///< stopped on request; what was finished is kept
  defect = 4,       ///< a replication or truce itself failed; what was finished is kept
  imprecise = 5,    ///< all replications allowed are played, and --precision is not reached
  missed = 6,       ///< a --require is not met
};

}  // namespace truce::cli
