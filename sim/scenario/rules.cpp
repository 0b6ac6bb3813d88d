// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario/rules.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "sim/core/text.hpp"

#include "sim/scenario/branching.hpp"
#include "sim/scenario/reachability.hpp"
#include "sim/scenario/read.hpp"
#include "sim/scenario/realisation.hpp"
#include "sim/scenario/sections.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

class Rules {
 public:
  Rules(const Loaded& loaded, Problems& problems)
      : loaded_(loaded),
        scenario_(loaded.scenario),
        origins_(loaded.origins),
        problems_(problems) {}

  void check_all() {
    check_references();
    check_places();
    check_line();
    check_branching();
    check_legs();
    check_pledges();
    check_precedence();
    check_cells();
    check_dates();
    const Complain complain = [this](Code code, const std::string& path, std::string what,
                                     std::string accepted) {
      report(code, path, std::move(what), std::move(accepted));
    };
    check_politics(scenario_, complain);
    check_parameters(loaded_, complain);
  }

 private:
  void report(Code code, const std::string& path, std::string what, std::string accepted) {
    problems_.add({code, position_of(origins_, path), path, std::move(what), std::move(accepted)});
  }
  // What is missing, or no name at all, has been reported by the reader.
  bool written(const std::string& path) const { return origins_.contains(path); }

  void check_references() {
    auto leaf = [&](const std::string& path, const auto& value) { reference(path, value); };
    walk(scenario_, "", leaf);
  }
  template <class T>
  void reference(const std::string&, const T&) {}
  template <class Spec>
  void reference(const std::string& path, const Ref<Spec>& ref) {
    const auto& table = section<Spec>(scenario_);
    if (ref.name.empty() || table.find(ref)) return;
    const std::string hint = did_you_mean(ref.name, table.names());
    report(Code::no_such_entity, path,
           "there is no '" + printable(ref.name) + "' in " + std::string(section_name<Spec>()),
           hint.empty() ? (table.empty() ? "That section is empty."
                                         : "Known: " + join(table.names(), ", ") + ".")
                        : hint.substr(1));
  }
  void reference(const std::string& path, const PledgeRef& ref) {
    if (ref.name.empty() || is_pledge(ref.name)) return;
    const std::string hint = did_you_mean(ref.name, pledge_names());
    report(Code::no_such_entity, path, "there is no pledge '" + printable(ref.name) + "'",
           hint.empty() ? "Write contributor.pledge." : hint.substr(1));
  }
  // Names hold no points.
  bool is_pledge(const std::string& name) const {
    const auto dot = name.find('.');
    if (dot == std::string::npos) return false;
    const auto contributor = scenario_.contributors.find(std::string_view(name).substr(0, dot));
    return contributor &&
           scenario_.contributors[contributor].pledges.find(std::string_view(name).substr(dot + 1));
  }
  std::vector<std::string> pledge_names() const {
    std::vector<std::string> names;
    for (const auto c : scenario_.contributors.ids()) {
      for (const auto& name : scenario_.contributors[c].pledges.names()) {
        names.push_back(scenario_.contributors.name(c) + "." + name);
      }
    }
    return names;
  }

  void check_places() {
    for (const auto id : scenario_.places.ids()) {
      const std::string& country = scenario_.places[id].country;
      const std::string path = "places." + scenario_.places.name(id) + ".country";
      const bool good =
          country.size() == 2 &&
          std::all_of(country.begin(), country.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (good || !written(path)) continue;
      report(Code::not_a_choice, path, "'" + printable(country) + "' is not a country code",
             "Write the two capital letters of ISO 3166, such as UA.");
    }
  }

  void check_line() {
    if (scenario_.sectors.empty() && written("sectors")) {
      report(Code::nothing_left, "sectors", "there is no sector", "At least one is needed.");
    }
    double total = 0.0;
    for (const auto id : scenario_.incident_types.ids()) {
      const auto& type = scenario_.incident_types[id];
      total += type.share;
      if (!type.violations.law.whole()) {
        report(Code::not_counted_in_whole,
               "incident_types." + scenario_.incident_types.name(id) + ".violations",
               "violations are counted in whole numbers",
               "Use poisson, negative_binomial, binomial, discrete or a whole number.");
      }
    }
    if (!(total > 0) && written("incident_types")) {
      report(Code::nothing_left, "incident_types", "no incident type has a share above 0",
             "One at least is needed.");
    }
    for (const auto id : scenario_.sectors.ids()) {
      const auto& sector = scenario_.sectors[id];
      const std::string path = "sectors." + scenario_.sectors.name(id);
      double mix = sector.mix.empty() ? 1.0 : 0.0;
      for (const auto& entry : sector.mix) mix += entry.second;
      if (!(mix > 0))
        report(Code::nothing_left, path + ".mix", "no incident type has a share above 0", "");
      for (const auto& entry : sector.spills_into) {
        if (entry.first.name == scenario_.sectors.name(id)) {
          report(Code::waits_for_itself, path + ".spills_into." + entry.first.name,
                 "a sector spills into itself",
                 "Follow-ups within the sector are incidents.branching.");
        }
      }
    }
    for (const auto id : scenario_.deterrence.ids()) {
      const auto& name = scenario_.deterrence.name(id);
      const auto& known = EnumNames<Function>::names;
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        const std::vector<std::string> names(known.begin(), known.end());
        report(Code::no_such_entity, "deterrence." + name,
               "'" + printable(name) + "' is not a function of troops",
               "Accepted: " + join(names, ", ") + "." + did_you_mean(name, names));
      }
    }
  }

  void check_branching() {
    // Expected numbers that parameters give count with the most that they may be.
    Scenario scenario = scenario_;
    for (const auto& one : loaded_.expressions) {
      const bool breeds = one.path.ends_with(".incidents.branching") ||
                          one.path.find(".spills_into.") != std::string::npos;
      if (breeds && one.drawn && one.range.least >= 0 && one.range.most < 1) {
        assign(scenario, one.path, scalar(shortest(one.range.most)));
      }
    }
    const auto branching = branching_of(scenario);
    if (dies_out(branching)) return;
    report(Code::explosive_branching, "sectors",
           "incidents breed more than they die out: the branching matrix of incidents.branching "
           "and spills_into has spectral radius " +
               readable(spectral_radius(branching)),
           "It must be below 1; lower branching or spills_into.");
  }

  void check_legs() {
    for (const auto id : scenario_.routes.ids()) {
      const auto& leg = scenario_.routes[id];
      if (leg.from.name == leg.to.name && !leg.to.name.empty()) {
        report(Code::broken_route, "routes." + scenario_.routes.name(id) + ".to",
               "the leg ends where it begins", "");
      }
    }
  }

  void check_pledges() {
    Reachability reachability(scenario_);
    for (const auto c : scenario_.contributors.ids()) {
      const auto& pledges = scenario_.contributors[c].pledges;
      for (const auto p : pledges.ids()) {
        check_pledge(
            "contributors." + scenario_.contributors.name(c) + ".pledges." + pledges.name(p),
            pledges[p], reachability);
      }
    }
  }

  void check_pledge(const std::string& path, const PledgeSpec& pledge, Reachability& reachability) {
    std::set<std::string> names;
    std::size_t usable = 0;
    bool all_known = true;
    for (std::size_t i = 0; i < pledge.hubs.size(); ++i) {
      const std::string& name = pledge.hubs[i].name;
      const std::string hub_path = path + ".hubs." + std::to_string(i);
      if (!names.insert(name).second)
        report(Code::named_twice, hub_path, "hub '" + name + "' is named twice", "");
      const auto id = scenario_.hubs.find(name);
      all_known = all_known && id;
      if (!id || scenario_.hubs[id].station != pledge.station) continue;
      ++usable;
      const auto& place = scenario_.hubs[id].place.name;
      if (pledge.route.empty() && scenario_.places.find(place) &&
          scenario_.places.find(pledge.from) && !reachability.leads(pledge.from.name, place)) {
        report(Code::unreachable_hub, hub_path,
               "hub '" + name + "' can't be reached: no route leads from " + pledge.from.name +
                   " to " + place,
               "Add legs to routes, or choose another hub.");
      }
    }
    if (usable == 0 && all_known && written(path + ".hubs")) {
      report(Code::unusable_pledge, path + ".hubs",
             "none of its hubs has the pledge's station, " + std::string(name_of(pledge.station)),
             "Name a hub of that station, or change station.");
    }
    if (!pledge.route.empty()) check_route(path, pledge, usable);
    if (!pledge.tour && (pledge.pool != 1.0 || pledge.tour_extension.law.most() > 0)) {
      report(Code::unusable_pledge, path, "a pool or tour extension is given without a tour",
             "Give tour, or leave both out.");
    }
  }

  void check_route(const std::string& path, const PledgeSpec& pledge, std::size_t usable) {
    if (usable != 1) {
      report(Code::broken_route, path + ".route",
             "a route is given, but not exactly one usable hub", "");
      return;
    }
    std::string place = pledge.from.name;
    for (std::size_t i = 0; i < pledge.route.size(); ++i) {
      const auto leg = scenario_.routes.find(pledge.route[i]);
      if (!leg) return;
      if (scenario_.routes[leg].from.name != place) {
        report(Code::broken_route, path + ".route." + std::to_string(i),
               "leg '" + pledge.route[i].name + "' begins at " + scenario_.routes[leg].from.name +
                   ", but the route has come to " + place,
               "");
        return;
      }
      place = scenario_.routes[leg].to.name;
    }
    for (const auto& ref : pledge.hubs) {
      const auto hub = scenario_.hubs.find(ref);
      if (hub && scenario_.hubs[hub].station == pledge.station &&
          scenario_.hubs[hub].place.name != place) {
        report(Code::broken_route, path + ".route",
               "the route ends at " + place + ", not at hub '" + ref.name + "' in " +
                   scenario_.hubs[hub].place.name,
               "");
      }
    }
  }

  // Pledges that wait for each other could never start.
  void check_precedence() {
    std::map<std::string, std::set<std::string>> waits_for;
    for (const auto c : scenario_.contributors.ids()) {
      const auto& pledges = scenario_.contributors[c].pledges;
      for (const auto p : pledges.ids()) {
        auto& others = waits_for[scenario_.contributors.name(c) + "." + pledges.name(p)];
        for (const auto a : pledges[p].conditions.after.ids()) {
          others.insert(pledges[p].conditions.after[a].pledge.name);
        }
      }
    }
    // Who waits for none of the rest is dropped, then who waited only for those dropped; what stays
    // waits in a circle.
    std::map<std::string_view, std::vector<std::string_view>> waited_for_by;
    std::map<std::string_view, std::size_t> missing;
    std::vector<std::string_view> free;
    for (const auto& [name, others] : waits_for) {
      for (const auto& other : others) {
        if (!waits_for.contains(other)) continue;
        waited_for_by[other].push_back(name);
        ++missing[name];
      }
      if (!missing.contains(name)) free.push_back(name);
    }
    std::set<std::string_view> dropped;
    while (!free.empty()) {
      const auto name = free.back();
      free.pop_back();
      dropped.insert(name);
      for (const auto& waiter : waited_for_by[name]) {
        if (--missing[waiter] == 0) free.push_back(waiter);
      }
    }
    for (const auto& entry : waits_for) {
      if (dropped.contains(entry.first)) continue;
      const auto dot = entry.first.find('.');
      report(Code::waits_for_itself,
             "contributors." + entry.first.substr(0, dot) + ".pledges." +
                 entry.first.substr(dot + 1) + ".conditions.after",
             "the pledge can never start: it waits, directly or through others, for itself",
             "Break the circle.");
    }
  }

  void check_cells() {
    for (const auto id : scenario_.cells.ids()) {
      const auto& cell = scenario_.cells[id];
      const std::string path = "cells." + scenario_.cells.name(id);
      std::set<std::string> seen;
      if (cell.watches.empty() && written(path + ".watches")) {
        report(Code::nothing_left, path + ".watches", "the cell watches no sector",
               "Name at least one.");
      }
      for (std::size_t i = 0; i < cell.watches.size(); ++i) {
        if (!seen.insert(cell.watches[i].name).second) {
          report(Code::named_twice, path + ".watches." + std::to_string(i),
                 "sector '" + cell.watches[i].name + "' is named twice", "");
        }
      }
    }
    for (const auto id : scenario_.sensors.ids()) {
      const auto& sensor = scenario_.sensors[id];
      if (sensor.carried_by == Carrier::team && sensor.time_to_failure) {
        report(Code::belong_together, "sensors." + scenario_.sensors.name(id) + ".time_to_failure",
               "units that teams carry do not fail on their own",
               "Leave it out, or let the cell carry them (carried_by: cell).");
      }
    }
    if (!scenario_.cells.empty() && !scenario_.verification) {
      report(Code::missing_section, "cells", "there are cells, but no verification section",
             "Say how cases are verified: verification: {work: ..., analysis: ..., ...}.");
    }
  }

  void check_dates() {
    const auto& moment = scenario_.ceasefire.takes_effect;
    if (moment.kind == Moment::Kind::date && moment.date < scenario_.start) {
      report(Code::impossible_order, "ceasefire.takes_effect",
             to_string(moment.date) + " lies before the start, " + to_string(scenario_.start), "");
    }
  }

  const Loaded& loaded_;
  const Scenario& scenario_;
  const Origins& origins_;
  Problems& problems_;
};

}  // namespace

Position position_of(const Origins& origins, std::string path) {
  while (!path.empty()) {
    const auto found = origins.find(path);
    if (found != origins.end()) return found->second;
    const auto dot = path.rfind('.');
    path.resize(dot == std::string::npos ? 0 : dot);
  }
  return {};
}

void check_rules(const Loaded& loaded, Problems& problems) {
  Rules(loaded, problems).check_all();
}

}  // namespace truce::scenario
