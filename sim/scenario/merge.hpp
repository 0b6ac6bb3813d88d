// SPDX-License-Identifier: Apache-2.0
// The one merge rule, for all ways to say what differs: a file that `extends` another, a
// variation, an overlay, --set path=value.
//
// Sections and tables of names merge by key, at any depth; what is one value (a number, a
// distribution, {value: ..., source: ...}, a list) is replaced as a whole; `~` removes. The merge
// follows the described sections, so that it never guesses what a mapping stands for, and happens
// before the one strict reader sees the result. What a value replaced is remembered in the tree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/problem.hpp"

#include "sim/scenario/document.hpp"

namespace truce::scenario {

/// Merges the changes into `base`. Positions stay those of the text in which a value stands; a
/// section's source, note and confidence speak for the values beside them only. Refused, to
/// `problems`: removing what is not there or is needed, keys without a value, and new names that
/// look like a slip for one that is there.
void merge(Node& base, const Node& changes, Problems& problems);

/// The scenario `base` with the changes of a file that extends it. Name and summary of the base
/// are not taken over: the changes must give a name.
Node extend(Node base, Node changes, Problems& problems);

/// Merges a value at a path: the same as a file in which only that stands. A step `*` stands for
/// all entries there (those that lack what the path names on its way are left out), a number for
/// an item of a list, counted from 0; a step with dots in it is put in double quotes. A path may
/// lead into a value, `hubs.lviv.opens_after.gamma.mean`. A refused change changes nothing.
void change(Node& root, std::string_view path, const Node& value, const Position& at,
            Problems& problems);

/// The same, but a refused change may leave a part of it behind: for trees that are then thrown
/// away.
void change_unguarded(Node& root, std::string_view path, const Node& value, const Position& at,
                      Problems& problems);

/// All places that a path with wildcards stands for, as paths; itself if it has none.
std::vector<std::string> places_of(const Node& root, std::string_view path);
/// What stands at a path without wildcards, or nullptr; of {value: ..., source: ...} all of it.
const Node* find_at(const Node& root, std::string_view path);

/// One `--set path=value`; the value is YAML, `~` removes.
void set_value(Node& root, std::string_view assignment, Problems& problems);

/// The steps of a path: a.b."c.d" has three.
std::vector<std::string> steps_of(std::string_view path);

}  // namespace truce::scenario
