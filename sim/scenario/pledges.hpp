// SPDX-License-Identifier: Apache-2.0
// Who pledges which troops, on which conditions, and how they rotate.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/hubs.hpp"
#include "sim/scenario/politics.hpp"

namespace truce::scenario {

/// Another pledge, named "contributor.pledge".
struct PledgeRef {
  std::string name;
};

/// A domestic decision that the pledge waits for. A refusal ends the pledge.
struct ApprovalSpec {
  Variate<Number> probability{1.0};
  Variate<Days> delay{0.0};
  Reference from = Reference::ceasefire;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("probability", self.probability, needed | between(0, 1),
          "Chance that the approval is given; drawn once a replication, then decided.");
    visit("delay", self.delay, optional | at_least(0),
          "Time until the decision; drawn once a replication.");
    visit("from", self.from, optional, "What the delay counts from.");
  }
};

/// Another pledge that must be in place first.
struct PrecedenceSpec {
  PledgeRef pledge;
  double share = 1.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("pledge", self.pledge, needed, "The other pledge, as contributor.pledge.");
    visit("share", self.share, optional | between(0, 1),
          "Share of that pledge's contingents that must have arrived.");
  }
};

/// What must hold before a pledge starts to mobilise. Conditions run side by side.
struct ConditionsSpec {
  bool ceasefire = true;
  std::vector<Ref<FactSpec>> facts;
  Table<ApprovalSpec> approvals;
  Table<PrecedenceSpec> after;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("ceasefire", self.ceasefire, optional, "Whether the ceasefire must be in effect.");
    visit("facts", self.facts, optional, "Facts without which the pledge is void.");
    visit("approvals", self.approvals, optional,
          "Domestic decisions, by name; pledges of one contributor that name the same share it.");
    visit("after", self.after, optional, "Other pledges that must be in place first.");
  }
};

/// Troops for one function, from one place, to one or more hubs.
struct PledgeSpec {
  Function function = Function::reassurance;
  Station station = Station::in_country;
  Variate<Troops> troops;
  Variate<Number> delivered{1.0};
  Ref<PlaceSpec> from;
  std::vector<Ref<HubSpec>> hubs;
  std::vector<Ref<LegSpec>> route;
  ConditionsSpec conditions;
  std::int64_t contingents = 1;
  Variate<Days> notice_to_move{0.0};
  std::optional<Variate<Days>> tour;
  Variate<Days> tour_extension{0.0};
  Variate<Days> dwell{0.0};
  double pool = 1.0;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("function", self.function, needed, "What the troops are for.");
    visit("station", self.station, optional,
          "Which of its hubs the pledge uses: those of this station.");
    visit("troops", self.troops, needed | at_least(0),
          "Troops pledged to be in place at a time; drawn once a replication.");
    visit("delivered", self.delivered, optional | between(0, 1),
          "Share of the pledge that is really sent; drawn once a replication.");
    visit("from", self.from, needed, "Place where the troops set out.");
    visit("hubs", self.hubs, needed,
          "Hubs they may go to; contingents are dealt out over those of the pledge's station.");
    visit("route", self.route, optional,
          "Legs in order, to use instead of the fastest route; only with a single hub.");
    visit("conditions", self.conditions, optional, "What must hold before mobilisation starts.");
    visit("contingents", self.contingents, optional | between(1, 1000),
          "Parts that move and rotate as one.");
    visit("notice_to_move", self.notice_to_move, optional | at_least(0),
          "Time from the conditions being met to setting out; drawn per contingent.");
    visit("tour", self.tour, optional | above(0),
          "Time in place before relief is due; drawn per tour. Without it troops stay.");
    visit("tour_extension", self.tour_extension, optional | at_least(0),
          "How long a tour may be stretched when relief is late; drawn per tour. Then the place "
          "stays empty.");
    visit("dwell", self.dwell, optional | at_least(0),
          "Time from leaving the hub until ready to deploy again, journey home included; drawn "
          "per tour.");
    visit("pool", self.pool, optional | between(1, 100),
          "Contingents in the rotation pool for each one in place.");
  }
};

/// A country or organisation, and what it has said in public.
struct ContributorSpec {
  std::string title;
  std::string position;
  Table<PledgeSpec> pledges;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("title", self.title, optional, "Name for people.");
    visit("position", self.position, optional, "Publicly stated position, in a sentence.");
    visit("pledges", self.pledges, optional, "Its pledges, by name; none if it sends no troops.");
  }
};

}  // namespace truce::scenario
