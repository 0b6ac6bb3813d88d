// SPDX-License-Identifier: Apache-2.0
// The scenario format as a page of tables: a visitor of the descriptions.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/random/form.hpp"

#include "sim/scenario/effectable.hpp"
#include "sim/scenario/leaf.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/schema.hpp"
#include "sim/scenario/sections.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

constexpr std::string_view head =
    "<!-- SPDX-License-Identifier: Apache-2.0 -->\n"
    "<!-- Written by `truce schema --markdown`; do not edit. -->\n"
    "# Reference of the scenario format\n"
    "\n"
    "Every key with its unit, default, range and meaning, as the program knows them. The\n"
    "[guide](README.md) says how they work together. `NAME` stands for a name that the author\n"
    "chooses. *Drawn* means that a distribution can stand for the value. Every section and every\n"
    "value may have `source`, `note` and `confidence` (`low`, `medium` or `high`) beside it, a\n"
    "value as `{value: ..., source: ...}`. A file with `extends` holds only what differs from\n"
    "another: there nothing but `name` is needed, and `~` removes what need not be there.\n";

std::string code(std::string_view text) {
  return "`" + std::string(text) + "`";
}

std::string unit_of(Dimension dimension) {
  const std::string label = unit_label(dimension);
  if (label.empty()) return "number";
  return code(label.starts_with("1/") ? label.substr(1) : label);
}

template <class T>
inline constexpr bool is_reference = false;
template <class Spec>
inline constexpr bool is_reference<Ref<Spec>> = true;
template <class Spec>
std::string section_of(const Ref<Spec>*) {
  return code(section_name<Spec>());
}

template <class T>
constexpr Dimension dimension_of() {
  if constexpr (is_quantity<T>) return T::dimension;
  if constexpr (requires { typename T::quantity; }) return T::quantity::dimension;
  return dimension::none;
}

/// What stands under a key: "`days`, drawn", "`road` or `rail`", "list of names in `hubs`".
template <class T>
std::string type_of() {
  if constexpr (IsOptional<T>::value) {
    return type_of<typename T::value_type>();
  } else if constexpr (IsNumbers<T>::value) {
    using Entry = typename T::value_type;
    return type_of<typename Entry::second_type>() + " by " + type_of<typename Entry::first_type>();
  } else if constexpr (IsList<T>::value) {
    return "list: " + type_of<typename T::value_type>();
  } else if constexpr (IsTable<T>::value || Described<T>) {
    return "section";
  } else if constexpr (is_reference<T>) {
    return "name in " + section_of(static_cast<const T*>(nullptr));
  } else if constexpr (std::is_enum_v<T>) {
    std::string words;
    for (const auto name : EnumNames<T>::names) words += (words.empty() ? "" : ", ") + code(name);
    return words;
  } else if constexpr (requires { typename T::quantity; }) {
    return unit_of(dimension_of<T>()) + ", drawn";
  } else if constexpr (is_quantity<T>) {
    return unit_of(T::dimension);
  } else if constexpr (std::is_same_v<T, double>) {
    return "number";
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return "whole number";
  } else if constexpr (std::is_same_v<T, bool>) {
    return "`true`, `false`";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "date";
  } else if constexpr (std::is_same_v<T, CalendarSpan>) {
    return "length of time";
  } else if constexpr (std::is_same_v<T, Moment>) {
    return "date, or `days` after the start, drawn, or `never`";
  } else if constexpr (std::is_same_v<T, Coordinates>) {
    return "`[latitude, longitude]`";
  } else if constexpr (std::is_same_v<T, PledgeRef>) {
    return "`contributor.pledge`";
  } else if constexpr (std::is_same_v<T, Trigger>) {
    return "trigger";
  } else if constexpr (std::is_same_v<T, Effects>) {
    return "[effects](#effects)";
  } else if constexpr (std::is_same_v<T, Worth>) {
    return "any quantity, drawn";
  } else if constexpr (std::is_same_v<T, Changes>) {
    return "changes: `PATH: VALUE`";
  } else {
    static_assert(std::is_same_v<T, std::string>, "a kind of value that the page does not know");
    return "text";
  }
}

/// The range of a number, or of the numbers in a list or by name.
template <class T>
std::string range_of(const Rule& rule) {
  if constexpr (IsOptional<T>::value) {
    return range_of<typename T::value_type>(rule);
  } else if constexpr (IsNumbers<T>::value) {
    return range_of<typename T::value_type::second_type>(rule);
  } else if constexpr (Leaf<T>) {
    return range_text(rule, dimension_of<T>());
  } else {
    return "";
  }
}

template <class T>
std::string default_of(const T& field, const Rule& rule) {
  if (rule.required) return "needed";
  if constexpr (Leaf<T>) {
    const std::string text = one_line(write_leaf(field));
    if (!text.empty() && text != "{}") return code(text);
  }
  return "";
}

class Page {
 public:
  std::string write() {
    text_ = head;
    Scenario initial;
    rows_.clear();
    auto plain = [&](std::string_view name, auto& field, const Rule& rule,
                     std::string_view meaning) {
      if constexpr (Leaf<std::remove_cvref_t<decltype(field)>>) {
        row(std::string(name), field, rule, meaning);
      }
    };
    Scenario::describe(initial, plain);
    heading("At the top", "");
    table();
    auto section = [&](std::string_view name, auto& field, const Rule& rule,
                       std::string_view meaning) {
      if constexpr (!Leaf<std::remove_cvref_t<decltype(field)>>) {
        inside(std::string(name), field);
        heading(std::string(name),
                std::string(rule.required ? "Needed. " : "") + std::string(meaning));
        table();
      }
    };
    Scenario::describe(initial, section);
    distributions();
    effects();
    units();
    return text_;
  }

 private:
  using Row = std::array<std::string, 5>;

  template <class T>
  void row(const std::string& path, const T& field, const Rule& rule, std::string_view meaning) {
    const auto or_dash = [](const std::string& text) {
      return text.empty() ? std::string("-") : text;
    };
    rows_.push_back({code(path), type_of<T>(), or_dash(default_of(field, rule)),
                     or_dash(range_of<T>(rule)), std::string(meaning)});
  }

  // The rows of all keys below a value.
  template <class T>
  void inside(const std::string& path, const T&) {
    if constexpr (IsOptional<T>::value) {
      inside(path, typename T::value_type{});
    } else if constexpr (IsTable<T>::value) {
      inside(path + ".NAME", typename T::value_type{});
    } else if constexpr (Described<T>) {
      T initial{};
      auto visit = [&](std::string_view name, auto& field, const Rule& rule,
                       std::string_view meaning) {
        const std::string at = below(path, name);
        row(at, field, rule, meaning);
        inside(at, field);
      };
      T::describe(initial, visit);
    }
  }

  void heading(const std::string& name, const std::string& meaning) {
    text_ += "\n## " + name + "\n";
    if (!meaning.empty()) text_ += meaning + "\n";
    text_ += "\n";
  }

  void table() {
    text_ += "| key | type and unit | default | range | meaning |\n|---|---|---|---|---|\n";
    for (const auto& cells : rows_) {
      for (const auto& cell : cells) text_ += "| " + cell + " ";
      text_ += "|\n";
    }
    rows_.clear();
  }

  static std::string written(const random::Form& form) {
    std::vector<std::string> names;
    for (const auto& parameter : form.parameters) names.emplace_back(parameter.name);
    const std::string kind(form.kind);
    if (names.size() == 1) return "{" + kind + ": " + names.front() + "}";
    const bool list = by_position(form);
    return "{" + kind + ": " + (list ? "[" : "{") + join(names, ", ") + (list ? "]" : "}") + "}";
  }

  void distributions() {
    heading("Distributions",
            "Parameters have the unit of the key, but for those that are named as plain numbers. "
            "What stands here\nin brackets may also be written by name, `{uniform: {min: 1, max: "
            "2}}`. A distribution must stay within the\nrange of its key.");
    text_ += "| form | plain numbers | meaning |\n|---|---|---|\n";
    for (const auto& form : random::forms()) {
      std::vector<std::string> numbers;
      for (const auto& parameter : form.parameters) {
        if (parameter.role == random::Role::number) numbers.push_back(code(parameter.name));
      }
      text_ += "| " + code(written(form)) + " | " + (numbers.empty() ? "-" : join(numbers, ", ")) +
               " | " + std::string(form.meaning) + " |\n";
    }
    text_ += "| `{discrete: {values: [...], weights: [...]}}` | `weights` | " +
             std::string(discrete_meaning) + " |\n";
  }

  void effects() {
    heading("Effects",
            "`{PATH: {times: NUMBER}}` multiplies, `{PATH: {plus: VALUE}}` adds, `{PATH: {set: "
            "VALUE}}` sets the quantity\nat a path; a step of the path may be `*` for all.");
    text_ += "| path | unit of plus and set |\n|---|---|\n";
    for (const auto& quantity : effectable_patterns()) {
      std::string path;
      for (const auto step : split(quantity.path, '.')) {
        path = below(path, step == "*" ? "NAME" : step);
      }
      text_ += "| " + code(path) + " | " + unit_of(quantity.dimension) + " |\n";
    }
  }

  void units() {
    heading("Units",
            "A number stands before its unit: `20 days`, `6 /day`, `600 troops/day`. What has a "
            "dimension never\nstands without one. Units are divided with `/`, one after the other: "
            "`100 kEUR/troop/year`.");
    text_ += "| of | units |\n|---|---|\n";
    const struct {
      std::string_view what;
      Dimension dimension;
    } bases[] = {{"time", dimension::time},     {"length", dimension::length},
                 {"troops", dimension::troops}, {"mass", Tonnes::dimension},
                 {"money", Money::dimension},   {"plain numbers", dimension::none}};
    for (const auto& base : bases) {
      std::vector<std::string> symbols;
      for (const auto symbol : unit_symbols(base.dimension)) symbols.push_back(code(symbol));
      text_ += "| " + std::string(base.what) + " | " + join(symbols, ", ") + " |\n";
    }
  }

  std::string text_;
  std::vector<Row> rows_;
};

}  // namespace

std::string reference_page() {
  return Page().write();
}

}  // namespace truce::scenario
