// SPDX-License-Identifier: Apache-2.0
// Checks of an estimate against theory that say what they could have seen: a pass by noise is no
// pass.
#pragma once

#include <cmath>
#include <sstream>

#include <gtest/gtest.h>

namespace truce::test {

/// Passes if `estimate` is within `sigmas` standard errors of `theory`. Fails if the standard
/// error is not positive, for then nothing was tested. The message gives z and the smallest
/// relative bias (absolute for a theory of 0) that the check would have found with probability
/// 0.999: (sigmas + 3.09) standard errors, since P(Z < 3.09) = 0.999.
inline testing::AssertionResult expect_within_sigma(double estimate, double theory,
                                                    double standard_error, double sigmas = 5.0) {
  if (!(standard_error > 0.0) || !std::isfinite(standard_error)) {
    return testing::AssertionFailure()
           << "standard error " << standard_error << " is not positive: nothing was tested";
  }
  const double z = (estimate - theory) / standard_error;
  const double bias = (sigmas + 3.09) * standard_error;
  std::ostringstream text;
  text << "estimate " << estimate << ", theory " << theory << ", standard error " << standard_error
       << ", z " << z << " (allowed " << sigmas << "); smallest "
       << (theory == 0.0 ? "bias" : "relative bias") << " this check sees "
       << (theory == 0.0 ? bias : bias / std::abs(theory));
  const bool within = std::abs(z) <= sigmas;  // false for not-a-number
  return (within ? testing::AssertionSuccess() : testing::AssertionFailure()) << text.str();
}

}  // namespace truce::test
