// SPDX-License-Identifier: Apache-2.0
// What one replication of a scenario leads to. Each outcome is described once: name, unit,
// whether it is a measure or a yes-or-no, and how it is read; every table follows from that line.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/core/time.hpp"

#include "sim/scenario/scenario.hpp"

namespace truce::model {

/// An outcome that a replication does not have (a day that never came, a mean of nothing).
inline constexpr double absent = std::numeric_limits<double>::quiet_NaN();

/// How an outcome is summarised.
enum class Scale : std::uint8_t {
  measure,     ///< mean with Student interval, quantiles
  proportion,  ///< 0 or 1 in each replication; Wilson interval
  total,       ///< a measure that adds up until the replication ends, so that an early end makes it
               ///< small
};

/// Which way is better, seen from the purpose of the deployment.
enum class Direction : std::uint8_t { higher, lower, neither };

/// Which part of a scenario an outcome rests on; without it the outcome has no column.
enum class Section : std::uint8_t {
  always,
  pledges,
  cells,
  coordination,
  capability,
  crisis,
  members,
  answers,
  allegations,
  layers,
  shocks,
  attacks,
  supply,
  stores,
  stocks,
  costs,
};

/// What stands beside an outcome's field.
struct OutcomeRule {
  std::string_view label;
  std::string_view unit;
  Scale scale = Scale::measure;
  Direction better = Direction::neither;
  Section rests_on = Section::always;
};

/// Days after the ceasefire at which the deployment is looked at.
inline constexpr std::array<int, 4> milestones{30, 90, 180, 365};

/// Days after the ceasefire at which its survival is looked at: 3, 6, 12, 18 and 24 months of 30.44
/// days, rounded.
inline constexpr std::array<int, 5> survival_days{91, 183, 365, 548, 730};
/// What money goes to.
inline constexpr std::array<std::string_view, 5> cost_kinds{"in_place", "movement", "sensors",
                                                            "hubs", "supply"};

template <class Spec>
using By = IdVector<Spec, double>;
using ByFunction = std::array<double, scenario::function_count>;
using ByGrade = std::array<double, scenario::grade_count>;
using BySurvivalDay = std::array<double, survival_days.size()>;
/// A type of its own, since its length is another breakdown's.
struct ByCostKind {
  std::array<double, cost_kinds.size()> values{};
  double& operator[](std::size_t i) { return values[i]; }
  double operator[](std::size_t i) const { return values[i]; }
  std::size_t size() const { return values.size(); }
  void fill(double value) { values.fill(value); }
};
using ByMilestone = std::array<double, milestones.size()>;

/// One replication's outcomes. Times are days; "from the ceasefire" counts from when it takes
/// effect; means over time run from the ceasefire (or the start, if there is none) to the horizon.
struct Outcome {
  // Deployment.
  double ceasefire_day = absent;
  double troops_pledged = 0.0;
  By<scenario::ContributorSpec> troops_pledged_by_contributor;
  double delivered_share = absent;
  By<scenario::ContributorSpec> delivered_share_by_contributor;
  double pledges_refused = 0.0;
  double troops_in_place = 0.0;
  ByFunction troops_in_place_by_function{};
  By<scenario::ContributorSpec> troops_in_place_by_contributor;
  By<scenario::HubSpec> troops_in_place_by_hub;
  ByMilestone troops_at{};
  double troops_peak = 0.0;
  double days_to_peak_90 = absent;
  double initial_capability = 0.0;
  double initial_capability_day = absent;
  double full_capability = 0.0;
  double full_capability_day = absent;
  double sustainment_gap = 0.0;
  By<scenario::ContributorSpec> sustainment_gap_by_contributor;
  double tours_extended = 0.0;
  double leg_wait = absent;
  double hub_wait = absent;
  By<scenario::HubSpec> hub_wait_by_hub;
  By<scenario::HubSpec> hub_occupancy;

  // Monitoring.
  double incidents = 0.0;
  By<scenario::SectorSpec> incidents_by_sector;
  By<scenario::IncidentTypeSpec> incidents_by_type;
  ByGrade incidents_by_grade{};
  double incidents_per_day = absent;
  double follow_up_share = absent;
  double violations = 0.0;
  double recorded_violations = 0.0;
  By<scenario::SectorSpec> recorded_violations_by_sector;
  double recorded_violations_per_day = absent;
  double detected_share = absent;
  By<scenario::SectorSpec> detected_share_by_sector;
  By<scenario::IncidentTypeSpec> detected_share_by_type;
  double verified_share = absent;
  ByGrade verified_share_by_grade{};
  double attributed_share = absent;
  double cases_opened = 0.0;
  double cases_verified = 0.0;
  double cases_attributed = 0.0;
  double cases_handled = 0.0;
  double cases_expired = 0.0;
  double cases_denied = 0.0;
  double cases_open_at_end = 0.0;
  double cases_open = 0.0;
  double access_denials = 0.0;
  double detection_delay = absent;
  double verification_delay = absent;
  ByGrade verification_delay_by_grade{};
  double verification_delay_p90 = absent;
  double handling_delay = absent;
  ByGrade handling_delay_by_grade{};
  double handling_delay_p90 = absent;
  double team_wait = absent;
  ByGrade team_wait_by_grade{};
  double team_queue = 0.0;
  double team_utilisation = absent;
  By<scenario::CellSpec> team_utilisation_by_cell;
  double teams_at_work = absent;
  double desk_wait = absent;
  ByGrade desk_wait_by_grade{};
  double desk_queue = 0.0;
  double desk_utilisation = absent;
  double coverage = absent;
  By<scenario::SectorSpec> coverage_by_sector;
  ByMilestone coverage_at{};
  By<scenario::SensorSpec> sensor_availability;

  // Stability.
  double ceasefire_holds = absent;
  BySurvivalDay holds_at{absent, absent, absent, absent, absent};
  double ceasefire_days = absent;
  double collapse_day = absent;
  double final_collapse = absent;
  double crises = 0.0;
  double crises_known = 0.0;
  double crises_defused = 0.0;
  double breakdowns = 0.0;
  double breakdowns_undecided = 0.0;
  double collapses = 0.0;
  double restorations = 0.0;
  double harm = 0.0;
  double follow_ups_prevented = 0.0;
  double shocks = 0.0;
  By<scenario::LayerSpec> layer_active;
  By<scenario::LayerSpec> layer_stocked;

  // Decisions and answers.
  double allegations_true = 0.0;
  double allegations_false = 0.0;
  double allegations_found_false = 0.0;
  double decisions = 0.0;
  double decision_delay = absent;
  double decisions_deputised = 0.0;
  double cases_disputed = 0.0;
  double answers = 0.0;
  By<scenario::AnswerSpec> answers_by_rung;
  double answer_delay = absent;
  double answer_delay_p90 = absent;
  double cases_unanswered = 0.0;
  double rungs_late = 0.0;
  By<scenario::AnswerSpec> rungs_late_by_rung;
  double rungs_without_means = 0.0;
  By<scenario::AnswerSpec> rungs_without_means_by_rung;

  // Hubs at work.
  double pledges_withdrawn = 0.0;
  double hub_attacks = 0.0;
  double hub_days_out = 0.0;
  By<scenario::HubSpec> hub_days_out_by_hub;
  double hub_days_short = 0.0;
  double tonnes_stored = 0.0;
  double tonnes_delivered = 0.0;
  double tonnes_released = 0.0;
  double tonnes_lost = 0.0;

  // Cost.
  double cost = absent;
  By<scenario::ContributorSpec> cost_by_contributor;
  ByFunction cost_by_function{};
  ByCostKind cost_by_kind{};
  double cost_per_troop_year = absent;
  double cost_per_verified = absent;

  // The run itself.
  double events = 0.0;

  /// An outcome with room for every part of its breakdowns.
  static Outcome of(const scenario::Scenario& scenario);

  template <class Self, class Visitor>
  static void describe(Self& self, Visitor& visit);
};

template <class Self, class Visitor>
void Outcome::describe(Self& self, Visitor& visit) {
  using enum Scale;
  using enum Direction;
  // Deployment.
  visit("ceasefire_day", self.ceasefire_day, OutcomeRule{"Ceasefire takes effect", "days"},
        "Day of the scenario on which the ceasefire takes effect.");
  visit("troops_pledged", self.troops_pledged,
        OutcomeRule{"Troops pledged", "troops", measure, neither, Section::pledges},
        "Sum of the pledges as drawn, before conditions and delivery.");
  visit("troops_pledged_by_contributor", self.troops_pledged_by_contributor,
        OutcomeRule{"Troops pledged", "troops", measure, neither, Section::pledges},
        "The same by contributor.");
  visit(
      "delivered_share", self.delivered_share,
      OutcomeRule{"Share of pledges delivered", "", measure, higher, Section::pledges},
      "Troops that have been in place at some time (each slot counted once) over troops pledged.");
  visit("delivered_share_by_contributor", self.delivered_share_by_contributor,
        OutcomeRule{"Share of pledges delivered", "", measure, higher, Section::pledges},
        "The same by contributor.");
  visit("pledges_refused", self.pledges_refused,
        OutcomeRule{"Pledges refused", "pledges", measure, lower, Section::pledges},
        "Pledges ended by a refused approval.");
  visit("troops_in_place", self.troops_in_place,
        OutcomeRule{"Troops in place", "troops", measure, higher, Section::pledges},
        "Mean over time from the ceasefire to the horizon.");
  visit("troops_in_place_by_function", self.troops_in_place_by_function,
        OutcomeRule{"Troops in place", "troops", measure, higher, Section::pledges},
        "The same by function.");
  visit("troops_in_place_by_contributor", self.troops_in_place_by_contributor,
        OutcomeRule{"Troops in place", "troops", measure, higher, Section::pledges},
        "The same by contributor.");
  visit("troops_in_place_by_hub", self.troops_in_place_by_hub,
        OutcomeRule{"Troops in place", "troops", measure, higher, Section::pledges},
        "The same by hub.");
  visit("troops_at", self.troops_at,
        OutcomeRule{"Troops in place on day", "troops", measure, higher, Section::pledges},
        "Troops in place so many days after the ceasefire; empty if that is beyond the horizon.");
  visit("troops_peak", self.troops_peak,
        OutcomeRule{"Peak of troops in place", "troops", measure, neither, Section::pledges},
        "Most troops in place at any time.");
  visit("days_to_peak_90", self.days_to_peak_90,
        OutcomeRule{"Days to 90 % of the peak", "days", measure, lower, Section::pledges},
        "Days from the ceasefire (without one, from the start) until troops in place first reach "
        "90 % of the replication's peak; 0 if they did before.");
  visit("initial_capability", self.initial_capability,
        OutcomeRule{"Initial operating capability reached", "", proportion, higher,
                    Section::capability},
        "Whether all thresholds of capability.initial held at one time before the horizon.");
  visit(
      "initial_capability_day", self.initial_capability_day,
      OutcomeRule{"Days to initial operating capability", "days", measure, lower,
                  Section::capability},
      "Days from the ceasefire until they first held; empty in replications where they never did.");
  visit(
      "full_capability", self.full_capability,
      OutcomeRule{"Full operating capability reached", "", proportion, higher, Section::capability},
      "Whether all thresholds of capability.full held at one time before the horizon.");
  visit(
      "full_capability_day", self.full_capability_day,
      OutcomeRule{"Days to full operating capability", "days", measure, lower, Section::capability},
      "Days from the ceasefire until they first held; empty in replications where they never did.");
  visit("sustainment_gap", self.sustainment_gap,
        OutcomeRule{"Sustainment gap", "troop-days", total, lower, Section::pledges},
        "Troop-days of places that had been filled once and stood empty for want of relief.");
  visit("sustainment_gap_by_contributor", self.sustainment_gap_by_contributor,
        OutcomeRule{"Sustainment gap", "troop-days", total, lower, Section::pledges},
        "The same by contributor.");
  visit("tours_extended", self.tours_extended,
        OutcomeRule{"Tours extended", "tours", total, lower, Section::pledges},
        "Tours that were stretched because relief was late.");
  visit("leg_wait", self.leg_wait,
        OutcomeRule{"Wait at legs", "days", measure, lower, Section::pledges},
        "Mean time a contingent waits for others before a leg, per leg.");
  visit("hub_wait", self.hub_wait,
        OutcomeRule{"Wait at hubs", "days", measure, lower, Section::pledges},
        "Mean time from a contingent's arrival at its hub until its reception begins.");
  visit("hub_wait_by_hub", self.hub_wait_by_hub,
        OutcomeRule{"Wait at hubs", "days", measure, lower, Section::pledges}, "The same by hub.");
  visit("hub_occupancy", self.hub_occupancy,
        OutcomeRule{"Hub occupancy", "", measure, neither, Section::pledges},
        "Beds taken over beds, mean over the time the hub is open; empty without a limit.");

  // Monitoring.
  visit("incidents", self.incidents, OutcomeRule{"Incidents", "incidents", total, lower},
        "Incidents from the ceasefire to the horizon, whether or not anybody saw them.");
  visit("incidents_by_sector", self.incidents_by_sector,
        OutcomeRule{"Incidents", "incidents", total, lower}, "The same by sector.");
  visit("incidents_by_type", self.incidents_by_type,
        OutcomeRule{"Incidents", "incidents", total, lower}, "The same by type.");
  visit("incidents_by_grade", self.incidents_by_grade,
        OutcomeRule{"Incidents", "incidents", total, lower}, "The same by grade.");
  visit("incidents_per_day", self.incidents_per_day,
        OutcomeRule{"Incidents a day", "incidents/day", measure, lower},
        "Incidents over days from the ceasefire to the horizon.");
  visit("follow_up_share", self.follow_up_share, OutcomeRule{"Share of follow-ups", ""},
        "Share of incidents that were bred by others.");
  visit("violations", self.violations, OutcomeRule{"Violations", "violations", total, lower},
        "Shots and explosions of all incidents, seen or not.");
  visit("recorded_violations", self.recorded_violations,
        OutcomeRule{"Recorded violations", "violations", total, neither, Section::cells},
        "Violations of detected incidents: what a mission logs, to be compared with history.");
  visit("recorded_violations_by_sector", self.recorded_violations_by_sector,
        OutcomeRule{"Recorded violations", "violations", total, neither, Section::cells},
        "The same by sector.");
  visit(
      "recorded_violations_per_day", self.recorded_violations_per_day,
      OutcomeRule{"Recorded violations a day", "violations/day", measure, neither, Section::cells},
      "Recorded violations over days from the ceasefire to the horizon.");
  visit("detected_share", self.detected_share,
        OutcomeRule{"Share detected", "", measure, higher, Section::cells},
        "Incidents that a sensor reported before the horizon, and before they were alleged, over "
        "incidents.");
  visit("detected_share_by_sector", self.detected_share_by_sector,
        OutcomeRule{"Share detected", "", measure, higher, Section::cells}, "The same by sector.");
  visit("detected_share_by_type", self.detected_share_by_type,
        OutcomeRule{"Share detected", "", measure, higher, Section::cells}, "The same by type.");
  visit("verified_share", self.verified_share,
        OutcomeRule{"Share verified", "", measure, higher, Section::cells},
        "Incidents verified before the horizon over incidents.");
  visit("verified_share_by_grade", self.verified_share_by_grade,
        OutcomeRule{"Share verified", "", measure, higher, Section::cells}, "The same by grade.");
  visit("attributed_share", self.attributed_share,
        OutcomeRule{"Share attributed", "", measure, higher, Section::cells},
        "Incidents attributed to a side before the horizon over incidents.");
  visit("cases_opened", self.cases_opened,
        OutcomeRule{"Cases opened", "cases", total, neither, Section::cells},
        "Opened before the horizon by a sensor's report or an allegation, true or false.");
  visit("cases_verified", self.cases_verified,
        OutcomeRule{"Cases verified", "cases", total, higher, Section::cells},
        "Cases of incidents on which work was finished; false allegations are not among them.");
  visit("cases_attributed", self.cases_attributed,
        OutcomeRule{"Cases attributed", "cases", total, higher, Section::cells},
        "Verified cases attributed to a side.");
  visit("cases_handled", self.cases_handled,
        OutcomeRule{"Cases handled", "cases", total, higher, Section::coordination},
        "Verified cases of incidents that a desk has finished; a decision may follow.");
  visit("cases_expired", self.cases_expired,
        OutcomeRule{"Cases expired", "cases", total, lower, Section::cells},
        "Cases closed because they still waited for a team when their time was over, be it after a "
        "denial.");
  visit("cases_denied", self.cases_denied,
        OutcomeRule{"Cases given up after denials", "cases", total, lower, Section::cells},
        "Cases closed because teams were turned back more often than they try again.");
  visit("cases_open_at_end", self.cases_open_at_end,
        OutcomeRule{"Backlog at the end", "cases", measure, lower, Section::cells},
        "Cases open at the horizon, from detection to the end of handling.");
  visit("cases_open", self.cases_open,
        OutcomeRule{"Open cases", "cases", measure, lower, Section::cells},
        "Mean number of open cases over time.");
  visit("access_denials", self.access_denials,
        OutcomeRule{"Access denials", "denials", total, lower, Section::cells},
        "Times that a team was turned back.");
  visit("detection_delay", self.detection_delay,
        OutcomeRule{"Incident to detection", "days", measure, lower, Section::cells},
        "Mean over detected incidents.");
  visit("verification_delay", self.verification_delay,
        OutcomeRule{"Incident to verification", "days", measure, lower, Section::cells},
        "Mean over verified cases.");
  visit("verification_delay_by_grade", self.verification_delay_by_grade,
        OutcomeRule{"Incident to verification", "days", measure, lower, Section::cells},
        "The same by grade.");
  visit("verification_delay_p90", self.verification_delay_p90,
        OutcomeRule{"Incident to verification, 90th percentile", "days", measure, lower,
                    Section::cells},
        "Time within which 90 % of the replication's verified cases were verified.");
  visit("handling_delay", self.handling_delay,
        OutcomeRule{"Incident to end of handling", "days", measure, lower, Section::coordination},
        "Mean over cases that a desk has finished.");
  visit("handling_delay_by_grade", self.handling_delay_by_grade,
        OutcomeRule{"Incident to end of handling", "days", measure, lower, Section::coordination},
        "The same by grade.");
  visit("handling_delay_p90", self.handling_delay_p90,
        OutcomeRule{"Incident to end of handling, 90th percentile", "days", measure, lower,
                    Section::coordination},
        "Time within which 90 % of the replication's handled cases were handled.");
  visit("team_wait", self.team_wait,
        OutcomeRule{"Wait for a team", "days", measure, lower, Section::cells},
        "Mean time from detection until a team first sets out, over cases that one set out to.");
  visit("team_wait_by_grade", self.team_wait_by_grade,
        OutcomeRule{"Wait for a team", "days", measure, lower, Section::cells},
        "The same by grade.");
  visit("team_queue", self.team_queue,
        OutcomeRule{"Cases waiting for a team", "cases", measure, lower, Section::cells},
        "Mean number over time, all cells.");
  visit("team_utilisation", self.team_utilisation,
        OutcomeRule{"Utilisation of teams", "", measure, neither, Section::cells},
        "Busy team-days over team-days at work; above 1 where teams were out when they were taken "
        "from work.");
  visit("team_utilisation_by_cell", self.team_utilisation_by_cell,
        OutcomeRule{"Utilisation of teams", "", measure, neither, Section::cells},
        "The same by cell.");
  visit("teams_at_work", self.teams_at_work,
        OutcomeRule{"Share of teams at work", "", measure, higher, Section::cells},
        "Teams staffed and ready over teams planned, mean over time.");
  visit("desk_wait", self.desk_wait,
        OutcomeRule{"Wait for a desk", "days", measure, lower, Section::coordination},
        "Mean time from verification until a desk begins, over cases begun.");
  visit("desk_wait_by_grade", self.desk_wait_by_grade,
        OutcomeRule{"Wait for a desk", "days", measure, lower, Section::coordination},
        "The same by grade.");
  visit("desk_queue", self.desk_queue,
        OutcomeRule{"Cases waiting for a desk", "cases", measure, lower, Section::coordination},
        "Mean number over time.");
  visit("desk_utilisation", self.desk_utilisation,
        OutcomeRule{"Utilisation of desks", "", measure, neither, Section::coordination},
        "Busy desk-days over desk-days open.");
  visit("coverage", self.coverage,
        OutcomeRule{"Coverage of the line", "", measure, higher, Section::cells},
        "Share of the line's length under a working sensor, mean over time.");
  visit("coverage_by_sector", self.coverage_by_sector,
        OutcomeRule{"Coverage of the line", "", measure, higher, Section::cells},
        "The same by sector.");
  visit("coverage_at", self.coverage_at,
        OutcomeRule{"Coverage of the line on day", "", measure, higher, Section::cells},
        "Share covered so many days after the ceasefire; empty if that is beyond the horizon.");
  visit("sensor_availability", self.sensor_availability,
        OutcomeRule{"Sensors in working order", "", measure, higher, Section::cells},
        "Working over installed units of the kind, mean over time.");

  // Stability, decisions, hubs at work, cost.
  visit("ceasefire_holds", self.ceasefire_holds,
        OutcomeRule{"Ceasefire never collapses", "", proportion, higher, Section::crisis},
        "Whether the ceasefire has not collapsed up to the horizon; empty without a ceasefire.");
  visit("holds_at", self.holds_at,
        OutcomeRule{"Ceasefire holds on day", "", proportion, higher, Section::crisis},
        "Whether it has not collapsed so many days after it took effect; empty if that is beyond "
        "the horizon.");
  visit("ceasefire_days", self.ceasefire_days,
        OutcomeRule{"Days of ceasefire", "days", measure, higher, Section::crisis},
        "Days from taking effect to the first collapse or the horizon: its mean is the restricted "
        "mean survival time.");
  visit("collapse_day", self.collapse_day,
        OutcomeRule{"Day of the first collapse", "days", measure, neither, Section::crisis},
        "Days from the ceasefire, in replications where it collapses.");
  visit("final_collapse", self.final_collapse,
        OutcomeRule{"Collapse that is final", "", proportion, lower, Section::crisis},
        "Whether a collapse was not restored.");
  visit("crises", self.crises, OutcomeRule{"Crises", "crises", total, lower, Section::crisis},
        "Incidents that started a crisis in a calm sector.");
  visit("crises_known", self.crises_known,
        OutcomeRule{"Crises known", "crises", total, neither, Section::crisis},
        "Crises whose incident was detected or alleged before they ended, so that they could be "
        "decided on.");
  visit("crises_defused", self.crises_defused,
        OutcomeRule{"Crises defused", "crises", total, neither, Section::crisis},
        "Crises that a decision in time ended.");
  visit("breakdowns", self.breakdowns,
        OutcomeRule{"Breakdowns", "breakdowns", total, lower, Section::crisis},
        "Crises that ended in a breakdown of the ceasefire in their sector.");
  visit("breakdowns_undecided", self.breakdowns_undecided,
        OutcomeRule{"Breakdowns without a decision", "breakdowns", total, lower, Section::crisis},
        "Of these, those where no decision came in time or nobody knew of the crisis.");
  visit("collapses", self.collapses,
        OutcomeRule{"Collapses", "collapses", total, lower, Section::crisis},
        "Breakdowns that spread to the whole line.");
  visit("restorations", self.restorations,
        OutcomeRule{"Restorations", "restorations", total, neither, Section::crisis},
        "Collapses after which the ceasefire held again.");
  visit("harm", self.harm, OutcomeRule{"People killed or injured", "people", total, lower},
        "In all incidents from the ceasefire on.");
  visit("follow_ups_prevented", self.follow_ups_prevented,
        OutcomeRule{"Follow-ups prevented", "incidents", total, higher, Section::answers},
        "Follow-ups of answered incidents that did not happen.");
  visit("shocks", self.shocks, OutcomeRule{"Shocks", "shocks", total, neither, Section::shocks},
        "Political events that came.");
  visit("layer_active", self.layer_active,
        OutcomeRule{"Layer active", "", measure, neither, Section::layers},
        "Share of the time from the ceasefire on in which the layer is active.");
  visit(
      "layer_stocked", self.layer_stocked,
      OutcomeRule{"Layer stocked", "", measure, neither, Section::stocks},
      "Share of that time in which it is active and the stores hold what it asks for; empty for a "
      "layer that asks for nothing.");
  visit("allegations_true", self.allegations_true,
        OutcomeRule{"True allegations", "cases", total, neither, Section::allegations},
        "Cases opened by an allegation of an incident that no sensor had reported by then.");
  visit("allegations_false", self.allegations_false,
        OutcomeRule{"False allegations", "cases", total, lower, Section::allegations},
        "Cases opened by an allegation of what did not happen.");
  visit("allegations_found_false", self.allegations_found_false,
        OutcomeRule{"Allegations found false", "cases", total, neither, Section::allegations},
        "Of those, cases on which work was finished.");
  visit("decisions", self.decisions,
        OutcomeRule{"Decisions on cases", "decisions", total, neither, Section::members},
        "Grave cases put before the members.");
  visit("decision_delay", self.decision_delay,
        OutcomeRule{"Desk to decision", "days", measure, lower, Section::members},
        "Mean time from the desk to the members' decision, commission included.");
  visit("decisions_deputised", self.decisions_deputised,
        OutcomeRule{"Decisions by the deputy", "decisions", total, neither, Section::members},
        "Of these, with the rule lead, those that fell to its deputy.");
  visit("cases_disputed", self.cases_disputed,
        OutcomeRule{"Disputed cases", "cases", total, lower, Section::members},
        "Grave cases that came from the desk without attribution to a side.");
  visit("answers", self.answers, OutcomeRule{"Answers", "answers", total, higher, Section::answers},
        "Grave cases that were answered by a rung of the ladder.");
  visit("answers_by_rung", self.answers_by_rung,
        OutcomeRule{"Answers", "answers", total, higher, Section::answers}, "The same by rung.");
  visit("answer_delay", self.answer_delay,
        OutcomeRule{"Incident to answer", "days", measure, lower, Section::answers},
        "Mean over answered cases.");
  visit(
      "answer_delay_p90", self.answer_delay_p90,
      OutcomeRule{"Incident to answer, 90th percentile", "days", measure, lower, Section::answers},
      "Time within which 90 % of the replication's answers were given.");
  visit("cases_unanswered", self.cases_unanswered,
        OutcomeRule{"Cases without an answer", "cases", total, lower, Section::answers},
        "Decided cases for which every rung was missed.");
  visit("rungs_late", self.rungs_late,
        OutcomeRule{"Rungs missed for time", "rungs", total, lower, Section::answers},
        "Rungs that would have come after their limit.");
  visit("rungs_late_by_rung", self.rungs_late_by_rung,
        OutcomeRule{"Rungs missed for time", "rungs", total, lower, Section::answers},
        "The same by rung.");
  visit("rungs_without_means", self.rungs_without_means,
        OutcomeRule{"Rungs missed for want of means", "rungs", total, lower, Section::answers},
        "Rungs without the fact, the attribution or the troops that they need.");
  visit("rungs_without_means_by_rung", self.rungs_without_means_by_rung,
        OutcomeRule{"Rungs missed for want of means", "rungs", total, lower, Section::answers},
        "The same by rung.");
  visit("pledges_withdrawn", self.pledges_withdrawn,
        OutcomeRule{"Pledges withdrawn", "pledges", measure, lower, Section::pledges},
        "Pledges taken home by a shock or after final collapse.");
  visit("hub_attacks", self.hub_attacks,
        OutcomeRule{"Attacks on hubs", "attacks", total, lower, Section::attacks},
        "From the hubs' opening on.");
  visit("hub_days_out", self.hub_days_out,
        OutcomeRule{"Hub-days out of action", "days", total, lower, Section::attacks},
        "Sum over the hubs.");
  visit("hub_days_out_by_hub", self.hub_days_out_by_hub,
        OutcomeRule{"Hub-days out of action", "days", total, lower, Section::attacks},
        "The same by hub.");
  visit("hub_days_short", self.hub_days_short,
        OutcomeRule{"Hub-days short of supplies", "days", total, lower, Section::supply},
        "Days on which a hub's supplies were below its reserve, summed over the hubs.");
  visit("tonnes_stored", self.tonnes_stored,
        OutcomeRule{"Stored for the host's forces", "t", measure, neither, Section::stores},
        "Mean content of the protected stores over time, summed over the hubs.");
  visit("tonnes_delivered", self.tonnes_delivered,
        OutcomeRule{"Delivered to the stores", "t", total, higher, Section::stores},
        "Taken in up to the horizon; what a full store refuses is not counted.");
  visit("tonnes_released", self.tonnes_released,
        OutcomeRule{"Released to the host's forces", "t", total, higher, Section::stores},
        "Up to the horizon.");
  visit("tonnes_lost", self.tonnes_lost,
        OutcomeRule{"Lost from the stores", "t", total, lower, Section::stores},
        "Destroyed by attacks.");
  visit(
      "cost", self.cost, OutcomeRule{"Cost", "MEUR", total, lower, Section::costs},
      "Troops in place and sensors from the ceasefire to the horizon; troops moved, hubs built and "
      "supplies brought from the start.");
  visit("cost_by_contributor", self.cost_by_contributor,
        OutcomeRule{"Cost", "MEUR", total, lower, Section::costs},
        "By contributor: its troops in place and moved, and a share of sensors, hubs and supplies "
        "by its troop-days in place.");
  visit("cost_by_function", self.cost_by_function,
        OutcomeRule{"Cost", "MEUR", total, lower, Section::costs},
        "By function of the troops: in place and moved, and a share of sensors, hubs and supplies "
        "by troop-days in place.");
  visit("cost_by_kind", self.cost_by_kind,
        OutcomeRule{"Cost", "MEUR", total, lower, Section::costs}, "By what it goes to.");
  visit("cost_per_troop_year", self.cost_per_troop_year,
        OutcomeRule{"Cost per troop-year", "EUR", measure, lower, Section::costs},
        "All costs over troop-years in place.");
  visit("cost_per_verified", self.cost_per_verified,
        OutcomeRule{"Cost per incident verified", "EUR", measure, lower, Section::costs},
        "All costs over incidents verified.");

  visit("events", self.events, OutcomeRule{"Events simulated", "events"},
        "Events that the simulation handled; a measure of its size.");
}

/// A column of every table: an outcome, or one part of its breakdown.
struct Column {
  std::string id;         ///< unique; e.g. incidents, incidents.donetsk, and incidents.sector.minor
                          ///< for a sector that shares its name with a grade
  std::string outcome;    ///< e.g. incidents
  std::string breakdown;  ///< "", or sector, type, grade, function, contributor, hub, cell, ...
  std::string key;        ///< "", or the part's name, e.g. donetsk
  std::string label;
  std::string unit;
  std::string meaning;
  Scale scale = Scale::measure;
  Direction better = Direction::neither;
};

/// The columns of a scenario's outcomes, in the order of the description.
std::vector<Column> outcome_columns(const scenario::Scenario& scenario);
/// The values in the order of the columns; `absent` (not a number) where there is none.
std::vector<double> outcome_row(const Outcome& outcome, const scenario::Scenario& scenario);

/// What is recorded for each day of the horizon.
struct Series {
  std::string_view id;
  std::string_view label;
  std::string_view unit;
  std::string_view meaning;
};
inline constexpr std::size_t series_count = scenario::function_count + 8;
const std::array<Series, series_count>& timeline_series();

/// Day-by-day values of one replication.
struct Timeline {
  std::size_t days = 0;
  std::vector<double> values;  ///< values[day * series_count + series]
};

/// How the ceasefire fared.
enum class CeasefireEnd : std::uint8_t { collapsed_and_restored, collapsed_for_good, held };

/// How long the ceasefire held, and what came then.
struct Ceasefire {
  Duration held{0};  ///< from taking effect to the first collapse or the horizon
  /// The first collapse counts: whether it was final, or restored, be it beyond the horizon.
  CeasefireEnd end = CeasefireEnd::held;
};

/// All that one replication yields.
struct Replication {
  Outcome outcome;
  Timeline timeline;
  std::optional<Ceasefire> ceasefire;  ///< if there was one, and the scenario has crises
};

}  // namespace truce::model
