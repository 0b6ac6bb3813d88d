// SPDX-License-Identifier: Apache-2.0
// What-ifs against a base: differences that are known, words that follow from them, and none where
// there is none.
#include "sim/experiment/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/distribution.hpp"

#include "tests/support/noise.hpp"

namespace truce::experiment {
namespace {

model::Column column(std::string id, model::Direction better,
                     model::Scale scale = model::Scale::measure) {
  model::Column column;
  column.id = column.outcome = std::move(id);
  column.better = better;
  column.scale = scale;
  return column;
}

const std::vector<model::Column> columns{
    column("coverage", model::Direction::higher), column("delay", model::Direction::lower),
    column("holds", model::Direction::higher, model::Scale::proportion),
    column("crises", model::Direction::lower, model::Scale::total),
    column("troops", model::Direction::neither)};

class Two : public ::testing::Test {
 protected:
  Two() : comparison({{"base", columns}, {"more", columns}}, headlines_) {}

  void add(const std::vector<double>& base, const std::vector<double>& what_if) {
    const std::vector<std::span<const double>> rows{base, what_if};
    comparison.add(rows);
  }
  /// Replications in which the what-if adds `step` to all but the yes-or-no, plus a little noise of
  /// its own.
  void play(int replications, double step, double noise) {
    test::Noise chance{7};
    const auto normal = [&] { return random::normal_quantile(chance.uniform()); };
    for (int i = 0; i < replications; ++i) {
      const double luck = normal();
      const double yes = chance.uniform();
      const double moved = luck + step;
      add({luck, luck, yes < 0.4 ? 1.0 : 0.0, luck, luck},
          {moved + noise * normal(), moved + noise * normal(), yes < 0.4 + step / 10 ? 1.0 : 0.0,
           moved + noise * normal(), moved + noise * normal()});
    }
  }

  std::vector<std::string> headlines_{"coverage", "delay", "holds", "crises", "troops"};
  Comparison comparison;
};

TEST_F(Two, WordsFollowFromTheDirection) {
  play(320, 1.0, 0.1);
  const auto all = comparison.compare();
  ASSERT_EQ(all.size(), columns.size());
  const auto word = [&](std::size_t i) { return all[i].contrasts.at(0).word; };
  EXPECT_EQ(word(0), Word::better);
  EXPECT_EQ(word(1), Word::worse);
  EXPECT_EQ(word(2), Word::better);
  EXPECT_EQ(word(3), Word::higher);  // a total
  EXPECT_EQ(word(4), Word::higher);  // neither is better
  EXPECT_EQ(all[0].contrasts[0].family, 5u);
  EXPECT_TRUE(all[3].standings.empty());
  EXPECT_GT(all[0].standings.at(1).probability_best, 0.99);
}

TEST_F(Two, TheSameLuckIsWorthAsManyReplicationsAsVariancesSay) {
  play(1600, 1.0, 0.25);
  const auto all = comparison.compare();
  const auto& found = all[0].contrasts[0].difference;
  EXPECT_EQ(found.n, 1600u);
  // (1 + 1 + 0.0625) / 0.0625 = 33.
  EXPECT_NEAR(found.gain.value(), 33.0, 4.0);
  EXPECT_NEAR(found.correlation.value(), 1 / std::sqrt(1.0625), 0.01);
  EXPECT_NEAR(found.mean, 1.0, 5 * 0.25 / 40);
}

TEST_F(Two, OfWhatIsTheSameNothingIsFound) {
  play(160, 0.0, 0.0);
  for (const auto& one : comparison.compare()) {
    EXPECT_EQ(one.contrasts.at(0).word, Word::no_clear_difference) << one.column.id;
    EXPECT_EQ(one.contrasts[0].difference.mean, 0.0);
    EXPECT_EQ(one.contrasts[0].difference.p, 1.0);
  }
}

TEST_F(Two, AbsentOnesAreCountedByTheSideThatHasThem) {
  for (int i = 0; i < 48; ++i) {
    const double base = i % 4 == 0 ? model::absent : i;
    const double other = i % 3 == 0 ? model::absent : i + 1.0 + i % 2;
    add({base, 0, 0, 0, 0}, {other, 0, 0, 0, 0});
  }
  const auto all = comparison.compare();
  const auto& found = all[0].contrasts.at(0);
  EXPECT_EQ(found.only_base, 12u);    // i % 3 == 0 and i % 4 != 0
  EXPECT_EQ(found.only_what_if, 8u);  // i % 4 == 0 and i % 3 != 0
  EXPECT_EQ(found.difference.n, 24u);
  EXPECT_EQ(all[0].n_all, 24u);
  EXPECT_NEAR(found.difference.mean, 1.5, 0.2);
}

TEST_F(Two, ARelativeDifferenceHasAnInterval) {
  test::Noise chance{3};
  for (int i = 0; i < 4000; ++i) {
    const double luck = 10 + random::normal_quantile(chance.uniform());
    const double other = 1.2 * luck + 0.5 * random::normal_quantile(chance.uniform());
    add({luck, 0, 0, 0, 0}, {other, 0, 0, 0, 0});
  }
  const auto all = comparison.compare();
  const auto& found = all[0].contrasts.at(0);
  EXPECT_NEAR(found.relative.value(), 0.2, 0.005);
  // Only the noise of its own matters: 0.5 / 10 / sqrt(4000), times 1.96 on either side.
  EXPECT_NEAR(found.relative_interval->high - found.relative_interval->low,
              2 * 1.96 * 0.05 / std::sqrt(4000.0), 1e-4);
  // Of a base that may be zero there is none.
  EXPECT_FALSE(all[4].contrasts[0].relative);
}

TEST(Comparison, ThoseThatEqualTheBestAreAsGood) {
  // Two that are the same in all replications, and one that is worse.
  Comparison comparison({{"base", {columns[0]}}, {"same", {columns[0]}}, {"worse", {columns[0]}}},
                        std::vector<std::string>{"coverage"});
  test::Noise chance{5};
  for (int r = 0; r < 64; ++r) {
    const double luck = chance.uniform();
    const std::vector<std::vector<double>> values{
        {luck}, {luck}, {luck - 1 + 0.1 * chance.uniform()}};
    const std::vector<std::span<const double>> rows(values.begin(), values.end());
    comparison.add(rows);
  }
  const auto all = comparison.compare();
  ASSERT_EQ(all[0].standings.size(), 3u);
  EXPECT_EQ(all[0].standings[0].place, Place::best);
  EXPECT_EQ(all[0].standings[1].place, Place::best);
  EXPECT_EQ(all[0].standings[2].place, Place::not_the_best);
  EXPECT_NEAR(all[0].standings[0].probability_best, 0.5, 0.01);
}

TEST_F(Two, ALastBlockThatIsNotWholeCounts) {
  play(37, 1.0, 0.1);
  EXPECT_EQ(comparison.compare()[0].contrasts.at(0).difference.n, 37u);
}

TEST(Comparison, MoreWhatIfsNeedMoreProof) {
  // A difference that would be clear alone (p about 0.03) is not among twenty that are looked at.
  const auto word_among = [](std::size_t what_ifs) {
    std::vector<Contender> contenders{{"base", {columns[0]}}};
    for (std::size_t i = 0; i < what_ifs; ++i) {
      contenders.push_back({"w" + std::to_string(i), {columns[0]}});
    }
    Comparison comparison(contenders, std::vector<std::string>{"coverage"});
    for (int r = 0; r < 64; ++r) {
      std::vector<std::vector<double>> values(contenders.size(), {0.0});
      values[1] = {r % 2 == 0 ? 1.27 : -0.73};  // mean 0.27, sd 1.008, t = 2.14
      const std::vector<std::span<const double>> rows(values.begin(), values.end());
      comparison.add(rows);
    }
    const auto all = comparison.compare();
    EXPECT_NEAR(all[0].contrasts[0].difference.p, 0.036, 0.002);
    return all[0].contrasts[0].word;
  };
  EXPECT_EQ(word_among(1), Word::better);
  EXPECT_EQ(word_among(20), Word::no_clear_difference);
}

TEST(Comparison, CeasefiresArePairedFromTheirColumns) {
  const std::vector<model::Column> life{column("ceasefire_days", model::Direction::higher),
                                        column("collapse_day", model::Direction::neither)};
  Comparison comparison({{"base", life}, {"longer", life}}, {});
  test::Noise chance{11};
  double base_sum = 0, other_sum = 0;
  for (int i = 0; i < 320; ++i) {
    const double end = 150 * chance.exponential();
    const auto row = [](double until) {
      return std::vector{std::min(until, 400.0), until < 400 ? until : model::absent};
    };
    const auto base = row(end), other = row(1.5 * end);
    base_sum += std::min(end, 183.0);
    other_sum += std::min(1.5 * end, 183.0);
    const std::vector<std::span<const double>> rows{base, other};
    comparison.add(rows);
  }
  const auto all = comparison.compare_survival(400);
  ASSERT_EQ(all.size(), 3u);  // days 91, 183, 365
  EXPECT_EQ(all[1].day, 183);
  // Nothing is cut off before day 183: the restricted means are plain means of what is seen, to
  // the millisecond.
  EXPECT_NEAR(all[1].base, base_sum / 320, 1e-6);
  EXPECT_NEAR(all[1].changed, other_sum / 320, 1e-6);
  EXPECT_NEAR(all[1].restricted_mean.mean, (other_sum - base_sum) / 320, 1e-6);
  EXPECT_LT(all[1].restricted_mean.p, 1e-6);
  ASSERT_TRUE(all[1].log_rank);
  EXPECT_LT(all[1].log_rank->z, -3);  // fewer ends in the longer one
}

TEST(Comparison, DaysArePairedByReplication) {
  Results base, other;
  for (auto* one : {&base, &other}) one->timeline.resize(2);
  for (int r = 0; r < 5; ++r) {
    base.kept.push_back({.days = 1, .values = {1.0 * r, model::absent}});
    other.kept.push_back({.days = 1, .values = {3.0 * r, 1.0}});
  }
  const auto days = compare_days(base, other);
  ASSERT_EQ(days.size(), 2u);
  EXPECT_EQ(days[0].n, 5u);
  EXPECT_DOUBLE_EQ(days[0].mean.value(), 4.0);  // 2 r over 0 to 4
  EXPECT_DOUBLE_EQ(days[0].p50.value(), 4.0);
  EXPECT_EQ(days[1].n, 0u);
  EXPECT_FALSE(days[1].mean);
  other.timeline.resize(3);
  EXPECT_TRUE(compare_days(base, other).empty());
}

}  // namespace
}  // namespace truce::experiment
