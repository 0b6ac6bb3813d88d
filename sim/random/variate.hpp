// SPDX-License-Identifier: Apache-2.0
// A quantity that may be uncertain: a distribution that knows its dimension.
#pragma once

#include "sim/core/quantity.hpp"

#include "sim/random/distribution.hpp"

namespace truce::random {

/// Wherever a quantity stands in a scenario, a distribution can stand. Parameters of `law` are in
/// the canonical unit of `Q`.
template <class Q>
struct Variate {
  using quantity = Q;
  Distribution law;

  Variate() = default;
  explicit Variate(double constant) : law(Constant{constant}) {}
  explicit Variate(Distribution distribution) : law(std::move(distribution)) {}

  double sample(Stream& stream) const { return law.sample(stream); }
  double mean() const { return law.mean(); }
};

}  // namespace truce::random
