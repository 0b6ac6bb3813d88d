// SPDX-License-Identifier: Apache-2.0
// Where the values of a scenario come from, and how two scenarios differ.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/compose.hpp"
#include "sim/scenario/read.hpp"

namespace truce::report {

/// Which values are told.
enum class OriginFilter : std::uint8_t { all, changed };

/// The values of a scenario under a path (or one that fits it, a step may be *; all if it is
/// empty): each with the file and line in which it stands, the layer that set it, what it replaced,
/// its source, and mean, 5 % and 95 % quantile if it is drawn; then what layers removed.
/// Empty if the scenario has nothing there.
std::string origins_text(const scenario::Document& document, const scenario::Loaded& loaded,
                         std::string_view path, OriginFilter filter);
/// The same as JSON: {"schema_version": 1, "values": [...], "removed": [...]}.
std::string origins_json(const scenario::Document& document, const scenario::Loaded& loaded,
                         std::string_view path, OriginFilter filter);

/// One value in which two scenarios differ. A side that lacks it is empty.
struct Difference {
  std::string path;
  std::string left;
  std::string right;
};

/// All values in which they differ, in canonical units, so that 24 h and 1 day are the same; in
/// the order of the left, then what only the right has.
std::vector<Difference> differences(const scenario::Loaded& left, const scenario::Loaded& right);

/// "path: left -> right", one a line; columns of a header name the sides.
std::string differences_text(std::span<const Difference> all, std::string_view left,
                             std::string_view right);
std::string differences_json(std::span<const Difference> all, std::string_view left,
                             std::string_view right);

}  // namespace truce::report
