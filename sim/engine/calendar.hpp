// SPDX-License-Identifier: Apache-2.0
// The calendar of what will happen: events in the order of their time, and in the order in which
// they were scheduled where times are equal.
//
// An indexed heap of four children per node, of 16-byte keys (time, sequence, slot) that compare as
// one 128-bit integer; the children of a node share a cache line (after LaMarca and Ladner, "The
// influence of caches on the performance of heaps", 1996; Larkin, Sen and Tarjan, "A back-to-basics
// empirical study of priority queues", 2014). A table from slot to heap position makes cancelling
// and rescheduling true removals of O(log n). Nothing is allocated per event once the calendar has
// grown to the most events that were ever pending.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

namespace truce::engine {

/// Names one scheduled event. A default handle names none; a handle whose event fired or was
/// cancelled stays harmless until its slot was used 2^31 times more.
struct Handle {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  ///< odd while the event is pending, 0 for none

  explicit operator bool() const { return generation != 0; }
  bool operator==(const Handle&) const = default;
};

/// Memory that starts on a cache line.
template <class T>
struct LineAllocator {
  using value_type = T;
  static constexpr std::align_val_t line{64};

  LineAllocator() = default;
  template <class U>
  LineAllocator(const LineAllocator<U>&) {}  // NOLINT(google-explicit-constructor)
  T* allocate(std::size_t n) { return static_cast<T*>(::operator new(n * sizeof(T), line)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, line); }
  bool operator==(const LineAllocator&) const { return true; }
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
    if (end_ == heap_.size()) heap_.resize(heap_.size() + line_keys, vacant);
    const Key key = make_key(time, next_sequence(), slot);
    rise(end_++, key);
    ++scheduled_;
    return {slot, slots_[slot].generation};
  }

  /// Removes the event; false if it already fired or was cancelled, or if the handle names none.
  bool cancel(Handle handle) {
    if (!pending(handle)) return false;
    remove(positions_[handle.slot]);
    release(handle.slot);
    return true;
  }

  /// Moves the event to `time` as if it were scheduled now; handle and payload stay. False as for
  /// cancel; contracts as for schedule.
  bool reschedule(Handle handle, Time time) {
    check(time);
    if (!pending(handle)) return false;
    const Key key = make_key(time, next_sequence(), handle.slot);
    refill(positions_[handle.slot], key);
    return true;
  }

  bool pending(Handle handle) const {
    return handle.slot < slots_.size() && handle &&
           slots_[handle.slot].generation == handle.generation;
  }

  /// The time of the event, if it is pending.
  std::optional<Time> when(Handle handle) const {
    if (!pending(handle)) return std::nullopt;
    return time_of(heap_[positions_[handle.slot]]);
  }

  /// The time of the next event; `never` if there is none.
  Time next_time() const { return empty() ? never : time_of(heap_[root]); }

  /// Removes and returns the next event and its time. There must be one.
  std::pair<Time, Event> pop() {
    TRUCE_EXPECT(!empty(), "an empty calendar has no next event");
    const Key top = heap_[root];
    const std::uint32_t slot = slot_of(top);
    past_ = time_of(top);
    std::pair<Time, Event> next{past_, std::move(slots_[slot].event)};
    remove(root);
    release(slot);
    if (!empty()) __builtin_prefetch(&slots_[slot_of(heap_[root])]);
    return next;
  }

  std::size_t size() const { return end_ - root; }
  bool empty() const { return end_ == root; }

  /// Makes room for `n` pending events.
  void reserve(std::size_t n) {
    heap_.reserve(root + n + line_keys);
    positions_.reserve(n);
    slots_.reserve(n);
  }

  /// Cancels every pending event; what is past stays past.
  void clear() {
    for (std::size_t p = root; p != end_; ++p) {
      release(slot_of(heap_[p]));
      heap_[p] = vacant;
    }
    end_ = root;
  }

  /// How many events were ever scheduled; rescheduling does not count.
  std::uint64_t scheduled() const { return scheduled_; }

 private:
  /// From the highest bit: time (sign flipped, so that unsigned order is the order of times),
  /// sequence, slot.
  __extension__ using Key = unsigned __int128;
  struct Slot {
    Event event;
    std::uint32_t generation;
  };

  static constexpr std::size_t line_keys = 4;
  /// The root's index is 3, so that the children of p are the cache line at 4 p - 8.
  static constexpr std::size_t root = 3;
  /// Fills the heap array beyond the last event: greater than any key.
  static constexpr Key vacant = ~Key{0};
  static constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  static Key make_key(Time time, std::uint32_t sequence, std::uint32_t slot) {
    const auto ticks = static_cast<std::uint64_t>(time.time_since_epoch().count());
    return Key{ticks ^ sign} << 64U | Key{sequence} << 32U | Key{slot};
  }
  static Time time_of(Key key) {
    const auto ticks = static_cast<std::uint64_t>(key >> 64U) ^ sign;
    return Time{Duration{static_cast<std::int64_t>(ticks)}};
  }
  static std::uint32_t slot_of(Key key) { return static_cast<std::uint32_t>(key); }

  void check(Time time) const {
    TRUCE_EXPECT(time >= past_, "events are scheduled for now or later, not for the past");
    TRUCE_EXPECT(time != never, "what never happens is not scheduled");
  }

  std::uint32_t take_slot(Event&& event) {
    if (free_ == none) {
      TRUCE_EXPECT(slots_.size() < none - line_keys, "pending events are counted in 32 bits");
      slots_.push_back({std::move(event), 1});
      positions_.push_back(0);
      return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t slot = free_;
    free_ = positions_[slot];
    slots_[slot].event = std::move(event);
    ++slots_[slot].generation;
    return slot;
  }

  /// A free slot's position links to the next free one.
  void release(std::uint32_t slot) {
    ++slots_[slot].generation;
    positions_[slot] = free_;
    free_ = slot;
  }

  std::uint32_t next_sequence() {
    if (sequence_ == std::numeric_limits<std::uint32_t>::max()) renumber();
    return sequence_++;
  }

  /// Gives the pending events the sequence numbers 0, 1, ... in their order. A sorted array is a
  /// heap.
  void renumber() {
    std::sort(heap_.begin() + root, heap_.begin() + static_cast<std::ptrdiff_t>(end_));
    sequence_ = 0;
    for (std::size_t p = root; p != end_; ++p) {
      place(p, make_key(time_of(heap_[p]), sequence_++, slot_of(heap_[p])));
    }
  }

  void place(std::size_t position, Key key) {
    heap_[position] = key;
    positions_[slot_of(key)] = static_cast<std::uint32_t>(position);
  }

  /// Puts `key` at the gap `position` or at an ancestor's place.
  void rise(std::size_t position, Key key) {
    while (position != root) {
      const std::size_t parent = position / line_keys + 2;
      if (heap_[parent] < key) break;
      place(position, heap_[parent]);
      position = parent;
    }
    place(position, key);
  }

  /// Asks for the children of the four siblings from `first` on before it is known which of them
  /// is needed. At a million events this saves a third of the time, at a hundred it costs nothing.
  void fetch_children_of(std::size_t first) const {
    const std::size_t children = line_keys * first - 8;
    if (children + 3 * line_keys >= end_) return;
    for (std::size_t line = 0; line != 4; ++line) {
      __builtin_prefetch(&heap_[children + line * line_keys]);
    }
  }

  /// Puts `key` into the heap whose `position` is a gap. The gap sinks to a leaf first: a key that
  /// comes from the end of the heap, or is moved to a later time, belongs near the leaves.
  void refill(std::size_t position, Key key) {
    for (std::size_t first = line_keys * position - 8; first < end_;
         first = line_keys * position - 8) {
      fetch_children_of(first);
      const std::size_t a = first + static_cast<std::size_t>(heap_[first + 1] < heap_[first]);
      const std::size_t b =
          first + 2 + static_cast<std::size_t>(heap_[first + 3] < heap_[first + 2]);
      const std::size_t least = heap_[b] < heap_[a] ? b : a;
      place(position, heap_[least]);
      position = least;
    }
    rise(position, key);
  }

  void remove(std::size_t position) {
    const Key last = heap_[--end_];
    heap_[end_] = vacant;
    if (position != end_) refill(position, last);
  }

  std::vector<Key, LineAllocator<Key>> heap_ =
      std::vector<Key, LineAllocator<Key>>(line_keys, vacant);
  std::vector<std::uint32_t> positions_;  ///< of each slot's key in the heap
  std::vector<Slot> slots_;
  std::size_t end_ = root;  ///< one past the last event in the heap
  std::uint32_t free_ = none;
  std::uint32_t sequence_;
  std::uint64_t scheduled_ = 0;
  Time past_ = Time::min();  ///< time of the last event popped
};

}  // namespace truce::engine
