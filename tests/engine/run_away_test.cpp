// SPDX-License-Identifier: Apache-2.0
// The trail of last events and the text of a run-away.
#include "sim/engine/run_away.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace truce::engine {
namespace {

constexpr std::array<std::string_view, 2> names{"Even", "Odd"};

TEST(Trail, KeepsTheLastTwentyInOrder) {
  Trail trail;
  EXPECT_TRUE(trail.last(names).empty());
  for (std::size_t i = 0; i != 3; ++i) trail.record(Time{one_day * static_cast<int>(i)}, i % 2);
  EXPECT_EQ(trail.last(names).size(), 3U);
  for (std::size_t i = 3; i != 1000; ++i) trail.record(Time{one_day * static_cast<int>(i)}, i % 2);
  const auto steps = trail.last(names);
  ASSERT_EQ(steps.size(), 20U);
  for (std::size_t i = 0; i != 20; ++i) {
    EXPECT_EQ(steps[i].time, Time{one_day * static_cast<int>(980 + i)});
    EXPECT_EQ(steps[i].event, i % 2 == 0 ? "Even" : "Odd");
  }
}

TEST(RunAway, NamesLimitTimeAndEvents) {
  const std::vector<Step> steps{{Time{one_day}, "Opens"}, {Time{one_day * 3 / 2}, "Closes"}};
  RunAway run_away("in one run", 7, steps);
  run_away.add("seed 1, replication 2");
  EXPECT_EQ(std::string(run_away.what()),
            "run-away replication: more than 7 events in one run, at 1.5 days. The last events "
            "(time in days):\n    1  Opens\n    1.5  Closes\n  seed 1, replication 2");
}

}  // namespace
}  // namespace truce::engine
