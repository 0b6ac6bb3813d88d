// SPDX-License-Identifier: Apache-2.0
#include "sim/model/geodesy.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/noise.hpp"

namespace truce::model {
namespace {

using scenario::Coordinates;
constexpr double radius_km = 6371.0088;

// Examples of haversine distances in print, scaled from the radius they use to ours: Nashville to
// Los Angeles airport (Rosetta Code, "Haversine formula", 6,372.8 km), Land's End to John o' Groats
// (C. Veness, "Calculate distance between latitude/longitude points", 6,371 km).
TEST(Geodesy, MatchesPublishedDistances) {
  EXPECT_NEAR(great_circle({36.12, -86.67}, {33.94, -118.40}).value,
              2887.2599506071106 * radius_km / 6372.8, 1e-6);
  EXPECT_NEAR(great_circle({50.0 + 3 / 60.0 + 59 / 3600.0, -(5.0 + 42 / 60.0 + 53 / 3600.0)},
                           {58.0 + 38 / 60.0 + 38 / 3600.0, -(3.0 + 4 / 60.0 + 12 / 3600.0)})
                  .value,
              968.9, 0.05);
}

TEST(Geodesy, MatchesGeodesicsOfCitiesWithinSixPerMille) {
  // City centres; lengths of WGS 84 geodesics.
  const Coordinates paris{48.8566, 2.3522}, kyiv{50.4501, 30.5234}, lviv{49.8397, 24.0297},
      sydney{-33.8688, 151.2093};
  EXPECT_NEAR(great_circle(paris, kyiv).value, 2029.7, 0.006 * 2029.7);
  EXPECT_NEAR(great_circle(lviv, kyiv).value, 469.0, 0.006 * 469.0);
  EXPECT_NEAR(great_circle(paris, sydney).value, 16957.5, 0.006 * 16957.5);
}

TEST(Geodesy, KnowsArcsOfTheGlobe) {
  const double degree = radius_km * std::numbers::pi / 180;
  EXPECT_NEAR(great_circle({10, 20}, {11, 20}).value, degree, 1e-9);
  EXPECT_NEAR(great_circle({0, 179.5}, {0, -179.5}).value, degree, 1e-9);  // over the date line
  EXPECT_NEAR(great_circle({90, 0}, {0, 77}).value, 90 * degree, 1e-9);
  EXPECT_NEAR(great_circle({90, 0}, {-90, 0}).value, 180 * degree, 1e-9);
  EXPECT_EQ(great_circle({50, 30}, {50, 30}).value, 0.0);
}

// Against the angle between position vectors, atan2(|a x b|, a b), for points anywhere.
TEST(Geodesy, MatchesTheAngleBetweenVectors) {
  test::Noise noise{1};
  constexpr double degree = std::numbers::pi / 180;
  for (int i = 0; i < 1'000; ++i) {
    const Coordinates a{180 * noise.uniform() - 90, 360 * noise.uniform() - 180};
    const Coordinates b{180 * noise.uniform() - 90, 360 * noise.uniform() - 180};
    const double ca = std::cos(a.latitude * degree), sa = std::sin(a.latitude * degree);
    const double cb = std::cos(b.latitude * degree), sb = std::sin(b.latitude * degree);
    const double turn = (b.longitude - a.longitude) * degree;
    const double across = std::hypot(cb * std::sin(turn), ca * sb - sa * cb * std::cos(turn));
    const double along = sa * sb + ca * cb * std::cos(turn);
    EXPECT_NEAR(great_circle(a, b).value, radius_km * std::atan2(across, along), 1e-6);
    EXPECT_NEAR(great_circle(a, b).value, great_circle(b, a).value, 1e-9);
  }
}

TEST(Geodesy, GoesAlongALine) {
  const Coordinates from{48, 36}, to{50, 40};
  EXPECT_EQ(between(from, to, 0).latitude, 48);
  EXPECT_EQ(between(from, to, 1).longitude, 40);
  EXPECT_EQ(between(from, to, 0.25).latitude, 48.5);
  EXPECT_EQ(between(from, to, 0.25).longitude, 37);
}

// The quick answer is the exact one, at any place and time, in the far north too, and on a line so
// long that the middle tells little of its ends.
TEST(Daylight, IsTheNightOfThePoint) {
  test::Noise noise{3};
  const Date start{std::chrono::year{2026} / 7 / 1};
  for (const auto& [from, to] : {std::pair{Coordinates{48, 36}, Coordinates{47.5, 37.5}},
                                 {{71, -10}, {69, 40}},
                                 {{-40, 170}, {0, 175}}}) {
    const Daylight line(from, to);
    Daylight::Day day(start);
    int nights = 0;
    for (int i = 0; i < 20'000; ++i) {
      const double share = noise.uniform();
      const Time now{from_days(900 * noise.uniform())};
      const bool night = is_night(between(from, to, share), start, now);
      ASSERT_EQ(line.is_night(share, day, now), night) << "day " << in_days(now);
      nights += night ? 1 : 0;
    }
    EXPECT_NEAR(nights, 10'000, 1'000);
  }
}

}  // namespace
}  // namespace truce::model
