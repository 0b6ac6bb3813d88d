// SPDX-License-Identifier: Apache-2.0
// Which of many inputs matter at all: what an outcome does per unit of one input, at random places
// of the others, for few runs.
//
//   EE = (y(after) - y(before)) / step of the input     in units of the outcome per range of input
//   mu = mean EE, sigma = sd EE                         Morris, Technometrics 33, 1991
//   mu* = mean |EE|                                     Campolongo, Cariboni and Saltelli, Environ.
//                                                       Modell. Softw. 22, 2007
//
// mu* says how much an input matters; |mu| well below it, that its effect changes sign; sigma, that
// its effect is bent or hangs on other inputs. A trajectory is played on one luck, or chance counts
// as an effect of every input.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "sim/random/points.hpp"

#include "sim/stats/interval.hpp"
#include "sim/stats/resample.hpp"

namespace truce::stats {

/// The elementary effects of one input. What too few effects can't tell is absent.
struct ElementaryEffects {
  std::size_t effects = 0;                   ///< trajectories with an outcome before and after
  std::optional<double> mean = {};           ///< mu
  std::optional<double> mean_absolute = {};  ///< mu*
  std::optional<double> sd = {};             ///< sigma, over n - 1
  std::optional<Interval> interval = {};     ///< of mu*, not below 0; absent below 4 effects
};

/// Effects by input, from outcomes at the points of the design, in their order; absent ones leave
/// out the two effects beside them. The interval is that of bootstrap samples of trajectories,
/// studentised (bootstrap-t: Efron, The Jackknife, the Bootstrap and Other Resampling Plans, 1982),
/// since |EE| is skewed and trajectories are few:
/// of 10 or more it covers 95 +- 1 % (tests/stats/morris_test.cpp). Contract: one outcome for each
/// point, those there are finite.
std::vector<ElementaryEffects> elementary_effects(const random::Trajectories& design,
                                                  std::span<const std::optional<double>> outcomes,
                                                  const Bootstrap& bootstrap);

}  // namespace truce::stats
