// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/run.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

namespace truce::experiment {
namespace {

constexpr std::chrono::milliseconds between_reports{100};
constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

/// The threads of one run, and what they share.
class Crew {
 public:
  Crew(const Plan& plan, const Play& play, const Audience& audience)
      : plan_(plan),
        play_(play),
        audience_(audience),
        blocks_((plan.replications + block_size - 1) / block_size),
        ahead_(blocks_ahead(plan.threads)),
        finished_(ahead_) {
    results_.seed = plan.seed;
    results_.first = plan.first;
    results_.planned = plan.replications;
    results_.columns = plan.columns;
    results_.series = plan.series;
  }

  Results play_all() {
    {
      const auto wanted = std::min<std::uint64_t>(plan_.threads, blocks_);
      std::vector<std::jthread> threads;
      threads.reserve(wanted);
      try {
        while (threads.size() < wanted) {
          {
            const std::scoped_lock lock(mutex_);
            ++at_work_;
          }
          threads.emplace_back([this] { work(); });
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
    if (failure_) {
      results_.ending = Ending::failed;
      results_.failure = std::move(failure_);
    } else if (results_.replications < plan_.replications) {
      results_.ending = Ending::interrupted;
    }
    return std::move(results_);
  }

 private:
  /// Reports progress until the last worker has left.
  void follow() {
    std::uint64_t reported = none;
    const auto report = [&] {
      const auto done = played_.load();
      if (done == reported) return;
      reported = done;
      if (audience_.progress) audience_.progress(done, plan_.replications);
    };
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, between_reports, [this] { return at_work_ == 0; })) {
      lock.unlock();
      report();
      lock.lock();
    }
    lock.unlock();
    report();
  }

  void work() {
    try {
      while (may_begin()) {
        const auto index = next_.fetch_add(1);
        if (index >= blocks_ || !wait_for_room(index)) break;
        auto block = play_block(index);
        if (!block) break;
        deliver(index, std::move(*block));
      }
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!broken_) broken_ = std::current_exception();
      halted_ = true;
    }
    leave();
  }

  void leave() {
    const std::scoped_lock lock(mutex_);
    --at_work_;
    changed_.notify_all();
  }

  bool may_begin() const {
    const bool stopped = audience_.stop != nullptr && audience_.stop->load();
    return !stopped && !halted_ && first_failed_ == none;
  }

  /// Nothing that follows a failure counts, while all before it must be played: that is what makes
  /// the failure reported the first one.
  bool is_idle(std::uint64_t index) const { return halted_ || first_failed_ < index; }

  bool wait_for_room(std::uint64_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return index < folded_ + ahead_ || is_idle(index); });
    return !is_idle(index);
  }

  std::optional<Block> play_block(std::uint64_t index) {
    const auto begin = index * block_size;
    const auto end = std::min(begin + block_size, plan_.replications);
    Block block;
    for (auto i = begin; i < end; ++i) {
      if (is_idle(index)) return std::nullopt;
      const auto replication = plan_.first + i;
      try {
        block.add(play_({plan_.seed, replication}), plan_.columns);
      } catch (const std::exception& error) {
        fail(index, replication, error.what());
        return std::nullopt;
      } catch (...) {
        fail(index, replication, "unknown error");
        return std::nullopt;
      }
      ++played_;
    }
    return block;
  }

  void fail(std::uint64_t index, std::uint64_t replication, std::string_view what) {
    const std::scoped_lock lock(mutex_);
    if (index < first_failed_) {
      first_failed_ = index;
      failure_ = {replication, std::string(what) + "\n  scenario: " + plan_.scenario +
                                   "\n  seed: " + std::to_string(plan_.seed) +
                                   ", replication: " + std::to_string(replication) +
                                   "\n  replay: " + replay_command(plan_, replication)};
    }
    changed_.notify_all();
  }

  /// Leaves a block where its turn will come. Whoever brings the block whose turn it is takes it in
  /// and those that follow it, outside the lock, while the others go on.
  void deliver(std::uint64_t index, Block block) {
    std::unique_lock lock(mutex_);
    finished_[index % ahead_] = std::move(block);
    if (folding_) return;
    folding_ = true;
    while (auto& slot = finished_[folded_ % ahead_]) {
      if (halted_) break;
      auto next = std::move(*slot);
      slot.reset();
      lock.unlock();
      take_in(std::move(next));
      lock.lock();
      ++folded_;
      changed_.notify_all();
    }
    folding_ = false;
  }

  void take_in(Block block) {
    if (audience_.row) {
      auto replication = plan_.first + results_.replications;
      for (const auto& played : block.played()) audience_.row(replication++, played.row);
    }
    results_.fold(std::move(block));
  }

  const Plan& plan_;
  const Play& play_;
  const Audience& audience_;
  const std::uint64_t blocks_;
  const std::uint64_t ahead_;

  std::atomic<std::uint64_t> next_{0};    ///< block to be handed out
  std::atomic<std::uint64_t> played_{0};  ///< replications, for the progress
  std::atomic<std::uint64_t> first_failed_{none};
  std::atomic<bool> halted_{false};

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Block>> finished_;  ///< by index modulo `ahead_`
  std::uint64_t folded_ = 0;                    ///< blocks taken in
  std::uint64_t at_work_ = 0;                   ///< threads
  std::optional<Failure> failure_;
  std::exception_ptr broken_;
  bool folding_ = false;
  Results results_;  ///< touched by the thread that folds
};

}  // namespace

std::string replay_command(const Plan& plan, std::uint64_t replication) {
  return plan.command + " --seed " + std::to_string(plan.seed) + " --first " +
         std::to_string(replication) + " --replications 1";
}

Results run(const Plan& plan, const Play& play, const Audience& audience) {
  TRUCE_EXPECT(plan.replications > 0 && plan.threads > 0, "a run has replications and threads");
  return Crew(plan, play, audience).play_all();
}

}  // namespace truce::experiment
