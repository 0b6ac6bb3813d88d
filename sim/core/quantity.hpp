// SPDX-License-Identifier: Apache-2.0
// Quantities with units: a number that knows its dimension at compile time and its unit in text.
//
// Policy: inside the program every quantity is held in the canonical units days, kilometres,
// troops, tonnes, euros, so that arithmetic needs no conversion; at the border (scenario files,
// tables) a number never stands without its unit.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truce {

/// Exponents of the base units.
struct Dimension {
  std::int8_t time = 0;    ///< [day]
  std::int8_t length = 0;  ///< [km]
  std::int8_t troops = 0;  ///< [troops]
  std::int8_t mass = 0;    ///< [t]
  std::int8_t money = 0;   ///< [EUR]
  constexpr auto operator<=>(const Dimension&) const = default;
};

constexpr Dimension operator*(Dimension a, Dimension b) {
  return {static_cast<std::int8_t>(a.time + b.time), static_cast<std::int8_t>(a.length + b.length),
          static_cast<std::int8_t>(a.troops + b.troops), static_cast<std::int8_t>(a.mass + b.mass),
          static_cast<std::int8_t>(a.money + b.money)};
}
constexpr Dimension operator/(Dimension a, Dimension b) {
  return {static_cast<std::int8_t>(a.time - b.time), static_cast<std::int8_t>(a.length - b.length),
          static_cast<std::int8_t>(a.troops - b.troops), static_cast<std::int8_t>(a.mass - b.mass),
          static_cast<std::int8_t>(a.money - b.money)};
}

/// A value in the canonical unit of dimension `D`.
template <Dimension D>
struct Quantity {
  static constexpr Dimension dimension = D;
  double value = 0.0;
  constexpr auto operator<=>(const Quantity&) const = default;
};

template <Dimension D>
constexpr Quantity<D> operator+(Quantity<D> a, Quantity<D> b) {
  return {a.value + b.value};
}
template <Dimension D>
constexpr Quantity<D> operator-(Quantity<D> a, Quantity<D> b) {
  return {a.value - b.value};
}
template <Dimension D>
constexpr Quantity<D> operator*(double factor, Quantity<D> q) {
  return {factor * q.value};
}
template <Dimension A, Dimension B>
constexpr Quantity<A * B> operator*(Quantity<A> a, Quantity<B> b) {
  return {a.value * b.value};
}
template <Dimension A, Dimension B>
constexpr Quantity<A / B> operator/(Quantity<A> a, Quantity<B> b) {
  return {a.value / b.value};
}

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension time{.time = 1};
inline constexpr Dimension length{.length = 1};
inline constexpr Dimension troops{.troops = 1};
}  // namespace dimension

using Number = Quantity<dimension::none>;                            ///< dimensionless
using Days = Quantity<dimension::time>;                              ///< [days]
using Kilometres = Quantity<dimension::length>;                      ///< [km]
using Troops = Quantity<dimension::troops>;                          ///< [troops]
using PerDay = Quantity<dimension::none / dimension::time>;          ///< [1/day]
using Speed = Quantity<dimension::length / dimension::time>;         ///< [km/day]
using TroopsPerDay = Quantity<dimension::troops / dimension::time>;  ///< [troops/day]
using Tonnes = Quantity<Dimension{.mass = 1}>;                       ///< [t]
using MassPerDay = Quantity<Dimension{.time = -1, .mass = 1}>;       ///< [t/day]
using MassPerTroopDay =
    Quantity<Dimension{.time = -1, .troops = -1, .mass = 1}>;         ///< [t/troop/day]
using TroopsPerKm = Quantity<dimension::troops / dimension::length>;  ///< [troops/km]

/// What a unit's text means: its dimension, and how many canonical units one of it is.
struct Unit {
  Dimension dimension;
  double factor = 1.0;
};

/// Reads "days", "km/h", "troops/day", "/day", "%", "" (dimensionless); nothing if unknown.
/// Grammar: up to five symbols joined by '/', each but the first in the denominator. What has no
/// dimension (%, cases) stands first only; nothing cancels but in a ratio of two, "days/day".
std::optional<Unit> parse_unit(std::string_view text);

/// A number and its unit as written.
struct Measure {
  double number = 0.0;
  std::string_view unit_text;
};
/// Splits "600 troops/day" or "6/day" into number and unit text; nothing without a number.
std::optional<Measure> parse_measure(std::string_view text);

/// The canonical unit of a dimension: "days", "km", "troops/day", "1/day"; "" if dimensionless.
std::string unit_label(Dimension dimension);
/// Units that a writer of scenarios would use for a dimension, "days, h, weeks, ...".
std::string unit_choices(Dimension dimension);
/// "20 days", "6 /day", "0.4": reads back as the same value.
std::string measure_text(double canonical_value, Dimension dimension);

/// The symbols of one dimension, "s", "min", "h", "days", ...; none for what is written as a ratio.
std::vector<std::string_view> unit_symbols(Dimension dimension);

/// Which numbers a pattern lets through.
enum class Sign : std::uint8_t { any, not_negative, positive };
/// Regular expressions (ECMA-262) of exactly the texts that parse_number reads, and of those that
/// parse_measure and parse_unit read as a measure of a dimension.
std::string number_pattern(Sign sign);
std::string measure_pattern(Dimension dimension, Sign sign);
/// The same of any dimension, but for lengthy units in which something cancels, that nobody writes.
std::string measure_pattern(Sign sign);
/// Of the units alone, of one dimension and of any.
std::string unit_pattern(Dimension dimension);
std::string unit_pattern();

}  // namespace truce
