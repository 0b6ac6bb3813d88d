// SPDX-License-Identifier: Apache-2.0
#include "sim/model/aftermath.hpp"

#include "sim/core/text.hpp"

namespace truce::model {
namespace {

/// Finds the words, one line for each kind that leaves something to be told.
class Finder {
 public:
  Finder(const scenario::Scenario& scenario, const World& world) : s_(scenario), w_(world) {}

  template <class Kind>
  std::string operator()(const Kind&) const {
    return {};
  }
  std::string operator()(const ApprovalIsDecided& e) const {
    if (w_.pledges().refused(e.pledge)) return "the pledge is refused";
    if (w_.pledges().void_of_fact(e.pledge))
      return "no matter, a fact that the pledge needs does not hold";
    return w_.pledges().withdrawn(e.pledge) ? "the pledge is withdrawn by now"
           : w_.pledges().waiting(e.pledge) ? "granted, other conditions are open"
                                            : "granted, the pledge is mobilised";
  }
  std::string operator()(const IncidentOccurs&) const { return incident(); }
  std::string operator()(const FollowUpOccurs&) const { return incident(); }
  std::string operator()(const UnitSetsOut& e) const {
    return w_.pledges().withdrawn(w_.pledges().pledge_of(e.unit)) ? "no, its pledge is withdrawn"
                                                                  : "";
  }
  std::string operator()(const ReliefIsDue& e) const {
    if (w_.pledges().withdrawn(w_.pledges().pledge_of(e.slot))) {
      return "none, the pledge is withdrawn";
    }
    return w_.pledges().waits_for_relief(e.slot) ? "nobody is rested yet"
                                                 : "a rested contingent sets out";
  }
  std::string operator()(const DwellEnds& e) const {
    return w_.pledges().has_slot(e.unit) ? "sets out at once, relief is overdue" : "";
  }
  std::string operator()(const TourEnds& e) const {
    if (w_.pledges().withdrawn(w_.pledges().pledge_of(e.slot))) return "the pledge is withdrawn";
    if (!w_.pledges().filled(e.slot)) return "leaves without relief";
    return w_.pledges().overdue(e.slot) ? "stays on, no relief is there" : "relieved";
  }
  std::string operator()(const TeamArrives& e) const {
    const CaseState state = w_.incident(e.incident).state;
    if (state == CaseState::begun) return "let through";
    return state == CaseState::away ? "turned back" : "turned back, the case is given up";
  }
  std::string operator()(const VerificationEnds& e) const {
    const Case& c = w_.incident(e.incident);
    if (c.false_claim) return "it did not happen";
    return c.attribution > 0 ? "attributed to a side" : "no side can be named";
  }
  std::string operator()(const DeskFinishes& e) const {
    return closed(e.incident) ? "closed" : "put before the members";
  }
  std::string operator()(const CaseIsDecided& e) const {
    if (closed(e.incident)) return "no answer can be given";
    return "on its way: " + s_.coordination->answers.name(w_.incident(e.incident).answer);
  }
  std::string operator()(const CeasefireTakesEffect&) const {
    std::vector<std::string> facts;
    for (const auto id : s_.facts.ids()) {
      if (w_.facts().holds(id)) facts.push_back(s_.facts.name(id));
    }
    std::string text;
    if (!s_.facts.empty()) {
      text = facts.empty() ? "no fact holds" : "facts that hold: " + join(facts, ", ");
    }
    if (!s_.climate) return text;
    return text + (text.empty() ? "" : "; ") + "political will is " +
           s_.climate->regimes.name(w_.regime());
  }
  std::string operator()(const RegimeChanges&) const {
    return "to " + s_.climate->regimes.name(w_.regime());
  }

 private:
  bool closed(CaseId id) const { return w_.incident(id).state == CaseState::closed; }
  std::string incident() const {
    const auto& last = w_.last_incident();
    if (!last.incident) return "prevented by an answer";
    const Case& c = *last.incident;
    std::string text = s_.incident_types.name(c.type) + ", " + std::string(name_of(c.grade));
    if (!last.case_opens) return text + ", seen by nobody";
    const double hours = 24.0 * in_days(*last.case_opens - c.occurred);
    return text + (c.alleged ? ", will be alleged after " : ", will be reported after ") +
           readable(hours, 3) + " h";
  }

  const scenario::Scenario& s_;
  const World& w_;
};

}  // namespace

Aftermath::Aftermath(const scenario::Scenario& scenario, const World& world)
    : scenario_(scenario),
      world_(world),
      answers_(world.coordination().answers()),
      strikes_(world.shocks().strikes()),
      brought_(world.services().tonnes_brought()),
      known_(world.crisis().known()),
      crises_(world.crisis().crises()),
      defused_(world.crisis().defused()),
      breakdowns_(world.crisis().breakdowns()),
      collapses_(world.crisis().collapses()),
      in_force_(world.crisis().in_force()) {}

std::string Aftermath::of(const Event& event) const {
  std::vector<std::string> parts;
  const std::string own = std::visit(Finder(scenario_, world_), event);
  if (!own.empty()) parts.push_back(own);
  if (std::holds_alternative<ShockStrikes>(event)) {
    parts.emplace_back(world_.shocks().strikes() > strikes_ ? "it comes" : "it does not come");
  }
  if (std::holds_alternative<AnswerIsGiven>(event)) {
    parts.emplace_back(world_.coordination().answers() > answers_ ? "given"
                                                                  : "missed for want of troops");
  }
  if (std::holds_alternative<ConvoyArrives>(event)) {
    parts.push_back("brings " + readable(world_.services().tonnes_brought() - brought_, 3) + " t");
  }
  const Crisis& crisis = world_.crisis();
  const bool decides =
      std::holds_alternative<CrisisIsDecided>(event) || std::holds_alternative<PatienceEnds>(event);
  if (crisis.crises() > crises_) parts.emplace_back("a crisis begins");
  if (crisis.known() > known_) parts.emplace_back("the crisis is known from now on");
  if (crisis.defused() > defused_) parts.emplace_back("the crisis is defused");
  if (crisis.breakdowns() > breakdowns_) {
    if (const auto* patience = std::get_if<PatienceEnds>(&event)) {
      parts.emplace_back(crisis.is_known(patience->sector) ? "no decision has come in time"
                                                           : "nobody knew of it");
    }
    parts.emplace_back(std::holds_alternative<CrisisIsDecided>(event)
                           ? "they can't defuse it, the ceasefire breaks down here"
                           : "the ceasefire breaks down here");
  }
  if (std::holds_alternative<BreakdownEnds>(event) && crisis.in_force() == in_force_) {
    parts.emplace_back("it was over before");
  }
  if (crisis.collapses() > collapses_) {
    parts.emplace_back(crisis.is_final() ? "it collapses for good" : "it collapses");
  }
  if (decides && crisis.defused() == defused_ && crisis.breakdowns() == breakdowns_) {
    parts.emplace_back("the crisis was over before");
  }
  if (world_.over()) parts.emplace_back("the replication ends");
  return join(parts, ", ");
}

}  // namespace truce::model
