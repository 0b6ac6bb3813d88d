// SPDX-License-Identifier: Apache-2.0
// How often something may happen in repeated trials before chance stops being an excuse.
#pragma once

#include <cstdint>

#include <boost/math/distributions/binomial.hpp>
#include <gtest/gtest.h>

namespace truce::test {

/// Passes if `hits` of `trials` is compatible with probability `p`: neither as many or more, nor
/// as few or fewer, has a probability below `alpha`. The message gives both tails.
inline testing::AssertionResult expect_binomial(std::uint64_t hits, std::uint64_t trials, double p,
                                                double alpha = 1e-6) {
  const boost::math::binomial law{static_cast<double>(trials), p};
  const double fewer = boost::math::cdf(law, static_cast<double>(hits));
  const double more =
      hits == 0 ? 1.0
                : boost::math::cdf(boost::math::complement(law, static_cast<double>(hits - 1)));
  auto result =
      fewer >= alpha && more >= alpha ? testing::AssertionSuccess() : testing::AssertionFailure();
  return result << hits << " of " << trials << " for probability " << p
                << ": P(at most as many) = " << fewer << ", P(at least as many) = " << more;
}

}  // namespace truce::test
