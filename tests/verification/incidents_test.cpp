// SPDX-License-Identifier: Apache-2.0
// Incidents of the model against the theory of Poisson and self-exciting processes.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/clusters.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

// Kolmogorov's distance of values from the exponential law of mean 1, times sqrt(n). Above 2.745
// with probability 2 exp(-2 x^2) = 5.7e-7 under the law: five standard errors of a normal.
constexpr double kolmogorov_limit = 2.745;

double distance_from_exponential(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double law = -std::expm1(-values[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, law - rank / n, (rank + 1) / n - law});
  }
  return distance * std::sqrt(n);
}

constexpr std::string_view one_type = "incident_types: {shot: {share: 1, grade: minor}}\n";

std::string lone_sector(const std::string& incidents) {
  return std::string(one_type) +
         "sectors:\n  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: " +
         incidents + "}\n";
}

TEST(Incidents, WithoutExcitationCountsArePoisson) {
  const Given given(from_the_start("20 days") + lone_sector("{rate: 2 /day}"));
  const double mean = 40.0, n = 20'000;
  const auto counts = given.over(1, 20'000, [](const auto& o) { return o.incidents; });
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), mean, std::sqrt(mean / n)));
  // Fourth central moment m + 3 m^2: the sample variance has variance (m + 2 m^2)/n.
  EXPECT_TRUE(expect_within_sigma(counts.variance().value(), mean,
                                  std::sqrt((mean + 2 * mean * mean) / n)));
}

TEST(Incidents, WithoutExcitationDaysAreIndependentPoisson) {
  const Given given(from_the_start("100 days") + lone_sector("{rate: 2 /day}"));
  const double mean = 2.0;
  double squares = 0.0, neighbours = 0.0, quiet = 0.0, days = 0.0, pairs = 0.0;
  for (std::uint64_t r = 0; r < 400; ++r) {
    const auto timeline = given.play(2, r).timeline;
    ASSERT_EQ(timeline.days, 100U);
    double before = 0.0;
    for (std::size_t day = 1; day <= timeline.days; ++day) {
      const double today = at_end_of_day(timeline, day, "incidents");
      squares += (today - mean) * (today - mean);
      quiet += today == 0 ? 1.0 : 0.0;
      days += 1.0;
      if (day > 1) {
        neighbours += (today - mean) * (before - mean);
        pairs += 1.0;
      }
      before = today;
    }
  }
  EXPECT_TRUE(expect_within_sigma(squares / days / mean, 1.0,
                                  std::sqrt((mean + 2 * mean * mean) / days) / mean));
  EXPECT_TRUE(expect_within_sigma(neighbours / pairs, 0.0, std::sqrt(mean * mean / pairs)));
  const double none = std::exp(-mean);
  EXPECT_TRUE(expect_within_sigma(quiet / days, none, std::sqrt(none * (1 - none) / days)));
}

TEST(Incidents, WithoutExcitationTimesBetweenAreExponential) {
  const Given given(from_the_start("5000 days") + lone_sector("{rate: 2 /day}"));
  std::vector<double> gaps;
  double before = 0.0;
  for (const Occurrence& incident : given.incidents(3)) {
    gaps.push_back((incident.day - before) * 2.0);
    before = incident.day;
  }
  ASSERT_GT(gaps.size(), 9'000U);
  EXPECT_LT(distance_from_exponential(gaps), kolmogorov_limit);
}

// mu 0.5, n 0.6, beta 1, T 100, empty start: mean 123.125, variance 749.609.
TEST(Incidents, OneSectorBreedsMeanAndVarianceOfAHawkesProcess) {
  const Given given(from_the_start("100 days") +
                    lone_sector("{rate: 0.5 /day, branching: 0.6, decay: 1 /day}"));
  const Breeding breeding{Eigen::MatrixXd::Constant(1, 1, 0.6), Eigen::VectorXd::Ones(1),
                          Eigen::VectorXd::Zero(1)};
  const Counts theory = counts_of(breeding, Eigen::VectorXd::Constant(1, 0.5), 100.0);
  const double n = 16'000;
  const auto counts = given.over(4, 16'000, [](const auto& o) { return o.incidents; });
  const double variance = theory.variance(0);
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), theory.mean(0), std::sqrt(variance / n)));
  // The fourth cumulant is at most mu T E C^4 of whole clusters.
  const double fourth = 0.5 * 100.0 * moment_of_cluster(0.6, 4);
  EXPECT_TRUE(expect_within_sigma(counts.variance().value(), variance,
                                  std::sqrt((fourth + 2 * variance * variance) / n)));
  // Without the follow-ups, Poisson counts of mean mu T are left.
  const auto baseline =
      given.over(4, 16'000, [](const auto& o) { return o.incidents * (1 - o.follow_up_share); });
  EXPECT_TRUE(expect_within_sigma(baseline.mean().value(), 50.0, std::sqrt(50.0 / n)));
}

// In the long run mu/(1 - n). The empty start lacks mu n/((1-n)^2 beta) incidents, 2.8 here.
TEST(Incidents, OneSectorReachesTheStationaryRate) {
  const Given given(from_the_start("3000 days") +
                    lone_sector("{rate: 0.5 /day, branching: 0.6, decay: 2 /day}"));
  const double days = 3'000, n = 40;
  const double rate = 0.5 / (1 - 0.6);
  const double lacking = 0.5 * 0.6 / (0.4 * 0.4 * 2.0);
  const double error = std::sqrt(0.5 / std::pow(1 - 0.6, 3) / (days * n));
  ASSERT_LT(lacking / days, 0.2 * error) << "the start must not matter";
  const auto counts = given.over(5, 40, [](const auto& o) { return o.incidents_per_day; });
  EXPECT_TRUE(expect_within_sigma(counts.mean().value(), rate, error));
}

// Three sectors, spill-over in both directions of unequal strength, unequal decays.
constexpr std::string_view three_sectors = R"(
sectors:
  north:
    {from: [50, 36], to: [50, 37], length: 100 km, spills_into: {centre: 0.3, south: 0.1},
     incidents: {rate: 1.0 /day, branching: 0.2, decay: 0.5 /day}}
  centre:
    {from: [49, 36], to: [49, 37], length: 100 km, spills_into: {south: 0.25},
     incidents: {rate: 0.2 /day, branching: 0.4, decay: 2 /day}}
  south:
    {from: [48, 36], to: [48, 37], length: 100 km, spills_into: {north: 0.05},
     incidents: {rate: 0.6 /day, decay: 0.2 /day}}
)";

Breeding three_sectors_breed(const Eigen::Vector3d& weight_spread) {
  Eigen::MatrixXd expected(3, 3);
  expected << 0.2, 0.3, 0.1,  //
      0.0, 0.4, 0.25,         //
      0.05, 0.0, 0.0;
  return {expected, Eigen::Vector3d(0.5, 2.0, 0.2), weight_spread};
}
const Eigen::Vector3d three_rates{1.0, 0.2, 0.6};

void expect_counts(const Given& given, const Counts& theory, std::uint64_t seed,
                   std::uint64_t replications) {
  std::array<stats::Moments, 3> counts;
  for (std::uint64_t r = 0; r < replications; ++r) {
    const auto outcome = given.outcome(seed, r);
    for (std::size_t s = 0; s < 3; ++s) {
      counts[s].add(outcome.incidents_by_sector[model::SectorId{s}]);
    }
  }
  const auto n = static_cast<double>(replications);
  for (std::size_t s = 0; s < 3; ++s) {
    const auto at = static_cast<Eigen::Index>(s);
    EXPECT_TRUE(expect_within_sigma(counts[s].mean().value(), theory.mean(at),
                                    std::sqrt(theory.variance(at) / n)))
        << "sector " << s;
  }
}

TEST(Incidents, SectorsExciteEachOtherFromAnEmptyStart) {
  const Given given(from_the_start("60 days") + std::string(one_type) + std::string(three_sectors));
  const Breeding breeding = three_sectors_breed(Eigen::Vector3d::Zero());
  expect_counts(given, counts_of(breeding, three_rates, 60.0), 6, 4'000);
}

// Lambda = (I - N^T)^-1 mu.
TEST(Incidents, SectorsReachTheStationaryRates) {
  const Given given(from_the_start("3000 days") + std::string(one_type) +
                    std::string(three_sectors));
  const Breeding breeding = three_sectors_breed(Eigen::Vector3d::Zero());
  Counts theory = counts_of(breeding, three_rates, 3'000.0);
  const Eigen::Matrix3d system = Eigen::Matrix3d::Identity() - breeding.expected.transpose();
  const Eigen::Vector3d stationary = 3'000.0 * system.partialPivLu().solve(three_rates);
  const std::uint64_t n = 30;
  for (int s = 0; s < 3; ++s) {
    ASSERT_LT(std::abs(stationary(s) - theory.mean(s)), 0.5 * std::sqrt(theory.variance(s) / n));
  }
  theory.mean = stationary;  // what the start lacks is below half a standard error
  expect_counts(given, theory, 7, n);
}

// Weights 0.25 and 4 with shares 0.8 and 0.2 have mean 1 as they are; in the south a mix of equal
// shares must be scaled. Rates stay those of equal weights, counts vary more.
TEST(Incidents, WeightsByTypeLeaveTheMeanRates) {
  std::string text = from_the_start("60 days") +
                     "incident_types:\n"
                     "  shot: {share: 80, weight: 0.5, grade: minor}\n"
                     "  shelling: {share: 20, weight: 8, grade: grave}\n" +
                     std::string(three_sectors);
  const std::string south = "spills_into: {north: 0.05},";
  text.replace(text.find(south), south.size(), south + " mix: {shot: 1, shelling: 1},");
  const auto spread = [](double share, double small, double large) {
    const double mean = share * small + (1 - share) * large;
    const double square = share * small * small + (1 - share) * large * large;
    return square / (mean * mean) - 1;
  };
  const double usual = spread(0.8, 0.5, 8.0);
  const Breeding breeding =
      three_sectors_breed(Eigen::Vector3d(usual, usual, spread(0.5, 0.5, 8.0)));
  const Counts theory = counts_of(breeding, three_rates, 60.0);
  const Counts equal = counts_of(three_sectors_breed(Eigen::Vector3d::Zero()), three_rates, 60.0);
  ASSERT_TRUE(theory.mean.isApprox(equal.mean, 1e-12));
  ASSERT_GT(theory.variance(1), 1.2 * equal.variance(1));
  expect_counts(Given(text), theory, 8, 4'000);
}

// Time change (Meyer 1971; Ogata 1988): the integral of a sector's conditional intensity between
// its incidents is exponential of mean 1. Holds the cluster construction to the intensity itself.
TEST(Incidents, TheConditionalIntensityIsTheOneOfTheModel) {
  const Given given(from_the_start("3000 days") + std::string(one_type) +
                    std::string(three_sectors));
  const Breeding breeding = three_sectors_breed(Eigen::Vector3d::Zero());
  std::array<std::vector<double>, 3> steps;
  Eigen::Vector3d excitation = Eigen::Vector3d::Zero();  // intensity above the baseline
  Eigen::Vector3d integral = Eigen::Vector3d::Zero();    // since the sector's last incident
  double before = 0.0;
  for (const Occurrence& incident : given.incidents(9)) {
    const double passed = incident.day - before;
    before = incident.day;
    const Eigen::Array3d left = (-breeding.decay.array() * passed).exp();
    integral.array() +=
        three_rates.array() * passed + excitation.array() / breeding.decay.array() * (1 - left);
    excitation.array() *= left;
    const auto s = static_cast<Eigen::Index>(incident.sector.index());
    steps[incident.sector.index()].push_back(integral(s));
    integral(s) = 0.0;
    excitation.array() += breeding.expected.row(s).transpose().array() * breeding.decay.array();
  }
  for (const auto& sector : steps) {
    ASSERT_GT(sector.size(), 2'500U);
    EXPECT_LT(distance_from_exponential(sector), kolmogorov_limit);
  }
}

}  // namespace
}  // namespace truce::verification
