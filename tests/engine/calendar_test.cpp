// SPDX-License-Identifier: Apache-2.0
// The calendar against a plain ordered map, and its promises one by one.
#include "sim/engine/calendar.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"
#include "sim/core/time.hpp"

namespace truce::engine {
namespace {

constexpr std::uint32_t last_sequence = std::numeric_limits<std::uint32_t>::max();

Time at(std::int64_t ms) {
  return Time{Duration{ms}};
}

std::vector<int> drain(Calendar<int>& calendar) {
  std::vector<int> events;
  while (!calendar.empty()) events.push_back(calendar.pop().second);
  return events;
}

TEST(Calendar, ServesByTime) {
  Calendar<int> calendar;
  for (const int ms : {5, -3, 9, 0, 7, 2}) calendar.schedule(at(ms), ms);
  EXPECT_EQ(calendar.size(), 6U);
  EXPECT_EQ(calendar.next_time(), at(-3));
  EXPECT_EQ(drain(calendar), (std::vector{-3, 0, 2, 5, 7, 9}));
  EXPECT_EQ(calendar.next_time(), never);
}

TEST(Calendar, ServesTiesInTheOrderOfScheduling) {
  Calendar<int> calendar;
  std::vector<int> expected;
  for (int i = 0; i != 100; ++i) {
    calendar.schedule(at(1), i);
    expected.push_back(i);
  }
  EXPECT_EQ(drain(calendar), expected);
}

TEST(Calendar, ServesWhatIsScheduledForNowAfterWhatWasScheduledBefore) {
  Calendar<int> calendar;
  calendar.schedule(at(1), 1);
  calendar.schedule(at(1), 2);
  EXPECT_EQ(calendar.pop().second, 1);
  calendar.schedule(at(1), 3);
  EXPECT_EQ(drain(calendar), (std::vector{2, 3}));
}

TEST(Calendar, ReschedulingCountsAsSchedulingAnewEvenForTheSameTime) {
  Calendar<int> calendar;
  const Handle first = calendar.schedule(at(1), 1);
  calendar.schedule(at(1), 2);
  EXPECT_TRUE(calendar.reschedule(first, at(1)));
  EXPECT_EQ(calendar.scheduled(), 2U);
  EXPECT_EQ(drain(calendar), (std::vector{2, 1}));
}

TEST(Calendar, HandlesOfWhatFiredOrWasCancelledAreDead) {
  Calendar<int> calendar;
  const Handle fired = calendar.schedule(at(1), 1);
  const Handle cancelled = calendar.schedule(at(2), 2);
  EXPECT_EQ(calendar.when(cancelled), at(2));
  calendar.pop();
  EXPECT_TRUE(calendar.cancel(cancelled));
  // Both slots are taken again, by events that the old handles must not reach.
  const Handle third = calendar.schedule(at(3), 3);
  const Handle fourth = calendar.schedule(at(4), 4);
  for (const Handle dead : {fired, cancelled, Handle{}, Handle{77, 1}}) {
    EXPECT_FALSE(calendar.pending(dead));
    EXPECT_FALSE(calendar.cancel(dead));
    EXPECT_FALSE(calendar.reschedule(dead, at(9)));
    EXPECT_EQ(calendar.when(dead), std::nullopt);
  }
  EXPECT_TRUE(calendar.pending(third));
  EXPECT_EQ(calendar.when(fourth), at(4));
  EXPECT_FALSE(Handle{});
  EXPECT_TRUE(fourth);
  EXPECT_EQ(drain(calendar), (std::vector{3, 4}));
}

TEST(Calendar, ClearingCancelsAllAndKeepsThePast) {
  Calendar<int> calendar;
  calendar.schedule(at(5), 0);
  calendar.pop();
  std::vector<Handle> handles;
  for (int i = 0; i != 50; ++i) handles.push_back(calendar.schedule(at(60 - i), i));
  calendar.clear();
  EXPECT_TRUE(calendar.empty());
  EXPECT_EQ(calendar.next_time(), never);
  for (const Handle handle : handles) EXPECT_FALSE(calendar.cancel(handle));
  EXPECT_THROW(calendar.schedule(at(4), 1), ContractViolation);
  for (const int ms : {97, 99, 98}) calendar.schedule(at(ms), ms);
  EXPECT_EQ(drain(calendar), (std::vector{97, 98, 99})) << "later than what was cleared";
}

TEST(Calendar, HoldsPayloadsThatCanOnlyMove) {
  Calendar<std::unique_ptr<int>> calendar;
  calendar.schedule(at(2), std::make_unique<int>(2));
  calendar.schedule(at(1), std::make_unique<int>(1));
  EXPECT_EQ(*calendar.pop().second, 1);
  EXPECT_EQ(*calendar.pop().second, 2);
}

TEST(Calendar, RenumbersWhenSequenceNumbersRunOut) {
  Calendar<int> calendar(last_sequence - 3);
  std::vector<int> expected;
  for (int i = 0; i != 10; ++i) {
    calendar.schedule(at(1), i);
    expected.push_back(i);
  }
  EXPECT_EQ(drain(calendar), expected);
}

TEST(Calendar, RenumbersWhileRescheduling) {
  Calendar<int> calendar(last_sequence - 3);
  const Handle first = calendar.schedule(at(1), 1);
  calendar.schedule(at(1), 2);
  calendar.schedule(at(1), 3);
  EXPECT_TRUE(calendar.reschedule(first, at(1)));
  EXPECT_EQ(drain(calendar), (std::vector{2, 3, 1}));
}

TEST(Calendar, RefusesThePastAndWhatNeverHappens) {
  Calendar<int> calendar;
  const Handle handle = calendar.schedule(at(20), 2);
  calendar.schedule(at(10), 1);
  EXPECT_THROW(calendar.schedule(never, 0), ContractViolation);
  EXPECT_THROW(calendar.reschedule(handle, never), ContractViolation);
  calendar.pop();
  EXPECT_THROW(calendar.schedule(at(9), 0), ContractViolation);
  EXPECT_THROW(calendar.reschedule(handle, at(9)), ContractViolation);
  calendar.schedule(at(10), 3);
  EXPECT_EQ(drain(calendar), (std::vector{3, 2}));
  EXPECT_THROW(calendar.pop(), ContractViolation);
}

// A crowd at one moment has come to the heap, and what comes later waits elsewhere. When the heap
// is too full and gives events back, what comes later must still come after what waited longer.
TEST(Calendar, KeepsTheOrderBehindACrowd) {
  constexpr int crowd = 5000;
  Calendar<int> calendar;
  for (int i = 0; i != 30; ++i) calendar.schedule(at(i), i);
  for (int i = 0; i != 100; ++i) calendar.schedule(at(2000), 2000);
  for (int i = 0; i != 100; ++i) calendar.schedule(at(crowd), crowd);
  while (calendar.next_time() < at(crowd)) calendar.pop();
  calendar.schedule(at(crowd + 1), -1);
  for (int i = 0; i != 300; ++i) calendar.schedule(at(4000 + i * 3), i);
  calendar.schedule(at(crowd + 1), -2);
  std::vector<int> last = drain(calendar);
  ASSERT_EQ(last.size(), 402U);
  last.erase(last.begin(), last.end() - 2);
  EXPECT_EQ(last, (std::vector{-1, -2}));
}

/// The same operations on the calendar and on a map from time to events, where equal times keep
/// the order of insertion.
class Reference {
 public:
  explicit Reference(std::uint32_t first_sequence) : calendar_(first_sequence) {}

  /// One operation; what is scheduled is scheduled after `delay`.
  void step(std::uint64_t noise, Duration delay) {
    const Time time = now_ + delay;
    const std::size_t any = issued_.empty() ? 0 : (noise >> 8U) % issued_.size();
    switch (noise % 8) {
      case 0:
      case 1:
      case 2:
        schedule(time);
        break;
      case 3:
        cancel(any);
        break;
      case 4:
      case 5:
        reschedule(any, time);
        break;
      default:
        pop();
    }
    ASSERT_EQ(calendar_.size(), map_.size());
    ASSERT_EQ(calendar_.next_time(), map_.empty() ? never : map_.begin()->first);
  }

  void finish() {
    while (!map_.empty()) pop();
    EXPECT_TRUE(calendar_.empty());
    EXPECT_EQ(calendar_.scheduled(), issued_.size());
  }

  std::size_t most() const { return most_; }

 private:
  using Map = std::multimap<Time, std::size_t>;
  struct Issued {
    Handle handle;
    Map::iterator place;  ///< end() once fired or cancelled
  };

  void schedule(Time time) {
    const std::size_t id = issued_.size();
    issued_.push_back({calendar_.schedule(time, id), map_.emplace(time, id)});
    most_ = std::max(most_, map_.size());
  }
  void cancel(std::size_t id) {
    if (issued_.empty()) return;
    Issued& issued = issued_[id];
    ASSERT_EQ(calendar_.cancel(issued.handle), issued.place != map_.end());
    if (issued.place == map_.end()) return;
    map_.erase(issued.place);
    issued.place = map_.end();
  }
  void reschedule(std::size_t id, Time time) {
    if (issued_.empty()) return;
    Issued& issued = issued_[id];
    ASSERT_EQ(calendar_.pending(issued.handle), issued.place != map_.end());
    ASSERT_EQ(calendar_.reschedule(issued.handle, time), issued.place != map_.end());
    if (issued.place == map_.end()) return;
    map_.erase(issued.place);
    issued.place = map_.emplace(time, id);
    ASSERT_EQ(calendar_.when(issued.handle), time);
  }
  void pop() {
    if (map_.empty()) return;
    const auto [time, id] = calendar_.pop();
    ASSERT_EQ(time, map_.begin()->first);
    ASSERT_EQ(id, map_.begin()->second);
    map_.erase(map_.begin());
    issued_[id].place = map_.end();
    now_ = time;
  }

  Calendar<std::size_t> calendar_;
  Map map_;
  std::vector<Issued> issued_;
  Time now_ = start_of_time;
  std::size_t most_ = 0;
};

/// Delays by which the pending events lie in ever other ways.
using Delay = Duration (*)(std::uint64_t noise);
Duration crowded(std::uint64_t noise) {
  return Duration{static_cast<std::int64_t>(noise % 50)};
}
/// As many below a tick as between a week and two: all magnitudes up to 1,500 years.
Duration of_any_magnitude(std::uint64_t noise) {
  return Duration{static_cast<std::int64_t>(noise >> (18 + noise % 46))};
}
/// Most at one of three times, far apart.
Duration in_crowds(std::uint64_t noise) {
  const auto crowd = static_cast<std::int64_t>(noise >> 60U);
  return Duration{crowd < 3 ? 1 + crowd : (1LL << (10 * (crowd % 4))) + crowd % 2};
}

struct Trial {
  std::uint32_t first_sequence;
  std::size_t pending;  ///< to begin with
  Delay delay;
};

class CalendarAgainstMap : public testing::TestWithParam<Trial> {};

TEST_P(CalendarAgainstMap, AgreesOverRandomOperations) {
  std::mt19937_64 noise{20260701};
  const auto& [first_sequence, pending, delay] = GetParam();
  Reference both{first_sequence};
  for (std::size_t i = 0; i != pending; ++i) both.step(8 * i, delay(noise()));
  for (int i = 0; i != 200'000; ++i) {
    both.step(noise(), delay(noise()));
    if (HasFatalFailure()) FAIL() << "at operation " << i;
  }
  both.finish();
  EXPECT_GT(both.most(), 100U) << "all fitted into the heap";
}

INSTANTIATE_TEST_SUITE_P(Loads, CalendarAgainstMap,
                         testing::Values(Trial{0, 0, crowded},
                                         Trial{last_sequence - 100'000U, 0, crowded},
                                         Trial{0, 0, of_any_magnitude},
                                         Trial{last_sequence - 100'000U, 20'000, of_any_magnitude},
                                         Trial{0, 100'000, of_any_magnitude},
                                         Trial{0, 0, in_crowds}, Trial{0, 5'000, in_crowds}));

TEST(Calendar, ReachesFromTheFirstMomentToTheLast) {
  Calendar<int> calendar;
  std::vector<int> expected;
  for (int i = 0; i != 200; ++i) {
    expected.push_back(i);
    if (i == 0) calendar.schedule(Time::min(), i);
    if (i > 0 && i < 199) calendar.schedule(at(1LL << (i / 4)), i);
    if (i == 199) calendar.schedule(never - Duration{1}, i);
  }
  EXPECT_EQ(drain(calendar), expected);
}

}  // namespace
}  // namespace truce::engine
