// SPDX-License-Identifier: Apache-2.0
// Distributions written out in full, in canonical units, so that they read back the same whatever
// form or file they came from.
#include <utility>

#include "sim/random/form.hpp"

#include "sim/scenario/leaf.hpp"

namespace truce::scenario {
namespace {

Node mapping(std::string key, Node value) {
  Node node;
  node.kind = Node::Kind::mapping;
  node.entries.push_back({std::move(key), {}, std::move(value)});
  return node;
}

Node write_one(const random::Written& written, Dimension dimension) {
  const auto text = [&](const std::pair<random::Parameter, double>& entry) {
    const bool number = entry.first.role == random::Role::number;
    return scalar(measure_text(entry.second, number ? truce::dimension::none : dimension));
  };
  const auto& parameters = written.parameters;
  if (written.kind == "constant") return text(parameters.front());
  Node arguments;
  arguments.kind = written.kind == "mixture" ? Node::Kind::list : Node::Kind::mapping;
  const auto add = [&](std::string key, Node value) {
    arguments.entries.push_back({std::move(key), {}, std::move(value)});
  };
  if (written.kind == "discrete") {
    for (const auto& entry : parameters) {
      Node* list = arguments.find(entry.first.name);
      if (list == nullptr) {
        add(std::string(entry.first.name), {});
        list = &arguments.entries.back().value;
        list->kind = Node::Kind::list;
      }
      list->items.push_back(text(entry));
    }
  } else if (written.kind == "quantiles") {
    for (std::size_t i = 0; i + 1 < parameters.size(); i += 2) {
      add("p" + shortest(parameters[i].second), text(parameters[i + 1]));
    }
  } else if (written.kind == "mixture") {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      Node part = mapping("weight", text(parameters[i]));
      part.entries.push_back({"of", {}, write_one(written.parts[i], dimension)});
      arguments.items.push_back(std::move(part));
    }
  } else {
    if (!written.parts.empty()) add("of", write_one(written.parts.front(), dimension));
    for (const auto& entry : parameters) add(std::string(entry.first.name), text(entry));
  }
  return mapping(std::string(written.kind), std::move(arguments));
}

}  // namespace

Node write_law(const random::Distribution& law, Dimension dimension) {
  return write_one(random::write(law), dimension);
}

}  // namespace truce::scenario
