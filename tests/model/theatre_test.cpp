// SPDX-License-Identifier: Apache-2.0
#include "sim/model/theatre.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/noise.hpp"
#include "tests/verification/given.hpp"

namespace truce::model {
namespace {

using random::Distribution;
using verification::Given;

void expect_same_quantiles(const Distribution& law) {
  const CountTable table(law);
  test::Noise noise{7};
  for (int i = 0; i < 100'000; ++i) {
    const double u = noise.uniform();
    ASSERT_EQ(table(u), law.quantile(u)) << "u = " << u;
  }
  for (const double u : {1e-300, 1e-12, 0.5, 1 - 1e-9, 1 - 1e-12}) {
    EXPECT_EQ(table(u), law.quantile(u)) << "u = " << u;
  }
}

TEST(CountTable, GivesTheQuantilesOfItsLaw) {
  expect_same_quantiles(Distribution(random::NegativeBinomial{12.0, 0.4}));
  expect_same_quantiles(Distribution(random::NegativeBinomial{0.3, 5.0}));
  expect_same_quantiles(Distribution(random::Poisson{3.5}));
  expect_same_quantiles(Distribution(random::Discrete{{1, 5, 20}, {0.2, 0.5, 0.3}}));
  expect_same_quantiles(Distribution(random::Constant{4}));
}

// Distances vary along a sector; half way means in latitude and longitude.
TEST(Theatre, MeasuresFromAHubToAPointOfASector) {
  const Given given(verification::from_the_start("10 days") + R"(
places:
  town: {at: [50, 36], country: UA}
hubs:
  town: {place: town}
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [51, 36], to: [53, 36], length: 250 km, incidents: {rate: 0 /day}}
)");
  const double degree = 111.19508;
  for (const double share : {0.0, 0.5, 1.0}) {
    EXPECT_NEAR(given.theatre().distance(given.hub("town"), given.sector("line"), share),
                degree * (1 + 2 * share), 1e-3);
  }
  EXPECT_EQ(given.theatre().line_km, 250);
}

// What is left of a day counts as a day of the timeline; months are those of the calendar.
TEST(Theatre, CountsTheDaysOfTheHorizon) {
  const auto days = [](const std::string& horizon) {
    return Given(verification::from_the_start(horizon) + std::string(verification::quiet_line))
        .theatre()
        .days;
  };
  EXPECT_EQ(days("10 days"), 10U);
  EXPECT_EQ(days("10.25 days"), 11U);
  EXPECT_EQ(days("1 h"), 1U);
  EXPECT_EQ(days("2 months"), 62U);  // July and August
}

}  // namespace
}  // namespace truce::model
