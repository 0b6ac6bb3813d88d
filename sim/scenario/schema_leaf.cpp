// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/schema_leaf.hpp"

#include <cmath>
#include <optional>

#include "sim/scenario/effectable.hpp"

namespace truce::scenario {
namespace {

Sign sign_of(const Rule& rule) {
  if (rule.least > 0 || (rule.least == 0 && rule.above)) return Sign::positive;
  return rule.least == 0 ? Sign::not_negative : Sign::any;
}

Json number_of(double value) {
  const bool whole = value == std::trunc(value) && std::abs(value) < 1e15;
  return whole ? Json(static_cast<std::int64_t>(value)) : Json(value);
}

void bound(Json& schema, const Rule& rule) {
  if (std::isfinite(rule.least)) {
    schema[rule.above ? "exclusiveMinimum" : "minimum"] = number_of(rule.least);
  }
  if (std::isfinite(rule.most)) {
    schema[rule.below ? "exclusiveMaximum" : "maximum"] = number_of(rule.most);
  }
}

Json text_of_pattern(const std::string& pattern, const std::string& message) {
  return {{"type", "string"}, {"pattern", pattern}, {"patternErrorMessage", message}};
}

// Months and days as in parse_date, leap years included.
constexpr std::string_view date =
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]"
    "|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]"
    "|[13579][26])00)-02-29)";

// Where a parameter stands for a value, by its name.
std::string parameter_pattern() {
  return "^[$]" + std::string(name_pattern.substr(1));
}

Json operation_schema(Definitions& definitions);

// A single value, or parameters that stand for it.
Json or_expression(Json value, Definitions& definitions) {
  value["pattern"] = "(?:" + value["pattern"].get<std::string>() + ")|" + parameter_pattern();
  value["patternErrorMessage"] =
      value["patternErrorMessage"].get<std::string>() + " $NAME of a parameter may stand for it.";
  return {{"anyOf", {std::move(value), operation_schema(definitions)}}};
}

// {times: [...]} or {plus: [...]}, of values of whatever dimension; which fit each other only the
// reader knows.
Json operation_schema(Definitions& definitions) {
  return definitions.refer("made-of-parameters", [&] {
    Json term = or_expression(constant_schema(std::nullopt, optional), definitions);
    Json terms{{"type", "array"}, {"items", std::move(term)}, {"minItems", 1}};
    return Json{{"type", "object"},
                {"description", "A value that is made of parameters: their product or sum."},
                {"properties", {{"times", terms}, {"plus", terms}}},
                {"additionalProperties", false},
                {"minProperties", 1},
                {"maxProperties", 1}};
  });
}

// "sectors.*.incidents.rate" as it may be written: * at any step, names where * stands here.
std::string path_pattern(std::string_view path) {
  std::string pattern;
  for (const auto step : split(path, '.')) {
    pattern += pattern.empty() ? "^" : "[.]";
    pattern += step == "*" ? std::string("[^.]+") : "(?:[*]|" + std::string(step) + ")";
  }
  return pattern + "$";
}

}  // namespace

std::string dimension_name(Dimension d) {
  if (d == dimension::none) return "number";
  if (d == dimension::time) return "time";
  if (d == dimension::length) return "length";
  std::string name;
  for (const char c : unit_label(d)) name += c == '/' ? std::string("-per-") : std::string(1, c);
  return name.starts_with("1-") ? name.substr(2) : name;
}

std::string range_name(const Rule& rule) {
  const bool low = std::isfinite(rule.least);
  const bool high = std::isfinite(rule.most);
  if (low && high) {
    return (rule.above ? ".above-" : ".") + shortest(rule.least) +
           (rule.below ? "-up-to-" : "-to-") + shortest(rule.most);
  }
  if (low) return (rule.above ? ".above-" : ".at-least-") + shortest(rule.least);
  if (high) return (rule.below ? ".below-" : ".at-most-") + shortest(rule.most);
  return "";
}

Json constant_schema(std::optional<Dimension> dimension, const Rule& rule) {
  const Sign sign = sign_of(rule);
  const std::string pattern = dimension ? measure_pattern(*dimension, sign) : measure_pattern(sign);
  const std::string range = dimension ? range_text(rule, *dimension) : "";
  if (dimension && *dimension != truce::dimension::none) {
    return text_of_pattern(pattern, "A number with a unit (" + unit_choices(*dimension) + ")" +
                                        (range.empty() ? "" : ", " + range) + ".");
  }
  Json schema{{"type", {"number", "string"}},
              {"pattern", pattern},
              {"patternErrorMessage", "A number" + std::string(dimension ? "" : ", with its unit") +
                                          (range.empty() ? "" : " " + range) + "."}};
  bound(schema, rule);
  return schema;
}

Json shared_constant(std::optional<Dimension> dimension, const Rule& rule,
                     Definitions& definitions) {
  const std::string name = dimension ? "constant-" + dimension_name(*dimension) : "constant";
  return definitions.refer(name + range_name(rule),
                           [&] { return constant_schema(dimension, rule); });
}

Json quantity_schema(Dimension dimension, const Rule& rule, Definitions& definitions) {
  return or_expression(constant_schema(dimension, rule), definitions);
}

Json shared_quantity(Dimension dimension, const Rule& rule, Definitions& definitions) {
  return definitions.refer("bare." + dimension_name(dimension) + range_name(rule),
                           [&] { return quantity_schema(dimension, rule, definitions); });
}

Json text_schema() {
  return {{"type", {"string", "number", "boolean"}}};
}

Json truth_schema() {
  return {{"enum", {true, false, "yes", "no", "true", "false", "True", "False", "TRUE", "FALSE"}}};
}

Json whole_schema(const Rule& rule, Definitions& definitions) {
  Json schema{{"type", {"integer", "string"}},
              {"pattern", number_pattern(sign_of(rule))},
              {"patternErrorMessage", "A whole number."}};
  bound(schema, rule);
  return or_expression(std::move(schema), definitions);
}

Json date_schema() {
  return text_of_pattern("^" + std::string(date) + "$", "A date such as 2026-07-01.");
}

Json span_schema(Definitions& definitions) {
  return or_expression(
      text_of_pattern(
          measure_pattern(dimension::time, Sign::positive),
          "A length of time: a number with h, days, weeks, months or years, such as 24 months."),
      definitions);
}

Json moment_schema(Definitions& definitions) {
  return {{"anyOf",
           {{{"enum", {"never"}}},
            date_schema(),
            law_schema(dimension::time, at_least(0), definitions)}}};
}

Json point_schema(Definitions& definitions) {
  const auto degrees = [&](int most) {
    return or_expression({{"type", {"number", "string"}},
                          {"minimum", -most},
                          {"maximum", most},
                          {"pattern", number_pattern(Sign::any)},
                          {"patternErrorMessage", "Degrees."}},
                         definitions);
  };
  return {{"type", "array"},
          {"items", {degrees(90), degrees(180)}},
          {"minItems", 2},
          {"additionalItems", false}};
}

// A name that an editor takes for true or false is still a name here.
Json name_schema() {
  return {{"type", {"string", "boolean"}},
          {"pattern", name_pattern},
          {"patternErrorMessage", "A name: letters, digits, _ and -, a letter first."}};
}

Json pledge_schema() {
  const auto name = name_pattern.substr(1, name_pattern.size() - 2);
  return text_of_pattern("^" + std::string(name) + "[.]" + std::string(name) + "$",
                         "A pledge, as contributor.pledge.");
}

Json trigger_schema() {
  const auto& names = EnumNames<Trigger::Kind>::names;
  const auto layer = std::string(name_pattern.substr(1));
  Json words = Json::array();
  for (const auto name : std::span(names).first(names.size() - 2)) words.push_back(name);
  return {{"anyOf",
           {{{"enum", std::move(words)}},
            date_schema(),
            text_of_pattern("^layer +" + layer, "Another layer, as layer NAME.")}}};
}

Json effects_schema(Extent extent, Definitions& definitions) {
  Json targets = Json::object();
  for (const auto& quantity : effectable_patterns()) {
    const auto change = definitions.refer("effect-on-" + dimension_name(quantity.dimension), [&] {
      return Json{
          {"type", "object"},
          {"properties",
           {{name_of(Operation::times), shared_quantity(dimension::none, optional, definitions)},
            {name_of(Operation::plus), shared_quantity(quantity.dimension, optional, definitions)},
            {name_of(Operation::set), shared_quantity(quantity.dimension, optional, definitions)}}},
          {"additionalProperties", false},
          {"minProperties", 1},
          {"maxProperties", 1}};
    });
    targets[path_pattern(quantity.path)] = removable(change, extent);
  }
  return {{"type", "object"},
          {"patternProperties", std::move(targets)},
          {"additionalProperties", false}};
}

Json worth_schema(Definitions& definitions) {
  return {{"anyOf",
           {text_of_pattern(parameter_pattern(), "Another parameter, as $NAME."),
            operation_schema(definitions), constant_law_schema(definitions)}}};
}

// A path is looked up when the variation is played; {value: ...} would be its value with a source.
Json changes_schema() {
  return {
      {"type", "object"}, {"propertyNames", {{"pattern", "^(?!value$)"}}}, {"minProperties", 1}};
}

Json choice_schema(std::span<const std::string_view> names) {
  Json words = Json::array();
  for (const auto name : names) words.push_back(name);
  return {{"enum", std::move(words)}};
}

Json removable(Json schema, Extent extent) {
  if (extent == Extent::whole) return schema;
  return {{"anyOf", {std::move(schema), {{"type", "null"}}}}};
}

Json sourced(Json bare, Json value, Definitions& definitions) {
  Json properties{{"value", std::move(value)}};
  properties.update(provenance_schemas(Extent::whole, definitions));
  return {{"anyOf",
           {std::move(bare),
            {{"type", "object"},
             {"properties", std::move(properties)},
             {"required", {"value"}},
             {"additionalProperties", false}}}}};
}

Json provenance_schemas(Extent extent, Definitions& definitions) {
  const auto shared = [&](const std::string& name, const char* description, Json schema) {
    schema["description"] = description;
    return removable(definitions.refer(name, [&] { return schema; }), extent);
  };
  return {
      {"source", shared("source", "Where the value comes from.", text_schema())},
      {"note", shared("note", "What the source does not say, and why this range.", text_schema())},
      {"confidence", shared("confidence", "How well the value is known.",
                            {{"enum", {"low", "medium", "high"}}})}};
}

}  // namespace truce::scenario
