// SPDX-License-Identifier: Apache-2.0
// The one strict reader: every key is known or refused, every value is checked, all problems are
// told at once.
#include "sim/scenario/read.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "sim/core/text.hpp"

#include "sim/scenario/rules.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

bool good_id(std::string_view id) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return id.size() <= 64 && letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
           return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

class Reader {
 public:
  Reader(Loaded& loaded, Problems& problems, const std::string& file)
      : loaded_(loaded), problems_(problems) {
    provenance_.file = file;
  }

  const Origins& origins() const { return origins_; }

  template <Described T>
  void object(const Node& node, T& out) {
    if (node.kind != Node::Kind::mapping) {
      report(node, Code::wrong_shape,
             "'" + printable(one_line(node)) + "' stands where a section is needed",
             "Keys of this section: " + join(keys_of<T>(), ", ") + ".");
      return;
    }
    const Provenance outer = provenance_;
    const auto outer_elsewhere = elsewhere_;
    come_from(node);
    take_provenance(node);
    auto visit = [&](std::string_view name, auto& field, const Rule& rule,
                     std::string_view meaning) {
      const Step step(*this, name);
      const Node* value = node.find(name);
      if (value != nullptr) {
        origins_[path_] = value->at;
        this->value(*value, field, rule, meaning);
      } else if (rule.required) {
        report(node, Code::missing_key, "'" + std::string(name) + "' is missing",
               std::string(meaning));
      } else {
        note_default(node, field, meaning);
      }
    };
    T::describe(out, visit);
    refuse_unknown(node, keys_of<T>());
    provenance_ = outer;
    elsewhere_ = outer_elsewhere;
  }

 private:
  struct Provenance {
    std::string source, note, confidence;
    std::string file;  ///< where it was written
  };

  // One step down the path, undone at the end of its scope.
  class Step {
   public:
    Step(Reader& reader, std::string_view name) : reader_(reader), length_(reader.path_.size()) {
      reader_.path_ = below(reader_.path_, name);
    }
    ~Step() { reader_.path_.resize(length_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Reader& reader_;
    std::size_t length_;
  };

  template <Described T>
  static std::vector<std::string> keys_of() {
    std::vector<std::string> keys;
    T empty{};
    auto visit = [&](std::string_view name, auto&, auto&&...) { keys.emplace_back(name); };
    T::describe(empty, visit);
    return keys;
  }

  void report(const Node& node, Code code, std::string what, std::string accepted) {
    problems_.add({code, node.at, path_, std::move(what), std::move(accepted)});
  }
  Report reporter() {
    return [this](const Node& node, Code code, std::string what, std::string accepted) {
      report(node, code, std::move(what), std::move(accepted));
    };
  }

  void refuse_unknown(const Node& node, const std::vector<std::string>& known) {
    for (const auto& entry : node.entries) {
      if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
      if (is_provenance(entry.key)) continue;
      std::vector<std::string> meant = known;
      meant.insert(meant.end(), {"source", "note", "confidence"});
      const std::string hint = did_you_mean(entry.key, meant);
      problems_.add({Code::unknown_key, entry.at, below(path_, printable(entry.key)),
                     "unknown key '" + printable(entry.key) + "'",
                     hint.empty() ? "Known keys: " + join(known, ", ") + "." : hint.substr(1)});
    }
  }

  // A source speaks for the values written beside it, not for those that another file or a command
  // line puts in their place.
  void come_from(const Node& node) {
    if (node.at.file == provenance_.file) return;
    const auto own = elsewhere_.find(node.at.file);
    if (own != elsewhere_.end()) {
      provenance_ = own->second;
    } else {
      provenance_ = {"", "given by " + node.at.file, "", node.at.file};
    }
  }

  void take_provenance(const Node& node) {
    if (auto own = provenance_of(node)) provenance_ = std::move(*own);
    for (const auto& other : node.extended_by) {
      if (auto own = provenance_of(other)) elsewhere_[other.at.file] = std::move(*own);
    }
  }

  std::optional<Provenance> provenance_of(const Node& node) {
    Provenance own;
    own.file = node.at.file;
    bool given = false;
    const auto take = [&](std::string_view key, std::string& out) {
      const Node* value = node.find(key);
      if (value == nullptr) return;
      const Step step(*this, key);
      given = true;
      read_leaf(*value, out, optional, reporter());
      if (key == "confidence" && out != "low" && out != "medium" && out != "high") {
        report(*value, Code::not_a_choice, "'" + printable(out) + "' is not a confidence",
               "Accepted: low, medium, high.");
      }
    };
    take("source", own.source);
    take("note", own.note);
    take("confidence", own.confidence);
    if (!given) return std::nullopt;
    return own;
  }

  template <class T>
  void value(const Node& node, T& out, const Rule& rule, std::string_view meaning) {
    if constexpr (IsOptional<T>::value) {
      out.emplace();
      value(node, *out, rule, meaning);
    } else if constexpr (IsTable<T>::value) {
      table(node, out);
    } else if constexpr (IsNumbers<T>::value) {
      numbers(node, out, rule, meaning);
    } else if constexpr (IsList<T>::value) {
      list(node, out, rule, meaning);
    } else if constexpr (Described<T>) {
      object(node, out);
    } else {
      leaf(node, out, rule, meaning);
    }
  }

  // A leaf stands bare, or as {value: ..., source: ..., note: ..., confidence: ...}.
  template <class T>
  void leaf(const Node& node, T& out, const Rule& rule, std::string_view meaning) {
    const Provenance outer = provenance_;
    come_from(node);
    const Node* bare = node.find("value");
    if (bare == nullptr) {
      bare = &node;
    } else {
      take_provenance(node);
      come_from(*bare);
      refuse_unknown(node, {"value", "source", "note", "confidence"});
    }
    read_leaf(*bare, out, rule, reporter());
    remember(*bare, one_line(*bare), meaning, is_numeric<T>);
    provenance_ = outer;
  }

  template <class Spec>
  void table(const Node& node, Table<Spec>& out) {
    if (node.kind != Node::Kind::mapping) {
      report(node, Code::wrong_shape,
             "'" + printable(one_line(node)) + "' stands where names are needed",
             "Write one entry per name, indented below.");
      return;
    }
    for (const auto& entry : node.entries) {
      const Step step(*this, printable(entry.key));
      if (!good_id(entry.key)) {
        problems_.add({Code::bad_name, entry.at, path_,
                       "'" + printable(entry.key) + "' can't be a name",
                       "Names begin with a letter and hold letters, digits, _ and -, at most 64."});
        continue;
      }
      origins_[path_] = entry.at;
      Spec item;
      object(entry.value, item);
      out.add(entry.key, std::move(item));
    }
  }

  template <class Spec, class Value>
  void numbers(const Node& node, std::vector<std::pair<Ref<Spec>, Value>>& out, const Rule& rule,
               std::string_view meaning) {
    if (node.kind != Node::Kind::mapping) {
      report(node, Code::wrong_shape,
             "'" + printable(one_line(node)) + "' stands where numbers by name are needed",
             "Write {name: number, ...}.");
      return;
    }
    for (const auto& entry : node.entries) {
      const Step step(*this, printable(entry.key));
      origins_[path_] = entry.at;
      Value number{};
      leaf(entry.value, number, rule, meaning);
      out.push_back({Ref<Spec>{entry.key}, number});
    }
  }

  template <class T>
  void list(const Node& node, std::vector<T>& out, const Rule& rule, std::string_view meaning) {
    if (node.kind != Node::Kind::list) {
      report(node, Code::wrong_shape, "'" + printable(one_line(node)) + "' is not a list",
             "Write [" + printable(one_line(node)) + "].");
      return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const Step step(*this, std::to_string(i));
      origins_[path_] = node.items[i].at;
      value(node.items[i], out.emplace_back(), rule, meaning);
    }
  }

  template <class T>
  void note_default(const Node& node, const T& field, std::string_view meaning) {
    if constexpr (Leaf<T>) {
      if constexpr (is_numeric<T>) {
        const Provenance outer = provenance_;
        provenance_ = {"", "default of truce", "", ""};
        remember(node, one_line(write_leaf(field)), meaning, true);
        provenance_ = outer;
      }
    }
  }

  void remember(const Node& node, std::string text, std::string_view meaning, bool numeric) {
    loaded_.assumptions.push_back({path_, std::move(text), std::string(meaning), provenance_.source,
                                   provenance_.note, provenance_.confidence, numeric, node.at});
  }

  Loaded& loaded_;
  Problems& problems_;
  Origins origins_;
  std::string path_;
  Provenance provenance_;
  std::map<std::string, Provenance, std::less<>> elsewhere_;  ///< by other file, what it says
};

}  // namespace

Loaded read(const Node& root) {
  Loaded loaded;
  Problems problems;
  Reader reader(loaded, problems, root.at.file);
  reader.object(root, loaded.scenario);
  check_rules(loaded.scenario, reader.origins(), problems);
  problems.raise();
  return loaded;
}

}  // namespace truce::scenario
