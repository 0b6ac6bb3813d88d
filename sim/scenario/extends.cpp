// SPDX-License-Identifier: Apache-2.0
// The merge of a what-if over the scenario that it extends, and the files that extend each other.
#include "sim/scenario/extends.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/core/text.hpp"

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

constexpr std::size_t most_files = 16;

template <class N>
auto* entry_of(N& node, std::string_view key) {
  const auto found = std::ranges::find(node.entries, key, &Node::Entry::key);
  return found == node.entries.end() ? nullptr : &*found;
}

// Whether two names differ in their numbering only: north-1 and north-2 are no slips.
bool of_one_series(std::string_view a, std::string_view b) {
  const auto unnumbered = [](std::string_view name) {
    std::string text(name);
    std::erase_if(text, [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == '_'; });
    return text;
  };
  return unnumbered(a) == unnumbered(b);
}

// Whether an entry gives all that something new needs, and that is more than one changed value
// would give: then a name near to another is meant.
template <class Spec>
bool stands_alone(const Node& node) {
  std::size_t needed_keys = 0;
  bool whole = true;
  Spec empty{};
  auto visit = [&](std::string_view name, auto&, const Rule& rule, auto&&) {
    if (!rule.required) return;
    ++needed_keys;
    whole = whole && node.find(name) != nullptr;
  };
  Spec::describe(empty, visit);
  return whole && needed_keys > 1;
}

class Merge {
 public:
  explicit Merge(Problems& problems) : problems_(problems) {}

  template <Described T>
  void section(Node& base, const Node& changes, const std::string& path) {
    T empty{};
    std::vector<std::string> fields;
    auto visit = [&](std::string_view name, auto& field, const Rule& rule,
                     std::string_view meaning) {
      fields.emplace_back(name);
      const Node::Entry* change = entry_of(changes, name);
      if (change == nullptr) return;
      const std::string at = below(path, name);
      if (change->value.kind == Node::Kind::empty && change->value.text == "~" && rule.required) {
        problems_.add({Code::needed_by_all, change->value.at, at,
                       "'" + change->key + "' is needed and can't be removed",
                       std::string(meaning)});
      } else {
        entry<std::remove_cvref_t<decltype(field)>>(base, *change, at);
      }
    };
    T::describe(empty, visit);
    Node voice;
    voice.kind = Node::Kind::mapping;
    voice.at = changes.at;
    for (const auto& change : changes.entries) {
      if (std::ranges::find(fields, change.key) != fields.end()) continue;
      if (is_provenance(change.key) && change.value.kind != Node::Kind::empty) {
        voice.entries.push_back(change);
      } else {  // unknown keys stay, for the reader to refuse in their place
        entry<std::string>(base, change, below(path, printable(change.key)));
      }
    }
    if (!voice.entries.empty()) base.extended_by.push_back(std::move(voice));
  }

 private:
  // One key of a mapping: removed, added, or changed in what the base has under it.
  template <class T>
  void entry(Node& base, const Node::Entry& change, const std::string& path) {
    Node::Entry* present = entry_of(base, change.key);
    if (change.value.kind == Node::Kind::empty) {
      remove(base, present, change, path);
    } else if (present == nullptr) {
      base.entries.push_back(change);
    } else {
      value<T>(*present, change, path);
    }
  }

  template <class T>
  void value(Node::Entry& base, const Node::Entry& change, const std::string& path) {
    if constexpr (IsOptional<T>::value) {
      value<typename T::value_type>(base, change, path);
      return;
    } else if constexpr (IsTable<T>::value || IsNumbers<T>::value || Described<T> ||
                         std::is_same_v<T, Effects>) {
      const bool both =
          base.value.kind == Node::Kind::mapping && change.value.kind == Node::Kind::mapping;
      if (both && change.value.entries.empty()) {
        problems_.add({Code::changes_nothing, change.value.at, path, "{} changes nothing",
                       "Write ~ to remove what the extended scenario has here."});
        return;
      }
      if (both && merged<T>(base.value, change.value, path)) return;
    }
    base = change;
  }

  template <class T>
  bool merged(Node& base, const Node& changes, const std::string& path) {
    if constexpr (IsTable<T>::value) {
      for (const auto& change : changes.entries) {
        const std::string at = below(path, printable(change.key));
        if (is_slip<typename T::value_type>(base, change, at)) continue;
        entry<typename T::value_type>(base, change, at);
      }
    } else if constexpr (Described<T>) {
      section<T>(base, changes, path);
    } else {  // by name or path, each one value
      const bool effects = std::is_same_v<T, Effects>;
      if (effects && (base.find("value") != nullptr || changes.find("value") != nullptr)) {
        return false;
      }
      for (const auto& change : changes.entries) {
        entry<std::string>(base, change, below(path, printable(change.key)));
      }
      // Effects are one row of the assumptions: what the base says of them holds no longer.
      if (effects) base.at = changes.at;
    }
    return true;
  }

  template <class Spec>
  bool is_slip(const Node& base, const Node::Entry& change, const std::string& path) {
    if (base.find(change.key) != nullptr || change.value.kind == Node::Kind::empty) return false;
    const auto near = nearest(change.key, keys_of(base));
    if (!near || of_one_series(change.key, *near) || stands_alone<Spec>(change.value)) return false;
    problems_.add({Code::looks_like_a_slip, change.at, path,
                   "there is no '" + printable(change.key) + "' to change",
                   "Did you mean '" + *near + "'? Something new needs a name less like it."});
    return true;
  }

  void remove(Node& base, const Node::Entry* present, const Node::Entry& change,
              const std::string& path) {
    const std::string key = printable(change.key);
    if (change.value.text != "~") {
      problems_.add({Code::no_value, change.at, path, "'" + key + "' has no value",
                     "Write one, or ~ to remove what the extended scenario has here."});
    } else if (present == nullptr) {
      const auto keys = keys_of(base);
      const std::string hint = did_you_mean(change.key, keys);
      problems_.add({Code::nothing_to_remove, change.at, path,
                     "there is no '" + key + "' to remove",
                     hint.empty() ? "The extended scenario has here: " + join(keys, ", ") + "."
                                  : hint.substr(1)});
    } else {
      base.entries.erase(base.entries.begin() + (present - base.entries.data()));
    }
  }

  Problems& problems_;
};

[[noreturn]] void refuse(const Node& node, Code code, std::string what, std::string accepted) {
  throw ScenarioError({Problem{code, node.at, "extends", std::move(what), std::move(accepted)}});
}

// The file that `extends` names, as seen from here.
std::string file_of(const Node& extends) {
  const std::string form = "Write the name of a scenario file, as seen from this file's folder.";
  if (extends.kind != Node::Kind::scalar || extends.text.empty()) {
    refuse(extends, Code::wrong_shape, "this is no file name", form);
  }
  const std::filesystem::path other(extends.text);
  if (other.is_absolute()) {
    refuse(extends, Code::outside_folder, "'" + printable(extends.text) + "' is an absolute path",
           form);
  }
  const auto folder = std::filesystem::path(extends.at.file).parent_path();
  return (folder / other).lexically_normal().string();
}

Node load_chain(const std::string& file, std::vector<std::string>& chain) {
  Node root = load_alone(file);
  const Node* extends = root.find("extends");
  if (extends == nullptr) return root;
  const std::string other = file_of(*extends);
  chain.push_back(std::filesystem::path(file).lexically_normal().string());
  if (std::ranges::find(chain, other) != chain.end()) {
    refuse(*extends, Code::extends_itself, "'" + printable(other) + "' extends itself in the end",
           "Files extend each other in a line that ends at a whole scenario.");
  }
  if (chain.size() > most_files) {
    refuse(*extends, Code::long_chain,
           "more than " + std::to_string(most_files) + " files extend each other",
           "Extend a scenario nearer to the whole one.");
  }
  Node base;
  try {
    base = load_chain(other, chain);
  } catch (const WorldError& error) {
    refuse(*extends, Code::missing_file, error.what(), "The path counts from this file's folder.");
  }
  Problems problems;
  Node whole = extend(std::move(base), std::move(root), problems);
  problems.raise();
  return whole;
}

}  // namespace

Node extend(Node base, Node changes, Problems& problems) {
  const std::string base_file = base.at.file;
  std::erase_if(base.entries, [](const auto& e) { return e.key == "name" || e.key == "summary"; });
  Position at = changes.at;
  if (const Node::Entry* extends = entry_of(changes, "extends")) at = extends->at;
  std::erase_if(changes.entries, [](const auto& entry) { return entry.key == "extends"; });
  if (changes.find("name") == nullptr) {
    problems.add({Code::missing_key, at, "name", "'name' is missing",
                  "What extends " + base_file + " needs a name of its own for its results."});
  }
  Merge(problems).section<Scenario>(base, changes, "");
  return base;
}

Node load(const std::string& path) {
  std::vector<std::string> chain;
  return load_chain(path, chain);
}

}  // namespace truce::scenario
