// SPDX-License-Identifier: Apache-2.0
// What all commands read from their command line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/program_options.hpp>

#include "sim/core/problem.hpp"

#include "sim/cli/options.hpp"

namespace truce::cli {

/// --variation, --with, --set, --allow-outside, --help.
void add_scenario_options(boost::program_options::options_description& options);
/// --silence, of commands that tell warnings.
void add_silence_option(boost::program_options::options_description& options);
/// --replications, --at-least, --precision, --require, --threads, --quiet; those of a campaign that
/// may choose its luck and its folder: --seed, --first, --out, --force.
enum class CampaignKind : std::uint8_t { fresh, extended };
void add_campaign_options(boost::program_options::options_description& options, CampaignKind kind);
/// Reads them; what can't be used goes to `problems`.
void take_campaign_options(const boost::program_options::variables_map& values,
                           CampaignOptions& options, Problems& problems);
/// A whole number from `least` to `most`; nothing if the option is not given or wrong.
std::optional<std::int64_t> count_of(const boost::program_options::variables_map& values,
                                     const std::string& name, std::int64_t least, std::int64_t most,
                                     Problems& problems);
/// The greatest seed, below 2^53 as in scenarios.
inline constexpr std::int64_t most_seed = 9'000'000'000'000'000;
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
