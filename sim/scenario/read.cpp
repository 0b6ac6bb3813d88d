// SPDX-License-Identifier: Apache-2.0
// The one strict reader: every key is known or refused, every value is checked, all problems are
// told at once.
#include "sim/scenario/read.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "sim/core/name.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/rules.hpp"
#include "sim/scenario/valuation.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

class Reader {
 public:
  Reader(Loaded& loaded, Problems& problems, const std::string& file)
      : loaded_(loaded), problems_(problems) {
    provenance_.file = file;
  }

  /// Makes known what the parameters may be, which stand in values of all other sections. Problems
  /// of single parameters are told when their section is read.
  void know_parameters(const Node& root) {
    const Node* node = root.find("parameters");
    if (node == nullptr || node->kind != Node::Kind::mapping) return;
    Loaded aside;
    Problems ignored;
    Reader reader(aside, ignored, provenance_.file);
    reader.table(*node, parameters_);
    const Step step(*this, "parameters");
    medians_ = medians(parameters_, [](auto&&...) {});
    ranges_ = ranges(parameters_, reporter());
  }

  template <Described T>
  void object(const Node& node, T& out) {
    if constexpr (requires { T::shorthand; }) {
      if (is_shorthand<T>(node)) {
        Node whole;
        whole.kind = Node::Kind::mapping;
        whole.at = node.at;
        whole.entries.push_back({std::string(T::shorthand), node.at, node});
        object(whole, out);
        return;
      }
    }
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
        loaded_.origins[path_] = value->at;
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
    std::string layer{};
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
      if (problems_.full()) return;
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
    if (node.at.file == provenance_.file && node.at.layer == provenance_.layer) return;
    const auto own = elsewhere_.find(voice_of(node.at));
    if (own != elsewhere_.end()) {
      provenance_ = own->second;
    } else {
      const std::string& who = node.at.layer.empty() ? node.at.file : node.at.layer;
      provenance_ = {"", "given by " + who, "", node.at.file, node.at.layer};
    }
  }

  static std::string voice_of(const Position& at) { return at.file + '\n' + at.layer; }

  void take_provenance(const Node& node) {
    if (auto own = provenance_of(node)) provenance_ = std::move(*own);
    for (const auto& other : node.extended_by) {
      if (auto own = provenance_of(other)) elsewhere_[voice_of(other.at)] = std::move(*own);
    }
  }

  std::optional<Provenance> provenance_of(const Node& node) {
    Provenance own;
    own.file = node.at.file;
    own.layer = node.at.layer;
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
    bool done = false;
    if constexpr (is_numeric<T> && !std::is_same_v<T, Worth>) {
      if (is_expression(*bare)) {
        expression(*bare, out, rule);
        done = true;
      }
    }
    if (!done) read_leaf(*bare, out, rule, reporter());
    remember(*bare, one_line(*bare), meaning, is_numeric<T>);
    if (&node != bare) {
      auto& replaced = loaded_.assumptions.back().replaced;
      replaced.insert(replaced.begin(), node.replaced.begin(), node.replaced.end());
    }
    note_law(out);
    provenance_ = outer;
  }

  // A value in which parameters stand: read with their medians, and checked for all that they may
  // be.
  template <class T>
  void expression(const Node& node, T& out, const Rule& rule) {
    constexpr bool effects = std::is_same_v<T, Effects>;
    const auto put = [&](const Valuation& values) {
      return effects ? substitute_in_effects(node, values, reporter())
                     : substitute(node, values, reporter());
    };
    const auto median = put(medians_);
    if (!median) return;
    Expression one{path_, node, false, effects, {}};
    for (const auto& name : mentioned(node)) {
      const auto found = ranges_.find(name);
      if (found != ranges_.end() && found->second.least < found->second.most) one.drawn = true;
    }
    if (is_whole_expression(node)) {
      if (const auto range = evaluate(node, ranges_, reporter())) one.range = *range;
    }
    // What all draws may be tells more than what the median is, once the unit fits.
    std::vector<Problem> with_medians;
    read_leaf(*median, out, rule,
              [&](const Node& at, Code code, const std::string& what, std::string accepted) {
                with_medians.push_back({code, at.at, path_,
                                        what + ", with the parameters at their medians",
                                        std::move(accepted)});
              });
    const bool fits = std::ranges::all_of(with_medians, [](const Problem& problem) {
      return problem.code == Code::out_of_range || problem.code == Code::not_whole;
    });
    const auto before = problems_.all().size();
    if (one.drawn && fits) check_draws<T>(node, one, rule);
    if (problems_.all().size() == before) {
      for (auto& problem : with_medians) problems_.add(std::move(problem));
    }
    loaded_.expressions.push_back(std::move(one));
  }

  template <class T>
  void check_draws(const Node& node, const Expression& one, Rule rule) {
    if (path_ == "truce" || path_ == "start" || path_ == "horizon" ||
        path_.starts_with("experiment.")) {
      report(node, Code::not_per_replication,
             "'" + printable(one_line(node)) + "' differs from replication to replication",
             "All replications of a run share this value: use a parameter without distribution.");
      return;
    }
    if (!is_whole_expression(node)) return;  // a draw that can't be meant ends the run
    if constexpr (std::is_same_v<T, Moment>) rule = rule | at_least(0);
    if (!in_range(one.range.least, rule) || !in_range(one.range.most, rule)) {
      const auto end = [&](double value) {
        return std::isinf(value) ? std::string(value < 0 ? "no lower end" : "no upper end")
                                 : measure_text(value, one.range.dimension);
      };
      report(node, Code::range_of_distribution,
             "'" + printable(one_line(node)) + "' can yield values from " + end(one.range.least) +
                 " to " + end(one.range.most),
             accepted_range(rule, one.range.dimension) +
                 " Choose or truncate the distribution of the parameter accordingly.");
      return;
    }
    if constexpr (std::is_same_v<T, std::int64_t>) {
      const bool whole = std::ranges::all_of(mentioned(node), [&](const std::string& name) {
        const auto id = parameters_.find(name);
        return id && parameters_[id].value.law.whole() && !parameters_[id].value.expression;
      });
      if (!whole || node.kind != Node::Kind::scalar) {
        report(node, Code::not_whole,
               "'" + printable(one_line(node)) + "' need not be a whole number",
               "Let the parameter have whole values only: discrete, poisson, binomial ...");
      }
    }
  }

  // What a number is, for those who ask where it came from.
  template <class T>
  void note_law(const T& value) {
    auto& row = loaded_.assumptions.back();
    if constexpr (requires {
                    value.law.mean();
                    T::quantity::dimension;
                  }) {
      row.law = value.law;
      row.dimension = T::quantity::dimension;
    } else if constexpr (std::is_same_v<T, Worth>) {
      row.dimension = value.dimension;
      if (!value.expression) row.law = value.law;
    } else if constexpr (requires {
                           T::dimension;
                           value.value;
                         }) {
      row.law = random::Distribution(random::Constant{value.value});
      row.dimension = T::dimension;
    }
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
      if (const auto bad = bad_name(entry.key, entry.at, path_)) {
        problems_.add(*bad);
        continue;
      }
      loaded_.origins[path_] = entry.at;
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
      loaded_.origins[path_] = entry.at;
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
      loaded_.origins[path_] = node.items[i].at;
      value(node.items[i], out.emplace_back(), rule, meaning);
    }
  }

  template <class T>
  void note_default(const Node& node, const T& field, std::string_view meaning) {
    if constexpr (Leaf<T> && !std::is_same_v<T, std::string> && !std::is_same_v<T, Changes>) {
      const Provenance outer = provenance_;
      provenance_ = {"", "default of truce", "", "", ""};
      remember(node, one_line(write_leaf(field)), meaning, is_numeric<T>);
      auto& row = loaded_.assumptions.back();
      row.written = false;
      row.replaced.clear();
      for (const auto& removed : node.removed) {
        if (below(parent(), removed.key) == path_) row.replaced.push_back(removed.was);
      }
      note_law(field);
      provenance_ = outer;
    }
  }

  // The path without its last step.
  std::string parent() const {
    const auto dot = path_.rfind('.');
    return dot == std::string::npos ? "" : path_.substr(0, dot);
  }

  void remember(const Node& node, std::string text, std::string_view meaning, bool numeric) {
    Assumption row;
    row.path = path_;
    row.value = std::move(text);
    row.meaning = meaning;
    row.source = provenance_.source;
    row.note = provenance_.note;
    row.confidence = provenance_.confidence;
    row.numeric = numeric;
    row.at = node.at;
    row.replaced = node.replaced;
    loaded_.assumptions.push_back(std::move(row));
  }

  Loaded& loaded_;
  Problems& problems_;
  Table<ParameterSpec> parameters_;
  Valuation medians_;
  Valuation ranges_;
  std::string path_;
  Provenance provenance_;
  std::map<std::string, Provenance, std::less<>> elsewhere_;  ///< by other file, what it says
};

}  // namespace

namespace {

Loaded read_whole(const Node& root) {
  Loaded loaded;
  Problems problems;
  Reader reader(loaded, problems, root.at.file);
  reader.know_parameters(root);
  reader.object(root, loaded.scenario);
  check_rules(loaded, problems);
  problems.raise();
  return loaded;
}

}  // namespace

Loaded read(const Node& root) {
  if (const Node* parameters = root.find("parameters"); parameters && lack_units(*parameters)) {
    Node with_units = root;
    apply_units(*with_units.find("parameters"));
    return read_whole(with_units);
  }
  return read_whole(root);
}

Loaded read(const Document& document) {
  try {
    return read(document.root);
  } catch (const ScenarioError& error) {
    throw with_trail(error.problems(), document);
  }
}

}  // namespace truce::scenario
