// SPDX-License-Identifier: Apache-2.0
// The commands of the program, each in its own file.
#pragma once

#include "sim/cli/exit_code.hpp"
#include "sim/cli/options.hpp"

namespace truce::cli {

/// truce run: plays a scenario and writes the results.
ExitCode run(const Arguments& arguments);
/// truce compare: a base and what-ifs on the same luck.
ExitCode compare(const Arguments& arguments);
/// truce extend: adds replications to a finished result.
ExitCode extend(const Arguments& arguments);
/// truce sweep: plays a scenario at many points.
ExitCode sweep(const Arguments& arguments);
/// truce sensitivity: what drives the outcomes of a sweep or run.
ExitCode sensitivity(const Arguments& arguments);
/// truce export: a result in other formats.
ExitCode export_result(const Arguments& arguments);
/// truce schema: the scenario format for editors, or as a page.
ExitCode schema(const Arguments& arguments);
/// truce trace: tells one replication event by event.
ExitCode trace(const Arguments& arguments);
/// truce explain: where each value comes from, or what a code means.
ExitCode explain(const Arguments& arguments);
/// truce diff: in which values two scenarios differ.
ExitCode diff(const Arguments& arguments);
/// truce new: writes a scenario to build on.
ExitCode make_new(const Arguments& arguments);
/// truce validate: reads and checks a scenario.
ExitCode validate(const Arguments& arguments);

/// The whole program: finds the command, runs it, tells what went wrong.
ExitCode run_program(const Arguments& arguments);

}  // namespace truce::cli
