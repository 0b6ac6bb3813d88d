// SPDX-License-Identifier: Apache-2.0
// Distributions as a scenario writes them: {gamma: {mean: 20 days, cv: 0.4}}, and those that are
// made of others, of elicited quantiles or of observations.
#include <algorithm>
#include <limits>
#include <stdexcept>

#include "sim/random/form.hpp"

#include "sim/scenario/csv_column.hpp"
#include "sim/scenario/leaf.hpp"

namespace truce::scenario {
namespace {

using Law = std::optional<random::Distribution>;

// More values than that would not fit into the scenario that a result keeps (500,000 values).
constexpr std::size_t most_distinct = 50'000;

constexpr std::string_view write_truncated =
    "Write truncated: {of: DISTRIBUTION, min: VALUE, max: VALUE}; one of the bounds may be left "
    "out.";
constexpr std::string_view write_mixture =
    "Write mixture: [{weight: NUMBER, of: DISTRIBUTION}, ...].";
constexpr std::string_view write_quantiles =
    "Write quantiles: {p5: VALUE, p50: VALUE, p95: VALUE}; p0 and p100 are the ends.";
constexpr std::string_view write_empirical =
    "Write empirical: {values: [...], weights: [...]} or empirical: {csv: FILE, column: NAME, "
    "unit: UNIT, weights: COLUMN}; weights may be left out.";

std::vector<std::string> kinds() {
  std::vector<std::string> names;
  for (const auto& form : random::forms()) {
    if (names.empty() || names.back() != form.kind) names.emplace_back(form.kind);
  }
  for (const auto* name : {"discrete", "empirical", "quantiles", "truncated", "mixture"}) {
    names.emplace_back(name);
  }
  return names;
}

std::string form_text(const random::Form& form) {
  std::string text = std::string(form.kind) + ": {";
  for (const auto& parameter : form.parameters) {
    if (&parameter != &form.parameters.front()) text += ", ";
    text += std::string(parameter.name);
  }
  return text + "}";
}

std::string forms_of(std::string_view kind) {
  std::vector<std::string> texts;
  for (const auto& form : random::forms()) {
    if (form.kind == kind) texts.push_back(form_text(form));
  }
  return join(texts, " or ");
}

// The parameters' nodes in the order of a form, if the node fits that form.
std::optional<std::vector<const Node*>> fit(const random::Form& form, const Node& node) {
  const std::size_t n = form.parameters.size();
  std::vector<const Node*> found;
  if (node.kind == Node::Kind::mapping && node.entries.size() == n) {
    for (const auto& parameter : form.parameters) {
      const Node* value = node.find(parameter.name);
      if (value == nullptr) return std::nullopt;
      found.push_back(value);
    }
    return found;
  }
  if (node.kind == Node::Kind::scalar && n == 1) return std::vector<const Node*>{&node};
  // Lists are read by position only where the positions can't be mistaken.
  if (node.kind == Node::Kind::list && node.items.size() == n && by_position(form)) {
    for (const auto& item : node.items) found.push_back(&item);
    return found;
  }
  return std::nullopt;
}

bool has_only(const Node& node, std::initializer_list<std::string_view> keys) {
  return std::all_of(node.entries.begin(), node.entries.end(), [&](const auto& entry) {
    return std::find(keys.begin(), keys.end(), entry.key) != keys.end();
  });
}

class LawReader {
 public:
  LawReader(Dimension dimension, const Report& report) : dimension_(dimension), report_(report) {}

  Law read(const Node& node) const {
    if (node.kind != Node::Kind::mapping) {
      const auto value = measure(node, dimension_, report_);
      if (!value) return std::nullopt;
      return random::Distribution(random::Constant{*value});
    }
    const auto known = kinds();
    if (node.entries.size() != 1) {
      report_(node, Code::not_a_distribution, shown(node) + " is not a distribution",
              "A distribution has one key, its kind: " + join(known, ", ") + ".");
      return std::nullopt;
    }
    const auto& [kind, key_at, arguments] = node.entries.front();
    if (kind == "discrete") return discrete(arguments);
    if (kind == "empirical") return empirical(arguments);
    if (kind == "quantiles") return quantiles(arguments);
    if (kind == "truncated") return truncated(arguments);
    if (kind == "mixture") return mixture(arguments);
    if (std::find(known.begin(), known.end(), kind) == known.end()) {
      Node at_key = node;
      at_key.at = key_at;
      const std::string hint = did_you_mean(kind, known);
      report_(at_key, Code::not_a_distribution, "'" + printable(kind) + "' is not a distribution",
              (hint.empty() ? "" : hint.substr(1) + " ") + "Known: " + join(known, ", ") + ".");
      return std::nullopt;
    }
    return parametric(kind, arguments);
  }

 private:
  Law refuse(const Node& node, std::string_view kind, std::string_view accepted) const {
    report_(node, Code::bad_distribution,
            shown(node) + " does not define a " + std::string(kind) + " distribution",
            std::string(accepted));
    return std::nullopt;
  }

  Law parametric(const std::string& kind, const Node& arguments) const {
    const auto by = [&](const Node& node) -> std::optional<Law> {
      for (const auto& form : random::forms()) {
        if (form.kind != kind) continue;
        if (const auto nodes = fit(form, node)) return built(form, *nodes);
      }
      return std::nullopt;
    };
    if (const auto law = by(arguments)) return *law;
    if (takes_bounds(kind)) {
      Node rest = arguments;
      std::erase_if(rest.entries, [](const auto& e) { return e.key == "min" || e.key == "max"; });
      if (rest.entries.size() < arguments.entries.size()) {
        if (const auto law = by(rest)) return bounded(*law, arguments);
      }
    }
    const std::string bounds =
        takes_bounds(kind) ? ". min and max beside the parameters truncate it." : ".";
    return refuse(arguments, kind, "Write " + forms_of(kind) + bounds);
  }

  Law built(const random::Form& form, const std::vector<const Node*>& nodes) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const bool number = form.parameters[i].role == random::Role::number;
      const auto value = measure(*nodes[i], number ? truce::dimension::none : dimension_, report_);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    return form.build(values);
  }

  // The law kept between the bounds that stand in a mapping.
  Law bounded(const Law& law, const Node& node) const {
    double min = -std::numeric_limits<double>::infinity();
    double max = std::numeric_limits<double>::infinity();
    if (!law || !read_bound(node, "min", min) || !read_bound(node, "max", max)) return std::nullopt;
    return random::truncated(*law, min, max);
  }

  bool read_bound(const Node& node, std::string_view key, double& bound) const {
    const Node* written = node.find(key);
    if (written == nullptr) return true;
    const auto value = measure(*written, dimension_, report_);
    if (value) bound = *value;
    return value.has_value();
  }

  Law truncated(const Node& node) const {
    const Node* of = node.find("of");
    if (of == nullptr || node.entries.size() < 2 || !has_only(node, {"of", "min", "max"})) {
      return refuse(node, "truncated", write_truncated);
    }
    return bounded(read(*of), node);
  }

  Law mixture(const Node& node) const {
    if (node.kind != Node::Kind::list || node.items.empty()) {
      return refuse(node, "mixture", write_mixture);
    }
    random::Mixture law;
    for (const auto& item : node.items) {
      const Node* weight = item.find("weight");
      const Node* of = item.find("of");
      if (weight == nullptr || of == nullptr || item.entries.size() != 2) {
        report_(item, Code::bad_distribution, shown(item) + " is not a part of a mixture",
                std::string(write_mixture));
        return std::nullopt;
      }
      const auto share = measure(*weight, truce::dimension::none, report_);
      const Law part = share ? read(*of) : std::nullopt;
      if (!part) return std::nullopt;
      law.weights.push_back(*share);
      law.parts.push_back(*part);
    }
    return random::Distribution(std::move(law));
  }

  Law quantiles(const Node& node) const {
    if (node.kind != Node::Kind::mapping) return refuse(node, "quantiles", write_quantiles);
    std::vector<std::pair<double, double>> points;
    for (const auto& entry : node.entries) {
      const auto percent =
          entry.key.starts_with("p") ? parse_number(entry.key.substr(1)) : std::nullopt;
      if (!percent) {
        Node at_key = entry.value;
        at_key.at = entry.at;
        report_(at_key, Code::bad_distribution, "'" + printable(entry.key) + "' is not a quantile",
                std::string(write_quantiles));
        return std::nullopt;
      }
      const auto value = measure(entry.value, dimension_, report_);
      if (!value) return std::nullopt;
      points.emplace_back(*percent, *value);
    }
    std::stable_sort(points.begin(), points.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    random::Quantiles law;
    for (const auto& [percent, value] : points) {
      law.percents.push_back(percent);
      law.values.push_back(value);
    }
    return random::elicited(std::move(law));
  }

  std::optional<std::vector<double>> list(const Node& node, Dimension dimension) const {
    std::vector<double> values;
    for (const auto& item : node.items) {
      const auto value = measure(item, dimension, report_);
      if (!value) return std::nullopt;
      values.push_back(*value);
    }
    return values;
  }

  // Values and weights as two lists, the weights 1 if they are left out; nothing, with a report, if
  // something else stands there.
  std::optional<random::Discrete> listed(const Node& node, const std::string& what,
                                         std::string_view accepted) const {
    const Node* values = node.find("values");
    const Node* weights = node.find("weights");
    if (values == nullptr || values->kind != Node::Kind::list || node.entries.size() > 2 ||
        (node.entries.size() == 2 && weights == nullptr) ||
        (weights != nullptr && weights->kind != Node::Kind::list)) {
      report_(node, Code::bad_distribution, shown(node) + " is not " + what, std::string(accepted));
      return std::nullopt;
    }
    const auto numbers = list(*values, dimension_);
    if (!numbers) return std::nullopt;
    if (weights == nullptr) {
      return random::Discrete{*numbers, std::vector<double>(numbers->size(), 1.0)};
    }
    const auto shares = list(*weights, truce::dimension::none);
    if (!shares) return std::nullopt;
    return random::Discrete{*numbers, *shares};
  }

  Law discrete(const Node& node) const {
    auto law = listed(node, "a discrete distribution",
                      "Write discrete: {values: [...], weights: [...]}, values ascending.");
    if (!law) return std::nullopt;
    return random::Distribution(std::move(*law));
  }

  Law empirical(const Node& node) const {
    const auto observed = node.find("csv") != nullptr
                              ? from_csv(node)
                              : listed(node, "an empirical distribution", write_empirical);
    if (!observed) return std::nullopt;
    auto law = random::empirical(observed->values, observed->weights);
    if (std::get<random::Discrete>(law.kind()).values.size() > most_distinct) {
      report_(node, Code::too_large, "there are more than 50,000 different values",
              "Round them, or choose a distribution that fits them.");
      return std::nullopt;
    }
    return law;
  }

  std::optional<random::Discrete> from_csv(const Node& node) const {
    const Node* column = node.find("column");
    const bool scalars = std::all_of(node.entries.begin(), node.entries.end(), [](const auto& e) {
      return e.value.kind == Node::Kind::scalar;
    });
    if (column == nullptr || !scalars || !has_only(node, {"csv", "column", "unit", "weights"})) {
      refuse(node, "empirical", write_empirical);
      return std::nullopt;
    }
    const Node* written = node.find("unit");
    const auto unit = parse_unit(written == nullptr ? "" : written->text);
    if (!unit || unit->dimension != dimension_) {
      report_(written == nullptr ? node : *written, unit ? Code::wrong_unit : Code::unknown_unit,
              written == nullptr
                  ? "the values of the column have no unit"
                  : "the unit " + shown(*written) + (unit ? " does not fit" : " is not known"),
              "Units that fit: " + unit_choices(dimension_) + ".");
      return std::nullopt;
    }
    const Node& file = *node.find("csv");
    if (file.at.file.starts_with("--set ")) {
      report_(file, Code::missing_file, "a CSV file can't be named on the command line",
              "Its path counts from the folder of the scenario file that names it.");
      return std::nullopt;
    }
    const Node* weights = node.find("weights");
    const Node* at = &file;
    try {
      random::Discrete law{csv_column(file.at.file, file.text, column->text), {}};
      for (double& value : law.values) value *= unit->factor;
      at = weights;
      law.weights = weights == nullptr ? std::vector<double>(law.values.size(), 1.0)
                                       : csv_column(file.at.file, file.text, weights->text);
      return law;
    } catch (const TableError& error) {
      report_(*at, error.code, error.what(), error.accepted);
      return std::nullopt;
    }
  }

  Dimension dimension_;
  const Report& report_;
};

}  // namespace

bool takes_bounds(std::string_view kind) {
  for (const auto* own : {"constant", "uniform", "triangular", "pert", "beta"}) {
    if (kind == own) return false;
  }
  return true;
}

void read_law(const Node& node, random::Distribution& out, Dimension dimension, const Rule& rule,
              const Report& report) {
  try {
    const auto law = LawReader(dimension, report).read(node);
    if (!law) return;
    if (law->constant()) {
      if (!in_range(law->least(), rule)) {
        report(node, Code::out_of_range, shown(node) + " is out of range",
               accepted_range(rule, dimension));
        return;
      }
    } else if (law->least() < rule.least || law->most() > rule.most) {
      report(node, Code::range_of_distribution,
             shown(node) + " can yield values from " + measure_text(law->least(), dimension) +
                 " to " + measure_text(law->most(), dimension),
             accepted_range(rule, dimension) + " Choose or truncate the distribution accordingly.");
      return;
    }
    out = *law;
  } catch (const std::invalid_argument& error) {
    report(node, Code::bad_distribution, shown(node) + " is no distribution: " + error.what(), "");
  }
}

}  // namespace truce::scenario
