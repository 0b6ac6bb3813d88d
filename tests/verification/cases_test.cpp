// SPDX-License-Identifier: Apache-2.0
// What becomes of a case: detection, denial of access, attribution, and the violations that are
// recorded, each against its formula.
#include <cmath>
#include <string>
#include <string_view>

#include <boost/math/distributions/negative_binomial.hpp>
#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

double binomial_error(double p, double n) {
  return std::sqrt(p * (1 - p) / n);
}

/// A hundred teams at a hub `degrees` south of the only place where incidents happen.
std::string in_country(double degrees, const std::string& verification,
                       const std::string& more_of_sector = "") {
  return from_the_start("1000 days") + R"(
places:
  town: {at: [50, 36], country: UA}
hubs:
  town: {place: town, built_from: start}
contributors:
  coalition:
    pledges:
      monitors: {function: monitoring, troops: 800 troops, from: town, hubs: [town]}
incident_types:
  shot: {share: 1, grade: minor, evidence_half_life: 12 h}
sensors:
  eye: {swath: 1 km, detects: {shot: 1}}
cells:
  team: {hub: town, watches: [line], teams: 100, team_size: 8 troops, sensors: {eye: 1}}
sectors:
  line: {from: [)" +
         std::to_string(50 + degrees) + ", 36], to: [" + std::to_string(50 + degrees) +
         ", 36], length: 1 km, incidents: {rate: 100 /day}" + more_of_sector +
         "}\nverification:\n" + verification;
}

// A team is turned back with probability q, and tried again k times: a share q^(k+1) is given up,
// after (1 - q^(k+1)) q/(1-q) denials on average.
TEST(Cases, AccessIsDeniedAndTriedAgain) {
  const double q = 0.3;
  const int k = 2;
  const Given given(in_country(0, R"(  {work: 1 min, analysis: 0 h, expires_after: 1000 days,
   access_retries: 2, access_retry_after: 1 h,
   attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)",
                               ", access_denied: 0.3"));
  const auto outcome = given.outcome(41);
  const double n = outcome.cases_opened;
  ASSERT_GT(n, 90'000);
  ASSERT_LT(outcome.cases_open_at_end, 20) << "else the end would matter";
  const double given_up = std::pow(q, k + 1);
  EXPECT_TRUE(expect_within_sigma(outcome.cases_denied / n, given_up, binomial_error(given_up, n)));
  EXPECT_TRUE(
      expect_within_sigma(outcome.cases_verified / n, 1 - given_up, binomial_error(given_up, n)));
  double mean = 0.0, square = 0.0;
  for (int denials = 1; denials <= k + 1; ++denials) {
    const double probability = std::pow(q, denials) * (denials <= k ? 1 - q : 1.0);
    mean += denials * probability;
    square += denials * denials * probability;
  }
  ASSERT_NEAR(mean, (1 - given_up) * q / (1 - q), 1e-12);
  EXPECT_TRUE(
      expect_within_sigma(outcome.access_denials / n, mean, std::sqrt((square - mean * mean) / n)));
}

// Each way out takes d; evidence halves in h = 12 h: attributed with probability p0 2^(-d/h).
TEST(Cases, AttributionDecaysWithTheWayOut) {
  const Given given(in_country(1, R"(  {work: 1 h, analysis: 0 h, expires_after: 1000 days,
   speed: 25 km/h, road_factor: 1.3, attribution: {in_country: 0.8, neighbouring: 1, remote: 1}}
)"));
  const double way_hours = 6371.0088 * std::acos(-1.0) / 180 * 1.3 / 25;
  const double chance = 0.8 * std::exp2(-way_hours / 12);
  const auto outcome = given.outcome(42);
  ASSERT_NEAR(outcome.team_wait, 0.0, 1e-9) << "else the wait would count as well";
  const double n = outcome.cases_verified;
  ASSERT_GT(n, 90'000);
  EXPECT_TRUE(expect_within_sigma(outcome.cases_attributed / n, chance, binomial_error(chance, n)));
}

// The same with a sensor that takes a day, for analysts far away whose chance is 0.6.
TEST(Cases, AttributionDecaysWithTheDelayOfDetection) {
  const Given given(from_the_start("1000 days") + R"(
incident_types:
  shot: {share: 1, grade: minor, evidence_half_life: 2 days}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 100 /day}}
sensors:
  satellite: {swath: 100 km, detects: {shot: 1}, delay: 1 day}
cells:
  remote: {watches: [line], teams: 1000, sensors: {satellite: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1000 days,
               attribution: {in_country: 1, neighbouring: 1, remote: 0.6}}
)");
  const double chance = 0.6 * std::exp2(-1.0 / 2.0);
  const auto outcome = given.outcome(43);
  EXPECT_NEAR(outcome.detection_delay, 1.0, 1e-9);
  EXPECT_NEAR(outcome.verification_delay, 1.0 + 1.0 / 24, 1e-9);
  const double n = outcome.cases_verified;
  EXPECT_TRUE(expect_within_sigma(outcome.cases_attributed / n, chance, binomial_error(chance, n)));
}

/// One sector under two cells. First: camera covers 0.4 and sees half the shots and all shelling,
/// radar covers all and sees a fifth of the shots. Second: camera covers 0.25.
std::string two_cells(const std::string& horizon, const std::string& violations) {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 0.7, grade: minor, violations: )" +
         violations + R"(}
  shelling: {share: 0.3, grade: grave, violations: 20}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 10 /day}}
sensors:
  camera: {swath: 5 km, detects: {shot: 0.5, shelling: 1}}
  radar: {swath: 200 km, detects: {shot: 0.2}}
cells:
  first: {watches: [line], sensors: {camera: 8, radar: 1}}
  second: {watches: [line], sensors: {camera: 5}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)";
}
constexpr double shot_seen = 1 - (1 - 0.4 * 0.5) * (1 - 1.0 * 0.2) * (1 - 0.25 * 0.5);
constexpr double shelling_seen = 1 - (1 - 0.4) * (1 - 0.25);

// Each kind sees independently: 1 - product of (1 - coverage p). Coverage is 1 - product of
// (1 - coverage), here 1 through the radar.
TEST(Cases, AreDetectedByAnyOfTheSensors) {
  const Given given(two_cells("10000 days", "1"));
  const auto outcome = given.outcome(44);
  const auto type = [&](std::string_view name) {
    return given.scenario().incident_types.find(name);
  };
  for (const auto& [name, seen] : {std::pair{"shot", shot_seen}, {"shelling", shelling_seen}}) {
    const double n = outcome.incidents_by_type[type(name)];
    EXPECT_TRUE(expect_within_sigma(outcome.detected_share_by_type[type(name)], seen,
                                    binomial_error(seen, n)))
        << name;
  }
  const double shots = 0.7;
  EXPECT_TRUE(expect_within_sigma(outcome.incidents_by_type[type("shot")] / outcome.incidents,
                                  shots, binomial_error(shots, outcome.incidents)));
  EXPECT_NEAR(outcome.coverage, 1.0, 1e-12);
}

// The case opens when the first of the sensors that see the incident reports it.
TEST(Cases, OpenAtTheFirstDetection) {
  for (const std::string_view delays : {"1 day, 3 days", "3 days, 1 day"}) {
    const auto comma = delays.find(',');
    const Given given(from_the_start("1000 days") + R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: 1 /day}}
sensors:
  satellite: {swath: 100 km, detects: {shot: 1}, delay: )" +
                      std::string(delays.substr(0, comma)) + R"(}
  drone: {swath: 100 km, detects: {shot: 1}, delay: )" +
                      std::string(delays.substr(comma + 2)) + R"(}
cells:
  remote: {watches: [line], sensors: {satellite: 1, drone: 1}}
verification: {work: 1 h, analysis: 1 h, expires_after: 1 day,
               attribution: {in_country: 1, neighbouring: 1, remote: 1}}
)");
    EXPECT_NEAR(given.outcome(47).detection_delay, 1.0, 1e-9) << delays;
  }
}

TEST(Cases, CoverageMultipliesWhatIsLeftOut) {
  auto text = two_cells("100 days", "1");
  const std::string radar = ", radar: 1";
  text.replace(text.find(radar), radar.size(), "");
  const auto outcome = Given(text).outcome(45);
  EXPECT_NEAR(outcome.coverage, 1 - (1 - 0.4) * (1 - 0.25), 1e-12);
}

// An incident has a negative binomial number of violations, mean 12, variance 12 + 144/0.4. Totals
// are compound Poisson: mean lambda T m, variance lambda T E X^2; recorded are those of detected
// incidents, and never more than there are.
TEST(Cases, RecordViolationsOfDetectedIncidents) {
  const Given given(two_cells("10 days", "{negative_binomial: {mean: 12, dispersion: 0.4}}"));
  const double m = 12.0, k = 0.4, shots = 70.0, shelling = 30.0;
  const boost::math::negative_binomial law(k, k / (k + m));
  double square = 0.0, fourth = 0.0;
  for (int x = 1; x < 5'000; ++x) {
    square += std::pow(x, 2) * boost::math::pdf(law, x);
    fourth += std::pow(x, 4) * boost::math::pdf(law, x);
  }
  ASSERT_NEAR(square, m + m * m / k + m * m, 1e-6);
  const std::uint64_t n = 10'000;
  stats::Moments all, recorded;
  for (std::uint64_t r = 0; r < n; ++r) {
    const auto outcome = given.outcome(46, r);
    ASSERT_LE(outcome.recorded_violations, outcome.violations);
    all.add(outcome.violations);
    recorded.add(outcome.recorded_violations);
  }
  const auto moment = [&](double seen_shots, double seen_shelling, double of_shot, int order) {
    return shots * seen_shots * of_shot + shelling * seen_shelling * std::pow(20.0, order);
  };
  const auto expect = [&](const stats::Moments& totals, double a, double b) {
    const double variance = moment(a, b, square, 2);
    EXPECT_TRUE(
        expect_within_sigma(totals.mean().value(), moment(a, b, m, 1), std::sqrt(variance / n)));
    // The fourth cumulant of a compound Poisson sum is lambda T E X^4.
    EXPECT_TRUE(
        expect_within_sigma(totals.variance().value(), variance,
                            std::sqrt((moment(a, b, fourth, 4) + 2 * variance * variance) / n)));
  };
  expect(all, 1.0, 1.0);
  expect(recorded, shot_seen, shelling_seen);
}

}  // namespace
}  // namespace truce::verification
