// SPDX-License-Identifier: Apache-2.0
// The loop: takes the next event, moves the model's clock to it, and lets the model handle it.
//
//   struct Arrives { static constexpr std::string_view name = "Arrives"; };
//   struct Departs { static constexpr std::string_view name = "Departs"; int who; };
//   using Event = std::variant<Arrives, Departs>;
//   struct Queue {
//     void now(Time t);          // the clock moves to t; called before each event
//     void on(const Arrives&);   // one handler for each kind; one missing does not compile
//     void on(const Departs&);
//   };
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "sim/core/contract.hpp"
#include "sim/core/text.hpp"
#include "sim/core/time.hpp"

#include "sim/engine/calendar.hpp"
#include "sim/engine/run_away.hpp"

namespace truce::engine {

/// A model that handles one kind of event.
template <class Model, class Kind>
concept Handles = requires(Model& model, const Kind& event) {
  model.on(event);
};

/// The kinds of a closed set of events: a std::variant of structs that have a `name`.
template <class Event>
struct KindsOf;

template <class... Kinds>
struct KindsOf<std::variant<Kinds...>> {
  static constexpr std::array<std::string_view, sizeof...(Kinds)> names{Kinds::name...};

  template <class Model>
  static constexpr bool handled_by = (Handles<Model, Kinds> && ...);

  template <class Model>
  static constexpr void check() {
    (check_one<Model, Kinds>(), ...);
  }

 private:
  template <class Model, class Kind>
  static constexpr void check_one() {
    static_assert(Handles<Model, Kind>,
                  "the model has no handler on(const Kind&) for this kind of event");
  }
};

/// A model that handles every kind of `Event`.
template <class Model, class Event>
concept HandlesAll = KindsOf<Event>::template handled_by<Model>;

/// The name of an event's kind.
template <class Event>
std::string_view name_of_kind(const Event& event) {
  return KindsOf<Event>::names[event.index()];
}

/// What the loop did.
struct LoopResult {
  std::uint64_t events = 0;        ///< handled in this run
  Time last_time = start_of_time;  ///< of the last event handled; the start if there was none
};

/// Sees nothing, costs nothing. An observer is called with the time and the event before the
/// model handles it.
struct NoObserver {
  template <class Event>
  void operator()(Time, const Event&) const {}
};

/// Handles the events of `calendar` up to and including the moment `until`. Later ones stay
/// pending, and the model's clock stays at the last event. A model ends its own run early by
/// clearing the calendar.
///
/// Throws RunAway before the first event beyond one of the `limits`, which count per call. A
/// ContractViolation or RunAway from a handler is passed on with simulated time and event added.
template <class Model, class Event, class Observer = NoObserver>
LoopResult run(Model& model, Calendar<Event>& calendar, Time until, const Limits& limits = {},
               Observer&& observer = {}) {
  using Kinds = KindsOf<Event>;
  Kinds::template check<Model>();
  LoopResult result;
  // The check above has already said what is missing; no second message about it.
  if constexpr (HandlesAll<Model, Event>) {
    Trail trail;
    std::uint64_t at_this_instant = 0;
    const auto tell = [&](auto& error) {
      const auto steps = trail.last(Kinds::names);
      if (steps.empty()) return;
      error.add("simulated time: " + shortest(in_days(steps.back().time)) +
                " days; event: " + std::string(steps.back().event) + ", number " +
                std::to_string(result.events) + " of the run");
    };
    try {
      while (!calendar.empty() && calendar.next_time() <= until) {
        const auto [time, event] = calendar.pop();
        trail.record(time, event.index());
        at_this_instant = time == result.last_time ? at_this_instant + 1 : 1;
        result.last_time = time;
        ++result.events;
        if (at_this_instant > limits.at_one_instant) {
          throw RunAway("at one instant", limits.at_one_instant, trail.last(Kinds::names));
        }
        if (result.events > limits.in_total) {
          throw RunAway("in one run", limits.in_total, trail.last(Kinds::names));
        }
        model.now(time);
        observer(time, event);
        std::visit([&model](const auto& kind) { model.on(kind); }, event);
      }
    } catch (ContractViolation& violation) {
      tell(violation);
      throw;
    } catch (RunAway& run_away) {
      tell(run_away);
      throw;
    }
  }
  return result;
}

}  // namespace truce::engine
