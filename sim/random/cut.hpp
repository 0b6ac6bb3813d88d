// SPDX-License-Identifier: Apache-2.0
// A distribution cut to an interval: quantiles of what is left.
#pragma once

#include "sim/random/distribution.hpp"

namespace truce::random {

/// What [min, max] leaves of the distribution, be it ever so little.
Cut cut_to(const Distribution& law, double min, double max);
/// The quantile of what is left, for u in (0, 1), and the same from above.
double quantile_within(const Distribution& law, const Cut& cut, double u);
double quantile_above_within(const Distribution& law, const Cut& cut, double q);

}  // namespace truce::random
