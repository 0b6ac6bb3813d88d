// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/core/text.hpp"

#include "sim/scenario/effectable.hpp"
#include "sim/scenario/rules.hpp"

namespace truce::scenario {
namespace {

class Politics {
 public:
  Politics(const Scenario& scenario, const Complain& complain)
      : scenario_(scenario), complain_(complain), effectables_(effectables(scenario)) {}

  void check_all() {
    check_layers();
    check_shocks();
    check_climate();
    check_crisis();
    check_coordination();
    check_costs();
    if (scenario_.allegations && !scenario_.verification) {
      complain_(Code::missing_section, "allegations", "sides allege, but nobody looks into it",
                "Add verification.");
    }
  }

 private:
  void check_effects(const std::string& path, const Effects& effects,
                     const std::string& key = "effects") {
    for (const auto& effect : effects.items) {
      const std::string at = path + "." + key;
      bool found = false;
      for (const auto& quantity : effectables_) {
        if (!fits(effect.target, quantity.path)) continue;
        found = true;
        const bool factor = effect.operation == Operation::times;
        const Dimension wanted = factor ? dimension::none : quantity.dimension;
        if (effect.dimension == wanted) continue;
        complain_(
            Code::wrong_unit_of_effect, at,
            "the effect on " + effect.target + " has the wrong unit",
            factor ? "A factor has no unit." : "Units that fit: " + unit_choices(wanted) + ".");
        break;
      }
      if (found) continue;
      std::vector<std::string> paths;
      for (const auto& quantity : effectables_) paths.push_back(quantity.path);
      const std::string hint = did_you_mean(effect.target, paths);
      complain_(Code::no_such_quantity, at,
                "'" + printable(effect.target) + "' is no quantity that effects can change",
                hint.empty() ? "Write the path of a rate, capacity, time, chance or number of this "
                               "scenario; a step may be *."
                             : hint.substr(1));
    }
  }

  void check_trigger(const std::string& path, Trigger::Kind kind) {
    using enum Trigger::Kind;
    const bool capable = kind == initial_capability || kind == full_capability;
    const bool critical =
        kind == crisis || kind == breakdown || kind == renewed_hostilities || kind == restoration;
    if (capable && !scenario_.capability) {
      complain_(Code::missing_section, path + ".trigger",
                "there is no capability section, so that it never comes",
                "Add capability: {initial: ..., full: ...}.");
    }
    if (critical && !scenario_.crisis) {
      complain_(Code::missing_section, path + ".trigger",
                "there is no crisis section, so that it never comes",
                "Add crisis: {patience: ..., defusal: ..., ...}.");
    }
  }

  // Whether the layers that it waits for lead back to it.
  bool in_a_ring(Id<LayerSpec> id) const {
    Id<LayerSpec> at = id;
    for (std::size_t steps = 0; steps < scenario_.layers.size(); ++steps) {
      const auto& trigger = scenario_.layers[at].trigger;
      if (trigger.kind != Trigger::Kind::layer) return false;
      at = scenario_.layers.find(trigger.layer);
      if (!at) return false;
      if (at == id) return true;
    }
    return false;
  }

  void check_layers() {
    for (const auto id : scenario_.layers.ids()) {
      const auto& layer = scenario_.layers[id];
      const std::string path = "layers." + scenario_.layers.name(id);
      check_effects(path, layer.effects);
      check_effects(path, layer.while_stocked, "while_stocked");
      if (layer.stock.has_value() == layer.while_stocked.items.empty()) {
        complain_(Code::belong_together, path, "stock and while_stocked belong together",
                  "Give both or neither.");
      }
      const auto& hubs = scenario_.hubs;
      const bool stores =
          std::ranges::any_of(hubs.ids(), [&](const auto h) { return hubs[h].store.has_value(); });
      if (layer.stock && !stores) {
        complain_(Code::missing_section, path + ".stock", "no hub has a store",
                  "Give a hub a store, or leave stock out.");
      }
      check_trigger(path, layer.trigger.kind);
      if (layer.trigger.kind != Trigger::Kind::layer) continue;
      const auto& names = scenario_.layers.names();
      if (!scenario_.layers.find(layer.trigger.layer)) {
        const std::string hint = did_you_mean(layer.trigger.layer, names);
        complain_(Code::no_such_entity, path + ".trigger",
                  "there is no layer '" + printable(layer.trigger.layer) + "'",
                  hint.empty() ? "Known: " + join(names, ", ") + "." : hint.substr(1));
      } else if (layer.trigger.layer == scenario_.layers.name(id)) {
        complain_(Code::waits_for_itself, path + ".trigger", "the layer waits for itself",
                  "Name another layer.");
      } else if (in_a_ring(id)) {
        complain_(Code::waits_for_itself, path + ".trigger", "layers wait for each other in a ring",
                  "Let one of them wait for something else.");
      }
    }
  }

  void check_shocks() {
    std::vector<std::string> contributors = scenario_.contributors.names();
    std::vector<std::string> known = contributors;
    for (const auto c : scenario_.contributors.ids()) {
      for (const auto& pledge : scenario_.contributors[c].pledges.names()) {
        known.push_back(scenario_.contributors.name(c) + "." + pledge);
      }
    }
    for (const auto id : scenario_.shocks.ids()) {
      const auto& shock = scenario_.shocks[id];
      const std::string path = "shocks." + scenario_.shocks.name(id);
      check_effects(path, shock.effects);
      const int ways = (shock.at ? 1 : 0) + (shock.by ? 1 : 0) + (shock.rate ? 1 : 0);
      if (ways != 1) {
        complain_(Code::belong_together, path, "it is not said when the shock comes, or said twice",
                  "Give one of at, by, rate.");
      }
      for (std::size_t i = 0; i < shock.withdraws.size(); ++i) {
        const auto& name = shock.withdraws[i];
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        const std::string hint = did_you_mean(name, known);
        complain_(Code::no_such_entity, path + ".withdraws." + std::to_string(i),
                  "there is no contributor or pledge '" + printable(name) + "'",
                  hint.empty() ? "Write contributor or contributor.pledge." : hint.substr(1));
      }
    }
  }

  void check_climate() {
    if (!scenario_.climate) return;
    const auto& climate = *scenario_.climate;
    double total = 0.0;
    for (const auto& entry : climate.start) total += entry.second;
    if (!(total > 0))
      complain_(Code::nothing_left, "climate.start", "no regime has a weight above 0", "");
    for (const auto id : climate.regimes.ids()) {
      const auto& regime = climate.regimes[id];
      const std::string path = "climate.regimes." + climate.regimes.name(id);
      double next = 0.0;
      for (const auto& entry : regime.next) next += entry.second;
      if (regime.mean_stay && !(next > 0)) {
        complain_(Code::belong_together, path + ".next", "the regime ends, but no other may follow",
                  "Give weights in next, or leave out mean_stay.");
      }
      if (!regime.mean_stay && next > 0) {
        complain_(Code::belong_together, path + ".mean_stay",
                  "other regimes may follow, but it never ends",
                  "Give mean_stay, or leave out next.");
      }
      if (regime.ceiling < regime.multiplier) {
        complain_(Code::impossible_order, path + ".ceiling",
                  "the ceiling lies below the multiplier", "");
      }
    }
  }

  void check_crisis() {
    bool starts = false;
    for (const auto id : scenario_.incident_types.ids()) {
      const auto& type = scenario_.incident_types[id];
      starts = starts || type.crisis > 0;
      if (!type.harm.law.whole()) {
        complain_(Code::not_counted_in_whole,
                  "incident_types." + scenario_.incident_types.name(id) + ".harm",
                  "people are counted in whole numbers",
                  "Use poisson, negative_binomial, binomial, discrete or a whole number.");
      }
    }
    if (starts && !scenario_.crisis) {
      complain_(Code::missing_section, "incident_types",
                "incidents may start a crisis, but there is no crisis section",
                "Add crisis: {patience: ..., defusal: ..., ...}.");
    }
  }

  void check_coordination() {
    if (!scenario_.coordination) return;
    const auto& c = *scenario_.coordination;
    for (const auto id : c.answers.ids()) {
      check_effects("coordination.answers." + c.answers.name(id), c.answers[id].effects);
    }
    if (!c.answers.empty() && c.members.empty()) {
      complain_(Code::missing_section, "coordination.answers",
                "there are answers, but nobody decides on them", "Add members to coordination.");
    }
  }

  void check_costs() {
    if (!scenario_.costs) return;
    const auto& table = scenario_.costs->troops;
    const auto& known = EnumNames<Function>::names;
    for (const auto& name : table.names()) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const std::vector<std::string> names(known.begin(), known.end());
      complain_(Code::no_such_entity, "costs.troops." + name,
                "'" + printable(name) + "' is not a function of troops",
                "Accepted: " + join(names, ", ") + "." + did_you_mean(name, names));
    }
  }

  const Scenario& scenario_;
  const Complain& complain_;
  std::vector<Effectable> effectables_;
};

}  // namespace

void check_politics(const Scenario& scenario, const Complain& complain) {
  Politics(scenario, complain).check_all();
}

}  // namespace truce::scenario
