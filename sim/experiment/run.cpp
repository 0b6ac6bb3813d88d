// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment/run.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <string_view>
#include <utility>

#include "sim/core/contract.hpp"

#include "sim/experiment/crew.hpp"

namespace truce::experiment {
namespace {

constexpr std::uint64_t unreported = std::numeric_limits<std::uint64_t>::max();

/// That a replication could not be played.
struct Failed {
  std::size_t arm = 0;
  Failure failure;
};

Failed failed(const std::vector<Arm>& arms, std::size_t arm, std::uint64_t replication,
              std::string_view what) {
  const Plan& plan = arms[arm].plan;
  return {arm,
          {replication, std::string(what) + "\n  scenario: " + plan.scenario +
                            "\n  seed: " + std::to_string(plan.seed) +
                            ", replication: " + std::to_string(replication) +
                            "\n  replay: " + replay_command(plan, replication)}};
}

/// The same replications of all arms.
using Blocks = std::vector<Block>;

class JointRun {
 public:
  JointRun(std::vector<Arm> arms, const JointAudience& audience)
      : arms_(std::move(arms)), audience_(audience) {
    TRUCE_EXPECT(!arms_.empty(), "something is played");
    for (auto& arm : arms_) {
      TRUCE_EXPECT(arm.plan.seed == plan().seed && arm.plan.first == plan().first &&
                       arm.plan.replications == plan().replications,
                   "scenarios played side by side meet the same replications");
      auto results = std::move(arm.so_far);
      TRUCE_EXPECT((results_.empty() || results.replications == results_.front().replications) &&
                       results.replications % block_size == 0,
                   "as many whole blocks of each are there already");
      results.seed = arm.plan.seed;
      results.first = arm.plan.first;
      results.planned = arm.plan.replications;
      results.columns = arm.plan.columns;
      results.series = arm.plan.series;
      results.ending = Ending::complete;
      results_.push_back(std::move(results));
    }
    done_before_ = results_.front().replications;
    played_ = done_before_ * arms_.size();
  }

  std::vector<Results> play_all() {
    const auto missing = plan().replications - std::min(plan().replications, done_before_);
    Crew<Blocks>::Orders orders;
    orders.pieces = (missing + block_size - 1) / block_size;
    orders.threads = plan().threads;
    orders.stop = audience_.stop;
    orders.make = [this](std::uint64_t index, const std::function<bool()>& idle) {
      return play_block(index, idle);
    };
    orders.take = [this](Blocks block) { return take_in(std::move(block)); };
    orders.report = [this] { report(); };
    std::exception_ptr failure;
    if (missing > 0) failure = Crew<Blocks>(std::move(orders)).work();
    end(failure);
    return std::move(results_);
  }

 private:
  const Plan& plan() const { return arms_.front().plan; }

  void report() {
    const auto done = played_.load();
    if (done == reported_) return;
    reported_ = done;
    if (audience_.progress) audience_.progress(done, plan().replications * arms_.size());
  }

  Blocks play_block(std::uint64_t index, const std::function<bool()>& idle) {
    const auto begin = done_before_ + index * block_size;
    const auto end = std::min(begin + block_size, plan().replications);
    Blocks block(arms_.size());
    for (auto i = begin; i < end; ++i) {
      const auto replication = plan().first + i;
      for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
        if (idle()) return block;
        try {
          block[arm].add(arms_[arm].play({plan().seed, replication}), arms_[arm].plan.columns);
        } catch (const std::exception& error) {
          throw failed(arms_, arm, replication, error.what());
        } catch (...) {
          throw failed(arms_, arm, replication, "unknown error");
        }
        ++played_;
      }
    }
    return block;
  }

  Appetite take_in(Blocks blocks) {
    const auto size = blocks.front().played().size();
    std::vector<const Played*> side_by_side(arms_.size());
    for (std::size_t i = 0; audience_.played && i < size; ++i) {
      for (std::size_t arm = 0; arm < arms_.size(); ++arm) {
        side_by_side[arm] = &blocks[arm].played()[i];
      }
      audience_.played(plan().first + results_.front().replications + i, side_by_side);
    }
    for (std::size_t arm = 0; arm < arms_.size(); ++arm) results_[arm].fold(std::move(blocks[arm]));
    sated_ = size == block_size && audience_.enough && audience_.enough(results_);
    return sated_ ? Appetite::enough : Appetite::more;
  }

  void end(const std::exception_ptr& failure) {
    if (failure) {
      try {
        std::rethrow_exception(failure);
      } catch (Failed& one) {
        for (auto& results : results_) results.ending = Ending::failed;
        results_[one.arm].failure = std::move(one.failure);
      }
      return;
    }
    for (auto& results : results_) {
      if (!sated_ && results.replications < plan().replications) {
        results.ending = Ending::interrupted;
      }
    }
  }

  std::vector<Arm> arms_;
  const JointAudience& audience_;
  std::uint64_t done_before_ = 0;
  std::atomic<std::uint64_t> played_{0};  ///< replications of all arms, for the progress
  std::uint64_t reported_ = unreported;
  bool sated_ = false;
  std::vector<Results> results_;  ///< touched by the thread that takes in
};

}  // namespace

std::string replay_command(const Plan& plan, std::uint64_t replication) {
  return plan.command + " --seed " + std::to_string(plan.seed) + " --first " +
         std::to_string(replication) + " --replications 1";
}

Results run(const Plan& plan, const Play& play, const Audience& audience) {
  TRUCE_EXPECT(plan.replications > 0 && plan.threads > 0, "a run has replications and threads");
  JointAudience joint;
  if (audience.row) {
    joint.played = [&](std::uint64_t replication, std::span<const Played* const> arms) {
      audience.row(replication, arms.front()->row);
    };
  }
  joint.progress = audience.progress;
  joint.stop = audience.stop;
  return std::move(run_together({{plan, play}}, joint).front());
}

std::vector<Results> run_together(std::vector<Arm> arms, const JointAudience& audience) {
  return JointRun(std::move(arms), audience).play_all();
}

}  // namespace truce::experiment
