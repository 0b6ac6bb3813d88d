// SPDX-License-Identifier: Apache-2.0
// A quantity that is known up to a factor: the law of factor X, where X has the given law.
//
// P(c X <= x) = F(x / c) for c > 0, so that every quantile is multiplied: each kind of law stays of
// its kind, with its location and scale parameters times c. Counts are not quantities: 1.3 times a
// Poisson count is no count, and whether its mean or its values should grow is for the author to
// say; the same holds of a yes or no.
#pragma once

#include "sim/random/distribution.hpp"

namespace truce::random {

/// The law of `factor` times a value of `law`. Throws std::invalid_argument, with a text for the
/// author, if the factor is not above 0 and finite, or if the law, or a part of it, is one of
/// counts or of yes or no (Bernoulli, Poisson, binomial, negative binomial). Listed values are
/// multiplied as they stand, whole or not.
Distribution scaled(const Distribution& law, double factor);

}  // namespace truce::random
