// SPDX-License-Identifier: Apache-2.0
// Intervals against published values.
#include "sim/stats/interval.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "sim/core/contract.hpp"

namespace truce::stats {
namespace {

// Tables of the normal and of Student's distribution, e.g. Abramowitz and Stegun, 26.1 and 26.10.
TEST(Quantile, OfNormalAndStudentAsInTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959964, 5e-7);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232, 5e-7);
  EXPECT_DOUBLE_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(student_quantile(0.975, 1.0), 12.706, 5e-4);
  EXPECT_NEAR(student_quantile(0.975, 9.0), 2.262, 5e-4);
  EXPECT_NEAR(student_quantile(0.05, 30.0), -1.697, 5e-4);
}

TEST(Quantile, RefusesProbabilitiesAtTheEnds) {
  for (const double p : {0.0, 1.0, -0.5, 2.0}) {
    EXPECT_THROW(normal_quantile(p), ContractViolation);
    EXPECT_THROW(student_quantile(p, 5.0), ContractViolation);
  }
  EXPECT_THROW(student_quantile(0.5, 0.0), ContractViolation);
}

// Student (1908), additional hours of sleep of ten patients with one drug over the other. The
// 95 % interval is R's t.test(extra ~ group, data = sleep, paired = TRUE).
TEST(StudentInterval, OfHoursOfSleep) {
  Moments sleep;
  for (const double hours : {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4}) sleep.add(hours);
  const auto interval = student_interval(sleep, 0.95);
  ASSERT_TRUE(interval);
  EXPECT_NEAR(interval->low, 0.7001142, 5e-8);
  EXPECT_NEAR(interval->high, 2.4598858, 5e-8);
}

TEST(StudentInterval, IsAbsentBelowTwoValues) {
  Moments moments;
  EXPECT_EQ(student_interval(moments, 0.95), std::nullopt);
  moments.add(1.0);
  EXPECT_EQ(student_interval(moments, 0.95), std::nullopt);
  moments.add(1.0);
  EXPECT_EQ(student_interval(moments, 0.95), (Interval{1.0, 1.0}));
}

// Newcombe, "Two-sided confidence intervals for the single proportion", Stat. Med. 17 (1998),
// table I, method 3.
TEST(WilsonInterval, OfNewcombesExamples) {
  struct Example {
    std::uint64_t successes, n;
    double low, high;
  };
  for (const auto& [successes, n, low, high] :
       {Example{81, 263, 0.2553, 0.3662}, Example{15, 148, 0.0624, 0.1605},
        Example{0, 20, 0.0, 0.1611}, Example{1, 29, 0.0061, 0.1718}}) {
    const auto interval = wilson_interval(successes, n, 0.95);
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->low, low, 5e-5) << successes << " of " << n;
    EXPECT_NEAR(interval->high, high, 5e-5) << successes << " of " << n;
  }
}

TEST(WilsonInterval, EndsExactlyAtZeroAndOne) {
  for (std::uint64_t n = 1; n != 1000; ++n) {
    EXPECT_EQ(wilson_interval(0, n, 0.95)->low, 0.0);
    EXPECT_EQ(wilson_interval(n, n, 0.95)->high, 1.0);
    EXPECT_NEAR(wilson_interval(n, n, 0.95)->low, 1.0 - wilson_interval(0, n, 0.95)->high, 1e-15);
  }
}

TEST(WilsonInterval, IsAbsentWithoutTrials) {
  EXPECT_EQ(wilson_interval(0, 0, 0.95), std::nullopt);
}

TEST(Interval, RefusesImpossibleArguments) {
  EXPECT_THROW(wilson_interval(3, 2, 0.95), ContractViolation);
  for (const double level : {0.0, 1.0, 95.0}) {
    EXPECT_THROW(wilson_interval(1, 2, level), ContractViolation);
    EXPECT_THROW(student_interval(Moments{}, level), ContractViolation);
  }
}

}  // namespace
}  // namespace truce::stats
