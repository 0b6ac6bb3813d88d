// SPDX-License-Identifier: Apache-2.0
// The sections of a scenario as JSON Schema, draft 07: a visitor of their descriptions.
#include "sim/scenario/schema.hpp"

#include "sim/scenario/schema_leaf.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

// Texts that a rule between sections narrows down, by the struct that holds them.
template <class Spec>
std::optional<Json> narrowed(std::string_view key) {
  if (std::is_same_v<Spec, PlaceSpec> && key == "country") {
    return Json{{"type", "string"},
                {"pattern", "^[A-Z]{2}$"},
                {"patternErrorMessage", "Two capital letters of ISO 3166, such as UA."}};
  }
  return std::nullopt;
}

class SchemaVisitor {
 public:
  explicit SchemaVisitor(Definitions& definitions) : definitions_(definitions) {}

  // A section; the definition is named by the path at which the type is met first.
  template <Described T>
  Json section(const std::string& path, Extent extent) {
    return definitions_.refer((extent == Extent::changes ? "changes." : "section.") + path, [&] {
      Json whole = fields<T>(path, extent);
      if constexpr (requires { T::shorthand; }) {
        return Json{{"anyOf", {std::move(whole), shorthand<T>()}}};
      }
      return whole;
    });
  }

  template <Described T>
  Json fields(const std::string& path, Extent extent) {
    Json properties = Json::object();
    Json required = Json::array();
    T initial{};
    auto visit = [&](std::string_view name, auto& field, const Rule& rule,
                     std::string_view meaning) {
      using Field = std::remove_cvref_t<decltype(field)>;
      const std::string below_path = path == "scenario" ? std::string(name) : below(path, name);
      const auto narrow = narrowed<T>(name);
      Json schema =
          narrow ? sourced(*narrow, *narrow, definitions_) : value<Field>(below_path, rule, extent);
      if (!rule.required) schema = removable(std::move(schema), extent);
      Json property{{"description", meaning}};
      if (!rule.required) add_default(property, field);
      if (schema.contains("$ref")) schema = {{"allOf", {std::move(schema)}}};
      property.update(schema);
      properties[std::string(name)] = std::move(property);
      if (rule.required) required.push_back(name);
    };
    T::describe(initial, visit);
    properties.update(provenance_schemas(extent, definitions_));
    Json schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (extent == Extent::whole && !required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
  }

 private:
  template <class T>
  Json value(const std::string& path, const Rule& rule, Extent extent) {
    if constexpr (IsOptional<T>::value) {
      return value<typename T::value_type>(path, rule, extent);
    } else if constexpr (IsTable<T>::value) {
      return table<typename T::value_type>(path, rule, extent);
    } else if constexpr (IsNumbers<T>::value) {
      using Number = typename T::value_type::second_type;
      return {{"type", "object"},
              {"propertyNames", entry_name<void>()},
              {"additionalProperties",
               removable(leaf_schema<Number>(rule, Extent::whole, definitions_), extent)}};
    } else if constexpr (IsList<T>::value) {
      Json schema{{"type", "array"},
                  {"items", value<typename T::value_type>(path, rule, Extent::whole)}};
      if (rule.required) schema["minItems"] = 1;
      return schema;
    } else if constexpr (Described<T>) {
      return section<T>(path, extent);
    } else {
      return leaf_schema<T>(rule, extent, definitions_);
    }
  }

  // The one value as which a section may be written.
  template <class T>
  Json shorthand() {
    Json schema;
    T initial{};
    auto visit = [&](std::string_view name, auto& field, const Rule& rule, auto&&) {
      using Field = std::remove_cvref_t<decltype(field)>;
      if constexpr (Leaf<Field>) {
        if (name != T::shorthand) return;
        schema = shared_bare<Field>(rule, Extent::whole, definitions_);
      }
    };
    T::describe(initial, visit);
    return schema;
  }

  template <class Spec>
  Json table(const std::string& path, const Rule& rule, Extent extent) {
    Json schema{{"type", "object"},
                {"propertyNames", entry_name<Spec>()},
                {"additionalProperties", removable(section<Spec>(path, extent), extent)}};
    if (rule.required && extent == Extent::whole) schema["minProperties"] = 1;
    return schema;
  }

  // What the entries of a table may be called.
  template <class Spec>
  Json entry_name() {
    if constexpr (std::is_same_v<Spec, DeterrenceSpec> || std::is_same_v<Spec, TroopCostSpec>) {
      return choice_schema(EnumNames<Function>::names);
    } else {
      return definitions_.refer("key", [] { return Json{{"pattern", name_pattern}}; });
    }
  }

  template <class T>
  void add_default(Json& property, const T& field) {
    if constexpr (Leaf<T>) {
      const Node node = write_leaf(field);
      if (node.kind != Node::Kind::scalar || node.text.empty()) return;
      if constexpr (std::is_same_v<T, bool>) {
        property["default"] = field;
      } else if (const auto number = parse_number(node.text); number && is_numeric<T>) {
        property["default"] = Json::parse(node.text);
      } else {
        property["default"] = node.text;
      }
    }
  }

  Definitions& definitions_;
};

}  // namespace

std::string json_schema() {
  Definitions definitions;
  SchemaVisitor visitor(definitions);
  const Json whole = definitions.refer(
      "scenario", [&] { return visitor.fields<Scenario>("scenario", Extent::whole); });
  const Json changes = definitions.refer("what-if", [&] {
    Json schema = visitor.fields<Scenario>("scenario", Extent::changes);
    schema["properties"]["extends"] = {
        {"description", "The scenario file that this one changes, as seen from its folder."},
        {"type", "string"},
        {"pattern", "^[^/]"}};
    schema["required"] = {"name", "extends"};
    return schema;
  });
  const Json schema{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$comment", "SPDX-License-Identifier: Apache-2.0. Written by truce schema; do not edit."},
      {"title", "Scenario of truce"},
      {"description",
       "A ceasefire and the deployment meant to watch over it; or, with extends, what differs from "
       "another scenario: there a key without a value (~) removes what stands in the other."},
      {"type", "object"},
      {"if", {{"required", {"extends"}}}},
      {"then", changes},
      {"else", whole},
      {"definitions", definitions.take()}};
  return schema.dump(1) + "\n";
}

}  // namespace truce::scenario
