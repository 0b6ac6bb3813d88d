// SPDX-License-Identifier: Apache-2.0
// A scenario: a ceasefire and the deployment meant to watch over it, as validated values.
#pragma once

#include <optional>
#include <string>

#include "sim/scenario/coordination.hpp"
#include "sim/scenario/costs.hpp"
#include "sim/scenario/crisis.hpp"
#include "sim/scenario/geography.hpp"
#include "sim/scenario/hubs.hpp"
#include "sim/scenario/monitoring.hpp"
#include "sim/scenario/parameters.hpp"
#include "sim/scenario/pledges.hpp"
#include "sim/scenario/politics.hpp"
#include "sim/scenario/sectors.hpp"
#include "sim/scenario/terms.hpp"

namespace truce::scenario {

struct CeasefireSpec {
  Moment takes_effect;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("takes_effect", self.takes_effect, needed,
          "A date, a time after the start (possibly a distribution, drawn once a replication), or "
          "never.");
  }
};

/// What must hold at one time for the deployment to count as capable.
struct CapabilitySpec {
  Troops troops{0.0};
  double teams = 0.0;
  double coverage = 0.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("troops", self.troops, optional | at_least(0), "Troops in place, all functions.");
    visit("teams", self.teams, optional | between(0, 1), "Share of the cells' teams at work.");
    visit("coverage", self.coverage, optional | between(0, 1),
          "Share of the line under a working sensor.");
  }
};

struct CapabilitiesSpec {
  CapabilitySpec initial;
  CapabilitySpec full;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("initial", self.initial, needed, "Initial operating capability.");
    visit("full", self.full, needed, "Full operating capability.");
  }
};

/// How often and with which luck it is played, unless the command line says otherwise.
struct ExperimentSpec {
  std::int64_t replications = 1000;
  std::int64_t seed = 1;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("replications", self.replications, optional | between(1, 1e9), "Times it is played.");
    visit("seed", self.seed, optional | between(0, 9e15), "Seed of all chance.");
  }
};

struct Scenario {
  std::int64_t truce = 1;
  std::string name;
  std::string summary;
  Date start{};
  CalendarSpan horizon;
  Table<ParameterSpec> parameters;
  std::vector<CorrelationSpec> correlations;
  CeasefireSpec ceasefire;
  Table<FactSpec> facts;
  Table<PlaceSpec> places;
  Table<LegSpec> routes;
  Table<ContributorSpec> contributors;
  Table<HubSpec> hubs;
  Table<IncidentTypeSpec> incident_types;
  Table<SectorSpec> sectors;
  Table<DeterrenceSpec> deterrence;
  std::optional<ClimateSpec> climate;
  std::optional<CrisisSpec> crisis;
  Table<SensorSpec> sensors;
  Table<CellSpec> cells;
  std::optional<EnvironmentSpec> environment;
  std::optional<AllegationsSpec> allegations;
  std::optional<VerificationSpec> verification;
  std::optional<CoordinationSpec> coordination;
  Table<LayerSpec> layers;
  Table<ShockSpec> shocks;
  std::optional<CostsSpec> costs;
  std::optional<CapabilitiesSpec> capability;
  Table<VariationSpec> variations;
  std::optional<LintSpec> lint;
  ExperimentSpec experiment;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("truce", self.truce, needed | between(1, 1), "Version of the scenario format.");
    visit("name", self.name, needed, "Short name of the scenario.");
    visit("summary", self.summary, optional, "What it is about, in a sentence or two.");
    visit("start", self.start, needed, "Date on which simulated time begins.");
    visit("horizon", self.horizon, needed | above(0),
          "How long is simulated; months and years are those of the calendar.");
    visit("parameters", self.parameters, optional,
          "Named values that stand elsewhere as $name; drawn once a replication.");
    visit("correlations", self.correlations, optional, "Which of them go together.");
    visit("ceasefire", self.ceasefire, needed, "When the ceasefire takes effect.");
    visit("facts", self.facts, optional, "Political facts that hold or not in a replication.");
    visit("places", self.places, optional, "Garrisons, ports, crossings and cities.");
    visit("routes", self.routes, optional, "Legs between places, by name.");
    visit("contributors", self.contributors, optional, "Countries and their pledges.");
    visit("hubs", self.hubs, optional, "Military hubs.");
    visit("incident_types", self.incident_types, needed, "Kinds of incidents.");
    visit("sectors", self.sectors, needed, "The line of contact.");
    visit("deterrence", self.deterrence, optional, "Effect of troops within reach, by function.");
    visit("climate", self.climate, optional, "The will of the parties, day by day.");
    visit("crisis", self.crisis, optional,
          "How incidents become crises, breakdowns, collapse; none of it if left out.");
    visit("sensors", self.sensors, optional, "Kinds of sensors.");
    visit("cells", self.cells, optional, "Monitoring cells.");
    visit("environment", self.environment, optional, "What hinders sensors.");
    visit("allegations", self.allegations, optional, "What the parties say.");
    visit("verification", self.verification, optional,
          "How cases are verified; needed if there are cells.");
    visit("coordination", self.coordination, optional,
          "The coordination cell; verified cases end without it.");
    visit("layers", self.layers, optional, "Layers of the security assurances.");
    visit("shocks", self.shocks, optional, "Political events.");
    visit("costs", self.costs, optional, "What it costs.");
    visit("capability", self.capability, optional, "When the deployment counts as capable.");
    visit("variations", self.variations, optional, "What-ifs, by name: --variation NAME.");
    visit("lint", self.lint, optional, "Warnings that are not told.");
    visit("experiment", self.experiment, optional, "Replications and seed.");
  }
};

}  // namespace truce::scenario
