// SPDX-License-Identifier: Apache-2.0
// The line of contact in sectors, the kinds of incidents that happen there, and what deters them.
#pragma once

#include <optional>

#include "sim/scenario/terms.hpp"

namespace truce::scenario {

/// A kind of incident.
struct IncidentTypeSpec {
  double share = 1.0;
  double weight = 1.0;
  Grade grade = Grade::minor;
  Variate<Number> violations{1.0};
  std::optional<Days> evidence_half_life;
  double crisis = 0.0;
  Variate<Number> harm{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("share", self.share, needed | at_least(0),
          "Relative frequency among incidents; normalised over the types.");
    visit("weight", self.weight, optional | at_least(0),
          "How strongly it excites follow-ups, relative to other types; scaled to mean 1.");
    visit("grade", self.grade, needed, "How serious it is.");
    visit("violations", self.violations, optional | at_least(0),
          "Shots and explosions that a monitor would log for one incident: whole numbers; drawn "
          "per incident.");
    visit("evidence_half_life", self.evidence_half_life, optional | above(0),
          "Time in which the chance of attribution halves; evidence lasts if left out.");
    visit("crisis", self.crisis, optional | between(0, 1), "Chance that one starts a crisis.");
    visit("harm", self.harm, optional | at_least(0),
          "People killed or injured in one: whole numbers; drawn per incident.");
  }
};

struct SectorSpec;

/// How often incidents happen, and how they breed more: see sim/model/README.md.
struct IncidentsSpec {
  Variate<PerDay> rate;
  double branching = 0.0;
  PerDay decay{0.1};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("rate", self.rate, needed | at_least(0),
          "Baseline incidents a day, before any follow-ups; drawn once a replication.");
    visit("branching", self.branching, optional | from_up_to(0, 1),
          "Expected direct follow-ups of an incident within its sector.");
    visit(
        "decay", self.decay, optional | above(0),
        "Rate at which excitation fades in this sector; 1/decay is the mean delay of a follow-up.");
  }
};

/// A stretch of the line of contact.
struct SectorSpec {
  Coordinates from;
  Coordinates to;
  Kilometres length;
  std::optional<Kilometres> measured_at;
  IncidentsSpec incidents;
  Numbers<SectorSpec, double> spills_into;
  Numbers<IncidentTypeSpec, double> mix;
  Variate<Number> access_denied{0.0};
  std::string region;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("from", self.from, needed, "One end, [latitude, longitude].");
    visit("to", self.to, needed, "The other end.");
    visit("length", self.length, needed | above(0),
          "Length of the line in the sector, with its bends.");
    visit("measured_at", self.measured_at, optional | above(0),
          "Resolution at which the length was measured; for the record.");
    visit("incidents", self.incidents, needed, "The incident process.");
    visit("spills_into", self.spills_into, optional | at_least(0),
          "Expected direct follow-ups in other sectors of an incident here.");
    visit("mix", self.mix, optional | at_least(0),
          "Relative frequency of incident types here, instead of the general shares.");
    visit("access_denied", self.access_denied, optional | between(0, 1),
          "Chance that a team is turned back; drawn once a replication, then decided per attempt.");
    visit("region", self.region, optional,
          "Sectors of one region share the daily factor of the climate and the weather.");
  }
};

/// How troops of one function within reach lower the baseline of incidents.
struct DeterrenceSpec {
  double effect = 0.0;
  TroopsPerKm half_effect_at{1.0};
  Kilometres reach{1.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("effect", self.effect, needed | from_up_to(0, 1), "Largest reduction of the baseline.");
    visit("half_effect_at", self.half_effect_at, needed | above(0),
          "Troops per km of sector with half that reduction.");
    visit("reach", self.reach, needed | above(0),
          "Distance by road from hub to sector up to which its troops count.");
  }
};

}  // namespace truce::scenario
