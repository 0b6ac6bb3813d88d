// SPDX-License-Identifier: Apache-2.0
// Distributions made of others: cut to an interval, mixed, elicited as quantiles, counted from
// observations. Against conditional probabilities, sums of parts and integrals worked out here.
#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/random/laws.hpp"
#include "tests/support/statistics.hpp"

namespace truce::random {
namespace {

using test::infinity;
using Kind = Distribution::Kind;

constexpr double first_u = 0x1p-53;  // the ends of Stream::uniform
constexpr double last_u = 1 - 0x1p-53;

std::vector<double> grid() {
  std::vector<double> us{first_u, 1e-9, 1e-5};
  for (int i = 1; i != 200; ++i) us.push_back(i / 200.0);
  for (const double u : {1 - 1e-5, 1 - 1e-9, last_u}) us.push_back(u);
  return us;
}

struct Compound {
  std::string name;
  Distribution law;
};

// Kept to the interval between two quantiles, open at either end, and far out.
std::vector<Compound> cuts(const std::vector<test::Law>& laws) {
  std::vector<Compound> all;
  for (const auto& known : laws) {
    const Distribution& of = known.law;
    const auto add = [&](const std::string& where, double from, double to) {
      if (from < to && of.between(from, to) < 1 && of.between(from, to) > 1e-8) {
        all.push_back({known.name + ", " + where, Distribution(Truncated(of, from, to))});
      }
    };
    add("both ends", of.quantile(0.1), of.quantile(0.8));
    add("below", of.quantile(0.3), infinity);
    add("above", -infinity, of.quantile(0.6));
    add("upper tail", of.quantile_above(1e-6), infinity);
    add("lower tail", -infinity, of.quantile(1e-6));
  }
  return all;
}

std::vector<Compound> mixtures() {
  const Distribution ten(Constant{10});
  const Distribution gamma(Gamma{6.25, 3.2});
  const Distribution wide(Lognormal{200, 1.2});
  const Distribution counts(Poisson{3});
  const Distribution long_tail(NegativeBinomial{12, 0.4});
  return {
      {"two humps", Distribution(Mixture{{gamma, wide}, {0.7, 0.3}})},
      {"often ten", Distribution(Mixture{{ten, gamma}, {3, 1}})},
      {"never the first", Distribution(Mixture{{ten, gamma, wide}, {0, 1, 1}})},
      {"gap",
       Distribution(Mixture{{Distribution(Uniform{0, 1}), Distribution(Uniform{5, 6})}, {1, 1}})},
      {"counts", Distribution(Mixture{{counts, long_tail}, {0.6, 0.4}})},
      {"normals", Distribution(Mixture{{Distribution(Normal{-3, 1, -infinity, infinity}),
                                        Distribution(Normal{4, 0.1, -infinity, infinity})},
                                       {1, 2}})},
      {"mixture of a mixture",
       Distribution(Mixture{{Distribution(Mixture{{gamma, wide}, {1, 1}}), ten}, {1, 1}})},
  };
}

std::vector<Compound> compounds() {
  auto all = mixtures();
  for (auto& cut : cuts(test::continuous_laws())) all.push_back(std::move(cut));
  for (auto& cut : cuts(test::count_laws())) all.push_back(std::move(cut));
  const auto parts = mixtures();
  all.push_back({"mixture, cut", Distribution(Truncated(parts[0].law, 15, 300))});
  all.push_back({"mixture with a constant, cut", Distribution(Truncated(parts[1].law, 8, 12))});
  all.push_back({"cut twice", Distribution(Truncated(all.back().law, 9, 11))});
  all.push_back({"elicited", elicited({{5, 50, 95}, {10, 20, 60}})});
  all.push_back({"elicited, cut", Distribution(Truncated(all.back().law, 12, 40))});
  all.push_back({"mixture of cuts", Distribution(Mixture{{all[8].law, all.back().law}, {1, 3}})});
  return all;
}

TEST(Compounds, RiseWithinTheirSupport) {
  for (const auto& [name, law] : compounds()) {
    double last = -infinity;
    for (const double u : grid()) {
      const double x = law.quantile(u);
      ASSERT_TRUE(std::isfinite(x)) << name << " at " << u;
      ASSERT_GE(x, last) << name << " at " << u;
      ASSERT_GE(x, law.least()) << name << " at " << u;
      ASSERT_LE(x, law.most()) << name << " at " << u;
      ASSERT_TRUE(!law.whole() || x == std::trunc(x)) << name;
      ASSERT_EQ(law.next_from(x), x) << name << ": a value that can't occur";
      last = x;
    }
  }
}

// F(x) >= u at the quantile and F below u before it, in either tail.
TEST(Compounds, QuantilesInvertTheDistributionFunction) {
  for (const auto& [name, law] : compounds()) {
    for (const double u : grid()) {
      if (u < 1e-9 || u > 1 - 1e-9) continue;
      const double x = law.quantile(u);
      const double step = 1e-14 * std::max(std::abs(x), 1.0);
      EXPECT_GE(law.cdf(x + step), u - 1e-12) << name << " at " << u;
      EXPECT_LE(law.cdf(x - step, Edge::excluded), u + 1e-12) << name << " at " << u;
    }
    for (const double q : {1e-12, 1e-6, 0.01, 0.4, 0.7}) {
      const double x = law.quantile_above(q);
      const double step = 1e-14 * std::max(std::abs(x), 1.0);
      EXPECT_LE(law.survival(x + step), q * (1 + 1e-6)) << name << " at " << q;
      EXPECT_GE(law.survival(x - step, Edge::included), q * (1 - 1e-6)) << name << " at " << q;
    }
  }
}

TEST(Truncated, IsTheConditionalProbability) {
  for (const auto& [name, law] : compounds()) {
    const auto* d = std::get_if<Truncated>(&law.kind());
    if (d == nullptr) continue;
    const Distribution& of = d->of.front();
    for (const double u : {0.001, 0.2, 0.5, 0.8, 0.999}) {
      const double x = law.quantile(u);
      const double given = of.between(d->min, x) / of.between(d->min, d->max);
      EXPECT_NEAR(law.cdf(x), given, 1e-9 * given) << name;
      EXPECT_NEAR(law.cdf(x) + law.survival(x), 1.0, 1e-9) << name;
    }
    EXPECT_EQ(law.cdf(d->max), 1.0) << name;
    EXPECT_EQ(law.survival(d->min, Edge::included), 1.0) << name;
  }
}

// A mean is the least value plus the integral of what survives, and E[(X - least)^2] twice that of
// (x - least) times it; counts are summed.
TEST(Compounds, MeanAndVarianceAreThoseOfTheDistributionFunction) {
  for (const auto& [name, law] : compounds()) {
    const double low = std::isfinite(law.least()) ? law.least() : law.quantile(1e-18);
    const double high =
        std::isfinite(law.most()) ? law.most() : law.quantile_above(law.whole() ? 1e-12 : 1e-18);
    double first = 0.0;
    double second = 0.0;
    if (law.whole()) {
      for (double k = low; k < high; ++k) {
        const double survival = law.survival(k);
        first += survival;
        second += (2 * (k - low) + 1) * survival;
      }
    } else {
      // In pieces between quantiles, within which nothing is steep.
      std::vector<double> ends{low};
      for (const double p : {1e-15, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01})
        ends.push_back(law.quantile(p));
      for (int i = 1; i != 50; ++i) ends.push_back(law.quantile(i / 50.0));
      for (const double q : {0.01, 1e-3, 1e-4, 1e-6, 1e-9, 1e-12, 1e-15})
        ends.push_back(law.quantile_above(q));
      ends.push_back(high);
      std::sort(ends.begin(), ends.end());
      const auto& own = law;  // lambdas can't capture structured bindings
      const auto integral = [&](const std::function<double(double)>& f, double a, double b) {
        return a < b ? boost::math::quadrature::gauss_kronrod<double, 31>::integrate(f, a, b, 8,
                                                                                     1e-10)
                     : 0.0;
      };
      for (std::size_t i = 1; i != ends.size(); ++i) {
        first += integral([&](double x) { return own.survival(x); }, ends[i - 1], ends[i]);
        second += integral([&](double x) { return 2 * (x - low) * own.survival(x); }, ends[i - 1],
                           ends[i]);
      }
    }
    const double deviation = std::sqrt(second - first * first);
    EXPECT_NEAR(law.mean(), low + first, 1e-6 * deviation) << name;
    EXPECT_NEAR(law.variance(), second - first * first,
                1e-5 * deviation * (deviation + first) + 1e-14 * law.mean() * law.mean())
        << name;
  }
}

TEST(Compounds, SamplesHaveTheirMoments) {
  constexpr int draws = 20'000;
  for (const auto& [name, law] : mixtures()) {
    Stream stream({20260106, 0}, source_of(name, "compound"));
    double sum = 0.0;
    for (int i = 0; i != draws; ++i) sum += law.sample(stream);
    EXPECT_TRUE(truce::test::expect_within_sigma(sum / draws, law.mean(),
                                                 std::sqrt(law.variance() / draws)))
        << name;
  }
}

TEST(Truncated, TakesTheSimplestForm) {
  const Distribution normal(Normal{10, 4, 5, infinity});
  const auto cut = truncated(normal, 0, 18);
  ASSERT_TRUE(std::holds_alternative<Normal>(cut.kind()));
  EXPECT_EQ(cut.quantile(0.3), Distribution(Normal{10, 4, 5, 18}).quantile(0.3));
  const auto uniform = truncated(Distribution(Uniform{2, 7}), 3, infinity);
  ASSERT_TRUE(std::holds_alternative<Uniform>(uniform.kind()));
  EXPECT_EQ(uniform.least(), 3.0);
  EXPECT_EQ(uniform.most(), 7.0);
  EXPECT_TRUE(std::holds_alternative<Lognormal>(
      truncated(Distribution(Lognormal{8, 1}), 0, infinity).kind()));
  const auto twice = truncated(truncated(Distribution(Gamma{2, 3}), 1, 9), 2, 20);
  const auto* d = std::get_if<Truncated>(&twice.kind());
  ASSERT_NE(d, nullptr);
  EXPECT_TRUE(std::holds_alternative<Gamma>(d->of.front().kind()));
  EXPECT_EQ(d->min, 2.0);
  EXPECT_EQ(d->max, 9.0);
}

TEST(Truncated, OfCountsIncludesItsBounds) {
  const Distribution law(Truncated(Distribution(Poisson{3}), 2, 4));
  const double p2 = 4.5, p3 = 4.5, p4 = 3.375;  // 3^k / k!
  EXPECT_NEAR(law.cdf(2), p2 / (p2 + p3 + p4), 1e-14);
  EXPECT_NEAR(law.mean(), (2 * p2 + 3 * p3 + 4 * p4) / (p2 + p3 + p4), 1e-13);
  EXPECT_EQ(law.quantile(first_u), 2.0);
  EXPECT_EQ(law.quantile(last_u), 4.0);
  EXPECT_TRUE(law.whole());
  EXPECT_EQ(Distribution(Truncated(Distribution(Poisson{3}), 1.5, 4.5)).least(), 2.0);
}

TEST(Mixture, MeetsAJumpExactly) {
  const Distribution law(
      Mixture{{Distribution(Constant{10}), Distribution(Gamma{6.25, 3.2})}, {3, 1}});
  EXPECT_NEAR(law.cdf(10) - law.cdf(10, Edge::excluded), 0.75, 1e-15);
  const double before = law.cdf(10, Edge::excluded);
  for (const double share : {0.001, 0.5, 0.999})
    EXPECT_EQ(law.quantile(before + 0.75 * share), 10.0);
  EXPECT_LT(law.quantile(0.999 * before), 10.0);
  EXPECT_GT(law.quantile(before + 0.751), 10.0);
  EXPECT_FALSE(law.whole());
}

// The quantile is the smallest double that reaches u: the search leaves nothing of its own way.
TEST(Mixture, FindsTheSmallestThatReaches) {
  for (const auto& [name, law] : mixtures()) {
    for (const double u : {0.01, 0.2, 0.4, 0.49}) {
      const double x = law.quantile(u);
      EXPECT_GE(law.cdf(x), u) << name;
      EXPECT_LT(law.cdf(std::nextafter(x, -infinity)), u) << name;
    }
  }
}

TEST(Quantiles, AreMetAndStretchedAtTheEnds) {
  const auto law = elicited({{5, 50, 95}, {10, 20, 60}});
  EXPECT_DOUBLE_EQ(law.quantile(0.05), 10.0);
  EXPECT_DOUBLE_EQ(law.quantile(0.5), 20.0);
  EXPECT_DOUBLE_EQ(law.quantile(0.95), 60.0);
  EXPECT_DOUBLE_EQ(law.quantile(0.275), 15.0);
  EXPECT_EQ(law.least(), 5.0);  // a tenth of 60 - 10 beyond
  EXPECT_EQ(law.most(), 65.0);
  EXPECT_DOUBLE_EQ(law.quantile(0.025), 7.5);
  EXPECT_DOUBLE_EQ(law.cdf(40), 0.725);
  EXPECT_DOUBLE_EQ(law.mean(), 0.05 * 7.5 + 0.45 * 15 + 0.45 * 40 + 0.05 * 62.5);
  const auto bounded = elicited({{0, 50, 100}, {0, 20, 60}});
  EXPECT_EQ(bounded.least(), 0.0);
  EXPECT_EQ(bounded.most(), 60.0);
}

TEST(Empirical, DrawsTheListedValues) {
  const auto law = empirical({7, -2, 0.5, 7}, {2, 1, 2, 3});
  const auto& d = std::get<Discrete>(law.kind());
  EXPECT_EQ(d.values, (std::vector<double>{-2, 0.5, 7}));
  EXPECT_EQ(d.weights, (std::vector<double>{1, 2, 5}));
  EXPECT_EQ(law.quantile(0.125), -2.0);
  EXPECT_EQ(law.quantile(0.126), 0.5);
  EXPECT_EQ(law.quantile(0.376), 7.0);
}

template <class Make>
std::string refusal(Make make) {
  try {
    make();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Compounds, RefuseWhatIsNone) {
  const Distribution gamma(Gamma{2, 3});
  const std::string none = "almost none of the distribution lies between min and max";
  EXPECT_EQ(refusal([&] { Truncated(gamma, 5, 5); }), "min must be below max");
  EXPECT_EQ(refusal([&] { truncated(gamma, 5, 4); }), "min must be below max");
  EXPECT_EQ(refusal([&] { Truncated(gamma, 1e3, infinity); }), none);
  EXPECT_EQ(refusal([&] { truncated(gamma, -7, -1); }), none);
  EXPECT_EQ(refusal([&] { truncated(Distribution(Uniform{2, 7}), 8, 9); }), none);
  EXPECT_EQ(refusal([&] { truncated(Distribution(Poisson{3}), 2.2, 2.8); }), none);
  const std::string weights = "weights must not be negative, and one must be above 0";
  EXPECT_EQ(refusal([&] { Distribution(Mixture{{gamma}, {0}}); }), weights);
  EXPECT_EQ(refusal([&] { Distribution(Mixture{{gamma, gamma}, {2, -1}}); }), weights);
  EXPECT_EQ(refusal([&] {
              Distribution(Mixture{{}, {}});
            }),
            "as many weights as parts are needed, at least one");
  const std::string order = "the percentages must ascend between p0 and p100";
  EXPECT_EQ(refusal([] { elicited({{50}, {3}}); }), "at least two points are needed");
  EXPECT_EQ(refusal([] { elicited({{50, 5}, {3, 4}}); }), order);
  EXPECT_EQ(refusal([] { elicited({{50, 105}, {3, 4}}); }), order);
  const std::string rise = "the values must rise with their percentages";
  EXPECT_EQ(refusal([] { elicited({{5, 50, 95}, {3, 9, 4}}); }), rise);
  EXPECT_EQ(refusal([] { elicited({{5, 50, 95}, {3, 3, 4}}); }), rise);
  EXPECT_EQ(refusal([] {
              Distribution(Quantiles{{5, 100}, {3, 4}});
            }),
            "the percentages must ascend from 0 to 100");
  EXPECT_EQ(refusal([] { empirical({3, 4}, {1, -1}); }), weights);
  EXPECT_EQ(refusal([] { empirical({3, 4}, {0, 0}); }), weights);
  EXPECT_EQ(refusal([] { empirical({3, NAN}, {1, 1}); }), "values must be finite");
  EXPECT_EQ(refusal([] { empirical({}, {}); }),
            "as many weights as values are needed, at least one");
}

}  // namespace
}  // namespace truce::random
