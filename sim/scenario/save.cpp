// SPDX-License-Identifier: Apache-2.0
// Tree to YAML text.
#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include "sim/scenario/document.hpp"

namespace truce::scenario {
namespace {

bool flat(const Node& node) {
  for (const auto& item : node.items) {
    if (item.kind != Node::Kind::scalar) return false;
  }
  for (const auto& entry : node.entries) {
    if (entry.value.kind == Node::Kind::mapping) return false;
  }
  return true;
}

void emit(YAML::Emitter& out, const Node& node, int depth) {
  switch (node.kind) {
    case Node::Kind::empty:
      out << YAML::Null;
      return;
    case Node::Kind::scalar:
      out << node.text;
      return;
    case Node::Kind::list:
      out << (flat(node) ? YAML::Flow : YAML::Block) << YAML::BeginSeq;
      for (const auto& item : node.items) emit(out, item, depth + 1);
      out << YAML::EndSeq;
      return;
    case Node::Kind::mapping:
      out << (depth > 1 && node.entries.size() == 1 && flat(node) ? YAML::Flow : YAML::Block)
          << YAML::BeginMap;
      for (const auto& entry : node.entries) {
        out << YAML::Key << entry.key << YAML::Value;
        emit(out, entry.value, depth + 1);
      }
      out << YAML::EndMap;
      return;
  }
}

}  // namespace

std::string to_yaml(const Node& root) {
  YAML::Emitter out;
  emit(out, root, 0);
  return std::string(out.c_str()) + "\n";
}

}  // namespace truce::scenario
