// SPDX-License-Identifier: Apache-2.0
// Standard output is for results, standard error for everything about getting them.
#pragma once

#include <string_view>

namespace truce::cli {

/// Before anything else: gives a standard stream that was closed a place to write to, lest a file
/// of results takes its number; makes a vanished reader and an oversized file errors, not deaths.
void prepare_console();

/// Writes to standard output. A reader who has gone is no error; throws WorldError for others.
void say(std::string_view text);

/// Writes to standard error, or nowhere.
void complain(std::string_view text);

/// Whether standard error is a terminal.
bool error_is_terminal();

}  // namespace truce::cli
