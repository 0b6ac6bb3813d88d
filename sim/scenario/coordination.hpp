// SPDX-License-Identifier: Apache-2.0
// The standing coordination cell: its desks, its members and how they decide, and the ladder of
// answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/crisis.hpp"
#include "sim/scenario/politics.hpp"

namespace truce::scenario {

/// How the members' answers make a decision.
enum class DecisionRule : std::uint8_t { lead, all, majority, any };

/// A member of the coordination cell.
struct MemberSpec {
  std::string title;
  Variate<Days> response;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("title", self.title, optional, "Name for people.");
    visit("response", self.response, needed | at_least(0),
          "Time until it has made up its mind; drawn per decision.");
  }
};

/// The special commission for grave cases whose side is disputed.
struct CommissionSpec {
  Variate<Days> time;
  Variate<Number> attributes{0.0};

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("time", self.time, needed | at_least(0), "Time it takes; drawn per case.");
    visit("attributes", self.attributes, needed | between(0, 1),
          "Chance that it attributes the case to a side; drawn once a replication, decided per "
          "case.");
  }
};

/// A hand-over of the seat.
struct HandOverSpec {
  Moment at;
  Variate<Days> pause{0.0};
  std::string to;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("at", self.at, needed, "When: a date, or a time after the start.");
    visit("pause", self.pause, needed | at_least(0),
          "Time for which no desk begins a case and nothing is decided; drawn once a replication.");
    visit("to", self.to, optional, "Where the seat moves, for the record.");
  }
};

/// A rung of the ladder of answers to grave cases.
struct AnswerSpec {
  std::string title;
  Days within{1.0};
  Variate<Days> delay{0.0};
  std::vector<Ref<FactSpec>> needs;
  Troops troops{0.0};
  Variate<Days> detached{0.0};
  bool needs_attribution = false;
  Variate<Number> removes{0.0};
  Effects effects;
  std::optional<Variate<Days>> lasts;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("title", self.title, optional, "Name for people.");
    visit("within", self.within, needed | above(0),
          "Limit, counted from detection; an answer that would come later is missed.");
    visit("delay", self.delay, needed | at_least(0),
          "Time from the decision until the answer is given; drawn per case.");
    visit("needs", self.needs, optional, "Facts without which it is missed.");
    visit(
        "troops", self.troops, optional | at_least(0),
        "Quick reaction detachment: reassurance troops it takes from the in-country hub nearest to "
        "the place that has so many; missed if none has.");
    visit("detached", self.detached, optional | at_least(0),
          "How long the detachment is away; drawn per case.");
    visit("needs_attribution", self.needs_attribution, optional,
          "Whether it can be given only if the case is attributed to a side.");
    visit("removes", self.removes, optional | between(0, 1),
          "Share of the incident's follow-ups still to come that it removes; drawn once a "
          "replication, decided per follow-up.");
    visit("effects", self.effects, optional, "What it changes while it lasts.");
    visit("lasts", self.lasts, optional | above(0),
          "How long its effects last; for good if left out. Drawn per answer.");
  }
};

struct CoordinationSpec {
  std::int64_t desks = 1;
  Variate<Days> work{0.0};
  Variate<Days> ready_after{0.0};
  Table<MemberSpec> members;
  std::optional<Ref<MemberSpec>> lead;
  DecisionRule decision_rule = DecisionRule::lead;
  double deputy_slower = 2.0;
  std::optional<CommissionSpec> commission;
  std::optional<HandOverSpec> hand_over;
  Table<AnswerSpec> answers;

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit) {
    visit("desks", self.desks, needed | between(1, 10000), "Cases handled at a time.");
    visit("work", self.work, needed | at_least(0), "Time a case takes at a desk; drawn per case.");
    visit("ready_after", self.ready_after, optional | at_least(0),
          "Time from the ceasefire until the desks work; drawn once a replication.");
    visit("members", self.members, optional,
          "Who decides on grave cases and crises; without members they end at a desk.");
    visit("lead", self.lead, optional, "The lead nation's member; the first if left out.");
    visit("decision_rule", self.decision_rule, optional,
          "lead: when the lead answers; all: the last; majority: more than half; any: the first.");
    visit("deputy_slower", self.deputy_slower, optional | at_least(1),
          "Factor on the lead's response while it is out and a deputy answers.");
    visit("commission", self.commission, optional,
          "Special commission for grave cases whose side is disputed.");
    visit("hand_over", self.hand_over, optional, "Hand-over of the seat.");
    visit("answers", self.answers, optional, "The ladder of answers, lowest rung first.");
  }
};

}  // namespace truce::scenario

namespace truce {
template <>
struct EnumNames<scenario::DecisionRule> {
  static constexpr std::array<std::string_view, 4> names{"lead", "all", "majority", "any"};
};
}  // namespace truce
