// SPDX-License-Identifier: Apache-2.0
// The calendar allocates nothing per event once it has grown: every allocation of this executable
// is counted. (Not inlined, since g++ would then miss the pairs of new and delete and warn.)
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "sim/core/time.hpp"

#include "sim/engine/calendar.hpp"

namespace {

std::uint64_t& allocations() {
  static std::uint64_t count = 0;
  return count;
}

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations();
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations();
  const auto step = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(step, (size + step - 1) / step * step)) return memory;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
  std::free(memory);
}

namespace truce::engine {
namespace {

constexpr int n = 1000;

void churn(Calendar<int>& calendar) {
  for (int i = 0; i != 20'000; ++i) {
    const auto [time, event] = calendar.pop();
    const Handle handle = calendar.schedule(time + Duration{i * 7919 % 1000}, event);
    calendar.reschedule(handle, time + Duration{i % 500});
    if (i % 3 != 0) continue;
    calendar.cancel(handle);
    calendar.schedule(time + Duration{5}, event);
  }
}

TEST(CalendarMemory, NothingIsAllocatedOnceItHasGrown) {
  const std::uint64_t before_growing = allocations();
  Calendar<int> calendar;
  for (int i = 0; i != n; ++i) calendar.schedule(Time{Duration{i}}, i);
  churn(calendar);
  const std::uint64_t grown = allocations();
  EXPECT_GT(grown, before_growing) << "allocations are not counted";
  churn(calendar);
  EXPECT_EQ(allocations(), grown);
}

TEST(CalendarMemory, NothingIsAllocatedAfterReserving) {
  Calendar<int> calendar;
  calendar.reserve(n);
  const std::uint64_t reserved = allocations();
  for (int i = 0; i != n; ++i) calendar.schedule(Time{Duration{i}}, i);
  churn(calendar);
  EXPECT_EQ(allocations(), reserved);
}

}  // namespace
}  // namespace truce::engine
