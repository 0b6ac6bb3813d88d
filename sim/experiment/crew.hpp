// SPDX-License-Identifier: Apache-2.0
// Threads that do numbered pieces of work, whose results are taken in one after another in their
// order: whatever the threads were doing, what comes out is the same.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "sim/core/problem.hpp"

namespace truce::experiment {

/// How many pieces may be begun before the oldest unfinished one is done; it bounds the memory.
constexpr std::uint64_t blocks_ahead(unsigned threads) {
  return 2 * std::uint64_t{threads} + 2;
}

/// Whether there is a use for more pieces.
enum class Appetite : std::uint8_t { more, enough };

/// The threads of one run, and what they share. `Piece` is what one piece of work comes to.
template <class Piece>
class Crew {
 public:
  struct Orders {
    std::uint64_t pieces = 0;
    unsigned threads = 1;
    const std::atomic<bool>* stop = nullptr;  ///< once true, no piece is begun any more
    /// Does a piece; `idle` tells that its result will not be used any more. Several at a time.
    std::function<Piece(std::uint64_t index, const std::function<bool()>& idle)> make;
    /// Takes in the pieces, in order and one at a time. Nothing after `enough` is taken in.
    std::function<Appetite(Piece)> take;
    /// Called up to ten times a second and at the end, by the thread that called work().
    std::function<void()> report;
  };

  explicit Crew(Orders orders)
      : orders_(std::move(orders)), ahead_(blocks_ahead(orders_.threads)), finished_(ahead_) {}

  /// Returns what the first piece that failed threw, after all before it were taken in; nothing if
  /// none did. Throws WorldError if no thread can be started, and what `take` and `report` throw.
  std::exception_ptr work() {
    {
      const auto wanted = std::min<std::uint64_t>(orders_.threads, orders_.pieces);
      std::vector<std::jthread> threads;
      threads.reserve(wanted);
      try {
        while (threads.size() < wanted) {
          {
            const std::scoped_lock lock(mutex_);
            ++at_work_;
          }
          threads.emplace_back([this] { do_pieces(); });
        }
      } catch (const std::system_error& error) {
        // Fewer threads than wanted only take longer.
        leave();
        if (threads.empty()) throw WorldError("threads", error.code().message());
      }
      try {
        follow();
      } catch (...) {
        halted_ = true;
        throw;
      }
    }
    if (broken_) std::rethrow_exception(broken_);
    return sated_ ? nullptr : failure_;
  }

 private:
  static constexpr std::chrono::milliseconds between_reports{100};
  static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

  /// Reports progress until the last worker has left.
  void follow() {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, between_reports, [this] { return at_work_ == 0; })) {
      lock.unlock();
      orders_.report();
      lock.lock();
    }
    lock.unlock();
    orders_.report();
  }

  void do_pieces() {
    try {
      while (may_begin()) {
        const auto index = next_.fetch_add(1);
        if (index >= orders_.pieces || !wait_for_room(index)) break;
        try {
          deliver(index, orders_.make(index, [this, index] { return is_idle(index); }));
        } catch (const Broken&) {
          throw;
        } catch (...) {
          fail(index, std::current_exception());
          break;
        }
      }
    } catch (const Broken& broken) {
      const std::scoped_lock lock(mutex_);
      if (!broken_) broken_ = broken.why;
      halted_ = true;
    }
    leave();
  }

  /// That what was done could not be taken in, as opposed to not be done.
  struct Broken {
    std::exception_ptr why;
  };

  void leave() {
    const std::scoped_lock lock(mutex_);
    --at_work_;
    changed_.notify_all();
  }

  bool may_begin() const {
    const bool stopped = orders_.stop != nullptr && orders_.stop->load();
    return !stopped && !halted_ && first_failed_ == none;
  }

  /// Nothing that follows a failure counts, while all before it must be done: that is what makes
  /// the failure reported the first one.
  bool is_idle(std::uint64_t index) const { return halted_ || first_failed_ < index; }

  bool wait_for_room(std::uint64_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return index < taken_ + ahead_ || is_idle(index); });
    return !is_idle(index);
  }

  void fail(std::uint64_t index, std::exception_ptr why) {
    const std::scoped_lock lock(mutex_);
    if (index < first_failed_) {
      first_failed_ = index;
      failure_ = std::move(why);
    }
    changed_.notify_all();
  }

  /// Leaves a piece where its turn will come. Whoever brings the piece whose turn it is takes it in
  /// and those that follow it, outside the lock, while the others go on.
  void deliver(std::uint64_t index, Piece piece) {
    std::unique_lock lock(mutex_);
    if (is_idle(index)) return;
    finished_[index % ahead_] = std::move(piece);
    if (taking_) return;
    taking_ = true;
    while (auto& slot = finished_[taken_ % ahead_]) {
      if (halted_) break;
      auto next = std::move(*slot);
      slot.reset();
      lock.unlock();
      auto appetite = Appetite::more;
      try {
        appetite = orders_.take(std::move(next));
      } catch (...) {
        throw Broken{std::current_exception()};
      }
      lock.lock();
      ++taken_;
      if (appetite == Appetite::enough) sated_ = halted_ = true;
      changed_.notify_all();
    }
    taking_ = false;
  }

  const Orders orders_;
  const std::uint64_t ahead_;

  std::atomic<std::uint64_t> next_{0};  ///< piece to be handed out
  std::atomic<std::uint64_t> first_failed_{none};
  std::atomic<bool> halted_{false};
  bool sated_ = false;  ///< read when all threads have left

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Piece>> finished_;  ///< by index modulo `ahead_`
  std::uint64_t taken_ = 0;                     ///< pieces
  std::uint64_t at_work_ = 0;                   ///< threads
  std::exception_ptr failure_;
  std::exception_ptr broken_;
  bool taking_ = false;
};

}  // namespace truce::experiment
