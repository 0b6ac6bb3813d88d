// SPDX-License-Identifier: Apache-2.0
// Many replications on many threads: the same results as on one, whatever goes wrong on the way.
#include "sim/experiment/run.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/problem.hpp"

#include "sim/random/stream.hpp"

#include "sim/model/outcome.hpp"

#include "sim/experiment/crew.hpp"
#include "sim/experiment/summary.hpp"

namespace truce::experiment {
namespace {

constexpr std::size_t days = 5;

Plan plan_of(std::uint64_t replications, unsigned threads) {
  Plan plan;
  plan.seed = 7;
  plan.replications = replications;
  plan.threads = threads;
  plan.columns.resize(3);
  plan.columns[0].id = "wait";
  plan.columns[1].id = "count";
  plan.columns[2].id = "reached";
  plan.columns[2].scale = model::Scale::proportion;
  plan.series = {{"troops", "Troops", "troops", ""}, {"cases", "Cases", "", ""}};
  plan.scenario = "test";
  plan.command = "truce run test.yaml";
  return plan;
}

/// A replication whose values and cost come from its key: up to a quarter of a millisecond.
Played play(random::ReplicationKey key) {
  static const random::Source source("test", "value");
  auto stream = source.at(key);
  Played played;
  const double u = stream.uniform();
  played.row = {u < 0.1 ? model::absent : 1e6 * u * u * u, std::floor(100 * u),
                u < 0.3 ? 1.0 : 0.0};
  played.timeline.days = days;
  if (u > 0.05) {
    played.ceasefire = {from_days(u * static_cast<double>(days)),
                        static_cast<model::CeasefireEnd>(key.replication % 3)};
  }
  for (std::size_t i = 0; i < 2 * days; ++i) {
    const double v = stream.uniform();
    played.timeline.values.push_back(i == 3 && v < 0.5 ? model::absent : std::exp(v));
  }
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::microseconds(static_cast<int>(250 * stream.uniform()));
  while (std::chrono::steady_clock::now() < end) std::this_thread::yield();
  return played;
}

struct Rows {
  std::vector<std::uint64_t> replications;
  std::vector<std::uint64_t> bits;  ///< of all values in order

  Audience audience() {
    Audience audience;
    audience.row = [this](std::uint64_t replication, std::span<const double> row) {
      replications.push_back(replication);
      for (const double value : row) bits.push_back(std::bit_cast<std::uint64_t>(value));
    };
    return audience;
  }
};

void expect_same(const Results& a, const Results& b) {
  EXPECT_EQ(a.replications, b.replications);
  EXPECT_EQ(a.ending, b.ending);
  ASSERT_EQ(a.samples.size(), b.samples.size());
  for (std::size_t c = 0; c < a.samples.size(); ++c) {
    EXPECT_EQ(a.samples[c].moments, b.samples[c].moments) << c;
    EXPECT_EQ(a.samples[c].quantiles, b.samples[c].quantiles) << c;
    EXPECT_EQ(a.samples[c].absent, b.samples[c].absent) << c;
    EXPECT_EQ(a.samples[c].ones, b.samples[c].ones) << c;
  }
  ASSERT_TRUE(a.ceasefires && b.ceasefires);
  EXPECT_EQ(*a.ceasefires, *b.ceasefires);
  ASSERT_EQ(a.kept.size(), b.kept.size());
  for (std::size_t i = 0; i < a.kept.size(); ++i) {
    for (std::size_t v = 0; v < a.timeline.size(); ++v) {
      ASSERT_EQ(std::bit_cast<std::uint64_t>(a.kept[i].values[v]),
                std::bit_cast<std::uint64_t>(b.kept[i].values[v]));
    }
  }
  ASSERT_EQ(a.timeline.size(), b.timeline.size());
  for (std::size_t i = 0; i < a.timeline.size(); ++i) {
    EXPECT_EQ(a.timeline[i], b.timeline[i]) << i;
  }
}

TEST(Run, GivesTheSameBitsForAnyNumberOfThreads) {
  Rows one_rows;
  const auto one = run(plan_of(1003, 1), play, one_rows.audience());
  EXPECT_EQ(one.replications, 1003u);
  EXPECT_EQ(one.ending, Ending::complete);
  EXPECT_EQ(one.days, days);
  ASSERT_EQ(one_rows.replications.size(), 1003u);
  for (std::uint64_t i = 0; i < 1003; ++i) ASSERT_EQ(one_rows.replications[i], i);
  for (const unsigned threads : {2u, 7u}) {
    Rows rows;
    expect_same(one, run(plan_of(1003, threads), play, rows.audience()));
    EXPECT_EQ(rows.replications, one_rows.replications);
    EXPECT_EQ(rows.bits, one_rows.bits);
  }
}

TEST(Run, CountsWhatIsAbsentAndWhatIsAYes) {
  Rows rows;
  const auto results = run(plan_of(500, 2), play, rows.audience());
  std::uint64_t absent = 0;
  std::uint64_t yes = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    const auto row = play({7, i}).row;
    if (std::isnan(row[0])) ++absent;
    if (row[2] == 1.0) ++yes;
  }
  ASSERT_GT(absent, 0u);
  EXPECT_EQ(results.samples[0].absent, absent);
  EXPECT_EQ(results.samples[0].moments.count(), 500 - absent);
  EXPECT_EQ(results.samples[0].quantiles.count(), 500 - absent);
  EXPECT_EQ(results.samples[2].ones, yes);
  EXPECT_LT(results.timeline[3].count(), 500u);
  EXPECT_EQ(results.timeline[4].count(), 500u);
  EXPECT_EQ(summarise_days(results)[3].band_n, results.timeline[3].count());
}

TEST(Run, BeginsWhereItIsTold) {
  auto plan = plan_of(40, 2);
  plan.first = 1000;
  Rows rows;
  const auto results = run(plan, play, rows.audience());
  EXPECT_EQ(results.first, 1000u);
  EXPECT_EQ(rows.replications.front(), 1000u);
  EXPECT_EQ(rows.replications.back(), 1039u);
  EXPECT_EQ(std::bit_cast<double>(rows.bits[1]), play({7, 1000}).row[1]);
}

TEST(Run, StoppedKeepsAGaplessRange) {
  for (const unsigned threads : {1u, 2u, 7u}) {
    std::atomic<bool> stop{false};
    const Play stopping = [&](random::ReplicationKey key) {
      if (key.replication == 200) stop = true;
      return play(key);
    };
    Rows rows;
    auto audience = rows.audience();
    audience.stop = &stop;
    const auto results = run(plan_of(20'000, threads), stopping, audience);
    EXPECT_EQ(results.ending, Ending::interrupted);
    EXPECT_FALSE(results.failure);
    // Beyond the block of replication 200, at most those that there was room for had been begun,
    // and each thread may have been about to begin one more.
    EXPECT_GE(results.replications, 208u);
    EXPECT_LE(results.replications, 208u + block_size * (blocks_ahead(threads) + threads));
    EXPECT_EQ(results.replications % block_size, 0u);
    ASSERT_EQ(rows.replications.size(), results.replications);
    for (std::uint64_t i = 0; i < results.replications; ++i) ASSERT_EQ(rows.replications[i], i);
    // What was kept is what a shorter run would have given.
    expect_same(run(plan_of(results.replications, 1), play), [&] {
      auto kept = results;
      kept.ending = Ending::complete;
      return kept;
    }());
  }
}

TEST(Run, StoppedAfterTheLastReplicationIsComplete) {
  std::atomic<bool> stop{false};
  const Play stopping = [&](random::ReplicationKey key) {
    if (key.replication == 31) stop = true;
    return play(key);
  };
  Audience audience;
  audience.stop = &stop;
  EXPECT_EQ(run(plan_of(32, 1), stopping, audience).ending, Ending::complete);
}

TEST(Run, ReportsTheFirstOfSeveralFailures) {
  std::string first_text;
  for (const unsigned threads : {1u, 2u, 7u, 7u, 7u}) {
    const Play failing = [&](random::ReplicationKey key) {
      // Later failures come sooner: 71 takes its time, 75, 90 and 120 do not.
      if (key.replication == 71) std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (key.replication == 71 || key.replication == 75 || key.replication == 90 ||
          key.replication == 120) {
        throw std::runtime_error("no such day");
      }
      return key.replication < 60 ? play(key) : play({7, 0});
    };
    Rows rows;
    const auto results = run(plan_of(1000, threads), failing, rows.audience());
    EXPECT_EQ(results.ending, Ending::failed);
    ASSERT_TRUE(results.failure);
    EXPECT_EQ(results.failure->replication, 71u);
    EXPECT_EQ(results.replications, 64u);
    EXPECT_EQ(rows.replications.size(), 64u);
    if (first_text.empty()) first_text = results.failure->what;
    EXPECT_EQ(results.failure->what, first_text);
  }
  EXPECT_EQ(first_text,
            "no such day\n  scenario: test\n  seed: 7, replication: 71\n"
            "  replay: truce run test.yaml --seed 7 --first 71 --replications 1");
}

TEST(Run, TakesABrokenContractForAFailure) {
  const auto failing = [](auto spoil) {
    return run(plan_of(64, 2), [spoil](random::ReplicationKey key) {
      auto played = play(key);
      if (key.replication == 40) spoil(played);
      return played;
    });
  };
  const std::vector<std::pair<std::function<void(Played&)>, std::string>> cases{
      {[](Played& p) { p.row.pop_back(); }, "a value for each column"},
      {[](Played& p) { p.row[1] = std::numeric_limits<double>::infinity(); }, "finite"},
      {[](Played& p) { p.row[2] = 0.5; }, "0 or 1"},
      {[](Played& p) { p.timeline.values.pop_back(); }, "the same days"},
      {[](Played&) { TRUCE_EXPECT(1 > 2, "order"); }, "1 > 2"},
      {[](Played&) { throw 5; }, "unknown error"}};
  for (const auto& [spoil, text] : cases) {
    const auto results = failing(spoil);
    ASSERT_TRUE(results.failure) << text;
    EXPECT_EQ(results.failure->replication, 40u);
    EXPECT_NE(results.failure->what.find(text), std::string::npos) << results.failure->what;
    EXPECT_EQ(results.replications, 32u);
  }
}

TEST(Run, HoldsNoMoreBlocksThanItSays) {
  // While the first replication is played, the others can come as far as this and no further.
  constexpr unsigned threads = 4;
  constexpr std::uint64_t most = 1 + block_size * (blocks_ahead(threads) - 1);
  std::atomic<std::uint64_t> begun{0};
  std::atomic<std::uint64_t> at_end_of_first{0};
  const Play waiting = [&](random::ReplicationKey key) {
    ++begun;
    if (key.replication == 0) {
      const auto patience = std::chrono::steady_clock::now() + std::chrono::minutes(1);
      while (begun < most && std::chrono::steady_clock::now() < patience) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      at_end_of_first = begun.load();
    }
    return play({7, 0});
  };
  const auto results = run(plan_of(4000, threads), waiting);
  EXPECT_EQ(results.replications, 4000u);
  EXPECT_EQ(at_end_of_first, most);
}

TEST(Run, KeepsNoMoreTimelinesThanItSays) {
  auto plan = plan_of(48, 2);
  const auto long_play = [](random::ReplicationKey key) {
    auto played = play(key);
    played.timeline.days = values_kept / 20 / plan_of(1, 1).series.size();
    played.timeline.values.assign(played.timeline.days * 2, static_cast<double>(key.replication));
    return played;
  };
  const auto results = run(plan, long_play);
  EXPECT_EQ(results.kept.size(), 20u);
  EXPECT_EQ(results.kept.back().values.front(), 19.0);
  EXPECT_EQ(results.timeline.back().count(), 48u);
}

TEST(Run, EndsWithTheErrorOfWhoeverTakesTheRows) {
  for (const unsigned threads : {1u, 4u}) {
    std::atomic<std::uint64_t> begun{0};
    Audience audience;
    audience.row = [](std::uint64_t replication, std::span<const double>) {
      if (replication == 100) throw WorldError("replications.csv", "No space left on device");
    };
    const Play counting = [&](random::ReplicationKey key) {
      ++begun;
      return play(key);
    };
    EXPECT_THROW(run(plan_of(100'000, threads), counting, audience), WorldError);
    EXPECT_LT(begun, 1000u);
  }
}

TEST(Run, ReportsProgressOnTheCallersThread) {
  const auto caller = std::this_thread::get_id();
  std::vector<std::uint64_t> seen;
  Audience audience;
  audience.progress = [&](std::uint64_t done, std::uint64_t planned) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    EXPECT_EQ(planned, 6000u);
    seen.push_back(done);
  };
  const auto start = std::chrono::steady_clock::now();
  run(plan_of(6000, 2), play, audience);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(seen.back(), 6000u);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_GE(seen.size(), 2u);
  EXPECT_LE(static_cast<double>(seen.size()), took.count() * 10 + 2);
}

TEST(Run, RefusesAnEmptyPlan) {
  EXPECT_THROW(run(plan_of(0, 1), play), ContractViolation);
  EXPECT_THROW(run(plan_of(1, 0), play), ContractViolation);
}

}  // namespace
}  // namespace truce::experiment
