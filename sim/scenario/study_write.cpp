// SPDX-License-Identifier: Apache-2.0
// A study written out in full: distributions in canonical units, defaults of its design included.
#include "sim/core/text.hpp"

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/study.hpp"

namespace truce::scenario {
namespace {

class StudyWriter {
 public:
  static Node section() {
    Node node;
    node.kind = Node::Kind::mapping;
    return node;
  }
  static void put(Node& node, std::string_view key, Node value) {
    node.entries.push_back({std::string(key), {}, std::move(value)});
  }
  static void put_text(Node& node, std::string_view key, const std::string& text) {
    if (!text.empty()) put(node, key, scalar(text));
  }
  static void put_count(Node& node, std::string_view key, std::uint64_t count) {
    put(node, key, scalar(std::to_string(count)));
  }
  /// Where the file lies depends on the machine; what it is called does not.
  static Node file_name(const std::string& file) {
    return scalar(file.substr(file.find_last_of('/') + 1));
  }
  static Node list(const std::vector<std::string>& texts) {
    Node node;
    node.kind = Node::Kind::list;
    for (const auto& text : texts) node.items.push_back(scalar(text));
    return node;
  }

  static Node factor(const Factor& factor) {
    Node node = section();
    if (factor.parameter.empty()) {
      put(node, "path", list(factor.paths));
    } else {
      put(node, "parameter", scalar(factor.parameter));
    }
    if (factor.law) {
      put(node, name_of(factor.act), write_law(*factor.law, factor.dimension));
    } else if (!factor.listed.empty()) {
      std::vector<std::string> texts;
      for (const auto& value : factor.listed) texts.push_back(value.text);
      put(node, factor.act == Act::times ? "times" : "values", list(texts));
    }
    put_text(node, "unit", factor.unit);
    put_text(node, "source", factor.source);
    put_text(node, "note", factor.note);
    put_text(node, "confidence", factor.confidence);
    return node;
  }

  static Node design(const DesignSpec& design) {
    Node node = section();
    put(node, "method", scalar(std::string(name_of(design.method))));
    switch (design.method) {
      case Method::factorial:
        put_count(node, "levels", design.levels);
        break;
      case Method::one_at_a_time:
        put(node, "low", scalar(shortest(design.low)));
        put(node, "high", scalar(shortest(design.high)));
        break;
      case Method::sobol:
        put_count(node, "points", design.points);
        put_count(node, "replicates", design.replicates);
        break;
      case Method::latin_hypercube:
      case Method::saltelli:
        put_count(node, "points", design.points);
        break;
      case Method::morris:
        put_count(node, "trajectories", design.trajectories);
        put_count(node, "levels", design.levels);
        break;
      case Method::table:
        put(node, "file", file_name(design.file));
        break;
      case Method::lockstep:
        break;
    }
    return node;
  }
};

}  // namespace

Node write(const Study& study) {
  using W = StudyWriter;
  Node root = W::section();
  W::put_count(root, "study", 1);
  W::put(root, "name", scalar(study.name));
  W::put_text(root, "question", study.question);
  W::put(root, "scenario", W::file_name(study.recipe.file));
  if (!study.recipe.variations.empty()) W::put(root, "variation", W::list(study.recipe.variations));
  if (!study.settings.empty()) {
    Node set = W::section();
    for (const auto& setting : study.settings) W::put(set, setting.path, setting.value);
    W::put(root, "set", std::move(set));
  }
  if (study.replications) W::put_count(root, "replications", *study.replications);
  if (study.seed) W::put_count(root, "seed", *study.seed);
  Node factors = W::section();
  for (const auto& factor : study.factors) W::put(factors, factor.name, W::factor(factor));
  W::put(root, "factors", std::move(factors));
  W::put(root, "design", W::design(study.design));
  if (!study.where.empty()) {
    std::vector<std::string> texts;
    for (const auto& condition : study.where) texts.push_back(condition.text);
    W::put(root, "where", W::list(texts));
  }
  return root;
}

}  // namespace truce::scenario
