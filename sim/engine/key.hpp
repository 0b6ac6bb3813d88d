// SPDX-License-Identifier: Apache-2.0
// What the calendar orders: time, then order of scheduling, in one 128-bit integer that also names
// the slot where the event waits. One comparison without a branch decides between two events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <new>

#include "sim/core/time.hpp"

namespace truce::engine {

/// From the highest bit: time (sign flipped, so that unsigned order is the order of times),
/// sequence, slot.
__extension__ using Key = unsigned __int128;

/// Greater than any key of an event.
inline constexpr Key vacant = ~Key{0};
inline constexpr std::uint32_t no_slot = std::numeric_limits<std::uint32_t>::max();

/// A time as an unsigned integer of the same order.
constexpr std::uint64_t ticks_of(Time time) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  return static_cast<std::uint64_t>(time.time_since_epoch().count()) ^ sign;
}
constexpr Time time_of_ticks(std::uint64_t ticks) {
  constexpr std::uint64_t sign = std::uint64_t{1} << 63U;
  return Time{Duration{static_cast<std::int64_t>(ticks ^ sign)}};
}

constexpr Key make_key(Time time, std::uint32_t sequence, std::uint32_t slot) {
  return Key{ticks_of(time)} << 64U | Key{sequence} << 32U | Key{slot};
}
constexpr std::uint64_t ticks_of(Key key) {
  return static_cast<std::uint64_t>(key >> 64U);
}
constexpr Time time_of(Key key) {
  return time_of_ticks(ticks_of(key));
}
constexpr std::uint32_t slot_of(Key key) {
  return static_cast<std::uint32_t>(key);
}

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

}  // namespace truce::engine
