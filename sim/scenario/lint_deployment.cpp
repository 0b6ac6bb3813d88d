// SPDX-License-Identifier: Apache-2.0
// Whether hubs, pledges and rotation pools can do what they are written for: at the earliest and
// on average, by sums that need no simulation.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <queue>
#include <utility>

#include "sim/core/text.hpp"

#include "sim/random/distribution.hpp"

#include "sim/scenario/bounds.hpp"
#include "sim/scenario/effectable.hpp"
#include "sim/scenario/lint.hpp"
#include "sim/scenario/walk.hpp"

namespace truce::scenario {
namespace {

constexpr double long_reception = 90.0;  // [days]
constexpr double full_enough = 0.9;      // of a pledge, in place
constexpr double rounding = 1e-9;

struct Pledge {
  std::string path;
  const PledgeSpec* spec;
  std::vector<Id<HubSpec>> hubs{};  ///< to which its contingents are dealt out in turn
};

class Deployment {
 public:
  Deployment(const Loaded& loaded, const Complain& complain)
      : scenario_(loaded.scenario),
        bounds_(loaded),
        complain_(complain),
        horizon_(in_days(resolve(scenario_.horizon, scenario_.start))),
        ceasefire_(bounds_.earliest("ceasefire.takes_effect", scenario_.ceasefire.takes_effect)) {
    for (const auto c : scenario_.contributors.ids()) {
      const auto& pledges = scenario_.contributors[c].pledges;
      const std::string& contributor = scenario_.contributors.name(c);
      for (const auto p : pledges.ids()) {
        Pledge pledge{"contributors." + contributor + ".pledges." + pledges.name(p), &pledges[p]};
        for (const auto& ref : pledges[p].hubs) {
          const auto hub = scenario_.hubs.find(ref);
          if (scenario_.hubs[hub].station == pledges[p].station) pledge.hubs.push_back(hub);
        }
        pledges_.emplace(contributor + "." + pledges.name(p), std::move(pledge));
      }
    }
    const auto note = [this](const std::string&, const auto& leaf) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(leaf)>, Effects>) {
        for (const auto& effect : leaf.items) changed_.push_back(effect.target);
      }
    };
    walk(scenario_, "", note);
    engineers_ = engineers();
    legs_from_.resize(scenario_.places.size());
    for (const auto id : scenario_.routes.ids()) {
      const auto& leg = scenario_.routes[id];
      least_.push_back(least_time(id));
      legs_from_[scenario_.places.find(leg.from).index()].push_back(
          {scenario_.places.find(leg.to).index(), least_.back()});
    }
    deal_out();
  }

  void check() {
    for (const auto id : scenario_.hubs.ids()) check_hub(id);
    for (const auto c : scenario_.contributors.ids()) {
      for (const auto& name : scenario_.contributors[c].pledges.names()) {
        const std::string key = scenario_.contributors.name(c) + "." + name;
        check_pledge(pledges_.at(key), arrival(key));
      }
    }
  }

 private:
  void check_hub(Id<HubSpec> id) {
    const auto& hub = scenario_.hubs[id];
    const std::string path = "hubs." + scenario_.hubs.name(id);
    const double opens = opening(id);
    if (opens >= horizon_ && std::isfinite(opens)) {
      complain_(Code::hub_never_opens, path,
                "the hub opens on " + day(opens) + " at the earliest, the scenario ends on " +
                    day(horizon_),
                "Lengthen the horizon, or shorten opens_after.");
    }
    const double troops = pledged_[id.index()];
    if (hub.beds && troops > hub.beds->value * (1 + rounding)) {
      complain_(Code::too_few_beds, path + ".beds",
                whole(hub.beds->value) + " beds for " + whole(troops) + " pledged troops",
                "Add beds, or name more hubs for the pledges.");
    }
    if (!hub.reception) return;
    const double days = troops / hub.reception->mean();
    if (days <= long_reception * (1 + rounding)) return;
    complain_(Code::slow_reception, path + ".reception",
              "at " + readable(hub.reception->mean(), 3) + " troops a day the hub needs " +
                  whole(days) + " days to receive " + whole(troops) + " pledged troops",
              "Quicken reception, or name more hubs for the pledges.");
  }

  void check_pledge(const Pledge& pledge, double arrives) {
    if (arrives >= horizon_ && std::isfinite(arrives)) {
      complain_(Code::pledge_too_late, pledge.path,
                "the first troops can be in place on " + day(arrives) +
                    " at the earliest, the scenario ends on " + day(horizon_),
                "Lengthen the horizon, or shorten approvals, notice, routes or the hub's building "
                "time.");
    }
    const auto& spec = *pledge.spec;
    // Who comes to the end of no tour within the horizon needs no relief.
    if (!spec.tour || arrives + spec.tour->mean() >= horizon_) return;
    const auto contingents = static_cast<double>(spec.contingents);
    const double pool = std::max(contingents, std::round(spec.pool * contingents)) / contingents;
    const double tour = spec.tour->mean() + spec.tour_extension.mean();
    const double kept = pool * tour / (tour + spec.dwell.mean());
    if (kept >= full_enough * (1 - rounding)) return;
    complain_(Code::pool_too_small, pledge.path + ".pool",
              whole(pool * contingents) + " contingents for " + whole(contingents) +
                  " in place, with " + whole(tour) + " days there and " + whole(spec.dwell.mean()) +
                  " days of dwell, keep " + readable(100 * kept, 2) + " % of the pledge in place",
              "A pool of " + readable(std::ceil(10 * (1 + spec.dwell.mean() / tour)) / 10) +
                  " would keep all of it.");
  }

  // Troops that are to be at each hub on average; a contingent has one hub for good.
  void deal_out() {
    pledged_.resize(scenario_.hubs.size(), 0.0);
    for (const auto& entry : pledges_) {
      const auto& [path, spec, hubs] = entry.second;
      const auto contingents = static_cast<std::size_t>(spec->contingents);
      for (std::size_t i = 0; i < std::min(hubs.size(), contingents); ++i) {
        const std::size_t dealt = (contingents - i - 1) / hubs.size() + 1;
        pledged_[hubs[i].index()] += spec->troops.mean() * spec->delivered.mean() *
                                     static_cast<double>(dealt) /
                                     static_cast<double>(spec->contingents);
      }
    }
  }

  double since(Reference reference) const {
    return reference == Reference::ceasefire ? ceasefire_ : 0.0;
  }

  // As if all engineers were in place from the beginning.
  double opening(Id<HubSpec> id) const {
    const auto& hub = scenario_.hubs[id];
    const std::string path = "hubs." + scenario_.hubs.name(id);
    double faster = 1.0;
    if (hub.engineers_double && engineers_ > 0) {
      faster += engineers_ / bounds_.least(path + ".engineers_double", hub.engineers_double->value);
    }
    return since(hub.built_from) +
           bounds_.least(path + ".opens_after", hub.opens_after.law) / faster;
  }

  double engineers() const {
    double troops = 0.0;
    for (const auto& entry : pledges_) {
      const auto& [path, spec, hubs] = entry.second;
      if (spec->function != Function::engineering) continue;
      troops += bounds_.most(path + ".troops", spec->troops.law);
    }
    return troops;
  }

  // When the first contingent can be in place at the earliest.
  double arrival(const std::string& name) {
    const auto known = arrivals_.find(name);
    if (known != arrivals_.end()) return known->second;
    const auto& [path, spec, hubs] = pledges_.at(name);
    const auto& conditions = spec->conditions;
    double ready = conditions.ceasefire ? ceasefire_ : 0.0;
    for (const auto id : conditions.approvals.ids()) {
      const auto& approval = conditions.approvals[id];
      const std::string at = path + ".conditions.approvals." + conditions.approvals.name(id);
      ready =
          std::max(ready, since(approval.from) + bounds_.least(at + ".delay", approval.delay.law));
    }
    for (const auto id : conditions.after.ids()) {
      if (conditions.after[id].share > 0) {
        ready = std::max(ready, arrival(conditions.after[id].pledge.name));
      }
    }
    ready += bounds_.least(path + ".notice_to_move", spec->notice_to_move.law);
    double first = random::infinity;
    const auto contingents = static_cast<std::size_t>(spec->contingents);
    for (std::size_t i = 0; i < std::min(hubs.size(), contingents); ++i) {
      first = std::min(first, std::max(ready + travel(*spec, hubs[i]), opening(hubs[i])));
    }
    return arrivals_[name] = first;
  }

  // The least travel time: over the route that is given, or any.
  double travel(const PledgeSpec& pledge, Id<HubSpec> hub) {
    double total = 0.0;
    for (const auto& ref : pledge.route) total += least_[scenario_.routes.find(ref).index()];
    if (!pledge.route.empty()) return total;
    const auto& times = times_from(scenario_.places.find(pledge.from).index());
    return times[scenario_.places.find(scenario_.hubs[hub].place).index()];
  }

  // The least times to all places (Dijkstra 1959).
  const std::vector<double>& times_from(std::size_t origin) {
    const auto [known, fresh] = times_.try_emplace(origin);
    auto& times = known->second;
    if (!fresh) return times;
    times.resize(scenario_.places.size(), random::infinity);
    times[origin] = 0.0;
    using Reached = std::pair<double, std::size_t>;
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> open;
    open.emplace(0.0, origin);
    while (!open.empty()) {
      const auto [time, place] = open.top();
      open.pop();
      if (time > times[place]) continue;
      for (const auto& leg : legs_from_[place]) {
        const double by = time + leg.time;
        if (by >= times[leg.to]) continue;
        times[leg.to] = by;
        open.emplace(by, leg.to);
      }
    }
    return times;
  }

  // Effects may shorten a leg to nothing.
  double least_time(Id<LegSpec> id) const {
    const std::string path = "routes." + scenario_.routes.name(id) + ".time";
    const bool changes =
        std::ranges::any_of(changed_, [&](const auto& target) { return fits(target, path); });
    return changes ? 0.0 : bounds_.least(path, scenario_.routes[id].time.law);
  }

  std::string day(double days) const {
    const std::string text = date_and_time(scenario_.start, later(start_of_time, from_days(days)));
    return text.starts_with("day") ? text : text.substr(0, 10);
  }
  static std::string whole(double number) { return readable(std::round(number)); }

  const Scenario& scenario_;
  Bounds bounds_;
  const Complain& complain_;
  double horizon_;                         ///< [days]
  double ceasefire_;                       ///< [days], at the earliest
  std::map<std::string, Pledge> pledges_;  ///< by contributor.pledge
  std::map<std::string, double> arrivals_;
  std::vector<std::string> changed_;  ///< what effects act on
  double engineers_ = 0.0;            ///< pledged at most [troops]
  std::vector<double> pledged_;       ///< by hub [troops]
  struct Leg {
    std::size_t to;
    double time;
  };
  std::vector<std::vector<Leg>> legs_from_;           ///< by place
  std::vector<double> least_;                         ///< time by leg [days]
  std::map<std::size_t, std::vector<double>> times_;  ///< by origin and place [days]
};

}  // namespace

void lint_deployment(const Loaded& loaded, const Complain& complain) {
  Deployment(loaded, complain).check();
}

}  // namespace truce::scenario
