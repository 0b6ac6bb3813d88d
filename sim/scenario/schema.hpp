// SPDX-License-Identifier: Apache-2.0
// The scenario format as JSON Schema, for editors that complete keys and mark mistakes while one
// types, and as a page of tables: both made from the descriptions that the reader follows.
#pragma once

#include <string>

namespace truce::scenario {

/// JSON Schema, draft 07: what yaml-language-server understands. It accepts every scenario that
/// the reader accepts, and refuses what a schema can refuse: keys, units, words, signs, shapes.
/// What ties sections to each other (names that lead nowhere, routes, sums) is the reader's alone.
std::string json_schema();

/// The same as a page in Markdown: each section, key, unit, default and range with its meaning.
std::string reference_page();

}  // namespace truce::scenario
