// SPDX-License-Identifier: Apache-2.0
// What the readers of a study's parts have in common: keys that are known or refused, values under
// a rule, problems told at their place.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/leaf.hpp"
#include "sim/scenario/study.hpp"

namespace truce::scenario {

/// Reads the sections of a study.
class SectionReader {
 public:
  using Keys = std::vector<std::string>;
  enum class Need : std::uint8_t { optional_key, needed_key };

  explicit SectionReader(Problems& problems) : problems_(problems) {}

  void report(const Node& node, Code code, const std::string& path, std::string what,
              std::string accepted) {
    problems_.add({code, node.at, path, std::move(what), std::move(accepted)});
  }
  Report at_path(const std::string& path) {
    return [this, path](const Node& node, Code code, std::string what, std::string accepted) {
      report(node, code, path, std::move(what), std::move(accepted));
    };
  }
  void missing(const Node& node, const std::string& path, const std::string& meaning) {
    report(node, Code::missing_key, path, "'" + path.substr(path.rfind('.') + 1) + "' is missing",
           meaning);
  }

  bool is_section(const Node& node, const std::string& path, const std::string& keys) {
    if (node.kind == Node::Kind::mapping && !node.entries.empty()) return true;
    report(node, Code::wrong_shape, path,
           "'" + printable(one_line(node)) + "' stands where a section is needed", keys);
    return false;
  }

  void refuse_unknown(const Node& node, const std::string& path, const Keys& known,
                      const Keys& also = {}) {
    for (const auto& entry : node.entries) {
      Keys all = known;
      all.insert(all.end(), also.begin(), also.end());
      if (std::ranges::find(all, entry.key) != all.end()) continue;
      const std::string hint = did_you_mean(entry.key, all);
      problems_.add({Code::unknown_key, entry.at,
                     (path.empty() ? "" : path + ".") + printable(entry.key),
                     "unknown key '" + printable(entry.key) + "'",
                     hint.empty() ? "Known keys: " + join(known, ", ") + "." : hint.substr(1)});
    }
  }

  void take(const Node& node, const std::string& key, std::string& out,
            Need need = Need::optional_key, const std::string& path = "") {
    const Node* value = node.find(key);
    const std::string where = path.empty() ? key : path + "." + key;
    if (value != nullptr) {
      read_leaf(*value, out, optional, at_path(where));
      if (out.empty() && value->kind == Node::Kind::scalar) {
        report(*value, Code::empty_text, where, "the text is empty", "");
      }
    } else if (need == Need::needed_key) {
      missing(node, where, "Every study needs it.");
    }
  }
  template <class Count>
  void take(const Node& node, const std::string& key, Count& out, double least, double most,
            const std::string& path = "") {
    const Node* value = node.find(key);
    if (value == nullptr) return;
    std::int64_t count = 0;
    const auto before = problems_.all().size();
    read_leaf(*value, count, between(least, most), at_path(path.empty() ? key : path + "." + key));
    if (problems_.all().size() == before) out = static_cast<std::uint64_t>(count);
  }

  /// Source, note and confidence, if one of them is given.
  void take_provenance(const Node& node, Factor& out, const std::string& path) {
    if (node.find("source") == nullptr && node.find("note") == nullptr &&
        node.find("confidence") == nullptr) {
      return;
    }
    out.source = out.note = out.confidence = "";
    take(node, "source", out.source, Need::optional_key, path);
    take(node, "note", out.note, Need::optional_key, path);
    take(node, "confidence", out.confidence, Need::optional_key, path);
    const Node* confidence = node.find("confidence");
    if (confidence != nullptr && out.confidence != "low" && out.confidence != "medium" &&
        out.confidence != "high") {
      report(*confidence, Code::not_a_choice, path.empty() ? "confidence" : path + ".confidence",
             "'" + printable(out.confidence) + "' is not a confidence",
             "Accepted: low, medium, high.");
    }
  }

  /// A value, or each one of a list.
  static std::vector<const Node*> each(const Node& node) {
    std::vector<const Node*> all;
    if (node.kind != Node::Kind::list) return {&node};
    for (const auto& item : node.items) all.push_back(&item);
    return all;
  }

 protected:
  Problems& problems_;  // NOLINT(readability-identifier-naming): a private member of both readers
};

/// Reads a factor called `name`; what it does not say of its provenance, `outer` says. Nothing,
/// with problems, if it can't be used.
std::optional<Factor> read_factor(const Node& node, const std::string& name, const Factor& outer,
                                  Problems& problems);

}  // namespace truce::scenario
