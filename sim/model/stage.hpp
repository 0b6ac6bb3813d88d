// SPDX-License-Identifier: Apache-2.0
// What every subsystem of one replication shares: the theatre, the key of chance, the calendar and
// the clock.
#pragma once

#include "sim/core/time.hpp"

#include "sim/random/stream.hpp"

#include "sim/model/events.hpp"
#include "sim/model/quantities.hpp"
#include "sim/model/theatre.hpp"

namespace truce::model {

struct Stage {
  const Theatre& theatre;
  const random::ReplicationKey key;
  Quantities quantities;
  Facts facts;
  Calendar calendar{};
  Time now = start_of_time;

  /// Schedules an event so many days from now; what lies beyond the horizon is not scheduled.
  Handle in_days_from_now(double days, const Event& event) {
    return at(later(now, from_days(days)), event);
  }
  Handle at(Time time, const Event& event) {
    return time <= theatre.horizon ? calendar.schedule(time, event) : Handle{};
  }
  /// Moves the event that `handle` names, or schedules it if none is pending, as if scheduled now;
  /// what would come after the horizon is not scheduled.
  Handle move(Handle handle, Time time, const Event& event) {
    if (time > theatre.horizon) {
      calendar.cancel(handle);
      return {};
    }
    return calendar.reschedule(handle, time) ? handle : calendar.schedule(time, event);
  }
};

}  // namespace truce::model
