// SPDX-License-Identifier: Apache-2.0
// Distributions as JSON Schema: the twin of law.cpp.
#include <cmath>
#include <optional>
#include <stdexcept>

#include "sim/random/form.hpp"

#include "sim/scenario/schema_leaf.hpp"

namespace truce::scenario {
namespace {

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

// What a parameter that is no value itself must be, found by trial: a mean of waiting times above
// 0, a mean of counts 0 or more, that of a normal law anything.
Rule sign_rule(const random::Form& form, std::size_t parameter) {
  auto values = example(form);
  values[parameter] = -0.1;
  if (defines(form, values)) return optional;
  values[parameter] = 0.0;
  return defines(form, values) ? at_least(0) : above(0);
}

bool has_parameter(const random::Form& form, std::string_view name) {
  for (const auto& parameter : form.parameters) {
    if (parameter.name == name) return true;
  }
  return false;
}

Json list_of(Json item) {
  return {{"type", "array"}, {"items", std::move(item)}, {"minItems", 1}};
}

// All distributions of one field, or of the value of a parameter.
class Laws {
 public:
  // Nothing stands for any dimension: that of a parameter is what its first unit says, and other
  // parameters don't stand in its distribution.
  Laws(std::optional<Dimension> dimension, const Rule& range, Definitions& definitions)
      : dimension_(dimension), range_(range), definitions_(definitions) {}

  Json all() {
    Json kinds = Json::object();
    for (const auto& form : random::forms()) add_ways(kinds, form);
    kinds["discrete"] = listed(std::string(discrete_meaning));
    kinds["empirical"] = {{"description", empirical_meaning}, {"anyOf", {listed(""), column()}}};
    kinds["quantiles"] = quantiles();
    kinds["truncated"] = truncated();
    kinds["mixture"] = mixture();
    return {{"type", "object"},
            {"properties", std::move(kinds)},
            {"additionalProperties", false},
            {"minProperties", 1},
            {"maxProperties", 1}};
  }

  Json quantity(const Rule& rule) {
    return dimension_ ? shared_quantity(*dimension_, rule, definitions_)
                      : shared_constant(std::nullopt, rule, definitions_);
  }

  Json law(const Rule& range) {
    return dimension_ ? law_schema(*dimension_, range, definitions_)
                      : constant_law_schema(definitions_);
  }

 private:
  Json number(const Rule& rule) {
    return dimension_ ? shared_quantity(dimension::none, rule, definitions_)
                      : shared_constant(dimension::none, rule, definitions_);
  }

  Json parameter(const random::Form& form, std::size_t index) {
    const auto& named = form.parameters[index];
    const bool plain = named.role == random::Role::number;
    // Ends and modes are values that may come; the others are not.
    for (const std::string_view value : {"min", "mode", "max", "value"}) {
      if (named.name == value) return plain ? number(range_) : quantity(range_);
    }
    const Rule most = named.name == "probability" ? between(0, 1) : optional;
    const Rule rule = sign_rule(form, index) | most;
    return plain ? number(rule) : quantity(rule);
  }

  // The ways to write a form that can stay in the range: by name, by position, or as its only
  // parameter; by name also with the bounds that keep it there.
  void add_ways(Json& kinds, const random::Form& form) {
    const auto law = form.build(example(form));
    const bool low = std::isfinite(law.least()) || !std::isfinite(range_.least);
    const bool high = std::isfinite(law.most()) || !std::isfinite(range_.most);
    const bool bounds =
        takes_bounds(form.kind) && !has_parameter(form, "min") && !has_parameter(form, "max");
    if (!bounds && (!low || !high)) return;
    auto& kind = kinds[std::string(form.kind)];
    if (kind.is_null()) kind = {{"description", form.meaning}, {"anyOf", Json::array()}};
    Json& ways = kind["anyOf"];
    Json named{{"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}};
    Json by_place{{"type", "array"}, {"items", Json::array()}};
    for (std::size_t i = 0; i < form.parameters.size(); ++i) {
      const std::string name(form.parameters[i].name);
      Json schema = parameter(form, i);
      named["properties"][name] = schema;
      named["required"].push_back(name);
      by_place["items"].push_back(schema);
      if (form.parameters.size() == 1 && low && high) ways.push_back(std::move(schema));
    }
    if (bounds) {
      named["properties"]["min"] = quantity(low ? Rule(optional) : range_);
      named["properties"]["max"] = quantity(high ? Rule(optional) : range_);
      if (!low) named["required"].push_back("min");
      if (!high) named["required"].push_back("max");
    }
    named["additionalProperties"] = false;
    by_place["minItems"] = form.parameters.size();
    by_place["additionalItems"] = false;
    if (by_position(form)) ways.push_back(std::move(by_place));
    ways.push_back(std::move(named));
  }

  // Values with their weights.
  Json listed(const std::string& description) {
    Json schema{
        {"type", "object"},
        {"properties",
         {{"values", list_of(quantity(range_))}, {"weights", list_of(number(at_least(0)))}}},
        {"required", {"values"}},
        {"additionalProperties", false}};
    if (!description.empty()) schema["description"] = description;
    return schema;
  }

  // A column of a CSV file.
  Json column() {
    Json unit{{"type", "string"},
              {"pattern", dimension_ ? unit_pattern(*dimension_) : unit_pattern()},
              {"patternErrorMessage", "The unit of the numbers in the column."}};
    Json required{"csv", "column"};
    if (dimension_ && *dimension_ != dimension::none) {
      required.push_back("unit");
    } else {  // the unit 1 is a number for an editor
      unit["type"] = {"string", "integer"};
      unit["minimum"] = 1;
      unit["maximum"] = 1;
    }
    return {{"type", "object"},
            {"properties",
             {{"csv", text_schema()},
              {"column", text_schema()},
              {"unit", std::move(unit)},
              {"weights", text_schema()}}},
            {"required", std::move(required)},
            {"additionalProperties", false}};
  }

  Json quantiles() {
    return {{"type", "object"},
            {"description", quantiles_meaning},
            {"patternProperties",
             {{"^p" + number_pattern(Sign::not_negative).substr(1), quantity(range_)}}},
            {"additionalProperties", false},
            {"minProperties", 2}};
  }

  Json truncated() {
    return {{"type", "object"},
            {"description", truncated_meaning},
            {"properties",
             {{"of", law(optional)}, {"min", quantity(optional)}, {"max", quantity(optional)}}},
            {"required", {"of"}},
            {"additionalProperties", false},
            {"minProperties", 2}};
  }

  Json mixture() {
    Json schema = list_of({{"type", "object"},
                           {"properties", {{"weight", number(at_least(0))}, {"of", law(range_)}}},
                           {"required", {"weight", "of"}},
                           {"additionalProperties", false}});
    schema["description"] = mixture_meaning;
    return schema;
  }

  std::optional<Dimension> dimension_;
  Rule range_;
  Definitions& definitions_;
};

}  // namespace

Json law_schema(Dimension dimension, const Rule& rule, Definitions& definitions) {
  // A distribution may come near to an end that is itself refused.
  const Rule range = between(rule.least, rule.most);
  return {{"anyOf",
           {shared_quantity(dimension, rule, definitions),
            definitions.refer("distribution-of-" + dimension_name(dimension) + range_name(range),
                              [&] { return Laws(dimension, range, definitions).all(); })}}};
}

Json constant_law_schema(Definitions& definitions) {
  return {{"anyOf",
           {shared_constant(std::nullopt, optional, definitions),
            definitions.refer("distribution",
                              [&] { return Laws(std::nullopt, optional, definitions).all(); })}}};
}

}  // namespace truce::scenario
