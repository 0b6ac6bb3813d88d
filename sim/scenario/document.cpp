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

namespace {

// The child of `node` at one step of a path, made if it may be meant to be new; nullptr with a
// problem if the step leads nowhere.
Node* step_into(Node& node, const std::string& step, bool last, const Position& at,
                const std::string& path, Problems& problems) {
  if (node.kind == Node::Kind::list) {
    const auto index = parse_integer(step);
    if (index && *index >= 0 && static_cast<std::size_t>(*index) < node.items.size()) {
      return &node.items[static_cast<std::size_t>(*index)];
    }
    problems.add({Code::bad_path, at, path, "the list has no item '" + step + "'",
                  "Items are counted from 0; it has " + std::to_string(node.items.size()) + "."});
    return nullptr;
  }
  if (node.kind != Node::Kind::mapping && node.kind != Node::Kind::empty) {
    problems.add({Code::bad_path, at, path, "'" + step + "' leads into a single value",
                  "Shorten the path."});
    return nullptr;
  }
  if (Node* child = node.find(step)) return child;
  if (!last) {
    const std::string hint = did_you_mean(step, keys_of(node));
    if (!hint.empty()) {
      problems.add({Code::bad_path, at, path, "there is no '" + step + "'", hint.substr(1)});
      return nullptr;
    }
  }
  Node child;
  child.at = at;
  node.kind = Node::Kind::mapping;
  node.entries.push_back({step, at, std::move(child)});
  return &node.entries.back().value;
}

}  // namespace

void set_value(Node& root, std::string_view assignment, Problems& problems) {
  const std::string file = "--set " + printable(assignment);
  const Position at{file, 0, 0};
  const auto equals = assignment.find('=');
  const std::string path(trim(assignment.substr(0, equals)));
  if (equals == std::string_view::npos || path.empty()) {
    problems.add({Code::bad_assignment, at, "", "this is not path=value",
                  "For example --set \"sectors.donetsk.access_denied=0.3\"."});
    return;
  }
  Node value;
  try {
    value = parse(assignment.substr(equals + 1), file);
  } catch (const ScenarioError& error) {
    for (auto problem : error.problems()) {
      problem.path = path;
      problems.add(std::move(problem));
    }
    return;
  }
  if (value.kind == Node::Kind::empty) {
    problems.add({Code::no_value, at, path, "no value is given", "Write " + path + "=VALUE."});
    return;
  }
  Node* node = &root;
  const auto steps = split(path, '.');
  for (std::size_t i = 0; i < steps.size(); ++i) {
    node = step_into(*node, std::string(steps[i]), i + 1 == steps.size(), at, path, problems);
    if (node == nullptr) return;
  }
  *node = std::move(value);
}

}  // namespace truce::scenario
