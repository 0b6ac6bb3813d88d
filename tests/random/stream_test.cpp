// SPDX-License-Identifier: Apache-2.0
// Streams of chance: the generator against its published answers, uniforms within their bounds, and
// no stream moved by another.
#include "sim/random/stream.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/statistics.hpp"

namespace truce::random {
namespace {

using test::expect_within_sigma;
using Words = std::array<std::uint64_t, 4>;

std::vector<std::uint64_t> bits_of(Stream stream, std::size_t count) {
  std::vector<std::uint64_t> bits(count);
  std::generate(bits.begin(), bits.end(), [&] { return stream.bits(); });
  return bits;
}

// The three vectors of philox4x64-10 in the file kat_vectors of Random123 (Salmon, Moraes, Dror,
// Shaw 2011): zeros, ones, and the first digits of pi.
TEST(Philox, GivesTheKnownAnswers) {
  constexpr std::uint64_t ones = 0xffffffffffffffff;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x16554d9eca36314c, 0xdb20fe9d672d0fdc,
                                                 0xd7e772cee186176b, 0x7e68b68aec7ba23b}));
  EXPECT_EQ(
      philox({ones, ones, ones, ones}, {ones, ones}),
      (Words{0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0}));
  EXPECT_EQ(
      philox({0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89},
             {0x452821e638d01377, 0xbe5466cf34e90c6c}),
      (Words{0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6}));
}

// mix(seed, n) is output n of the SplitMix64 generator of Steele, Lea and Flood (2014); the values
// are those that its implementations publish for the seed 1234567.
TEST(Mix, IsSplitMix64) {
  EXPECT_EQ(mix(1234567, 0), 6457827717110365317U);
  EXPECT_EQ(mix(1234567, 1), 3203168211198807973U);
  EXPECT_EQ(mix(1234567, 2), 9817491932198370423U);
}

// The scheme itself is part of every result: these words were worked out apart from this code, in
// Python, from the definitions in stream.hpp. A change here changes every result of every user.
TEST(Stream, IsPhiloxOfTheDocumentedKeyAndCounter) {
  EXPECT_EQ(source_of("", ""), 0x25fc6dd36ce04b20U);
  EXPECT_EQ(source_of("donetsk", "baseline"), 0x20505414110d2c08U);
  const std::vector<std::uint64_t> expected{
      0x56538662f80b2eed, 0x34ec13e632935796, 0x7acc0a0a03fb8ce3, 0x90a82589f0573350,
      0xd7700f44f3385f33, 0xe0335a49f37b1c81, 0x1abf48b46ca11d35, 0x7013794e1b11dd19};
  EXPECT_EQ(bits_of(Source("donetsk", "baseline").at({42, 5}, 3), 8), expected);
}

TEST(Stream, UniformsStayOffTheEnds) {
  Stream bits({7, 0}, source_of("a", "b"));
  Stream stream = bits;
  double least = 1.0;
  double most = 0.0;
  for (int i = 0; i != 1'000'000; ++i) {
    const double u = stream.uniform();
    // Exactly (k + 1/2) / 2^52 of the upper 52 bits: k = 0 gives 2^-53, all ones 1 - 2^-53.
    ASSERT_EQ(u, std::ldexp(static_cast<double>(bits.bits() >> 12U), -52) + 0x1p-53);
    least = std::min(least, u);
    most = std::max(most, u);
  }
  EXPECT_GT(least, 0.0);
  EXPECT_LT(most, 1.0);
  // Extremes of a million: each is beyond these with probability exp(-20) = 2e-9.
  EXPECT_LT(least, 2e-5);
  EXPECT_GT(most, 1 - 2e-5);
}

// Moments of the uniform: mean 1/2, variance 1/12, third and fourth central moment 0 and 1/80, so
// that the sample variance has variance (1/80 - 1/144)/n.
TEST(Stream, UniformsHaveUniformMoments) {
  constexpr int n = 1'000'000;
  Stream stream({20260106, 3}, source_of("kyiv", "travel"));
  double sum = 0.0;
  double squares = 0.0;
  double lagged = 0.0;
  double last = 0.0;
  for (int i = 0; i != n; ++i) {
    const double x = stream.uniform() - 0.5;
    sum += x;
    squares += x * x;
    lagged += x * last;
    last = x;
  }
  EXPECT_TRUE(expect_within_sigma(sum / n, 0.0, std::sqrt(1.0 / 12 / n)));
  EXPECT_TRUE(expect_within_sigma(squares / n, 1.0 / 12, std::sqrt((1.0 / 80 - 1.0 / 144) / n)));
  EXPECT_TRUE(expect_within_sigma(lagged / n, 0.0, 1.0 / 12 / std::sqrt(1.0 * n)));
}

// Adding an entity, or drawing more for one purpose, moves no other stream: a small simulation
// draws for its entities in turn; the draws of those that stay must not change by one bit.
class Play {
 public:
  Play(std::vector<std::string> entities, int draws_for_travel) {
    const ReplicationKey key{1, 4};
    std::vector<Stream> travel;
    std::vector<Stream> work;
    for (const auto& entity : entities) {
      travel.push_back(Source(entity, "travel").at(key));
      work.push_back(Source(entity, "work").at(key));
    }
    for (int round = 0; round != 50; ++round) {
      for (std::size_t e = 0; e != entities.size(); ++e) {
        for (int i = 0; i != draws_for_travel; ++i) travel[e].bits();
        drawn_.emplace_back(entities[e], work[e].bits());
      }
    }
  }
  std::vector<std::uint64_t> work_of(const std::string& entity) const {
    std::vector<std::uint64_t> words;
    for (const auto& [name, word] : drawn_) {
      if (name == entity) words.push_back(word);
    }
    return words;
  }

 private:
  std::vector<std::pair<std::string, std::uint64_t>> drawn_;
};

TEST(Stream, IsNotMovedByNewEntitiesOrMoreDraws) {
  const Play before({"kyiv", "odesa"}, 1);
  const Play after({"lviv", "odesa", "kyiv", "kyiv-2"}, 5);
  ASSERT_EQ(before.work_of("kyiv").size(), 50U);
  EXPECT_EQ(before.work_of("kyiv"), after.work_of("kyiv"));
  EXPECT_EQ(before.work_of("odesa"), after.work_of("odesa"));
  EXPECT_NE(after.work_of("kyiv"), after.work_of("kyiv-2"));
  EXPECT_NE(after.work_of("kyiv"), after.work_of("odesa"));
}

// Each part of the key gives another stream: none shares a word, and none goes with another.
TEST(Stream, EachPartOfTheKeyGivesItsOwn) {
  const auto source = source_of("kyiv", "travel");
  const std::vector<Stream> streams{
      Stream({1, 0}, source, 0),
      Stream({2, 0}, source, 0),
      Stream({1, 1}, source, 0),
      Stream({1, 2}, source, 0),
      Stream({1, 0}, source, 1),
      Stream({1, 0}, source, 2),
      Stream({1, 0}, source + 1),
      Stream({0, 1}, source, 0),
      Stream({1, 0}, source_of("kyi", "vtravel")),
  };
  constexpr std::size_t n = 20'000;
  std::vector<std::uint64_t> all;
  std::vector<std::vector<double>> uniforms;
  for (const auto& stream : streams) {
    const auto bits = bits_of(stream, n);
    all.insert(all.end(), bits.begin(), bits.end());
    auto copy = stream;
    auto& own = uniforms.emplace_back(n);
    std::generate(own.begin(), own.end(), [&] { return copy.uniform() - 0.5; });
  }
  // 180,000 words of 64 bits: two equal by chance has probability 1e-9.
  std::sort(all.begin(), all.end());
  EXPECT_EQ(std::adjacent_find(all.begin(), all.end()), all.end());
  for (std::size_t a = 0; a != streams.size(); ++a) {
    for (std::size_t b = 0; b != a; ++b) {
      double product = 0.0;
      for (std::size_t i = 0; i != n; ++i) product += uniforms[a][i] * uniforms[b][i];
      const double size = static_cast<double>(n);
      EXPECT_TRUE(expect_within_sigma(product / size, 0.0, 1.0 / 12 / std::sqrt(size)))
          << "streams " << a << " and " << b;
    }
  }
}

// The first draws of neighbouring occurrences and replications are as uniform as those of a stream.
TEST(Stream, FirstDrawsOfNeighboursAreIndependent) {
  constexpr int n = 200'000;
  const Source source("kyiv", "travel");
  for (const bool by_occurrence : {true, false}) {
    double sum = 0.0;
    double lagged = 0.0;
    double last = 0.0;
    for (int i = 0; i != n; ++i) {
      const auto k = static_cast<std::uint64_t>(i);
      auto stream = by_occurrence ? source.at({1, 0}, k) : source.at({1, k});
      const double x = stream.uniform() - 0.5;
      sum += x;
      lagged += x * last;
      last = x;
    }
    EXPECT_TRUE(expect_within_sigma(sum / n, 0.0, std::sqrt(1.0 / 12 / n))) << by_occurrence;
    EXPECT_TRUE(expect_within_sigma(lagged / n, 0.0, 1.0 / 12 / std::sqrt(1.0 * n)))
        << by_occurrence;
  }
}

TEST(Source, KeepsEntityAndPurposeApart) {
  EXPECT_NE(source_of("ab", "c"), source_of("a", "bc"));
  EXPECT_NE(source_of("ab", ""), source_of("", "ab"));
  EXPECT_NE(source_of("a", "b"), source_of("b", "a"));
  EXPECT_EQ(Source("ab", "c").id(), source_of("ab", "c"));
}

// As many names as a scenario of 5,000 entries could hold, with every purpose, and numbered names,
// which differ in few bits: 600,000 hashes. By chance two of them agree with probability 1e-8.
TEST(Source, HasNoCollisionsInALargeScenario) {
  const std::vector<std::string> purposes{
      "once",     "decision",   "notice",     "tour",      "extension", "dwell",  "travel", "work",
      "baseline", "attributes", "follow-ups", "detection", "failure",   "expiry", "access"};
  const std::vector<std::string> kinds{
      "sectors.s", "cells.c", "hubs.h", "s", "c/uav-", "x-", "contributors.k.pledges.p",
      "routes.r-"};
  std::vector<std::uint64_t> hashes;
  for (const auto& kind : kinds) {
    for (int i = 0; i != 5000; ++i) {
      const std::string entity = kind + std::to_string(i);
      for (const auto& purpose : purposes) hashes.push_back(source_of(entity, purpose));
    }
  }
  ASSERT_EQ(hashes.size(), 600'000U);
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
}

TEST(Source, GivesTheFirstUniformOfItsStream) {
  const Source source("donetsk", "baseline");
  for (std::uint64_t occurrence = 0; occurrence < 100; ++occurrence) {
    EXPECT_EQ(source.uniform_at({7, 3}, occurrence), source.at({7, 3}, occurrence).uniform());
  }
}

}  // namespace
}  // namespace truce::random
