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
  SectorId sector;
  std::uint64_t identity = 0;
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
/// So many days have passed since the ceasefire. Scheduled by the ceasefire; handled by the record.
struct MilestoneComes {
  static constexpr std::string_view name = "MilestoneComes";
  std::uint32_t milestone = 0;
};
/// A day of the timeline is over. Scheduled and handled by the record.
struct DayEnds {
  static constexpr std::string_view name = "DayEnds";
};

using Event = std::variant<CeasefireTakesEffect, ApprovalIsDecided, UnitSetsOut, UnitArrives,
                           HubOpens, ReceptionEnds, ReliefIsDue, TourEnds, ExtensionEnds, DwellEnds,
                           IncidentOccurs, FollowUpOccurs, CellIsReady, SensorFails, SensorIsMended,
                           CaseOpens, CaseExpires, TeamArrives, VerificationEnds, TeamReturns,
                           CaseQueuesAgain, DesksOpen, DeskFinishes, MilestoneComes, DayEnds>;
static_assert(sizeof(Event) <= 24, "events are copied at every step; keep them small");

using Calendar = engine::Calendar<Event>;
using Handle = engine::Handle;

}  // namespace truce::model
