// SPDX-License-Identifier: Apache-2.0
// The calendar of what will happen: events in the order of their time, and in the order in which
// they were scheduled where times are equal.
//
// The nearest events are in a heap, those further off in the buckets of a ladder queue (heap.hpp,
// ladder.hpp; the README of this room says why both). A few dozen pending events never leave the
// heap; many cost about as much each as few. Cancelling and rescheduling are true removals. Nothing
// is allocated per event once the calendar has grown to the most events that were ever pending.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

#include "sim/engine/heap.hpp"
#include "sim/engine/key.hpp"
#include "sim/engine/ladder.hpp"

namespace truce::engine {

/// Names one scheduled event. A default handle names none; a handle whose event fired or was
/// cancelled stays harmless until its slot was used 2^31 times more.
struct Handle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  ///< odd while the event is pending, 0 for none

  explicit operator bool() const { return generation != 0; }
  bool operator==(const Handle&) const = default;
};

/// The pending events of one replication, each a value of type `Event`.
///
/// Promise: pop() gives events by (time, order of scheduling). What is scheduled for the moment
/// just served comes after all that was scheduled for that moment before. Rescheduling counts as
/// scheduling anew. The order depends on nothing else.
template <std::movable Event>
class Calendar {
 public:
  /// `first_sequence` is where the numbers that break ties start. Only a test needs another than 0.
  explicit Calendar(std::uint32_t first_sequence = 0) : sequence_(first_sequence) {}

  /// Schedules `event` for `time`, which is neither past (before the last event popped) nor
  /// `never`; both are contract violations.
  Handle schedule(Time time, Event event) {
    check(time);
    const std::uint32_t slot = take_slot(std::move(event));
    enter(make_key(time, next_sequence(), slot));
    ++scheduled_;
    return {slot, slots_[slot].generation};
  }

  /// Removes the event; false if it already fired or was cancelled, or if the handle names none.
  bool cancel(Handle handle) {
    if (!pending(handle)) return false;
    leave(handle.slot);
    release(handle.slot);
    refill();
    return true;
  }

  /// Moves the event to `time` as if it were scheduled now; handle and payload stay. False as for
  /// cancel; contracts as for schedule.
  bool reschedule(Handle handle, Time time) {
    check(time);
    if (!pending(handle)) return false;
    const Key key = make_key(time, next_sequence(), handle.slot);
    if (heap_.holds(handle.slot) && !ladder_.takes(ticks_of(key))) {
      heap_.replace(key);
      return true;
    }
    leave(handle.slot);
    enter(key);
    refill();
    return true;
  }

  bool pending(Handle handle) const {
    return handle.slot < slots_.size() && handle &&
           slots_[handle.slot].generation == handle.generation;
  }

  /// The time of the event, if it is pending.
  std::optional<Time> when(Handle handle) const {
    if (!pending(handle)) return std::nullopt;
    const bool near = heap_.holds(handle.slot);
    return time_of(near ? heap_.key_of(handle.slot) : ladder_.key_of(handle.slot));
  }

  /// The time of the next event; `never` if there is none.
  Time next_time() const { return empty() ? never : time_of(heap_.top()); }

  /// Removes and returns the next event and its time. There must be one.
  std::pair<Time, Event> pop() {
    TRUCE_EXPECT(!empty(), "an empty calendar has no next event");
    const Key top = heap_.top();
    const std::uint32_t slot = slot_of(top);
    past_ = time_of(top);
    std::pair<Time, Event> next{past_, std::move(slots_[slot].event)};
    heap_.pop();
    release(slot);
    refill();
    if (!empty()) __builtin_prefetch(&slots_[slot_of(heap_.top())]);
    return next;
  }

  std::size_t size() const { return heap_.size() + ladder_.size(); }
  bool empty() const { return heap_.empty(); }

  /// Makes room for `n` pending events.
  void reserve(std::size_t n) {
    heap_.reserve(n);
    ladder_.reserve(n);
    slots_.reserve(n);
  }

  /// Cancels every pending event; what is past stays past.
  void clear() {
    for (const Key key : drain()) release(slot_of(key));
  }

  /// How many events were ever scheduled; rescheduling does not count.
  std::uint64_t scheduled() const { return scheduled_; }

 private:
  struct Slot {
    Event event;
    std::uint32_t generation;
    std::uint32_t next_free;
  };

  /// So many events in the heap are too many, if some of them can wait in the ladder.
  static constexpr std::size_t many = 64;

  void check(Time time) const {
    TRUCE_EXPECT(time >= past_, "events are scheduled for now or later, not for the past");
    TRUCE_EXPECT(time != never, "what never happens is not scheduled");
  }

  std::uint32_t take_slot(Event&& event) {
    if (free_ == no_slot) {
      TRUCE_EXPECT(slots_.size() < Ladder::most_slots, "pending events are counted in 31 bits");
      slots_.push_back({std::move(event), 1, no_slot});
      heap_.add_slot();
      ladder_.add_slot();
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_;
    free_ = slots_[slot].next_free;
    slots_[slot].event = std::move(event);
    ++slots_[slot].generation;
    return slot;
  }

  void release(std::uint32_t slot) {
    ++slots_[slot].generation;
    slots_[slot].next_free = free_;
    free_ = slot;
  }

  /// Puts a key where it belongs. The heap is empty only if nothing is pending.
  void enter(Key key) {
    if (ladder_.takes(ticks_of(key))) {
      ladder_.push(key);
      refill();
      return;
    }
    heap_.push(key);
    if (heap_.size() > limit_) spill();
  }

  void leave(std::uint32_t slot) {
    if (heap_.holds(slot)) {
      heap_.remove(slot);
    } else {
      ladder_.remove(slot);
    }
  }

  /// Keeps the next event in the heap.
  void refill() {
    if (!heap_.empty() || ladder_.empty()) return;
    ladder_.give_nearest(heap_);
    limit_ = std::max(many, 2 * heap_.size());
  }

  /// Leaves to the ladder all but the nearest events of the heap.
  [[gnu::noinline]] void spill() {
    ladder_.take_back(heap_);
    limit_ = std::max(many, 2 * heap_.size());
  }

  std::vector<Key> drain() {
    std::vector<Key> keys;
    heap_.drain(keys);
    ladder_.drain(keys);
    return keys;
  }

  std::uint32_t next_sequence() {
    if (sequence_ == std::numeric_limits<std::uint32_t>::max()) renumber();
    return sequence_++;
  }

  /// Gives the pending events the sequence numbers 0, 1, ... in their order.
  void renumber() {
    auto keys = drain();
    std::sort(keys.begin(), keys.end());
    sequence_ = 0;
    for (const Key key : keys) enter(make_key(time_of(key), sequence_++, slot_of(key)));
  }

  Heap heap_;      ///< the nearest events
  Ladder ladder_;  ///< all others
  std::vector<Slot> slots_;
  std::vector<Key> moved_;    ///< on their way between heap and ladder
  std::size_t limit_ = many;  ///< events in the heap before it is asked to spill
  std::uint32_t free_ = no_slot;
  std::uint32_t sequence_;
  std::uint64_t scheduled_ = 0;
  Time past_ = Time::min();  ///< time of the last event popped
};

}  // namespace truce::engine
