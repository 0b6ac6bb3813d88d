// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/factor.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

namespace truce::scenario {
namespace {

/// Text that YAML takes for the same word without quotation marks, inside brackets too.
bool is_plain_word(std::string_view text) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ ./%+-$*";
  const bool dash = text.starts_with('-') &&
                    (text.size() == 1 || text[1] < '0' || text[1] > '9');  // an item of a list
  return !text.empty() && !dash && text.find_first_not_of(plain) == std::string_view::npos &&
         text.front() != ' ' && text.back() != ' ' && text.front() != '*' && text.front() != '%' &&
         text != "null" && text != "Null" && text != "NULL";
}

std::string in_double_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (c == '\r') {
      result += "\\r";
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string flow_word(const std::string& text) {
  return is_plain_word(text) || parse_number(text) ? text : in_double_quotes(text);
}

}  // namespace

FactorValue value_of(const Factor& factor, double number) {
  return {measure_text(number, factor.dimension), number};
}

FactorValue value_at(const Factor& factor, double u) {
  TRUCE_EXPECT(factor.has_values(), "it is known what the factor may be");
  if (factor.law) return value_of(factor, factor.law->quantile(u));
  const auto k = static_cast<double>(factor.listed.size());
  const auto place = static_cast<std::size_t>(std::floor(std::clamp(u, 0.0, 1.0) * k));
  return factor.listed[std::min(place, factor.listed.size() - 1)];
}

std::vector<FactorValue> levels_of(const Factor& factor, std::size_t levels) {
  TRUCE_EXPECT(factor.has_values() && levels > 0, "it is known what the factor may be");
  if (!factor.law) return factor.listed;
  std::vector<FactorValue> values;
  for (std::size_t i = 0; i < levels; ++i) {
    const double u = (static_cast<double>(i) + 0.5) / static_cast<double>(levels);
    auto value = value_at(factor, u);
    // Strata of a law with atoms may have the same median.
    if (values.empty() || !(values.back() == value)) values.push_back(std::move(value));
  }
  return values;
}

FactorValue middle_of(const Factor& factor) {
  TRUCE_EXPECT(factor.has_values(), "it is known what the factor may be");
  return factor.law ? value_at(factor, 0.5) : factor.listed.front();
}

bool number_values(std::vector<FactorValue>& values, Dimension& dimension) {
  std::optional<Dimension> common;
  for (auto& value : values) {
    const auto parts = parse_measure(value.text);
    const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
    if (!unit || (common && unit->dimension != *common)) {
      for (auto& one : values) one.number.reset();
      return false;
    }
    common = unit->dimension;
    value.number = parts->number * unit->factor;
  }
  if (common) dimension = *common;
  return common.has_value();
}

std::string flow_text(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::empty:
      return "~";
    case Node::Kind::scalar:
      return flow_word(node.text);
    case Node::Kind::list:
      for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + flow_text(item);
      return "[" + text + "]";
    case Node::Kind::mapping:
      for (const auto& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + flow_word(entry.key) + ": " + flow_text(entry.value);
      }
      return "{" + text + "}";
  }
  return text;
}

}  // namespace truce::scenario
