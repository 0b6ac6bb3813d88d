// SPDX-License-Identifier: Apache-2.0
#include "bench/allocations.hpp"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace truce::bench {
namespace {

// One thread measures; the counters need no lock.
std::size_t in_use = 0;
std::size_t peak = 0;

void* counted(void* block) {
  if (block == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(block);
  peak = std::max(peak, in_use);
  return block;
}

void release(void* block) {
  if (block != nullptr) in_use -= malloc_usable_size(block);
  std::free(block);
}

}  // namespace

std::size_t bytes_in_use() {
  return in_use;
}
std::size_t peak_bytes() {
  return peak;
}
void forget_peak() {
  peak = in_use;
}

}  // namespace truce::bench

// The forms with arrays, sizes and nothrow call these.
void* operator new(std::size_t size) {
  return truce::bench::counted(std::malloc(size));
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto step = static_cast<std::size_t>(alignment);
  return truce::bench::counted(std::aligned_alloc(step, (size + step - 1) / step * step));
}
void operator delete(void* block) noexcept {
  truce::bench::release(block);
}
void operator delete(void* block, std::size_t) noexcept {
  truce::bench::release(block);
}
void operator delete(void* block, std::align_val_t) noexcept {
  truce::bench::release(block);
}
void operator delete(void* block, std::size_t, std::align_val_t) noexcept {
  truce::bench::release(block);
}
