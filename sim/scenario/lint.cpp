// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/lint.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/core/text.hpp"

#include "sim/random/distribution.hpp"

#include "sim/scenario/bounds.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

constexpr double much = 0.05;  // of a distribution's probability

std::string percent(double share) {
  return readable(100.0 * share, 2) + " %";
}

void lint_sectors(const Scenario& s, const Complain& complain) {
  if (s.cells.empty()) return;  // nobody is meant to watch
  std::set<std::string> watched;
  for (const auto id : s.cells.ids()) {
    for (const auto& ref : s.cells[id].watches) watched.insert(ref.name);
  }
  for (const auto& name : s.sectors.names()) {
    if (watched.contains(name)) continue;
    complain(Code::unwatched_sector, "sectors." + name,
             "none of the " + std::to_string(s.cells.size()) + " cells watches the sector",
             "Name it under watches of a cell.");
  }
}

void lint_sensors(const Scenario& s, const Bounds& bounds, const Complain& complain) {
  for (const auto id : s.sensors.ids()) {
    const std::string path = "sensors." + s.sensors.name(id) + ".detects";
    const bool blind = std::ranges::none_of(s.sensors[id].detects, [&](const auto& entry) {
      return bounds.most(path + "." + entry.first.name, entry.second) > 0;
    });
    if (!blind) continue;
    complain(Code::blind_sensor, path,
             "the sensor detects none of the " + std::to_string(s.incident_types.size()) +
                 " incident types",
             "Give the chance for one at least, or leave the sensor out.");
  }
}

void lint_parameters(const Loaded& loaded, const Complain& complain) {
  std::set<std::string> used;
  for (const auto& one : loaded.expressions) used.merge(mentioned(one.node));
  const Scenario& s = loaded.scenario;
  for (const auto id : s.parameters.ids()) used.merge(mentioned(s.parameters[id].value.written));
  for (const auto id : s.variations.ids()) used.merge(mentioned(s.variations[id].set.written));
  for (const auto& name : s.parameters.names()) {
    if (used.contains(name)) continue;
    complain(Code::unused_parameter, "parameters." + name, "nothing refers to $" + name,
             "Write $" + name + " where it should stand, or leave it out.");
  }
}

// Tells of each distribution that is cut, and of those inside others.
class Cuts {
 public:
  explicit Cuts(const Complain& complain) : complain_(complain) {}

  template <class Q>
  void operator()(const std::string& path, const Variate<Q>& value) const {
    look(path, value.law, Q::dimension);
  }
  void operator()(const std::string& path, const Moment& moment) const {
    look(path, moment.after.law, Days::dimension);
  }
  void operator()(const std::string& path, const Worth& worth) const {
    if (!worth.expression) look(path, worth.law, worth.dimension);
  }
  template <class Other>
  void operator()(const std::string&, const Other&) const {}

 private:
  void look(const std::string& path, const random::Distribution& law, Dimension dimension) const {
    if (const auto* normal = std::get_if<random::Normal>(&law.kind())) {
      const random::Distribution whole{
          random::Normal{normal->mean, normal->sd, -random::infinity, random::infinity}};
      const double lost = whole.cdf(normal->min) + whole.survival(normal->max);
      tell(path, lost, whole.mean(), law.mean(), dimension);
    } else if (const auto* cut = std::get_if<random::Truncated>(&law.kind())) {
      tell(path, cut->cut.below + cut->cut.above, cut->of.front().mean(), cut->mean, dimension);
      look(path, cut->of.front(), dimension);
    } else if (const auto* mixture = std::get_if<random::Mixture>(&law.kind())) {
      for (const auto& part : mixture->parts) look(path, part, dimension);
    }
  }
  void tell(const std::string& path, double lost, double before, double after,
            Dimension dimension) const {
    if (lost <= much) return;
    const auto amount = [&](double value) {
      const std::string unit = unit_label(dimension);
      return readable(value, 3) + (unit.empty() ? "" : " " + unit);
    };
    complain_(Code::unlikely_range, path,
              percent(lost) + " of the distribution lies outside its min and max; cut to them, " +
                  "its mean is " + amount(after) + " instead of " + amount(before),
              "Choose a distribution that keeps within them, such as beta or gamma.");
  }

  const Complain& complain_;
};

/// Whether a shock comes for certain within the horizon and what it does lasts for good.
bool lasting(const Loaded& loaded, const Bounds& bounds, Id<ShockSpec> id) {
  const Scenario& s = loaded.scenario;
  const auto& shock = s.shocks[id];
  const std::string path = "shocks." + s.shocks.name(id);
  if (shock.lasts || bounds.least(path + ".probability", shock.probability.law) < 1) return false;
  for (const auto& ref : shock.needs) {
    const auto& fact = s.facts[s.facts.find(ref)];
    if (bounds.least("facts." + ref.name + ".probability", fact.probability.law) < 1) return false;
  }
  const double horizon = in_days(resolve(s.horizon, s.start));
  if (shock.at) return bounds.latest(path + ".at", *shock.at) < horizon;
  if (!shock.by) return false;
  return bounds.latest("ceasefire.takes_effect", s.ceasefire.takes_effect) +
             bounds.most(path + ".by", shock.by->value) <
         horizon;
}

void lint_members(const Loaded& loaded, const Bounds& bounds, const Complain& complain) {
  const Scenario& s = loaded.scenario;
  if (!s.coordination || s.coordination->members.empty()) return;
  const auto& cell = *s.coordination;
  std::set<std::string> out;
  std::set<std::string> shocks;
  for (const auto id : s.shocks.ids()) {
    if (s.shocks[id].members_out.empty() || !lasting(loaded, bounds, id)) continue;
    shocks.insert(s.shocks.name(id));
    for (const auto& ref : s.shocks[id].members_out) out.insert(ref.name);
  }
  const std::string lead = cell.lead ? cell.lead->name : cell.members.names().front();
  const std::size_t all = cell.members.size();
  bool odd = false;
  switch (cell.decision_rule) {
    case DecisionRule::lead:
      odd = out.contains(lead);
      if (odd) out = {lead};
      break;
    case DecisionRule::all:
      odd = !out.empty();
      break;
    case DecisionRule::majority:
      odd = 2 * out.size() >= all;
      break;
    case DecisionRule::any:
      odd = out.size() == all;
      break;
  }
  if (!odd) return;
  const auto names = [](const std::set<std::string>& set) {
    return join(std::vector<std::string>(set.begin(), set.end()), ", ");
  };
  const bool deputy = cell.decision_rule == DecisionRule::lead || out.size() == all;
  complain(Code::absent_member, "coordination.decision_rule",
           "the rule '" + std::string(name_of(cell.decision_rule)) + "' counts on " + names(out) +
               ", out for good since " + names(shocks) + ": " +
               (deputy ? "a deputy decides then, " + readable(cell.deputy_slower) +
                             " times as slowly as the lead"
                       : "the others decide alone then"),
           "Choose another rule or lead, or say how long the absence lasts.");
}

std::vector<std::string> warning_names() {
  std::vector<std::string> names;
  for (const auto& text : codes()) {
    if (severity_of(text.code) == Severity::warning) names.emplace_back(text.name);
  }
  return names;
}

}  // namespace

std::optional<Code> find_warning(std::string_view name) {
  const auto code = find_code(name);
  return code && severity_of(*code) == Severity::warning ? code : std::nullopt;
}

std::string hint_of_warning(std::string_view name) {
  if (find_code(name)) return "That is an error, which can't be silenced.";
  const auto names = warning_names();
  const std::string hint = did_you_mean(name, names);
  return hint.empty() ? "Known: " + join(names, ", ") + "." : hint.substr(1);
}

std::vector<Problem> lint(const Loaded& loaded) {
  const Scenario& s = loaded.scenario;
  std::vector<Problem> warnings;
  const Complain complain = [&](Code code, const std::string& path, std::string what,
                                std::string accepted) {
    warnings.push_back(
        {code, position_of(loaded.origins, path), path, std::move(what), std::move(accepted)});
  };
  const Bounds bounds(loaded);
  lint_sectors(s, complain);
  lint_deployment(loaded, complain);
  lint_parameters(loaded, complain);
  const Cuts cuts(complain);
  walk(s, "", cuts);
  lint_sensors(s, bounds, complain);
  lint_members(loaded, bounds, complain);

  if (!s.lint) return warnings;
  std::set<Code> silenced;
  for (std::size_t i = 0; i < s.lint->silence.size(); ++i) {
    const std::string& name = s.lint->silence[i];
    if (const auto code = find_warning(name)) {
      silenced.insert(*code);
    } else {
      complain(Code::unknown_warning, "lint.silence." + std::to_string(i),
               "there is no warning '" + printable(name) + "'", hint_of_warning(name));
    }
  }
  std::erase_if(warnings, [&](const auto& warning) { return silenced.contains(warning.code); });
  return warnings;
}

}  // namespace truce::scenario
