// SPDX-License-Identifier: Apache-2.0
#include "sim/core/quantity.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/core/text.hpp"
#include "sim/core/time.hpp"

namespace truce {
namespace {

struct Symbol {
  std::string_view text;
  Unit unit;
};

constexpr std::array<Symbol, 37> symbols{{
    {"s", {dimension::time, 1.0 / 86400.0}},
    {"second", {dimension::time, 1.0 / 86400.0}},
    {"seconds", {dimension::time, 1.0 / 86400.0}},
    {"min", {dimension::time, 1.0 / 1440.0}},
    {"minute", {dimension::time, 1.0 / 1440.0}},
    {"minutes", {dimension::time, 1.0 / 1440.0}},
    {"h", {dimension::time, 1.0 / 24.0}},
    {"hour", {dimension::time, 1.0 / 24.0}},
    {"hours", {dimension::time, 1.0 / 24.0}},
    {"d", {dimension::time, 1.0}},
    {"day", {dimension::time, 1.0}},
    {"days", {dimension::time, 1.0}},
    {"week", {dimension::time, 7.0}},
    {"weeks", {dimension::time, 7.0}},
    {"month", {dimension::time, days_per_month}},
    {"months", {dimension::time, days_per_month}},
    {"year", {dimension::time, days_per_year}},
    {"years", {dimension::time, days_per_year}},
    {"m", {dimension::length, 1e-3}},
    {"km", {dimension::length, 1.0}},
    {"troop", {dimension::troops, 1.0}},
    {"troops", {dimension::troops, 1.0}},
    {"head", {dimension::troops, 1.0}},
    {"kg", {{.mass = 1}, 1e-3}},
    {"t", {{.mass = 1}, 1.0}},
    {"kt", {{.mass = 1}, 1e3}},
    {"EUR", {{.money = 1}, 1.0}},
    {"kEUR", {{.money = 1}, 1e3}},
    {"MEUR", {{.money = 1}, 1e6}},
    {"1", {dimension::none, 1.0}},
    {"%", {dimension::none, 1e-2}},
    {"percent", {dimension::none, 1e-2}},
    {"incidents", {dimension::none, 1.0}},
    {"incident", {dimension::none, 1.0}},
    {"cases", {dimension::none, 1.0}},
    {"case", {dimension::none, 1.0}},
    {"units", {dimension::none, 1.0}},
}};

std::optional<Unit> parse_symbol(std::string_view text) {
  for (const auto& symbol : symbols) {
    if (symbol.text == text) return symbol.unit;
  }
  return std::nullopt;
}

void append(std::string& text, std::string_view symbol, int power) {
  for (int i = 0; i < power; ++i) {
    if (!text.empty()) text += ' ';
    text += symbol;
  }
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  Unit unit;
  text = trim(text);
  if (text.empty()) return unit;
  bool first = true;
  const auto parts = split(text, '/');
  constexpr std::size_t most_parts = 5;  // one for each base unit; keeps exponents and factor small
  if (parts.size() > most_parts) return std::nullopt;
  for (const auto part : parts) {
    const std::string_view name = trim(part);
    if (first && name.empty()) {  // "/day"
      first = false;
      continue;
    }
    const auto symbol = parse_symbol(name);
    if (!symbol) return std::nullopt;
    if (first) {
      unit = *symbol;
    } else {
      unit.dimension = unit.dimension / symbol->dimension;
      unit.factor /= symbol->factor;
    }
    first = false;
  }
  return unit;
}

std::optional<Measure> parse_measure(std::string_view text) {
  text = trim(text);
  std::size_t length = 0;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
  if (at(length) == '-' || at(length) == '+') ++length;
  while (is_digit(at(length)) || at(length) == '.') ++length;
  if (at(length) == 'e' || at(length) == 'E') {
    const std::size_t sign = at(length + 1) == '-' || at(length + 1) == '+' ? 1 : 0;
    if (is_digit(at(length + 1 + sign))) {
      length += 2 + sign;
      while (is_digit(at(length))) ++length;
    }
  }
  const auto number = parse_number(text.substr(0, length));
  if (!number) return std::nullopt;
  return Measure{*number, trim(text.substr(length))};
}

std::string unit_label(Dimension d) {
  const struct {
    std::string_view one;
    std::string_view many;
    int power;
  } bases[] = {{"EUR", "EUR", d.money},
               {"t", "t", d.mass},
               {"troop", "troops", d.troops},
               {"km", "km", d.length},
               {"day", "days", d.time}};
  std::string above;
  std::string below;
  for (const auto& base : bases) append(above, base.many, base.power);
  for (const auto& base : bases) {
    for (int i = 0; i < -base.power; ++i) (below += '/') += base.one;
  }
  if (above.empty() && !below.empty()) above = '1';
  return above + below;
}

std::string unit_choices(Dimension d) {
  if (d == dimension::none) return "no unit, or %";
  if (d == dimension::time) return "min, h, days, weeks, months or years";
  if (d == dimension::length) return "m or km";
  if (d == dimension::troops) return "troops";
  if (d == Speed::dimension) return "km/h or km/day";
  if (d == PerDay::dimension) return "/day, /h, /week, /month or /year";
  if (d == TroopsPerDay::dimension) return "troops/day";
  return unit_label(d);
}

std::string measure_text(double canonical_value, Dimension d) {
  std::string label = unit_label(d);
  if (label.starts_with("1/")) label.erase(0, 1);
  return label.empty() ? shortest(canonical_value) : shortest(canonical_value) + " " + label;
}

}  // namespace truce
