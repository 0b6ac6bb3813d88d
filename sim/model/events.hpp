// SPDX-License-Identifier: Apache-2.0
// Every kind of event: what it carries, who schedules it, who handles it. The set is closed; a
// model that leaves a kind unhandled does not compile.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "sim/engine/calendar.hpp"

#include "sim/model/theatre.hpp"

namespace truce::model {

struct UnitTag;
struct SlotTag;
struct CaseTag;
using UnitId = Id<UnitTag>;  ///< a contingent that moves and rotates as one
using SlotId = Id<SlotTag>;  ///< a place that a contingent of a pledge fills
using CaseId = Id<CaseTag>;

/// The ceasefire begins. Scheduled at the start; handled by all.
struct CeasefireTakesEffect {
  static constexpr std::string_view name = "CeasefireTakesEffect";
};
/// A domestic decision falls. Scheduled and handled by pledges.
struct ApprovalIsDecided {
  static constexpr std::string_view name = "ApprovalIsDecided";
  PledgeId pledge;
  std::uint32_t approval = 0;
};
/// Notice to move is over. Scheduled and handled by pledges.
struct UnitSetsOut {
  static constexpr std::string_view name = "UnitSetsOut";
  UnitId unit;
};
/// A unit comes to the end of a leg. Scheduled and handled by pledges.
struct UnitArrives {
  static constexpr std::string_view name = "UnitArrives";
  UnitId unit;
};
/// A hub is built. Scheduled at the start or by the ceasefire; handled by pledges and cells.
struct HubOpens {
  static constexpr std::string_view name = "HubOpens";
  HubId hub;
};
/// A hub has received a unit. Scheduled and handled by pledges.
struct ReceptionEnds {
  static constexpr std::string_view name = "ReceptionEnds";
  HubId hub;
};
/// It is time to send the relief of a slot's unit. Scheduled and handled by pledges.
struct ReliefIsDue {
  static constexpr std::string_view name = "ReliefIsDue";
  SlotId slot;
};
/// A slot's unit has done its tour. Scheduled and handled by pledges.
struct TourEnds {
  static constexpr std::string_view name = "TourEnds";
  SlotId slot;
};
/// A slot's unit goes home without relief. Scheduled and handled by pledges.
struct ExtensionEnds {
  static constexpr std::string_view name = "ExtensionEnds";
  SlotId slot;
};
/// A unit can deploy again. Scheduled and handled by pledges.
struct DwellEnds {
  static constexpr std::string_view name = "DwellEnds";
  UnitId unit;
};
/// A baseline incident. Scheduled and handled by incidents.
struct IncidentOccurs {
  static constexpr std::string_view name = "IncidentOccurs";
  SectorId sector;
};
/// An incident bred by another. Scheduled and handled by incidents.
struct FollowUpOccurs {
  static constexpr std::string_view name = "FollowUpOccurs";
  std::uint64_t identity = 0;
  std::uint64_t parent = 0;  ///< identity of the incident that bred it
  SectorId sector;
};
/// A cell starts to work. Scheduled by hub opening or ceasefire; handled by sensing, verification.
struct CellIsReady {
  static constexpr std::string_view name = "CellIsReady";
  CellId cell;
};
/// A sensor breaks. Scheduled and handled by sensing.
struct SensorFails {
  static constexpr std::string_view name = "SensorFails";
  CellId cell;
  std::uint32_t sensor = 0;
  std::uint32_t unit = 0;
};
/// A sensor works again. Scheduled and handled by sensing.
struct SensorIsMended {
  static constexpr std::string_view name = "SensorIsMended";
  CellId cell;
  std::uint32_t sensor = 0;
  std::uint32_t unit = 0;
};
/// An incident is detected. Scheduled by sensing; handled by verification.
struct CaseOpens {
  static constexpr std::string_view name = "CaseOpens";
  CaseId incident;
};
/// A case that waits for a team is closed. Scheduled and handled by verification.
struct CaseExpires {
  static constexpr std::string_view name = "CaseExpires";
  CaseId incident;
};
/// A team reaches the place of an incident. Scheduled and handled by verification.
struct TeamArrives {
  static constexpr std::string_view name = "TeamArrives";
  CaseId incident;
};
/// A case is verified. Scheduled by verification; handled by verification, coordination.
struct VerificationEnds {
  static constexpr std::string_view name = "VerificationEnds";
  CaseId incident;
};
/// A team is back at its hub. Scheduled and handled by verification.
struct TeamReturns {
  static constexpr std::string_view name = "TeamReturns";
  CellId cell;
};
/// A case that was turned back queues again. Scheduled and handled by verification.
struct CaseQueuesAgain {
  static constexpr std::string_view name = "CaseQueuesAgain";
  CaseId incident;
};
/// The coordination cell starts to work. Scheduled by the ceasefire; handled by coordination.
struct DesksOpen {
  static constexpr std::string_view name = "DesksOpen";
};
/// A desk has handled a case. Scheduled and handled by coordination.
struct DeskFinishes {
  static constexpr std::string_view name = "DeskFinishes";
  CaseId incident;
};
/// A hub may be attacked. Scheduled and handled by hub services.
struct HubIsAttacked {
  static constexpr std::string_view name = "HubIsAttacked";
  HubId hub;
};
/// A hub is in action again. Scheduled and handled by hub services.
struct HubIsRepaired {
  static constexpr std::string_view name = "HubIsRepaired";
  HubId hub;
};
/// A convoy reaches a hub. Scheduled and handled by hub services.
struct ConvoyArrives {
  static constexpr std::string_view name = "ConvoyArrives";
  HubId hub;
};
/// A unit leaves for good. Scheduled by shocks and final collapse; handled by pledges.
struct UnitWithdraws {
  static constexpr std::string_view name = "UnitWithdraws";
  SlotId slot;
};
/// A layer becomes active. Scheduled and handled by layers.
struct LayerActivates {
  static constexpr std::string_view name = "LayerActivates";
  LayerId layer;
};
/// A layer goes dormant again. Scheduled and handled by layers.
struct LayerEnds {
  static constexpr std::string_view name = "LayerEnds";
  LayerId layer;
};
/// A date that triggers a layer comes. Scheduled at the start; handled by layers.
struct LayerIsTriggered {
  static constexpr std::string_view name = "LayerIsTriggered";
  LayerId layer;
};
/// A political event. Scheduled at the start, by the ceasefire, or by the one before.
struct ShockStrikes {
  static constexpr std::string_view name = "ShockStrikes";
  ShockId shock;
  std::uint32_t number = 0;
};
/// A shock's absences end. Scheduled and handled by shocks.
struct ShockPasses {
  static constexpr std::string_view name = "ShockPasses";
  ShockId shock;
};
/// Effects of one occurrence of a cause end. Scheduled with them; handled by the world.
struct EffectsEnd {
  static constexpr std::string_view name = "EffectsEnd";
  std::uint32_t occurrence = 0;
};
/// The regime of political will changes. Scheduled and handled by climate.
struct RegimeChanges {
  static constexpr std::string_view name = "RegimeChanges";
};
/// A side alleges an incident that did not happen. Scheduled and handled by allegations.
struct FalseAllegation {
  static constexpr std::string_view name = "FalseAllegation";
};
/// The members have decided on a crisis. Scheduled and handled by crisis.
struct CrisisIsDecided {
  static constexpr std::string_view name = "CrisisIsDecided";
  SectorId sector;
  std::uint32_t number = 0;
};
/// Nobody has decided in time. Scheduled and handled by crisis.
struct PatienceEnds {
  static constexpr std::string_view name = "PatienceEnds";
  SectorId sector;
  std::uint32_t number = 0;
};
/// Calm returns to a sector. Scheduled and handled by crisis.
struct BreakdownEnds {
  static constexpr std::string_view name = "BreakdownEnds";
  SectorId sector;
  std::uint32_t number = 0;
};
/// A collapsed ceasefire holds again. Scheduled and handled by crisis.
struct CeasefireIsRestored {
  static constexpr std::string_view name = "CeasefireIsRestored";
};
/// The seat of the coordination cell moves. Scheduled at the start; handled by coordination.
struct SeatIsHandedOver {
  static constexpr std::string_view name = "SeatIsHandedOver";
};
/// The seat works again. Scheduled and handled by coordination.
struct SeatIsReady {
  static constexpr std::string_view name = "SeatIsReady";
};
/// The members have decided on a grave case. Scheduled and handled by coordination.
struct CaseIsDecided {
  static constexpr std::string_view name = "CaseIsDecided";
  CaseId incident;
};
/// A rung of the ladder is given. Scheduled and handled by coordination.
struct AnswerIsGiven {
  static constexpr std::string_view name = "AnswerIsGiven";
  CaseId incident;
};
/// A quick reaction detachment is back. Scheduled by coordination; handled by pledges.
struct DetachmentReturns {
  static constexpr std::string_view name = "DetachmentReturns";
  HubId hub;
  double troops = 0.0;
};
/// So many days have passed since the ceasefire. Scheduled by the ceasefire; handled by the record.
struct MilestoneComes {
  static constexpr std::string_view name = "MilestoneComes";
  std::uint32_t milestone = 0;
};
/// A day of the timeline is over. Scheduled and handled by the record.
struct DayEnds {
  static constexpr std::string_view name = "DayEnds";
};

using Event =
    std::variant<CeasefireTakesEffect, ApprovalIsDecided, UnitSetsOut, UnitArrives, HubOpens,
                 ReceptionEnds, ReliefIsDue, TourEnds, ExtensionEnds, DwellEnds, IncidentOccurs,
                 FollowUpOccurs, CellIsReady, SensorFails, SensorIsMended, CaseOpens, CaseExpires,
                 TeamArrives, VerificationEnds, TeamReturns, CaseQueuesAgain, DesksOpen,
                 DeskFinishes, HubIsAttacked, HubIsRepaired, ConvoyArrives, UnitWithdraws,
                 LayerActivates, LayerEnds, LayerIsTriggered, ShockStrikes, ShockPasses, EffectsEnd,
                 RegimeChanges, FalseAllegation, CrisisIsDecided, PatienceEnds, BreakdownEnds,
                 CeasefireIsRestored, SeatIsHandedOver, SeatIsReady, CaseIsDecided, AnswerIsGiven,
                 DetachmentReturns, MilestoneComes, DayEnds>;
static_assert(sizeof(Event) <= 32, "events are copied at every step; keep them small");

using Calendar = engine::Calendar<Event>;
using Handle = engine::Handle;

}  // namespace truce::model
