// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/document.hpp"

#include "sim/core/text.hpp"

namespace truce::scenario {

const Node* Node::find(std::string_view key) const {
  for (const auto& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(std::as_const(*this).find(key));  // NOLINT: the const twin's logic
}

std::vector<std::string> keys_of(const Node& node) {
  std::vector<std::string> keys;
  for (const auto& entry : node.entries) keys.push_back(entry.key);
  return keys;
}

bool is_provenance(std::string_view key) {
  return key == "source" || key == "note" || key == "confidence";
}

}  // namespace truce::scenario
