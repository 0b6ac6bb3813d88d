// SPDX-License-Identifier: Apache-2.0
// Climate: the daily factor is a lognormal AR(1) of mean 1, regimes are a Markov chain, erosion
// stops at its ceiling.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"
#include "tests/verification/chain.hpp"
#include "tests/verification/given.hpp"

namespace truce::verification {
namespace {

using test::expect_within_sigma;

std::string under(const std::string& climate, const std::string& horizon = "1000 days",
                  const std::string& rate = "10") {
  return from_the_start(horizon) + R"(
incident_types:
  shot: {share: 1, grade: minor}
sectors:
  line: {from: [50, 36], to: [50, 37], length: 100 km, incidents: {rate: )" +
         rate + " /day}}\nclimate:\n" + climate;
}
std::string daily(const std::string& sd, const std::string& persistence) {
  return "  regimes:\n    only: {multiplier: 1}\n  start: {only: 1}\n  daily_sd: " + sd +
         "\n  daily_persistence: " + persistence + "\n";
}

/// The factor of a region on day 0, 1, ...
std::vector<double> factors(const Given& given, std::size_t days, std::uint64_t replication = 0,
                            std::size_t region = 0) {
  model::Stage stage{given.theatre(),
                     {121, replication},
                     model::Quantities(given.theatre()),
                     model::Facts(given.theatre(), {121, replication})};
  model::Climate climate(stage);
  climate.start();
  climate.on(model::CeasefireTakesEffect{});
  std::vector<double> factors{climate.factor(region)};
  for (std::size_t day = 1; day < days; ++day) {
    climate.new_day(day);
    factors.push_back(climate.factor(region));
  }
  return factors;
}

// With log-variance s2 = log(1 + sd^2) and persistence phi, factors k days apart have covariance
// exp(s2 phi^k) - 1: sums of them give the standard error of the mean of the factor. Logarithms are
// Gaussian: an estimated covariance at lag k has variance sum_j (g_j^2 + g_(j+k) g_(j-k))/n
// (Bartlett 1946).
TEST(Climate, DailyFactorIsALognormalAutoregression) {
  const double sd = 0.8, phi = 0.6;
  const Given given(under(daily("0.8", "0.6")));
  const std::size_t n = 400'000;
  const auto factor = factors(given, n);
  const auto size = static_cast<double>(n);
  const double s2 = std::log1p(sd * sd);
  double mean = 0.0, square = 0.0;
  std::vector<double> logs;
  for (const double x : factor) {
    mean += x / size;
    square += x * x / size;
    logs.push_back(std::log(x) + s2 / 2);
  }
  double clump = std::exp(s2) - 1, clump2 = std::exp(4 * s2) - 1;
  for (int k = 1; k < 100; ++k) {
    clump += 2 * (std::exp(s2 * std::pow(phi, k)) - 1);
    clump2 += 2 * (std::exp(4 * s2 * std::pow(phi, k)) - 1);
  }
  EXPECT_TRUE(expect_within_sigma(mean, 1.0, std::sqrt(clump / size)));
  // Of squares: mean exp(s2), covariance exp(2 s2) (exp(4 s2 phi^k) - 1).
  EXPECT_TRUE(expect_within_sigma(square, 1 + sd * sd, std::exp(s2) * std::sqrt(clump2 / size)));
  const auto covariance = [&](std::size_t lag) {
    double sum = 0.0;
    for (std::size_t i = lag; i < n; ++i) sum += logs[i] * logs[i - lag];
    return sum / static_cast<double>(n - lag);
  };
  const auto g = [&](int k) { return s2 * std::pow(phi, std::abs(k)); };
  for (const int lag : {0, 1, 2, 5}) {
    double bartlett = 0.0;
    for (int j = -200; j <= 200; ++j) bartlett += g(j) * g(j) + g(j + lag) * g(j - lag);
    EXPECT_TRUE(expect_within_sigma(covariance(static_cast<std::size_t>(lag)), g(lag),
                                    std::sqrt(bartlett / size)))
        << "lag " << lag;
  }
}

// The first day is drawn from the same law as all others, and replications are independent.
TEST(Climate, IsStationaryFromTheFirstDayOn) {
  const Given given(under(daily("0.5", "0.9")));
  const double s2 = std::log1p(0.25);
  double sum = 0.0, square = 0.0;
  const double n = 20'000;
  for (std::uint64_t r = 0; r < 20'000; ++r) {
    const double log = std::log(factors(given, 1, r).front()) + s2 / 2;
    sum += log;
    square += log * log;
  }
  EXPECT_TRUE(expect_within_sigma(sum / n, 0.0, std::sqrt(s2 / n)));
  EXPECT_TRUE(expect_within_sigma(square / n, s2, s2 * std::sqrt(2 / n)));
}

// Sectors of one region share the factor; regions have their own.
TEST(Climate, IsIndependentBetweenRegions) {
  std::string text = under(daily("0.5", "0.3"));
  const std::string line = "  line: {";
  text.replace(text.find(line), line.size(),
               "  far: {from: [47, 36], to: [47, 37], length: 1 km, region: south, incidents: "
               "{rate: 1 /day}}\n  line: {region: north, ");
  const Given given(text);
  const std::size_t n = 100'000;
  const auto south = factors(given, n, 0, 0), north = factors(given, n, 0, 1);
  const double s2 = std::log1p(0.25);
  double product = 0.0, clump = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    product += (std::log(south[i]) + s2 / 2) * (std::log(north[i]) + s2 / 2);
  }
  for (int k = -60; k <= 60; ++k) clump += std::pow(s2 * std::pow(0.3, std::abs(k)), 2);
  const auto size = static_cast<double>(n);
  EXPECT_TRUE(expect_within_sigma(product / size, 0.0, std::sqrt(clump / size)));
}

// Counts of a day are mixed Poisson: mean m, variance m + m^2 sd^2 (a negative binomial with
// k = 1/sd^2 has the same), covariance with the next day m^2 (exp(s2 phi) - 1). Replications of
// ten days give independent sums; their own spread gives the standard error.
TEST(Climate, SpreadsAndTiesTheCountsOfDays) {
  const double sd = 0.7, phi = 0.5, m = 10;
  const Given given(under(daily("0.7", "0.5"), "10 days"));
  stats::Moments means, squares, products;
  for (std::uint64_t r = 0; r < 4'000; ++r) {
    const auto timeline = given.play(122, r).timeline;
    double mean = 0.0, square = 0.0, product = 0.0, before = 0.0;
    for (std::size_t day = 1; day <= 10; ++day) {
      const double count = at_end_of_day(timeline, day, "incidents");
      mean += count / 10;
      square += count * count / 10;
      if (day > 1) product += count * before / 9;
      before = count;
    }
    means.add(mean);
    squares.add(square);
    products.add(product);
  }
  const auto error = [](const stats::Moments& x) {
    return std::sqrt(x.variance().value() / 4'000);
  };
  const double s2 = std::log1p(sd * sd);
  EXPECT_TRUE(expect_within_sigma(means.mean().value(), m, error(means)));
  EXPECT_TRUE(
      expect_within_sigma(squares.mean().value(), m + m * m * (1 + sd * sd), error(squares)));
  EXPECT_TRUE(
      expect_within_sigma(products.mean().value(), m * m * std::exp(s2 * phi), error(products)));
}

constexpr std::string_view three_regimes = R"(
  regimes:
    strong: {multiplier: 0.5, mean_stay: 20 days, next: {eroding: 3, hot: 1}}
    eroding: {multiplier: 1, mean_stay: 10 days, next: {hot: 1}}
    hot: {multiplier: 3, mean_stay: 5 days, next: {strong: 4, eroding: 1}}
  start: {strong: 1}
)";
const std::vector<Chain::Jump>& jumps() {
  static const std::vector<Chain::Jump> all{{0, 1, 0.75 / 20, 0},
                                            {0, 2, 0.25 / 20, 0},
                                            {1, 2, 1.0 / 10, 0},
                                            {2, 0, 0.8 / 5, 0},
                                            {2, 1, 0.2 / 5, 0}};
  return all;
}

// Replications of a century each; their shares of time add up.
constexpr int centuries = 20;
constexpr double century = 36'500;

TEST(Climate, RegimesTakeTheSharesOfTheirStationaryLaw) {
  const Given given(under(std::string(three_regimes), "36500 days", "0"));
  std::array<double, 3> days{};
  for (std::uint64_t r = 0; r < centuries; ++r) {
    double before = 0.0;
    given.watch(123, r, [&](const auto& world, double day, const auto&) {
      if (world.regime()) days[world.regime().index()] += day - before;
      before = day;
    });
    EXPECT_EQ(before, century) << "the last day ends";
  }
  const Chain chain(3, jumps());
  for (std::size_t i = 0; i < 3; ++i) {
    const auto theory =
        chain.earnings([&](std::size_t x) { return x == i ? 1.0 : 0.0; }, [](int) { return 0.0; });
    EXPECT_NEAR(theory.mean, chain.probability(i), 1e-12);
    EXPECT_TRUE(expect_within_sigma(days[i], centuries * (theory.mean * century + theory.start),
                                    std::sqrt(theory.variance * century * centuries)))
        << "regime " << i;
  }
}

// Given the regimes, incidents are Poisson; their mean is rate times the mean multiplier.
TEST(Climate, RegimesMultiplyTheRate) {
  const Given given(under(std::string(three_regimes), "36500 days", "1"));
  const auto theory = Chain(3, jumps())
                          .earnings([](std::size_t x) { return x == 0   ? 0.5
                                                               : x == 1 ? 1.0
                                                                        : 3.0; },
                                    [](int) { return 0.0; });
  double incidents = 0.0;
  for (std::uint64_t r = 0; r < 5; ++r) incidents += given.outcome(124, r).incidents;
  EXPECT_TRUE(expect_within_sigma(incidents, 5 * (theory.mean * century + theory.start),
                                  std::sqrt((theory.mean + theory.variance) * century * 5)));
}

TEST(Climate, BeginsInTheRegimesOfItsStart) {
  std::string text = under(std::string(three_regimes), "1 day", "0");
  const std::string start = "start: {strong: 1}";
  text.replace(text.find(start), start.size(), "start: {hot: 3, strong: 1}");
  const Given given(text);
  double hot = 0.0;
  const double n = 20'000;
  for (std::uint64_t r = 0; r < 20'000; ++r) {
    model::World world(given.scenario(), given.theatre(), {125, r});
    world.start();
    engine::run(world, world.calendar(), start_of_time);
    ASSERT_NE(world.regime().index(), 1U) << "eroding has no weight";
    hot += world.regime().index() == 2 ? 1 : 0;
  }
  EXPECT_TRUE(expect_within_sigma(hot / n, 0.75, std::sqrt(0.75 * 0.25 / n)));
}

// Erosion from 0.5 at 5 % a day, a step at each midnight, up to the ceiling 1.5 on day 22
// (0.5 exp(0.05 t) = 1.5 at t = 21.97). The k-th incident comes when the integral of the factor is
// the day on which it comes at factor 1.
TEST(Climate, ErodesUpToItsCeiling) {
  const Given given(
      under("  regimes:\n    eroding: {multiplier: 0.5, growth: 0.05 /day, ceiling: 1.5}\n"
            "  start: {eroding: 1}\n",
            "200 days"));
  std::string plain = under(daily("0", "0"), "200 days");
  const auto with = given.incidents(126), without = Given(plain).incidents(126);
  ASSERT_GT(with.size(), 1'900U);
  std::size_t tested = 0;
  for (std::size_t k = 0; k < std::min(with.size(), without.size()); ++k) {
    double integral = 0.0;
    for (int day = 0; day < with[k].day; ++day) {
      const double factor = std::min(1.5, 0.5 * std::exp(0.05 * day));
      integral += factor * (std::min(with[k].day, day + 1.0) - day);
    }
    EXPECT_NEAR(integral, without[k].day, 1e-5) << "incident " << k;
    ++tested;
  }
  EXPECT_GT(tested, 1'900U);
}

// Bad weather on 30 % of days in mid-January and 10 % in mid-July, a cosine in between, in spells.
TEST(Climate, WeatherIsBadOnItsShareOfDays) {
  std::string text = under(daily("0", "0"));
  text +=
      "environment: {bad_weather_winter: 0.3, bad_weather_summer: 0.1, weather_persistence: 0.7}\n";
  const Given given(text);
  model::Stage stage{given.theatre(),
                     {127, 0},
                     model::Quantities(given.theatre()),
                     model::Facts(given.theatre(), {127, 0})};
  model::Climate climate(stage);
  climate.start();
  const int years = 400;
  double winter = 0.0, summer = 0.0, all = 0.0;
  const auto start = std::chrono::sys_days{std::chrono::year{2026} / 7 / 1};
  for (std::size_t day = 1; day <= 365U * years; ++day) {
    climate.new_day(day);
    const std::chrono::year_month_day date{start + std::chrono::days{day}};
    if (!climate.bad_weather(0)) continue;
    all += 1;
    if (date.month() == std::chrono::January && date.day() == std::chrono::day{15}) winter += 1;
    if (date.month() == std::chrono::July && date.day() == std::chrono::day{15}) summer += 1;
  }
  EXPECT_TRUE(expect_within_sigma(winter / years, 0.3, std::sqrt(0.21 / years)));
  EXPECT_TRUE(expect_within_sigma(summer / years, 0.1, std::sqrt(0.09 / years)));
  // Spells make days dependent: at most (1 + 0.7)/(1 - 0.7) as many effective days.
  EXPECT_TRUE(expect_within_sigma(all / (365.0 * years), 0.2,
                                  std::sqrt(0.16 / (365.0 * years) * 1.7 / 0.3)));
}

}  // namespace
}  // namespace truce::verification
