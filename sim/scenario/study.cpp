// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/study.hpp"

#include <algorithm>
#include <filesystem>

#include "sim/core/name.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/lint.hpp"
#include "sim/scenario/study_read.hpp"

namespace truce::scenario {
namespace {

const SectionReader::Keys study_keys{"study",     "name",   "question", "scenario",
                                     "variation", "set",    "factors",  "replications",
                                     "seed",      "design", "where",    "silence"};

/// What each method is told, and whether it can do without.
struct DesignKey {
  Method method;
  std::string_view key;
  bool needed;
};
constexpr std::array design_keys{DesignKey{Method::factorial, "levels", false},
                                 DesignKey{Method::one_at_a_time, "low", false},
                                 DesignKey{Method::one_at_a_time, "high", false},
                                 DesignKey{Method::latin_hypercube, "points", true},
                                 DesignKey{Method::sobol, "points", true},
                                 DesignKey{Method::sobol, "replicates", false},
                                 DesignKey{Method::morris, "trajectories", true},
                                 DesignKey{Method::morris, "levels", false},
                                 DesignKey{Method::saltelli, "points", true},
                                 DesignKey{Method::table, "file", true}};

constexpr double most_points = 1e6;
constexpr double most_replications = 1e9;
constexpr double most_seed = 9e15;  // as in scenarios

class StudyReader : public SectionReader {
 public:
  StudyReader(Study& study, Reach reach, Problems& problems)
      : SectionReader(problems), study_(study) {
    study_.recipe.reach = reach;
  }

  void read(const Node& root) {
    study_.file = root.at.file;
    if (!is_study(root)) {
      report(root, Code::not_a_study, "", "there is no `study: 1` in it",
             root.find("truce") != nullptr
                 ? "This is a scenario: add --factor PATH=VALUE,VALUE to sweep it, or write a "
                   "study of it."
                 : "A study is a section of keys, the first of which is `study: 1`.");
      return;
    }
    refuse_unknown(root, "", study_keys, {"source", "note", "confidence"});
    std::uint64_t version = 1;
    take(root, "study", version, 1, 1);
    take(root, "name", study_.name, Need::needed_key);
    take(root, "question", study_.question);
    take_scenario(root);
    take_settings(root);
    take(root, "replications", study_.replications, 1, most_replications);
    if (root.find("replications") == nullptr)
      missing(root, "replications", "How often each point is played.");
    take(root, "seed", study_.seed, 0, most_seed);
    take_factors(root);
    take_design(root);
    take_where(root);
    take_silence(root);
  }

 private:
  /// A file beside the study; empty, with a problem, if it may not be read.
  std::string file_beside(const Node& node, const std::string& path) {
    std::string name;
    read_name(node, name, at_path(path));
    if (name.empty()) return "";
    const std::filesystem::path other(name);
    const auto folder = std::filesystem::path(study_.file).parent_path();
    const auto file = (folder / other).lexically_normal();
    if (study_.recipe.reach == Reach::own_folder &&
        (other.is_absolute() || !is_within(folder.string(), file.string()))) {
      report(node, Code::outside_folder, path,
             "'" + printable(name) + "' lies outside the study's folder",
             "Copy it there, or allow it with --allow-outside.");
      return "";
    }
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
      report(node, Code::missing_file, path, "there is no file '" + printable(name) + "'",
             "The path counts from this file's folder.");
      return "";
    }
    return file.string();
  }

  void take_scenario(const Node& root) {
    if (const Node* file = root.find("scenario")) {
      study_.recipe.file = file_beside(*file, "scenario");
    } else {
      missing(root, "scenario", "The file of the scenario, beside this one.");
    }
    if (const Node* variation = root.find("variation")) {
      for (const Node* one : each(*variation)) {
        std::string name;
        read_name(*one, name, at_path("variation"));
        if (!name.empty()) study_.recipe.variations.push_back(name);
      }
    }
  }

  void take_settings(const Node& root) {
    const Node* set = root.find("set");
    if (set == nullptr || !is_section(*set, "set", "Write PATH: VALUE, one per line.")) return;
    for (const auto& entry : set->entries) {
      if (entry.value.kind == Node::Kind::empty && entry.value.text != "~") {
        problems_.add({Code::no_value, entry.at, "set." + printable(entry.key),
                       "'" + printable(entry.key) + "' has no value",
                       "Write one, or ~ to remove what stands there."});
        continue;
      }
      study_.settings.push_back({entry.key, entry.value, entry.at});
    }
  }

  void take_factors(const Node& root) {
    const Node* factors = root.find("factors");
    if (factors == nullptr) {
      missing(root, "factors", "What is varied, by name.");
      return;
    }
    if (!is_section(*factors, "factors", "Write NAME: {path: PATH, times: DISTRIBUTION}.")) return;
    Factor outer;
    take_provenance(root, outer, "");
    for (const auto& entry : factors->entries) {
      const std::string path = "factors." + printable(entry.key);
      if (const auto bad = bad_name(entry.key, entry.at, path)) {
        problems_.add(*bad);
        continue;
      }
      auto one = read_factor(entry.value, entry.key, outer, problems_);
      if (!one) continue;
      one->at = entry.at;
      study_.factors.push_back(std::move(*one));
    }
  }

  void take_design(const Node& root) {
    const Node* node = root.find("design");
    if (node == nullptr) {
      missing(root, "design", "Which points are played, such as {method: sobol, points: 256}.");
      return;
    }
    if (!is_section(*node, "design", "Write {method: sobol, points: 256}.")) return;
    auto& design = study_.design;
    design.at = node->at;
    const Node* method = node->find("method");
    if (method == nullptr) {
      missing(*node, "design.method",
              "Accepted: factorial, one_at_a_time, lockstep, latin_hypercube, sobol, morris, "
              "saltelli, table.");
      return;
    }
    const auto choice = read_choice(*method, EnumNames<Method>::names, at_path("design.method"));
    if (!choice) return;
    design.method = static_cast<Method>(*choice);
    Keys known{"method"};
    Keys others;
    for (const auto& one : design_keys) {
      auto& keys = one.method == design.method ? known : others;
      keys.emplace_back(one.key);
      if (one.method == design.method && one.needed && node->find(one.key) == nullptr) {
        missing(*node, "design." + std::string(one.key),
                std::string(name_of(design.method)) + " needs it.");
      }
    }
    for (const auto& entry : node->entries) {
      const bool elsewhere = std::ranges::find(others, entry.key) != others.end() &&
                             std::ranges::find(known, entry.key) == known.end();
      if (!elsewhere) continue;
      problems_.add({Code::bad_design, entry.at, "design." + entry.key,
                     "'" + entry.key + "' means nothing to " + std::string(name_of(design.method)),
                     "Its keys: " + join(known, ", ") + "."});
    }
    refuse_unknown(*node, "design", known, others);
    const bool saltelli = design.method == Method::saltelli;
    take(*node, "points", design.points, saltelli ? 2 : 1, most_points, "design");
    take(*node, "replicates", design.replicates, 1, 1000, "design");
    take(*node, "trajectories", design.trajectories, 2, most_points, "design");
    design.levels = design.method == Method::morris ? 4 : 3;
    take(*node, "levels", design.levels, 2, 1000, "design");
    if (design.method == Method::morris && design.levels % 2 != 0) {
      report(*node->find("levels"), Code::bad_design, "design.levels",
             std::to_string(design.levels) + " levels are not all equally likely",
             "The grid of morris has an even number of them.");
    }
    take_percents(*node);
    if (const Node* file = node->find("file"); file && design.method == Method::table) {
      design.file = file_beside(*file, "design.file");
    }
  }

  void take_percents(const Node& node) {
    const auto percent = [&](const std::string& key, double& out) {
      const Node* value = node.find(key);
      if (value == nullptr) return;
      double number = 0.0;
      const auto before = problems_.all().size();
      read_leaf(*value, number, between_open(0, 100), at_path("design." + key));
      if (problems_.all().size() == before) out = number;
    };
    auto& design = study_.design;
    percent("low", design.low);
    percent("high", design.high);
    if (design.low < design.high) return;
    report(node, Code::bad_design, "design", "the low percentile is not below the high one",
           "Write {low: 5, high: 95}.");
  }

  void take_where(const Node& root) {
    const Node* where = root.find("where");
    if (where == nullptr) return;
    for (const Node* one : each(*where)) {
      std::string text;
      read_name(*one, text, at_path("where"));
      if (!text.empty()) study_.where.push_back({text, one->at});
    }
  }

  void take_silence(const Node& root) {
    const Node* silence = root.find("silence");
    if (silence == nullptr) return;
    for (const Node* one : each(*silence)) {
      std::string name;
      read_name(*one, name, at_path("silence"));
      if (name.empty()) continue;
      if (const auto code = find_warning(name)) {
        study_.silenced.push_back(*code);
      } else {
        report(*one, Code::not_a_choice, "silence", "there is no warning '" + printable(name) + "'",
               hint_of_warning(name));
      }
    }
  }

  Study& study_;
};

}  // namespace

bool is_study(const Node& root) {
  return root.kind == Node::Kind::mapping && root.find("study") != nullptr;
}

Study read_study(const Node& root, Reach reach) {
  Study study;
  Problems problems;
  StudyReader(study, reach, problems).read(root);
  problems.raise();
  return study;
}

}  // namespace truce::scenario
