// SPDX-License-Identifier: Apache-2.0
#include "sim/report/origin.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "sim/core/text.hpp"

#include "sim/scenario/effectable.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::report {
namespace {

using Json = nlohmann::ordered_json;
using scenario::Assumption;
using scenario::Node;

constexpr std::size_t longest = 300;

std::string place(const Position& at) {
  if (at.line <= 0) return at.file;
  return at.file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

/// The layer that set a value, as its author would call it.
std::string layer_of(const Position& at, const scenario::Document& document) {
  if (!at.layer.empty()) return at.layer;
  if (at.file.starts_with("--set ")) return "command line";
  const auto found = document.came_by.find(at.file);
  return found == document.came_by.end() ? "scenario" : found->second;
}

bool is_meant(std::string_view wanted, const std::string& path) {
  if (wanted.empty() || path == wanted || path.starts_with(std::string(wanted) + ".")) return true;
  // A pattern may name a section too.
  const auto steps = split(wanted, '.').size();
  std::size_t end = 0;
  for (std::size_t i = 0; i < steps && end != std::string::npos; ++i) {
    end = path.find('.', i == 0 ? 0 : end + 1);
  }
  return scenario::fits(wanted, path.substr(0, end));
}

std::vector<const Assumption*> chosen(const scenario::Loaded& loaded, std::string_view path,
                                      OriginFilter filter) {
  std::vector<const Assumption*> rows;
  for (const auto& row : loaded.assumptions) {
    const bool changed = !row.replaced.empty() || !row.at.layer.empty();
    if (filter == OriginFilter::changed && !changed) continue;
    if (is_meant(path, row.path)) rows.push_back(&row);
  }
  return rows;
}

struct Gone {
  std::string path;
  scenario::Removed removed;
};

void collect(const Node& node, const std::string& path, std::vector<Gone>& gone) {
  for (const auto& removed : node.removed) {
    gone.push_back({scenario::below(path, removed.key), removed});
  }
  for (const auto& entry : node.entries) {
    collect(entry.value, scenario::below(path, entry.key), gone);
  }
}

std::vector<Gone> removed_under(const scenario::Document& document, std::string_view path) {
  std::vector<Gone> all;
  collect(document.root, "", all);
  std::erase_if(all, [&](const Gone& one) { return !is_meant(path, one.path); });
  return all;
}

std::string number(double value, Dimension dimension) {
  const std::string unit = unit_label(dimension);
  return readable(value) + (unit.empty() ? "" : " " + unit);
}

}  // namespace

std::string origins_text(const scenario::Document& document, const scenario::Loaded& loaded,
                         std::string_view path, OriginFilter filter) {
  std::string text;
  const auto add = [&](const std::string& line) { text += "    " + printable(line, 2000) + "\n"; };
  for (const auto* row : chosen(loaded, path, filter)) {
    text += printable(row->path, longest) + " = " + printable(row->value, longest) + "\n";
    if (row->written) {
      add(place(row->at) + "  (" + layer_of(row->at, document) + ")");
    } else {
      add("default of truce");
    }
    if (row->law && !row->law->constant()) {
      add("mean " + number(row->law->mean(), row->dimension) + ", 5 % " +
          number(row->law->quantile(0.05), row->dimension) + ", 95 % " +
          number(row->law->quantile(0.95), row->dimension));
    }
    if (!row->source.empty()) add("source: " + row->source);
    if (!row->note.empty() && row->written) add("note: " + row->note);
    if (!row->confidence.empty()) add("confidence: " + row->confidence);
    for (auto was = row->replaced.rbegin(); was != row->replaced.rend(); ++was) {
      add("replaces " + printable(was->text, longest) + "  " + place(was->at) +
          (was->at.layer.empty() ? "" : "  (" + was->at.layer + ")"));
    }
  }
  for (const auto& one : removed_under(document, path)) {
    text += printable(one.path, longest) + " is removed\n";
    add(place(one.removed.by) + "  (" + layer_of(one.removed.by, document) + ")");
    add("was " + printable(one.removed.was.text, longest) + "  " + place(one.removed.was.at));
  }
  return text;
}

std::string origins_json(const scenario::Document& document, const scenario::Loaded& loaded,
                         std::string_view path, OriginFilter filter) {
  const auto at = [&](const Position& position) {
    return Json{{"file", position.file},
                {"line", position.line},
                {"column", position.column},
                {"layer", layer_of(position, document)}};
  };
  Json json;
  json["schema_version"] = 1;
  json["values"] = Json::array();
  for (const auto* row : chosen(loaded, path, filter)) {
    Json one{{"path", row->path}, {"value", row->value}, {"meaning", row->meaning}};
    one["origin"] = row->written ? at(row->at) : Json("default of truce");
    one["unit"] = unit_label(row->dimension);
    if (row->law) {
      one["mean"] = row->law->mean();
      one["p5"] = row->law->quantile(0.05);
      one["p95"] = row->law->quantile(0.95);
    }
    one["source"] = row->source;
    one["note"] = row->note;
    one["confidence"] = row->confidence;
    one["replaced"] = Json::array();
    for (const auto& was : row->replaced) {
      one["replaced"].push_back({{"value", was.text}, {"origin", at(was.at)}});
    }
    json["values"].push_back(std::move(one));
  }
  json["removed"] = Json::array();
  for (const auto& one : removed_under(document, path)) {
    json["removed"].push_back({{"path", one.path},
                               {"value", one.removed.was.text},
                               {"origin", at(one.removed.was.at)},
                               {"by", at(one.removed.by)}});
  }
  constexpr int indent = 2;
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

/// The value of each leaf in canonical units, in the order of the description.
class Leaves {
 public:
  explicit Leaves(const scenario::Loaded& loaded) {
    auto leaf = [&](const std::string& path, const auto& value) {
      put(path, scenario::one_line(scenario::write_leaf(value)));
    };
    scenario::walk(loaded.scenario, "", leaf);
    for (const auto& one : loaded.expressions) put(one.path, scenario::one_line(one.node));
  }
  const std::vector<std::string>& paths() const { return paths_; }
  const std::string* find(const std::string& path) const {
    const auto found = values_.find(path);
    return found == values_.end() ? nullptr : &found->second;
  }

 private:
  void put(const std::string& path, std::string value) {
    if (values_.insert_or_assign(path, std::move(value)).second) paths_.push_back(path);
  }
  std::vector<std::string> paths_;
  std::map<std::string, std::string> values_;
};

}  // namespace

std::vector<Difference> differences(const scenario::Loaded& left, const scenario::Loaded& right) {
  const Leaves ours(left);
  const Leaves theirs(right);
  std::vector<Difference> all;
  for (const auto& path : ours.paths()) {
    const std::string& mine = *ours.find(path);
    const std::string* other = theirs.find(path);
    if (other == nullptr || *other != mine) {
      all.push_back({path, mine, other == nullptr ? "" : *other});
    }
  }
  for (const auto& path : theirs.paths()) {
    if (ours.find(path) == nullptr) all.push_back({path, "", *theirs.find(path)});
  }
  return all;
}

std::string differences_text(std::span<const Difference> all, std::string_view left,
                             std::string_view right) {
  if (all.empty()) return "No difference.\n";
  std::string text = "- " + std::string(left) + "\n+ " + std::string(right) + "\n";
  for (const auto& one : all) {
    text += printable(one.path, longest) + "\n";
    if (!one.left.empty()) text += "  - " + printable(one.left, longest) + "\n";
    if (!one.right.empty()) text += "  + " + printable(one.right, longest) + "\n";
  }
  return text;
}

std::string differences_json(std::span<const Difference> all, std::string_view left,
                             std::string_view right) {
  Json json{{"schema_version", 1}, {"left", left}, {"right", right}};
  json["differences"] = Json::array();
  for (const auto& one : all) {
    json["differences"].push_back({{"path", one.path}, {"left", one.left}, {"right", one.right}});
  }
  constexpr int indent = 2;
  return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace truce::report
