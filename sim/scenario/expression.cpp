// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/expression.hpp"

#include <algorithm>
#include <cmath>

namespace truce::scenario {
namespace {

bool is_name(const Node& node) {
  return node.kind == Node::Kind::scalar && node.text.size() > 1 && node.text.front() == '$';
}

// {times: [...]} or {plus: [...]}
bool is_operation(const Node& node) {
  return node.kind == Node::Kind::mapping && node.entries.size() == 1 &&
         (node.entries.front().key == "times" || node.entries.front().key == "plus") &&
         node.entries.front().value.kind == Node::Kind::list;
}

double product(double a, double b) {
  return a == 0 || b == 0 ? 0.0 : a * b;  // nothing times infinity is nothing
}

Range times(const Range& a, const Range& b) {
  const auto ends = std::minmax({product(a.least, b.least), product(a.least, b.most),
                                 product(a.most, b.least), product(a.most, b.most)});
  return {ends.first, ends.second, a.dimension * b.dimension};
}

std::optional<Range> named(const Node& node, const Valuation& values, const Report& report) {
  const std::string name = node.text.substr(1);
  const auto found = values.find(name);
  if (found != values.end()) return found->second;
  std::vector<std::string> names;
  for (const auto& entry : values) names.push_back(entry.first);
  const std::string hint = did_you_mean(name, names);
  report(node, Code::no_such_parameter, "there is no parameter '" + printable(name) + "'",
         names.empty()  ? "The scenario has no parameters."
         : hint.empty() ? "Known: " + join(names, ", ") + "."
                        : hint.substr(1));
  return std::nullopt;
}

std::optional<Range> number(const Node& node, const Report& report) {
  const auto parts = parse_measure(node.text);
  const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
  if (node.kind != Node::Kind::scalar || !unit) {
    report(node, Code::bad_expression,
           "'" + printable(one_line(node)) + "' can't stand in an expression",
           "Numbers, quantities with their unit, $name, {times: [...]} and {plus: [...]} can.");
    return std::nullopt;
  }
  const double value = parts->number * unit->factor;
  return Range{value, value, unit->dimension};
}

std::optional<Range> operation(const Node& node, const Valuation& values, const Report& report) {
  const auto& [word, at, list] = node.entries.front();
  if (list.items.empty()) {
    report(list, Code::bad_expression, "nothing stands in the list", "Write two values or more.");
    return std::nullopt;
  }
  std::optional<Range> result;
  for (const auto& item : list.items) {
    const auto next = evaluate(item, values, report);
    if (!next) return std::nullopt;
    if (!result) {
      result = next;
    } else if (word == "times") {
      result = times(*result, *next);
    } else if (next->dimension != result->dimension) {
      report(item, Code::bad_expression,
             "'" + printable(one_line(item)) + "' does not fit what it is added to",
             "Units that fit: " + unit_choices(result->dimension) + ".");
      return std::nullopt;
    } else {
      result->least += next->least;
      result->most += next->most;
    }
  }
  return result;
}

template <class Visit>
void visit_scalars(const Node& node, const Visit& visit) {
  if (node.kind == Node::Kind::scalar) visit(node);
  for (const auto& item : node.items) visit_scalars(item, visit);
  for (const auto& entry : node.entries) visit_scalars(entry.value, visit);
}

}  // namespace

bool is_whole_expression(const Node& node) {
  return is_name(node) || is_operation(node);
}

bool is_expression(const Node& node) {
  if (is_whole_expression(node)) return true;
  return std::ranges::any_of(node.items, is_expression) ||
         std::ranges::any_of(node.entries,
                             [](const auto& entry) { return is_expression(entry.value); });
}

std::set<std::string> mentioned(const Node& node) {
  std::set<std::string> names;
  visit_scalars(node, [&](const Node& scalar) {
    if (is_name(scalar)) names.insert(scalar.text.substr(1));
  });
  return names;
}

std::optional<Range> evaluate(const Node& node, const Valuation& values, const Report& report) {
  if (is_name(node)) return named(node, values, report);
  if (is_operation(node)) return operation(node, values, report);
  return number(node, report);
}

std::optional<Node> substitute(const Node& node, const Valuation& values, const Report& report) {
  if (is_whole_expression(node)) {
    const auto range = evaluate(node, values, report);
    if (!range) return std::nullopt;
    Node value = scalar(measure_text(range->least, range->dimension));
    value.at = node.at;
    return value;
  }
  Node result = node;
  bool whole = true;
  const auto put = [&](Node& inner) {
    auto value = substitute(inner, values, report);
    whole = whole && value.has_value();
    if (value) inner = std::move(*value);
  };
  for (auto& item : result.items) put(item);
  for (auto& entry : result.entries) put(entry.value);
  if (!whole) return std::nullopt;
  return result;
}

std::optional<Node> substitute_in_effects(const Node& node, const Valuation& values,
                                          const Report& report) {
  Node result = node;
  for (auto& effect : result.entries) {
    for (auto& amount : effect.value.entries) {
      auto value = substitute(amount.value, values, report);
      if (!value) return std::nullopt;
      amount.value = std::move(*value);
    }
  }
  return result;
}

}  // namespace truce::scenario
