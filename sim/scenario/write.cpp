// SPDX-License-Identifier: Apache-2.0
// A scenario written out in full: every field by its description, defaults included.
#include "sim/core/text.hpp"

#include "sim/scenario/read.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

template <class T>
Node node_of(const T& value);

template <class T>
void add(Node& mapping, std::string_view key, const T& value) {
  mapping.entries.push_back({std::string(key), {}, node_of(value)});
}

template <class T>
Node node_of(const T& value) {
  Node node;
  if constexpr (IsTable<T>::value) {
    node.kind = Node::Kind::mapping;
    for (const auto id : value.ids()) add(node, value.name(id), value[id]);
  } else if constexpr (IsNumbers<T>::value) {
    node.kind = Node::Kind::mapping;
    for (const auto& [ref, number] : value) add(node, ref.name, number);
  } else if constexpr (IsList<T>::value) {
    node.kind = Node::Kind::list;
    for (const auto& item : value) node.items.push_back(node_of(item));
  } else if constexpr (Described<T>) {
    node.kind = Node::Kind::mapping;
    auto visit = [&](std::string_view name, const auto& field, const Rule& rule, std::string_view) {
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (IsOptional<Field>::value) {
        if (field) add(node, name, *field);
      } else if constexpr (IsTable<Field>::value || IsNumbers<Field>::value ||
                           IsList<Field>::value) {
        if (rule.required || !field.empty()) add(node, name, field);
      } else if constexpr (std::is_same_v<Field, std::string>) {
        if (rule.required || !field.empty()) add(node, name, field);
      } else {
        add(node, name, field);
      }
    };
    T::describe(value, visit);
  } else {
    node = write_leaf(value);
  }
  return node;
}

}  // namespace

Node write(const Loaded& loaded) {
  Node root = node_of(loaded.scenario);
  std::erase_if(root.entries,
                [](const auto& e) { return e.key == "variations" || e.key == "lint"; });
  for (const auto& one : loaded.expressions) {
    Node* node = &root;
    for (const auto step : split(one.path, '.')) {
      const auto place = node->kind == Node::Kind::list ? parse_integer(step) : std::nullopt;
      node = place ? &node->items[static_cast<std::size_t>(*place)] : node->find(step);
      if (node == nullptr) break;
    }
    if (node != nullptr) *node = one.node;
  }
  return root;
}

Node write(const Scenario& scenario) {
  return node_of(scenario);
}

}  // namespace truce::scenario
