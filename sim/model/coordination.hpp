// SPDX-License-Identifier: Apache-2.0
// The coordination cell: desks, decisions, answers.
//
// Verified cases wait for its desks, grave before serious before minor, then first come. Minor and
// serious cases end at a desk. Grave ones need a decision of the members: each answers after its
// time, and the rule makes the decision's time of them (lead: the lead's, or a deputy's, slower,
// while the lead is out; all: the last; majority: of more than half; any: the first; members that
// are out do not count). If the side is disputed, a special commission sits first. Then comes the
// ladder: the lowest rung that can be given within its limit, with the facts, attribution and
// troops that it needs, is given; each rung before it is missed. While the seat is handed over, no
// desk begins a case and deliberation rests.
#pragma once

#include "sim/model/cases.hpp"
#include "sim/model/level.hpp"
#include "sim/model/outcome.hpp"
#include "sim/model/stage.hpp"
#include "sim/model/tally.hpp"

namespace truce::model {

class Coordination {
 public:
  Coordination(Stage& stage, Cases& cases);

  void start();
  void on(const CeasefireTakesEffect&);
  void on(const DesksOpen&);
  void on(const SeatIsHandedOver&);
  void on(const SeatIsReady&);
  /// A verified case joins the line.
  void take(CaseId id);
  /// Whether the case is over; else it waits for a decision.
  bool on(const DeskFinishes&);
  /// Whether the case is over; else an answer is on its way. `troops`: most reassurance troops at
  /// one in-country hub.
  bool on(const CaseIsDecided&, double troops);
  /// Whether the rung can be given with so many troops; if not it is missed, and the next rung is
  /// on its way or the case is over.
  enum class Given : std::uint8_t { yes, missed, over };
  Given on(const AnswerIsGiven&, double troops);

  void desks_changed();
  void set_out(MemberId member, bool out);
  /// Whether there are members who decide.
  bool decides() const {
    return stage_.theatre.coordination && !stage_.theatre.coordination->members.empty();
  }
  /// When the members decide on what is put before them at `asked`, now or later.
  Time decision(std::uint64_t occurrence, Time asked) const;

  /// The share of an incident's follow-ups still to come that an answer removes.
  double removes(AnswerId answer) const { return removes_[answer]; }

  double answers() const { return answers_.count(); }
  double queue() const { return queue_.current(); }
  void begin();
  void report(Outcome& outcome, Time until) const;

 private:
  void serve();
  bool deputy_decides() const;
  double desks() const;
  Time deliberated(Time asked, double days) const;
  double response(MemberId member, std::uint64_t occurrence) const;
  /// Puts the lowest rung from `from` on its way; whether there is one.
  bool climb(CaseId id, std::size_t from, double troops);
  bool feasible(const Case& incident, const AnswerPlan& rung, double troops) const;

  Stage& stage_;
  Cases& cases_;
  CaseLine line_;
  bool open_ = false;
  bool paused_ = false;
  Time pause_begins_ = never;
  Time pause_ends_ = never;
  IdVector<scenario::MemberSpec, int> out_;  ///< how many shocks keep it out
  Level busy_;
  Level desks_;
  Level queue_;
  DelayTally waits_;                           ///< verification to desk
  DelayTally delays_{DelayTally::Keep::all};   ///< incident to the end of handling
  DelayTally answers_{DelayTally::Keep::all};  ///< incident to answer
  double decided_ = 0.0;
  double decision_delay_ = 0.0;  ///< desk to decision
  double disputed_ = 0.0;
  double deputised_ = 0.0;
  double unanswered_ = 0.0;
  By<scenario::AnswerSpec> removes_;
  By<scenario::AnswerSpec> given_;
  By<scenario::AnswerSpec> late_;
  By<scenario::AnswerSpec> without_means_;
};

}  // namespace truce::model
