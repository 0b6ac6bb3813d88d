// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/leaf.hpp"

#include <cmath>

namespace truce::scenario {

std::string range_text(const Rule& rule, Dimension dimension) {
  const bool low = std::isfinite(rule.least);
  const bool high = std::isfinite(rule.most);
  if (low && high && !rule.above && !rule.below) {
    return "between " + shortest(rule.least) + " and " + measure_text(rule.most, dimension);
  }
  std::string text;
  if (low) text = (rule.above ? "above " : "at least ") + measure_text(rule.least, dimension);
  if (high) {
    text += text.empty() ? "" : " and ";
    text += (rule.below ? "below " : "at most ") + measure_text(rule.most, dimension);
  }
  return text;
}

bool by_position(const random::Form& form) {
  return (form.kind == "uniform" || form.kind == "triangular" || form.kind == "pert") &&
         form.parameters.back().name == "max";
}

namespace {

bool is_scalar(const Node& node, const Report& report, const std::string& wanted) {
  if (node.kind == Node::Kind::scalar) return true;
  const std::string found = node.kind == Node::Kind::empty  ? "nothing is written here"
                            : node.kind == Node::Kind::list ? "a list stands here"
                                                            : "a mapping stands here";
  report(node, Code::wrong_shape, found, wanted + " is needed.");
  return false;
}

}  // namespace

std::string accepted_range(const Rule& rule, Dimension dimension) {
  const std::string range = range_text(rule, dimension);
  return range.empty() ? "" : "Values " + range + " are accepted.";
}

bool in_range(double value, const Rule& rule) {
  if (value < rule.least || value > rule.most) return false;
  if (rule.above && value == rule.least) return false;
  return !(rule.below && value == rule.most);
}

std::string shown(const Node& node) {
  return "'" + printable(one_line(node)) + "'";
}

std::optional<double> measure(const Node& node, Dimension dimension, const Report& report) {
  const std::string wanted = dimension == truce::dimension::none
                                 ? "A number"
                                 : "A number with a unit (" + unit_choices(dimension) + ")";
  if (!is_scalar(node, report, wanted)) return std::nullopt;
  const auto parts = parse_measure(node.text);
  if (!parts) {
    report(node, Code::not_a_number, shown(node) + " is not a number", wanted + " is needed.");
    return std::nullopt;
  }
  const auto unit = parse_unit(parts->unit_text);
  if (!unit) {
    report(node, Code::unknown_unit,
           "the unit '" + printable(parts->unit_text) + "' of " + shown(node) + " is not known",
           "Units that fit: " + unit_choices(dimension) + ".");
    return std::nullopt;
  }
  if (unit->dimension != dimension) {
    const std::string what = parts->unit_text.empty()
                                 ? shown(node) + " has no unit"
                                 : "the unit of " + shown(node) + " does not fit";
    report(node, Code::wrong_unit, what, "Units that fit: " + unit_choices(dimension) + ".");
    return std::nullopt;
  }
  return parts->number * unit->factor;
}

std::string one_line(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::empty:
      return "";
    case Node::Kind::scalar:
      return node.text;
    case Node::Kind::list:
      for (const auto& item : node.items) text += (text.empty() ? "" : ", ") + one_line(item);
      return "[" + text + "]";
    case Node::Kind::mapping:
      for (const auto& entry : node.entries) {
        text += (text.empty() ? "" : ", ") + entry.key + ": " + one_line(entry.value);
      }
      return "{" + text + "}";
  }
  return text;
}

void read_leaf(const Node& node, std::string& out, const Rule&, const Report& report) {
  if (is_scalar(node, report, "Text")) out = node.text;
}

void read_leaf(const Node& node, bool& out, const Rule&, const Report& report) {
  if (!is_scalar(node, report, "true or false")) return;
  // As YAML 1.2 spells them, so that an editor sees the same, and in English.
  const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), node.text) != words.end();
  };
  if (is_one_of({"true", "True", "TRUE", "yes"})) {
    out = true;
  } else if (is_one_of({"false", "False", "FALSE", "no"})) {
    out = false;
  } else {
    report(node, Code::not_true_or_false, shown(node) + " is neither true nor false",
           "true or false is accepted.");
  }
}

void read_leaf(const Node& node, std::int64_t& out, const Rule& rule, const Report& report) {
  if (!is_scalar(node, report, "A whole number")) return;
  const auto value = parse_integer(node.text);
  if (!value) {
    report(node, Code::not_whole, shown(node) + " is not a whole number",
           "A count has no unit. " + accepted_range(rule, dimension::none));
  } else if (!in_range(static_cast<double>(*value), rule)) {
    report(node, Code::out_of_range, shown(node) + " is out of range",
           accepted_range(rule, dimension::none));
  } else {
    out = *value;
  }
}

void read_leaf(const Node& node, Date& out, const Rule&, const Report& report) {
  if (!is_scalar(node, report, "A date such as 2026-07-01")) return;
  const auto date = parse_date(node.text);
  if (date) {
    out = *date;
  } else {
    report(node, Code::not_a_date, shown(node) + " is not a date",
           "Write year-month-day, such as 2026-07-01.");
  }
}

void read_leaf(const Node& node, CalendarSpan& out, const Rule&, const Report& report) {
  if (!is_scalar(node, report, "A length of time such as 24 months")) return;
  const auto span = parse_span(node.text);
  if (!span) {
    report(node, Code::not_a_date, shown(node) + " is not a length of time",
           "Write a number with h, days, weeks, months or years, such as 24 months.");
  } else if (span->months == 0 && span->rest.count() <= 0) {
    report(node, Code::out_of_range, shown(node) + " is out of range", "It must be above 0 days.");
  } else if (in_days(resolve(*span, Date{})) > 36525.0) {
    report(node, Code::out_of_range, shown(node) + " is out of range",
           "At most 100 years are accepted.");
  } else {
    out = *span;
  }
}

void read_leaf(const Node& node, Moment& out, const Rule&, const Report& report) {
  if (node.kind == Node::Kind::scalar && node.text == "never") {
    out.kind = Moment::Kind::never;
    return;
  }
  if (node.kind == Node::Kind::scalar) {
    if (const auto date = parse_date(node.text)) {
      out.kind = Moment::Kind::date;
      out.date = *date;
      return;
    }
    const auto parts = parse_measure(node.text);
    if (!parts || parts->unit_text.find('-') != std::string_view::npos) {  // 2026-02-30
      report(node, Code::not_a_date, shown(node) + " is not a moment",
             "A date such as 2026-07-15, a time after the start such as 14 days, or never.");
      return;
    }
  }
  out.kind = Moment::Kind::after_start;
  read_law(node, out.after.law, dimension::time, at_least(0), report);
  if (const auto span = parse_span(node.text); span && span->months > 0) out.span = span;
}

void read_leaf(const Node& node, Coordinates& out, const Rule&, const Report& report) {
  const std::string wanted = "Latitude and longitude in degrees are needed, such as [48.5, 37.9].";
  if (node.kind != Node::Kind::list || node.items.size() != 2) {
    report(node, Code::not_a_point, shown(node) + " is not a point", wanted);
    return;
  }
  const auto latitude = parse_number(node.items[0].text);
  const auto longitude = parse_number(node.items[1].text);
  if (!latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180) {
    report(node, Code::not_a_point, shown(node) + " is not a point on the globe", wanted);
    return;
  }
  out = {*latitude, *longitude};
}

void read_leaf(const Node& node, PledgeRef& out, const Rule&, const Report& report) {
  read_name(node, out.name, report);
}

void read_name(const Node& node, std::string& out, const Report& report) {
  if (!is_scalar(node, report, "A name")) return;
  if (node.text.empty()) report(node, Code::empty_text, "the text is empty", "A name is needed.");
  out = node.text;
}

void read_leaf(const Node& node, Trigger& out, const Rule&, const Report& report) {
  const auto& names = EnumNames<Trigger::Kind>::names;
  const std::string accepted =
      "start, ceasefire, initial-capability, full-capability, crisis, breakdown, "
      "renewed-hostilities, restoration, a date, or layer NAME";
  if (!is_scalar(node, report, "A trigger (" + accepted + ")")) return;
  if (const auto date = parse_date(node.text)) {
    out = {Trigger::Kind::date, *date, ""};
    return;
  }
  if (node.text.starts_with("layer ")) {
    out = {Trigger::Kind::layer, {}, std::string(trim(node.text.substr(6)))};
    return;
  }
  const std::vector<std::string> words(names.begin(), names.end() - 2);
  const auto found = std::find(words.begin(), words.end(), node.text);
  if (found == words.end()) {
    report(node, Code::not_a_choice, shown(node) + " is not a trigger",
           "Accepted: " + accepted + "." + did_you_mean(node.text, words));
    return;
  }
  out = {static_cast<Trigger::Kind>(found - words.begin()), {}, ""};
}

void read_leaf(const Node& node, Effects& out, const Rule&, const Report& report) {
  const std::string accepted = "Write PATH: {times: NUMBER}, {plus: VALUE} or {set: VALUE}.";
  if (node.kind != Node::Kind::mapping) {
    report(node, Code::wrong_shape, shown(node) + " stands where effects are needed", accepted);
    return;
  }
  const auto& names = EnumNames<Operation>::names;
  for (const auto& [target, at, change] : node.entries) {
    if (change.kind != Node::Kind::mapping || change.entries.size() != 1) {
      report(change, Code::not_an_effect,
             shown(change) + " is not an effect on " + printable(target), accepted);
      continue;
    }
    const auto& [word, word_at, amount] = change.entries.front();
    const auto operation = std::find(names.begin(), names.end(), word);
    const auto parts = parse_measure(amount.text);
    const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
    if (operation == names.end() || !unit) {
      report(change, Code::not_an_effect,
             shown(change) + " is not an effect on " + printable(target), accepted);
      continue;
    }
    out.items.push_back({target, static_cast<Operation>(operation - names.begin()),
                         parts->number * unit->factor, unit->dimension});
  }
}

std::optional<std::size_t> read_choice(const Node& node, std::span<const std::string_view> names,
                                       const Report& report) {
  const std::vector<std::string> choices(names.begin(), names.end());
  if (!is_scalar(node, report, "One of " + join(choices, ", "))) return std::nullopt;
  const auto found = std::find(names.begin(), names.end(), node.text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const std::string hint = did_you_mean(node.text, choices);
  report(node, Code::not_a_choice, shown(node) + " is not one of the choices",
         (hint.empty() ? "" : hint.substr(1) + " ") + "Accepted: " + join(choices, ", ") + ".");
  return std::nullopt;
}

void read_measure(const Node& node, double& out, Dimension dimension, const Rule& rule,
                  const Report& report) {
  const auto value = measure(node, dimension, report);
  if (!value) return;
  if (!in_range(*value, rule)) {
    report(node, Code::out_of_range, shown(node) + " is out of range",
           accepted_range(rule, dimension));
    return;
  }
  out = *value;
}

Node scalar(std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = std::move(text);
  return node;
}

Node write_leaf(const std::string& value) {
  return scalar(value);
}
Node write_leaf(bool value) {
  return scalar(value ? "true" : "false");
}
Node write_leaf(std::int64_t value) {
  return scalar(std::to_string(value));
}
Node write_leaf(double value) {
  return scalar(shortest(value));
}
Node write_leaf(Date value) {
  return scalar(to_string(value));
}
Node write_leaf(CalendarSpan value) {
  return scalar(to_string(value));
}
Node write_leaf(const PledgeRef& value) {
  return scalar(value.name);
}

Node write_leaf(const Trigger& value) {
  if (value.kind == Trigger::Kind::date) return scalar(to_string(value.date));
  const std::string word(name_of(value.kind));
  return scalar(value.kind == Trigger::Kind::layer ? word + " " + value.layer : word);
}

Node write_leaf(const Effects& value) {
  Node node;
  node.kind = Node::Kind::mapping;
  for (const auto& effect : value.items) {
    Node change;
    change.kind = Node::Kind::mapping;
    change.entries.push_back({std::string(name_of(effect.operation)),
                              {},
                              scalar(measure_text(effect.value, effect.dimension))});
    node.entries.push_back({effect.target, {}, std::move(change)});
  }
  return node;
}

Node write_leaf(const Moment& value) {
  switch (value.kind) {
    case Moment::Kind::never:
      return scalar("never");
    case Moment::Kind::date:
      return scalar(to_string(value.date));
    case Moment::Kind::after_start:
      return value.span ? write_leaf(*value.span) : write_leaf(value.after);
  }
  return {};
}

Node write_leaf(const Coordinates& value) {
  Node node;
  node.kind = Node::Kind::list;
  node.items = {scalar(shortest(value.latitude)), scalar(shortest(value.longitude))};
  return node;
}

}  // namespace truce::scenario
