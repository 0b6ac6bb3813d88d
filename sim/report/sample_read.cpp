// SPDX-License-Identifier: Apache-2.0
#include "sim/report/sample_read.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "sim/core/problem.hpp"
#include "sim/core/text.hpp"

#include "sim/scenario/document.hpp"
#include "sim/scenario/read.hpp"

#include "sim/model/player.hpp"

#include "sim/report/csv.hpp"
#include "sim/report/csv_read.hpp"
#include "sim/report/digest.hpp"
#include "sim/report/manifest_parts.hpp"
#include "sim/report/sample_trim.hpp"
#include "sim/report/stored.hpp"

namespace truce::report {
namespace fs = std::filesystem;
namespace {

using experiment::Chosen;

constexpr std::array first_asked{
    std::string_view("ceasefire_days"),   std::string_view("holds_at.365"),
    std::string_view("final_collapse"),   std::string_view("verification_delay"),
    std::string_view("attributed_share"), std::string_view("detected_share"),
    std::string_view("troops_at.90"),     std::string_view("cost")};

constexpr std::string_view factor_prefix = "factors.";
constexpr std::string_view parameter_prefix = "parameters.";

/// A column as dictionary.csv has it.
struct Entry {
  std::string unit;
  std::string type;
};

class SampleReader {
 public:
  explicit SampleReader(const fs::path& folder) : folder_(folder) {
    auto& source = found_.source;
    source.folder = folder;
    source.kind = kind_of(folder);
    if (source.kind != "sweep" && source.kind != "run") refuse_kind();
    read_manifest_json();
    read_dictionary();
    read_columns();
  }

  StoredSample read(std::span<const std::string> outcomes) {
    if (found_.source.kind == "sweep") {
      read_points();
      trim_sample(found_);
    } else {
      find_parameters();
    }
    read_replications(places_of(outcomes));
    note_dependence();
    return std::move(found_);
  }

 private:
  std::string shown() const { return printable(folder_.string(), 400); }

  [[noreturn]] void refuse_kind() const {
    const auto& kind = found_.source.kind;
    throw UsageError(shown() + " is the result of truce " + printable(kind) +
                     "; what drives outcomes is told of results of truce sweep and truce run" +
                     (kind == "compare"
                          ? ", such as the folder of each scenario in it, " + shown() + "/base"
                          : ""));
  }

  void read_manifest_json() {
    const auto path = folder_ / manifest_name;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) throw WorldError(path.string(), "can't be read");
    auto& source = found_.source;
    source.manifest_digest = sha256(text.str());
    try {
      const auto json = Json::parse(text.str());
      std::vector<Written> files;
      for (const auto& item : json.at("files")) {
        files.push_back(
            {item.at("file").get<std::string>(), 0, 0, 0, item.at("sha256").get<std::string>()});
      }
      check_unchanged(folder_, files);
      source.name = json.at("name").get<std::string>();
      source.digest = json.at("digest").get<std::string>();
      source.seed = json.at("seed").get<std::uint64_t>();
      scenario_ = json.at("scenario").dump(1);
      if (source.kind == "sweep") {
        source.design = json.at("study").at("design").at("method").get<std::string>();
        source.points = json.at("points").get<std::uint64_t>();
        source.points_planned = json.at("points_planned").get<std::uint64_t>();
        left_out_ = json.at("points_left_out").get<std::uint64_t>();
        found_.sample.replications = json.at("replications").get<std::uint64_t>();
        for (const auto& [name, factor] : json.at("study").at("factors").items()) {
          found_.sample.inputs.push_back({name, ""});
          parameters_.push_back(factor.value("parameter", std::string()));
        }
      } else {
        source.design = "drawn";
        source.points = json.at("replications").get<std::uint64_t>();
        source.points_planned = json.at("replications_planned").get<std::uint64_t>();
      }
    } catch (const Json::exception& error) {
      throw WorldError(path.string(), std::string("is not a manifest of truce: ") + error.what());
    }
  }

  void read_dictionary() {
    CsvReader reader(folder_ / "dictionary.csv");
    const auto file = place(reader, "file"), column = place(reader, "column"),
               unit = place(reader, "unit"), type = place(reader, "type");
    while (reader.next()) {
      const auto& row = reader.row();
      if (row[file] == "replications.csv") dictionary_[row[column]] = {row[unit], row[type]};
    }
  }

  /// What the scenario says of its columns. One that an older truce wrote may not be readable; then
  /// the dictionary must do.
  void read_columns() {
    try {
      scenario::Document document;
      document.root = scenario::parse(scenario_, (folder_ / manifest_name).string());
      const auto loaded = scenario::read(document);
      columns_ = model::columns_of(loaded);
      for (const auto& one : loaded.scenario.correlations) {
        declared_.push_back({one.between[0].name, one.between[1].name, one.rank});
      }
    } catch (const ScenarioError&) {
      columns_.clear();
    }
  }

  model::Column column_called(const std::string& id) const {
    const auto found = std::ranges::find(columns_, id, &model::Column::id);
    if (found != columns_.end()) return *found;
    model::Column column;
    column.id = column.outcome = column.label = id;
    if (const auto entry = dictionary_.find(id); entry != dictionary_.end()) {
      column.unit = entry->second.unit;
    }
    return column;
  }

  static std::size_t place(const CsvReader& reader, std::string_view name) {
    const auto found = std::ranges::find(reader.header(), name);
    if (found == reader.header().end()) reader.fail("has no column " + std::string(name));
    return static_cast<std::size_t>(found - reader.header().begin());
  }
  static std::optional<std::size_t> place_if(const CsvReader& reader, std::string_view name) {
    const auto found = std::ranges::find(reader.header(), name);
    if (found == reader.header().end()) return std::nullopt;
    return static_cast<std::size_t>(found - reader.header().begin());
  }
  static std::optional<std::uint64_t> whole(const CsvReader& reader,
                                            const std::optional<std::size_t>& field) {
    if (!field || reader.row()[*field].empty()) return std::nullopt;
    const auto value = parse_integer(reader.row()[*field]);
    if (!value || *value < 0) reader.fail("'" + printable(reader.row()[*field]) + "' is no count");
    return static_cast<std::uint64_t>(*value);
  }

  void read_points() {
    auto& sample = found_.sample;
    CsvReader reader(folder_ / "points.csv");
    const auto number = place(reader, "point"), first = place(reader, "first");
    const auto replicate = place_if(reader, "replicate"), row = place_if(reader, "row"),
               trajectory = place_if(reader, "trajectory"), step = place_if(reader, "step"),
               block = place_if(reader, "block"), factor = place_if(reader, "factor"),
               by = place_if(reader, "by");
    std::vector<std::size_t> places;
    for (auto& input : sample.inputs) {
      places.push_back(place(reader, std::string(factor_prefix) + input.name));
      const auto& entry = dictionary_[std::string(factor_prefix) + input.name];
      input.unit = entry.unit;
      input.numeric = entry.type == "number";
    }
    sample.same_luck = true;
    std::optional<std::uint64_t> luck;
    std::vector<std::map<std::string, double>> words(sample.inputs.size());
    while (reader.next()) {
      numbers_.push_back(whole(reader, number).value_or(0));
      const auto own = whole(reader, first);
      sample.same_luck = sample.same_luck && (!luck || luck == own);
      luck = own;
      experiment::Role role;
      role.replicate = whole(reader, replicate);
      role.row = whole(reader, row);
      role.trajectory = whole(reader, trajectory);
      role.step = whole(reader, step);
      if (block) role.block = reader.row()[*block];
      if (factor) role.factor = reader.row()[*factor];
      if (by && !reader.row()[*by].empty()) role.by = reader.number(*by);
      sample.roles.push_back(std::move(role));
      for (std::size_t i = 0; i < places.size(); ++i) {
        auto& input = sample.inputs[i];
        const auto text = plain_text(reader.row()[places[i]]);
        input.texts.push_back(text);
        if (input.numeric) {
          input.numbers.push_back(reader.number(places[i]));
        } else {
          auto& known = words[i];
          const auto next = static_cast<double>(known.size());
          input.numbers.push_back(known.try_emplace(text, next).first->second);
        }
      }
    }
    sample.points = numbers_.size();
    if (sample.points != found_.source.points) {
      reader.fail("has " + std::to_string(sample.points) + " points, its manifest says " +
                  std::to_string(found_.source.points));
    }
    sample.chosen = chosen_of(found_.source.design, left_out_);
  }

  void find_parameters() {
    CsvReader reader(folder_ / "replications.csv");
    auto& sample = found_.sample;
    for (const auto& name : reader.header()) {
      if (!name.starts_with(parameter_prefix)) continue;
      sample.inputs.push_back({name.substr(parameter_prefix.size()), dictionary_[name].unit});
    }
    if (sample.inputs.empty()) {
      throw UsageError(shown() +
                       " is a run of a scenario none of whose parameters is drawn: there is "
                       "nothing that could drive its outcomes but chance. Give parameters "
                       "distributions (scenarios/README.md, parameters), or vary values with "
                       "truce sweep");
    }
    sample.points = found_.source.points;
    sample.chosen = Chosen::drawn;
    if (sample.points < 10) {
      throw UsageError(shown() + " has " + std::to_string(sample.points) +
                       " replications: too few to say what drives its outcomes; some hundreds "
                       "are good, truce extend adds them");
    }
  }

  /// Where the outcomes that are asked for stand in replications.csv.
  std::vector<std::size_t> places_of(std::span<const std::string> wanted) {
    const CsvReader reader(folder_ / "replications.csv");
    std::vector<std::string> known;
    for (const auto& name : reader.header()) {
      const bool key = name == "replication" || name == "seed_key" || name == "status" ||
                       name == "point" || name.starts_with(factor_prefix) ||
                       name.starts_with(parameter_prefix);
      if (!key) known.push_back(name);
    }
    std::vector<std::string> ids;
    for (const auto& id : wanted) {
      if (std::ranges::find(known, id) == known.end()) {
        throw UsageError("--outcome: there is no outcome '" + printable(id) + "' in " + shown() +
                         "." + did_you_mean(id, known));
      }
      if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    for (const auto id : first_asked) {
      if (wanted.empty() && std::ranges::find(known, id) != known.end()) ids.emplace_back(id);
    }
    std::vector<std::size_t> places;
    for (const auto& id : ids) {
      places.push_back(place(reader, id));
      found_.sample.outcomes.push_back({column_called(id), {}});
    }
    if (ids.empty()) throw UsageError(shown() + " has none of the usual outcomes: name --outcome");
    return places;
  }

  void read_replications(const std::vector<std::size_t>& places) {
    auto& sample = found_.sample;
    CsvReader reader(folder_ / "replications.csv");
    std::vector<std::size_t> inputs;
    const bool swept = found_.source.kind == "sweep";
    for (const auto& input : sample.inputs) {
      if (!swept) inputs.push_back(place(reader, std::string(parameter_prefix) + input.name));
    }
    const auto point = place_if(reader, "point");
    const auto rows = sample.points * sample.replications;
    for (std::uint64_t r = 0; r < rows; ++r) {
      if (!reader.next()) reader.fail("ends before the last point");
      if (swept && whole(reader, point) != numbers_[r / sample.replications]) {
        reader.fail("does not go with points.csv");
      }
      for (std::size_t k = 0; k < places.size(); ++k) {
        const double value = reader.number(places[k]);
        sample.outcomes[k].values.push_back(std::isnan(value) ? std::nullopt
                                                              : std::optional(value));
      }
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        sample.inputs[i].numbers.push_back(reader.number(inputs[i]));
      }
    }
    if (!swept) return;
    std::vector<std::string> drawn;
    for (const auto& name : reader.header()) {
      if (name.starts_with(parameter_prefix)) drawn.push_back(name.substr(parameter_prefix.size()));
    }
    if (!drawn.empty()) {
      found_.source.notes.push_back("parameters that the scenario draws count as chance here: " +
                                    join(drawn, ", "));
    }
  }

  void note_dependence() {
    auto& sample = found_.sample;
    const bool known = !columns_.empty() && sample.chosen == Chosen::drawn;
    if (sample.chosen == Chosen::listed || (sample.chosen == Chosen::drawn && !known)) {
      sample.correlated = experiment::find_correlated(sample.inputs);
    }
    if (found_.source.kind == "sweep") {
      for (const auto& one : declared_) {
        const auto varied = [&](const std::string& name) {
          return std::ranges::find(parameters_, name) != parameters_.end();
        };
        if (!varied(one.one) || !varied(one.other) || !sample.correlated.empty()) continue;
        found_.source.notes.push_back("the scenario correlates " + one.one + " and " + one.other +
                                      ", the design does not: all is about independent factors");
      }
    }
    if (!known) return;
    const auto input = [&](const std::string& name) {
      return static_cast<std::size_t>(
          std::ranges::find(sample.inputs, name, &experiment::Input::name) - sample.inputs.begin());
    };
    for (const auto& one : declared_) {
      const auto a = input(one.one), b = input(one.other);
      if (std::max(a, b) < sample.inputs.size()) sample.correlated.push_back({a, b, one.rank});
    }
  }

  struct Declared {
    std::string one;
    std::string other;
    double rank = 0.0;
  };

  fs::path folder_;
  StoredSample found_;
  std::string scenario_;
  std::uint64_t left_out_ = 0;
  std::map<std::string, Entry> dictionary_;
  std::vector<model::Column> columns_;
  std::vector<Declared> declared_;
  std::vector<std::string> parameters_;  ///< of the scenario, by factor; empty if it is a path
  std::vector<std::uint64_t> numbers_;   ///< of points
};

}  // namespace

std::span<const std::string_view> explained_outcomes() {
  return first_asked;
}

StoredSample read_sample(const fs::path& folder, std::span<const std::string> outcomes) {
  return SampleReader(folder).read(outcomes);
}

}  // namespace truce::report
