// SPDX-License-Identifier: Apache-2.0
// The factors of a study, from its file and from the command line.
#include <algorithm>
#include <array>

#include "sim/scenario/expression.hpp"
#include "sim/scenario/merge.hpp"
#include "sim/scenario/study_read.hpp"

namespace truce::scenario {
namespace {

const SectionReader::Keys factor_keys{"path", "parameter", "times", "set", "values", "unit"};

class FactorReader : public SectionReader {
 public:
  using SectionReader::SectionReader;
  std::optional<Factor> factor(const Node& node, const std::string& name, const Factor& outer);

 private:
  void take_paths(const Node& node, const std::string& path, Factor& out);
  void take_law(const Node& node, const std::string& path, Factor& out);
  void take_list(const Node& node, const std::string& path, Factor& out);
};

std::optional<Factor> FactorReader::factor(const Node& node, const std::string& name,
                                           const Factor& outer) {
  const std::string path = "factors." + printable(name);
  if (!is_section(node, path, "Keys of a factor: " + join(factor_keys, ", ") + ".")) {
    return std::nullopt;
  }
  const auto before = problems_.all().size();
  Factor out = outer;
  out.name = name;
  out.at = node.at;
  refuse_unknown(node, path, factor_keys, {"source", "note", "confidence"});
  take_provenance(node, out, path);
  take_paths(node, path, out);
  take(node, "unit", out.unit, Need::optional_key, path);
  if (const Node* unit = node.find("unit"); unit && !parse_unit(out.unit)) {
    report(*unit, Code::unknown_unit, path + ".unit",
           "the unit '" + printable(out.unit) + "' is not known",
           "For example days, km, troops, t, EUR, /day.");
    out.unit = "";
  }
  std::vector<const Node*> given;
  for (const auto* key : {"times", "set", "values"}) {
    if (const Node* value = node.find(key)) given.push_back(value);
  }
  if (given.size() > 1) {
    report(node, Code::bad_factor, path, "more than one of times, set and values is given",
           "A factor multiplies (times), draws a new value (set), or takes one of a list "
           "(values).");
  } else if (const Node* times = node.find("times")) {
    out.act = Act::times;
    take_law(*times, path + ".times", out);
  } else if (const Node* set = node.find("set")) {
    take_law(*set, path + ".set", out);
  } else if (const Node* values = node.find("values")) {
    take_list(*values, path + ".values", out);
  }
  if (problems_.all().size() > before) return std::nullopt;
  return out;
}

void FactorReader::take_paths(const Node& node, const std::string& path, Factor& out) {
  const Node* written = node.find("path");
  const Node* parameter = node.find("parameter");
  if ((written == nullptr) == (parameter == nullptr)) {
    report(node, Code::bad_factor, path,
           written == nullptr ? "it is not said what it is about" : "it has a path and a parameter",
           "Write path: PATH, a list of them, or parameter: NAME.");
    return;
  }
  if (parameter != nullptr) {
    read_name(*parameter, out.parameter, at_path(path + ".parameter"));
    out.paths = {"parameters." + out.parameter};
    return;
  }
  for (const Node* one : each(*written)) {
    std::string text;
    read_name(*one, text, at_path(path + ".path"));
    if (text.empty()) continue;
    if (std::ranges::any_of(steps_of(text), &std::string::empty)) {
      report(*one, Code::bad_path, path + ".path", "a step of '" + printable(text) + "' is empty",
             "Write the keys from the top, joined by dots.");
    }
    out.paths.push_back(text);
  }
  if (out.paths.empty()) {
    report(*written, Code::bad_factor, path + ".path", "no path is given", "Write one at least.");
  }
}

// A distribution, with its unit, or a list of numbers.
void FactorReader::take_law(const Node& node, const std::string& path, Factor& out) {
  if (node.kind == Node::Kind::list) {
    take_list(node, path, out);
  } else {
    if (is_expression(node)) {
      report(node, Code::bad_factor, path, "parameters of the scenario can't stand here",
             "Write a distribution of numbers, or parameter: NAME for the parameter itself.");
      return;
    }
    out.written = flow_text(node);
    Node tree = node;
    if (!out.unit.empty()) add_units(tree, out.unit);
    Worth worth;
    const auto before = problems_.all().size();
    read_leaf(tree, worth, optional, at_path(path));
    if (problems_.all().size() > before) return;
    if (worth.law.constant()) {
      report(node, Code::bad_factor, path,
             "'" + printable(one_line(node)) + "' is a single value and varies nothing",
             "Write a distribution, or a list of values.");
      return;
    }
    out.law = worth.law;
    out.dimension = worth.dimension;
  }
  if (out.act != Act::times) return;
  const bool below_zero = out.law ? out.law->least() < 0
                                  : std::ranges::any_of(out.listed, [](const FactorValue& value) {
                                      return !value.number || *value.number < 0;
                                    });
  if (out.dimension != truce::dimension::none || below_zero) {
    report(node, Code::bad_factor, path,
           "'" + printable(one_line(node)) +
               "' can't multiply: a factor has no unit and is never "
               "below 0",
           "For example times: {uniform: [0.5, 2]}.");
  }
}

void FactorReader::take_list(const Node& node, const std::string& path, Factor& out) {
  if (node.kind != Node::Kind::list || node.items.empty()) {
    report(node, Code::bad_factor, path,
           "'" + printable(one_line(node)) + "' stands where a list of values is needed",
           "Write [VALUE, VALUE, ...]; a distribution stands under set.");
    return;
  }
  out.written = flow_text(node);
  for (const auto& item : node.items) {
    if (item.kind == Node::Kind::empty && item.text != "~") {
      report(item, Code::no_value, path, "a value of the list is missing", "");
      continue;
    }
    Node value = item;
    if (!out.unit.empty()) add_units(value, out.unit);
    FactorValue one{flow_text(value), std::nullopt};
    if (std::ranges::find(out.listed, one) != out.listed.end()) {
      report(item, Code::named_twice, path, "'" + printable(one.text) + "' is listed twice", "");
    }
    out.listed.push_back(std::move(one));
  }
  out.numeric = number_values(out.listed, out.dimension);
}

}  // namespace

std::optional<Factor> read_factor(const Node& node, const std::string& name, const Factor& outer,
                                  Problems& problems) {
  return FactorReader(problems).factor(node, name, outer);
}

std::optional<Factor> read_factor_option(const std::string& text, Problems& problems) {
  const std::string file = "--factor " + printable(text);
  const Position at{file, 0, 0};
  const auto equals = text.find('=');
  const std::string path(trim(text.substr(0, equals)));
  if (equals == std::string::npos || path.empty()) {
    problems.add({Code::bad_assignment, at, "", "this is not path=values",
                  "For example --factor \"crisis.spread=0.05,0.15,0.25\"."});
    return std::nullopt;
  }
  Node list;
  try {
    list = parse("[" + text.substr(equals + 1) + "]", file);
  } catch (const ScenarioError& error) {
    for (auto problem : error.problems()) {
      problem.path = path;
      problems.add(std::move(problem));
    }
    return std::nullopt;
  }
  const auto entry = [&](const std::string& key, Node value) {
    return Node::Entry{key, at, std::move(value)};
  };
  Node name = scalar(path);
  name.at = at;
  Node factor;
  factor.kind = Node::Kind::mapping;
  factor.at = at;
  factor.entries = {entry("path", std::move(name))};
  const bool law = list.items.size() == 1 && list.items.front().kind == Node::Kind::mapping;
  factor.entries.push_back(law ? entry("set", list.items.front()) : entry("values", list));
  auto read = read_factor(factor, path, {}, problems);
  if (read) read->note = "given on the command line";
  return read;
}

std::vector<Problem> lint(const Study& study) {
  std::vector<Problem> warnings;
  for (const auto& factor : study.factors) {
    if (!factor.source.empty() || !factor.note.empty()) continue;
    warnings.push_back({Code::undocumented_factor, factor.at, "factors." + factor.name,
                        "nothing says where the values of the factor come from",
                        "Add source: \"...\" or note: \"assumption: ...\"."});
  }
  return warnings;
}

}  // namespace truce::scenario
