// SPDX-License-Identifier: Apache-2.0
// The nearest events: an indexed heap of four children per node.
//
// The children of a node share a cache line (after LaMarca and Ladner, "The influence of caches on
// the performance of heaps", 1996; Larkin, Sen and Tarjan, "A back-to-basics empirical study of
// priority queues", 2014). A table from slot to position makes every removal a true one of
// O(log n).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/engine/key.hpp"

namespace truce::engine {

class Heap {
 public:
  bool empty() const { return end_ == root; }
  std::size_t size() const { return end_ - root; }
  Key top() const { return heap_[root]; }
  /// Whether the event of this slot is here. The slot must be known (see add_slot()).
  bool holds(std::uint32_t slot) const { return positions_[slot] != no_slot; }
  Key key_of(std::uint32_t slot) const { return heap_[positions_[slot]]; }

  /// Room in the table for one slot more.
  void add_slot() { positions_.push_back(no_slot); }
  void reserve(std::size_t n) {
    heap_.reserve(root + n + line_keys);
    positions_.reserve(n);
  }

  void push(Key key) {
    if (end_ == heap_.size()) heap_.resize(heap_.size() + line_keys, vacant);
    rise(end_++, key);
  }
  void pop() {
    positions_[slot_of(heap_[root])] = no_slot;
    fill(root);
  }
  void remove(std::uint32_t slot) {
    const std::size_t position = positions_[slot];
    positions_[slot] = no_slot;
    fill(position);
  }
  /// Replaces the key of a slot that is here.
  void replace(Key key) { refill(positions_[slot_of(key)], key); }

  /// Takes everything out and appends it to `keys`, in no order.
  void drain(std::vector<Key>& keys) {
    for (std::size_t p = root; p != end_; ++p) {
      keys.push_back(heap_[p]);
      positions_[slot_of(heap_[p])] = no_slot;
      heap_[p] = vacant;
    }
    end_ = root;
  }

 private:
  static constexpr std::size_t line_keys = 4;
  /// The root's index is 3, so that the children of p are the cache line at 4 p - 8.
  static constexpr std::size_t root = 3;

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

  /// Puts `key` into the heap whose `position` is a gap. The gap sinks to a leaf first: a key that
  /// comes from the end of the heap, or is moved to a later time, belongs near the leaves.
  void refill(std::size_t position, Key key) {
    for (std::size_t first = line_keys * position - 8; first < end_;
         first = line_keys * position - 8) {
      const std::size_t a = first + static_cast<std::size_t>(heap_[first + 1] < heap_[first]);
      const std::size_t b =
          first + 2 + static_cast<std::size_t>(heap_[first + 3] < heap_[first + 2]);
      const std::size_t least = heap_[b] < heap_[a] ? b : a;
      place(position, heap_[least]);
      position = least;
    }
    rise(position, key);
  }

  /// Closes the gap at `position` with the last key.
  void fill(std::size_t position) {
    const Key last = heap_[--end_];
    heap_[end_] = vacant;
    if (position != end_) refill(position, last);
  }

  /// Beyond the last event up to a whole line: `vacant`.
  std::vector<Key, LineAllocator<Key>> heap_ =
      std::vector<Key, LineAllocator<Key>>(line_keys, vacant);
  std::vector<std::uint32_t> positions_;  ///< of each slot's key; no_slot if it isn't here
  std::size_t end_ = root;                ///< one past the last event
};

}  // namespace truce::engine
