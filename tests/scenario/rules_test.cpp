// SPDX-License-Identifier: Apache-2.0
// What spans sections: each rule with a scenario that keeps it and one that breaks it.
#include "sim/scenario/rules.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/scenario/branching.hpp"

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::problems_after;
using Edits = std::vector<std::string>;
using Lines = std::vector<std::string>;

constexpr const char* guards = "contributors.coalition.pledges.guards";
constexpr const char* monitors = "contributors.coalition.pledges.monitors";

std::string at(const char* base, const std::string& rest) {
  return std::string(base) + "." + rest;
}

struct Case {
  Edits edits;
  Lines problems;  // "path: what"; none if the scenario is good
};

void expect(const std::vector<Case>& cases) {
  for (const auto& [edits, problems] : cases) {
    EXPECT_EQ(problems_after(edits), problems) << "--set " << (edits.empty() ? "" : edits.front());
  }
}

TEST(Rules, ReferencesLeadSomewhere) {
  expect({
      {{"routes.base-port.to=town"}, {}},
      {{"routes.base-port.to=twon"}, {"routes.base-port.to: there is no 'twon' in places"}},
      {{"hubs.port.place=base"}, {}},
      {{"hubs.port.place=moon"}, {"hubs.port.place: there is no 'moon' in places"}},
      {{at(guards, "hubs.1=prot")}, {at(guards, "hubs.1: there is no 'prot' in hubs")}},
      {{at(guards, "from=moon")}, {at(guards, "from: there is no 'moon' in places")}},
      {{at(monitors, "route=[base-twon]")},
       {at(monitors, "route.0: there is no 'base-twon' in routes")}},
      {{at(monitors, "conditions.after.guards.pledge=coalition.gards")},
       {at(monitors, "conditions.after.guards.pledge: there is no pledge 'coalition.gards'")}},
      {{"sectors.north.spills_into={sout: 0.1}"},
       {"sectors.north.spills_into.sout: there is no 'sout' in sectors"}},
      {{"sectors.north.mix={fires: 1}"},
       {"sectors.north.mix.fires: there is no 'fires' in incident_types"}},
      {{"sensors.patrol.detects={fires: 1}"},
       {"sensors.patrol.detects.fires: there is no 'fires' in incident_types"}},
      {{"cells.north-1.hub=moon"}, {"cells.north-1.hub: there is no 'moon' in hubs"}},
      {{"cells.north-1.watches=[north, moon]"},
       {"cells.north-1.watches.1: there is no 'moon' in sectors"}},
      {{"cells.north-1.sensors={drone: 1}"},
       {"cells.north-1.sensors.drone: there is no 'drone' in sensors"}},
  });
}

TEST(Rules, ReferencesSuggestWhatWasMeant) {
  const auto accepted = [](const Edits& edits) -> std::string {
    try {
      read(test::edited(edits));
    } catch (const ScenarioError& error) {
      return error.problems().front().accepted;
    }
    return "";
  };
  EXPECT_EQ(accepted({"hubs.port.place=prot"}), "Did you mean 'port'?");
  EXPECT_EQ(accepted({"hubs.port.place=moon"}), "Known: base, town, port.");
  EXPECT_EQ(accepted({"cells.north-1.sensors={drone: 1}", "sensors=~"}), "That section is empty.");
  EXPECT_EQ(accepted({at(monitors, "conditions.after.guards.pledge=coalition.gards")}),
            "Did you mean 'coalition.guards'?");
  EXPECT_EQ(accepted({at(monitors, "conditions.after.guards.pledge=x")}),
            "Write contributor.pledge.");
}

TEST(Rules, CountriesAreCodes) {
  const auto refused = [](const std::string& found) {
    return Lines{"places.port.country: '" + found + "' is not a country code"};
  };
  expect({
      {{"places.port.country=NO"}, {}},
      {{"places.port.country=no"}, refused("no")},
      {{"places.port.country=NOR"}, refused("NOR")},
      {{"places.port.country=N"}, refused("N")},
      {{"places.port.country=Norway"}, refused("Norway")},
      {{"places.port.country=\"\""}, refused("")},
  });
}

TEST(Rules, ThereIsALine) {
  expect({
      {{"sectors.north=~", "sectors.south=~", "cells=~"}, {"sectors: there is no sector"}},
      {{"incident_types.fire.share=0"}, {}},
      {{"incident_types.fire.share=0", "incident_types.shelling.share=0"},
       {"incident_types: no incident type has a share above 0"}},
      {{"sectors.north.mix={fire: 0, shelling: 1}"}, {}},
      {{"sectors.north.mix={fire: 0, shelling: 0}"},
       {"sectors.north.mix: no incident type has a share above 0"}},
  });
}

TEST(Rules, ViolationsAreCounted) {
  const Lines refused{"incident_types.fire.violations: violations are counted in whole numbers"};
  expect({
      {{"incident_types.fire.violations=3"}, {}},
      {{"incident_types.fire.violations={discrete: {values: [1, 5]}}"}, {}},
      {{"incident_types.fire.violations={binomial: {trials: 9, probability: 0.5}}"}, {}},
      {{"incident_types.fire.violations=2.5"}, refused},
      {{"incident_types.fire.violations={exponential: 3}"}, refused},
      {{"incident_types.fire.violations={discrete: {values: [1, 1.5]}}"}, refused},
  });
}

TEST(Rules, DeterrenceIsByFunction) {
  expect({
      {{"deterrence={air: {effect: 0.1, half_effect_at: 1 troops/km, reach: 90 km}}"}, {}},
      {{"deterrence={guards: {effect: 0.1, half_effect_at: 1 troops/km, reach: 90 km}}"},
       {"deterrence.guards: 'guards' is not a function of troops"}},
  });
}

// North breeds 0.4 of its own and 0.1 in the south: [[0.4, 0.1], [s, b]] has spectral radius 1 for
// s = 0.6 (1 - b)/0.1, b the south's own branching.
TEST(Rules, IncidentsDieOut) {
  const std::string what =
      "sectors: incidents breed more than they die out: the branching matrix of "
      "incidents.branching "
      "and spills_into has spectral radius ";
  expect({
      {{"sectors.south.incidents.branching=0.5", "sectors.south.spills_into={north: 2.999}"}, {}},
      {{"sectors.south.incidents.branching=0.5", "sectors.south.spills_into={north: 3.001}"},
       {what + "1"}},
      {{"sectors.south.spills_into={north: 20}"}, {what + "1.628"}},
      {{"sectors.north.spills_into={north: 0.1}"},
       {"sectors.north.spills_into.north: a sector spills into itself"}},
  });
  const auto branching = branching_of(read(test::edited({})).scenario);
  EXPECT_EQ(branching, (Branching{{{0, 0.4}, {1, 0.1}}, {}}));
}

// Lines too long for all eigenvalues of the matrix to be computed. A ring in which each sector
// breeds b of its own and a in the next has the radius a + b; an open line of those that breed in
// both neighbours b + 2 a cos(pi / (n + 1)); a line that leads only on has b.
TEST(Rules, LongLinesDieOut) {
  constexpr std::size_t n = 500;
  const auto line = [](double own, double next, double previous, bool closed) {
    Branching branching(n);
    for (std::size_t i = 0; i < n; ++i) {
      branching[i].emplace_back(i, own);
      if (closed || i + 1 < n) branching[i].emplace_back((i + 1) % n, next);
      if (previous > 0 && i > 0) branching[i].emplace_back(i - 1, previous);
    }
    return branching;
  };
  const double bend = std::cos(std::acos(-1.0) / (n + 1));
  struct Line {
    Branching branching;
    double radius;
  };
  for (const auto& [branching, radius] :
       {Line{line(0.5, 0.4, 0.0, true), 0.9}, Line{line(0.5, 0.4999, 0.0, true), 0.9999},
        Line{line(0.5, 0.5001, 0.0, true), 1.0001},
        Line{line(0.4, 0.3, 0.3, false), 0.4 + 0.6 * bend},
        Line{line(0.4, 0.3 / bend + 1e-6, 0.3 / bend + 1e-6, false), 1.0 + 2e-6 * bend},
        Line{line(0.4, 0.3 / bend - 1e-6, 0.3 / bend - 1e-6, false), 1.0 - 2e-6 * bend},
        Line{line(0.9, 5.0, 0.0, false), 0.9}, Line{line(1.1, 0.1, 0.0, false), 1.1}}) {
    EXPECT_EQ(dies_out(branching), radius < 1.0) << radius;
    EXPECT_NEAR(spectral_radius(branching), radius, 1e-8);
  }
}

TEST(Rules, LegsLeadAway) {
  expect({{{"routes.base-port.to=base", at(guards, "hubs=[town]")},
           {"routes.base-port.to: the leg ends where it begins"}}});
}

TEST(Rules, HubsCanBeReached) {
  expect({
      {{at(guards, "station=neighbouring")}, {}},
      {{"routes.base-port.from=town"}, {}},
      {{"routes.base-port.from=port", "routes.base-port.to=town",
        at(guards, "station=neighbouring")},
       {at(guards, "hubs.1: hub 'port' can't be reached: no route leads from base to port")}},
      // No leg is needed to where the troops are.
      {{at(guards, "from=town"), at(guards, "hubs=[town]")}, {}},
      // Only hubs of the pledge's station count.
      {{"routes.base-port.from=port", "routes.base-port.to=town"}, {}},
      {{at(guards, "hubs=[town, town]")}, {at(guards, "hubs.1: hub 'town' is named twice")}},
      {{at(guards, "hubs=[]")},
       {at(guards, "hubs: none of its hubs has the pledge's station, in-country")}},
      {{at(guards, "station=remote")},
       {at(guards, "hubs: none of its hubs has the pledge's station, remote")}},
  });
}

TEST(Rules, GivenRoutesHoldTogether) {
  const std::string route = at(monitors, "route");
  expect({
      {{"routes.port-town={from: port, to: town, time: 1 day}", route + "=[base-port, port-town]"},
       {}},
      {{"routes.port-town={from: port, to: town, time: 1 day}", route + "=[port-town, base-port]"},
       {route + ".0: leg 'port-town' begins at port, but the route has come to base"}},
      {{"routes.port-town={from: port, to: town, time: 1 day}", route + "=[base-town, port-town]"},
       {route + ".1: leg 'port-town' begins at port, but the route has come to town"}},
      {{route + "=[base-port]"}, {route + ": the route ends at port, not at hub 'town' in town"}},
      {{at(guards, "route=[base-town]")}, {}},  // its other hub is not of its station
      {{"hubs.port.station=in-country", at(guards, "route=[base-town]")},
       {at(guards, "route: a route is given, but not exactly one usable hub")}},
  });
}

TEST(Rules, PoolsNeedTours) {
  const Lines refused{at(guards, "").substr(0, std::string(guards).size()) +
                      ": a pool or tour extension is given without a tour"};
  expect({
      {{at(guards, "pool=1")}, {}},
      {{at(guards, "pool=2"), at(guards, "tour=6 months")}, {}},
      {{at(guards, "pool=2")}, refused},
      {{at(guards, "tour_extension=3 days")}, refused},
      {{at(guards, "tour_extension=3 days"), at(guards, "tour=6 months")}, {}},
  });
}

TEST(Rules, PledgesDoNotWaitInCircles) {
  const auto waits = [](const std::string& path) {
    return path + ": the pledge can never start: it waits, directly or through others, for itself";
  };
  expect({
      {{at(guards, "conditions.after.me.pledge=coalition.guards")},
       {waits(at(guards, "conditions.after")), waits(at(monitors, "conditions.after"))}},
      {{at(guards, "conditions.after.them.pledge=coalition.monitors")},
       {waits(at(guards, "conditions.after")), waits(at(monitors, "conditions.after"))}},
      {{at(monitors, "conditions.after=~"),
        at(guards, "conditions.after.m.pledge=coalition.monitors")},
       {}},
  });
}

TEST(Rules, CellsWatchSomethingAndVerify) {
  expect({
      {{"cells.north-1.watches=[]"}, {"cells.north-1.watches: the cell watches no sector"}},
      {{"cells.north-1.watches=[north, north]"},
       {"cells.north-1.watches.1: sector 'north' is named twice"}},
  });
  const auto start = test::full_text.find("verification:");
  const auto end = test::full_text.find("coordination:");
  const std::string without =
      std::string(test::full_text.substr(0, start)).append(test::full_text.substr(end));
  EXPECT_EQ(test::problems_of(without),
            (Lines{"test.yaml:108:3: error[T0312]: cells: there are cells, but no verification "
                   "section. Say how "
                   "cases are verified: verification: {work: ..., analysis: ..., ...}.",
                   "test.yaml:116:14: error[T0312]: allegations: sides allege, but nobody looks "
                   "into it. Add "
                   "verification."}));
}

TEST(Rules, CeasefireIsNotBeforeTheStart) {
  expect({
      {{"ceasefire.takes_effect=2026-07-01"}, {}},
      {{"ceasefire.takes_effect=never"}, {}},
      {{"ceasefire.takes_effect=2026-06-30"},
       {"ceasefire.takes_effect: 2026-06-30 lies before the start, 2026-07-01"}},
  });
}

}  // namespace
}  // namespace truce::scenario
