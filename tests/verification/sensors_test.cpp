// SPDX-License-Identifier: Apache-2.0
// Sensors that fail and are mended: availability MTBF/(MTBF + MTTR), in the long run and, for
// exponential laws, at every horizon.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

/// So many cameras of one km each on a line of 100 km.
std::string cameras(const std::string& horizon, int units, const std::string& laws) {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 0 /day}}
sensors:
  camera: {swath: 1 km, detects: {shot: 1}, )" +
         laws + R"(}
cells:
  post: {watches: [line], sensors: {camera: )" +
         std::to_string(units) + R"(}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)";
}

constexpr auto availability = [](const model::Outcome& o) {
  return o.sensor_availability[model::SensorId{0}];
};

// Up at u: A + (1 - A) exp(-k u), with failure rate a, repair rate b, k = a + b, A = b/k; all work
// at the start. Mean time up to T is its integral; the variance follows from
// E up(s) up(t) = P(s) P(t - s) by double integration (Trivedi 2002, 8.2).
struct FailingUnit {
  double a = 0.0, b = 0.0, horizon = 0.0;

  double up(double t) const { return b / (a + b) + a / (a + b) * std::exp(-(a + b) * t); }
  double mean() const {
    const double k = a + b;
    return b / k - a / k * std::expm1(-k * horizon) / (k * horizon);
  }
  double variance() const {
    // Var = 2/T^2 int_0^T P(s) int_0^(T-s) (P(v) - P(s+v)) dv ds, the inner one in closed form.
    const double k = a + b;
    const int n = 20'000;
    double sum = 0.0;
    for (int i = 0; i < n; ++i) {
      const double s = horizon * (i + 0.5) / n;
      sum += up(s) * a / k * -std::expm1(-k * (horizon - s)) / k * -std::expm1(-k * s);
    }
    return 2 * sum * horizon / n / (horizon * horizon);
  }
};

TEST(Sensors, WithExponentialLawsAreAvailableAsAtAFiniteHorizon) {
  const FailingUnit unit{1 / 10.0, 1 / 2.5, 5.0};
  ASSERT_NEAR(unit.up(5.0), 0.816417000, 1e-9);
  ASSERT_NEAR(unit.mean() * 5.0, 4.36716600, 1e-8);
  const Given given(
      cameras("5 days", 100,
              "time_to_failure: {exponential: 10 days}, time_to_repair: {exponential: 2.5 days}"));
  const auto up = given.over(51, 500, availability);
  EXPECT_TRUE(expect_within_sigma(up.mean().value(), unit.mean(),
                                  std::sqrt(unit.variance() / (500.0 * 100.0))));
  // All units cover a km each: coverage is the share that works, at the horizon as well.
  stats::Moments at_end;
  for (std::uint64_t r = 0; r < 500; ++r) {
    at_end.add(at_end_of_day(given.play(52, r).timeline, 5, "coverage"));
  }
  EXPECT_TRUE(expect_within_sigma(at_end.mean().value(), unit.up(5.0),
                                  std::sqrt(unit.up(5.0) * (1 - unit.up(5.0)) / 50'000.0)));
}

// Constant times: up 9 days, down 1, a whole number of times.
TEST(Sensors, WithConstantTimesAreAvailableExactly) {
  const Given given(cameras("200 days", 40, "time_to_failure: 9 days, time_to_repair: 1 day"));
  const auto outcome = given.outcome(53);
  EXPECT_NEAR(availability(outcome), 0.9, 1e-12);
  EXPECT_NEAR(outcome.coverage, 0.9 * 0.40, 1e-12);
}

// Any laws: in the long run MTBF/(MTBF + MTTR), with variance (d^2 Var U + u^2 Var D)/(u + d)^3
// per time (Smith 1955; renewal-reward), u and d the mean times up and down.
TEST(Sensors, WithOtherLawsAreAvailableInTheLongRun) {
  const Given given(cameras("5000 days", 100,
                            "time_to_failure: {gamma: {mean: 20 days, cv: 0.5}}, "
                            "time_to_repair: {uniform: [1 day, 9 days]}"));
  const double u = 20.0, d = 5.0, var_u = 100.0, var_d = 64.0 / 12.0;
  const double variance = (d * d * var_u + u * u * var_d) / std::pow(u + d, 3);
  const double error = std::sqrt(variance / (5'000.0 * 100.0 * 10.0));
  const double cycle = u + d;
  // The first cycle begins intact, which adds E R = u E C^2/(2 c^2) - E U^2/(2 c) once (Cox,
  // Renewal Theory, 1962, 4.5), C a cycle of mean c.
  const double second_cycle = var_u + var_d + cycle * cycle;
  const double start = u * second_cycle / (2 * cycle * cycle) - (var_u + u * u) / (2 * cycle);
  const auto up = given.over(54, 10, availability);
  EXPECT_TRUE(expect_within_sigma(up.mean().value(), u / cycle + start / 5'000.0, error));
}

}  // namespace
}  // namespace truce::verification
