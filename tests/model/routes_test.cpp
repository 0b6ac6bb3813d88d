// SPDX-License-Identifier: Apache-2.0
#include "sim/model/routes.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/verification/given.hpp"

namespace truce::model {
namespace {

using verification::Given;

/// Places in a square with some legs; d can be left but not reached.
std::string square(const std::string& legs) {
  return verification::from_the_start("10 days") + R"(
places:
  a: {at: [50, 20], country: PL}
  b: {at: [50, 22], country: PL}
  c: {at: [50, 24], country: UA}
  d: {at: [48, 24], country: UA}
routes:
)" + legs +
         std::string(verification::quiet_line);
}

/// Names of the legs of the fastest route.
std::vector<std::string> legs_of(const Given& given, const std::string& from, const std::string& to,
                                 double troops) {
  const auto& s = given.scenario();
  const auto route =
      Network(s).fastest(s.places.find(from), {s.places.find(to)}, Troops{troops}).front();
  std::vector<std::string> names;
  if (!route) return {"none"};
  double expected = 0.0;
  for (const auto leg : route->legs) {
    names.push_back(s.routes.name(leg));
    expected += expected_time(s.routes[leg], Troops{troops}).value;
  }
  EXPECT_NEAR(route->expected.value, expected, 1e-12);
  return names;
}
using Legs = std::vector<std::string>;

TEST(Routes, FastestByExpectedTime) {
  // The mean of the direct leg is 4 days, although its mode is 1.
  const Given given(square(R"(
  direct: {from: a, to: c, time: {triangular: [1 day, 1 day, 10 days]}}
  first: {from: a, to: b, time: 2 days}
  second: {from: b, to: c, time: {exponential: 1.5 days}}
  out: {from: d, to: a, time: 1 day}
)"));
  EXPECT_EQ(legs_of(given, "a", "c", 100), (Legs{"first", "second"}));
  EXPECT_EQ(legs_of(given, "d", "c", 100), (Legs{"out", "first", "second"}));
  EXPECT_EQ(legs_of(given, "a", "d", 100), Legs{"none"});
  EXPECT_EQ(legs_of(given, "c", "a", 100), Legs{"none"}) << "legs lead one way";
  EXPECT_EQ(legs_of(given, "b", "b", 100), Legs{}) << "whoever is there has no way to go";
}

// A contingent of n troops needs n/capacity to set out: a large one goes round.
TEST(Routes, CountTheTimeToSetOut) {
  const Given given(square(R"(
  narrow: {from: a, to: c, time: 1 day, capacity: 100 troops/day}
  first: {from: a, to: b, time: 1 day, capacity: 1000 troops/day}
  second: {from: b, to: c, time: 1 day}
)"));
  EXPECT_EQ(legs_of(given, "a", "c", 50), Legs{"narrow"});              // 1.5 against 2.05
  EXPECT_EQ(legs_of(given, "a", "c", 150), (Legs{"first", "second"}));  // 2.5 against 2.15
  EXPECT_EQ(expected_time(given.scenario().routes[Id<scenario::LegSpec>{0}], Troops{50}).value,
            1.5);
}

TEST(Routes, OfParallelLegsTheFasterAndOfEqualOnesTheFirst) {
  const Given given(square(R"(
  slow: {from: a, to: b, time: 3 days}
  fast: {from: a, to: b, time: 2 days}
  last: {from: a, to: b, time: 2 days}
  rail: {from: b, to: c, time: 1 day, capacity: 100 troops/day}
  road: {from: b, to: c, time: 2 days}
)"));
  EXPECT_EQ(legs_of(given, "a", "c", 50), (Legs{"fast", "rail"}));
  EXPECT_EQ(legs_of(given, "a", "c", 200), (Legs{"fast", "road"}));
}

}  // namespace
}  // namespace truce::model
