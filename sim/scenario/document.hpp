// SPDX-License-Identifier: Apache-2.0
// The scenario as text: a tree of mappings, lists and scalars that remembers where each came from.
//
// Changes are merged into this tree before the one strict reader sees it, so that nothing bypasses
// a check.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"

namespace truce::scenario {

/// A value that a later layer replaced.
struct Former {
  std::string text;  ///< as written, on one line
  Position at;
};

/// An entry that a later layer removed.
struct Removed {
  std::string key;
  Former was;
  Position by;
};

/// A node of the tree.
struct Node {
  enum class Kind : std::uint8_t { empty, scalar, list, mapping };
  struct Entry;

  Kind kind = Kind::empty;
  std::string text;            ///< of a scalar; "~" if emptiness is written out
  std::vector<Node> items;     ///< of a list
  std::vector<Entry> entries;  ///< of a mapping, in order, keys unique
  /// Of a mapping that other layers change: what each says of its own values in it (source, note,
  /// confidence).
  std::vector<Node> extended_by;
  std::vector<Former> replaced;  ///< what stood here before, oldest first
  std::vector<Removed> removed;  ///< of a mapping: entries that later layers took away
  bool stepped = false;          ///< made from a step of a path: goes into what stands there
  Position at;

  /// The value of a key of a mapping, or nullptr.
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
};

struct Node::Entry {
  std::string key;
  Position at;  ///< of the key
  Node value;
};

/// The keys of a mapping.
std::vector<std::string> keys_of(const Node& node);
/// Whether a key says where values come from: source, note, confidence.
bool is_provenance(std::string_view key);

/// Parses YAML. Refuses, all at once where it can: syntax errors, duplicate keys, more than one
/// document, merge keys, cyclic or exploding aliases, nesting deeper than 64, more than 500,000
/// nodes, text that is not UTF-8. Throws ScenarioError. `file` names the text in positions.
Node parse(std::string_view text, std::string_view file);

/// Reads and parses one file of at most 8 MiB. Throws WorldError if it can't be read.
Node load_alone(const std::string& path);

/// YAML text that parses to the same tree.
std::string to_yaml(const Node& root);

}  // namespace truce::scenario
