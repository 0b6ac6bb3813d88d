// SPDX-License-Identifier: Apache-2.0
#include "sim/core/quantity.hpp"

#include <algorithm>
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

// Numerators and denominators of one base unit each.
constexpr std::array<Dimension, 5> base_units{
    {dimension::time, dimension::length, dimension::troops, {.mass = 1}, {.money = 1}}};

int exponent(Dimension d, Dimension base) {
  return d.time * base.time + d.length * base.length + d.troops * base.troops + d.mass * base.mass +
         d.money * base.money;
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
      const bool cancels = exponent(unit.dimension, symbol->dimension) > 0;
      if (symbol->dimension == dimension::none || (cancels && parts.size() > 2))
        return std::nullopt;
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

std::vector<std::string_view> unit_symbols(Dimension d) {
  std::vector<std::string_view> found;
  for (const auto& symbol : symbols) {
    if (symbol.unit.dimension == d) found.push_back(symbol.text);
  }
  return found;
}

namespace {

constexpr std::string_view blanks = "[ \\t\\r\\n]*";

std::string any_of(const std::vector<std::string>& choices) {
  std::string text;
  for (const auto& choice : choices) text += (text.empty() ? "(?:" : "|") + choice;
  return text.empty() ? "(?!)" : text + ")";
}

std::string symbol_pattern(Dimension d) {
  const auto units = unit_symbols(d);
  return any_of({units.begin(), units.end()});
}

// What stands behind a first symbol: "/day", "/troop/day" and "/day/troop".
std::string denominators(std::vector<std::size_t> below) {
  std::vector<std::string> orders;
  std::sort(below.begin(), below.end());
  do {
    std::string order;
    for (const auto base : below) {
      order += std::string(blanks) + "/" + std::string(blanks) + symbol_pattern(base_units[base]);
    }
    orders.push_back(order);
  } while (std::next_permutation(below.begin(), below.end()));
  return orders.size() == 1 ? orders.front() : any_of(orders);
}

std::string unanchored_unit(Dimension d) {
  std::vector<std::size_t> above;
  std::vector<std::size_t> below;
  for (std::size_t i = 0; i < base_units.size(); ++i) {
    const int power = exponent(d, base_units[i]);
    above.insert(above.end(), static_cast<std::size_t>(std::max(power, 0)), i);
    below.insert(below.end(), static_cast<std::size_t>(std::max(-power, 0)), i);
  }
  if (above.size() > 1) return "(?!)";  // no unit multiplies two
  if (above.size() == 1) return symbol_pattern(base_units[above.front()]) + denominators(below);
  const std::string counted = symbol_pattern(dimension::none) + "?" + denominators(below);
  if (d != dimension::none) return counted;
  std::vector<std::string> ratios{counted};
  for (std::size_t i = 0; i < base_units.size(); ++i) {
    ratios.push_back(symbol_pattern(base_units[i]) + denominators({i}));
  }
  return any_of(ratios);
}

std::string unanchored_unit() {
  std::vector<std::string> below;
  for (const auto& base : base_units) below.push_back(symbol_pattern(base));
  const std::string divisor = any_of(below);
  below.push_back(symbol_pattern(dimension::none));
  const std::string blank(blanks);
  return any_of(below) + "?(?:" + blank + "/" + blank + divisor + "){0,4}";
}

// Lookaheads hold what a regular expression would have to spell out: only zeros behind a minus, a
// digit above 0 in a positive number, no further digit that another unit could begin with.
std::string unanchored_number(Sign sign) {
  const std::string front = sign == Sign::any            ? "[+-]?"
                            : sign == Sign::not_negative ? "(?:[+]|-(?![0-9.]*[1-9]))?"
                                                         : "[+]?(?=[0-9.]*[1-9])";
  return front +
         "(?:(?:0|[1-9][0-9]*)(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]+)?"
         "(?![0-9.])";
}

}  // namespace

std::string number_pattern(Sign sign) {
  return "^" + unanchored_number(sign) + "$";
}

std::string measure_pattern(Dimension d, Sign sign) {
  const std::string blank(blanks);
  return "^" + blank + unanchored_number(sign) + blank + unanchored_unit(d) + blank + "$";
}

std::string measure_pattern(Sign sign) {
  const std::string blank(blanks);
  return "^" + blank + unanchored_number(sign) + blank + unanchored_unit() + blank + "$";
}

std::string unit_pattern(Dimension d) {
  return "^" + std::string(blanks) + unanchored_unit(d) + std::string(blanks) + "$";
}

std::string unit_pattern() {
  return "^" + std::string(blanks) + unanchored_unit() + std::string(blanks) + "$";
}

}  // namespace truce
