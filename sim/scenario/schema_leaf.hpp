// SPDX-License-Identifier: Apache-2.0
// What a single value may look like, as JSON Schema: the twin of the reader's leaf.hpp, one schema
// for each kind of value, made from the same units, ranges, words and forms of distributions.
//
// Editors type scalars before they look at the schema (YAML 1.2 core: 12, 1e3, true), the reader
// takes text: so a text may be a number for the editor, and a number may stand in quotes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/scenario.hpp"

namespace truce::scenario {

using Json = nlohmann::ordered_json;

/// Schemas with a name, shared by all who refer to them.
class Definitions {
 public:
  /// A reference to the schema of a name, which `make` gives where there is none yet.
  template <class Make>
  Json refer(const std::string& name, Make make) {
    if (!all_.contains(name)) {
      all_[name] = nullptr;  // holds the place, in the order in which schemas are first named
      Json schema = make();
      all_[name] = std::move(schema);
    }
    return {{"$ref", "#/definitions/" + name}};
  }
  Json take() { return std::move(all_); }

 private:
  Json all_ = Json::object();
};

/// Which files a schema is for: whole scenarios, or those that extend another and hold changes.
enum class Extent : std::uint8_t { whole, changes };

/// The texts that can be a name.
inline constexpr std::string_view name_pattern = "^[A-Za-z][A-Za-z0-9_-]{0,63}$";

/// A number or quantity, not drawn and not made of parameters; of any dimension if none is given.
Json constant_schema(std::optional<Dimension> dimension, const Rule& rule);
Json shared_constant(std::optional<Dimension> dimension, const Rule& rule,
                     Definitions& definitions);
/// A number or quantity, not drawn; parameters may stand for it.
Json quantity_schema(Dimension dimension, const Rule& rule, Definitions& definitions);
Json shared_quantity(Dimension dimension, const Rule& rule, Definitions& definitions);
/// A number or quantity, or a distribution of it (schema_law.cpp).
Json law_schema(Dimension dimension, const Rule& rule, Definitions& definitions);
/// The same of any dimension, in which no parameters stand.
Json constant_law_schema(Definitions& definitions);
Json text_schema();
Json truth_schema();
Json whole_schema(const Rule& rule, Definitions& definitions);
Json date_schema();
Json span_schema(Definitions& definitions);
Json moment_schema(Definitions& definitions);
Json point_schema(Definitions& definitions);
Json name_schema();
Json pledge_schema();
Json trigger_schema();
Json effects_schema(Extent extent, Definitions& definitions);
/// The value of a parameter.
Json worth_schema(Definitions& definitions);
/// Paths and their values.
Json changes_schema();
Json choice_schema(std::span<const std::string_view> names);

/// "time", "per-day", "EUR-per-troop": names of dimensions for definitions.
std::string dimension_name(Dimension dimension);
/// ".0-to-1", ".above-0": of ranges.
std::string range_name(const Rule& rule);
/// Where a value comes from: source, note, confidence.
Json provenance_schemas(Extent extent, Definitions& definitions);
/// The schema, or nothing where a change may remove the key.
Json removable(Json schema, Extent extent);

template <class T>
inline constexpr bool is_ref = false;
template <class Spec>
inline constexpr bool is_ref<Ref<Spec>> = true;

/// The name of the definition of a kind of leaf.
template <class T>
std::string leaf_name(const Rule& rule, Extent extent) {
  if constexpr (std::is_same_v<T, std::string>) return "text";
  if constexpr (std::is_same_v<T, bool>) return "true-or-false";
  if constexpr (std::is_same_v<T, std::int64_t>) return "whole-number" + range_name(rule);
  if constexpr (std::is_same_v<T, double>) return "number" + range_name(rule);
  if constexpr (is_quantity<T>) return dimension_name(T::dimension) + range_name(rule);
  if constexpr (requires { typename T::quantity; }) {
    return "drawn-" + dimension_name(T::quantity::dimension) + range_name(rule);
  }
  if constexpr (std::is_same_v<T, Date>) return "date";
  if constexpr (std::is_same_v<T, CalendarSpan>) return "span";
  if constexpr (std::is_same_v<T, Moment>) return "moment";
  if constexpr (std::is_same_v<T, Coordinates>) return "point";
  if constexpr (std::is_same_v<T, PledgeRef>) return "contributor-and-pledge";
  if constexpr (std::is_same_v<T, Trigger>) return "trigger";
  if constexpr (std::is_same_v<T, Effects>) {
    return extent == Extent::changes ? "changed-effects" : "effects";
  }
  if constexpr (std::is_enum_v<T>) {
    const auto& names = EnumNames<T>::names;
    return "one-of-" + join(std::vector<std::string>(names.begin(), names.end()), "-");
  }
  if constexpr (is_ref<T>) return "name";
  if constexpr (std::is_same_v<T, Worth>) return "worth";
  if constexpr (std::is_same_v<T, Changes>) return "changes";
}

/// A kind of leaf as it stands bare.
template <class T>
Json bare_schema(const Rule& rule, Extent extent, Definitions& definitions) {
  if constexpr (std::is_same_v<T, std::string>) return text_schema();
  if constexpr (std::is_same_v<T, bool>) return truth_schema();
  if constexpr (std::is_same_v<T, std::int64_t>) return whole_schema(rule, definitions);
  if constexpr (std::is_same_v<T, double>)
    return quantity_schema(dimension::none, rule, definitions);
  if constexpr (is_quantity<T>) return quantity_schema(T::dimension, rule, definitions);
  if constexpr (requires { typename T::quantity; }) {
    return law_schema(T::quantity::dimension, rule, definitions);
  }
  if constexpr (std::is_same_v<T, Date>) return date_schema();
  if constexpr (std::is_same_v<T, CalendarSpan>) return span_schema(definitions);
  if constexpr (std::is_same_v<T, Moment>) return moment_schema(definitions);
  if constexpr (std::is_same_v<T, Coordinates>) return point_schema(definitions);
  if constexpr (std::is_same_v<T, PledgeRef>) return pledge_schema();
  if constexpr (std::is_same_v<T, Trigger>) return trigger_schema();
  if constexpr (std::is_same_v<T, Effects>) return effects_schema(extent, definitions);
  if constexpr (std::is_enum_v<T>) return choice_schema(EnumNames<T>::names);
  if constexpr (is_ref<T>) return name_schema();
  if constexpr (std::is_same_v<T, Worth>) return worth_schema(definitions);
  if constexpr (std::is_same_v<T, Changes>) return changes_schema();
}

/// A leaf as a file may hold it: bare, or as {value: ..., source: ..., note: ..., confidence: ...}
/// around a value that holds for whole scenarios.
Json sourced(Json bare, Json value, Definitions& definitions);

template <class T>
Json shared_bare(const Rule& rule, Extent extent, Definitions& definitions) {
  return definitions.refer("bare." + leaf_name<T>(rule, extent),
                           [&] { return bare_schema<T>(rule, extent, definitions); });
}

template <class T>
Json leaf_schema(const Rule& rule, Extent extent, Definitions& definitions) {
  return definitions.refer(leaf_name<T>(rule, extent), [&] {
    return sourced(shared_bare<T>(rule, extent, definitions),
                   shared_bare<T>(rule, Extent::whole, definitions), definitions);
  });
}

}  // namespace truce::scenario
