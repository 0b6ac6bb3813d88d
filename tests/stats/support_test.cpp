// SPDX-License-Identifier: Apache-2.0
// The statistical checks themselves: they must be able to fail.
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/binomial.hpp"
#include "tests/support/statistics.hpp"

namespace truce::test {
namespace {

TEST(WithinSigma, PassesInsideAndFailsOutside) {
  EXPECT_TRUE(expect_within_sigma(10.4, 10.0, 0.1));
  EXPECT_TRUE(expect_within_sigma(9.6, 10.0, 0.1));
  EXPECT_FALSE(expect_within_sigma(10.6, 10.0, 0.1));
  EXPECT_FALSE(expect_within_sigma(9.4, 10.0, 0.1));
  EXPECT_FALSE(expect_within_sigma(10.4, 10.0, 0.1, 3.0));
}

TEST(WithinSigma, FailsWhereNothingWasTested) {
  EXPECT_FALSE(expect_within_sigma(10.0, 10.0, 0.0));
  EXPECT_FALSE(expect_within_sigma(10.0, 10.0, -1.0));
  EXPECT_FALSE(expect_within_sigma(10.0, 10.0, INFINITY));
  EXPECT_FALSE(expect_within_sigma(10.0, 10.0, NAN));
  EXPECT_FALSE(expect_within_sigma(NAN, 10.0, 0.1));
}

TEST(WithinSigma, SaysWhatItCouldHaveSeen) {
  const std::string relative = expect_within_sigma(14.0, 10.0, 1.0).message();
  EXPECT_NE(relative.find("z 4 "), std::string::npos) << relative;
  EXPECT_NE(relative.find("relative bias this check sees 0.809"), std::string::npos) << relative;
  const std::string absolute = expect_within_sigma(0.2, 0.0, 0.1).message();
  EXPECT_NE(absolute.find("smallest bias this check sees 0.809"), std::string::npos) << absolute;
}

TEST(Binomial, PassesInsideAndFailsOutside) {
  // 95 % of 10,000 at 1e-6: 9,390 to 9,603 are acceptable (standard deviation 21.8).
  EXPECT_TRUE(expect_binomial(9'500, 10'000, 0.95));
  EXPECT_TRUE(expect_binomial(9'395, 10'000, 0.95));
  EXPECT_FALSE(expect_binomial(9'380, 10'000, 0.95));
  EXPECT_TRUE(expect_binomial(9'598, 10'000, 0.95));
  EXPECT_FALSE(expect_binomial(9'610, 10'000, 0.95));
  EXPECT_FALSE(expect_binomial(0, 10'000, 0.95));
}

}  // namespace
}  // namespace truce::test
