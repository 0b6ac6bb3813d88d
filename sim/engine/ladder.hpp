// SPDX-License-Identifier: Apache-2.0
// The events that are not near: kept in buckets of time, unordered until their bucket's turn comes.
//
// A ladder queue (Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for
// large-scale discrete event simulation", ACM TOMACS 15, 2005). What lies beyond the last rung
// waits in one list, the top. When all before it is done, the top is spread over the buckets of a
// first rung; a bucket that still holds too many is spread over a rung of its own. A bucket of few
// events goes to the calendar's heap, which orders them. Unlike there, widths are powers of two
// (a shift instead of a division), the lists are doubly linked so that removals are true ones, and
// events that share one time are never spread: they go to the heap together, so that ties cost a
// logarithm instead of a collapse.
//
// Which bucket an event waits in has no influence on the order of events: keys alone decide that.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "sim/core/contract.hpp"

#include "sim/engine/heap.hpp"
#include "sim/engine/key.hpp"

namespace truce::engine {

class Ladder {
 public:
  /// As many events as the heap orders at once as quickly as buckets would.
  static constexpr std::size_t few = 48;
  /// Slots are told from lists by the highest bit.
  static constexpr std::size_t most_slots = std::size_t{1} << 31U;

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  Key key_of(std::uint32_t slot) const { return links_[node_of(slot)].key; }

  void add_slot() { links_.emplace_back(); }
  void reserve(std::size_t n) {
    links_.reserve(n + 1);
    moved_.reserve(n);
    heads_.reserve(first_head(0) + steps_for(n));
  }

  /// Whether an event of this time belongs here and not in the heap.
  bool takes(std::uint64_t ticks) const { return ticks >= near_end_; }

  /// Takes in an event that belongs here.
  void push(Key key) {
    link(key, head_for(ticks_of(key)));
    ++size_;
  }
  void remove(std::uint32_t slot) {
    unlink(node_of(slot));
    --size_;
  }

  /// Moves the nearest events to the heap, which is empty, and from now on leaves to it what is
  /// scheduled before the next bucket. There must be events.
  void give_nearest(Heap& heap) {
    while (heap.empty()) {
      if (depth_ == 0) {
        near_end_ = all_near;
        move(top, heap);
        continue;
      }
      Rung& rung = rungs_[depth_ - 1];
      while (rung.next <= rung.last && heads_[rung.first + rung.next] == end_of_list) ++rung.next;
      if (rung.next > rung.last) {
        near_end_ = std::exchange(rung.end, 0);
        --depth_;
        continue;
      }
      const std::uint32_t head = rung.first + rung.next++;
      near_end_ = rung.begin_of(rung.next);
      move(head, heap);
    }
    size_ -= heap.size();
  }

  /// Takes back what the heap holds, too many events, and gives it the nearest of them. All of them
  /// stay there if they share one time.
  void take_back(Heap& heap) {
    heap.drain(moved_);
    const std::size_t count = moved_.size();
    if (spread()) {
      size_ += count;
      give_nearest(heap);
    } else {
      fill(heap);
    }
  }

  /// Takes everything out and appends it to `keys`, in no order.
  void drain(std::vector<Key>& keys) {
    for (auto& head : heads_) gather(std::exchange(head, end_of_list), keys);
    size_ = 0;
    depth_ = 0;
    rungs_[0].end = 0;
    near_end_ = all_near;
  }

 private:
  /// A node of a list; node 0 ends every list, so that linking needs no question about the end.
  struct Link {
    Key key{};
    std::uint32_t next = end_of_list;
    std::uint32_t before = 0;  ///< the node before; for the first one, `is_head` and its head
  };
  struct Rung {
    std::uint64_t begin = 0;  ///< of the first bucket
    std::uint64_t end = 0;    ///< of the last bucket; 0 while the rung is not in use
    unsigned shift = 0;       ///< a bucket is 2^shift ticks wide
    std::uint32_t first = 0;  ///< head of the first bucket
    std::uint32_t last = 0;   ///< bucket
    std::uint32_t next = 0;   ///< the bucket whose turn comes next; those before are empty

    std::uint64_t begin_of(std::uint32_t step) const {
      return step > last ? end : begin + (std::uint64_t{step} << shift);
    }
  };
  static constexpr std::uint64_t all_near = std::numeric_limits<std::uint64_t>::max();
  static constexpr std::uint32_t end_of_list = 0;
  static constexpr std::uint32_t is_head = std::uint32_t{1} << 31U;
  static constexpr std::uint32_t top = 0;
  /// Buckets of a rung: of the first one about as many as events, of one below always as many.
  static constexpr std::uint32_t steps_below = 64;
  static constexpr std::uint32_t most_steps = 1U << 16U;
  /// Each rung is 64 times as fine as the one above, so that eleven reach down to one tick.
  static constexpr std::size_t most_rungs = 12;

  static std::uint32_t steps_for(std::size_t events) {
    const auto wanted = std::min<std::size_t>(events, most_steps);
    return std::max(steps_below, std::bit_ceil(static_cast<std::uint32_t>(wanted)));
  }
  /// The lists of the rungs below come first: they are few and always as many.
  static constexpr std::uint32_t first_head(std::size_t rung) {
    return 1 + static_cast<std::uint32_t>((rung + most_rungs - 1) % most_rungs) * steps_below;
  }

  static std::uint32_t node_of(std::uint32_t slot) { return slot + 1; }

  /// The list for a time at or beyond `near_end_`: of the finest rung that reaches so far.
  std::uint32_t head_for(std::uint64_t ticks) const {
    for (std::size_t i = depth_; i > 1; --i) {
      if (ticks < rungs_[i - 1].end) return head_in(rungs_[i - 1], ticks);
    }
    // In the first rung or beyond it: a choice that nobody can predict, hence without a branch. The
    // top is list 0.
    return head_in(rungs_[0], ticks) * static_cast<std::uint32_t>(ticks < rungs_[0].end);
  }

  static std::uint32_t head_in(const Rung& rung, std::uint64_t ticks) {
    return rung.first + static_cast<std::uint32_t>((ticks - rung.begin) >> rung.shift);
  }

  void link(Key key, std::uint32_t head) {
    const std::uint32_t node = node_of(slot_of(key));
    const std::uint32_t second = heads_[head];
    links_[node] = {key, second, is_head | head};
    links_[second].before = node;
    heads_[head] = node;
  }

  void unlink(std::uint32_t node) {
    const Link& gone = links_[node];
    if ((gone.before & is_head) != 0) {
      heads_[gone.before & ~is_head] = gone.next;
    } else {
      links_[gone.before].next = gone.next;
    }
    links_[gone.next].before = gone.before;
  }

  void gather(std::uint32_t node, std::vector<Key>& keys) const {
    for (; node != end_of_list; node = links_[node].next) keys.push_back(links_[node].key);
  }

  /// Moves a list to the heap if its events are few or share one time, to a new rung otherwise.
  void move(std::uint32_t head, Heap& heap) {
    std::uint32_t node = std::exchange(heads_[head], end_of_list);
    for (std::size_t n = 0; n != few && node != end_of_list; ++n, node = links_[node].next) {
      heap.push(links_[node].key);
    }
    if (node != end_of_list) move_many(node, heap);
  }

  [[gnu::noinline]] void move_many(std::uint32_t node, Heap& heap) {
    heap.drain(moved_);
    gather(node, moved_);
    if (spread()) return;
    if (depth_ == 0) near_end_ = ticks_of(moved_.front()) + 1;
    fill(heap);
  }

  /// Fills the empty heap with `moved_`. A sorted array is a heap.
  void fill(Heap& heap) {
    std::sort(moved_.begin(), moved_.end());
    for (const Key key : moved_) heap.push(key);
    moved_.clear();
  }

  /// Spreads `moved_` over a new rung for all times before the rungs that are there (before the
  /// top, if there is none), and empties it. False, and nothing is done, if its events share one
  /// time.
  bool spread() {
    const auto [least, most] = std::minmax_element(moved_.begin(), moved_.end());
    if (ticks_of(*least) == ticks_of(*most)) return false;
    TRUCE_EXPECT(depth_ < most_rungs, "twelve rungs reach down to one tick");
    const std::uint32_t steps = depth_ == 0 ? steps_for(moved_.size()) : steps_below;
    Rung rung;
    rung.begin = ticks_of(*least);
    // A rung below covers what is left of its bucket, though no event be there yet.
    const std::uint64_t span = (depth_ == 0 ? ticks_of(*most) : near_end_ - 1) - rung.begin;
    rung.shift = static_cast<unsigned>(
        std::max(0, static_cast<int>(std::bit_width(span)) - std::countr_zero(steps)));
    rung.last = static_cast<std::uint32_t>(span >> rung.shift);
    const std::uint64_t width = (std::uint64_t{rung.last} + 1) << rung.shift;
    rung.end = width - 1 < near_end_ - rung.begin ? rung.begin + width : near_end_;
    rung.first = first_head(depth_);
    if (heads_.size() < rung.first + steps) heads_.resize(rung.first + steps, end_of_list);
    near_end_ = rung.begin;
    rungs_[depth_++] = rung;
    for (const Key key : moved_) link(key, head_for(ticks_of(key)));
    moved_.clear();
    return true;
  }

  std::vector<Link> links_ = std::vector<Link>(1);
  std::vector<Key> moved_;  ///< on their way
  std::vector<std::uint32_t> heads_ = std::vector<std::uint32_t>(1, end_of_list);
  std::array<Rung, most_rungs> rungs_{};
  std::size_t depth_ = 0;  ///< rungs in use; the last one is the nearest and finest
  std::size_t size_ = 0;
  std::uint64_t near_end_ = all_near;  ///< what comes before it belongs to the heap
};

}  // namespace truce::engine
