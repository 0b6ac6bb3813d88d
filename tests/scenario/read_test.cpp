// SPDX-License-Identifier: Apache-2.0
// The one strict reader: what is missing, unknown or in the wrong shape is told at once, with its
// place; what is left out has its default.
#include "sim/scenario/read.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/scenario/samples.hpp"

namespace truce::scenario {
namespace {

using test::full_text;
using test::problems_of;
using test::read_text;
using test::replaced;
using test::small_text;
using Lines = std::vector<std::string>;

TEST(Read, TheSamplesAreGood) {
  EXPECT_EQ(problems_of(small_text), Lines{});
  EXPECT_EQ(problems_of(full_text), Lines{});
}

TEST(Read, TakesValuesAsTheyStand) {
  const Scenario s = read_text(full_text).scenario;
  EXPECT_EQ(s.name, "Every key");
  EXPECT_EQ(to_string(s.start), "2026-07-01");
  EXPECT_EQ(s.horizon.months, 18);
  EXPECT_EQ(s.places.names(), (Lines{"base", "town", "port"}));
  EXPECT_EQ(s.places[s.places.find("port")].country, "NO");
  EXPECT_EQ(s.hubs[s.hubs.find("port")].station, Station::neighbouring);
  const auto& coalition = s.contributors[s.contributors.find("coalition")];
  const auto& monitors = coalition.pledges[coalition.pledges.find("monitors")];
  EXPECT_EQ(monitors.contingents, 2);
  EXPECT_DOUBLE_EQ(monitors.pool, 2.0);
  ASSERT_TRUE(monitors.tour.has_value());
  EXPECT_DOUBLE_EQ(monitors.tour->mean(), 6 * days_per_month);
  EXPECT_EQ(monitors.conditions.after[Id<PrecedenceSpec>(0)].pledge.name, "coalition.guards");
  const auto& north = s.sectors[s.sectors.find("north")];
  EXPECT_DOUBLE_EQ(north.measured_at->value, 0.5);
  ASSERT_EQ(north.spills_into.size(), 1U);
  EXPECT_EQ(north.spills_into[0].first.name, "south");
  EXPECT_DOUBLE_EQ(north.spills_into[0].second, 0.1);
  EXPECT_DOUBLE_EQ(s.sectors[s.sectors.find("south")].incidents.rate.mean(), 3.0 / 7);
  EXPECT_DOUBLE_EQ(s.deterrence[s.deterrence.find("reassurance")].effect, 0.3);
  EXPECT_EQ(s.cells[Id<CellSpec>(0)].sensors[1].second, 8);
  EXPECT_EQ(s.experiment.replications, 200);
}

TEST(Read, FillsInDefaults) {
  const Scenario s = read_text(small_text).scenario;
  EXPECT_EQ(s.summary, "");
  const auto& leg = s.routes[Id<LegSpec>(0)];
  EXPECT_EQ(leg.by, Mode::road);
  const auto& hub = s.hubs[Id<HubSpec>(0)];
  EXPECT_EQ(hub.station, Station::in_country);
  EXPECT_EQ(hub.built_from, Reference::ceasefire);
  EXPECT_FALSE(hub.reception.has_value());
  const auto& pledge = s.contributors[Id<ContributorSpec>(0)].pledges[Id<PledgeSpec>(0)];
  EXPECT_TRUE(pledge.conditions.ceasefire);
  EXPECT_DOUBLE_EQ(pledge.delivered.mean(), 1.0);
  EXPECT_FALSE(pledge.tour.has_value());
  EXPECT_EQ(s.incident_types[Id<IncidentTypeSpec>(1)].violations.mean(), 1.0);
  EXPECT_DOUBLE_EQ(s.cells[Id<CellSpec>(0)].team_size.value, 8.0);
  EXPECT_DOUBLE_EQ(s.verification->speed.value, 960.0);
  EXPECT_FALSE(s.coordination.has_value());
  EXPECT_FALSE(s.capability.has_value());
  EXPECT_EQ(s.experiment.replications, 1000);
  EXPECT_EQ(s.experiment.seed, 1);
}

TEST(Read, NamesWhatIsMissing) {
  EXPECT_EQ(
      problems_of("truce: 1\nname: x\n"),
      (Lines{"test.yaml:1:1: error[T0102]: start: 'start' is missing. Date on which simulated time "
             "begins.",
             "test.yaml:1:1: error[T0102]: horizon: 'horizon' is missing. How long is simulated; "
             "months "
             "and years are those of the calendar.",
             "test.yaml:1:1: error[T0102]: ceasefire: 'ceasefire' is missing. When the ceasefire "
             "takes "
             "effect.",
             "test.yaml:1:1: error[T0102]: incident_types: 'incident_types' is missing. Kinds of "
             "incidents.",
             "test.yaml:1:1: error[T0102]: sectors: 'sectors' is missing. The line of contact."}));
  EXPECT_EQ(
      problems_of(replaced(small_text, "    length: 40 km\n", "")),
      (Lines{
          "test.yaml:33:5: error[T0102]: sectors.north.length: 'length' is missing. Length of the "
          "line in the sector, with its bends."}));
  // What is missing is told once, not again by the rules that need it.
  EXPECT_EQ(problems_of(replaced(small_text, "        from: base\n", "")).size(), 1U);
  EXPECT_EQ(problems_of(replaced(small_text, "        hubs: [town]\n", "")).size(), 1U);
  EXPECT_EQ(problems_of(replaced(small_text, "    watches: [north]\n", "")).size(), 1U);
  EXPECT_EQ(problems_of(replaced(full_text, "pledge: coalition.guards, ", "")).size(), 1U);
}

TEST(Read, OfNothingSaysWhatIsNeeded) {
  for (const std::string_view text : {"", "# nothing\n", "word\n", "- a\n"}) {
    const auto lines = problems_of(text);
    ASSERT_EQ(lines.size(), 1U) << text;
    EXPECT_NE(
        lines[0].find("stands where a section is needed. Keys of this section: truce, name, "),
        std::string::npos)
        << lines[0];
    EXPECT_TRUE(lines[0].starts_with("test.yaml:1:1: error[T0103]: '") ||
                lines[0].starts_with("test.yaml:2:1: error[T0103]: '"))  // the end, after a comment
        << lines[0];
  }
}

TEST(Read, RefusesUnknownKeysWithASuggestion) {
  EXPECT_EQ(problems_of(replaced(small_text, "capacity:", "capactiy:")),
            (Lines{"test.yaml:15:5: error[T0101]: routes.base-town.capactiy: unknown key "
                   "'capactiy'. Did you "
                   "mean 'capacity'?"}));
  EXPECT_EQ(
      problems_of(replaced(small_text, "{place: town, ", "{place: town, colour: red, ")),
      (Lines{"test.yaml:17:23: error[T0101]: hubs.town.colour: unknown key 'colour'. Known keys: "
             "place, "
             "station, opens_after, built_from, beds, reception, engineers_double, supply, store, "
             "attacks."}));
  EXPECT_EQ(problems_of(replaced(small_text, "40 km", "{value: 40 km, sourec: x}")),
            (Lines{"test.yaml:35:28: error[T0101]: sectors.north.length.sourec: unknown key "
                   "'sourec'. Did you "
                   "mean 'source'?"}));
  EXPECT_EQ(
      problems_of(replaced(small_text, "40 km", "{value: 40 km, colour: x}")),
      (Lines{
          "test.yaml:35:28: error[T0101]: sectors.north.length.colour: unknown key 'colour'. Known "
          "keys: value, source, note, confidence."}));
}

TEST(Read, RefusesTheWrongShape) {
  EXPECT_EQ(problems_of(replaced(small_text, "{place: town, opens_after: 20 days, beds: 80 troops}",
                                 "nearby")),
            (Lines{"test.yaml:17:9: error[T0103]: hubs.town: 'nearby' stands where a section is "
                   "needed. Keys "
                   "of this section: place, station, opens_after, built_from, beds, reception, "
                   "engineers_double, supply, store, attacks."}));
  EXPECT_EQ(
      problems_of(replaced(small_text, "hubs: [town]", "hubs: town")),
      (Lines{"test.yaml:25:15: error[T0103]: contributors.coalition.pledges.monitors.hubs: 'town' "
             "is not "
             "a list. Write [town].",
             "test.yaml:25:15: error[T0306]: contributors.coalition.pledges.monitors.hubs: none of "
             "its "
             "hubs has the pledge's station, in-country. Name a hub of that station, or change "
             "station."}));
  EXPECT_EQ(problems_of(replaced(small_text, "sensors: {camera: 8}", "sensors: [camera]")),
            (Lines{"test.yaml:45:14: error[T0103]: cells.north-1.sensors: '[camera]' stands where "
                   "numbers by "
                   "name are needed. Write {name: number, ...}."}));
  EXPECT_EQ(problems_of(replaced(small_text, "places:\n", "places: [a]\nold_places:\n")).front(),
            "test.yaml:7:9: error[T0103]: places: '[a]' stands where names are needed. Write one "
            "entry per "
            "name, indented below.");
  EXPECT_EQ(problems_of(replaced(small_text, "  base: {at", "  9base: {at")).front(),
            "test.yaml:8:3: error[T0104]: places.9base: '9base' can't be a name. Names begin with "
            "a letter and "
            "hold letters, digits, _ and -, at most 64.");
}

// One pass tells everything, in the order of the reader, each with file, line and column.
TEST(Read, TellsAllProblemsAtOnce) {
  std::string text(small_text);
  text = replaced(text, "horizon: 12 months", "horizon: 12");
  text = replaced(text, "country: PL", "contry: PL");
  text = replaced(text, "capacity: 100 troops/day", "capacity: 100 troops");
  text = replaced(text, "beds: 80 troops", "beds: -80 troops");
  text = replaced(text, "hubs: [town]", "hubs: [twon]");
  text = replaced(text, "grade: grave", "grade: graev");
  text = replaced(text, "branching: 0.4", "branching: 1.4");
  text = replaced(text, "{fire: 0.4,", "{fire: 1.4,");
  text = replaced(text, "teams: 6", "teams: -6");
  text = replaced(text, "expires_after: 14 days", "expires_after: {uniform: [-1 days, 2 days]}");
  const Lines lines = problems_of(text);
  const Lines places_and_paths{
      "test.yaml:4:10: error[T0206]: horizon: ",
      "test.yaml:8:9: error[T0102]: places.base.country: 'country' is missing",
      "test.yaml:8:30: error[T0101]: places.base.contry: unknown key",
      "test.yaml:15:15: error[T0203]: routes.base-town.capacity: the unit",
      "test.yaml:17:51: error[T0204]: hubs.town.beds: ",
      "test.yaml:30:33: error[T0205]: incident_types.shelling.grade: ",
      "test.yaml:36:44: error[T0204]: sectors.north.incidents.branching: ",
      "test.yaml:39:41: error[T0204]: sensors.camera.detects.fire: ",
      "test.yaml:44:12: error[T0204]: cells.north-1.teams: ",
      "test.yaml:49:18: error[T0209]: verification.expires_after: ",
      "test.yaml:25:16: error[T0301]: contributors.coalition.pledges.monitors.hubs.0: there is no "
      "'twon' "
      "in "
      "hubs",
  };
  for (const auto& expected : places_and_paths) {
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
      return line.starts_with(expected);
    })) << expected;
  }
  EXPECT_EQ(lines.size(), places_and_paths.size());
}

TEST(Read, KeepsNothingOfWhatItRefuses) {
  EXPECT_EQ(
      problems_of(replaced(small_text, "truce: 1", "truce: 2")),
      (Lines{"test.yaml:1:8: error[T0204]: truce: '2' is out of range. Values between 1 and 1 are "
             "accepted."}));
  EXPECT_EQ(problems_of(replaced(small_text, "truce: 1", "truce: 01")).size(), 1U);
  EXPECT_EQ(problems_of(replaced(small_text, "contingents: 2", "contingents: 010")).size(), 1U);
}

}  // namespace
}  // namespace truce::scenario
