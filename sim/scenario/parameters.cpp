// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/parameters.hpp"

#include <algorithm>

#include "sim/core/text.hpp"

#include "sim/random/form.hpp"

#include "sim/scenario/expression.hpp"

namespace truce::scenario {
namespace {

// Whether a key of a kind of distribution stands for a number without unit, such as cv.
bool is_plain(std::string_view kind, std::string_view key) {
  if (key == "weights" || key == "weight") return true;
  for (const auto& form : random::forms()) {
    if (form.kind != kind) continue;
    for (const auto& parameter : form.parameters) {
      if (parameter.name == key) return parameter.role == random::Role::number;
    }
  }
  return false;
}

void add_unit(Node& node, const std::string& unit, std::string_view kind) {
  if (node.kind == Node::Kind::scalar) {
    if (parse_number(node.text)) node.text += " " + unit;
    return;
  }
  for (auto& item : node.items) add_unit(item, unit, kind);
  for (auto& entry : node.entries) {
    // Inside a distribution a mapping's keys are parameters, or the kinds of its parts.
    const bool plain = is_plain(kind, entry.key);
    if (!plain)
      add_unit(entry.value, unit, entry.value.kind == Node::Kind::scalar ? kind : entry.key);
  }
}

}  // namespace

void apply_units(Node& parameters) {
  for (auto& entry : parameters.entries) {
    const Node* unit = entry.value.find("unit");
    Node* value = entry.value.find("value");
    if (unit == nullptr || value == nullptr || unit->kind != Node::Kind::scalar) continue;
    if (is_whole_expression(*value)) continue;  // each value in it has its own
    if (parse_unit(unit->text) && !unit->text.empty()) add_unit(*value, unit->text, "");
  }
}

}  // namespace truce::scenario
