// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/parameters.hpp"

#include <algorithm>

#include "sim/core/text.hpp"

#include "sim/random/form.hpp"

#include "sim/scenario/expression.hpp"
#include "sim/scenario/leaf.hpp"

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

// The dimension of a value of which only the text tells: that of its first unit.
Dimension dimension_of(const Node& node) {
  if (node.kind == Node::Kind::scalar) {
    const auto parts = parse_measure(node.text);
    const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
    return unit ? unit->dimension : truce::dimension::none;
  }
  for (const auto& item : node.items) {
    if (const auto found = dimension_of(item); found != truce::dimension::none) return found;
  }
  for (const auto& entry : node.entries) {
    const auto unit = entry.key == "unit" ? parse_unit(entry.value.text) : std::nullopt;
    const auto found = unit ? unit->dimension : dimension_of(entry.value);
    if (found != truce::dimension::none) return found;
  }
  return truce::dimension::none;
}

}  // namespace

bool lack_units(const Node& parameters) {
  return std::ranges::any_of(parameters.entries,
                             [](const auto& entry) { return entry.value.find("unit") != nullptr; });
}

void apply_units(Node& parameters) {
  for (auto& entry : parameters.entries) {
    const Node* unit = entry.value.find("unit");
    Node* value = entry.value.find("value");
    if (unit == nullptr || value == nullptr || unit->kind != Node::Kind::scalar) continue;
    if (is_whole_expression(*value)) continue;  // each value in it has its own
    if (parse_unit(unit->text) && !unit->text.empty()) add_unit(*value, unit->text, "");
  }
}

void add_units(Node& value, const std::string& unit) {
  if (parse_unit(unit) && !unit.empty()) add_unit(value, unit, "");
}

void read_leaf(const Node& node, Worth& out, const Rule& rule, const Report& report) {
  out.written = node;
  out.expression = is_expression(node);
  if (out.expression) {
    if (!is_whole_expression(node)) {
      report(node, Code::bad_expression, "parameters can't shape the distribution of a parameter",
             "Write $name, {times: [...]} or {plus: [...]}, or a distribution of numbers.");
    }
    return;  // evaluated when all parameters are known
  }
  out.dimension = dimension_of(node);
  read_law(node, out.law, out.dimension, rule, report);
}

void read_leaf(const Node& node, Changes& out, const Rule&, const Report& report) {
  if (node.kind != Node::Kind::mapping || node.entries.empty()) {
    report(node, Code::wrong_shape, shown(node) + " stands where changes are needed",
           "Write PATH: VALUE, one per line.");
    return;
  }
  out.written = node;
}

Node write_leaf(const Worth& value) {
  return value.expression ? value.written : write_law(value.law, value.dimension);
}

Node write_leaf(const Changes& value) {
  return value.written;
}

}  // namespace truce::scenario
