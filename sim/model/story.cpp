// SPDX-License-Identifier: Apache-2.0
#include "sim/model/story.hpp"

#include "sim/core/text.hpp"

#include "sim/model/aftermath.hpp"
#include "sim/model/world.hpp"

namespace truce::model {
namespace {

std::string troops(double n) {
  return readable(n, 6) + " troops";
}

/// Puts one event into words; one line for each kind.
class Teller {
 public:
  Teller(const scenario::Scenario& scenario, const Theatre& theatre, const World& world)
      : s_(scenario), t_(theatre), w_(world) {}

  Telling operator()(const CeasefireTakesEffect&) const {
    return tale("", "the ceasefire takes effect", "ceasefire.takes_effect");
  }
  Telling operator()(const ApprovalIsDecided& e) const {
    const auto& names = pledge_spec(e.pledge).conditions.approvals;
    const auto approval = Id<scenario::ApprovalSpec>{e.approval};
    return tale(pledge(e.pledge), names.name(approval) + " decides", "its delay is over");
  }
  Telling operator()(const UnitSetsOut& e) const {
    return tale(unit(e.unit), "sets out: " + size(e.unit), "its notice to move is over");
  }
  Telling operator()(const UnitArrives& e) const {
    return tale(unit(e.unit), "comes to the end of a leg", "its travel time is over");
  }
  Telling operator()(const HubOpens& e) const {
    return tale(hub(e.hub), "opens", "its building time is over");
  }
  Telling operator()(const ReceptionEnds& e) const {
    return tale(hub(e.hub), "has received " + received(e.hub),
                "the reception takes its size over its rate");
  }
  Telling operator()(const ReliefIsDue& e) const {
    return tale(slot(e.slot), "relief is due to set out",
                "it should arrive at the end of the tour");
  }
  Telling operator()(const TourEnds& e) const {
    return tale(slot(e.slot), "the tour ends", "the tour drawn on arrival is over");
  }
  Telling operator()(const ExtensionEnds& e) const {
    return tale(slot(e.slot), "leaves without relief", "the tour can't be stretched further");
  }
  Telling operator()(const DwellEnds& e) const {
    return tale(unit(e.unit), "is rested", "its dwell is over");
  }
  Telling operator()(const UnitWithdraws& e) const {
    return tale(slot(e.slot), "goes home for good", "its pledge was withdrawn or evacuated");
  }
  Telling operator()(const IncidentOccurs& e) const {
    return tale(sector(e.sector), "an incident", "the baseline");
  }
  Telling operator()(const FollowUpOccurs& e) const {
    return tale(sector(e.sector), "a follow-up incident", "an earlier incident bred it");
  }
  Telling operator()(const FalseAllegation&) const {
    return tale("", "a side alleges what did not happen", "allegations.false_rate");
  }
  Telling operator()(const CellIsReady& e) const {
    return tale(cell(e.cell), "starts to work",
                "it was set up after its hub opened or the ceasefire");
  }
  Telling operator()(const SensorFails& e) const {
    return tale(cell(e.cell),
                "unit " + std::to_string(e.unit + 1) + " of " + sensor(e.cell, e.sensor) + " fails",
                "its time to failure is over");
  }
  Telling operator()(const SensorIsMended& e) const {
    return tale(
        cell(e.cell),
        "unit " + std::to_string(e.unit + 1) + " of " + sensor(e.cell, e.sensor) + " works again",
        "its time to repair is over");
  }
  Telling operator()(const CaseOpens& e) const {
    const Case& c = w_.incident(e.incident);
    return tale(sector(c.sector), "a case opens: " + type(c.type) + ", " + grade(c),
                c.false_claim ? "a false allegation"
                : c.alleged   ? "an allegation"
                              : "a sensor saw it");
  }
  Telling operator()(const CaseExpires& e) const {
    return about(e.incident, "the case is closed unverified", "no team began it in time");
  }
  Telling operator()(const TeamArrives& e) const {
    return about(e.incident, "a team of " + cell_of(e.incident) + " is at the place",
                 "its travel is over");
  }
  Telling operator()(const VerificationEnds& e) const {
    return about(e.incident, "verified by " + cell_of(e.incident), "the work on it is done");
  }
  Telling operator()(const TeamReturns& e) const {
    return tale(cell(e.cell), "a team is back", "its way home is over");
  }
  Telling operator()(const CaseQueuesAgain& e) const {
    return about(e.incident, "the case queues again", "a team was turned back before");
  }
  Telling operator()(const DesksOpen&) const {
    return tale("coordination", "the desks open", "coordination.ready_after is over");
  }
  Telling operator()(const DeskFinishes& e) const {
    return about(e.incident, "a desk has handled the case", "the work at the desk is done");
  }
  Telling operator()(const SeatIsHandedOver&) const {
    return tale("coordination", "the seat is handed over", "coordination.hand_over");
  }
  Telling operator()(const SeatIsReady&) const {
    return tale("coordination", "the new seat works", "the pause of the hand-over is over");
  }
  Telling operator()(const CaseIsDecided& e) const {
    return about(e.incident, "the members have decided", "coordination.decision_rule");
  }
  Telling operator()(const AnswerIsGiven& e) const {
    const Case& c = w_.incident(e.incident);
    return about(e.incident, "answer: " + s_.coordination->answers.name(c.answer),
                 "the lowest rung that can be given in time");
  }
  Telling operator()(const HubIsAttacked& e) const {
    return tale(hub(e.hub), "is attacked", "hubs." + hub(e.hub) + ".attacks.rate");
  }
  Telling operator()(const HubIsRepaired& e) const {
    return tale(hub(e.hub), "is in action again", "the repair is over");
  }
  Telling operator()(const ConvoyArrives& e) const {
    return tale(hub(e.hub), "a convoy is due", "convoys come at intervals");
  }
  Telling operator()(const LayerIsTriggered& e) const {
    return tale(layer(e.layer), "is triggered", "its date has come");
  }
  Telling operator()(const LayerActivates& e) const {
    return tale(layer(e.layer), "becomes active", "its trigger came and its delay is over");
  }
  Telling operator()(const LayerEnds& e) const {
    return tale(layer(e.layer), "goes dormant", "it lasts so long");
  }
  Telling operator()(const ShockStrikes& e) const {
    return tale(s_.shocks.name(e.shock), "its moment has come",
                dated(e.shock) ? "its date has come" : "its time was drawn");
  }
  Telling operator()(const ShockPasses& e) const {
    return tale(s_.shocks.name(e.shock), "passes", "it lasts so long");
  }
  Telling operator()(const EffectsEnd&) const {
    return tale("", "effects of a layer, shock or answer end", "they last so long");
  }
  Telling operator()(const RegimeChanges&) const {
    return tale("climate", "political will is no longer " + s_.climate->regimes.name(w_.regime()),
                "the stay in the regime is over");
  }
  Telling operator()(const CrisisIsDecided& e) const {
    return tale(sector(e.sector), "the members have decided on the crisis",
                "coordination.decision_rule");
  }
  Telling operator()(const PatienceEnds& e) const {
    return tale(sector(e.sector), "patience with the crisis ends", "crisis.patience");
  }
  Telling operator()(const BreakdownEnds& e) const {
    return tale(sector(e.sector), "the breakdown ends", "crisis.breakdown_lasts");
  }
  Telling operator()(const CeasefireIsRestored&) const {
    return tale("", "the ceasefire is restored", "crisis.restoration");
  }
  Telling operator()(const DetachmentReturns& e) const {
    return tale(hub(e.hub), "a detachment of " + troops(e.troops) + " is back",
                "it was away for an answer");
  }
  Telling operator()(const MilestoneComes& e) const {
    return tale("", "day " + std::to_string(milestones[e.milestone]) + " after the ceasefire",
                "a look at the deployment");
  }
  Telling operator()(const DayEnds&) const { return tale("", "a day ends", "the timeline"); }

 private:
  static Telling tale(std::string entity, std::string what, std::string why) {
    Telling telling;
    telling.entity = std::move(entity);
    telling.what = std::move(what);
    telling.why = std::move(why);
    return telling;
  }
  Telling about(CaseId id, std::string what, std::string why) const {
    const Case& c = w_.incident(id);
    return tale(
        sector(c.sector),
        type(c.type) + " of day " + readable(in_days(c.occurred), 6) + ": " + std::move(what),
        std::move(why));
  }
  const scenario::PledgeSpec& pledge_spec(PledgeId id) const {
    const PledgePlan& plan = t_.pledges[id];
    const auto& pledges = s_.contributors[plan.contributor].pledges;
    return pledges[pledges.find(plan.name.substr(plan.name.find('.') + 1))];
  }
  std::string pledge(PledgeId id) const { return t_.pledges[id].name; }
  std::string unit(UnitId id) const {
    return pledge(w_.pledges().pledge_of(id)) + " unit " +
           std::to_string(w_.pledges().number_of(id) + 1);
  }
  bool dated(ShockId id) const {
    const auto& at = t_.shocks[id].at;
    return at && at->kind == scenario::Moment::Kind::date;
  }
  std::string received(HubId id) const {
    const UnitId by = w_.pledges().receiving(id);
    return unit(by) + ", " + size(by);
  }
  std::string slot(SlotId id) const { return pledge(w_.pledges().pledge_of(id)); }
  std::string size(UnitId id) const { return troops(w_.pledges().size_of(id)); }
  std::string hub(HubId id) const { return s_.hubs.name(id); }
  std::string sector(SectorId id) const { return s_.sectors.name(id); }
  std::string type(TypeId id) const { return s_.incident_types.name(id); }
  std::string cell(CellId id) const { return s_.cells.name(id); }
  std::string layer(LayerId id) const { return s_.layers.name(id); }
  std::string sensor(CellId id, std::uint32_t index) const {
    return s_.sensors.name(t_.cells[id].sensors[index].kind);
  }
  std::string cell_of(CaseId id) const {
    const CellId by = w_.incident(id).cell;
    return by ? cell(by) : "nobody";
  }
  static std::string grade(const Case& c) { return std::string(name_of(c.grade)); }

  const scenario::Scenario& s_;
  const Theatre& t_;
  const World& w_;
};

template <class Kind, class... Kinds>
constexpr bool is_one_of = (std::is_same_v<Kind, Kinds> || ...);

/// What there are thousands of.
template <class Kind>
constexpr Weight weight_of =
    is_one_of<Kind, IncidentOccurs, FollowUpOccurs, FalseAllegation, SensorFails, SensorIsMended,
              CaseOpens, CaseExpires, TeamArrives, VerificationEnds, TeamReturns, CaseQueuesAgain,
              DeskFinishes, CaseIsDecided, AnswerIsGiven, ConvoyArrives, EffectsEnd,
              DetachmentReturns, DayEnds>
        ? Weight::routine
        : Weight::notable;

/// Handles each event as the world does, and tells it.
class Narrator {
 public:
  Narrator(const scenario::Scenario& scenario, const Theatre& theatre, World& world,
           const std::function<void(const Telling&)>& listener)
      : scenario_(scenario),
        world_(world),
        teller_(scenario, theatre, world),
        listener_(listener) {}

  void now(Time time) {
    now_ = time;
    world_.now(time);
  }
  template <class Kind>
  void on(const Kind& event) {
    Telling telling = teller_(event);
    const Aftermath aftermath(scenario_, world_);
    const double crises = world_.crisis().crises();
    const double defused = world_.crisis().defused();
    const double breakdowns = world_.crisis().breakdowns();
    world_.on(event);
    telling.time = now_;
    telling.kind = Kind::name;
    telling.result = aftermath.of(Event{event});
    const Crisis& crisis = world_.crisis();
    telling.weight = weight_of<Kind>;
    if (crisis.crises() > crises) telling.weight = Weight::notable;
    if (is_one_of<Kind, PatienceEnds, CrisisIsDecided> && crisis.crises() == crises &&
        crisis.defused() == defused && crisis.breakdowns() == breakdowns) {
      telling.weight = Weight::routine;  // it was over before
    }
    // Dates of tours that a withdrawal has ended.
    if constexpr (is_one_of<Kind, TourEnds, ReliefIsDue>) {
      const Pledges& pledges = world_.pledges();
      if (pledges.withdrawn(pledges.pledge_of(event.slot))) telling.weight = Weight::routine;
    }
    listener_(telling);
  }

 private:
  const scenario::Scenario& scenario_;
  World& world_;
  Teller teller_;
  const std::function<void(const Telling&)>& listener_;
  Time now_ = start_of_time;
};

}  // namespace

std::vector<std::string> event_kinds() {
  const auto& names = engine::KindsOf<Event>::names;
  return {names.begin(), names.end()};
}

Replication tell(const scenario::Scenario& scenario, const Theatre& theatre,
                 random::ReplicationKey key, const std::function<void(const Telling&)>& listener,
                 const engine::Limits& limits) {
  World world(scenario, theatre, key);
  world.start();
  Narrator narrator(scenario, theatre, world, listener);
  const auto result = engine::run(narrator, world.calendar(), theatre.horizon, limits);
  return world.report(result.events);
}

}  // namespace truce::model
