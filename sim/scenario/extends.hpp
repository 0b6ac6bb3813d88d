// SPDX-License-Identifier: Apache-2.0
// What-ifs as small files: a scenario that says `extends: other.yaml` holds only what differs.
//
// Sections and tables of names merge by key, at any depth; what is one value (a number, a
// distribution, {value: ..., source: ...}, a list) is replaced as a whole; `~` removes. The merge
// follows the described sections, so that it never guesses what a mapping stands for, and happens
// before the one strict reader sees the result.
#pragma once

#include "sim/core/problem.hpp"

#include "sim/scenario/document.hpp"

namespace truce::scenario {

/// The scenario `base` with the changes of one that extends it. Name and summary of the base are
/// not taken over: the changes must give a name. Positions stay those of the file in which a value
/// stands; a section's source, note and confidence speak for the values of their own file only.
/// Refused, to `problems`: removing what is not there or is needed, keys without a value, and new
/// names that look like a slip for one that is there.
Node extend(Node base, Node changes, Problems& problems);

}  // namespace truce::scenario
