// SPDX-License-Identifier: Apache-2.0
// Distributions from what analysts know of them: moments, quantiles, least and most. The formula of
// each stands beside its form in form.cpp; the values come in the order of that form.
//
// All throw std::invalid_argument, with a text for the author, if no distribution is like that.
#pragma once

#include <span>

#include "sim/random/distribution.hpp"

namespace truce::random {

using Values = std::span<const double>;

Distribution pert(Values v);
Distribution beta_from_moments(Values v);
Distribution lognormal_from_p95(Values v);
Distribution lognormal_from_cv(Values v);
Distribution gamma_from_cv(Values v);
Distribution erlang(Values v);
Distribution weibull_from_mean(Values v);
Distribution modified_pert(Values v);
Distribution uniform_from_p10_p90(Values v);
Distribution triangular_from_p10_p90(Values v);
Distribution beta_from_cv(Values v);
Distribution beta_from_range_and_moments(Values v);
Distribution normal_from_p10_p90(Values v);
Distribution normal_from_p5_p95(Values v);
Distribution normal_from_cv(Values v);
Distribution normal_from_p95(Values v);
Distribution lognormal_from_p10_p90(Values v);
Distribution lognormal_from_p5_p95(Values v);
Distribution lognormal_from_sd(Values v);
Distribution gamma_from_sd(Values v);
Distribution gamma_from_p95(Values v);
Distribution gamma_from_p10_p90(Values v);
Distribution exponential_from_median(Values v);
Distribution weibull_from_p95(Values v);
Distribution weibull_from_p10_p90(Values v);

}  // namespace truce::random
