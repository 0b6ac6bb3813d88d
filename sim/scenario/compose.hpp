// SPDX-License-Identifier: Apache-2.0
// A scenario put together from its layers, in this order: the file at the end of the line of
// `extends`, the files that extend it, variations, overlays, changes from the command line.
// Nothing here reads a value: the one strict reader sees the merged tree.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"

#include "sim/scenario/document.hpp"

namespace truce::scenario {

/// Which files a scenario may name: those in its own folder and below, or any.
enum class Reach : std::uint8_t { own_folder, anywhere };

/// What a scenario is made of.
struct Recipe {
  std::string file;
  std::vector<std::string> variations{};  ///< names of `variations` of the file
  std::vector<std::string> overlays{};    ///< files that hold what differs
  std::vector<std::string> changes{};     ///< path=value
  Reach reach = Reach::own_folder;
};

/// The merged tree, and how each text came in.
struct Document {
  Node root;
  /// By file: "extended by lean.yaml:12:10", "put over by --with lean.yaml".
  std::map<std::string, std::string, std::less<>> came_by;
};

/// Reads and merges all layers. Throws WorldError if a file of the recipe can't be read, and
/// ScenarioError with what is wrong between the layers.
Document compose(const Recipe& recipe);

/// The same, but problems of variations and changes go to `problems`, so that those of the reader
/// can be told with them.
Document compose(const Recipe& recipe, Problems& problems);

/// A document with the variations, overlays and changes of the recipe.
Document changed(Document document, const Recipe& recipe);

/// Whether a file really lies in a folder or below it, whatever symbolic links say.
bool is_within(const std::string& folder, const std::string& file);

/// A scenario file alone, merged over those that it extends.
Node load(const std::string& path);

/// Adds to each problem how its text came in.
ScenarioError with_trail(const std::vector<Problem>& problems, const Document& document);

}  // namespace truce::scenario
