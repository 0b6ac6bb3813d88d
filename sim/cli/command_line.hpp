// SPDX-License-Identifier: Apache-2.0
// What all commands read from their command line.
#pragma once

#include <string>

#include <boost/program_options.hpp>

#include "sim/cli/options.hpp"

namespace truce::cli {

/// --variation, --with, --set, --allow-outside, --help.
void add_scenario_options(boost::program_options::options_description& options);
/// --silence, of commands that tell warnings.
void add_silence_option(boost::program_options::options_description& options);
/// Throws UsageError with what is wrong. Words without option are found under "scenario".
boost::program_options::variables_map parse(
    const Arguments& arguments, const boost::program_options::options_description& visible);
/// The scenario that the command line means. Throws UsageError if it names none, or two.
ScenarioOptions scenario_of(const boost::program_options::variables_map& values);
/// Usage, options, and the rest of a help text.
std::string help(const std::string& usage,
                 const boost::program_options::options_description& options,
                 const std::string& rest);

}  // namespace truce::cli
