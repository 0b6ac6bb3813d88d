// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/merge.hpp"

#include <algorithm>

#include "sim/core/text.hpp"

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

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
      if (change.value.stepped && is_slip_on_the_way(base, change, path)) return;
      if (base.kind == Node::Kind::empty) base.kind = Node::Kind::mapping;
      base.entries.push_back(change);
    } else {
      value<T>(present->value, change, path);
      present->at = change.value.stepped ? present->at : change.at;
    }
  }

  template <class T>
  void value(Node& base, const Node::Entry& change, const std::string& path) {
    if constexpr (IsOptional<T>::value) {
      value<typename T::value_type>(base, change, path);
      return;
    } else if constexpr (IsList<T>::value) {
      if (change.value.stepped && base.kind == Node::Kind::list) {
        item<typename T::value_type>(base, change.value, path);
        return;
      }
    } else if constexpr (IsTable<T>::value || IsNumbers<T>::value || Described<T> ||
                         std::is_same_v<T, Effects>) {
      const bool both =
          base.kind == Node::Kind::mapping && change.value.kind == Node::Kind::mapping;
      if (both && change.value.entries.empty()) {
        problems_.add({Code::changes_nothing, change.value.at, path, "{} changes nothing",
                       "Write ~ to remove what the extended scenario has here."});
        return;
      }
      if (both && !is_shorthand<T>(base) && !is_shorthand<T>(change.value) &&
          merged<T>(base, change.value, path)) {
        return;
      }
    }
    if (change.value.stepped) {
      step(base, change.value, path);
    } else {
      replace(base, change.value);
    }
  }

  static Former former(const Node& node) { return {one_line(node), node.at}; }

  // Another value takes the place of what stands there, and knows what it was.
  static void replace(Node& base, const Node& by) {
    auto was = std::move(base.replaced);
    was.push_back(former(base));
    base = by;
    base.replaced = std::move(was);
  }

  // What a step that is not in a described section comes to: inside a distribution, an item of a
  // list, a key that nothing knows.
  void step(Node& base, const Node& change, const std::string& path) {
    const auto& [key, at, inner] = change.entries.front();
    const std::string below_path = below(path, printable(key));
    if (base.kind == Node::Kind::list) {
      item<std::string>(base, change, path);
      return;
    }
    if (base.kind != Node::Kind::mapping && base.kind != Node::Kind::empty) {
      problems_.add({Code::bad_path, at, below_path,
                     "'" + printable(key) + "' leads into a single value", "Shorten the path."});
      return;
    }
    // {value: ..., source: ...} stands for its value.
    Node* bare = base.find("value");
    if (bare != nullptr && base.find(key) == nullptr && !is_provenance(key)) {
      step(*bare, change, path);
      return;
    }
    const Former was = former(base);
    const auto before = problems_.all().size();
    entry<std::string>(base, change.entries.front(), below_path);
    if (problems_.all().size() > before) return;
    if (bare != nullptr && key == "value") return;  // it remembers for itself
    base.replaced.push_back(was);
    if (!is_provenance(key)) base.at = change.at;  // what is said of the old value holds no longer
  }

  template <class T>
  void item(Node& base, const Node& change, const std::string& path) {
    const auto& [key, at, inner] = change.entries.front();
    const auto index = parse_integer(key);
    if (!index || *index < 0 || static_cast<std::size_t>(*index) >= base.items.size()) {
      problems_.add(
          {Code::bad_path, at, below(path, printable(key)),
           "the list has no item '" + printable(key) + "'",
           "Items are counted from 0; it has " + std::to_string(base.items.size()) + "."});
      return;
    }
    const auto place = static_cast<std::size_t>(*index);
    if (inner.kind == Node::Kind::empty) {
      problems_.add({Code::no_value, inner.at, below(path, key), "an item can't be removed",
                     "Write the whole list without it."});
      return;
    }
    value<T>(base.items[place], change.entries.front(), below(path, key));
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
      const Former was = former(base);
      for (const auto& change : changes.entries) {
        entry<std::string>(base, change, below(path, printable(change.key)));
      }
      // Effects are one row of the assumptions: what the base says of them holds no longer.
      if (effects) {
        base.at = changes.at;
        base.replaced.push_back(was);
      }
    }
    return true;
  }

  // A step that leads nowhere and looks like another key there.
  bool is_slip_on_the_way(const Node& base, const Node::Entry& change, const std::string& path) {
    const std::string hint = did_you_mean(change.key, keys_of(base));
    if (hint.empty()) return false;
    problems_.add({Code::bad_path, change.at, path, "there is no '" + printable(change.key) + "'",
                   hint.substr(1)});
    return true;
  }

  template <class Spec>
  bool is_slip(const Node& base, const Node::Entry& change, const std::string& path) {
    if (base.find(change.key) != nullptr || change.value.kind == Node::Kind::empty) return false;
    if (change.value.stepped) return is_slip_on_the_way(base, change, path);
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
      base.removed.push_back({change.key, former(present->value), change.value.at});
      base.entries.erase(base.entries.begin() + (present - base.entries.data()));
    }
  }

  Problems& problems_;
};

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
  merge(base, changes, problems);
  return base;
}

void merge(Node& base, const Node& changes, Problems& problems) {
  Merge(problems).section<Scenario>(base, changes, "");
}

}  // namespace truce::scenario
