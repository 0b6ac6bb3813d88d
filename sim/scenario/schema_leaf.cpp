// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/schema_leaf.hpp"

#include <cmath>
#include <optional>
#include <stdexcept>

#include "sim/random/form.hpp"

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

bool defines(const random::Form& form, const std::vector<double>& parameters) {
  try {
    form.build(parameters);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

// Parameters that define a distribution of a form, to see where it reaches and what it bears.
std::vector<double> example(const random::Form& form) {
  const std::size_t n = form.parameters.size();
  std::vector<double> ascending;
  for (std::size_t i = 0; i < n; ++i) ascending.push_back(0.1 * static_cast<double>(i + 1));
  std::vector<double> counted(n, 0.5);
  counted.front() = 1.0;
  return defines(form, ascending) ? ascending : counted;
}

// Whether a form can stay within a range.
bool fits(const random::Form& form, const Rule& range) {
  const auto law = form.build(example(form));
  return (std::isfinite(law.least()) || !std::isfinite(range.least)) &&
         (std::isfinite(law.most()) || !std::isfinite(range.most));
}

// What a parameter that is no value itself must be, found by trial: a mean of waiting times above
// 0, a mean of counts 0 or more, that of a normal law anything.
Rule sign_rule(const random::Form& form, std::size_t parameter) {
  auto values = example(form);
  values[parameter] = -0.1;
  if (defines(form, values)) return optional;
  values[parameter] = 0.0;
  return defines(form, values) ? at_least(0) : above(0);
}

Json shared_quantity(Definitions& definitions, Dimension dimension, const Rule& rule) {
  return definitions.refer("bare." + dimension_name(dimension) + range_name(rule),
                           [&] { return quantity_schema(dimension, rule); });
}

Json parameter_schema(const random::Form& form, std::size_t index, Dimension dimension,
                      const Rule& range, Definitions& definitions) {
  const auto& parameter = form.parameters[index];
  const bool number = parameter.role == random::Role::number;
  const Dimension unit = number ? truce::dimension::none : dimension;
  // Ends and modes are values that may come; the others are not.
  for (const std::string_view value : {"min", "mode", "max", "value"}) {
    if (parameter.name == value) return shared_quantity(definitions, unit, range);
  }
  const Rule most = parameter.name == "probability" ? between(0, 1) : optional;
  return shared_quantity(definitions, unit, sign_rule(form, index) | most);
}

// The ways to write a form: by name, by position, or as its only parameter.
void add_ways(Json& ways, const random::Form& form, Dimension dimension, const Rule& range,
              Definitions& definitions) {
  Json named{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
  Json listed{{"type", "array"}, {"items", Json::array()}};
  for (std::size_t i = 0; i < form.parameters.size(); ++i) {
    const std::string name(form.parameters[i].name);
    Json schema = parameter_schema(form, i, dimension, range, definitions);
    named["properties"][name] = schema;
    named["required"].push_back(name);
    listed["items"].push_back(schema);
    if (form.parameters.size() == 1) ways.push_back(std::move(schema));
  }
  named["additionalProperties"] = false;
  listed["minItems"] = form.parameters.size();
  listed["additionalItems"] = false;
  if (by_position(form)) ways.push_back(std::move(listed));
  ways.push_back(std::move(named));
}

Json discrete_schema(Dimension dimension, const Rule& range, Definitions& definitions) {
  const auto list = [](Json item) {
    return Json{{"type", "array"}, {"items", std::move(item)}, {"minItems", 1}};
  };
  return {{"type", "object"},
          {"description", discrete_meaning},
          {"properties",
           {{"values", list(shared_quantity(definitions, dimension, range))},
            {"weights", list(shared_quantity(definitions, truce::dimension::none, at_least(0)))}}},
          {"required", {"values"}},
          {"additionalProperties", false}};
}

Json distribution_schema(Dimension dimension, const Rule& range, Definitions& definitions) {
  Json kinds = Json::object();
  for (const auto& form : random::forms()) {
    if (!fits(form, range)) continue;
    auto& kind = kinds[std::string(form.kind)];
    if (kind.is_null()) kind = {{"description", form.meaning}, {"anyOf", Json::array()}};
    add_ways(kind["anyOf"], form, dimension, range, definitions);
  }
  kinds["discrete"] = discrete_schema(dimension, range, definitions);
  return {{"type", "object"},
          {"properties", std::move(kinds)},
          {"additionalProperties", false},
          {"minProperties", 1},
          {"maxProperties", 1}};
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

Json quantity_schema(Dimension dimension, const Rule& rule) {
  const std::string range = range_text(rule, dimension);
  const std::string pattern = measure_pattern(dimension, sign_of(rule));
  if (dimension != truce::dimension::none) {
    return text_of_pattern(pattern, "A number with a unit (" + unit_choices(dimension) + ")" +
                                        (range.empty() ? "" : ", " + range) + ".");
  }
  Json schema{{"type", {"number", "string"}},
              {"pattern", pattern},
              {"patternErrorMessage", "A number" + (range.empty() ? "" : " " + range) + "."}};
  bound(schema, rule);
  return schema;
}

Json law_schema(Dimension dimension, const Rule& rule, Definitions& definitions) {
  // A distribution may come near to an end that is itself refused.
  const Rule range = between(rule.least, rule.most);
  return {
      {"anyOf",
       {shared_quantity(definitions, dimension, rule),
        definitions.refer("distribution-of-" + dimension_name(dimension) + range_name(range),
                          [&] { return distribution_schema(dimension, range, definitions); })}}};
}

Json text_schema() {
  return {{"type", {"string", "number", "boolean"}}};
}

Json truth_schema() {
  return {{"enum", {true, false, "yes", "no", "true", "false", "True", "False", "TRUE", "FALSE"}}};
}

Json whole_schema(const Rule& rule) {
  Json schema{{"type", {"integer", "string"}},
              {"pattern", number_pattern(sign_of(rule))},
              {"patternErrorMessage", "A whole number."}};
  bound(schema, rule);
  return schema;
}

Json date_schema() {
  return text_of_pattern("^" + std::string(date) + "$", "A date such as 2026-07-01.");
}

Json span_schema() {
  return text_of_pattern(
      measure_pattern(dimension::time, Sign::positive),
      "A length of time: a number with h, days, weeks, months or years, such as 24 months.");
}

Json moment_schema(Definitions& definitions) {
  return {{"anyOf",
           {{{"enum", {"never"}}},
            date_schema(),
            law_schema(dimension::time, at_least(0), definitions)}}};
}

Json point_schema() {
  const auto degrees = [](int most) {
    return Json{{"type", {"number", "string"}},
                {"minimum", -most},
                {"maximum", most},
                {"pattern", number_pattern(Sign::any)}};
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
           {{name_of(Operation::times), shared_quantity(definitions, dimension::none, optional)},
            {name_of(Operation::plus), shared_quantity(definitions, quantity.dimension, optional)},
            {name_of(Operation::set), shared_quantity(definitions, quantity.dimension, optional)}}},
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
