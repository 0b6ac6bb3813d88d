// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/compose.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/core/text.hpp"

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/merge.hpp"

namespace truce::scenario {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 16;

std::string place(const Position& at) {
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

[[noreturn]] void refuse(const Node& node, Code code, std::string what, std::string accepted) {
  throw ScenarioError({Problem{code, node.at, "extends", std::move(what), std::move(accepted)}});
}

class Composer {
 public:
  Composer(const Recipe& recipe, Document& document)
      : recipe_(recipe), document_(document), folder_(fs::path(recipe.file).parent_path()) {}

  void compose(Problems& problems) {
    document_.root = chain(recipe_.file);
    change_all(problems);
  }

  void change_all(Problems& problems) {
    for (const auto& name : recipe_.variations) variation(name, problems);
    for (const auto& file : recipe_.overlays) overlay(file, problems);
    for (const auto& change : recipe_.changes) set_value(document_.root, change, problems);
  }

 private:
  // The file that `extends` names, as seen from here.
  std::string file_of(const Node& extends) const {
    const std::string form = "Write the name of a scenario file, as seen from this file's folder.";
    if (extends.kind != Node::Kind::scalar || extends.text.empty()) {
      refuse(extends, Code::wrong_shape, "this is no file name", form);
    }
    const fs::path other(extends.text);
    if (other.is_absolute() && recipe_.reach == Reach::own_folder) {
      refuse(extends, Code::outside_folder, "'" + printable(extends.text) + "' is an absolute path",
             form);
    }
    const auto folder = fs::path(extends.at.file).parent_path();
    const auto file = (folder / other).lexically_normal();
    if (recipe_.reach == Reach::own_folder && !is_within(folder_.string(), file.string())) {
      refuse(extends, Code::outside_folder,
             "'" + printable(extends.text) + "' lies outside the scenario's folder",
             "Copy it there, or allow it with --allow-outside.");
    }
    return file.string();
  }

  Node chain(const std::string& file) {
    Node root = load_alone(file);
    const Node* extends = root.find("extends");
    if (extends == nullptr) return root;
    const std::string other = file_of(*extends);
    chain_.push_back(fs::path(file).lexically_normal().string());
    if (std::ranges::find(chain_, other) != chain_.end()) {
      chain_.push_back(other);
      refuse(*extends, Code::extends_itself,
             "'" + printable(other) +
                 "' extends itself in the end: " + printable(join(chain_, " -> "), 400),
             "Files extend each other in a line that ends at a whole scenario.");
    }
    if (chain_.size() > most_files) {
      refuse(*extends, Code::long_chain,
             "more than " + std::to_string(most_files) + " files extend each other",
             "Extend a scenario nearer to the whole one.");
    }
    document_.came_by[other] = "extended by " + place(extends->at);
    Node base;
    try {
      base = chain(other);
    } catch (const WorldError& error) {
      refuse(*extends, Code::missing_file, error.what(),
             "The path counts from this file's folder.");
    }
    Problems problems;
    Node whole = extend(std::move(base), std::move(root), problems);
    problems.raise();
    return whole;
  }

  void overlay(const std::string& file, Problems& problems) {
    Node changes = load_alone(file);
    document_.came_by[file] = "put over by --with " + file;
    if (const Node* extends = changes.find("extends")) {
      problems.add({Code::belong_together, extends->at, "extends",
                    "an overlay lies over whatever scenario is given, and extends none",
                    "Leave extends out, or run the file itself."});
      return;
    }
    Node changed = document_.root;
    Problems found;
    merge(changed, changes, found);
    for (const auto& problem : found.all()) problems.add(problem);
    if (found.empty()) document_.root = std::move(changed);
  }

  void variation(const std::string& name, Problems& problems) {
    const Node* all = document_.root.find("variations");
    const Node* wanted = all == nullptr ? nullptr : all->find(name);
    if (wanted == nullptr) {
      const auto names = all == nullptr ? std::vector<std::string>{} : keys_of(*all);
      const std::string hint = did_you_mean(name, names);
      problems.add({Code::no_such_variation,
                    {recipe_.file, 0, 0},
                    "variations." + printable(name),
                    "there is no variation '" + printable(name) + "'",
                    names.empty()  ? "The scenario has none."
                    : hint.empty() ? "Known: " + join(names, ", ") + "."
                                   : hint.substr(1)});
      return;
    }
    const Node* set = wanted->find("set");
    if (set == nullptr || set->kind != Node::Kind::mapping) return;  // the reader tells
    const Node changes = *set;
    for (const auto& entry : changes.entries) {
      Node value = entry.value;
      label(value, "variation " + name);
      Position at = entry.at;
      at.layer = "variation " + name;
      if (value.kind == Node::Kind::empty && value.text != "~") {
        problems.add({Code::no_value, at, entry.key, "'" + printable(entry.key) + "' has no value",
                      "Write one, or ~ to remove what stands there."});
        continue;
      }
      change(document_.root, entry.key, value, at, problems);
    }
    if (Node* title = document_.root.find("name"); title != nullptr) title->text += ", " + name;
  }

  static void label(Node& node, const std::string& layer) {
    node.at.layer = layer;
    for (auto& item : node.items) label(item, layer);
    for (auto& entry : node.entries) {
      entry.at.layer = layer;
      label(entry.value, layer);
    }
  }

  const Recipe& recipe_;
  Document& document_;
  fs::path folder_;
  std::vector<std::string> chain_;
};

}  // namespace

bool is_within(const std::string& folder, const std::string& file) {
  std::error_code error;
  const auto real_folder =
      fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder, error), error);
  if (error) return false;
  const auto real_file = fs::weakly_canonical(fs::absolute(file, error), error);
  if (error) return false;
  return std::ranges::mismatch(real_folder, real_file).in1 == real_folder.end();
}

ScenarioError with_trail(const std::vector<Problem>& problems, const Document& document) {
  std::vector<Problem> told = problems;
  for (auto& problem : told) {
    if (!problem.trail.empty()) continue;
    if (!problem.at.layer.empty()) problem.trail.push_back("in " + problem.at.layer);
    std::string file = problem.at.file;
    for (std::size_t i = 0; i <= most_files; ++i) {
      const auto found = document.came_by.find(file);
      if (found == document.came_by.end()) break;
      problem.trail.push_back(found->second);
      if (!found->second.starts_with("extended by ")) break;
      file = found->second.substr(12, found->second.rfind(':', found->second.rfind(':') - 1) - 12);
    }
  }
  return ScenarioError(std::move(told));
}

Document compose(const Recipe& recipe, Problems& problems) {
  Document document;
  try {
    Composer(recipe, document).compose(problems);
  } catch (const ScenarioError& error) {
    throw with_trail(error.problems(), document);
  }
  return document;
}

Document compose(const Recipe& recipe) {
  Problems problems;
  Document document = compose(recipe, problems);
  if (!problems.empty()) throw with_trail(problems.all(), document);
  return document;
}

Document changed(Document document, const Recipe& recipe) {
  Problems problems;
  Composer(recipe, document).change_all(problems);
  if (!problems.empty()) throw with_trail(problems.all(), document);
  return document;
}

Node load(const std::string& path) {
  return compose(Recipe{.file = path}).root;
}

}  // namespace truce::scenario
