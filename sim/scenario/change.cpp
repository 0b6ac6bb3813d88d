// SPDX-License-Identifier: Apache-2.0
// Changes at a path: the path becomes a tree in which only it stands, and that is merged.
#include <algorithm>

#include "sim/core/text.hpp"

#include "sim/scenario/merge.hpp"

namespace truce::scenario {
namespace {

const Node* below_step(const Node& node, const std::string& step) {
  if (const Node* child = node.find(step)) return child;
  if (const Node* bare = node.find("value")) return below_step(*bare, step);
  const auto index = parse_integer(step);
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= node.items.size()) {
    return nullptr;
  }
  return &node.items[static_cast<std::size_t>(*index)];
}

// All steps that a path with wildcards stands for.
class Expansion {
 public:
  using Steps = std::vector<std::string>;

  Expansion(const Node& root, Steps wanted) : wanted_(std::move(wanted)) {
    follow(&root, 0, false);
  }
  const std::vector<Steps>& all() const { return all_; }

 private:
  void follow(const Node* node, std::size_t i, bool wild) {
    if (i == wanted_.size()) {
      all_.push_back(steps_);
      return;
    }
    const bool last = i + 1 == wanted_.size();
    if (wanted_[i] != "*") {
      const Node* next = node == nullptr ? nullptr : below_step(*node, wanted_[i]);
      if (next != nullptr || !wild || last) into(next, wanted_[i], i, wild);
    } else if (node != nullptr) {
      const Node* bare = node->find("value");
      if (bare != nullptr) node = bare;
      for (const auto& entry : node->entries) {
        if (!is_provenance(entry.key)) into(&entry.value, entry.key, i, true);
      }
      for (std::size_t k = 0; k < node->items.size(); ++k) {
        into(&node->items[k], std::to_string(k), i, true);
      }
    }
  }
  void into(const Node* node, const std::string& step, std::size_t i, bool wild) {
    steps_.push_back(step);
    follow(node, i + 1, wild);
    steps_.pop_back();
  }
  Steps wanted_;
  Steps steps_;
  std::vector<Steps> all_;
};

// A tree in which only the path stands.
Node tree_of(const std::vector<std::string>& steps, std::size_t i, const Node& value,
             const Position& at) {
  if (i == steps.size()) return value;
  Node node;
  node.kind = Node::Kind::mapping;
  node.at = at;
  node.stepped = true;
  node.entries.push_back({steps[i], at, tree_of(steps, i + 1, value, at)});
  return node;
}

}  // namespace

std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps(1);
  bool quoted = false;
  for (const char c : path) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      steps.emplace_back();
    } else {
      steps.back() += c;
    }
  }
  return steps;
}

void change_unguarded(Node& root, std::string_view path, const Node& value, const Position& at,
                      Problems& problems) {
  const std::string shown(printable(path));
  const auto steps = steps_of(path);
  if (std::ranges::any_of(steps, &std::string::empty)) {
    problems.add({Code::bad_path, at, shown, "a step of the path is empty",
                  "Write the keys from the top, joined by dots."});
    return;
  }
  const Expansion expansion(root, steps);
  if (expansion.all().empty()) {
    problems.add({Code::bad_path, at, shown, "nothing fits the path",
                  "A step * stands for the entries that are there."});
    return;
  }
  Problems found;
  for (const auto& one : expansion.all()) merge(root, tree_of(one, 0, value, at), found);
  for (auto problem : found.all()) {
    if (problem.code == Code::bad_path) problem.path = shown;
    problems.add(std::move(problem));
  }
}

void change(Node& root, std::string_view path, const Node& value, const Position& at,
            Problems& problems) {
  Problems found;
  Node changed = root;
  change_unguarded(changed, path, value, at, found);
  for (const auto& problem : found.all()) problems.add(problem);
  if (found.empty()) root = std::move(changed);
}

std::vector<std::string> places_of(const Node& root, std::string_view path) {
  std::vector<std::string> places;
  const Expansion expansion(root, steps_of(path));
  for (const auto& steps : expansion.all()) {
    std::string place;
    for (const auto& step : steps) {
      if (!place.empty()) place += '.';
      place += step.find('.') == std::string::npos ? step : '"' + step + '"';
    }
    places.push_back(std::move(place));
  }
  return places;
}

const Node* find_at(const Node& root, std::string_view path) {
  const Node* node = &root;
  for (const auto& step : steps_of(path)) {
    node = below_step(*node, step);
    if (node == nullptr) return nullptr;
  }
  return node;
}

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
  if (value.kind == Node::Kind::empty && value.text != "~") {
    problems.add({Code::no_value, at, path, "no value is given",
                  "Write " + path + "=VALUE, or ~ to remove what stands there."});
    return;
  }
  change(root, path, value, at, problems);
}

}  // namespace truce::scenario
