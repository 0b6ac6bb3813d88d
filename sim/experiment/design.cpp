// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/design.hpp"

#include <algorithm>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"

#include "sim/random/points.hpp"
#include "sim/random/stream.hpp"

#include "sim/scenario/condition.hpp"
#include "sim/scenario/leaf.hpp"

namespace truce::experiment {
namespace {

using scenario::Factor;
using scenario::FactorValue;
using scenario::Method;

/// More points than that are no study but a slip.
constexpr std::uint64_t most_points = 1'000'000;

class Designer {
 public:
  Designer(scenario::Study& study, std::uint64_t seed, std::uint64_t replications)
      : study_(study), seed_(seed), replications_(replications) {}

  Design make(const std::optional<TextTable>& table) {
    if (study_.factors.empty()) refuse("no factor is left to vary", "Give one at least.");
    switch (study_.design.method) {
      case Method::factorial:
        factorial();
        break;
      case Method::one_at_a_time:
        one_at_a_time();
        break;
      case Method::lockstep:
        lockstep();
        break;
      case Method::latin_hypercube:
        latin_hypercube();
        break;
      case Method::sobol:
        sobol();
        break;
      case Method::morris:
        morris();
        break;
      case Method::saltelli:
        saltelli();
        break;
      case Method::table:
        TRUCE_EXPECT(table, "the table of points is read");
        take_table(*table);
        break;
    }
    for (std::size_t i = 0; i < design_.points.size(); ++i) design_.points[i].number = i;
    apply_conditions();
    return std::move(design_);
  }

 private:
  const std::vector<Factor>& factors() const { return study_.factors; }
  std::size_t count() const { return study_.factors.size(); }

  [[noreturn]] void refuse(std::string what, std::string accepted) const {
    throw ScenarioError({Problem{Code::bad_design, study_.design.at, "design", std::move(what),
                                 std::move(accepted)}});
  }
  void check_size(double points) const {
    if (points <= static_cast<double>(most_points)) return;
    refuse(readable(points) + " points are too many",
           "At most " + std::to_string(most_points) + " are played.");
  }

  void add(std::vector<FactorValue> values, Role role = {}, std::uint64_t luck = 0) {
    design_.points.push_back({0, std::move(values), luck, std::move(role)});
  }
  std::vector<FactorValue> values_at(std::span<const double> u) const {
    std::vector<FactorValue> values;
    for (std::size_t i = 0; i < count(); ++i) values.push_back(value_at(factors()[i], u[i]));
    return values;
  }

  void factorial() {
    std::vector<std::vector<FactorValue>> levels;
    double points = 1;
    for (const auto& factor : factors()) {
      levels.push_back(levels_of(factor, study_.design.levels));
      points *= static_cast<double>(levels.back().size());
    }
    check_size(points);
    // The factor written last varies fastest.
    std::vector<std::size_t> place(count(), 0);
    for (bool more = true; more;) {
      std::vector<FactorValue> values;
      for (std::size_t i = 0; i < count(); ++i) values.push_back(levels[i][place[i]]);
      add(std::move(values));
      more = false;
      for (std::size_t i = count(); i-- > 0 && !more;) {
        more = ++place[i] < levels[i].size();
        if (!more) place[i] = 0;
      }
    }
  }

  void one_at_a_time() {
    std::vector<FactorValue> base;
    for (const auto& factor : factors()) base.push_back(middle_of(factor));
    add(base);
    for (std::size_t i = 0; i < count(); ++i) {
      const Factor& factor = factors()[i];
      std::vector<FactorValue> others;
      if (factor.law) {
        others = {value_at(factor, study_.design.low / 100),
                  value_at(factor, study_.design.high / 100)};
      } else {
        others.assign(factor.listed.begin() + 1, factor.listed.end());
      }
      for (auto& value : others) {
        auto values = base;
        values[i] = std::move(value);
        Role role;
        role.factor = factor.name;
        add(std::move(values), std::move(role));
      }
    }
    check_size(static_cast<double>(design_.points.size()));
    design_.roles = {RoleColumn::factor};
  }

  void lockstep() {
    const std::size_t length = factors().front().listed.size();
    for (const auto& factor : factors()) {
      if (factor.law) {
        refuse("the factor " + factor.name + " has a distribution, lockstep goes along lists",
               "Give it values: [VALUE, ...], or use latin_hypercube.");
      }
      if (factor.listed.size() == length) continue;
      refuse("the lists of " + factors().front().name + " and " + factor.name + " have " +
                 std::to_string(length) + " and " + std::to_string(factor.listed.size()) +
                 " values",
             "Lockstep takes the first value of all, then the second ...: give lists of one "
             "length.");
    }
    for (std::size_t k = 0; k < length; ++k) {
      std::vector<FactorValue> values;
      for (const auto& factor : factors()) values.push_back(factor.listed[k]);
      add(std::move(values));
    }
  }

  void latin_hypercube() {
    std::vector<std::string> names;
    for (const auto& factor : factors()) names.push_back(factor.name);
    const auto points = random::latin_hypercube(study_.design.points, names, seed_);
    for (std::size_t row = 0; row < points.rows; ++row) add(values_at(points.row(row)));
  }

  void sobol() {
    const auto replicates = study_.design.replicates;
    check_size(static_cast<double>(replicates) * static_cast<double>(study_.design.points));
    for (std::uint64_t r = 0; r < replicates; ++r) {
      const auto points =
          random::sobol(study_.design.points, count(), r == 0 ? seed_ : random::mix(seed_, r));
      for (std::size_t row = 0; row < points.rows; ++row) {
        Role role;
        role.replicate = r;
        add(values_at(points.row(row)), std::move(role));
      }
    }
    design_.roles = {RoleColumn::replicate};
  }

  void morris() {
    const auto& spec = study_.design;
    check_size(static_cast<double>(spec.trajectories) * static_cast<double>(count() + 1));
    const auto made = random::morris(spec.trajectories, count(), spec.levels, seed_);
    for (std::uint64_t t = 0; t < made.trajectories; ++t) {
      for (std::size_t step = 0; step <= count(); ++step) {
        std::vector<double> u;
        for (const double x : made.points.row(t * (count() + 1) + step)) {
          u.push_back(random::mid_stratum(x, spec.levels));
        }
        Role role;
        role.trajectory = t;
        role.step = step;
        if (step > 0) {
          const auto& moved = made.steps[t * count() + step - 1];
          role.factor = factors()[moved.factor].name;
          role.by = moved.by;
        }
        add(values_at(u), std::move(role), t * replications_);
      }
    }
    design_.roles = {RoleColumn::trajectory, RoleColumn::step, RoleColumn::factor, RoleColumn::by};
  }

  // Row by row, so that a study that is stopped has whole rows.
  void saltelli() {
    check_size(static_cast<double>(study_.design.points) * static_cast<double>(count() + 3));
    const auto pair = random::saltelli(study_.design.points, count(), seed_);
    for (std::uint64_t j = 0; j < study_.design.points; ++j) {
      const auto luck_of_a = 2 * j * replications_;
      const auto luck_of_b = (2 * j + 1) * replications_;
      const auto put = [&](std::span<const double> u, std::string block, std::string factor,
                           std::uint64_t luck) {
        Role role;
        role.row = j;
        role.block = std::move(block);
        role.factor = std::move(factor);
        add(values_at(u), std::move(role), luck);
      };
      put(pair.a.row(j), "A", "", luck_of_a);
      put(pair.b.row(j), "B", "", luck_of_b);
      for (std::size_t i = 0; i < count(); ++i) {
        std::vector<double> u(pair.a.row(j).begin(), pair.a.row(j).end());
        u[i] = pair.b.at(j, i);
        put(u, "AB", factors()[i].name, luck_of_a);
      }
      put(pair.a.row(j), "AB_chance", "", luck_of_b);
    }
    design_.roles = {RoleColumn::row, RoleColumn::block, RoleColumn::factor};
  }

  void take_table(const TextTable& table);
  void apply_conditions();

  scenario::Study& study_;
  std::uint64_t seed_;
  std::uint64_t replications_;
  Design design_;
};

void Designer::take_table(const TextTable& table) {
  Problems problems;
  const auto report = [&](const std::string& place, std::string what, std::string accepted) {
    problems.add(
        {Code::bad_design_table, study_.design.at, "design.file",
         printable(table.file) + (place.empty() ? "" : ", " + place) + ": " + std::move(what),
         std::move(accepted)});
  };
  std::vector<std::string> names;
  for (const auto& factor : factors()) names.push_back(factor.name);
  std::vector<std::optional<std::size_t>> columns(count());
  for (std::size_t c = 0; c < table.header.size(); ++c) {
    const auto& cell = table.header[c];
    const auto found = std::ranges::find(names, cell.text);
    if (found == names.end()) {
      const std::string hint = did_you_mean(cell.text, names);
      report(cell.place, "there is no factor '" + printable(cell.text) + "'",
             hint.empty() ? "Factors: " + join(names, ", ") + "." : hint.substr(1));
      continue;
    }
    auto& column = columns[static_cast<std::size_t>(found - names.begin())];
    if (column) report(cell.place, "a second column is called '" + cell.text + "'", "");
    column = c;
  }
  for (std::size_t i = 0; i < count(); ++i) {
    if (columns[i]) continue;
    report("", "there is no column '" + names[i] + "'", "Each factor has one.");
  }
  if (table.rows.empty()) report("", "there are no rows below the names of its columns", "");
  check_size(static_cast<double>(table.rows.size()));
  problems.raise();
  design_.points.resize(table.rows.size());
  for (std::size_t i = 0; i < count(); ++i) {
    Factor& factor = study_.factors[i];
    const bool known = factor.unit.empty() && factor.has_values() && factor.numeric;
    std::vector<FactorValue> values;
    for (const auto& row : table.rows) {
      const auto& cell = row[*columns[i]];
      if (trim(cell.text).empty()) report(cell.place, "there is no value of " + factor.name, "");
      std::string text(trim(cell.text));
      if (const auto number = parse_number(text)) {
        if (known) text = measure_text(*number, factor.dimension);
        if (!factor.unit.empty()) text += " " + factor.unit;
      }
      if (factor.act == scenario::Act::times) {
        const auto number = parse_number(text);
        if (!number || *number < 0) {
          report(cell.place, "'" + printable(text) + "' can't multiply",
                 "A number without a unit that is not below 0 can.");
        }
      }
      values.push_back({std::move(text), std::nullopt});
    }
    factor.numeric = number_values(values, factor.dimension);
    for (std::size_t k = 0; k < values.size(); ++k) {
      if (!factor.numeric) values[k].text = scenario::flow_text(scenario::scalar(values[k].text));
      design_.points[k].values.push_back(std::move(values[k]));
    }
    factor.law.reset();
    factor.listed.clear();
  }
  problems.raise();
}

void Designer::apply_conditions() {
  Problems problems;
  std::vector<scenario::Condition> conditions;
  for (const auto& written : study_.where) {
    auto one = scenario::read_condition(written.text, written.at, factors(), problems);
    if (one) conditions.push_back(std::move(*one));
  }
  problems.raise();
  if (conditions.empty()) return;
  const auto method = study_.design.method;
  const std::string name(name_of(method));
  const Position at = conditions.front().at;
  if (method == Method::morris || method == Method::saltelli) {
    throw ScenarioError({Problem{Code::bad_design, at, "where",
                                 name + " makes of each point others: what is left of it says "
                                        "nothing about its factors",
                                 "Narrow the factors, or use latin_hypercube or sobol."}});
  }
  const auto all = design_.points.size();
  const auto breaks = [&](const Point& point) {
    return !std::ranges::all_of(
        conditions, [&](const auto& condition) { return holds(condition, point.values); });
  };
  if (method == Method::one_at_a_time && breaks(design_.points.front())) {
    throw ScenarioError({Problem{Code::nothing_satisfies, at, "where",
                                 "the base, with all factors in the middle, is left out: " +
                                     text_of(design_.points.front(), factors()),
                                 "All other points are compared with it."}});
  }
  design_.left_out = std::erase_if(design_.points, breaks);
  if (design_.points.empty()) {
    std::string texts;
    for (const auto& one : conditions) texts += (texts.empty() ? "" : ", ") + one.text;
    throw ScenarioError(
        {Problem{Code::nothing_satisfies, at, "where",
                 "none of " + std::to_string(all) + " points satisfies " + printable(texts, 400),
                 "Loosen a condition, or widen a factor."}});
  }
  const bool sampled = method == Method::latin_hypercube || method == Method::sobol;
  if (sampled && design_.left_out > 0) {
    design_.warnings.push_back(
        {Code::points_left_out, at, "where",
         std::to_string(design_.left_out) + " of " + std::to_string(all) + " points are left out",
         "Ask for more points, or narrow the factors."});
  }
}

}  // namespace

Design design_of(scenario::Study& study, std::uint64_t seed, std::uint64_t replications,
                 const std::optional<TextTable>& table) {
  return Designer(study, seed, replications).make(table);
}

std::string text_of(const Point& point, std::span<const Factor> factors) {
  std::string text;
  for (std::size_t i = 0; i < factors.size(); ++i) {
    if (i > 0) text += ", ";
    const auto& value = point.values[i];
    text += factors[i].name + " = ";
    if (value.number) {
      const std::string unit = unit_label(factors[i].dimension);
      text += readable(*value.number) + (unit.empty() ? "" : " " + unit);
    } else {
      text += value.text;
    }
  }
  return text;
}

}  // namespace truce::experiment
