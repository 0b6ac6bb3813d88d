// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/study_scenario.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

#include "sim/random/scaled.hpp"

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/merge.hpp"

namespace truce::scenario {
namespace {

/// A value that speaks for the study.
Node placed(Node node, const Position& at) {
  node.at = at;
  for (auto& item : node.items) item = placed(std::move(item), at);
  for (auto& entry : node.entries) {
    entry.at = at;
    entry.value = placed(std::move(entry.value), at);
  }
  return node;
}

Node node_of_text(const FactorValue& value, const Position& at) {
  return placed(value.number ? scalar(value.text) : parse(value.text, at.file), at);
}

Position place_of(const Factor& factor) {
  return factor.at;
}

void add_bad_factor(Problems& problems, const Factor& factor, std::string what,
                    std::string accepted) {
  problems.add({Code::bad_factor, place_of(factor), "factors." + factor.name, std::move(what),
                std::move(accepted)});
}

// "9 /day" from "6 /day" and 1.5; nothing if no number is written.
std::optional<Node> product_text(const Node& stands, double by) {
  const auto parts = parse_measure(stands.text);
  const auto unit = parts ? parse_unit(parts->unit_text) : std::nullopt;
  if (stands.kind != Node::Kind::scalar || !unit) return std::nullopt;
  const std::string unit_text(parts->unit_text);
  return scalar(shortest(parts->number * by) + (unit_text.empty() ? "" : " " + unit_text));
}

Node product_expression(const Node& stands, double by) {
  Node list;
  list.kind = Node::Kind::list;
  list.items = {stands, scalar(shortest(by))};
  Node product;
  product.kind = Node::Kind::mapping;
  product.entries.push_back({"times", {}, std::move(list)});
  return product;
}

// Whether one path leads to the other, or to a part of it.
bool overlap(const std::string& a, const std::string& b) {
  const auto one = steps_of(a);
  const auto other = steps_of(b);
  return std::equal(one.begin(),
                    one.begin() + static_cast<std::ptrdiff_t>(std::min(one.size(), other.size())),
                    other.begin());
}

}  // namespace

std::string Change::text() const {
  return path + "=" + flow_text(value);
}

StudyScenario::StudyScenario(Study& study) : study_(study) {
  Problems problems;
  Recipe layers = study.recipe;
  layers.changes.clear();
  document_ = compose(layers, problems);
  recipe_ = study.recipe;
  recipe_.changes.clear();
  for (const auto& setting : study.settings) {
    change(document_.root, setting.path, setting.value, setting.at, problems);
    recipe_.changes.push_back(setting.path + "=" + flow_text(setting.value));
  }
  for (const auto& text : study.recipe.changes) {
    set_value(document_.root, text, problems);
    recipe_.changes.push_back(text);
  }
  if (!problems.empty()) throw with_trail(problems.all(), document_);
  loaded_ = read(document_);
  for (std::size_t i = 0; i < study.factors.size(); ++i) {
    places_.emplace_back();
    targets_.emplace_back();
    settle_parameter(study.factors[i], problems);
    settle_paths(i, problems);
  }
  refuse_overlaps(problems);
  problems.raise();
  warn_of_correlations();
}

void StudyScenario::settle_parameter(Factor& factor, Problems& problems) {
  if (!factor.parameter.empty()) {
    const auto& parameters = loaded_.scenario.parameters;
    const auto id = parameters.find(factor.parameter);
    if (!id) {
      const auto& names = parameters.names();
      const std::string hint = did_you_mean(factor.parameter, names);
      problems.add({Code::no_such_parameter, place_of(factor), "factors." + factor.name,
                    "there is no parameter '" + printable(factor.parameter) + "'",
                    names.empty()  ? "The scenario has no parameters."
                    : hint.empty() ? "Known: " + join(names, ", ") + "."
                                   : hint.substr(1)});
      factor.paths.clear();
      return;
    }
    const auto& spec = parameters[id];
    if (!factor.has_values() && spec.drawn()) {
      factor.law = spec.value.law;
      factor.dimension = spec.value.dimension;
      factor.written = flow_text(spec.value.written);
      for (const auto& row : loaded_.assumptions) {
        if (row.path != "parameters." + factor.parameter + ".value") continue;
        if (factor.source.empty() && factor.note.empty()) {
          factor.source = row.source;
          factor.note = row.note;
          factor.confidence = row.confidence;
        }
      }
    } else if (!factor.has_values() && study_.design.method != Method::table) {
      add_bad_factor(problems, factor,
                     "the parameter " + factor.parameter + " has no distribution of its own",
                     "Say what it may be: set, times or values.");
    }
    return;
  }
  if (factor.has_values() || study_.design.method == Method::table) return;
  add_bad_factor(problems, factor, "it is not said what it may be",
                 "Add times: DISTRIBUTION, set: DISTRIBUTION or values: [VALUE, ...].");
}

void StudyScenario::settle_paths(std::size_t factor_place, Problems& problems) {
  const Factor& factor = study_.factors[factor_place];
  for (const auto& path : factor.paths) {
    Node tried = document_.root;
    Problems found;
    change_unguarded(tried, path, placed(scalar("0"), factor.at), factor.at, found);
    if (!found.empty()) {
      for (auto problem : found.all()) {
        problem.path = "factors." + factor.name + ".path";
        problem.what = "'" + printable(path) + "': " + problem.what;
        problems.add(std::move(problem));
      }
      continue;
    }
    for (auto& place : places_of(document_.root, path)) {
      if (factor.act == Act::times) {
        if (auto target = target_of(factor, place, problems)) {
          targets_[factor_place].push_back(std::move(*target));
        }
      }
      places_[factor_place].push_back(std::move(place));
    }
  }
}

std::optional<StudyScenario::Target> StudyScenario::target_of(const Factor& factor,
                                                              const std::string& place,
                                                              Problems& problems) const {
  Target target;
  target.path = place;
  const auto refuse = [&](const std::string& what, const std::string& accepted) {
    add_bad_factor(problems, factor, "what stands at " + printable(place) + " " + what, accepted);
    return std::nullopt;
  };
  const Node* stands = find_at(document_.root, place);
  if (stands != nullptr && stands->find("value") != nullptr) {
    stands = stands->find("value");
    target.path += ".value";  // keeps the unit that may stand beside it
  }
  if (stands != nullptr) {
    target.stands = *stands;
  } else {
    const auto row = std::ranges::find(loaded_.assumptions, place, &Assumption::path);
    if (row == loaded_.assumptions.end() || !row->numeric) {
      return refuse("is nothing that can be multiplied", "Use set or values.");
    }
    target.stands = scalar(row->value);
  }
  if (target.stands.kind != Node::Kind::mapping || is_whole_expression(target.stands)) {
    if (is_whole_expression(target.stands) || product_text(target.stands, 1.0)) return target;
    return refuse("is " + shown(target.stands) + ", which is no number", "Use set or values.");
  }
  if (is_expression(target.stands)) {
    return refuse("is a distribution that parameters shape", "Multiply the parameters instead.");
  }
  Worth worth;
  bool fits = true;
  read_leaf(target.stands, worth, optional, [&](auto&&...) { fits = false; });
  if (!fits) return refuse("is no number and no distribution", "Give the path of a single value.");
  try {
    static_cast<void>(random::scaled(worth.law, 2.0));
  } catch (const std::invalid_argument& error) {
    return refuse("can't be multiplied: " + std::string(error.what()), "");
  }
  target.law = worth.law;
  target.dimension = worth.dimension;
  return target;
}

void StudyScenario::refuse_overlaps(Problems& problems) const {
  for (std::size_t i = 0; i < places_.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const auto shared = std::ranges::find_if(places_[i], [&](const auto& a) {
        return std::ranges::any_of(places_[k], [&](const auto& b) { return overlap(a, b); });
      });
      if (shared == places_[i].end()) continue;
      add_bad_factor(problems, study_.factors[i],
                     printable(*shared) + " is changed by factor " +
                         printable(study_.factors[k].name) + " too",
                     "A value is changed by one factor.");
    }
  }
}

void StudyScenario::warn_of_correlations() {
  using enum Method;
  if (study_.design.method == table || study_.design.method == lockstep) return;
  for (const auto& factor : study_.factors) {
    for (const auto& correlation : loaded_.scenario.correlations) {
      for (std::size_t side = 0; side < 2; ++side) {
        const std::string& name = correlation.between[side].name;
        if (std::ranges::find(factor.paths, "parameters." + name) == factor.paths.end()) continue;
        warnings_.push_back({Code::correlation_left_out, factor.at, "factors." + factor.name,
                             "the scenario correlates the parameter " + name + " with " +
                                 correlation.between[1 - side].name +
                                 ", the study varies it by itself",
                             "Leave implausible combinations out with where, or give the points "
                             "in a table."});
      }
    }
  }
}

std::string StudyScenario::standing(std::size_t factor) const {
  std::string text;
  const auto& places = places_[factor];
  for (const auto& place : places) {
    const Node* node = find_at(document_.root, place);
    if (node != nullptr && node->find("value") != nullptr) node = node->find("value");
    const auto row = std::ranges::find(loaded_.assumptions, place, &Assumption::path);
    const std::string value = node != nullptr                    ? one_line(*node)
                              : row != loaded_.assumptions.end() ? row->value + " (default)"
                                                                 : "nothing";
    text += (text.empty() ? "" : "; ") + (places.size() > 1 ? place + ": " : "") + value;
  }
  return text;
}

Node StudyScenario::multiplied(const Factor& factor, const Target& target, double by) const {
  if (is_whole_expression(target.stands)) return product_expression(target.stands, by);
  if (!target.law) return *product_text(target.stands, by);
  if (by == 0) return scalar(measure_text(0.0, target.dimension));
  try {
    return write_law(random::scaled(*target.law, by), target.dimension);
  } catch (const std::invalid_argument& error) {
    throw ScenarioError({Problem{
        Code::bad_factor, place_of(factor), "factors." + factor.name,
        printable(target.path) + " times " + shortest(by) + " is no distribution: " + error.what(),
        ""}});
  }
}

std::vector<Change> StudyScenario::changes(std::span<const FactorValue> values) const {
  TRUCE_EXPECT(values.size() == study_.factors.size(), "a point has a value for each factor");
  std::vector<Change> all;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Factor& factor = study_.factors[i];
    if (factor.act == Act::set) {
      for (const auto& path : factor.paths)
        all.push_back({path, node_of_text(values[i], factor.at)});
      continue;
    }
    TRUCE_EXPECT(values[i].number, "what multiplies is a number");
    for (const auto& target : targets_[i]) {
      all.push_back(
          {target.path, placed(multiplied(factor, target, *values[i].number), factor.at)});
    }
  }
  return all;
}

Loaded StudyScenario::at(std::span<const FactorValue> values) const {
  Node root = document_.root;
  Problems problems;
  for (const auto& one : changes(values)) {
    change_unguarded(root, one.path, one.value, one.value.at, problems);
  }
  problems.raise();
  try {
    return read(root);
  } catch (const ScenarioError& error) {
    throw with_trail(error.problems(), document_);
  }
}

}  // namespace truce::scenario
