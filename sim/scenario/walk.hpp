// SPDX-License-Identifier: Apache-2.0
// Visits every leaf of a described value with its path.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/scenario/leaf.hpp"

namespace truce::scenario {

template <class T>
struct IsTable : std::false_type {};
template <class Spec>
struct IsTable<Table<Spec>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsNumbers : std::false_type {};
template <class Spec, class Value>
struct IsNumbers<std::vector<std::pair<Ref<Spec>, Value>>> : std::true_type {};
template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::bool_constant<!IsNumbers<std::vector<T>>::value> {};

inline std::string below(const std::string& path, std::string_view step) {
  return path.empty() ? std::string(step) : path + "." + std::string(step);
}

/// Whether something that may be written as one value only is written so.
template <class T>
bool is_shorthand(const Node& node) {
  if constexpr (requires { T::shorthand; }) {
    T empty{};
    bool known = false;
    auto visit = [&](std::string_view name, auto&&...) {
      known = known || node.find(name) != nullptr;
    };
    T::describe(empty, visit);
    return !known;
  }
  return false;
}

/// Calls `leaf(path, value)` for every leaf below `value`; for the references that key a
/// `Numbers`, with the path of the entry.
template <class T, class F>
void walk(const T& value, const std::string& path, F& leaf) {
  if constexpr (IsTable<T>::value) {
    for (const auto id : value.ids()) walk(value[id], below(path, value.name(id)), leaf);
  } else if constexpr (IsOptional<T>::value) {
    if (value) walk(*value, path, leaf);
  } else if constexpr (IsNumbers<T>::value) {
    for (const auto& [ref, number] : value) {
      leaf(below(path, ref.name), ref);
      leaf(below(path, ref.name), number);
    }
  } else if constexpr (IsList<T>::value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      walk(value[i], below(path, std::to_string(i)), leaf);
    }
  } else if constexpr (Described<T>) {
    auto visit = [&](std::string_view name, const auto& field, auto&&...) {
      walk(field, below(path, name), leaf);
    };
    T::describe(value, visit);
  } else {
    leaf(path, value);
  }
}

}  // namespace truce::scenario
